"""Exports as WordPress writes them, made for these tests."""

from __future__ import annotations

from html import escape

from articles.importing.documents import ImportedArticle
from articles.importing.parsing import readings
from articles.importing.readings import Reading
from articles.importing.sources import FileSurroundings, Source

BLOG = "https://blog.example"
OPENING = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>옛 블로그</title>
<link>{BLOG}</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>{BLOG}</wp:base_blog_url>
<wp:author><wp:author_login>moon</wp:author_login>
<wp:author_display_name><![CDATA[문지기]]></wp:author_display_name></wp:author>
"""
CLOSING = "</channel></rss>\n"
UNDATED = "0000-00-00 00:00:00"


def export(*items: str) -> str:
    return OPENING + "".join(items) + CLOSING


def item(
    number: int = 7, content: str = "본문", *within: str, title: str = "글", **said: str
) -> str:
    """Return an item; `said` replaces or adds fields, those of `wp:` without their prefix."""
    fields = {
        "post_id": str(number),
        "post_date": "2020-05-01 09:00:00",
        "post_date_gmt": "2020-05-01 00:00:00",
        "post_name": f"post-{number}",
        "status": "publish",
        "post_type": "post",
        "post_password": "",
    } | {key: value for key, value in said.items() if key not in ("link", "excerpt")}
    own = "".join(f"<wp:{name}>{cdata(value)}</wp:{name}>\n" for name, value in fields.items())
    link = said.get("link", f"{BLOG}/2020/05/post-{number}/")
    return f"""<item>
<title>{cdata(title)}</title><link>{escape(link)}</link><dc:creator>{cdata("moon")}</dc:creator>
<guid isPermaLink="false">{BLOG}/?p={number}</guid>
<content:encoded>{cdata(content)}</content:encoded>
<excerpt:encoded>{cdata(said.get("excerpt", ""))}</excerpt:encoded>
{own}{"".join(within)}</item>
"""


def cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def term(name: str, domain: str = "category") -> str:
    return f'<category domain="{domain}" nicename="x">{cdata(name)}</category>'


def meta(key: str, value: str) -> str:
    inner = f"<wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value>"
    return f"<wp:postmeta>{inner}</wp:postmeta>"


def attachment(number: int, path: str, *, alt: str = "", caption: str = "") -> str:
    return item(
        number,
        "",
        meta("_wp_attachment_image_alt", alt),
        post_type="attachment",
        status="inherit",
        attachment_url=f"{BLOG}/wp-content/uploads/{path}",
        excerpt=caption,
    )


def comment(number: int, parent: int = 0) -> str:
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>나그네</wp:comment_author><wp:comment_date_gmt>2020-05-02 01:00:00</wp:comment_date_gmt>
<wp:comment_content>{cdata("잘 읽었습니다.")}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>
"""


def articles_in(folder, *items: str) -> list[ImportedArticle]:
    """Return the articles that a file with these items holds."""
    (folder / "export.xml").write_text(export(*items), encoding="utf-8")
    source = Source("export.xml", "export.xml", "export.xml", FileSurroundings(folder))
    return [found.load()[0] for found in readings(source) if isinstance(found, Reading)]
