"""What a photo gives away, read once and in memory. Each reader is loaded when the first picture needs it.

A reader that is not installed or that fails becomes a sentence in ``Sight.unread``, so that nothing is lost in silence.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ryoshiki.sight import Sight, Trace

if TYPE_CHECKING:
    from ryoshiki.model import Photo
    from ryoshiki.reading.photo.opening import Picture

_INSTALL = "pip install ryoshiki[photo] で入ります。"
ABSENT = f"写真を読む部品が入っていません。{_INSTALL}"
NOT_OPENED = "中身は開いていません。写っている人・書類・位置情報はご自身で確かめてください。"
# What each reader looks for, in the words of a report. A reader is `reading.photo.<name>.<name>(image)`.
_READERS = {"letters": "文字", "faces": "顔", "codes": "QRコードやバーコード", "nudity": "裸の有無"}


def see(photo: Photo) -> Sight:
    """All that is seen in a photo; what could not be looked at stands in ``unread``. Raises nothing."""
    if photo.sight is not None:
        return photo.sight
    if photo.data is None:
        return Sight(photo.name, unread=(NOT_OPENED,))
    return replace(_looked_at(photo.name, photo.data), digest=sha256(photo.data).hexdigest())


def _looked_at(name: str, data: bytes) -> Sight:
    try:
        from ryoshiki.reading.photo.opening import PictureError, opened, upright
        from ryoshiki.reading.photo.traces import traces

        raw = opened(data)
    except ImportError:
        return Sight(name, unread=(ABSENT,))
    except PictureError as reason:
        return Sight(name, unread=(str(reason),))
    try:
        picture = upright(raw)
    except PictureError as reason:
        return Sight(name, raw.width, raw.height, traces(raw, data, None), unread=(str(reason),))
    return _seen(name, picture, traces(raw, data, picture.image))


def _seen(name: str, picture: Picture, found: tuple[Trace, ...]) -> Sight:
    unread = list(picture.notes)
    lines, whole = _tried("letters", picture, unread) or ((), True)
    if not whole:
        unread.append("縦や横にとても長い画像のため、文字は途中までを読みました。")
    return Sight(
        name,
        picture.width,
        picture.height,
        found,
        faces=_placed(_tried("faces", picture, unread) or (), picture),
        lines=_placed(lines, picture),
        codes=_placed(_tried("codes", picture, unread) or (), picture),
        nudity=_tried("nudity", picture, unread) or 0.0,
        unread=tuple(unread),
    )


def _tried(name: str, picture: Picture, unread: list[str]) -> Any:
    """What the reader of this name sees, or None with a sentence in ``unread``."""
    try:
        read: Callable[[Any], Any] = getattr(import_module(f"ryoshiki.reading.photo.{name}"), name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a library's warning could stand among the notes of a report
            return read(picture.image)
    except ImportError:
        unread.append(f"{_READERS[name]}を読む部品が入っていません。{_INSTALL}")
    except Exception as reason:  # one reader that breaks must not hide what the others see
        unread.append(f"{_READERS[name]}は途中で読めなくなりました（{type(reason).__name__}）。")
    return None


def _placed(things: Any, picture: Picture) -> Any:
    """Faces, lines or codes with their boxes in pixels of the whole picture."""
    if picture.scale == 1:
        return tuple(things)
    size = picture.width, picture.height
    return tuple(replace(thing, box=thing.box.scaled(picture.scale).within(*size)) for thing in things)
