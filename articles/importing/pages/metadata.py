"""What the head of a page, and its marked-up body, say of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from articles.importing.dates import ImpossibleDateError, find_dates, read_date
from articles.importing.page_noise import section_of
from articles.importing.pages.addresses import saved_from, web_address
from articles.importing.pages.elements import HEADINGS, one_line, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.json_ld import LinkedData, read_linked_data
from articles.importing.pages.people import named_people
from articles.importing.pages.titles import without_site

_MAX_TAGS = 30
_MAX_CONTENT = 5_000
_MAX_TAG = 40
_MAX_HEADINGS = 40
_PUBLISHED = [
    "article:published_time",
    "og:article:published_time",
    "published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "date.created",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "regdate",
    "og:regdate",
    "nate:reg_date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
]
_COMPACT = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?$")
_NO_SECTION = frozenset(
    [
        "home",
        "홈",
        "메인",
        "main",
        "전체",
        "뉴스",
        "전체기사",
        "기사본문",
        "blog",
        "posts",
        "news",
        "articles",
        "tags",
        "docs",
        "videos",
        "photos",
    ]
)
# What sections are called in addresses and for search engines, on pages in Korean.
_SECTIONS_IN_KOREAN = {
    "politics": "정치",
    "economy": "경제",
    "society": "사회",
    "culture": "문화",
    "world": "국제",
    "international": "국제",
    "sports": "스포츠",
    "opinion": "오피니언",
    "it": "IT",
    "business": "기업",
    "stock": "증권",
    "realestate": "부동산",
    "life": "생활",
    "local": "지역",
    "column": "칼럼",
    "editorial": "사설",
    "entertainment": "연예",
}
_HANGUL = re.compile("[가-힣]")
# Medium's own terms: `Tag:Korean`, `LockedPostSource:0`.
_TERM = re.compile(r"(?P<kind>[A-Z][A-Za-z]{2,20}):(?P<term>\S.*)")
# A site that gives each page the names of its sections says nothing of this one.
_MANY_SECTIONS = 3
_NO_TAGS = frozenset(
    [
        "more",
        "more...",
        "contact us",
        "privacy policy",
        "follow us",
        "topics",
        "더보기",
        "태그",
        "tags",
    ]
)
_UNSORTED = frozenset(["uncategorized", "미분류", "카테고리 없음", "분류없음"])
_NEWSPAPER = re.compile(r"(?:일보|신문|뉴스|방송|통신|저널|타임스|닷컴|네이버)$")
_OUTLET = re.compile(r"https?://|\.(?:com|kr|net|org)\b|^@|관리자$|^admin$", re.IGNORECASE)


def read_head(tree: HtmlElement) -> PageFacts:
    """Return the facts that the page itself states, and those that follow from what it states."""
    facts = PageFacts()
    metas = _metas(tree)
    data = read_linked_data(tree)
    _read_addresses(tree, metas, data, facts)
    facts.generator = _first(metas, "generator")
    facts.site_name = _first(metas, "og:site_name", "application-name") or data.publisher
    _read_title(tree, metas, data, facts)
    _read_people(metas, data, facts)
    _read_moment(tree, metas, data, facts)
    _read_terms(metas, data, facts)
    facts.guess("dek", _first(metas, "og:description", "description", "twitter:description"))
    facts.guess("dek", data.description)
    picture = _first(metas, "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    facts.state("lead_image", picture or data.image)
    facts.state("lead_alt", _first(metas, "og:image:alt", "twitter:image:alt"))
    return facts


def moment_in(text: str) -> datetime | None:
    """Return the moment that a machine's date says, in whichever of the usual notations."""
    text = one_line(text)
    try:
        if match := _COMPACT.match(text):
            year, month, day, hour, minute, second = match.groups(default="00")
            return read_date(f"{year}-{month}-{day} {hour}:{minute}:{second}")
        if moment := read_date(text):
            return moment
    except ImpossibleDateError:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return next((found.moment for found in find_dates(text[:80])), None)
    return moment if moment.tzinfo else read_date(moment.isoformat())


def words_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the tags in texts that separate theirs by commas, each once."""
    found: dict[str, str] = {}
    for text in texts:
        for word in re.split(r"[,，;、]|\s(?=#)", text):
            clean = one_line(word).strip("# ")
            if term := _TERM.fullmatch(clean):
                clean = term["term"] if term["kind"] == "Tag" else ""
            if clean and len(clean) <= _MAX_TAG and clean.casefold() not in _NO_TAGS:
                found.setdefault(clean.casefold(), clean)
    return tuple(found.values())[:_MAX_TAGS]


def section_in(path: Iterable[str], *others: str) -> str:
    """Return the section in a path of links that leads to the article; `others` are none."""
    left_out = {*_NO_SECTION, *_UNSORTED, *(other.casefold() for other in others)}
    names = [one_line(step).strip(" /›»>|#") for step in path]
    names = [name for name in names if name and name.casefold() not in left_out]
    known = next(filter(None, map(section_of, names)), "")
    return known or next((name for name in names[:1] if len(name) <= _MAX_TAG), "")


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the `<meta>` elements by name, in lower case."""
    metas: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (content := one_line(unescape((element.get("content") or "")[:_MAX_CONTENT]))):
            metas[name.strip().lower()].append(content)
    return metas


