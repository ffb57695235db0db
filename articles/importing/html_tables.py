"""Tables of HTML as tables of Markdown, which have one head and no cell over several columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.importing.html_inlines import Conversion, line_of
from articles.importing.html_tree import Element

_ALIGNED = re.compile(r"text-align:\s*(left|center|right)|has-text-align-(left|center|right)")
_RULES = {"left": ":--", "center": ":-:", "right": "--:"}
_MAX_COLUMNS = 60
# A number with its unit; a year may name a column.
_FIGURE = re.compile(r"(?!(?:19|20)\d\d년?$)[-+±△▲▼]?\s?[₩$€]?\s?\d[\d.,:/]{0,20}\s?\S{0,6}$")
_NAMES_OF_NAMES = frozenset(["구분", "항목", "분류", "종류", "이름", "연도", "날짜"])


def table(element: Element, conversion: Conversion) -> list[str]:
    """Return the table, with its caption below it, as blocks."""
    rows = list(_rows(element))
    if not rows:
        return []
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        conversion.warn("a table has cells over several columns or rows; check how it came out")
    # A table of one cell holds a text that was to stand in a box.
    if len(rows) == 1 and len(rows[0]) == 1:
        return [line_of(rows[0][0].children, conversion)]
    cells = _grid(rows, conversion)
    width = max(map(len, cells))
    has_head = element.find("thead") is not None or all(cell.name == "th" for cell in rows[0])
    if not has_head and all(re.fullmatch(r"\*\*[^*]+\*\*", text) for text in cells[0]):
        # Without a head of its own, a first row in bold is meant as one.
        cells[0] = [text.strip("*") for text in cells[0]]
    elif not has_head and not _looks_like_head(cells):
        cells.insert(0, [""] * width)
    first = rows[0]
    rules = [_rule(first[number]) if number < len(first) else "---" for number in range(width)]
    lines = [_line(cells[0], width), _line(rules, width), *(_line(row, width) for row in cells[1:])]
    captions = [child for child in element.elements if child.name == "caption"]
    below = [line_of(caption.children, conversion) for caption in captions]
    return ["\n".join(lines), *filter(None, below)]


def _looks_like_head(cells: list[list[str]]) -> bool:
    """Whether the first row only names what stands below it: a column of numbers, say."""
    names, below = cells[0], cells[1:]
    if not below or not all(names) or any(len(row) != len(names) for row in below):
        return False
    if names[0] in _NAMES_OF_NAMES:
        return True
    is_named = not any(map(_FIGURE.match, names))
    return is_named and any(
        all(map(_FIGURE.match, column)) for column in zip(*[row[1:] for row in below], strict=True)
    )


def _rows(element: Element) -> Iterator[list[Element]]:
    """Yield the cells of each row, those of tables within cells left to their cells."""
    for child in element.elements:
        if child.name == "tr":
            if cells := [cell for cell in child.elements if cell.name in ("td", "th")]:
                yield cells
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _grid(rows: list[list[Element]], conversion: Conversion) -> list[list[str]]:
    """Return each row's texts, an empty one wherever a cell reaches over others."""
    grid: list[list[str]] = []
    covered: dict[int, int] = {}
    for row in rows:
        texts: list[str] = []
        reaching: dict[int, int] = {}
        for cell in row:
            while covered.get(len(texts), 0):
                texts.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            reaching |= dict.fromkeys(range(len(texts), len(texts) + across), down)
            texts += [_cell(cell, conversion), *[""] * (across - 1)]
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        covered |= {column: down - 1 for column, down in reaching.items() if down > 1}
        grid.append(texts[:_MAX_COLUMNS])
    return grid


def _span(cell: Element, name: str) -> int:
    written = cell.get(name)
    return min(int(written), _MAX_COLUMNS) if re.fullmatch(r"[1-9]\d{0,3}", written) else 1


def _cell(cell: Element, conversion: Conversion) -> str:
    text = line_of(_flat(cell), conversion, "<br>")
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _flat(cell: Element) -> list[Element | str]:
    """Return a cell's content with a line break between its blocks."""
    nodes: list[Element | str] = []
    for child in cell.children:
        is_block = isinstance(child, Element) and child.name in ("p", "div", "li", "ul", "ol")
        if not isinstance(child, Element) or not is_block:
            nodes.append(child)
            continue
        nodes += [Element("br"), *_flat(child), Element("br")]
    return nodes


def _rule(cell: Element) -> str:
    match = _ALIGNED.search(f"{cell.get('style')} {cell.get('class')}")
    side = (match[1] or match[2]) if match else cell.get("align").lower()
    return _RULES.get(side, "---")


def _line(cells: list[str], width: int) -> str:
    padded = [*cells, *[""] * (width - len(cells))]
    return f"| {' | '.join(padded)} |"
