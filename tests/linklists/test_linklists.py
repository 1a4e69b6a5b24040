"""Files become one list, in one step and in bounded memory."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from ryoshiki import linklists
from ryoshiki.linklists import Imported, take_in
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.hosts import HostList


def made(tmp_path: Path, content: bytes, name: str = "list.txt", kind: str = "obscene") -> Imported:
    (tmp_path / name).write_bytes(content)
    return take_in([tmp_path / name], tmp_path / "links", kind, None)


PLAIN = "# 一覧\n0.0.0.0 bad.example\n0.0.0.0 worse.example\n\n日本語.example\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.encode("cp932"),
        PLAIN.replace("\n", "\r\n").encode("cp932"),
        gzip.compress(PLAIN.encode()),
        PLAIN.rstrip("\n").encode(),
    ],
    ids=["utf-8", "bom", "crlf", "cr", "cp932", "cp932-crlf", "gzip", "no-last-newline"],
)
def test_any_usual_file_is_read(tmp_path: Path, content: bytes) -> None:
    """Code, line ends and compression make no difference."""
    imported = made(tmp_path, content)
    found = HostList(imported.path)
    assert all(found.covers(h) for h in ("bad.example", "worse.example", "x.日本語.example"))
    tally = imported.tally
    assert (tally.lines, tally.remarks, tally.kept, tally.named) == (5, 2, 3, 3)
    assert not tally.skipped
    found.verify()


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    """Lines by reason, with the first places; duplicates; the size of eight bytes an entry."""
    imported = made(tmp_path, b"127.0.0.1 localhost\nbad.example\nBAD.example\ncom\nnet\norg\ninfo\n?\n")
    tally = imported.tally
    assert (tally.kept, tally.named - tally.kept) == (1, 1)
    assert tally.skipped == {"local": 1, "suffix": 4, "unreadable": 1}
    assert tally.places["suffix"] == ["list.txt:4", "list.txt:5", "list.txt:6"]
    assert imported.size < 8 + 200


def test_several_files_make_one_list(tmp_path: Path) -> None:
    """UT1 has hosts and addresses in two files; the folder gives the name."""
    (tmp_path / "adult").mkdir()
    (tmp_path / "adult" / "domains").write_text("bad.example\n")
    (tmp_path / "adult" / "urls").write_text("half.example/bad\ncom\n")
    imported = take_in([tmp_path / "adult" / n for n in ("domains", "urls")], tmp_path / "links", "obscene", None)
    assert imported.name == "adult"
    assert imported.tally.places["suffix"] == ["urls:2"]
    found = HostList(imported.path)
    assert found.note.source == "domains, urls"
    assert found.covers("bad.example")
    assert found.covers("www.half.example", "/bad/1")
    assert not found.covers("half.example")


def test_a_list_of_the_same_name_is_replaced(tmp_path: Path) -> None:
    """The new one stands in its place, and nothing else is left in the folder."""
    assert not made(tmp_path, b"bad.example\n").replaced
    imported = made(tmp_path, b"worse.example\n", kind="dangerous")
    assert imported.replaced
    found = HostList(imported.path)
    assert (found.covers("bad.example"), found.covers("worse.example"), found.note.kind) == (False, True, "dangerous")
    assert os.listdir(tmp_path / "links") == ["list.links"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not one host"),
        (b"# nothing\ncom\n", "not one host"),
        ("bad.example\n".encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02", "no text"),
        (gzip.compress(b"bad.example\n" * 9)[:-12], "cannot be read"),
        (b"\x1f\x8bnonsense", "cannot be read"),
        (b"a" * (3 << 20), "lines never end"),
        (b"adult/domains" + bytes(244) + b"ustar  \0" + bytes(300), "tar archive"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """One line says why, and nothing is written."""
    with pytest.raises(RyoshikiError, match=said):
        made(tmp_path, content)
    assert not (tmp_path / "links").exists()


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".a", "a b", "a\n", "a" * 80])
def test_a_name_is_a_name(tmp_path: Path, name: str) -> None:
    """No name leads out of the folder."""
    with pytest.raises(RyoshikiError):
        linklists.path_of(tmp_path, name)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """No such file, or a folder."""
    for path, said in [(tmp_path / "none", "cannot be read"), (tmp_path, "folder")]:
        with pytest.raises(RyoshikiError, match=said):
            take_in([path], tmp_path / "links", "obscene", "a")


@pytest.mark.parametrize("moment", ["ryoshiki.linklists.read", "os.fsync", "os.replace"])
def test_an_interrupt_leaves_the_old_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Ctrl-C while reading or writing changes nothing and leaves no half of a file."""
    imported = made(tmp_path, b"bad.example\n")
    before = imported.path.read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moment, interrupt)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, b"worse.example\n")
    assert os.listdir(tmp_path / "links") == ["list.links"]
    assert imported.path.read_bytes() == before


def test_many_lines(tmp_path: Path) -> None:
    """200,000 lines are all found again, in eight bytes each, whatever block they were read in."""
    hosts = [f"h{i}.d{i % 97}.example" for i in range(200_000)]
    imported = made(tmp_path, "\n".join(f"0.0.0.0 {h}" for h in hosts).encode())
    assert imported.tally.lines == imported.tally.kept == len(hosts)
    assert imported.size < 8 * len(hosts) + 200
    found = HostList(imported.path)
    assert all(host in found for host in hosts[::7])
    assert not any(f"x{host}" in found for host in hosts[::7])


def test_a_list_can_be_removed(tmp_path: Path) -> None:
    """By its name; one that is not there is told, with those that are."""
    made(tmp_path, b"bad.example\n")
    with pytest.raises(RyoshikiError, match=r"there is\): list"):
        linklists.remove(tmp_path / "links", "none")
    linklists.remove(tmp_path / "links", "LIST")
    assert os.listdir(tmp_path / "links") == []
