"""Read what stands above the text of a saved page: section, title, subtitle, byline, date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from articles.importing import page_noise
from articles.importing.line_labels import (
    Kind,
    Line,
    ends_sentence,
    ends_statement,
    episode_of,
)

_MAX_TITLE_LENGTH = 100
# A title stands no further above the text; longer menus are cut, so that time stays linear.
_MAX_HEADER_LINES = 400
_MAX_PEN_NAME = 8
_MAX_DEK_LINES = 3
_SITE_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"[^\W\d]\w*")
_LABELLED_TITLE = re.compile(r"^[\[<【(]\s?[가-힣A-Za-z0-9·\s]{1,14}[\]>】)]\s?\S")
_SITE_SUFFIX = re.compile(r"\s(?:[-–—|:<«]|::)\s\S[^|]{0,30}$")
_FIRST_HEADING = re.compile(
    r"^(?:\d{1,2}[.)]|[IVXⅠ-Ⅹ]{1,4}\.|제?\s?1\s?[장부화]|들어가|서론|머리말|여는\s?글|프롤로그|시작하|도입|서문)"
)
_CONTENT = (Kind.PROSE, Kind.IMAGE, Kind.SUMMARY_LABEL, Kind.INSIGHT_LABEL)
_SITE_LINES = ("brunch", "brunchstory", "브런치", "브런치스토리")


@dataclass(slots=True)
class Header:
    """What the lines before `body_start` (an index into the page's lines) say."""

    title: str = ""
    body_start: int = 0
    category: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    episode: int | None = None
    published_at: datetime | None = None
    warnings: list[str] = field(default_factory=list)


def read_header(lines: list[Line]) -> Header:
    """Return the header of a page; `title` is "" when none of its lines can be one."""
    first_text = _first_text(lines)
    title_index = _title_index(lines, first_text)
    if title_index is None:
        header = Header(body_start=first_text)
        title_index = first_text
    else:
        if title_index == first_text:
            first_text = _next_content(lines, first_text + 1)
        header = Header(title=_without_site(lines[title_index].text))
        header.dek, header.body_start = _dek_and_start(lines, title_index, first_text)
    header.category = _category(lines[:title_index])
    _read_frame(header, lines[: header.body_start], title_index)
    return header


def _read_frame(header: Header, lines: list[Line], title_index: int) -> None:
    """Fill in what the lines around the title tell, whichever side they stand on."""
    header.authors = _authors(lines, title_index)
    header.tags = tuple(tag for line in lines for tag in page_noise.hashtags(line.text))
    episodes = [episode_of(line.text) for line in lines if line.kind is Kind.EPISODE]
    header.episode = next(iter(episodes), None)
    header.published_at = _date(lines, title_index)
    if header.published_at is not None and _is_masthead(lines, title_index):
        day = header.published_at.date().isoformat()
        header.warnings.append(f"date taken from the masthead: {day}")


def _next_content(lines: list[Line], start: int) -> int:
    for index in range(start, len(lines)):
        if lines[index].kind in _CONTENT:
            return index
    return len(lines)


def _first_text(lines: list[Line]) -> int:
    """Return the index of the first line that is a paragraph, or else of the second sentence."""
    for index, line in enumerate(lines):
        if line.kind is Kind.PROSE:
            return index
    shorts = [index for index, line in enumerate(lines) if line.kind is Kind.SHORT]
    sentences = [index for index in shorts[1:] if ends_statement(lines[index].text)]
    return sentences[0] if sentences else len(lines)


def _title_index(lines: list[Line], first_text: int) -> int | None:
    header = range(max(0, first_text - _MAX_HEADER_LINES), first_text)
    candidates = [
        index
        for index in header
        if lines[index].kind is Kind.SHORT and not _is_pen_name(lines, index)
    ] or [index for index in header if lines[index].kind is Kind.SERIES]
    best = max(candidates, key=lambda index: _title_score(lines, index, first_text), default=None)
    if first_text < len(lines) and _is_long_title(lines, best, first_text):
        return first_text
    return best


def _title_score(lines: list[Line], index: int, first_text: int) -> int:
    """Score a short line above the text: long ones are titles, unless their place says no."""
    text = lines[index].text
    score = min(len(text), 60)
    if _LABELLED_TITLE.match(text):
        score += 25
    if _opens_page(lines, index):
        score += 50
    if index + 1 < len(lines) and lines[index + 1].kind is Kind.BYLINE:
        score += 15
    if _is_repeated(lines, index, first_text):
        score += 30
    if ends_statement(text):
        score -= 30
    if _SITE_ADDRESS.fullmatch(text):
        score -= 60
    # Below the byline stand subtitles, not titles.
    if any(_is_article_byline(line) for line in lines[:index]):
        score -= 40
    return score


def _is_pen_name(lines: list[Line], index: int) -> bool:
    """Tell whether the line is one short word right above a date, as blogs print their writer.

    The first line of a page is its site or title.
    """
    text = lines[index].text
    byline = lines[index + 1].byline if index + 1 < len(lines) else None
    is_word = lines[index].kind is Kind.SHORT and 2 <= len(text) <= _MAX_PEN_NAME
    follows = any(line.kind is Kind.SHORT for line in lines[:index])
    is_dated = byline is not None and byline.published_at is not None and not byline.authors
    return is_word and _WORD.fullmatch(text) is not None and follows and is_dated


def _is_article_byline(line: Line) -> bool:
    byline = line.byline
    return byline is not None and (byline.labelled or bool(byline.authors))


def _opens_page(lines: list[Line], index: int) -> bool:
    """Tell whether only buttons stand between the line and the name of its section or site."""
    for line in reversed(lines[:index]):
        if line.kind in (Kind.SECTION, Kind.SERIES) or _is_site_line(line):
            return True
        if line.kind is not Kind.NOISE:
            return False
    return False


def _is_site_line(line: Line) -> bool:
    return line.text.lower().replace(" ", "") in _SITE_LINES


def _is_repeated(lines: list[Line], index: int, first_text: int) -> bool:
    bare = _without_site(lines[index].text)
    return any(
        number != index
        and _without_site(lines[number].text) == bare
        and not _is_pen_name(lines, number)
        for number in range(max(0, first_text - _MAX_HEADER_LINES), first_text)
    )


def _without_site(text: str) -> str:
    """Return a title as browsers show it without the site's name at its end."""
    match = _SITE_SUFFIX.search(text)
    return text[: match.start()] if match and _is_site_name(match[0]) else text


def _is_site_name(suffix: str) -> bool:
    return (
        re.search(
            r"신문|일보|뉴스|저널|타임스|방송|블로그|브런치|tistory|티스토리|매거진|미디어", suffix
        )
        is not None
    )


def _is_long_title(lines: list[Line], best: int | None, first_text: int) -> bool:
    """Tell whether the first long line is the title, as a long question above a byline is."""
    text = lines[first_text].text
    if len(text) > _MAX_TITLE_LENGTH:
        return False
    following = lines[first_text + 1] if first_text + 1 < len(lines) else None
    above_byline = following is not None and following.kind is Kind.BYLINE
    if best is None:
        return above_byline or not ends_sentence(text)
    bylines_between = any(line.kind is Kind.BYLINE for line in lines[best:first_text])
    return above_byline and not bylines_between


def _category(lines: Iterable[Line]) -> str:
    """Return the last section named above the title; three in a row are a menu."""
    run: list[Line] = []
    found = ""
    for line in lines:
        if line.kind is not Kind.SECTION:
            run = []
            continue
        if line.after_blank and run and not run[-1].after_blank:
            run = []
        run.append(line)
        if page_noise.is_path(line.text) or len(run) < 3:
            found = page_noise.section_of(line.text)
        elif len(run) == 3:
            found = ""
    return found


def _authors(lines: list[Line], title_index: int) -> tuple[str, ...]:
    names = [name for line in lines if line.byline for name in line.byline.authors]
    if not names:
        below = range(title_index + 1, len(lines))
        names = [lines[index].text for index in below if _is_pen_name(lines, index)][:1]
    return tuple(dict.fromkeys(names))


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
        line.byline.labelled or index > title_index
        for index, line in enumerate(lines)
        if line.byline and (line.byline.published_at or line.byline.modified_at)
    )


