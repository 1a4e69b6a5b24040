"""The folder of results: a part stands in it whole or not at all, and what stands there is not done again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from ryoshiki.model import RyoshikiError
from ryoshiki.scan.pieces import Shard
from ryoshiki.scan.places import inside, located, opening
from ryoshiki.scan.schema import Counts, counted
from ryoshiki.scan.work import Part

PROGRESS = "_progress.json"
BAD = "_bad"
_HALF = ".tmp"


class Results:
    """The folder ``out``, a path or an address.

    ``done``: what has been finished, by the name of its piece.
    """

    def __init__(self, out: str, run: Mapping[str, Any]) -> None:
        """``run`` says of what and how: another one is refused.

        Raises:
            RyoshikiError: it cannot be written, holds something else, or belongs to another run.
        """
        self._system, self._path = located(out)
        self._out, self._run = out, json.loads(json.dumps(run))
        there = {name for name in self._names() if not name.endswith(_HALF)}
        self.done: dict[str, Counts] = {}
        if PROGRESS in there:
            self._verify()
            self.done = dict(self._finished(there))
        elif there:
            raise RyoshikiError(
                f"{out}: 空ではありません。新しいフォルダを指定してください (not empty: name a new folder)"
            )
        else:
            self._put(PROGRESS, self._encoded(None))

    def keep(self, part: Part) -> None:
        """Write a part. The rows set aside come first: a table that stands there has them all.

        Raises:
            RyoshikiError: it cannot be written.
        """
        if part.bad:
            self._put(f"{BAD}/{part.piece.name}.jsonl", part.bad)
        self._put(f"part-{part.piece.name}.parquet", part.table)
        self.done[part.piece.name] = part.counts

    def finish(self) -> Counts:
        """Write down that all is done; the counts of all parts."""
        total = sum(self.done.values(), Counts())
        for half in (name for name in self._names() if name.endswith(_HALF)):
            with opening(self._out):
                self._system.delete_file(f"{self._path}/{half}")
        self._put(PROGRESS, self._encoded(total))
        return total

    def _names(self) -> list[str]:
        return [PurePosixPath(file.path).relative_to(self._path).as_posix() for file in inside(self._out)]

    def _verify(self) -> None:
        with opening(self._out), self._system.open_input_file(f"{self._path}/{PROGRESS}") as file:
            known = json.loads(file.read())
        changed = [key for key in self._run if known.get("run", {}).get(key) != self._run[key]]
        if changed:
            raise RyoshikiError(
                f"{self._out}: 別の入力か設定での結果があります。違うもの (results of another input or other settings; "
                f"what differs): {', '.join(changed)}。新しいフォルダを指定してください (name a new folder)"
            )

    def _finished(self, there: Iterable[str]) -> Iterable[tuple[str, Counts]]:
        for name in there:
            if name.startswith("part-") and name.endswith(".parquet"):
                with opening(self._out), self._system.open_input_file(f"{self._path}/{name}") as file:
                    try:
                        yield name.removeprefix("part-").removesuffix(".parquet"), counted(file)
                    except ValueError:  # the machine went down before the disk had it: done again
                        continue

    def _encoded(self, total: Counts | None) -> bytes:
        state = None if total is None else {name: getattr(total, name) for name in total.__slots__}
        return json.dumps({"run": self._run, "finished": state}, ensure_ascii=False, indent=1).encode() + b"\n"

    def _put(self, name: str, data: bytes) -> None:
        """Under another name first, so that nobody meets half a file."""
        whole = PurePosixPath(self._path, name)
        half = whole.with_name(f"_{whole.name}{_HALF}")
        with opening(self._out):
            self._system.create_dir(whole.parent.as_posix(), recursive=True)
            with self._system.open_output_stream(half.as_posix()) as file:
                file.write(data)
            self._system.move(half.as_posix(), whole.as_posix())


def described(files: Iterable[Shard]) -> list[dict[str, Any]]:
    """What tells that an input is the same: names, sizes, and times of change."""
    return [{"name": file.name, "bytes": file.size, "modified": file.modified} for file in files]
