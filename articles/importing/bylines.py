"""Read the lines of a page that say who wrote an article and when."""

import re
from dataclasses import dataclass
from datetime import datetime

from articles.importing.dates import FoundDate, find_dates
from articles.importing.page_noise import is_button, opens_comments, section_of

_MAX_LENGTH = 110
_MAX_SIGNATURE = 200
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국봉"
_NAME = r"[가-힣]{2,4}"
_NAMES = rf"{_NAME}(?:\s?[·,ㆍ]\s?{_NAME}){{0,4}}"
_REPORTER = r"(?:[가-힣]{0,4}기자|특파원|[가-힣]{0,3}논설위원|논설위원실장|칼럼니스트|편집위원|편집국장|에디터|앵커)"
_PROFESSION = r"(?:[가-힣]{0,4}(?:교수|연구원|연구자|연구위원|위원|대표|변호사|소장|원장|박사|시인|소설가|작가|평론가|수필가|번역가|활동가|이사|센터장|교사|의사|회장|부회장|사장|전무|상무|본부장|실장|팀장|이사장|총장|학장|의원|장관|차관))"

_EMAIL = re.compile(r"[\[(<]?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[\])>]?")
_MODIFIED = re.compile(r"수정|업데이트|최종|갱신|updated|modified", re.IGNORECASE)
_PUBLISHED = re.compile(r"입력|등록|승인|발행|작성|게시|송고|published|posted", re.IGNORECASE)
_LABELS = re.compile(
    r"(?:기사\s?|최초\s?|최종\s?)?(?:입력|등록|승인|발행|작성|게시|송고|수정|업데이트|갱신|최종)"
    r"(?:\s?(?:일시|시각|시간|날짜|일자|일))?(?![가-힣])|(?:published|posted|updated|modified)(?:\s(?:on|at))?|날짜|일시",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"(?:조회수?|댓글|공감|추천|좋아요|읽음|views?|hits?)\s*:?\s*[\d,]+(?:회|개)?")
_WEEKDAY = re.compile(r"(?<![가-힣])[월화수목금토일]요일(?![가-힣])|\([월화수목금토일]\)")
# Where an article stands in print: `지면 A14`, `26면`, `호수 1204`.
_EDITION = re.compile(r"(?:지면|호수|지령|발행일)?\s?:?\s?(?:제?\s?[A-Z]?\d{0,5}\s?(?:면|호)?)")
_WITH_HANDLE = re.compile(rf"(?P<name>[{_SURNAMES}][가-힣]{{1,3}})\([a-z][\w.-]{{2,20}}\)?")
# Buttons that stand beside a reporter's name.
_BUTTON_BESIDE = re.compile(
    r"(?:\s|(?<=기자)|(?<=\))|(?<=보기))(?:기자\s?)?(?:구독(?:하기|중)?|페이지|다른\s?기사(?:\s?보기)?|더\s?보기|팔로우|(?:원고료로\s?)?응원하기|응원글\s?보기|프로필|이메일|메일|talk)$",
    re.IGNORECASE,
)
# A button with its count, the label of a name.
_NO_NAME = re.compile(r"[가-힣]+\s\d+|작성자|글쓴이|\W*")
_EDGES = " \t|◎☞▶◆■·ㆍ•・/,:;()[]<>【】=-–—"

