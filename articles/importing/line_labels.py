"""Label every line of a page saved as plain text by what it can be, judged by itself."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from articles.importing import page_noise
from articles.importing.bylines import Byline, read_byline


class Kind(Enum):
    """What a line can be. SHORT lines find their meaning only in their surroundings."""

    PROSE = auto()
    SHORT = auto()
    BULLET = auto()
    IMAGE = auto()
    ROW = auto()
    CAPTION = auto()
    BYLINE = auto()
    SECTION = auto()
    EPISODE = auto()
    SERIES = auto()
    HASHTAGS = auto()
    SUMMARY_LABEL = auto()
    INSIGHT_LABEL = auto()
    NOISE = auto()
    PROMOTION = auto()
    RIGHTS = auto()
    COMMENTS = auto()
    OTHER_STORIES = auto()
    RULE = auto()


@dataclass(slots=True)
class Line:
    """A line that is not blank. `text` is clean and has no bullet; `number` counts from 1.

    `mark` is the bullet. `cells` are the parts between its tabs, if there are at least two.
    """

    text: str
    kind: Kind
    number: int
    after_blank: bool
    before_blank: bool = True
    byline: Byline | None = None
    mark: str = ""
    cells: tuple[str, ...] = ()


PROSE_LENGTH = 80
SENTENCE_LENGTH = 45
MAX_HEADING_LENGTH = 60

_TABLE_KINDS = (Kind.PROSE, Kind.SHORT, Kind.SECTION)
_MAX_CAPTION = 150
_LEAST_TITLE = 8
_LONGEST_ENDING = 12
_INVISIBLE = re.compile(r"[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u3164]")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_BULLET = re.compile(r"^(?:[•·∙▪‣◦●○■□▶▷◆◇∎*–-]|\uf0b7)\s+(?=\S)")
_ENDING = r"[.!?…。！？]+[\"'”’)\]〉》」』]*"
# A footnote's number may stand behind.
_SENTENCE_END = re.compile(rf"{_ENDING}$|(?<=[가-힣])[.!?][\"'”’]?\[?\d{{1,2}}\]?$")
_STATEMENT_END = re.compile(
    r"[.!…。！]+[\"'”’)\]〉》」』]*$|[?？][\"'”’]$|(?::[)D]|\^\^|ㅎㅎ+|ㅋㅋ+|[~♡♥])$"
)
_OPEN_END = re.compile(r"[,:;，：]$")
_CAPTION_SIGNS = ("▲", "△", "▼", "▽")
_IMAGE_LINE = re.compile(
    r"(?P<name>[^\s\"<>|*?][^\n\"<>|*?]{0,120}?\.(?:png|jpe?g|gif|webp|bmp|avif|heic|tiff?))"
    r"(?:\s+(?P<caption>\S.{0,150}))?",
    re.IGNORECASE,
)
_CAPTION_LINE = re.compile(
    r"^(?:[▲△▼▽ⓒ©◀]\s?\S|[\[(<【]?\s?(?:사진|그래픽|자료|출처|이미지|일러스트|삽화)(?:\s?(?:제공|출처))?\s?[=:：/]\s?\S"
    r"|[/\[(<]?\s?(?:사진|그래픽|이미지)\s?(?:제공)?\s?[=:ⓒ©]?.{0,20}[\])>]$"
    r"|[\[(<]\s?(?:표|도표|그림|인포그래픽)\s?[=:]\s?\S"
    r"|photos?\s?(?:by|:|courtesy)\s\S"
    r"|(?:사진|이미지)\s(?:셔터스톡|게티\S{0,10}|연합\S{0,4}|뉴시스|뉴스1|로이터\S{0,3}|AP\S{0,3}|AFP\S{0,3}|픽사베이|언스플래시|unsplash|pixabay|freepik|\S{2,10}\s제공)$)",
    re.IGNORECASE,
)
# A line that only says where the picture above it is from.
_SOURCE_LINE = re.compile(
    r"[\[(<【][^\[\]()<>【】]{0,30}(?:촬영|제공|자료\s?사진|재판매|캡처|DB\s?금지|사진)[^\[\]()<>【】]{0,24}[\])>】]"
)
# A credit in brackets at the end makes the whole line a caption.
_CREDIT_END = re.compile(
    r"[\[(<]\s?(?:사진|그래픽|이미지|자료|일러스트|출처)\s?[=:]\s?[^\[\]()<>]{1,30}[\])>]$"
    r"|\*?\s?재판매\s?및\s?DB\s?금지\W{0,2}$|[ⓒ©]\s?[^\s.ⓒ©][^.ⓒ©]{1,18}$|[.]\s\S{2,8}\s(?:자료\s?사진|제공|캡처)$"
    r"|\s/\s?사진\s?[=:]\s?.{2,20}$"
)
_EPISODE_LINE = re.compile(
    r"(?P<way>이전|다음)\s?(?:글|화|편|이야기|회차)?\s?:?\s?(?:제\s?)?0*(?P<number>\d{1,4})\s?(?:화|회|편)(?P<title>.{0,150})"
)
_EPISODE_NUMBER = re.compile(
    r"(?:(?:제\s?)?0*(?P<number>\d{1,4})\s?화|(?:EP|episode)\.?\s?0*(?P<ep>\d{1,4}))", re.IGNORECASE
)
_END_MARK = re.compile(r"(?<=\S)\s?(?:[(<\[/]\s?끝\s?[)>\]/]|[-=]\s?끝\s?[-=])$")
_TRIANGLE = re.compile(r"[▲△▼▽]\s?(?=\S)(?!.{0,150}[ⓒ©=])")
_SUMMARY_LINE = re.compile(
    r"\W{0,6}(?:AI\s?)?(?:(?:3|세)\s?줄(?:로)?\s?(?:요약|정리|읽기|보기)|핵심\s?(?:요약|정리)"
    r"|한눈에\s?보기|요약|(?:이\s글의\s)?(?:핵심|요점)|TL\s?;?\s?DR)\W{0,6}",
    re.IGNORECASE,
)
_INSIGHT_LINE = re.compile(
    r"\W{0,4}(?:editor[’'`‘]?s?\s(?:insight|note|comment|view|pick)s?|에디터(?:의)?\s?(?:인사이트|노트|코멘트|시선|한마디)|편집자\s?(?:노트|코멘트|주|의?\s?말))\W{0,4}",
    re.IGNORECASE,
)
_TITLE_LINE = re.compile(r"제\s?목\s?[:：|]?\s(?=\S)")
_INLINE_LABEL = re.compile(
    r"(?:\[(?P<bracketed>[^\[\]]{4,30})\]|(?P<label>[^:：\[\]]{4,30})[:：])\s?(?=\S.{15})"
)
_EPISODE_BEHIND = re.compile(r"\s0*\d{1,4}\s?화$")
# A label of a list of facts, whose date or name stands in the next line.
_DATE_LABEL = re.compile(
    r"(?:기사\s?)?(?:입력|등록|승인|발행|게시|송고|수정|업데이트|작성)(?:일시?|시간|시각)?\s?[:：]?"
)
_NAME_LABEL = re.compile(r"(?:작성자|글쓴이|기자명|필자|by)\s?[:：]?", re.IGNORECASE)
_FACT_LABEL = re.compile(f"{_DATE_LABEL.pattern}|{_NAME_LABEL.pattern}", re.IGNORECASE)
_MAX_NAME = 12
# What themes put right beside a date or a heading.
_ADDED = re.compile(
    r"^\d{1,3} min read[\s·]*(?=[A-Z])|(?<=\b\d{4})\d{1,2} ?분 (?:소요|읽기)$|(?<=[가-힣])Permalink$"
)
_SERIES_LINE = re.compile(r"(?:연재\s?)?(?:브런치북|매거진)\s?[:|·]?\s(?P<title>\S.{1,40})")
# Any title may be labelled so; only with the number of an episode is it a series'.
_NUMBERED_SERIES = re.compile(
    r"(?:[\[<【(]\s?(?:기획\s?)?(?:연재|시리즈)\s?[\]>】)]|(?:기획\s?)?(?:연재|시리즈)\s?[:|·])\s?"
    r"(?P<title>\S.{1,40}?)[\s,]*[(<\[#]?(?:제\s?)?0*(?P<number>\d{1,3})\s?(?:화|회|편)?[)>\]]?"
)


def label_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, each with its kind.

    A label with its text in the same line, `Editor’s Note: …`, gives two.
    """
    lines: list[Line] = []
    after_blank = True
    label = ""
    for number, raw in enumerate(text.split("\n"), start=1):
        clean = _SPACES.sub(" ", _INVISIBLE.sub("", raw)).strip()
        if _FACT_LABEL.fullmatch(clean):
            label = clean
            continue
        if clean and label:
            clean = f"{label} {clean}" if _fits(clean, label) else clean
            label = ""
        clean = _ADDED.sub("", clean)
        if clean:
            labelled = [
                _labelled(part, number, after_blank and not place)
                for place, part in enumerate(_parts(clean))
            ]
            if len(labelled) == 1:
                labelled[0].cells = _cells(raw)
            if lines:
                lines[-1].before_blank = after_blank
            if len(labelled) > 1:
                labelled[0].before_blank = False
            lines += labelled
        after_blank = not clean
    _mark_rows(lines)
    _mark_repeated(lines)
    _mark_credited(lines)
    _mark_triangles(lines)
    return lines


