"""Find the title among the lines that stand above the text of a saved page."""

import re
from dataclasses import dataclass

from articles.importing import page_noise
from articles.importing.line_labels import Kind, Line, ends_sentence, ends_statement

# A title stands no further above the text; longer menus are cut, so that time stays linear.
MAX_HEADER_LINES = 400

_MAX_TITLE_LENGTH = 100
_MAX_PEN_NAME = 8
_HEADLINE_LENGTH = 12
_MAX_DISTANCE = 15
_MAX_SUBTITLES = 2
_MENU_WORDS = frozenset(["홈", "HOME", "Home", "메뉴", "로그인", "검색"])
_HANGUL = re.compile("[가-힣]")
_ADDRESS = re.compile(r"(?:https?://\S+|[\w-]+(?:\.[\w-]+)+)(?:/\S*)?")
_WORD = re.compile(r"[^\W\d]\w*")
_LABELLED_TITLE = re.compile(r"^[\[<【(]\s?[가-힣A-Za-z·/\s]{1,14}[\]>】)]\s?\S")
_FIRST_HEADING = re.compile(
    r"^(?:\d{1,2}[.)]|[IVXⅠ-Ⅹ]{1,4}\.|제?\s?\d{1,2}\s?[장부막](?:\s|$)|제?\s?1\s?화|들어가|서론|머리말|여는\s?글"
    r"|프롤로그|시작하|도입|서문|[\[【<][^\[\]【】<>]{1,10}[\]】>]$)"
)
_SITE_SUFFIX = re.compile(r"\s(?:[-–—|:<«]|::)\s\S[^|]{0,30}$")
_SITE_NAME = re.compile(
    r"신문|일보|뉴스|저널|타임스|방송|블로그|브런치|brunch|tistory|티스토리|매거진|미디어",
    re.IGNORECASE,
)
_ARTICLE_PATH = re.compile(r"(?:\s<\s[^<]{1,20}){1,4}\s<\s기사본문\s-\s.{1,30}$")
_SITE_LINES = ("brunch", "brunchstory", "브런치", "브런치스토리")


@dataclass(frozen=True, slots=True)
class Title:
    """The index of the title's line; `stated` unless only its length and place speak for it."""

    index: int
    stated: bool


def find_title(lines: list[Line], first_text: int) -> Title | None:
    """Return the title of a page whose running text begins at `first_text`, if it has one."""
    header = range(max(0, first_text - MAX_HEADER_LINES), _end_of_header(lines, first_text))
    candidates = [
        index
        for index in header
        if lines[index].kind is Kind.SHORT and not is_pen_name(lines, index)
    ] or [index for index in header if lines[index].kind is Kind.SERIES]
    scorer = _Scorer(lines, first_text, candidates)
    best = max(candidates, key=scorer.score, default=None)
    if first_text < len(lines) and _is_long_title(lines, best, first_text):
        return Title(first_text, stated=True)
    best = None if best is None else scorer.top_of(best)
    return None if best is None else Title(best, scorer.is_stated(best))


def _end_of_header(lines: list[Line], first_text: int) -> int:
    """Return the index of the first line up to `first_text` that titles never stand below."""
    below = (Kind.SUMMARY_LABEL, Kind.INSIGHT_LABEL, Kind.ROW)
    shorts = (index for index in range(first_text) if lines[index].kind is Kind.SHORT)
    start = next(shorts, first_text)
    return next((at for at in range(start, first_text) if lines[at].kind in below), first_text)


def is_pen_name(lines: list[Line], index: int) -> bool:
    """Tell whether the line is one short word right above a date, as blogs print their writer.

    The first line of a page is its site or title.
    """
    text = lines[index].text
    below = (line for line in lines[index + 1 : index + 4] if line.kind is not Kind.NOISE)
    byline = getattr(next(below, None), "byline", None)
    is_word = lines[index].kind in (Kind.SHORT, Kind.BULLET) and 2 <= len(text) <= _MAX_PEN_NAME
    if not is_word or byline is None or _WORD.fullmatch(text) is None:
        return False
    follows = any(line.kind is Kind.SHORT for line in lines[max(0, index - 20) : index])
    return follows and byline.published_at is not None and not byline.authors


def begins_text(text: str) -> bool:
    """Tell whether the line is worded as the first heading of a text."""
    return _FIRST_HEADING.match(text) is not None


def without_site(text: str) -> str:
    """Return a title as browsers show it without the site's name at its end."""
    if path := _ARTICLE_PATH.search(text):
        return text[: path.start()]
    match = _SITE_SUFFIX.search(text)
    return text[: match.start()] if match and _SITE_NAME.search(match[0]) else text


