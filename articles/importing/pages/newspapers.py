"""Korean newspapers, and the portals that show their articles."""

from __future__ import annotations

from lxml.html import HtmlElement

from articles.importing.page_noise import is_rights_notice, section_of
from articles.importing.pages.elements import lines_of, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.headings import follows_paragraph
from articles.importing.pages.metadata import moment_in, words_in
from articles.importing.pages.page import Excerpt, Page
from articles.importing.pages.people import named_people

_MIN_TEXT = 80
_MAX_SUBTITLE = 300
_BEGINNING = 60
# What newspapers call the element that holds an article's text, the surest first.
_BODIES = [
    "#article-view-content-div",
    "#articleBodyContents",
    "#dic_area",
    "#articletxt",
    "#article_body",
    "#articleBody",
    "#articlebody",
    "#articleBodyContent",
    "#article-body",
    "#article_content",
    "#articleContent",
    "#articleText",
    "#newsct_article",
    "#news_body_id",
    "#news_body",
    "#newsBody",
    "#news_content",
    "#NewsView",
    "#newsView",
    "#textBody",
    "#cont_newstext",
    "#pnlContent",
    "#txt_area",
    "#article_txt",
    "#news_txt",
    "#News_content",
    "#CmAdContent",
    "#article_body_content",
    "#newsViewArea",
    "#viewContent",
    "#view_content",
    "#adnmore_inImage",
    "#realArticleView",
    "#arlText",
    "#article_main",
    "#news-contents",
    "#article-content",
    "#newsContent",
    "#sub_cntTopTxt",
    ".news_cnt_detail_wrap",
    ".end-body",
    ".detail-body",
    ".news_text",
    ".article_cont",
    "#news_body_area",
    "#GS_Content",
    ".NwsCon",
    "#newsEndContents",
    "#articeBody",
    ".article_body",
    ".article-body",
    ".articleBody",
    ".news_body",
    ".article-text",
    ".article_view",
    ".article_txt",
    ".art_body",
    ".news_view",
    ".news_txt",
    ".view_con",
    ".view_cont",
    ".story-news",
    ".article-story",
    ".article_content",
    ".article_con",
    ".news_article",
    ".news-article-body",
    ".at_contents",
    ".text_area",
    ".main_text",
    ".viewContent",
    ".newsview",
    ".news_con",
    ".article-view-content",
    ".cont_view",
    ".article_area",
    ".newsct_article",
    ".view-article",
    ".news-view",
]
_TITLES = [
    "#title_area",
    ".media_end_head_headline",
    "#articleTitle",
    ".end_tit",
    ".tit_view",
    ".article-head-title",
    ".article-view-header",
    ".article_title",
    ".article-title",
    ".news_ttl",
    ".heading",
    ".headline",
    "[headline]",
]
_SUBTITLES = [
    ".subheading",
    ".sub-title",
    ".sub_title",
    ".subtitle",
    ".sub_tit",
    ".article-sub-title",
    ".article_subtitle",
    ".view_subtitle",
    ".news_subtitle",
    ".article_sub",
    ".subTitle",
    ".sub_ttl",
    ".media_end_summary",
    ".summary_view",
    ".article-summary",
    ".article_summary",
    ".news_summary",
    ".stit",
    ".sub_con",
    ".midtitle_text",
]
_AUTHORS = [
    ".media_end_head_journalist_name",
    ".byline_s",
    ".reporter_name",
    ".journalist_name",
    ".reporter-name",
    ".article-writer",
    ".writer",
    ".reporter",
    ".byline",
    ".author",
]
_SECTIONS = (".article-head-section", ".media_end_categorize_item", ".section_name", ".category")
_DATES = ("._ARTICLE_DATE_TIME", ".media_end_head_info_datestamp_time", ".num_date", ".t11")
_TAGS = (".view-tags", ".tag-group", ".article-keywords", ".article_tag", ".keyword_list", ".tags")


def is_naver_news(page: Page) -> bool:
    return "news.naver.com" in page.facts.address or page.has(
        "#dic_area", "#newsct_article", "._article_body_contents"
    )


def read_naver_news(page: Page) -> Excerpt | None:
    excerpt = _read(page, ("#dic_area", "#newsct_article", "#articleBodyContents", "#articeBody"))
    if excerpt:
        _read_stamp(page, excerpt.facts)
        excerpt.facts.authors = excerpt.facts.authors or _portal_authors(page)
        # The portal names the newspaper as the author.
        page.facts.authors = ()
    return excerpt


def is_daum_news(page: Page) -> bool:
    return "v.daum.net" in page.facts.address or page.has("#harmonyContainer")


def read_daum_news(page: Page) -> Excerpt | None:
    excerpt = _read(page, ("#harmonyContainer", ".article_view", "#mArticle"))
    if excerpt:
        page.facts.authors = ()
        excerpt.facts.authors = _portal_authors(page)
    return excerpt


def is_newspaper(page: Page) -> bool:
    if "wordpress" in page.facts.generator.lower():
        return False
    reserves = page.has("[articleBody]") and any(map(is_rights_notice, lines_of(page.tree)))
    return reserves or page.has(*_BODIES)


def read_newspaper(page: Page) -> Excerpt | None:
    return _read(page, [*_BODIES, "[articleBody]"])


def _read(page: Page, bodies: tuple[str, ...] | list[str]) -> Excerpt | None:
    body = page.longest_above(_MIN_TEXT, *bodies)
    if body is None:
        return None
    facts = PageFacts()
    facts.state("dek", _subtitle(page, body))
    if not page.facts.title:
        facts.state("title", page.text(*_TITLES))
    if not page.facts.category:
        facts.guess("category", section_of(page.text(*_SECTIONS)))
    if not page.facts.authors:
        facts.state("authors", _authors(page))
    if not page.facts.tags or "tags" in page.facts.guessed:
        links = (each for block in page.all(*_TAGS) for each in block.iter("a"))
        facts.state("tags", words_in(each.text_content() for each in links))
    return Excerpt([body], facts)


def _subtitle(page: Page, body: HtmlElement) -> str:
    """Return the line that is called a subtitle; within the text it may be a heading."""
    beginning = text_of(body)[:_BEGINNING]
    for element in page.all(*_SUBTITLES):
        text = text_of(element)
        is_early = body not in element.iterancestors() or text[:_BEGINNING] in beginning
        is_early = is_early and not follows_paragraph(element, body)
        if text and is_early and text != page.facts.title and len(text) <= _MAX_SUBTITLE:
            return text
    return ""


def _authors(page: Page) -> tuple[str, ...]:
    for element in page.all(*_AUTHORS):
        names = named_people(element.text_content())
        if names and all(len(name) <= 10 for name in names):
            return tuple(names)
    return ()


def _portal_authors(page: Page) -> tuple[str, ...]:
    texts = [
        each.text_content() for each in page.all(".media_end_head_journalist_name", ".byline_s")
    ]
    first = next(page.all(".txt_info"), None)
    if first is not None and not any(sign.isdigit() for sign in first.text_content()):
        texts.append(first.text_content())
    return tuple(dict.fromkeys(name for text in texts for name in named_people(text)))


def _read_stamp(page: Page, facts: PageFacts) -> None:
    for element in page.all(*_DATES):
        text = element.get("data-date-time") or element.text_content()
        facts.state("published_at", moment_in(text))