def _fits(value: str, label: str) -> bool:
    """Tell whether the line is what the label in the line above announces."""
    if _NAME_LABEL.fullmatch(label):
        return len(value) <= _MAX_NAME and value.replace(" ", "").isalpha()
    return value[0].isdigit()


def _cells(raw: str) -> tuple[str, ...]:
    parts = raw.strip(" \n").split("\t") if "\t" in raw.strip() else []
    cells = [_SPACES.sub(" ", _INVISIBLE.sub("", part)).strip() for part in parts]
    return tuple(cells) if len(cells) > 1 and cells[0] else ()


def _mark_rows(lines: list[Line]) -> None:
    """Relabel neighbouring lines of as many cells each: browsers copy tables so."""
    for above, line in pairwise(lines):
        alike = len(above.cells) == len(line.cells) > 1 and not line.after_blank
        if alike and line.kind in _TABLE_KINDS and above.kind in (*_TABLE_KINDS, Kind.ROW):
            above.kind = line.kind = Kind.ROW


def _mark_repeated(lines: list[Line]) -> None:
    """Relabel a line right above itself: a picture's alternative text and its caption.

    A short one stands apart from other short lines, or it is verse.
    """
    has_title = False
    for place, (above, line) in enumerate(pairwise(lines)):
        # What stands twice before anything else is the title of the window and of the page.
        had_title, has_title = has_title, has_title or _may_be_title(above)
        if line.text != above.text or line.after_blank or not had_title:
            continue
        before = lines[place - 1] if place else None
        below = lines[place + 2] if place + 2 < len(lines) else None
        begins = above.after_blank or before is None or before.kind is not Kind.SHORT
        ends = line.before_blank or below is None or below.kind is not Kind.SHORT
        apart = begins and ends
        if line.kind is Kind.PROSE or (line.kind is Kind.SHORT and apart):
            above.kind = line.kind = Kind.CAPTION


