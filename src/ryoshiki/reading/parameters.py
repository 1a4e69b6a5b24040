"""What the query of an address says: who earns by it, who gets in by it, where else it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ryoshiki.reading.links import Link

_PARTNER_NAMES = (
    "a_id aff affid aff_id affi_id af_id afid afl afflt affiliate affiliate_id affiliateid associateid partner "
    "partner_id rafcid refcode ref_code refid ref_id referral referral_code referralcode referrer_id invite "
    "invite_code invitecode invitation_code friend_code introducer shoukai a8mat scid_aff"
)
# A value of these is a key whatever it looks like; of the others only where it looks like one.
_KEY_NAMES = (
    "token access_token refresh_token id_token auth_token authtoken csrf_token reset_token apikey api_key api-key "
    "password passwd passcode pwd pw secret client_secret sessionid session_id jsessionid phpsessid sesskey sessid "
    "authkey private_key secret_key access_key one_time_password x-amz-signature x-amz-security-token x-amz-credential "
    "aspsessionid cfid cftoken"
)
_MAYBE_KEY_NAMES = "key pass auth session sid sig signature ticket otp code jwt credential login_key"
_LEADING_NAMES = (
    "url u uri to r redirect redirect_url redirect_uri redirecturl redirect_to redir rd return return_url returnurl "
    "return_to returnto next goto go dest destination target link jump jump_url continue forward rurl out outurl "
    "ref_url backurl back_url callback location page_url"
)
# Amazon's tags end on -22 in Japan, a bare one is a blog's; ref=top tells a page where one came from.
_MAYBE_PARTNER = {"tag": re.compile(r".+-[0-9]{2}"), "ref": re.compile(r"[a-z_-]*[a-z][0-9]{2,}|[0-9]{4,}|ac_inf.*")}
_PARTNER = frozenset(_PARTNER_NAMES.split())
_KEYS = frozenset(_KEY_NAMES.split())
_MAYBE_KEYS = frozenset(_MAYBE_KEY_NAMES.split())
_LEADING = frozenset(_LEADING_NAMES.split())
_SHORTEST_KEY = 8
_LEADERS = re.compile(
    r"/(?:redirect(?:or)?|redir|jump|out|away|goto|go|rd|link|click|l\.php|url|r|cushion)(?:\.\w+)?(?=[/?]|\Z)"
)
# Pages that pass an address on to be shared, saved, shown or tested: the visitor sees which.
_SHOWING = re.compile(
    r"/(?:intent|share\w*|sharer|dialog|add|bookmark\w*|embed|oembed|translate|player|save|submit|check|validator)\b"
)
_SHOWING_HOSTS = (
    "translate.",
    "validator.",
    "pagespeed.",
    "web.archive.org",
    "archive.",
    "social-plugins.",
    "b.hatena.",
)
_ADDRESS = re.compile(r"(?:[a-z]+:)?//([^/?#\\]+)|((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/?#:]|\Z)")


def query(link: Link) -> Iterator[tuple[str, str]]:
    """Names and values behind ?, # and ; as they stand."""
    for pair in re.split("[?&#;]", link.path)[1:]:
        name, _, value = pair.partition("=")
        yield name, value


def partner(link: Link) -> bool:
    """Does somebody earn by it?"""
    return any(
        (name in _PARTNER and len(value) >= 3) or (name in _MAYBE_PARTNER and _MAYBE_PARTNER[name].fullmatch(value))
        for name, value in query(link)
    )


def lets_in(link: Link) -> bool:
    """Is there a password or a token in it, by which whoever reads it gets in?"""
    return ":" in link.user or any(
        (name in _KEYS and len(value) >= 4) or (name in _MAYBE_KEYS and _looks_random(value))
        for name, value in query(link)
    )


def _looks_random(value: str) -> bool:
    value = unquote(value)
    digits = sum(char.isdigit() for char in value)
    letters = sum(char.isalpha() for char in value)
    return len(value) >= 2 * _SHORTEST_KEY and digits >= 3 and letters >= 3 and value.isascii() and "/" not in value


def shown_user(link: Link) -> str:
    """What stands before @ and looks like the host, though the address leads elsewhere; "" if nothing does."""
    name = unquote(link.user).partition("/")[0].rpartition("@")[2].partition(":")[0]
    ending = name.rpartition(".")[2]
    return name if "." in name and ending.isalpha() and len(ending) >= 2 else ""


def leads_to(link: Link) -> str:
    """The host that an address passes its visitor on to; "" if it names none, or shows the page itself."""
    if link.host.startswith(_SHOWING_HOSTS) or _SHOWING.search(link.path.partition("?")[0]):
        return ""
    leader = _LEADERS.search(link.path.partition("?")[0])
    candidates = [value or name for name, value in query(link) if leader or (name in _LEADING and "/" in _twice(value))]
    if leader and "//" in unquote(link.path):
        candidates.append(link.path[leader.end() :].lstrip("/"))
    hosts = filter(None, map(_host_of, candidates))
    return next((host for host in hosts if not _related(host, link.host)), "")


def _twice(value: str) -> str:
    """Unescaped; an address in an address in an address is escaped twice."""
    return unquote(unquote(value))


def _host_of(value: str) -> str:
    found = _ADDRESS.match(_twice(value))
    return (found[1] or found[2]).rpartition("@")[2].partition(":")[0] if found else ""


def _related(one: str, other: str) -> bool:
    """Do both belong together: the same host, or the same last two or three labels?"""
    count = 3 if one.endswith(".jp") and one.count(".") > 1 else 2
    return (
        one.split(".")[-count:] == other.split(".")[-count:] or one.endswith("." + other) or other.endswith("." + one)
    )
