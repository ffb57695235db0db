"""Read pages saved as plain text: newspapers, blogs, brunch."""

import re
from datetime import datetime
from pathlib import PurePosixPath

from articles.importing import page_blocks, page_body, page_header
from articles.importing.decoding import decode
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.hard_wraps import join_wrapped_lines
from articles.importing.line_labels import (
    Kind,
    Line,
    episode_in_series,
    episode_of,
    label_lines,
    series_of,
)
from articles.importing.page_extent import end_of_article, without_boxes
from articles.importing.page_tail import Tail, read_tail
from articles.importing.text_dumps import without_link_numbers, without_print_margins

MAX_LINES = 5_000
MAX_LINE_LENGTH = 100_000


def parse_text(data: bytes, name: str) -> ImportedArticle:
    """Return the article on the plain-text page `data`; `name` is its path or file name.

    Raises ImportFailure when it cannot be decoded or holds no running text.
    """
    text = without_print_margins(without_link_numbers(decode(data)))
    _refuse_endless(text)
    lines = join_wrapped_lines(label_lines(text))
    header = page_header.read_header(lines)
    end = end_of_article(lines, header.body_start)
    body = page_body.read_body(without_boxes(lines[header.body_start : end]))
    page_body.strip_credits(body)
    dek = header.dek or page_body.take_lead(body)
    guessed = header.guessed
    guessed |= {"dek"} if dek else set()
    if not body.blocks:
        raise ImportFailure("no article text was found on the page")
    tail = read_tail(lines, end)
    warnings = [*header.warnings, *body.warnings, *tail.warnings]
    guessed |= set() if header.title else {"title"}
    title = header.title or _title_of(name, warnings)
    series, episode = _series(lines, header, warnings)
    return ImportedArticle(
        title=title,
        body=page_blocks.to_markdown(body),
        dek=dek,
        summary=body.summary,
        authors=tuple(dict.fromkeys([*header.authors, *body.authors, *tail.authors])),
        category=_category(header, tail),
        tags=tuple(dict.fromkeys([*header.tags, *body.tags, *tail.tags])),
        series=series,
        episode=episode,
        published_at=_published_at(lines, header, end, warnings),
        images=page_blocks.images_of(body),
        warnings=tuple(warnings),
        guessed=frozenset(guessed),
    )


def _refuse_endless(text: str) -> None:
    written = [line for line in text.split("\n") if line and not line.isspace()]
    if len(written) > MAX_LINES:
        raise ImportFailure(f"the page has more than {MAX_LINES} lines")
    if max(map(len, written), default=0) > MAX_LINE_LENGTH:
        raise ImportFailure(f"a line of the page has more than {MAX_LINE_LENGTH} characters")


def _title_of(name: str, warnings: list[str]) -> str:
    title = re.sub(r"[\s_-]+", " ", PurePosixPath(name.replace("\\", "/")).stem).strip()
    warnings.append(f"no title found on the page; taken from the file name: {title}")
    return title or "제목 없음"


def _category(header: page_header.Header, tail: Tail) -> str:
    """Return the category; one that the page names beats a section's word above the title."""
    if tail.category and (not header.category or "category" in header.guessed):
        header.guessed.discard("category")
        return tail.category
    return header.category


def _series(
    lines: list[Line], header: page_header.Header, warnings: list[str]
) -> tuple[str, int | None]:
    """Return the series and the episode that links to the neighbouring episodes tell."""
    named = [line.text for line in lines if line.kind is Kind.SERIES and line.text != header.title]
    title = next(map(series_of, named), "")
    stated = header.episode or next(filter(None, map(episode_in_series, named)), None)
    links = [line.text for line in lines if line.kind is Kind.EPISODE]
    episodes = [number for text in links if (number := episode_of(text))]
    episode = stated or next(iter(episodes), None)
    if episode is not None and not stated:
        header.guessed.add("episode")
    if episode is not None and not title:
        warnings.append(f"series title not found; this is episode {episode} of a series")
    return title, episode


def _published_at(
    lines: list[Line], header: page_header.Header, end: int, warnings: list[str]
) -> datetime | None:
    """Return the date; one below the text that calls itself the article's beats a masthead's."""
    is_certain = header.published_at is not None and "published_at" not in header.guessed
    if is_certain:
        return header.published_at
    for line in lines[header.body_start : end]:
        if line.byline and line.byline.labelled and line.byline.published_at:
            header.guessed.discard("published_at")
            warnings[:] = [text for text in warnings if text not in header.warnings]
            return line.byline.published_at
    if header.published_at is None:
        warnings.append("no date found")
    return header.published_at
