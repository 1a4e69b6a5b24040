"""The JSON interface gives what the library gives, refuses what cannot be used in clear words, and keeps nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.testclient import TestClient

from ryoshiki import Draft, Photo, load, review
from ryoshiki.cleaning import places
from ryoshiki.model import TEXT_LIMIT
from ryoshiki.reading.photo import see
from ryoshiki.report.json import as_dict
from ryoshiki.web.app import create_app
from ryoshiki.web.serving import Serving
from tests.pictures import encoded, fields, people, sheet

MURORAN = load()
TEXT = "窓口に来た山田さん、税金を滞納してるって。\n6月20日（日）は運動会です😀𠮷"
EVENING = "2026-06-12T21:14:00+09:00"
BYTES = {"Content-Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def api() -> Iterator[TestClient]:
    with TestClient(create_app(MURORAN, Serving()), base_url="http://127.0.0.1/api/v1/") as client:
        yield client


def reviewed(api: TestClient, **draft: Any) -> dict[str, Any]:
    answer = api.post("review", json=draft)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(api: TestClient, status: int, **draft: Any) -> dict[str, Any]:
    answer = api.post("review", json=draft)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= problem.keys()
    return problem


def test_a_review_is_that_of_the_library(api: TestClient) -> None:
    """Findings, places in code points, what was not looked at: the same object, key by key."""
    draft = Draft(TEXT, posted_at=datetime.fromisoformat(EVENING))
    expected = as_dict(review(draft, MURORAN))
    del expected["photos"]
    found = reviewed(api, text=TEXT, posted_at=EVENING)
    assert {key: found[key] for key in expected} == json.loads(json.dumps(expected))
    quotes = [TEXT[f["start"] : f["end"]] for f in found["findings"]]
    assert quotes == [f["quote"] for f in found["findings"]]
    assert len(quotes) >= 2


def test_the_length_is_as_the_platform_counts(api: TestClient) -> None:
    """X counts a full-width character as two, and has a limit; a blog has none."""
    assert reviewed(api, text="あいう", platform="x")["length"] == {"count": 6, "limit": 280}
    assert reviewed(api, text="あいう", platform="blog")["length"] == {"count": 3, "limit": None}


def test_a_pause_is_offered_with_the_review(api: TestClient) -> None:
    """Heated words and the middle of the night; not a calm evening."""
    assert reviewed(api, text="お前みたいなバカは消えろ", posted_at=EVENING)["cool_off"] == "heated"
    assert reviewed(api, text="眠れない", posted_at="2026-06-12T17:30:00Z")["cool_off"] == "night"
    assert reviewed(api, text="夕飯はカレー", posted_at=EVENING)["cool_off"] is None


def test_waived_findings_are_told_apart(api: TestClient) -> None:
    """A fingerprint in the request, or one accepted on this machine, settles a finding."""
    finding = reviewed(api, text=TEXT)["findings"][0]
    again = reviewed(api, text=TEXT, waivers=[finding["fingerprint"]])
    assert finding["fingerprint"] in again["waived"]
    assert finding not in again["findings"]
    alone = TestClient(
        create_app(MURORAN, Serving(waivers=frozenset([finding["fingerprint"]]))), base_url="http://127.0.0.1/api/v1/"
    )
    assert finding["fingerprint"] in reviewed(alone, text=TEXT)["waived"]


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        ({}, "body.text"),
        ({"text": 1}, "body.text"),
        ({"text": "あ" * (TEXT_LIMIT + 1)}, "body.text"),
        ({"text": "あ", "posted_at": "2026-06-12T21:14"}, "body.posted_at"),
        ({"text": "あ", "account": "mine"}, "body.account"),
        ({"text": "あ", "txet": "い"}, "body.txet"),
        ({"text": "あ", "photos": [{"name": "a", "width": "wide"}]}, "body.photos.0.width"),
        ({"text": "あ", "waivers": ["no fingerprint"]}, "body.waivers.0"),
    ],
)
def test_a_bad_field_is_named(api: TestClient, draft: dict[str, Any], where: str) -> None:
    """The problem says where, and never repeats what was sent."""
    problem = refused(api, 422, **draft)
    assert where in [error["where"] for error in problem["errors"]]
    assert "no fingerprint" not in json.dumps(problem)


@pytest.mark.parametrize("draft", [{"text": " "}, {"text": "あ", "platform": "nowhere"}, {"text": "あ\ud800"}])
def test_a_draft_that_cannot_be_is_refused(api: TestClient, draft: dict[str, Any]) -> None:
    """What only the library can tell is a clear 422, too."""
    answer = api.post("review", content=json.dumps(draft), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["title"]


@given(st.text(max_size=200).filter(str.strip))
def test_every_text_gets_an_answer(text: str) -> None:
    """Whatever people paste, places lie inside the text."""
    found = TestClient(create_app(MURORAN), base_url="http://127.0.0.1").post("/api/v1/review", json={"text": text})
    assert found.status_code == 200
    for finding in found.json()["findings"]:
        if finding["start"] is not None:
            assert text[finding["start"] : finding["end"]] == finding["quote"]


def test_a_photo_is_read_once_and_reviewed_many_times(api: TestClient) -> None:
    """What POST photos saw goes into any number of reviews, with or without words."""
    data = encoded(people(90, 80), exif=fields(place=(42.3, 141.0)))
    seen = api.post("photos?name=写真1", content=data, headers=BYTES).json()
    assert seen["sight"] == json.loads(json.dumps(asdict(see(Photo("写真1", data)))))
    expected = [asdict(place) for place in places(Photo("写真1", data), MURORAN)]
    assert seen["places"] == expected
    rules = {f["rule"] for f in reviewed(api, text="みんなで", photos=[seen["sight"]])["findings"]}
    assert {"portrait", "privacy"} & rules
    found = reviewed(api, text="", photos=[seen["sight"]])["findings"]
    assert {f["photo"] for f in found} == {"写真1"}


def test_a_copy_covers_all_but_what_is_kept(api: TestClient) -> None:
    """The copy is a picture without fields; the numbers in `keep` stay as they are."""
    data = encoded(people(90, 80), exif=fields(place=(42.3, 141.0)))
    copy = api.post("photos/clean?keep=1", content=data, headers=BYTES).json()
    assert [place["kind"] for place in copy["covered"]] == ["face"]
    picture = Image.open(BytesIO(base64.b64decode(copy["data"])))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (640, 480), {})
    assert copy["left"] == []


def test_letters_of_no_concern_are_listed_and_covered_too_or_left_out(api: TestClient) -> None:
    """The numbers of both addresses are the same."""
    data = encoded(sheet(["きょうのおやつ", "りんごとみかん"]))
    assert len(api.post("photos", content=data, headers=BYTES).json()["places"]) == 2
    assert len(api.post("photos/clean", content=data, headers=BYTES).json()["covered"]) >= 2
    assert api.post("photos?letters=false", content=data, headers=BYTES).json()["places"] == []
    assert api.post("photos/clean?letters=false", content=data, headers=BYTES).json()["covered"] == []


def test_a_picture_that_browsers_cannot_show_comes_back_as_one_they_can(api: TestClient) -> None:
    """HEIC in, JPEG out."""
    answer = api.post("photos/preview", content=encoded(people(90), "HEIF"), headers=BYTES)
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.content)).size == (640, 480)


BOMB = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0" + b"\0\0\0\0"


@pytest.mark.parametrize("path", ["photos", "photos/clean", "photos/preview"])
@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7 ", BOMB, encoded(people())[:300]])
def test_what_is_no_picture_is_refused_in_words(api: TestClient, path: str, data: bytes) -> None:
    """Nothing, text, a document, a bomb, half a file: a 422 that says why."""
    answer = api.post(path, content=data, headers=BYTES)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["detail"]


def test_a_number_that_stands_for_nothing_is_refused(api: TestClient) -> None:
    """`keep` names places that are there."""
    answer = api.post("photos/clean?keep=9", content=encoded(people(90)), headers=BYTES)
    assert answer.status_code == 422
    assert "1" in answer.json()["detail"]


def test_readings_are_given_piece_by_piece(api: TestClient) -> None:
    """Joined, the pieces are the text again."""
    texts = api.post("furigana", json={"texts": ["市役所へ行く", "abc"]}).json()["texts"]
    assert ["".join(base for base, _ in pieces) for pieces in texts] == ["市役所へ行く", "abc"]
    assert ["行", "い"] in texts[0]


def test_a_question_finds_its_answer(api: TestClient) -> None:
    """The library's questions, best first; none for a strange one; a question of nothing is refused."""
    answers = api.post("ask", json={"question": "昼休みにスマホで書き込んでいい？"}).json()["answers"]
    assert "昼休み" in answers[0]["ask"]
    assert api.post("ask", json={"question": "カレーの作り方"}).json() == {"answers": []}
    assert api.post("ask", json={"question": " "}).status_code == 422


def test_the_guideline_is_told(api: TestClient) -> None:
    """Clauses, rules and services as the guideline has them; a rule with its examples."""
    told = api.get("guideline").json()
    assert (told["id"], len(told["clauses"]), len(told["rules"])) == ("muroran", len(MURORAN.clauses), 18)
    assert [p["id"] for p in api.get("platforms").json()] == list(MURORAN.platforms)
    rule = api.get("rules/accuracy").json()
    assert rule["misses"] == MURORAN.rules["accuracy"].misses
    assert rule["signs"][0]["flags"]
    assert api.get("rules/nothing").status_code == 404


def test_the_description_is_open_and_whole(api: TestClient) -> None:
    """OpenAPI lists every path of the interface, and no page."""
    paths = api.get("openapi.json").json()["paths"]
    expected = {
        "ask",
        "review",
        "furigana",
        "photos",
        "photos/clean",
        "photos/preview",
        "guideline",
        "rules/{id}",
        "platforms",
    }
    assert paths.keys() == {f"/api/v1/{path}" for path in expected}