def _dek_and_start(lines: list[Line], title: int, first_text: int) -> tuple[str, int]:
    """Return the subtitle and the index of the body's first line."""
    dek: list[str] = []
    byline_ahead = any(line.kind is Kind.BYLINE for line in lines[title:first_text])
    byline_passed = False
    last = title
    for index in range(title + 1, min(first_text, title + 1 + _MAX_HEADER_LINES)):
        line = lines[index]
        byline_passed = byline_passed or line.kind is Kind.BYLINE
        if line.kind in _CONTENT:
            return " ".join(dek), index
        if line.kind not in (Kind.SHORT, Kind.BULLET) or _is_pen_name(lines, index):
            continue
        if _without_site(line.text) == _without_site(lines[title].text):
            continue
        if _begins_body(lines, index, first_text, byline_passed or not byline_ahead):
            return " ".join(dek), index
        goes_on = index == last + 1 and not line.after_blank and len(dek) < _MAX_DEK_LINES
        if not byline_passed or not dek or goes_on:
            dek.append(line.text)
            last = index
    return " ".join(dek), first_text


def _begins_body(lines: list[Line], index: int, first_text: int, below_byline: bool) -> bool:
    """Tell whether a short line under the title is the text's first line, not a subtitle."""
    line = lines[index]
    if _FIRST_HEADING.match(line.text):
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
    passed = any(other.kind is Kind.BYLINE for other in lines[:index])
    # The second line of a subtitle stands right below its first, a heading stands free.
    return below_byline and passed and has_headings and line.after_blank and index + 1 == first_text