class _Scorer:
    """Scores short lines above the text: long ones are titles, unless their place says no."""

    def __init__(self, lines: list[Line], first_text: int, candidates: list[int]) -> None:
        self.lines = lines
        self.distance = {
            index: place for place, index in enumerate(reversed(candidates[-_MAX_DISTANCE:]))
        }
        self.is_korean = any(_HANGUL.search(lines[index].text) for index in candidates)
        self.bylines = [index for index in range(first_text) if _is_article_byline(lines[index])]
        self.first_short = min(candidates, default=-1)
        self.first = next((line for line in lines if line.kind is not Kind.NOISE), None)
        shown: dict[str, int] = {}
        for index in candidates:
            text = without_site(lines[index].text)
            shown[text] = shown.get(text, 0) + 1
        self.repeated = {text for text, count in shown.items() if count > 1}
        # A path ends in the title: `홈 산책 바다가 보이는 정류장`.
        near = list(shown)[-_MAX_DISTANCE:]
        self.paths = {path: text for path in near for text in near if path.endswith(f" {text}")}
        self.repeated |= set(self.paths.values()) - set(self.paths)

    def score(self, index: int) -> int:
        text = self.lines[index].text
        is_second = self._is_second_line(index)
        is_headline = " " in text or len(text) > _MAX_PEN_NAME
        # Below the byline stand subtitles, not titles.
        is_below = bool(self.bylines) and self.bylines[0] < index
        marks = (
            (_LABELLED_TITLE.match(text) is not None and not is_second, 25),
            (self._opens_page(index), 50 if is_headline else 15),
            (index == self.first_short and self._is_headline(index), 20),
            (self._above_byline(index), 15),
            (self._is_repeated(index), 30),
            (begins_text(text), -20),
            (ends_statement(text), -30),
            (_ADDRESS.fullmatch(text) is not None, -60),
            (self.is_korean and not _HANGUL.search(text), -40),
            (is_second, -30),
            (text in self.paths, -40),
            (is_below, -40),
        )
        score = min(len(text), 60) - 2 * self.distance.get(index, _MAX_DISTANCE)
        return score + sum(points for applies, points in marks if applies)

    def top_of(self, best: int) -> int:
        """Return the first of the two or three headlines that stand right above one another.

        A title comes before its subtitles, however short it is; more than three are a list.
        """
        text = self.lines[best].text
        if self._is_repeated(best) or _LABELLED_TITLE.match(text) or self._opens_page(best):
            return best
        top = best
        while top and best - top <= _MAX_SUBTITLES and self._is_headline(top - 1):
            top -= 1
        is_list = best - top > _MAX_SUBTITLES
        below = self.lines[best + 1 : best + 1 + _MAX_SUBTITLES + 2]
        is_signed = any(line.kind is Kind.BYLINE for line in below)
        return best if is_list or not is_signed else top

    def _is_headline(self, index: int) -> bool:
        line = self.lines[index]
        is_menu = not _MENU_WORDS.isdisjoint(line.text.split())
        is_long = " " in line.text and len(line.text) >= _MAX_PEN_NAME
        fits = line.kind is Kind.SHORT and is_long and not is_menu and line.text not in self.paths
        is_site = _SITE_NAME.search(line.text) or _ADDRESS.fullmatch(line.text)
        is_foreign = self.is_korean and not _HANGUL.search(line.text)
        return fits and not is_site and not is_foreign and not ends_statement(line.text)

    def is_stated(self, index: int) -> bool:
        marked = _LABELLED_TITLE.match(self.lines[index].text) is not None
        placed = self._opens_page(index) or self._above_byline(index)
        return marked or placed or self._is_repeated(index)

    def _is_repeated(self, index: int) -> bool:
        text = without_site(self.lines[index].text)
        return text in self.repeated and len(text) > _MAX_PEN_NAME

    def _above_byline(self, index: int) -> bool:
        for line in self.lines[index + 1 : index + 12]:
            if line.kind is not Kind.NOISE:
                return line.kind is Kind.BYLINE
        return False

    def _opens_page(self, index: int) -> bool:
        """Tell whether only buttons stand between the line and the name of its section or site."""
        if not _HANGUL.search(self.lines[index].text) and self.is_korean:
            return False
        for line in reversed(self.lines[max(0, index - MAX_HEADER_LINES) : index]):
            if line.kind in (Kind.SECTION, Kind.SERIES) or _is_site_line(line):
                return True
            if line.kind is not Kind.NOISE:
                return self._is_first_byline(line)
        return False

    def _is_first_byline(self, line: Line) -> bool:
        """Tell whether a page begins with its writer and date, as brunch's do."""
        byline = line.byline
        is_full = byline is not None and byline.authors and byline.published_at
        return bool(is_full) and line is self.first

    def _is_second_line(self, index: int) -> bool:
        """Tell whether the line stands right below another headline: a title comes first."""
        line, above = self.lines[index], self.lines[index - 1] if index else None
        if above is None or line.after_blank or above.kind is not Kind.SHORT:
            return False
        if page_noise.is_path(above.text):
            return False
        long = len(above.text) >= _HEADLINE_LENGTH
        alike = len(above.text) > 5 and 3 * len(above.text) >= len(line.text)
        return (
            (long or alike)
            and " " in above.text
            and above.text != line.text
            and _HANGUL.search(above.text) is not None
        )


def _is_article_byline(line: Line) -> bool:
    byline = line.byline
    return byline is not None and (byline.labelled or bool(byline.authors))


def _is_site_line(line: Line) -> bool:
    return line.text.lower().replace(" ", "") in _SITE_LINES


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
