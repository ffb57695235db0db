"""Bodies of articles, put together from sections that were rendered once.

The HTML of such a body is the HTML of its parts, one after the other: they hold nothing that
reaches from one into the next, such as footnotes or two headings of the same text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from articles.reading_time import reading_minutes
from articles.rendering import Rendition, render
from articles.synthetic.words import SENTENCES, compound, filled

SECTIONS = 300
_HEADINGS = ("", "", "에 대하여", "라는 물음", " 앞에서", "의 뒷이야기", ", 그 뒤")


@dataclass(frozen=True, slots=True)
class Text:
    """A body and what is stored beside it; `toc` is JSON."""

    body: str
    html: str
    plain_text: str
    toc: str
    reading_minutes: int


def make_sections(random: Random, count: int = SECTIONS) -> list[Text]:
    """Return sections of different headings, each rendered as the site renders a body."""
    headings: dict[str, None] = {}
    while len(headings) < count:
        headings[compound(random) + random.choice(_HEADINGS)] = None
    return [_rendered(_section(heading, random)) for heading in headings]


def make_text(sections: Sequence[Text], random: Random) -> Text:
    """Return a text of a paragraph of its own and two to seven of the sections."""
    opening = paragraph(random)
    parts = [Text(opening, f"<p>{opening}</p>", opening, "", 1)]
    parts += random.sample(sections, random.randint(2, 7))
    plain_text = "\n".join(part.plain_text for part in parts)
    return Text(
        body="\n\n".join(part.body for part in parts),
        html="\n".join(part.html for part in parts),
        plain_text=plain_text,
        toc=f"[{', '.join(part.toc for part in parts if part.toc)}]",
        reading_minutes=reading_minutes(plain_text),
    )


def paragraph(random: Random) -> str:
    return " ".join(
        filled(pattern, random) for pattern in random.sample(SENTENCES, random.randint(2, 5))
    )


def _section(heading: str, random: Random) -> str:
    blocks = [f"## {heading}", *(paragraph(random) for _ in range(random.randint(1, 4)))]
    if random.random() < 0.3:
        blocks.append("\n".join(f"- {compound(random)}" for _ in range(random.randint(2, 5))))
    if random.random() < 0.2:
        blocks.append(f"> {paragraph(random)}")
    return "\n\n".join(blocks)


def _rendered(body: str) -> Text:
    rendition = render(body)
    return Text(body, rendition.html, rendition.plain_text, _toc(rendition), 1)


def _toc(rendition: Rendition) -> str:
    entries = (
        {"level": entry.level, "id": entry.id, "title": entry.title} for entry in rendition.toc
    )
    return ", ".join(json.dumps(entry) for entry in entries)
