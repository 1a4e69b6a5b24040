"""A picture finds its consents: by its bytes, by what it looks like, by its event."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from ryoshiki.desk.consents import ledger, pictures
from ryoshiki.desk.consents.ledger import Asking
from ryoshiki.desk.consents.pictures import fingerprint
from ryoshiki.desk.people import Actor
from ryoshiki.desk.store.database import Store
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.photo.likeness import ALIKE, alike, likeness

KEEPER, STRANGER = Actor("1", "employee", "港湾課"), Actor("5", "employee", "税務課")


def scene(seed: int) -> Image.Image:
    image = Image.new("RGB", (480, 320), (seed * 37 % 256, 90, 160))
    draw = ImageDraw.Draw(image)
    for n in range(12):
        x, y = (seed * 91 + n * 131) % 440, (seed * 53 + n * 77) % 280
        draw.ellipse((x, y, x + 60, y + 80), fill=(n * 20, seed * 61 % 256, 255 - n * 20))
    return image


def data(image: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def tied(store: Store, picture: bytes, asking: Asking, actor: Actor = KEEPER) -> str:
    with store.write() as db:
        consent = ledger.add(db, actor, asking)
        ledger.answered(db, actor, consent.id, True)
        assert pictures.attach(db, actor, consent.id, fingerprint(picture))
        assert not pictures.attach(db, actor, consent.id, fingerprint(picture))
        return consent.id


def asked(store: Store, picture: bytes | None = None, event: str = "", actor: Actor = KEEPER) -> list[tuple[str, str]]:
    with store.read() as db:
        found = pictures.ask(db, actor, fingerprint(picture) if picture else None, event)
    return [(bond, consent.person) for bond, consent in found]


def test_the_same_and_alike(store: Store) -> None:
    """The same bytes, and the same picture smaller, compressed or a little brighter; no other picture."""
    tied(store, data(scene(1)), Asking("岬", "港まつり", ("X",)))
    assert asked(store, data(scene(1))) == [("same", "岬")]
    small = scene(1).resize((240, 160))
    for copy in (data(small), data(scene(1), "JPEG", quality=40), data(ImageEnhance.Brightness(scene(1)).enhance(1.1))):
        assert asked(store, copy) == [("alike", "岬")]
    for other in range(2, 12):
        assert asked(store, data(scene(other))) == []


def test_by_event(store: Store) -> None:
    """Words of its name; the closest bond is told, once for each consent."""
    tied(store, data(scene(1)), Asking("岬", "港まつり2026", ("X",)))
    tied(store, data(scene(2)), Asking("汐", "港まつり2026", ("X",)))
    assert asked(store, event="港まつり") == [("event", "岬"), ("event", "汐")]
    assert asked(store, data(scene(1)), "港まつり") == [("same", "岬"), ("event", "汐")]
    assert asked(store, event="川まつり") == asked(store, event=" ") == asked(store, event="%") == []


def test_only_what_one_may_see(store: Store) -> None:
    """The ledger of another section stays silent."""
    tied(store, data(scene(1)), Asking("岬", "港まつり", ("X",)))
    assert asked(store, data(scene(1)), "港まつり", STRANGER) == []


def test_no_picture() -> None:
    """It is refused with its reason."""
    with pytest.raises(RyoshikiError):
        fingerprint(b"no picture")


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=ALIKE))
def test_alike_pictures_share_a_part(hash: int, flipped: set[int]) -> None:
    """So that the database finds them: the parts of any two that differ in few bits are not all different."""
    other = hash
    for bit in flipped:
        other ^= 1 << bit
    assert alike(hash, other)
    parts = pictures._parts(hash)
    assert pictures._joined(parts) == hash
    assert any(one == two for one, two in zip(parts, pictures._parts(other), strict=True))


def test_a_likeness_is_64_bits() -> None:
    """Of a plain picture none is set."""
    assert likeness(Image.new("RGB", (50, 50), "white")) == 0
    assert 0 < likeness(scene(3)) < 2**64