def _may_be_title(line: Line) -> bool:
    is_headline = " " in line.text and len(line.text) >= _LEAST_TITLE
    return line.kind in (Kind.PROSE, Kind.BYLINE) or (line.kind is Kind.SHORT and is_headline)


def _mark_triangles(lines: list[Line]) -> None:
    """Relabel neighbouring lines that begin with triangles: one is a caption, more are a list."""
    for above, line in pairwise(lines):
        signs = _TRIANGLE.match(above.text), _TRIANGLE.match(line.text)
        if above.kind is line.kind is Kind.CAPTION and all(signs) and not line.after_blank:
            for item, sign in zip((above, line), signs, strict=True):
                item.mark = sign[0].strip() if sign else ""
    for line in lines:
        if line.kind is Kind.CAPTION and line.mark:
            line.kind, line.text = Kind.BULLET, line.text[len(line.mark) :].strip()


def _mark_credited(lines: list[Line]) -> None:
    """Relabel what stands right above a line that says where a picture is from."""
    for above, line in pairwise(lines):
        is_credit = line.kind is Kind.CAPTION and _SOURCE_LINE.fullmatch(line.text)
        is_text = above.kind in (Kind.SHORT, Kind.PROSE) and len(above.text) <= _MAX_CAPTION
        if is_credit and is_text and not line.after_blank:
            above.kind = Kind.CAPTION


