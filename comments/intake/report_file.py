"""The JSON report of an import, written item by item: a million of them need no memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from articles.intake.runs import Item


class ReportFile:
    """A report in the shape that the contract promises to migration scripts.

    It appears under its name only when it is whole. Raises OSError where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished = path.with_name(f"{path.name}.part")
        self._file = self._unfinished.open("w", encoding="utf-8")
        self._file.write('{\n  "items": [')
        self._separator = "\n    "

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def add(self, item: Item) -> None:
        record = {
            "source": item.source,
            "action": item.action,
            "url": item.url,
            "warnings": list(item.warnings),
            "error": item.error,
        }
        self._file.write(self._separator + json.dumps(record, ensure_ascii=False))
        self._separator = ",\n    "

    def finish(self, counts: Mapping[str, int], left_out: Mapping[str, int]) -> None:
        rest = json.dumps({**counts, "left_out": dict(left_out)}, ensure_ascii=False)
        self._file.write(f"\n  ],\n  {rest[1:]}\n")
        self._file.close()
        self._unfinished.replace(self._path)
