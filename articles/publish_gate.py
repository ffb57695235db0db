"""What stands in the way of publishing an article, and where in the form it is put right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from articles.markup.heading_uses import HeadingUse
from articles.text_merge import marked_lines

_ORDINALS = ("첫째", "둘째", "셋째")
# The page's title is its heading of the first level, so that a text begins with the second.
_TITLE_LEVEL = 1
# Longer headings and addresses are shortened where they are named.
_MAX_NAMED = 60


class PictureUse(Protocol):
    """A picture as the body shows it."""

    @property
    def line(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def decorative(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link of the body that leads nowhere; `reason` completes a sentence: 없는 글입니다."""

    line: int
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gate judges.  `lead_alt` is the text readers get, from the article or the picture."""

    title: str
    body: str
    summary: tuple[str, str, str]
    category: bool
    authors: bool
    lead_image: bool = False
    lead_alt: str = ""
    pictures: Sequence[PictureUse] = ()
    links: Sequence[DeadLink] = ()
    headings: Sequence[HeadingUse] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is the id of the part of the form to go to, `line` the body's line, from 1.

    What is fatal cannot be overridden with a reason.
    """

    code: str
    message: str
    field: str
    line: int | None = None
    is_fatal: bool = False


def problems(facts: Facts) -> list[Problem]:
    """Everything in the way: what is fatal first, then in the order of the form and the text."""
    found = [
        *_title_problems(facts),
        *_summary_problems(facts.summary),
        *_body_problems(facts),
        *_lead_problems(facts),
        *_filing_problems(facts),
    ]
    return sorted(found, key=lambda problem: not problem.is_fatal)


def _title_problems(facts: Facts) -> Iterator[Problem]:
    if not facts.title.strip():
        yield Problem("no_title", "제목을 적어 주세요.", "id_title", is_fatal=True)


def _summary_problems(summary: tuple[str, str, str]) -> Iterator[Problem]:
    missing = [number for number, line in enumerate(summary, start=1) if not line.strip()]
    if len(missing) == len(summary):
        yield Problem("no_summary", "세 줄 요약이 없습니다. 세 줄을 적어 주세요.", "id_summary_1")
        return
    for number in missing:
        message = f"요약의 {_ORDINALS[number - 1]} 줄이 비어 있습니다. 마저 적어 주세요."
        yield Problem("short_summary", message, f"id_summary_{number}")


def _body_problems(facts: Facts) -> Iterator[Problem]:
    if not facts.body.strip():
        yield Problem("no_body", "본문을 적어 주세요.", "id_body", is_fatal=True)
    for line in marked_lines(facts.body):
        message = (
            f"본문 {line}번째 줄에 두 글을 합칠 때 넣은 표시가 남아 있습니다."
            " 남길 글을 고르고 표시를 지워 주세요."
        )
        yield Problem("merge_marks", message, "id_body", line, is_fatal=True)
    found = [
        *_heading_problems(facts.headings),
        *_picture_problems(facts.pictures),
        *_link_problems(facts.links),
    ]
    yield from sorted(found, key=lambda problem: problem.line or 0)


def _heading_problems(headings: Sequence[HeadingUse]) -> Iterator[Problem]:
    above = _TITLE_LEVEL
    for heading in headings:
        named = f"본문 {heading.line}번째 줄의 소제목({_short(heading.text)})이"
        wanted = f"{'#' * (above + 1)}로 고쳐 주세요."
        if heading.level <= _TITLE_LEVEL:
            message = f"{named} 글 제목과 같은 단계입니다. ##로 고쳐 주세요."
            yield Problem("title_heading", message, "id_body", heading.line)
        elif heading.level > above + 1:
            skipped = "단계를 건너뛰어" if above > _TITLE_LEVEL else "##부터 시작하지 않고"
            message = f"{named} {skipped} {'#' * heading.level}로 적혀 있습니다. {wanted}"
            yield Problem("skipped_heading", message, "id_body", heading.line)
        above = heading.level


def _picture_problems(pictures: Sequence[PictureUse]) -> Iterator[Problem]:
    for picture in pictures:
        if picture.decorative or picture.alt.strip():
            continue
        message = (
            f"본문 {picture.line}번째 줄의 그림({_short(picture.source)})에 대체 텍스트가 없습니다."
            " 그림에 보이는 것을 적거나, 꾸밈일 뿐이면 장식으로 표시해 주세요."
        )
        yield Problem("no_alt", message, "id_body", picture.line)


def _link_problems(links: Sequence[DeadLink]) -> Iterator[Problem]:
    for link in links:
        message = (
            f"본문 {link.line}번째 줄의 링크({_short(link.address)})가 이어지지 않습니다."
            f" {link.reason} 주소를 고치거나 링크를 지워 주세요."
        )
        yield Problem("dead_link", message, "id_body", link.line)


def _lead_problems(facts: Facts) -> Iterator[Problem]:
    if facts.lead_image and not facts.lead_alt.strip():
        message = "대표 그림에 대체 텍스트가 없습니다. 그림에 보이는 것을 적어 주세요."
        yield Problem("no_lead_alt", message, "id_lead_image_alt")


def _filing_problems(facts: Facts) -> Iterator[Problem]:
    if not facts.authors:
        yield Problem("no_author", "필자가 없습니다. 한 사람 이상 골라 주세요.", "byline-group")
    if not facts.category:
        yield Problem("no_category", "카테고리가 없습니다. 하나를 골라 주세요.", "id_category")


def _short(text: str) -> str:
    return text if len(text) <= _MAX_NAMED else f"{text[: _MAX_NAMED - 1]}…"
