"""Read what stands below the text of a saved page: names, keywords, the category's other posts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.importing import page_noise
from articles.importing.line_labels import Kind, Line
from articles.importing.page_extent import long_paragraphs

# brunch allows three keywords to an essay and prints them one a line.
_MAX_KEYWORDS = 3
_MAX_KEYWORD_LENGTH = 10
_MAX_TAG_LENGTH = 30
_CATEGORY_POSTS = re.compile(
    r"(?P<quote>['‘\"“]?)(?P<path>\S.{0,40}?)['’\"”]?\s?카테고리(?:의)?\s?(?:다른\s?)?글(?:\s?더\s?보기)?"
)
_CATEGORY_LINE = re.compile(
    r"(?:(?:카테고리|분류)\s?[:：]?\s?|categor(?:y|ies)\s?[:：]\s?|posted in |filed under:? )(?P<path>[^\s'\"].{0,30})",
    re.IGNORECASE,
)
_TAG_LINE = re.compile(
    r"(?:태그|tagged(?: with)?:? |tags?(?![a-z]))\s?[:：]?\s?(?P<tags>#?[^\s,#:：].{0,200})",
    re.IGNORECASE,
)
_HASHED_TAGS = re.compile(r"#(?P<tags>[^#,]{1,30}(?:,\s?#[^#,]{1,30})+)")
_SPACED_TAGS = re.compile(
    r"(?:키워드|태그|tags?|해시태그|\s){0,4}#(?P<tags>[^#]{1,30}(?:\s#[^#]{1,30})+)", re.IGNORECASE
)
_TAG_LABEL = re.compile(r"(?:태그|tags?|키워드|해시태그)\s?:?", re.IGNORECASE)
_FILED_UNDER = re.compile(r"이 기사는 .{0,10}에서 (?P<path>\S{1,10}) 섹션으로 분류했습니다\.?")
_MAX_TAG_LIST = 200


@dataclass(frozen=True, slots=True)
class Tail:
    """What the lines below the last paragraph say of the article above them."""

    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_tail(lines: list[Line], end: int) -> Tail:
    """Return what a page says below its text; `end` is the index of the first line dropped."""
    dropped = lines[end:]
    texts = [index for index in range(end) if lines[index].kind is Kind.PROSE]
    below = lines[texts[-1] + 1 :] if texts else dropped
    return Tail(
        authors=tuple(_authors(dropped)),
        category=_category(below),
        tags=(*_keywords(dropped), *_tags(below)),
        warnings=tuple(_dropped(dropped)),
    )


def _dropped(tail: list[Line]) -> list[str]:
    count = long_paragraphs(tail)
    if not count:
        return []
    noun = "paragraph" if count == 1 else "paragraphs"
    return [f"dropped {count} long {noun} after '{tail[0].text[:40]}'"]


def _authors(tail: list[Line]) -> list[str]:
    """Return the names on bylines right after the text, where newspapers put the reporter."""
    names: list[str] = []
    for line in tail:
        if line.kind is Kind.BYLINE and line.byline:
            names += line.byline.authors
        elif line.kind not in (Kind.RIGHTS, Kind.NOISE, Kind.CAPTION):
            break
    return names


def _category(below: Iterable[Line]) -> str:
    """Return the category whose other posts are offered, `'산업 > 반도체' 카테고리의 다른 글`."""
    for line in _short_lines(below):
        match = _CATEGORY_POSTS.fullmatch(line.text)
        # Naver names the category without quotation marks, so that `이 카테고리 글` looks alike.
        if match and (match["quote"] or match["path"] not in ("이", "같은", "현재")):
            path = re.sub(r"^이 블로그(?:의)?\s", "", match["path"])
            return re.sub(r"\s*[>/]\s*", "/", path)
        if match := _FILED_UNDER.fullmatch(line.text):
            return page_noise.section_of(match["path"]) or match["path"]
        if match := _CATEGORY_LINE.fullmatch(line.text):
            return page_noise.section_of(match["path"])
    return ""


def _keywords(tail: list[Line]) -> list[str]:
    """Return brunch's keywords: the short single words beside or below the word `keyword`."""
    label, *beside = tail[0].text.split() if tail else [""]
    if label.lower() not in ("keyword", "keywords"):
        return []
    if beside:
        return beside[:_MAX_KEYWORDS]
    words: list[str] = []
    for line in tail[1 : _MAX_KEYWORDS + 1]:
        fits = len(line.text) <= _MAX_KEYWORD_LENGTH and " " not in line.text
        if line.kind not in (Kind.SHORT, Kind.SECTION) or not fits:
            break
        words.append(line.text)
    return words


def _tags(below: Iterable[Line]) -> list[str]:
    """Return the tags of the first line that lists them: `#가 나, #다` or `태그: 가, 나`."""
    above = ""
    tags: list[str] = []
    for line in _short_lines(below):
        if _TAG_LABEL.fullmatch(above) and "," in line.text and len(line.text) <= _MAX_TAG_LIST:
            return _split(line.text)
        above = line.text
        if found := page_noise.hashtags(line.text):
            tags += found
            continue
        if tags:
            break
        if match := _HASHED_TAGS.fullmatch(line.text):
            return _split(match["tags"])
        if len(line.text) <= _MAX_TAG_LIST and (match := _SPACED_TAGS.fullmatch(line.text)):
            return _split(match["tags"].replace("#", ","))
        if (match := _TAG_LINE.fullmatch(line.text)) and "," in match["tags"]:
            return _split(match["tags"])
    return tags


def _split(tags: str) -> list[str]:
    words = [word.strip(" #") for word in tags.split(",")]
    return [word for word in words if 0 < len(word) <= _MAX_TAG_LENGTH]


def _short_lines(below: Iterable[Line]) -> Iterable[Line]:
    """Yield the lines up to the first comment or other story that runs to a paragraph."""
    for line in below:
        if line.kind is Kind.PROSE:
            return
        yield line
