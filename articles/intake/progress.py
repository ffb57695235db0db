"""How far a run is, on a terminal: a bar with the current document and the failures so far."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tqdm import tqdm

from articles.importing.readings import Reading
from articles.intake.runs import Found, Report

_LONGEST_NAME = 40


def progress(found: Iterable[Found], report: Report, total: int | None) -> Iterator[Found]:
    """Pass the documents on, drawing the bar; `report` is what becomes of them meanwhile.

    A source may hold many documents; beyond the total only their number is shown.
    """
    bar = tqdm(found, total=total, unit="글", disable=_is_hidden(), dynamic_ncols=True)
    judged = failed = 0
    for one in bar:
        bar.set_postfix_str(_name_of(one), refresh=False)
        yield one
        failed += sum(item.action == "failed" for item in report.items[judged:])
        judged = len(report.items)
        if failed:
            bar.set_description_str(f"{failed} failed", refresh=False)


def counted(items: Iterable[Any], label: str) -> Iterable[Any]:
    """Pass any items on, drawing a bar under this label."""
    return tqdm(items, desc=label, disable=_is_hidden(), dynamic_ncols=True)


def _is_hidden() -> bool:
    return not sys.stderr.isatty()


def _name_of(found: Found) -> str:
    label = found.source.label if isinstance(found, Reading) else found.label
    return label if len(label) <= _LONGEST_NAME else "…" + label[1 - _LONGEST_NAME :]