_BY = re.compile(r"(?:written\s)?by(?:[\s.:]\s*|(?=[가-힣]))(?P<name>\S.{0,24})", re.IGNORECASE)
_CREDITED = re.compile(
    r"(?P<label>글쓴이|작성자|필자|저자|지은이|기고자|기자명|에디터|글·사진|글/사진|글\s?·\s?그림|글|취재|정리"
    r"|[Ww]ords?|[Tt]ext|[Ee]ditor|[Ww]riter|[Aa]uthor)"
    r"\s*(?P<mark>[:：|=]|\s)\s*(?P<name>[^\d\s:|][^\d:|]{0,14}?)(?:\s*(?:작가|기자|님))?"
)
_PERSON = re.compile(rf"[{_SURNAMES}][가-힣]{{1,3}}")
_REPORTED = re.compile(
    rf"(?:[\[(【<]?[^\[\]()【】<>.]{{1,24}}[\s=]\s?)?(?P<names>{_NAMES})\s?{_REPORTER}"
)
_OF_OUTLET = re.compile(
    rf"(?P<names>[{_SURNAMES}][가-힣]{{1,3}})\s(?P<outlet>\S{{2,12}})\s?{_REPORTER}"
)
_PROFESSIONAL = re.compile(
    rf"(?P<names>[{_SURNAMES}][가-힣]?(?![을를의는])[가-힣])(?:\s?[(/|,]\s?|\s)(?:[가-힣A-Za-z·\s]{{1,18}}\s?)?{_PROFESSION}"
)
_POSITION = re.compile(rf"(?:[가-힣A-Za-z·\s]{{1,18}}\s?)?{_PROFESSION}")
_OUTLET = re.compile(
    r"신문|일보|뉴스|언론|통신|저널|타임스|방송|미디어|데일리|매거진|블로그|닷컴|\.com|투데이|경제$",
    re.IGNORECASE,
)
_PLAIN_DATELINE = re.compile(
    rf"^(?:[가-힣A-Za-z0-9]{{2,12}}=)?(?P<names>[{_SURNAMES}][가-힣]{{1,3}}(?:\s?[·,]\s?{_NAME}){{0,4}})\s?{_REPORTER}\s?=\s?"
)
_AGENCY_NAME = re.compile(rf"[^=]{{2,12}}=\s?(?P<names>[{_SURNAMES}][가-힣]{{1,2}})")
_DATELINE = re.compile(
    rf"^[\[(【<](?P<inside>[^\[\]()【】<>]{{2,40}})[\])】>]\s?"
    rf"(?:(?P<names>{_NAMES}(?:\s?{_REPORTER}\s?[,·]\s?{_NAME}){{0,4}})\s?{_REPORTER}\s?=\s?)?"
)
_SIGNATURE = re.compile(
    rf"(?<=[.!?”’\"'])\s?(?:[/(\[=]\s?)?(?:(?P<names>{_NAMES})\s?(?:\S{{2,10}}\s)?{_REPORTER}\s?)?[/(\[]?\s?{_EMAIL.pattern}\s?[)\]]?$"
)
_SIGNED_NAME = re.compile(
    rf"(?<=[.!?”’\"'])\s?[/(\[=]?\s?(?P<names>[{_SURNAMES}][가-힣]{{1,3}})\s?{_REPORTER}\s?[)\]]?$"
)
_SIGN_OFF = re.compile(
    rf"(?:[A-Z]{{2,5}}\s?뉴스|[가-힣A-Z]{{1,6}}뉴스),?\s(?P<names>[{_SURNAMES}][가-힣]{{1,3}}?)(?:\s?기자)?(?:입|였습|이었습)니다\.$"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line says of an article's making.

    `labelled` means that the line itself calls its date the article's (입력, 승인, …).
    """

    published_at: datetime | None = None
    modified_at: datetime | None = None
    labelled: bool = False
    authors: tuple[str, ...] = ()


def read_byline(text: str) -> Byline | None:
    """Return what the line says when it says nothing but that, else None."""
    if len(text) > _MAX_LENGTH:
        return None
    dates = list(find_dates(text))
    published, modified, labelled = _dated(text, dates)
    rest = text
    for date in reversed(dates):
        rest = f"{rest[: date.start]} | {rest[date.end :]}"
    for pattern in (_COUNTS, _WEEKDAY, _LABELS):
        rest = pattern.sub(" ", rest) if dates else rest
    unmailed = _EMAIL.sub(" ", rest)
    parts = [part.strip(_EDGES) for part in re.split(r"\s[|/・]\s|[|・]", unmailed)]
    has_position = len(parts) > 1 and any(map(_POSITION.fullmatch, parts[1:]))
    certain = bool(dates) or unmailed != rest or has_position
    authors: list[str] = []
    for part in map(_without_buttons, parts):
        if not part or _is_frame(part) or (has_position and _POSITION.fullmatch(part)):
            continue
        names = _authors(part, certain=certain)
        # Beside a labelled date a word that is no person's name is a section of the site's own.
        if labelled and names == [part] and _PERSON.fullmatch(part) is None and " " not in part:
            continue
        if not names and not (certain and (section_of(part) or _OUTLET.search(part))):
            return None
        authors += names
    if not certain and not authors:
        return None
    named = (name for name in authors if _NO_NAME.fullmatch(name) is None)
    return Byline(published, modified, labelled, tuple(dict.fromkeys(named)))


def _without_buttons(part: str) -> str:
    while match := _BUTTON_BESIDE.search(part):
        part = part[: match.start()]
    return part


def _is_frame(part: str) -> bool:
    """Tell whether the part is a button or link that stands in the same line."""
    # A lone letter or sign stands for a bar between two dates.
    is_bar = len(part) == 1
    return is_bar or is_button(part) or opens_comments(part) or _EDITION.fullmatch(part) is not None


def _dated(text: str, dates: list[FoundDate]) -> tuple[datetime | None, datetime | None, bool]:
    """Return the dates of publication and modification, and whether the first is labelled."""
    published = modified = None
    labelled = False
    end = 0
    for date in dates:
        label = text[end : date.start]
        end = date.end
        if _MODIFIED.search(label):
            modified = modified or date.moment
        elif published is None:
            published = date.moment
            labelled = _PUBLISHED.search(label) is not None
    return published, modified, labelled or modified is not None


def _authors(part: str, *, certain: bool) -> list[str]:
    """Return the names in a part of a line; `certain` when the line is surely a byline."""
    if match := _BY.fullmatch(part):
        return [match["name"].strip()]
    if (match := _CREDITED.fullmatch(part)) and _is_credit(match):
        return [match["name"].strip(_EDGES)]
    if (match := _OF_OUTLET.fullmatch(part)) and is_outlet(match["outlet"]):
        return [match["names"]]
    if match := _REPORTED.fullmatch(part) or _PROFESSIONAL.fullmatch(part):
        return split_names(match["names"])
    if match := _WITH_HANDLE.fullmatch(part):
        return [match["name"]]
    # Beside a date or an address a short text without a title is a pen name.
    if certain and len(part) <= 12 and not section_of(part) and not is_outlet(part):
        return [part]
    return []


def is_outlet(text: str) -> bool:
    """Tell whether the text names a newspaper, a broadcaster or a site."""
    return _OUTLET.search(text) is not None


def _is_credit(match: re.Match[str]) -> bool:
    """Tell a credit from a phrase that begins alike, such as `글 쓰는 마음`."""
    if match["mark"].strip():
        return True
    unmistakable = match["label"] in ("글쓴이", "작성자", "지은이", "기고자", "기자명")
    return (unmistakable and " " not in match["name"]) or _PERSON.fullmatch(
        match["name"]
    ) is not None


def split_names(names: str) -> list[str]:
    """Return the names of `홍길동·김철수`."""
    found = (re.sub(rf"\s?{_REPORTER}$", "", name.strip()) for name in re.split("[·,ㆍ]", names))
    return [name for name in found if name]


def without_dateline(paragraph: str) -> tuple[str, list[str]]:
    """Return a first paragraph without `[서울=통신] 홍길동 기자 =`, and the names found there."""
    if match := _PLAIN_DATELINE.match(paragraph):
        return paragraph[match.end() :], split_names(match["names"])
    match = _DATELINE.match(paragraph)
    if match is None:
        return paragraph, []
    inside = re.fullmatch(rf".{{0,30}}?(?P<names>{_NAMES})\s?{_REPORTER}", match["inside"])
    if match["names"] is None and inside is None and "=" not in match["inside"]:
        return paragraph, []
    agency = _AGENCY_NAME.fullmatch(match["inside"])
    if agency and _OUTLET.search(agency["names"]):
        agency = None
    names = match["names"] or next((found["names"] for found in (inside, agency) if found), "")
    return paragraph[match.end() :].lstrip(" ="), split_names(names)


def without_signature(paragraph: str) -> tuple[str, list[str]]:
    """Return a paragraph without a reporter's name or address at its end, and the names found."""
    if match := _SIGN_OFF.search(paragraph[-_MAX_SIGNATURE:]):
        return paragraph, split_names(match["names"])
    tail = paragraph[-_MAX_SIGNATURE:]
    match = _SIGNATURE.search(tail) or _SIGNED_NAME.search(tail)
    if match is None:
        return paragraph, []
    kept = paragraph[: len(paragraph) - len(match[0])].rstrip()
    return kept, split_names(match["names"] or "")