def _first(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if metas.get(name)), "")


def _read_addresses(
    tree: HtmlElement, metas: dict[str, list[str]], data: LinkedData, facts: PageFacts
) -> None:
    links = (
        link.get("href")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    stated = [web_address(each) for each in (*links, _first(metas, "og:url"))]
    # A page may call its site's front page canonical, which is no article's address.
    facts.state("canonical_url", next((each for each in stated if _has_path(each)), ""))
    bases = (web_address(each.get("href")) for each in tree.iter("base"))
    facts.address = (
        saved_from(tree)
        or facts.canonical_url
        or web_address(data.url)
        or next(filter(None, bases), "")
        or next(filter(None, stated), "")
    )


def _has_path(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)


def _read_title(
    tree: HtmlElement, metas: dict[str, list[str]], data: LinkedData, facts: PageFacts
) -> None:
    shown = next((text_of(each) for each in tree.iter("title")), "")
    headings = [text_of(each) for each in islice(tree.iter(*HEADINGS), _MAX_HEADINGS)]
    host = urlsplit(facts.address).hostname or ""
    names = [facts.site_name, data.publisher, host, host.removeprefix("www."), *data.organisations]
    told = _first(metas, "og:title", "twitter:title", "dc.title", "title")
    if data.title and not data.title.endswith(("…", "...")):
        facts.state("title", without_site(data.title, names, headings))
    facts.state("title", without_site(told, names, headings))
    # The window's title often ends in the site's name, which nothing else tells.
    facts.guess("title", without_site(shown, [*names, *_last_part(shown)], headings))


def _last_part(title: str) -> Iterator[str]:
    _, separator, last = title.rpartition(" - ")
    if separator and len(last) <= _MAX_TAG // 2:
        yield last
    yield from title.split("|")[1:]


def _read_people(metas: dict[str, list[str]], data: LinkedData, facts: PageFacts) -> None:
    sites = {facts.site_name.casefold(), data.publisher.casefold()}
    given = [
        *data.authors,
        *metas.get("author", ()),
        *metas.get("article:author", ()),
        *metas.get("og:article:author", ()),
        *metas.get("dable:author", ()),
        *metas.get("dc.creator", ()),
    ]
    people = [
        name
        for text in given
        if not _OUTLET.search(text)
        for name in named_people(text)
        if name.casefold() not in sites and not _NEWSPAPER.search(name)
    ]
    facts.state("authors", tuple(dict.fromkeys(people)))


def _read_moment(
    tree: HtmlElement, metas: dict[str, list[str]], data: LinkedData, facts: PageFacts
) -> None:
    for text in (data.published, *(each for name in _PUBLISHED for each in metas.get(name, ()))):
        facts.state("published_at", moment_in(text) if text else None)
    for element in tree.iter("time", "span", "meta", "abbr"):
        names = (element.get("itemprop") or "").lower()
        if "datepublished" in names or "datecreated" in names:
            text = element.get("datetime") or element.get("content") or element.get("title")
            facts.state("published_at", moment_in(text or text_of(element)))


def _read_terms(metas: dict[str, list[str]], data: LinkedData, facts: PageFacts) -> None:
    sections = [
        *metas.get("article:section", ()),
        *metas.get("og:article:section", ()),
        data.section,
    ]
    section = section_in(sections)
    if _HANGUL.search(facts.title):
        section = _SECTIONS_IN_KOREAN.get(section.casefold(), section)
    facts.state("category", section)
    facts.guess("category", section_in(data.breadcrumbs, facts.title, facts.site_name))
    facts.guess("category", section_of(_first(metas, "section", "dc.subject", "classification")))
    facts.state("tags", words_in(metas.get("article:tag", ())))
    facts.state("tags", words_in(data.keywords))
    keywords = words_in(_first(metas, "news_keywords", "keywords").split("|"))
    if sum(map(bool, map(section_of, keywords))) < _MANY_SECTIONS:
        facts.guess("tags", keywords)


def path_of(address: str) -> str:
    """Return the path of a page's address, Hangul decoded; "" for a front page."""
    path = unquote(urlsplit(address).path)
    return path if path.strip("/") and "\0" not in path else ""
