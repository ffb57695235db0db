"""Pages of Naver's blogs, cafes, Post and Premium Contents, for screens and for phones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import lxml.html
from lxml.html import HtmlElement

from articles.importing.dates import find_dates
from articles.importing.documents import ImportFailure
from articles.importing.pages import plain
from articles.importing.pages.elements import drop, drop_all, is_element, one_line, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.naver_components import is_component, plain_components
from articles.importing.pages.page import Excerpt, Page

_COMPONENTS = (".se-main-container", ".__se_component_area", ".se_component_wrap")
# SmartEditor 2 and what went before it have no components.
_CLASSIC = ("#postViewArea", "#viewTypeSelector", ".post-view", ".post_ct", ".ContentRenderer")
_SIGNS = (".se-main-container", ".__se_component_area", "#postViewArea", "._postView")
_TITLES = (".se-title-text", ".tit_h3", ".title_text", ".itemSubjectBoldfont")
_AUTHORS = (".blog_author", ".nick", ".se_author", ".nickname")
_CATEGORIES = (".blog_category", ".blog2_series", ".tit_category", ".cate", ".link_board")
_DATES = (".blog_date", ".se_publishDate", ".se_date", "._postAddDate", ".date")
_TAGS = (".post_tag", ".wrap_tag", ".tag_list", ".list_tag")
_TAGS_IN_SCRIPT = re.compile(
    r'\b(?:gsTagName\s{0,3}=\s{0,3}|tagNames\\?"\s?:\s?\\?)"([^"\\]{1,1000})'
)
_SITE_SUFFIX = re.compile(r"\s*:\s*네이버\s*(?:블로그|카페|포스트|프리미엄콘텐츠)?\s*$")
_ORNAMENTS = re.compile(r"^[\s\-–—_=*·•▶►▷■□●○◆◇★☆└┗ㄴ#]+|[\s\-–—_=]+$")
_HASHTAGS = re.compile(r"(?:#[^\s#]{1,60}[\s,]*)+")
_RELATIVE = re.compile(r"\d{1,3}\s?(?:초|분|시간|일)\s?전|방금\s?전")
_NOISE = frozenset(
    [
        "og_ad",
        "ssp-adcontent",
        "_naver_ads",
        "ad_area",
        "post_function_t1",
        "blog_authorArea",
        "blog_btnArea",
        "u_likeit",
        "post_footer_contents",
        "wrap_postcomment",
        "area_sympathy",
        "naver-splugin",
    ]
)
_STICKERS = re.compile(r"storep-phinf\.|/sticker/|/static/blog/blank\.gif")


def is_naver(page: Page) -> bool:
    addresses = (page.facts.address, page.facts.canonical_url)
    is_there = any(
        re.search(r"//(?:m\.)?(?:blog|cafe|post|contents\.premium)\.naver\.com", each)
        for each in addresses
    )
    return is_there or _frame(page) is not None or page.has(*_SIGNS)


def read_naver(page: Page) -> Excerpt | None:
    """Return the post. Raises ImportFailure for the page that only frames one."""
    facts = _facts(page)
    body = page.longest_above(1, *_COMPONENTS)
    if body is None:
        body = _clipped(page)
    if body is not None:
        content = plain_components(body, facts)
        body.clear()
        body.tag = "div"
        body.extend(content)
    elif (body := page.longest_above(1, *_CLASSIC)) is not None:
        _tidy_classic(body)
    else:
        _refuse_frame(page)
        return None
    _take_hashtags(body, facts)
    return Excerpt([body], facts, is_exact=True)


def _clipped(page: Page) -> HtmlElement | None:
    """Return the body that Naver Post keeps in a script until it is shown."""
    for script in page.all("script"):
        if script.get("type") == "x-clip-content" and script.text and len(script.text) < 5_000_000:
            tree = lxml.html.fragment_fromstring(script.text, create_parent="div")
            if any(map(is_component, tree.iter())):
                page.tree.append(tree)
                return tree
    return None


def _frame(page: Page) -> HtmlElement | None:
    frame = page.first("#mainFrame")
    is_post = frame is not None and "PostView" in (frame.get("src") or "")
    return frame if is_post else None


def _refuse_frame(page: Page) -> None:
    if _frame(page) is not None:
        raise ImportFailure(
            "this Naver page only frames the post; open the post itself (on m.blog.naver.com, "
            "or “View Frame” in the browser’s menu) and save that page"
        )


def _facts(page: Page) -> PageFacts:
    facts = PageFacts(title=_title(page), category=_category(page), tags=_tags(page))
    author = _meta(page, "naverblog:nickname") or page.text(*_AUTHORS)
    facts.authors = (author,) if author else ()
    _date(page, facts)
    return facts


def _title(page: Page) -> str:
    title = page.text(*_TITLES)
    if not title and (heading := page.first(".se_documentTitle")) is not None:
        title = next(filter(None, map(text_of, heading.iter("h3"))), "")
    kept = page.first("#_photo_view_property")
    title = title or one_line(kept.get("title") if kept is not None else "")
    return title or _SITE_SUFFIX.sub("", page.facts.title)


def _meta(page: Page, name: str) -> str:
    for each in page.all("meta"):
        if each.get("property") == name:
            return one_line(each.get("content"))
    return ""


def _category(page: Page) -> str:
    found = page.text(*_CATEGORIES)
    return _ORNAMENTS.sub("", found) if len(found) <= 60 else ""


def _tags(page: Page) -> tuple[str, ...]:
    shown = [text_of(link) for box in page.all(*_TAGS) for link in box.iter("a")]
    if not any("#" in each for each in shown):
        shown = [text_of(each) for each in page.all(".itemTagfont", ".__se-hash-tag")]
    if not shown:
        scripts = (script.text or "" for script in page.all("script"))
        found = next(filter(None, map(_TAGS_IN_SCRIPT.search, scripts)), None)
        shown = found[1].split(",") if found else []
    names = (one_line(each).lstrip("# ") for each in shown)
    return tuple(dict.fromkeys(filter(None, names)))


def _date(page: Page, facts: PageFacts) -> None:
    texts = [text_of(each) for each in page.all(*_DATES)]
    found = (next(find_dates(text[:100]), None) for text in texts)
    kept = page.first("#_post_property")
    if moment := next(filter(None, found), None):
        facts.published_at = moment.moment
    elif kept is not None and re.fullmatch(r"\d{12,13}", kept.get("adddate") or ""):
        facts.published_at = datetime.fromtimestamp(int(kept.get("adddate")) // 1000, tz=UTC)
    elif any(map(_RELATIVE.search, texts)):
        facts.warnings.append("the page says only how long ago it was published")


def _tidy_classic(body: HtmlElement) -> None:
    """Make a post of SmartEditor 2 plain HTML."""
    drop_all(
        each
        for each in body.iter()
        if is_element(each) and not _NOISE.isdisjoint((each.get("class") or "").split())
    )
    for card in list(body.iter("div")):
        if "_oglink" in (card.get("class") or "").split():
            plain.replace(card, _card(card))
    plain.coloured_code(body)
    for span in list(body.iter("span")):
        if address := span.get("thumburl"):
            plain.replace(span, [plain.element("img", src=_sized(address), alt="")])
    for video in list(body.iter("video")):
        if address := video.get("data-gif-url"):
            plain.replace(video, [plain.element("img", src=address, alt="")])
    for image in list(body.iter("img")):
        image.set("src", plain.picture_address(image, image.get("thumburl")))
        if _STICKERS.search(image.get("src") or ""):
            drop(image)


def _card(card: HtmlElement) -> Iterator[HtmlElement]:
    addresses = (link.get("href") for link in card.iter("a"))
    titles = (each for each in card.iter() if "tit" in (each.get("class") or "").split())
    if address := next(filter(None, addresses), None):
        yield plain.link_line(address, next(filter(None, map(text_of, titles)), ""))


def _sized(address: str) -> str:
    return f"{address}w966" if address.endswith("type=") else address


def _take_hashtags(body: HtmlElement, facts: PageFacts) -> None:
    """Drop a last paragraph of nothing but hashtags, which are the post's tags."""
    last = next((each for each in reversed(body) if not plain.is_blank(each)), None)
    text = text_of(last) if last is not None else ""
    if last is None or len(text) > 2000 or _HASHTAGS.fullmatch(text) is None:
        return
    if next(last.iter("img"), None) is None:
        names = (name.strip(" ,") for name in text.split("#"))
        facts.tags = tuple(dict.fromkeys([*facts.tags, *filter(None, names)]))
        drop(last)
