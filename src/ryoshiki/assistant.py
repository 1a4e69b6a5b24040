"""The tools that `ryoshiki mcp` gives to assistants. Needs the extra `mcp`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from ryoshiki import __version__
from ryoshiki.model import ACCOUNTS, TEXT_LIMIT, Account, Draft, Guideline, RyoshikiError
from ryoshiki.report.explanation import explained
from ryoshiki.report.json import as_dict
from ryoshiki.report.phrases import PHRASES
from ryoshiki.review import review
from ryoshiki.settings import Settings

T = TypeVar("T")

_COLUMNS = 80  # as `ryoshiki explain` writes where no terminal shows it
_INSTRUCTIONS = (
    "Reads a Japanese social-media draft by the organisation's guideline before it is posted. Call check with the "
    "draft's own words, show the author what it says, and let the author decide: a report is advice, and an empty "
    "one is no proof that all is well (unchecked says what was not looked at). explain tells what a rule is about. "
    "投稿する前の下書きを、団体のガイドラインに照らして読みます。結果は助言です。投稿するかどうかは、著者が決めます。"
)
_CHECK = (
    "Review a draft before it is posted. Nothing is stored or sent, and no link is opened. The answer has the verdict "
    "(stop, caution, confirm, none), the findings, one of each rule, weightiest first, then further places (rule, "
    "sign, clause, severity, quote, message, advice, question, fix; start and end count code points of the draft), "
    "and what was not checked. "
    "下書きを読み、ガイドラインに照らして気になる言葉を示します。どこにも残さず、送りません。"
)
_EXPLAIN = (
    "Explain a rule, a sign or a clause of the guideline: why it is there, what it asks, examples, what it misses. "
    "Without a name it lists all of them. "
    "規則・しるし・条項を説明します。名前がなければ一覧です。"
)
_QUIET = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

# All are plain texts, "" where nothing is said: the SDK would read a text as JSON where something else may stand.
_Text = Annotated[str, Field(description="The draft's own words / 下書き", max_length=TEXT_LIMIT)]
_Platform = Annotated[str, Field(description="Service, such as x, facebook, instagram, line, blog / 投稿先")]
_AccountKind = Annotated[
    str,
    Field(
        description="The author's own account (private) or the organisation's (official) / 私用か公式か",
        json_schema_extra={"enum": ["", *ACCOUNTS]},
    ),
]
_PostedAt = Annotated[
    str,
    Field(
        description="Time of posting, ISO 8601 with offset, such as 2026-06-12T21:14+09:00. "
        "Left out: working hours are not looked at / 投稿する日時"
    ),
]
_ReplyTo = Annotated[str, Field(description="The post that the draft answers / 返信する相手の文")]
_Name = Annotated[str, Field(description="Rule, sign or clause, as the findings name them / 規則・しるし・条項の名前")]


@dataclass(frozen=True)
class Desk:
    """What the tools work with.

    ``guideline`` is called at the first use and, once it has given one, never again; ``waivers`` at each review, for
    the author may accept a finding in between.
    """

    chosen: Settings
    guideline: Callable[[], Guideline]
    waivers: Callable[[], frozenset[str]]


def server(desk: Desk) -> MCPServer:
    """The server with both tools, yet to be run. It has not opened the guideline, so that it can answer at once."""
    made = MCPServer("ryoshiki", title="ryoshiki（良識）", instructions=_INSTRUCTIONS, version=__version__)
    guideline = _once(desk.guideline)

    @made.tool(title="下書きを確かめる / Check a draft", description=_CHECK, annotations=_QUIET)
    def check(
        text: _Text,
        platform: _Platform = "",
        account: _AccountKind = "",
        posted_at: _PostedAt = "",
        reply_to: _ReplyTo = "",
    ) -> dict[str, Any]:
        return _told(lambda: _checked(desk, guideline(), text, platform, account, posted_at, reply_to))

    @made.tool(
        title="規則を説明する / Explain a rule", description=_EXPLAIN, annotations=_QUIET, structured_output=False
    )
    def explain(name: _Name = "") -> str:
        phrases = PHRASES[desk.chosen.lang]
        return _told(lambda: explained(name.strip() or None, guideline(), phrases, _COLUMNS))

    return made


def _checked(
    desk: Desk, guideline: Guideline, text: str, platform: str, account: str, posted_at: str, reply_to: str
) -> dict[str, Any]:
    draft = Draft(
        text=text,
        platform=_platform(platform or desk.chosen.platform, guideline),
        account=_account(account or desk.chosen.account),
        posted_at=_moment(posted_at) if posted_at else None,
        reply_to=reply_to or None,
    )
    return as_dict(review(draft, guideline, desk.waivers()))


def _platform(name: str, guideline: Guideline) -> str:
    if guideline.platforms and name not in guideline.platforms:
        allowed = ", ".join(guideline.platforms)
        raise RyoshikiError(f"platform: {name!r} は使えません。使えるもの (one of): {allowed}")
    return name


def _account(kind: str) -> Account:
    for known in ACCOUNTS:
        if kind == known:
            return known
    raise RyoshikiError(f"account: {kind!r} は使えません。使えるもの (one of): {', '.join(ACCOUNTS)}")


def _moment(posted_at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(posted_at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        example = "2026-06-12T21:14+09:00"
        raise RyoshikiError(
            f"posted_at: 時差つきの日時ではありません (no time with an offset)。例 (such as): {example}"
        )
    return moment


def _once(open: Callable[[], T]) -> Callable[[], T]:
    """What ``open`` gives, opened at the first call; tools run in threads. A failure is not kept: it may be mended."""
    lock, opened = threading.Lock(), list[T]()

    def get() -> T:
        with lock:
            if not opened:
                opened.append(open())
            return opened[0]

    return get


def _told(work: Callable[[], T]) -> T:
    """The result of ``work``; what goes wrong becomes words that the assistant can read, without the draft's."""
    try:
        return work()
    except RyoshikiError as reason:
        raise ToolError(str(reason)) from None
    except Exception as reason:  # its message may quote the draft
        raise ToolError(f"内部の誤りです (internal error): {type(reason).__name__}") from None
