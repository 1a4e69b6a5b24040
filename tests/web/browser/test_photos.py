"""Photos: numbered boxes, consent, a copy that covers what is chosen; all in memory."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, expect

from ryoshiki.model import Photo
from ryoshiki.reading.photo import see
from tests.pictures import encoded, fields, people, sheet
from tests.web.browser.conftest import Open, add, payload, settled, write

CARD = sheet(["住民異動届", "氏名 室山 花子", "生年月日 昭和58年4月12日", "携帯 090-0000-1234"])


def test_faces_are_numbered_where_they_are(visit: Open) -> None:
    """A box for each face, at its place in the picture as it is shown, and a note that asks for consent."""
    page = visit()
    add(page, payload(people(90, 80)))
    assert page.locator(".picture svg text").all_text_contents() == ["1", "2"]
    seen = see(Photo("a", encoded(people(90, 80)))).faces
    image, first = page.locator(".picture img").bounding_box(), page.locator(".picture .edge").first.bounding_box()
    assert image
    assert first
    wanted = min(face.box.left for face in seen) / 640 * image["width"] + image["x"]
    assert abs(first["x"] - wanted) < 8
    expect(page.locator(".note", has_text="顔が2")).to_have_count(1)


def test_consent_answers_the_question_and_keeps_the_faces(visit: Open) -> None:
    """Who has agreed is not covered; taking it back asks again."""
    page = visit()
    add(page, payload(people(90, 80)))
    page.locator(".note button", has_text="同意をもらっています").click()
    expect(page.locator(".note", has_text="顔が2")).to_have_count(0)
    for box in page.locator(".places input").all():
        expect(box).not_to_be_checked()
    expect(page.locator(".picture .kept")).to_have_count(2)
    page.click("#answered summary")
    page.locator("#answered button").click()
    expect(page.locator(".note", has_text="顔が2")).to_have_count(1)
    expect(page.locator(".picture .kept")).to_have_count(0)


def test_the_copy_covers_what_was_chosen(visit: Open, tmp_path: Path) -> None:
    """The saved file has one face of two, no fields, and is what is reviewed from then on; the original comes back."""
    page = visit()
    add(page, payload(people(90, 80), exif=fields(place=(42.3, 141.0))))
    expect(page.locator(".note", has_text="撮影した場所")).to_have_count(1)
    page.locator(".places input").nth(1).uncheck()
    page.locator(".photo button", has_text="写しを作る").click()
    expect(page.locator(".cleaned")).to_be_visible(timeout=60_000)
    settled(page)
    with page.expect_download() as saved:
        page.locator(".cleaned a").click()
    copy = (tmp_path / "copy.jpg").resolve()
    saved.value.save_as(copy)
    assert saved.value.suggested_filename == "photo-1-clean.jpg"
    sight = see(Photo("copy", copy.read_bytes()))
    assert (len(sight.faces), sight.traces) == (1, ())
    expect(page.locator(".note", has_text="撮影した場所")).to_have_count(0)
    page.locator(".cleaned button").click()
    settled(page)
    expect(page.locator(".note", has_text="撮影した場所")).to_have_count(1)


def test_letters_in_a_photo_are_found_and_shown(visit: Open) -> None:
    """A form on a desk is a note with its place; the button brings the place into view."""
    page = visit()
    write(page, "今日のお昼")
    add(page, payload(CARD))
    note = page.locator(".note.stop").first
    expect(note).to_contain_text("写真")
    note.locator("button", has_text="写真1のこの場所を見る").click()
    assert page.locator(".picture .pointed").count() >= 1
    before = page.locator(".places input").count()
    page.locator(".photo .choice", has_text="すべて並べる").locator("input").check()
    settled(page)
    assert page.locator(".places input").count() >= before


def test_a_copy_with_letters_of_no_concern_says_that_they_are_left(visit: Open) -> None:
    """Who has all letters listed has them covered, and is told nothing of the kind."""
    page = visit()
    menu = sheet(["本日のおすすめ", "コーヒー 450円"])
    menu.paste(people(90).crop((30, 150, 140, 260)), (600, 400))
    add(page, payload(menu))
    page.locator(".photo button", has_text="写しを作る").click()
    expect(page.locator(".cleaned")).to_contain_text("指摘のない文字は、そのまま残しました", timeout=60_000)
    page.locator(".cleaned button").click()
    settled(page)
    page.locator(".photo .choice", has_text="すべて並べる").locator("input").check()
    settled(page)
    page.locator(".photo button", has_text="写しを作る").click()
    expect(page.locator(".cleaned")).to_be_visible(timeout=60_000)
    expect(page.locator(".cleaned")).not_to_contain_text("指摘のない文字")


def test_a_photo_that_browsers_cannot_show_is_shown(visit: Open) -> None:
    """HEIC from a telephone is read, and shown as a JPEG made in memory."""
    page = visit()
    add(page, payload(people(90), "HEIF"))
    page.wait_for_function("document.querySelector('.picture img').naturalWidth > 0", timeout=30_000)
    assert page.locator(".picture svg text").all_text_contents() == ["1"]


def test_what_cannot_be_read_is_told(visit: Open) -> None:
    """A file that is no picture and one that is too large: told at the photo, and the page goes on."""
    page = visit()
    broken: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no picture"}
    add(page, broken)
    expect(page.locator(".photo [role=alert]")).to_contain_text("PDF")
    page.evaluate("""() => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(31 * 2 ** 20)], "b.jpg", { type: "image/jpeg" }));
      const input = document.querySelector("#photo-input");
      input.files = files.files;
      input.dispatchEvent(new Event("change"));
    }""")
    expect(page.locator(".photo [role=alert]").nth(1)).to_contain_text("30 MB")
    write(page, "山田さんの電話は090-0000-1234です")
    expect(page.locator(".note")).to_have_count(1)


def test_photos_can_be_dropped_pasted_and_taken_away(visit: Open) -> None:
    """Three ways in, one way out; each keeps its number."""
    page = visit()
    drop = """(data) => {
      const files = new DataTransfer();
      files.items.add(new File([Uint8Array.from(data)], "x.jpg", { type: "image/jpeg" }));
      const target = document.querySelector("#drop");
      target.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, list(encoded(people(90))))
    expect(page.locator(".photo")).to_have_count(2)
    settled(page)
    page.locator(".photo h3 button").first.click()
    expect(page.locator(".photo h3")).to_have_text(["写真2写真2を外す"])


def test_a_picture_lies_upright(visit: Open) -> None:
    """A telephone held sideways: the boxes are where the browser shows the faces."""
    page = visit()
    turned = people(90).transpose(Image.Transpose.ROTATE_90)
    add(page, payload(turned, exif=fields(turned=6)))
    image, box = page.locator(".picture img").bounding_box(), page.locator(".picture .edge").first.bounding_box()
    assert image
    assert box
    assert image["width"] > image["height"]
    face = see(Photo("a", encoded(people(90)))).faces[0].box
    assert abs((box["x"] - image["x"]) / image["width"] - face.left / 640) < 0.03


def test_pictures_are_drawn_by_these_tests() -> None:
    """The copy that browsers see is the one that the engine reads."""
    assert Image.open(BytesIO(encoded(people(90)))).size == (640, 480)
