"""Pages of Tistory blogs: saved from the web, from a phone, and of Tistory's own backup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from articles.importing.dates import ImpossibleDateError, find_dates, read_date
from articles.importing.pages import plain
from articles.importing.pages.addresses import web_address
from articles.importing.pages.elements import drop, drop_all, one_line, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.page import Excerpt, Page

_BODIES = (
    ".tt_article_useless_p_margin",
    ".useless_p_margin",
    ".blogview_content",
    ".contents_style",
    ".article-view",
    "#article-view",
    ".article_view",
    ".entry-content",
    ".area_view",
)
_SIGNS = (
    ".tt_article_useless_p_margin",
    "#tt-body-page",
    ".blogview_content",
    ".contents_style",
    ".container_postbtn",
)
_NOISE = frozenset(
    [
        "container_postbtn",
        "another_category",
        "another_category_container",
        "revenue_unit_wrap",
        "revenue_unit_item",
        "tt-plugin",
        "tt-share-entry-with-sns",
        "tt-sns-wrap",
        "adsbygoogle",
        "kakao_ad_area",
        "google-auto-placed",
        "btn-toggle-moreless",
        "business_license_layer",
        "entry-ccl",
        "ccl",
        "article-ccl",
        "area_related",
        "related_type",
        "tagTrail",
        "tag_label",
        "area_tag",
        "article_tag",
        "box-tag",
        "area_reply",
        "comments",
        "postbtn_like",
        "wrap_btn",
        "btn_menu_toolbar",
        "my_edit",
        "layer_edit",
        "area_paging",
        "tt_box_namecard",
        "titleWrap",
        "article_header",
        "og-image",
    ]
)
_STICKERS = re.compile(
    r"/keditor/emoticon/|/tistory_admin/(?:assets/)?(?:blog/)?.{0,60}/extension/"
)
_TITLES = (
    ".title-article",
    ".title_post",
    ".tit_post",
    ".tit_blogview",
    ".title_view",
    ".tit_article",
)
_CATEGORIES = (".tit_category", ".info_category", ".link_cate", ".article_category", ".category")
_DATES = (".date", ".info_post", ".txt_date", ".timeago", ".info")
_TAG_BOXES = (
    ".tagTrail",
    ".tag_label",
    ".list_tag",
    ".area_tag",
    ".article_tag",
    ".box-tag",
    ".tags",
)
_OTHERS = (".another_category", ".area_related", ".related-articles", ".area_reply")
_NO_CATEGORY = ("카테고리 없음", "분류 전체보기")
_LABEL = re.compile(r'"categoryLabel":\s?"((?:[^"\\]|\\.){1,200})"')
_NICKNAME = re.compile(r'"nickName":\s?"((?:[^"\\]|\\.){1,100})"')
_CLOSE_DATE = re.compile(r'"datePublished":\s?"(\d{4})(\d\d)(\d\d)T(\d\d:\d\d:\d\d)')
_BACKUP_NAME = re.compile(r"(?:^|/)(\d{1,9})/\1-[^/]{1,250}\.html?$")
_FOLDED = ("더보기", "접기", "펼치기", "닫기", "more", "less")
_PROTECTED = "보호되어 있는 글입니다"


def is_tistory(page: Page) -> bool:
    facts = page.facts
    is_there = any(".tistory.com" in each for each in (facts.address, facts.canonical_url))
    is_backup = page.has(".title-article") and page.has(*_BODIES)
    return is_there or is_backup or page.has(*_SIGNS) or "tistory" in facts.generator.lower()


def path_in_backup(name: str) -> str:
    """Return the path that a post had on its blog: the backup keeps each in `123/123-title.html`."""
    match = _BACKUP_NAME.search(name)
    return f"/{match[1]}" if match else ""


def read_tistory(page: Page) -> Excerpt | None:
    """Return the post; None where the page shows none as Tistory's skins do."""
    body = page.longest_above(1, *_BODIES)
    if body is None or _PROTECTED in text_of(body)[:200]:
        return None
    facts = _facts(page, body)
    # What is told of other posts shall not be taken for this one's.
    drop_all(page.all(*_OTHERS))
    _tidy(body, facts)
    return Excerpt([body], facts, is_exact=True)


