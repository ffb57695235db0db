"""Read what stands above the text of a saved page: section, title, subtitle, byline, date."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from articles.importing import page_noise
from articles.importing.bylines import is_outlet
from articles.importing.line_labels import (
    Kind,
    Line,
    ends_statement,
    episode_of,
)
from articles.importing.page_title import (
    MAX_HEADER_LINES,
    begins_text,
    find_title,
    is_pen_name,
    without_site,
)

_MAX_DEK_LINES = 3
_MIN_DEK = 10
_MAX_STANDFIRST = 160
_SIGNED_CAPTION = re.compile(
    r"\S[.)\]]\s[\[(/]?[가-힣]{2,4}\s?(?:\S{2,8}\s)?(?:기자|작가)(?:\s?[\w.+-]{1,64}@[\w.-]{1,190})?[\])]?$"
)
_HANGUL = re.compile("[가-힣]")
_CONTENT = (Kind.PROSE, Kind.IMAGE, Kind.ROW, Kind.SUMMARY_LABEL, Kind.INSIGHT_LABEL)
_MIN_VERSES = 4
_MAX_VERSE_LENGTH = 30
# Between a section's name and the title stand at most the site's name and a column's.
_MAX_BETWEEN_SECTION_AND_TITLE = 2
_MIN_MENU = 3
_MAX_NAME = 4


@dataclass(slots=True)
class Header:
    """What the lines before `body_start` (an index into the page's lines) say.

    `guessed` names the fields that only the place or the look of a line speaks for.
    """

    title: str = ""
    body_start: int = 0
    category: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    episode: int | None = None
    published_at: datetime | None = None
    warnings: list[str] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)


def read_header(lines: list[Line]) -> Header:
    """Return the header of a page; `title` is "" when none of its lines can be one."""
    first_text = _first_text(lines)
    _mark_signed_captions(lines[:first_text])
    title = find_title(lines, first_text)
    if title is None:
        header = Header(body_start=first_text)
        title_index = first_text
    else:
        title_index = title.index
        if title_index == first_text:
            first_text = _next_content(lines, first_text + 1)
        header = Header(title=without_site(lines[title_index].text))
        header.dek, header.body_start = _dek_and_start(lines, title_index, first_text)
        header.guessed |= set() if title.stated else {"title"}
        if not header.dek and _is_standfirst(lines, header.body_start):
            header.dek = lines[header.body_start].text
            header.body_start += 1
    _read_category(header, lines, title_index)
    _read_frame(header, lines[: header.body_start], title_index)
    return header


def _mark_signed_captions(lines: list[Line]) -> None:
    """Relabel what photographers sign: above the text stands no paragraph yet."""
    for line in lines:
        if line.kind is Kind.SHORT and _SIGNED_CAPTION.search(line.text):
            line.kind = Kind.CAPTION


def _read_frame(header: Header, lines: list[Line], title_index: int) -> None:
    """Fill in what the lines around the title tell, whichever side they stand on."""
    _read_authors(header, lines, title_index)
    header.tags = tuple(tag for line in lines for tag in page_noise.hashtags(line.text))
    episodes = [episode_of(line.text) for line in lines if line.kind is Kind.EPISODE]
    header.episode = next(iter(episodes), None)
    header.published_at = _date(lines, title_index)
    if header.published_at is not None and _is_masthead(lines, title_index):
        day = header.published_at.date().isoformat()
        header.guessed.add("published_at")
        header.warnings.append(f"date taken from the masthead: {day}")


def _next_content(lines: list[Line], start: int) -> int:
    for index in range(start, len(lines)):
        if lines[index].kind in _CONTENT:
            return index
    return len(lines)


def _first_text(lines: list[Line]) -> int:
    """Return the index of the first line that is a paragraph, or else of the second sentence.

    A page without either may hold verse.
    """
    for index, line in enumerate(lines):
        if line.kind is Kind.PROSE:
            return index
    shorts = [index for index, line in enumerate(lines) if line.kind is Kind.SHORT]
    sentences = [index for index in shorts[1:] if ends_statement(lines[index].text)]
    return sentences[0] if sentences else _first_verse(lines)


def _first_verse(lines: list[Line]) -> int:
    """Return the index of the first line of the longest run of short lines, its title excepted."""
    best = range(0)
    start = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or lines[index].kind is not Kind.SHORT:
            best = max(best, range(start, index), key=len)
            start = index + 1
    has_title = any(line.kind is Kind.SHORT for line in lines[: best.start])
    verses = best if has_title else best[1:]
    length = sum(len(lines[index].text) for index in verses)
    is_verse = len(verses) >= _MIN_VERSES and length <= len(verses) * _MAX_VERSE_LENGTH
    return verses.start if is_verse else len(lines)


def _read_category(header: Header, lines: list[Line], title_index: int) -> None:
    """Read the section named right above the title; three in a row are a menu."""
    if category := _category_in_path(lines, title_index):
        header.category = category
        return
    between = 0
    for index in range(title_index - 1, max(-1, title_index - MAX_HEADER_LINES), -1):
        line = lines[index]
        if line.kind is Kind.SECTION:
            is_path = page_noise.is_path(line.text)
            if is_path or not _in_menu(lines, index):
                header.category = page_noise.section_of(line.text)
                header.guessed |= set() if is_path else {"category"}
            return
        between += line.kind in (Kind.SHORT, Kind.BULLET)
        if between > _MAX_BETWEEN_SECTION_AND_TITLE:
            return


def _category_in_path(lines: list[Line], title_index: int) -> str:
    """Return the section that the title's path names: `제목 < 산업 < 기사본문 - 강물신문`."""
    paths = [line.text.split(" < ") for line in lines[: title_index + 1] if " < " in line.text]
    return next((page_noise.section_of(path[-2]) for path in paths if len(path) > 2), "")


def _in_menu(lines: list[Line], index: int) -> bool:
    """Tell whether the section stands below others, one a line."""
    names: list[str] = []
    for line in reversed(lines[: index + 1]):
        if line.kind is not Kind.SECTION:
            break
        names.append(line.text)
        if line.after_blank:
            break
    return len(set(names)) >= _MIN_MENU


def _read_authors(header: Header, lines: list[Line], title_index: int) -> None:
    names = [name for line in lines if line.byline for name in line.byline.authors]
    if not names:
        below = range(title_index + 1, len(lines))
        names = [lines[index].text for index in below if is_pen_name(lines, index)][:1]
        if not names and _is_name(header.dek):
            names, header.dek = [header.dek], ""
        header.guessed |= {"authors"} if names else set()
    header.authors = tuple(dict.fromkeys(names))


def _is_name(dek: str) -> bool:
    """Tell whether a subtitle is one short word, which is rather who wrote the text."""
    return 2 <= len(dek) <= _MAX_NAME and dek.isalpha() and not page_noise.section_of(dek)


def _date(lines: list[Line], title_index: int) -> datetime | None:
    """Return the best date: one labelled the article's, then one below the title, then any."""
    dated = [
        (index, line.byline)
        for index, line in enumerate(lines)
        if line.byline and (line.byline.published_at or line.byline.modified_at)
    ]
    dated.sort(
        key=lambda entry: (
            not (entry[1].labelled and entry[1].published_at),
            entry[0] < title_index,
        )
    )
    return next((line.published_at or line.modified_at for _, line in dated), None)


def _is_masthead(lines: list[Line], title_index: int) -> bool:
    """Tell whether every date stands above the title without saying that it is the article's."""
    return not any(
        line.byline.labelled or line.byline.authors or index > title_index
        for index, line in enumerate(lines)
        if line.byline and (line.byline.published_at or line.byline.modified_at)
    )


def _dek_and_start(lines: list[Line], title: int, first_text: int) -> tuple[str, int]:
    """Return the subtitle and the index of the body's first line."""
    dek: list[str] = []
    byline_ahead = any(line.kind is Kind.BYLINE for line in lines[title:first_text])
    byline_passed = False
    last = title
    for index in range(title + 1, min(first_text, title + 1 + MAX_HEADER_LINES)):
        line = lines[index]
        byline_passed = byline_passed or line.kind is Kind.BYLINE
        if line.kind in _CONTENT:
            return " ".join(dek), index
        if line.kind not in (Kind.SHORT, Kind.BULLET) or is_pen_name(lines, index):
            continue
        if _repeats(line.text, lines[title].text) or _is_site(line.text):
            continue
        if _begins_body(lines, title, index, first_text, byline_passed or not byline_ahead):
            return " ".join(dek), index
        goes_on = index == last + 1 and not line.after_blank and 0 < len(dek) < _MAX_DEK_LINES
        # Below the byline stand buttons without number, so that a word among them is none.
        is_headline = " " in line.text and len(line.text) >= _MIN_DEK
        opens = not dek and (is_headline or line.after_blank)
        if not byline_passed or opens or goes_on:
            dek.append(line.text)
            last = index
    return " ".join(dek), first_text


def _is_standfirst(lines: list[Line], index: int) -> bool:
    """Tell whether the text's first line stands alone above the box of its summary."""
    if index + 1 >= len(lines) or lines[index + 1].kind is not Kind.SUMMARY_LABEL:
        return False
    line = lines[index]
    return line.kind in (Kind.SHORT, Kind.PROSE) and len(line.text) <= _MAX_STANDFIRST


def _repeats(text: str, title: str) -> bool:
    """Tell whether a line is the title again, at the end of its path, or a word in no Korean page."""
    shown = without_site(title)
    is_foreign = _HANGUL.search(text) is None and len(text) < 2 * _MIN_DEK
    is_path = len(shown) >= _MIN_DEK and text.endswith(shown)
    return without_site(text) == shown or is_path or (is_foreign and bool(_HANGUL.search(shown)))


def _is_site(text: str) -> bool:
    return " " not in text and is_outlet(text)


def _begins_body(
    lines: list[Line], title: int, index: int, first_text: int, below_byline: bool
) -> bool:
    """Tell whether a short line under the title is the text's first line, not a subtitle."""
    line = lines[index]
    if begins_text(line.text):
        return True
    if below_byline and ends_statement(line.text):
        return True
    has_headings = any(
        other.kind is Kind.SHORT
        and other.after_blank
        and not ends_statement(other.text)
        and number + 1 < len(lines)
        and lines[number + 1].kind is Kind.PROSE
        for number, other in enumerate(lines[first_text:], start=first_text)
    )
    passed = any(other.kind is Kind.BYLINE for other in lines[title:index])
    # The second line of a subtitle stands right below its first, a heading stands free.
    return below_byline and passed and has_headings and line.after_blank and index + 1 == first_text
