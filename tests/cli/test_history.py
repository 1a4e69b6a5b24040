"""`ryoshiki history`: an archive in, a page out; stopped and gone on with; what cannot be done."""

import csv
import json
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ryoshiki.drafts import reviewed
from ryoshiki.guideline import DEFAULT
from tests.cli.conftest import Command, complaint
from tests.history.making import ACCOUNT, script, tarred, tweet, zipped
from tests.history.test_mastodon import members as outbox
from tests.history.test_mastodon import note

EVENING = "Fri Jun 12 12:14:05 +0000 2026"  # 21:14 in Japan
TEXTS = ("あいつはぺけぺけだ", "いい天気です", "がさがさした話", "もやもや <b>とぺけぺけ", "散歩しました")


def archive(path: Path, texts: tuple[str, ...] = TEXTS) -> Path:
    tweets = [tweet(n, text, EVENING) for n, text in enumerate(texts, 1)]
    return zipped(path, {"data/account.js": ACCOUNT, "data/tweets.js": script("window.YTD.tweets.part0", tweets)})


def looked(outcome: Any) -> dict[str, list[str]]:
    return {post["id"]: [n["sign"] for n in post["notes"]] for post in outcome.json["noted"]}


def test_all_posts_are_read(ryoshiki: Command, tmp_path: Path) -> None:
    """As `check` reads each; those with notes are given with places, advice and the way to them."""
    outcome = ryoshiki("history", archive(tmp_path / "x.zip"), "--format", "json")
    assert (outcome.status, outcome.err.strip()) == (0, "そのうち 3 件に、見直すとよさそうな点があります。")
    assert (outcome.json["posts"], outcome.json["service"], outcome.json["on_duty"]) == (5, "x", 0)
    assert looked(outcome) == {"1": ["insult/abuse"], "3": ["insult/coarse"], "4": ["insult/abuse"]}
    first = outcome.json["noted"][0]
    assert (first["posted_at"], first["url"]) == ("2026-06-12T21:14:05+09:00", "https://x.com/shiomi/status/1")
    (found,) = ryoshiki("check", TEXTS[0], "--at", "2026-06-12T21:14+09:00", "--format", "json").json["findings"]
    assert {k: found[k] for k in ("rule", "clause", "severity", "start", "end", "quote", "advice")}.items() <= first[
        "notes"
    ][0].items()