def _facts(page: Page, body: HtmlElement) -> PageFacts:
    script = _script(page)
    facts = PageFacts(category=_category(page, script), tags=_tags(page))
    if not (facts.category or page.facts.category) and _is_category(page.text(*_CATEGORIES)):
        # Each skin names its parts as it likes.
        facts.guess("category", page.text(*_CATEGORIES))
    share = page.first(".btn_share")
    told = share.attrib if share is not None else {}
    author = _meta(page, "og.article.author") or _meta(page, "by") or _in_script(_NICKNAME, script)
    author = author or one_line(told.get("data-profile-name")) or page.text(".by_blog")
    facts.authors = (author,) if author else ()
    if not page.facts.canonical_url:
        facts.canonical_url = web_address(told.get("data-pc-url"))
    if page.has(".title-article"):
        facts.title = page.text(".title-article")
        _date_of_backup(page, facts)
    elif not page.facts.title:
        facts.title = one_line(told.get("data-title"))
        facts.guess("title", page.text(*_TITLES))
    if facts.published_at is None and page.facts.published_at is None:
        _date_on_page(page, script, facts)
    return facts


def _script(page: Page) -> str:
    """Return what the page's own scripts say of the post and its blog."""
    texts = (script.text or "" for script in page.all("script") if not script.get("src"))
    wanted = ("entryInfo", "T.config", "datePublished")
    return "\n".join(text[:20_000] for text in texts if any(sign in text for sign in wanted))


def _in_script(pattern: re.Pattern[str], script: str) -> str:
    match = pattern.search(script)
    return one_line(plain.unquoted(match[1])) if match else ""


def _meta(page: Page, name: str) -> str:
    for each in page.all("meta"):
        if name in (each.get("property"), each.get("name")):
            return one_line(each.get("content"))
    return ""


def _category(page: Page, script: str) -> str:
    others = page.first(".another_category")
    heading = next(others.iter("h4"), None) if others is not None else None
    path = [text_of(link) for link in heading.iter("a")] if heading is not None else []
    found = _in_script(_LABEL, script) or "/".join(path)
    if not found and page.has(".title-article"):
        found = page.text(".category")  # of a backup
    return found if _is_category(found) else ""


def _is_category(text: str) -> bool:
    return 0 < len(text) <= 60 and text not in _NO_CATEGORY


def _tags(page: Page) -> tuple[str, ...]:
    """Return the post's tags, and none of the blog's cloud of tags."""
    links = [link for link in page.all("a") if link.get("rel") == "tag"]
    if not links:
        boxes = page.all(*_TAG_BOXES)
        links = [
            link
            for box in boxes
            for link in box.iter("a")
            if "/tag/" in (link.get("href") or "") and "cloud" not in (link.get("class") or "")
        ]
    names = [text_of(link).strip("#, ") for link in links]
    if not names and page.has(".title-article"):
        # The backup writes them as `#one #two`.
        names = [name.strip(" ,") for name in page.text(".tags").split("#")]
    return tuple(dict.fromkeys(filter(None, names)))


def _date_of_backup(page: Page, facts: PageFacts) -> None:
    try:
        facts.published_at = read_date(page.text(".date"))
    except ImpossibleDateError:
        facts.warnings.append("the date on the page does not exist")


def _date_on_page(page: Page, script: str, facts: PageFacts) -> None:
    if match := _CLOSE_DATE.search(script):
        facts.state("published_at", read_date("{}-{}-{} {}".format(*match.groups())))
        return
    for text in map(text_of, page.all(*_DATES)):
        if found := next(find_dates(text[:200]), None):
            facts.guess("published_at", found.moment)
            return


def _tidy(body: HtmlElement, facts: PageFacts) -> None:
    """Make the post's own blocks plain HTML."""
    drop_all(_noise(body))
    plain.unwrap_paragraphs(body, "figure", "pre", "blockquote", "hr")
    for figure in list(body.iter("figure")):
        _tidy_figure(figure, facts)
    for block in list(body.iter("div")):
        if "imageblock" in (block.get("class") or "").split():
            plain.replace(block, _old_pictures(block))
        elif block.get("data-ke-type") == "moreLess":
            _unfold(block)
        elif "txc-textbox" in (block.get("class") or "").split():
            block.tag = "blockquote"
    plain.coloured_code(body)
    for block in body.iter("pre"):
        if language := block.get("data-ke-language"):
            block.set("data-language", language)
    for image in body.iter("img"):
        image.set("src", plain.picture_address(image))
        for name in ("srcset", "onerror", "data-src", "data-lazy-src"):
            image.attrib.pop(name, None)


