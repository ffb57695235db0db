"""Label every line of a page saved as plain text by what it can be, judged by itself."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from articles.importing import page_noise
from articles.importing.bylines import Byline, read_byline


class Kind(Enum):
    """What a line can be. SHORT lines find their meaning only in their surroundings."""

    PROSE = auto()
    SHORT = auto()
    BULLET = auto()
    IMAGE = auto()
    CAPTION = auto()
    BYLINE = auto()
    SECTION = auto()
    EPISODE = auto()
    HASHTAGS = auto()
    SUMMARY_LABEL = auto()
    INSIGHT_LABEL = auto()
    NOISE = auto()
    PROMOTION = auto()
    RIGHTS = auto()
    COMMENTS = auto()
    OTHER_STORIES = auto()


@dataclass(slots=True)
class Line:
    """A line that is not blank. `text` is clean and has no bullet; `number` counts from 1."""

    text: str
    kind: Kind
    number: int
    after_blank: bool
    before_blank: bool = True
    byline: Byline | None = None


PROSE_LENGTH = 80
SENTENCE_LENGTH = 45
MAX_HEADING_LENGTH = 60

_LONGEST_ENDING = 12
_INVISIBLE = re.compile(r"[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u3164]")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_BULLET = re.compile(r"^(?:[•·∙▪‣◦●○■□▶▷◆◇∎*–-]|\uf0b7)\s+(?=\S)")
_ENDING = r"[.!?…。！？]+[\"'”’)\]〉》」』]*"
_SENTENCE_END = re.compile(rf"{_ENDING}$")
_STATEMENT_END = re.compile(r"[.!…。！]+[\"'”’)\]〉》」』]*$|[?？][\"'”’]$")
_OPEN_END = re.compile(r"[,:;，：]$")
_CAPTION_SIGNS = ("▲", "△", "▼", "▽")
_IMAGE_LINE = re.compile(
    r"(?P<name>[^\s\"<>|*?][^\n\"<>|*?]{0,120}?\.(?:png|jpe?g|gif|webp|bmp|avif|heic|tiff?))"
    r"(?:\s+(?P<caption>\S.{0,150}))?",
    re.IGNORECASE,
)
_CAPTION_LINE = re.compile(
    r"^(?:[▲△▼▽ⓒ©]\s?\S|[\[(<【]?\s?(?:사진|그래픽|자료|출처|이미지|일러스트|삽화)(?:\s?(?:제공|출처))?\s?[=:：/]\s?\S"
    r"|[/\[(<]?\s?(?:사진|그래픽|이미지)\s?(?:제공)?\s?[=:ⓒ©]?.{0,20}[\])>]$)"
)
_EPISODE_LINE = re.compile(
    r"(?P<way>이전|다음)\s?(?:글|화|편|이야기|회차)?\s?:?\s?(?:제\s?)?0*(?P<number>\d{1,4})\s?(?:화|회|편)(?P<title>.{0,150})"
)
_EPISODE_NUMBER = re.compile(
    r"(?:(?:제\s?)?0*(?P<number>\d{1,4})\s?화|(?:EP|episode)\.?\s?0*(?P<ep>\d{1,4}))", re.IGNORECASE
)
_SUMMARY_LINE = re.compile(
    r"\W{0,6}(?:AI\s?)?(?:(?:3|세)\s?줄\s?(?:요약|정리)|핵심\s?(?:요약|정리)|한눈에\s?보기|요약)\W{0,6}"
)
_INSIGHT_LINE = re.compile(
    r"\W{0,4}(?:editor[’'`‘]?s?\s(?:insight|note|comment|view|pick)s?|에디터(?:의)?\s?(?:인사이트|노트|코멘트|시선|한마디)|편집자\s?(?:노트|코멘트))\W{0,4}",
    re.IGNORECASE,
)


def label_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, each with its kind."""
    lines: list[Line] = []
    after_blank = True
    for number, raw in enumerate(text.split("\n"), start=1):
        clean = _SPACES.sub(" ", _INVISIBLE.sub("", raw)).strip()
        if clean:
            lines.append(_labelled(clean, number, after_blank))
            if len(lines) > 1:
                lines[-2].before_blank = after_blank
        after_blank = not clean
    return lines


def _labelled(clean: str, number: int, after_blank: bool) -> Line:
    bullet = _BULLET.match(clean)
    text = clean[bullet.end() :] if bullet else clean
    byline = read_byline(text)
    kind = _kind_of_frame(text) or (Kind.BYLINE if byline else _kind_of_content(clean))
    if bullet and kind in (Kind.PROSE, Kind.SHORT, Kind.SECTION):
        kind = Kind.BULLET
    # A bullet belongs to the text of a line that is no item, such as `- 끝 -`.
    return Line(text, kind, number, after_blank, byline=byline if kind is Kind.BYLINE else None)


def _kind_of_frame(text: str) -> Kind | None:
    """Return the kind of a line of the page around the article, else None."""
    if page_noise.is_ticker(text):
        return Kind.NOISE
    # A caption may name the rights of its picture, a notice of rights begins with its sign.
    if not text.startswith(_CAPTION_SIGNS) and page_noise.is_rights_notice(text):
        return Kind.RIGHTS
    if _CAPTION_LINE.search(text) and len(text) <= 150:
        return Kind.CAPTION
    if episode_of(text) is not None:
        return Kind.EPISODE
    if page_noise.opens_comments(text):
        return Kind.COMMENTS
    if page_noise.opens_other_stories(text):
        return Kind.OTHER_STORIES
    if page_noise.is_promotion(text):
        return Kind.PROMOTION
    if page_noise.is_button(text):
        return Kind.NOISE
    return None


def _kind_of_content(text: str) -> Kind:
    if _SUMMARY_LINE.fullmatch(text):
        return Kind.SUMMARY_LABEL
    if _INSIGHT_LINE.fullmatch(text):
        return Kind.INSIGHT_LABEL
    if page_noise.section_of(text):
        return Kind.SECTION
    if page_noise.hashtags(text):
        return Kind.HASHTAGS
    if image_of(text):
        return Kind.IMAGE
    return Kind.PROSE if is_prose(text) else Kind.SHORT


def is_prose(text: str) -> bool:
    """Tell whether the line is long enough to be a paragraph."""
    return len(text) >= PROSE_LENGTH or (len(text) >= SENTENCE_LENGTH and ends_sentence(text))


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-_LONGEST_ENDING:]) is not None


def ends_statement(text: str) -> bool:
    """Tell whether the line ends as no heading does: a heading may be a question at most."""
    end = text[-_LONGEST_ENDING:]
    return _STATEMENT_END.search(end) is not None or _OPEN_END.search(end) is not None


def image_of(text: str) -> tuple[str, str] | None:
    """Return the file name and caption of a line such as `그림 1.png 설명`, else None."""
    match = _IMAGE_LINE.fullmatch(text)
    if match is None or match["name"].count(" ") > 6:
        return None
    caption = match["caption"] or ""
    # In a sentence about a file the name is followed by more than a caption.
    if len(caption) >= SENTENCE_LENGTH and ends_sentence(caption):
        return None
    return match["name"], caption


def episode_of(text: str) -> int | None:
    """Return the episode that a page is, told by a line of links to its neighbours."""
    if match := _EPISODE_LINE.fullmatch(text):
        number = int(match["number"])
        return number + 1 if match["way"] == "이전" else number - 1
    if match := _EPISODE_NUMBER.fullmatch(text):
        return int(match["number"] or match["ep"])
    return None
