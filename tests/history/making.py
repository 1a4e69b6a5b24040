"""Archives as the services lay them out, with invented people and posts; and how they are packed."""

from __future__ import annotations

import hashlib
import json
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from ryoshiki.history import archive
from ryoshiki.history.posts import Post, Problem

Members = Mapping[str, bytes]


def zipped(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def tarred(path: Path, members: Members, mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as file:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, BytesIO(data))
    return path


def laid_out(path: Path, members: Members) -> Path:
    for name, data in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def read(path: Path) -> tuple[list[Post], list[Problem]]:
    """All that an archive gives, and what it could not."""
    with archive.open(path) as opened:
        return list(opened.posts()), list(opened.problems)


def script(name: str, value: Any) -> bytes:
    """A file of X's archive: JSON that is assigned to something."""
    return f"{name} = {json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def tweet(id: int, text: str, at: str = "Wed Oct 10 20:19:24 +0000 2018", **more: Any) -> dict[str, Any]:
    return {"tweet": {"id": str(id), "id_str": str(id), "full_text": text, "created_at": at, **more}}


ACCOUNT = script(
    "window.YTD.account.part0", [{"account": {"username": "shiomi", "accountId": "77", "email": "a@mail.example"}}]
)


def escaped(value: Any) -> bytes:
    r"""JSON as Meta writes it: each byte of UTF-8 as a letter of its own, ``\u00e3``."""
    return json.dumps(_doubled(value), ensure_ascii=True, indent=2).encode()


def _doubled(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, dict):
        return {_doubled(k): _doubled(v) for k, v in value.items()}
    return [_doubled(v) for v in value] if isinstance(value, list) else value


class Cid(bytes):
    """A link that `cbor` writes as one."""


def cbor(value: Any) -> bytes:
    """DAG-CBOR: keys by length, then by bytes."""
    match value:
        case None | bool():
            return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
        case int():
            return _sized(0, value) if value >= 0 else _sized(1, -1 - value)
        case float():
            return b"\xfb" + struct.pack(">d", value)
        case Cid():
            return b"\xd8\x2a" + cbor(b"\0" + bytes(value))
        case bytes():
            return _sized(2, len(value)) + value
        case str():
            return _sized(3, len(value.encode())) + value.encode()
        case list():
            return _sized(4, len(value)) + b"".join(map(cbor, value))
        case dict():
            keys = sorted(value, key=lambda k: (len(k.encode()), k.encode()))
            return _sized(5, len(value)) + b"".join(cbor(k) + cbor(value[k]) for k in keys)
    raise TypeError(type(value))


def _sized(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for low, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([kind << 5 | low]) + number.to_bytes(size, "big")
    raise ValueError(number)


DID = "did:plc:shiomi"


def car(records: Mapping[str, Any], fan: int = 3) -> bytes:
    """A repository with these records by their keys, in a tree of nodes that each hold ``fan`` of them."""
    blocks: list[bytes] = []

    def add(value: Any) -> Cid:
        data = cbor(value)
        cid = Cid(b"\x01\x71\x12\x20" + hashlib.sha256(data).digest())
        blocks.append(_number(len(cid) + len(data)) + cid + data)
        return cid

    def node(keys: list[str]) -> Cid | None:
        if not keys:
            return None
        step = max(1, len(keys) // fan)
        middles = keys[step :: step + 1] or keys[:1]
        left, entries, before = node(keys[: keys.index(middles[0])]), [], b""
        for here, following in zip(middles, [*middles[1:], None], strict=True):
            end = keys.index(following) if following else len(keys)
            subtree = node(keys[keys.index(here) + 1 : end])
            key = here.encode()
            shared = next(
                (i for i, (a, b) in enumerate(zip(key, before, strict=False)) if a != b), min(len(key), len(before))
            )
            entries.append({"p": shared, "k": key[shared:], "v": add(records[here]), "t": subtree})
            before = key
        return add({"l": left, "e": entries})

    root = node(sorted(records)) or add({"l": None, "e": []})
    commit = add({"did": DID, "version": 3, "data": root, "rev": "3k", "prev": None, "sig": b"\1" * 64})
    header = cbor({"roots": [commit], "version": 1})
    return _number(len(header)) + header + b"".join(blocks)


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