def _parts(clean: str) -> list[str]:
    """Return the lines that a line of the page holds, without the mark that ends a dispatch."""
    if mark := _END_MARK.search(clean[-_LONGEST_ENDING:]):
        clean = clean[: -len(mark[0])].rstrip()
    if notice := page_noise.rights_behind(clean):
        text = clean[: -len(notice)].rstrip()
        if is_prose(text):
            return [text, notice.strip()]
    if match := _TITLE_LINE.match(clean):
        return [clean[match.end() :]]
    return _without_label(clean)


def _without_label(clean: str) -> list[str]:
    """Return the label and the text of a line that begins with an editor's label."""
    match = _INLINE_LABEL.match(clean)
    label = (match["bracketed"] or match["label"]).strip() if match else ""
    if match is None or _INSIGHT_LINE.fullmatch(label) is None:
        return [clean]
    return [label, clean[match.end() :]]


def _labelled(clean: str, number: int, after_blank: bool) -> Line:
    bullet = _BULLET.match(clean)
    text = clean[bullet.end() :] if bullet else clean
    byline = read_byline(text)
    kind = _kind_of_frame(text) or (Kind.BYLINE if byline else _kind_of_content(clean))
    if bullet and kind in (Kind.PROSE, Kind.SHORT, Kind.SECTION):
        kind = Kind.BULLET
    # A bullet belongs to the text of a line that is no item, such as `- 끝 -`.
    line = Line(text, kind, number, after_blank, byline=byline if kind is Kind.BYLINE else None)
    line.mark = bullet[0].strip() if bullet else ""
    return line


def _kind_of_frame(text: str) -> Kind | None:
    """Return the kind of a line of the page around the article, else None."""
    if page_noise.is_ticker(text):
        return Kind.NOISE
    # A caption may name the rights of its picture, a notice of rights begins with its sign.
    if not text.startswith(_CAPTION_SIGNS) and page_noise.is_rights_notice(text):
        return Kind.RIGHTS
    if len(text) <= _MAX_CAPTION and _is_caption(text):
        return Kind.CAPTION
    if series_of(text):
        return Kind.SERIES
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


def _is_caption(text: str) -> bool:
    is_source = _SOURCE_LINE.fullmatch(text) is not None
    return is_source or any(found.search(text) for found in (_CAPTION_LINE, _CREDIT_END))


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


def is_insight_label(text: str) -> bool:
    """Tell whether the line heads an editor's remark: `Editor’s Insight`, `편집자 주`."""
    return len(text) <= _MAX_CAPTION and _INSIGHT_LINE.fullmatch(text) is not None


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


def series_of(text: str) -> str:
    """Return the series that a line such as `브런치북 강가의 기록` names, or ""."""
    if match := _NUMBERED_SERIES.fullmatch(text):
        return match["title"]
    match = _SERIES_LINE.fullmatch(text)
    return _EPISODE_BEHIND.sub("", match["title"]) if match and not ends_sentence(text) else ""


def episode_in_series(text: str) -> int | None:
    """Return the number that a line such as `[연재] 강가의 기록 3` gives the page in its series."""
    match = _NUMBERED_SERIES.fullmatch(text)
    return int(match["number"]) if match else None


def episode_of(text: str) -> int | None:
    """Return the episode that a page is, told by a line of links to its neighbours."""
    if match := _EPISODE_LINE.fullmatch(text):
        number = int(match["number"])
        return number + 1 if match["way"] == "이전" else number - 1
    if match := _EPISODE_NUMBER.fullmatch(text):
        return int(match["number"] or match["ep"])
    return None
