"""A form is read in memory, whole or not at all."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from ryoshiki.web.multipart import FormLimits, form
from ryoshiki.web.problems import Problem

if TYPE_CHECKING:
    from starlette.types import Message

TYPE = "multipart/form-data; boundary=b"
END = b"--b--\r\n"
SMALL = FormLimits(photos=2, fields=2, field=100)


def text(name: str, value: bytes) -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"


def photo(filename: str, data: bytes) -> bytes:
    disposition = f'--b\r\nContent-Disposition: form-data; name="photos"; filename="{filename}"\r\n'
    return disposition.encode() + b"Content-Type: image/jpeg\r\n\r\n" + data + b"\r\n"


def read(
    body: bytes, content_type: str | None = TYPE, limits: FormLimits = SMALL, *, step: int = 65536
) -> tuple[dict[str, str], list[bytes]]:
    """The form in this body, which comes in chunks of ``step`` bytes."""
    starts = iter(range(0, max(1, len(body)), step))

    async def receive() -> Message:
        start = next(starts)
        return {"type": "http.request", "body": body[start : start + step], "more_body": start + step < len(body)}

    headers = [(b"content-type", content_type.encode("latin-1"))] if content_type is not None else []
    return asyncio.run(form(Request({"type": "http", "method": "POST", "headers": headers}, receive), limits))


def refused(body: bytes, content_type: str | None = TYPE) -> Problem:
    with pytest.raises(Problem) as caught:
        read(body, content_type)
    return caught.value


@pytest.mark.parametrize("step", [1, 7, 65536])
def test_texts_and_photos_come_back_as_they_were_sent(step: int) -> None:
    """Letters, bytes and order are kept, however the body was cut into chunks."""
    data = bytes(range(256)) + b"\r\n--b\r"
    body = text("text", "必死😀".encode()) + photo("海.jpg", data) + photo("b.png", b"2") + END
    assert read(body, step=step) == ({"text": "必死😀"}, [data, b"2"])


def test_a_photo_never_goes_to_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No temporary file is made, however large the photo: a file of the disk would fail the test."""

    def made(*args: object, **kwargs: object) -> None:
        raise AssertionError("a file on the disk")

    monkeypatch.setattr(tempfile, "TemporaryFile", made)
    large = b"J" * (8 * 1024 * 1024)
    assert read(photo("a.jpg", large) + END)[1] == [large]


def test_a_file_field_left_empty_is_no_photo() -> None:
    """A browser sends an empty file where none was chosen."""
    assert read(photo("", b"") + END) == ({}, [])


def test_of_one_name_the_last_counts() -> None:
    """A field that comes twice does not make a list of it."""
    assert read(text("url", b"a") + text("url", b"b") + END) == ({"url": "b"}, [])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (photo("a", b"1") * 3 + END, 413, "写真が多すぎます"),
        (text("a", b"1") * 3 + END, 413, "項目が多すぎます"),
        (text("a", b"1" * 101) + END, 413, "長すぎます"),
    ],
    ids=["photos", "fields", "letters"],
)
def test_too_much_is_told_apart_from_broken(body: bytes, status: int, said: str) -> None:
    """The title says what there is too much of."""
    problem = refused(body)
    assert (problem.status, problem.title.partition(" ")[0]) == (status, said)


def test_just_enough_is_let_in() -> None:
    """The limits themselves are within the limits."""
    fields, photos = read((photo("a", b"1") + text("a", b"1" * 100)) * 2 + END)
    assert (len(fields["a"]), len(photos)) == (100, 2)


WHOLE = text("text", b"hello") + photo("a.jpg", b"JPEG") + END


@pytest.mark.parametrize("length", range(len(WHOLE) - len(b"\r\n")))
def test_a_form_that_was_cut_off_is_refused(length: int) -> None:
    """Wherever it was cut: else a photo would be missing without a word."""
    assert refused(WHOLE[:length]).status == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=other",
        "multipart/form-data; boundary=é",
        f"multipart/form-data; boundary={'b' * 1000}",
    ],
)
def test_a_form_without_its_boundary_is_refused(content_type: str) -> None:
    """A boundary that is missing, strange or not the body's is a broken form, not an internal error."""
    assert refused(WHOLE, content_type).status == 400


@pytest.mark.parametrize("content_type", [None, "", "application/json", "application/x-www-form-urlencoded"])
def test_only_forms_with_files_are_read(content_type: str | None) -> None:
    """Another type of body is refused as such."""
    assert refused(WHOLE, content_type).status == 415


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "idna", "utf-16", "nonsense"])
def test_the_sender_does_not_choose_the_decoder(charset: str) -> None:
    """Some decoders are slow by design, and some make half of a surrogate pair."""
    assert refused(WHOLE, f"{TYPE}; charset={charset}").status == 415
    assert read(WHOLE, f'{TYPE}; charset="UTF-8"') == read(WHOLE)


def test_a_broken_form_leaves_nothing_in_the_log(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """The parser would write bytes of it, and they may be the draft's."""
    refused(WHOLE.replace(b"--b\r\n", b"--b!!", 1))
    refused(WHOLE.replace(b"--b", b"--c", 1))
    assert not caplog.records
    assert capsys.readouterr() == ("", "")


@given(
    st.lists(
        st.sampled_from([b"--b", b"\r\n", b"--", b"\r", b": ", b"Content-Disposition", b'form-data; name="a"', b"\xff"])
        | st.binary(max_size=8),
        max_size=30,
    )
)
def test_no_form_breaks_the_reader(pieces: list[bytes]) -> None:
    """Whatever the bytes, they are read or refused."""
    with suppress(Problem):
        read(b"".join(pieces))
