"""What an archive may not do: fill the memory, point outside, hide one archive in another."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from ryoshiki.history import files
from ryoshiki.model import RyoshikiError
from tests.history.making import ACCOUNT, laid_out, read, script, tarred, tweet, zipped
from tests.history.test_mastodon import members as outbox
from tests.history.test_mastodon import note

TWEETS = script("window.YTD.tweets.part0", [tweet(1, "朝の散歩")])
GOOD = {"data/account.js": ACCOUNT, "data/tweets.js": TWEETS}


def test_a_file_that_unpacks_to_too_much(tmp_path: Path) -> None:
    """It is passed over by its sizes, and named; the rest is read."""
    bomb = b"window.YTD.tweets.part1 = [" + b" " * (80 << 20)
    found, (problem,) = read(zipped(tmp_path / "x", {**GOOD, "data/tweets-part1.js": bomb}))
    assert [p.id for p in found] == ["1"]
    assert (problem.part, "too much" in problem.reason) == ("data/tweets-part1.js", True)


def test_a_tar_that_unpacks_to_too_much(tmp_path: Path) -> None:
    """It is refused before its bytes are held."""
    with gzip.open(tmp_path / "t", "wb", compresslevel=9) as file:
        file.write(tarfile.TarInfo("outbox.json").tobuf())
        for _ in range(120):
            file.write(bytes(1 << 20))
    with pytest.raises(RyoshikiError):
        read(tmp_path / "t")


def test_a_header_that_claims_everything(tmp_path: Path) -> None:
    """A name of four gigabytes is not read."""
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.XHDTYPE, 4 << 30
    with gzip.open(tmp_path / "t", "wb") as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT) + bytes(1 << 20))
    with pytest.raises(RyoshikiError, match="too much"):
        read(tmp_path / "t")


def test_a_part_that_is_longer_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before the limit is kept, and the part is named."""
    monkeypatch.setattr("ryoshiki.history.source.PART", 20_000)
    posts = script("window.YTD.tweets.part0", [tweet(n, f"{n}番目") for n in range(1, 500)])
    found, problems = read(laid_out(tmp_path / "x", {"tweets.js": posts}))
    assert found == []
    assert "too much" in problems[0].reason


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However they are packed; a zip's list is not even read where it is too long."""
    for path in (
        zipped(tmp_path / "z", {f"{n}": b"" for n in range(20)}),
        tarred(tmp_path / "t", {f"{n}": b"" for n in range(20)}),
        laid_out(tmp_path / "f", {f"{n}": b"" for n in range(20)}),
    ):
        monkeypatch.setattr(files, "ENTRIES", 10)
        with pytest.raises(RyoshikiError, match="over 10 files"):
            read(path)
    monkeypatch.setattr(files, "INDEX", 100)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(RyoshikiError, match="over 10 files"):
        read(tmp_path / "z")


@pytest.mark.parametrize("name", ["../tweets.js", "/etc/tweets.js", "a/../../t.js", "..\\t.js", "C:\\t.js"])
def test_names_that_point_outside(tmp_path: Path, name: str) -> None:
    """They are not read, and named."""
    more = {name: script("window.YTD.tweets.part1", [tweet(2, "そと")])}
    found, problems = read(zipped(tmp_path / "x", {**GOOD, **more}))
    assert [p.id for p in found] == ["1"]
    assert any("outside" in p.reason for p in problems)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Neither in a folder, nor in a tar, nor in a zip."""
    secret = tmp_path / "secret.js"
    secret.write_bytes(script("window.YTD.tweets.part1", [tweet(2, "ひみつ")]))
    folder = laid_out(tmp_path / "f", GOOD)
    os.symlink(secret, folder / "data/tweets-part1.js")
    os.symlink(tmp_path, folder / "up")
    tar = tmp_path / "t"
    with tarfile.open(tar, "w") as file:
        for name, data in GOOD.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("data/tweets-part1.js")
        link.type, link.linkname = tarfile.SYMTYPE, str(secret)
        file.addfile(link)
    packed = zipped(tmp_path / "z", GOOD)
    with zipfile.ZipFile(packed, "a") as archive:
        entry = zipfile.ZipInfo("data/tweets-part1.js")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, str(secret))
    for path in (folder, tar, packed):
        found, problems = read(path)
        assert [p.id for p in found] == ["1"], path
        assert any("link" in p.reason for p in problems), path


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    """It is not opened; one is told to take it out."""
    inner = zipped(tmp_path / "i", GOOD).read_bytes()
    with pytest.raises(RyoshikiError, match="an archive in an archive"):
        read(zipped(tmp_path / "o", {"twitter.zip": inner}))


def test_damage_within_a_zip(tmp_path: Path) -> None:
    """Bytes that were changed cost the part in which they lie."""
    posts = script("window.YTD.tweets.part0", [tweet(n, f"{n}番目の朝") for n in range(1, 3000)])
    path = zipped(
        tmp_path / "z",
        {"data/tweets.js": posts, "data/tweets-part1.js": script("window.YTD.tweets.part1", [tweet(9000, "次")])},
    )
    data = bytearray(path.read_bytes())
    at = len(data) // 2
    data[at : at + 64] = bytes(64)
    path.write_bytes(data)
    found, problems = read(path)
    assert "9000" in {p.id for p in found}
    assert "data/tweets.js" in {p.part for p in problems}


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\x1f\x8bbroken", b"", b"%PDF-1.7", bytes(range(256)) * 300])
def test_what_is_no_archive(tmp_path: Path, data: bytes) -> None:
    """One clear line."""
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(RyoshikiError) as reason:
        read(tmp_path / "a")
    assert "\n" not in str(reason.value)


@pytest.mark.parametrize("name", ["twitter.zip", "export.tar.gz"])
def test_a_download_that_broke_off_at_once(tmp_path: Path, name: str) -> None:
    """What is called an archive and is none is not taken for one within another."""
    (tmp_path / name).write_bytes(b"<html>502 Bad Gateway</html>")
    with pytest.raises(RyoshikiError, match="download it once more"):
        read(tmp_path / name)


def test_what_is_not_there(tmp_path: Path) -> None:
    """The same for a missing file, an empty folder and a pipe."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    for name in ("none", "empty", "pipe"):
        with pytest.raises(RyoshikiError):
            read(tmp_path / name)


def test_nothing_is_written(tmp_path: Path) -> None:
    """Reading leaves the folder as it was."""
    zipped(tmp_path / "z", GOOD)
    tarred(tmp_path / "t", outbox(note(1, "<p>一</p>")))
    before = {p: p.read_bytes() for p in tmp_path.rglob("*")}
    for path in before:
        read(path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*")} == before
