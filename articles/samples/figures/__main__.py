"""Draw every figure, or those named, into a folder of WebP files."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from articles.samples.figures import energy, industry, journeys, paper, software
from articles.samples.figures.canvas import NAVY, PAPER, Canvas, Ink
from articles.samples.figures.portraits import LOOKS, portrait


class Format(NamedTuple):
    """Width and height in pixels, and the most bytes the file may have."""

    width: int
    height: int
    limit: int


Scene = Callable[[Canvas], None]
LEAD = Format(1600, 900, 90_000)
INLINE = Format(1200, 800, 90_000)
PORTRAIT = Format(400, 400, 20_000)

FIGURES: dict[str, tuple[Scene, Format, Ink]] = {
    "필담": (paper.conversation, LEAD, NAVY),
    "필담-상": (paper.table, INLINE, PAPER),
    "전력망": (energy.pylons, LEAD, PAPER),
    "전력-저울": (energy.balance, INLINE, PAPER),
    "조선소": (industry.shipyard, LEAD, PAPER),
    "용접선": (industry.weld_seam, INLINE, PAPER),
    "서점": (paper.bookshelf, LEAD, PAPER),
    "조판": (paper.metal_type, LEAD, NAVY),
    "판면": (paper.page_forme, INLINE, PAPER),
    "반도체와-물": (industry.wafer, LEAD, PAPER),
    "오픈소스": (software.branches, LEAD, NAVY),
    "병합": (software.merge, INLINE, PAPER),
    "자판": (software.keyboard, LEAD, PAPER),
    "도깨비불": (software.wandering_final, INLINE, PAPER),
    "지도": (journeys.contours, LEAD, NAVY),
    "길-위의-점": (journeys.ten_ri, INLINE, PAPER),
    "퇴직연금": (journeys.harbour, LEAD, PAPER),
    "배터리": (energy.batteries, LEAD, NAVY),
    **{
        f"portrait-{author}": (partial(portrait, look=look), PORTRAIT, PAPER)
        for author, look in LOOKS.items()
    },
}


def draw(name: str) -> bytes:
    """One finished figure as WebP; the same name always gives the same bytes."""
    scene, form, ground = FIGURES[name]
    canvas = Canvas(form.width, form.height, ground, seed=sum(map(ord, name)))
    scene(canvas)
    return canvas.save(form.limit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="folder that receives the pictures")
    parser.add_argument("names", nargs="*", metavar="NAME", help="figures to draw; default all")
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)
    for name in options.names or FIGURES:
        (options.target / f"{name}.webp").write_bytes(draw(name))


if __name__ == "__main__":
    main()
