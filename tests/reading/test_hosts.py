"""Lists of hosts on disk, and what they cover."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import RyoshikiError
from ryoshiki.reading.hosts import HostList, Lists, canonical, canonical_path, entries, key, packed


def written(path: Path, *names: str, kind: str = "obscene") -> Path:
    keys = np.unique(np.frombuffer(b"".join(map(key, names)), "<u8"))
    path.write_bytes(b"".join(packed(kind, "見本.txt", date(2026, 4, 1), memoryview(keys.tobytes()))))
    return path


@pytest.mark.parametrize(
    ("host", "spelling"),
    [
        ("Bad.Example.", "bad.example"),
        ("ＢＡＤ．ｅｘａｍｐｌｅ", "bad.example"),
        ("日本語.example", "xn--wgv71a119e.example"),
        ("xn--wgv71a119e.example", "xn--wgv71a119e.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("192.168.0.1", "192.168.0.1"),
        ("3232235521", "192.168.0.1"),
        ("0xc0.0250.1", "192.168.0.1"),
        ("[2001:DB8:0:0::1]", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::1"),
        ("a_b.example", "a_b.example"),
        ("1.2.3.4.5", ""),
        ("a..example", ""),
        ("a b.example", ""),
        ("", ""),
        ("a" * 64 + ".example", ""),
        ("a." * 200 + "example", ""),
        ("1.2.3.999", ""),
        ("0x", ""),
    ],
)
def test_a_host_has_one_spelling(host: str, spelling: str) -> None:
    """Case, width, script, dots at the end and ways to write a number do not count; what is no host is nothing."""
    assert canonical(host) == spelling


@pytest.mark.parametrize(
    ("path", "spelling"),
    [("/A/B/", "/a/b"), ("/a?x=1#y", "/a?x=1"), ("/%7Etaro/", "/~taro"), ("/", ""), ("", ""), ("#top", "")],
)
def test_a_path_has_one_spelling(path: str, spelling: str) -> None:
    """Case, escapes, the fragment and a slash at the end do not count."""
    assert canonical_path(path) == spelling


def test_what_covers_an_address() -> None:
    """The host, its parents but not the bare ending, and the host with every beginning of the path."""
    assert list(entries("www.a.example", "/x/y?z=1")) == [
        "www.a.example",
        "a.example",
        "a.example/x/y?z=1",
        "a.example/x/y",
        "a.example/x",
    ]
    assert list(entries("203.0.113.9", "")) == ["203.0.113.9"]


def test_a_list_covers_hosts_and_paths(tmp_path: Path) -> None:
    """Subdomains and folders lie under an entry; neighbours and longer names do not."""
    found = HostList(written(tmp_path / "a.links", "bad.example", "half.example/bad", "203.0.113.9"))
    for host, path in [("bad.example", ""), ("x.y.BAD.example", "/z"), ("half.example", "/bad/1"), ("203.0.113.9", "")]:
        assert found.covers(host, path)
    for host, path in [
        ("notbad.example", ""),
        ("bad.example.jp", ""),
        ("example", ""),
        ("half.example", "/badly"),
        ("half.example", ""),
        ("1.203.0.113.9", ""),
    ]:
        assert not found.covers(host, path)
    assert (found.name, found.note.kind, found.note.count, found.note.made) == ("a", "obscene", 3, date(2026, 4, 1))
    found.verify()


def test_the_kind_of_list_counts(tmp_path: Path) -> None:
    """A look-up asks lists of the kinds that it names, and says which list it was."""
    written(tmp_path / "adult.links", "bad.example")
    written(tmp_path / "malware.links", "worse.example", kind="dangerous")
    lists = Lists(tmp_path)
    assert lists.listed("www.bad.example", "", ("obscene",)) == "adult"
    assert lists.listed("worse.example", "/x", ("dangerous", "obscene")) == "malware"
    assert lists.listed("worse.example", "/x", ("obscene",)) is None
    assert lists.damaged == ()


def test_no_folder_is_no_list(tmp_path: Path) -> None:
    """Where nothing was taken in, nothing is listed."""
    assert Lists(tmp_path / "none").listed("bad.example", "", ("obscene",)) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no list of links"),
        (b"127.0.0.1 localhost\n" * 9, "no list of links"),
        (b"ryoLinks", "no list of links"),
    ],
)
def test_a_foreign_file_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    """One line names the file and what is wrong; the other lists go on."""
    (tmp_path / "foreign.links").write_bytes(content)
    written(tmp_path / "good.links", "bad.example")
    with pytest.raises(RyoshikiError, match=said):
        HostList(tmp_path / "foreign.links")
    lists = Lists(tmp_path)
    assert lists.listed("bad.example", "", ("obscene",)) == "good"
    assert len(lists.damaged) == 1


@given(st.integers(0, 200), st.integers(0, 255))
def test_no_damage_crashes(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int) -> None:
    """A list that was cut off or changed is told in a line, at once or when it is verified."""
    path = written(tmp_path_factory.mktemp("lists") / "a.links", *(f"h{i}.example" for i in range(9)))
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[at % len(whole)] = byte
    for content in (whole[: at % len(whole)], bytes(changed)):
        path.write_bytes(content)
        if content != whole:
            with pytest.raises(RyoshikiError, match=r"a\.links"):
                HostList(path).verify()


LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6)
HOSTS = st.lists(LABELS, min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "example"]))


@given(st.sets(HOSTS, min_size=1, max_size=30), st.lists(HOSTS, max_size=30))
def test_a_list_is_a_set(tmp_path_factory: pytest.TempPathFactory, listed: set[str], asked: list[str]) -> None:
    """A look-up says what a set of strings would say."""
    found = HostList(written(tmp_path_factory.mktemp("lists") / "a.links", *listed))
    for host in [*listed, *asked]:
        labels = host.split(".")
        parents = {".".join(labels[i:]) for i in range(len(labels) - 1)}
        assert (host in found) == (host in listed)
        assert found.covers(host) == bool(parents & listed)
        assert found.covers(f"www.{host}", "/x") == bool(parents & listed)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_looked_up(host: str, path: str) -> None:
    """Nothing that stands in a draft makes a look-up fail."""
    assert all(isinstance(entry, str) for entry in entries(host, path))
    assert canonical(canonical(host)) == canonical(host)
