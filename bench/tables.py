"""Figures as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def rate(number: float) -> str:
    """Write requests a second with three figures that mean something."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def milliseconds(number: float) -> str:
    return f"{number:.3f}" if number < 1 else f"{number:.1f}"


def ratio(number: float, target: float | None = None) -> str:
    """Write a ratio, and beside it the figure to reach where it falls short."""
    if target is not None and number < target:
        return f"**{number:.2f}** (≥ {target})"
    return f"{number:.2f}"