class Reader(HTMLParser):
    """Tags that are not closed, and whatever could reach outside."""

    VOID = frozenset({"meta", "br", "link", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        names = dict(attrs)
        if tag in ("script", "img", "link", "iframe") or "style" in names or any(n.startswith("on") for n in names):
            self.wrong.append(tag)
        if "href" in names:
            self.links.append(names["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page(ryoshiki: Command, tmp_path: Path, lang: str) -> None:
    """It stands alone, says whose it is, shows words as text and links to the service; the terminal stays empty."""
    page = tmp_path / "page.html"
    outcome = ryoshiki("history", archive(tmp_path / "x.zip"), "--output", page, "--lang", lang)
    assert (outcome.status, outcome.raw) == (0, b"")
    html = page.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(html)
    assert (reader.wrong, reader.open) == ([], [])
    assert reader.links == [f"https://x.com/shiomi/status/{n}" for n in (1, 4, 3)]
    assert f'<html lang="{lang}">' in html
    assert ("そのまま入っています" if lang == "ja" else "as you wrote them") in html
    assert "もやもや &lt;b&gt;と" in html
    assert '<mark class="stop">ぺけぺけ</mark>' in html
    assert "default-src 'none'" in html
    assert not re.search(r"安全|safe\b", html)


def test_a_line_a_note(ryoshiki: Command, tmp_path: Path) -> None:
    """As CSV that Excel reads; no cell is a formula."""
    outcome = ryoshiki("history", archive(tmp_path / "x.zip", ("=1+1 ぺけぺけ",)), "--format", "csv")
    assert outcome.raw.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(StringIO(outcome.raw.decode("utf-8-sig"), newline=""))
    assert dict(zip(head, row, strict=True)) | {"どうする": "", "問いかけ": ""} == {
        "日時": "2026-06-12 21:14",
        "種類": "投稿",
        "重さ": "やめておきたいもの",
        "条項": "5-1",
        "規則": "人をおとしめる言葉",
        "言葉": "ぺけぺけ",
        "どうする": "",
        "問いかけ": "",
        "URL": "https://x.com/shiomi/status/1",
        "ID": "1",
        "本文": "'=1+1 ぺけぺけ",
    }


def test_stopped_and_gone_on_with(ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is what it would have been; nothing is read twice, nothing is lost; not a word is kept."""
    texts = tuple(f"{n}番目の{'ぺけぺけ' if n % 7 == 0 else '散歩'}です" for n in range(400))
    source = archive(tmp_path / "x.zip", texts)
    whole = ryoshiki("history", source, "--format", "json")
    read: list[str] = []

    def counting(drafts: Any, *others: Any) -> Any:
        if len(read) >= 130 and not stopped:
            stopped.append(True)
            raise KeyboardInterrupt
        read.extend(draft.text for draft in drafts)
        return reviewed(drafts, *others)

    stopped: list[bool] = []
    monkeypatch.setattr("ryoshiki.cli.lookback.reviewed", counting)
    first = ryoshiki("history", source, "--format", "json", "--again")
    assert (first.status, first.raw) == (130, b"")
    assert "続きから" in first.err
    kept = next((tmp_path / "config").rglob("*.jsonl"))
    assert "散歩" not in kept.read_text(encoding="utf-8")
    assert "ぺけ" not in kept.read_text(encoding="utf-8")
    second = ryoshiki("history", source, "--format", "json")
    assert second.raw == whole.raw
    assert sorted(read) == sorted(texts)
    ryoshiki("history", source, "--format", "csv")
    assert len(read) == len(texts)


SLIPS = (
    "夜勤明け。病棟の窓から見る朝日は毎回きれい",
    "うちの猫のもなか、今日で五歳",
    "カレーがおいしくできた",
)


def test_by_what_one_could_be_known(ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the local model reads of the author adds up, and is remembered by place; without the model that is said."""
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))
    source = archive(tmp_path / "x.zip", SLIPS)
    first = ryoshiki("history", source, "--format", "json").json["known_by"]
    posts = {fact["kind"]: fact["posts"] for fact in first["facts"]}
    assert (posts.get("shift"), posts.get("pet")) == (["1"], ["2"])
    assert "3" not in {id for ids in posts.values() for id in ids}
    assert all(fact["value"] in SLIPS[int(fact["posts"][0]) - 1] for fact in first["facts"])
    assert ryoshiki("history", source, "--format", "json").json["known_by"] == first
    kept = next((tmp_path / "config").rglob("*.jsonl"))
    assert "夜勤" not in kept.read_text(encoding="utf-8")
    monkeypatch.setenv("RYOSHIKI_MEANING", "off")
    outcome = ryoshiki("history", source, "--format", "json").json
    assert outcome["known_by"]["facts"] == []
    assert any("手がかりも、探していません" in said for said in outcome["unchecked"])


def test_a_guideline_that_does_not_look_at_the_meaning(ryoshiki: Command, tmp_path: Path) -> None:
    """By what one could be known is then not looked for, which is said."""
    outcome = ryoshiki("history", archive(tmp_path / "x.zip", SLIPS), "--format", "json").json
    assert outcome["known_by"]["facts"] == []
    assert any("手がかりは探していません" in said for said in outcome["unchecked"])


def test_another_setting_reads_anew(ryoshiki: Command, tmp_path: Path) -> None:
    """What was accepted since then is no note any more."""
    source = archive(tmp_path / "x.zip")
    assert "1" in looked(ryoshiki("history", source, "--format", "json"))
    (found,) = ryoshiki("check", TEXTS[0], "--format", "json").json["findings"]
    ryoshiki("waive", found["fingerprint"])
    assert "1" not in looked(ryoshiki("history", source, "--format", "json"))


def test_the_clock_reads_each_post(ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post of a working day's morning, a time that is none, and a draft that was never posted."""
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))
    monkeypatch.setenv("RYOSHIKI_MEANING", "off")
    rows = "本文,日時,ID,種類\n朝です,2026/06/12 10:00,1,\n昼です,いつか,2,\n夜です,2026/06/12 10:00,3,下書き\n"
    (tmp_path / "p.csv").write_text(rows, encoding="utf-8")
    outcome = ryoshiki("history", tmp_path / "p.csv", "--format", "json")
    assert looked(outcome) == {"1": ["working-hours/posted-on-duty"]}
    assert (outcome.json["on_duty"], outcome.status) == (1, 1)
    assert any("日時の分からない 1 件" in said for said in outcome.json["unchecked"])


def test_which_posts(ryoshiki: Command, tmp_path: Path) -> None:
    """Days in Japan, both included; likes only where one asks."""
    days = [tweet(n, "ぺけぺけ", f"Fri Jun {day} 16:00:00 +0000 2026") for n, day in ((1, 10), (2, 11), (3, 12))]
    liked = script("window.YTD.like.part0", [{"like": {"tweetId": "9", "fullText": "ぺけぺけ"}}])
    tweets = script("window.YTD.tweets.part1", days)
    files = {"data/account.js": ACCOUNT, "data/tweets.js": tweets, "data/like.js": liked}
    source = zipped(tmp_path / "x.zip", files)
    assert set(looked(ryoshiki("history", source, "--format", "json"))) == {"1", "2", "3"}
    bounded = ryoshiki("history", source, "--format", "json", "--since", "2026-06-12", "--until", "2026-06-12")
    assert set(looked(bounded)) == {"2"}
    assert any("2 件" in said for said in bounded.json["unchecked"])
    assert set(looked(ryoshiki("history", source, "--format", "json", "--likes"))) == {"1", "2", "3", "9"}


def test_photos_where_one_asks(ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the archive; a post of a photo alone is read then, and counted as unread else."""
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))
    monkeypatch.setenv("RYOSHIKI_MEANING", "off")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 18.0, 0.0), 3: "E", 4: (140.0, 58.0, 0.0)})
    data = BytesIO()
    Image.new("RGB", (640, 480), "gray").save(data, "JPEG", exif=exif)
    attached = [{"mediaType": "image/jpeg", "url": "/media_attachments/files/1/a.jpg"}]
    files = outbox(note(1, "", attachment=attached)) | {"media_attachments/files/1/a.jpg": data.getvalue()}
    source = zipped(tmp_path / "m.zip", files)
    without = ryoshiki("history", source, "--format", "json").json
    assert without["posts"] == 0
    assert any("--photos" in said for said in without["unchecked"])
    (post,) = ryoshiki("history", source, "--format", "json", "--photos").json["noted"]
    assert {n["photo"] for n in post["notes"]} == {"media_attachments/files/1/a.jpg"}
    page = ryoshiki("history", source, "--photos").out
    assert "media_attachments/files/1/a.jpg" in page
    assert "unpack" in complaint(ryoshiki("history", tarred(tmp_path / "m.tgz", files), "--photos"))


def test_a_damaged_archive_is_read_as_far_as_it_goes(ryoshiki: Command, tmp_path: Path) -> None:
    """The part is named on the page; exit status 1."""
    whole = script("window.YTD.tweets.part1", [tweet(9, "ぺけぺけ", EVENING), tweet(10, "二")])
    files = {"data/account.js": ACCOUNT, "data/tweets-part1.js": whole[:-60]}
    source = zipped(tmp_path / "x.zip", files)
    outcome = ryoshiki("history", source)
    assert outcome.status == 1
    assert "<b>data/tweets-part1.js</b>: 途中で切れています" in outcome.out


def test_what_cannot_be_done(ryoshiki: Command, tmp_path: Path) -> None:
    """One line and exit status 2; the archive is never written over."""
    source = archive(tmp_path / "x.zip")
    before = source.read_bytes()
    assert "入力そのもの" in complaint(ryoshiki("history", source, "--output", source))
    assert "--format" in complaint(ryoshiki("history", source, "--format", "sarif"))
    assert "--since" in complaint(ryoshiki("history", source, "--since", "きのう"))
    assert "no archive" in complaint(ryoshiki("history", tmp_path / "ours"))
    assert "cannot be read" in complaint(ryoshiki("history", tmp_path / "none"))
    assert source.read_bytes() == before


def test_nothing_of_concern(ryoshiki: Command, tmp_path: Path) -> None:
    """It is said, with what was not looked at; there is no list and no chart of notes."""
    outcome = ryoshiki("history", archive(tmp_path / "x.zip", ("いい天気です",)))
    assert "気になる点は見つかりませんでした。" in outcome.out
    assert "<ol" not in outcome.out
    assert json.loads(ryoshiki("history", tmp_path / "x.zip", "--format", "json").out)["noted"] == []