def _noise(body: HtmlElement) -> Iterator[HtmlElement]:
    for each in body.iter():
        if not isinstance(each.tag, str):
            continue
        if (
            not _NOISE.isdisjoint((each.get("class") or "").split())
            or each.tag in ("script", "style", "ins")
            or each.get("data-tistory-react-app")
            or (each.tag == "img" and _STICKERS.search(each.get("src") or ""))
            or (each.tag == "span" and "txt_fold" in (each.get("class") or ""))
        ):
            yield each


def _tidy_figure(figure: HtmlElement, facts: PageFacts) -> None:
    kind = figure.get("data-ke-type") or ""
    classes = (figure.get("class") or "").split()
    if kind == "emoticon":
        drop(figure)
    elif kind == "opengraph":
        plain.replace(figure, _card(figure))
    elif kind == "file" or "fileblock" in classes:
        plain.replace(figure, _file(figure))
    elif kind == "video":
        plain.replace(figure, _film(figure))
    elif kind == "map":
        facts.warnings.append("a map was left out")
        drop(figure)
    elif next(figure.iter("img"), None) is not None:
        plain.replace(figure, _pictures(figure))


def _pictures(figure: HtmlElement) -> list[HtmlElement]:
    """Return a figure for each picture; what is written below them all belongs to the last."""
    captions = " ".join(filter(None, map(text_of, figure.iter("figcaption"))))
    made: list[HtmlElement] = []
    for image in figure.iter("img"):
        around = image.getparent()
        aside = around if around is not None and around.tag == "span" else image
        address = plain.picture_address(image, aside.get("data-phocus"), aside.get("data-url"))
        if address:
            alt = image.get("alt") or aside.get("data-alt") or ""
            made.append(plain.figure(address, alt="" if alt == captions else one_line(alt)))
    if made and captions:
        made[-1].append(plain.element("figcaption", captions))
    return made


def _old_pictures(block: HtmlElement) -> list[HtmlElement]:
    """Return the figures of a block as it was written before 2019: up to three in a row."""
    cells = list(block.iter("td")) or [block]
    made: list[HtmlElement] = []
    for cell in cells:
        captions = (text_of(each) for each in cell.iter() if each.get("class") == "cap1")
        caption = next((each for each in captions if each and not each.startswith("data-")), "")
        for image in cell.iter("img"):
            if address := plain.picture_address(image):
                made.append(plain.figure(address, caption, one_line(image.get("alt"))))
                caption = ""
    return made


def _card(figure: HtmlElement) -> list[HtmlElement]:
    link = next(figure.iter("a"), None)
    address = (link.get("href") if link is not None else "") or figure.get("data-og-url") or ""
    title = figure.get("data-og-title") or _class_text(figure, "og-title")
    return [plain.link_line(address, title)] if address else []


def _file(figure: HtmlElement) -> list[HtmlElement]:
    link = next(figure.iter("a"), None)
    address = (link.get("href") if link is not None else "") or ""
    return [plain.link_line(address, _class_text(figure, "name"))] if address else []


def _film(figure: HtmlElement) -> list[HtmlElement]:
    frame = next(figure.iter("iframe"), None)
    embedded = (frame.get("src") if frame is not None else "") or ""
    address = figure.get("data-video-url") or embedded
    made = [plain.film(address, figure.get("data-video-title") or "")] if address else []
    captions = filter(None, map(text_of, figure.iter("figcaption")))
    return made + [plain.element("p", caption) for caption in captions]


def _class_text(element: HtmlElement, name: str) -> str:
    found = (each for each in element.iter() if name in (each.get("class") or "").split())
    return next(filter(None, map(text_of, found)), "")


def _unfold(block: HtmlElement) -> None:
    """Let what is folded be a passage under its own heading, if it has one of its own."""
    label = one_line(block.get("data-text-more"))
    plain.replace(block, [plain.details("" if label.lower() in _FOLDED else label, block)])
