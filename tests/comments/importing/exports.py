"""Exports as other systems write them, made for these tests."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

BLOG = "https://blog.example"
WXR_OPENING = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>옛 블로그</title>
<link>{BLOG}</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>{BLOG}</wp:base_blog_url>
"""
WXR_CLOSING = "</channel></rss>\n"
DISQUS_OPENING = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>pildam</forum><title>General</title></category>
"""
DISQUS_CLOSING = "</disqus>\n"


def wxr(*items: str) -> str:
    return WXR_OPENING + "".join(items) + WXR_CLOSING


def wxr_post(*comments: str, slug: str = "붓", link: str = "") -> str:
    return f"""<item>
<title>붓을 건네는 시간</title>
<link>{link or f"{BLOG}/2020/01/{slug}/"}</link>
<guid isPermaLink="false">{BLOG}/?p=7</guid>
<content:encoded><![CDATA[<p>본문 <wp:comment> 아님</p>]]></content:encoded>
<wp:post_id>7</wp:post_id>
<wp:post_name>{slug}</wp:post_name>
{"".join(comments)}</item>
"""


def wxr_comment(
    number: int | str = 1, content: str = "잘 읽었습니다.", *, parent: int | str = 0, **fields: Any
) -> str:
    """Return a comment; a field that is given replaces the one of its name."""
    values = {
        "comment_id": number,
        "comment_author": "<![CDATA[나그네]]>",
        "comment_author_email": "guest@mail.example",
        "comment_author_url": "https://guest.example",
        "comment_author_IP": "203.0.113.77",
        "comment_date": "2020-01-02 12:00:00",
        "comment_date_gmt": "2020-01-02 03:00:00",
        "comment_content": f"<![CDATA[{content}]]>",
        "comment_approved": 1,
        "comment_type": "comment",
        "comment_parent": parent,
        "comment_user_id": 0,
    } | fields
    inner = "".join(f"<wp:{name}>{value}</wp:{name}>\n" for name, value in values.items())
    return f"<wp:comment>\n{inner}</wp:comment>\n"


def disqus(*elements: str) -> str:
    return DISQUS_OPENING + "".join(elements) + DISQUS_CLOSING


def disqus_thread(number: int = 100, link: str = f"{BLOG}/2020/01/붓/") -> str:
    return f"""<thread dsq:id="{number}">
<id>old-identifier</id><forum>pildam</forum><category dsq:id="1"/>
<link>{link}</link><title>붓을 건네는 시간</title><message/>
<createdAt>2020-01-01T00:00:00Z</createdAt>
<author><name>주인</name><isAnonymous>false</isAnonymous></author>
<isClosed>false</isClosed><isDeleted>false</isDeleted>
</thread>
"""


def disqus_post(
    number: int = 1,
    message: str = "<p>잘 읽었습니다.</p>",
    *,
    thread: int = 100,
    parent: int | None = None,
    flags: Sequence[str] = (),
    name: str = "나그네",
) -> str:
    """Return a post; `flags` are those of isDeleted and isSpam that are true."""
    states = "".join(
        f"<{flag}>{'true' if flag in flags else 'false'}</{flag}>"
        for flag in ("isDeleted", "isSpam")
    )
    answered = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f"""<post dsq:id="{number}">
<id/><message><![CDATA[{message}]]></message><createdAt>2020-01-02T03:00:00Z</createdAt>{states}
<author><email>guest@mail.example</email><name>{name}</name></author>
<ipAddress>203.0.113.77</ipAddress><thread dsq:id="{thread}"/>{answered}
</post>
"""


def stream(text: str, encoding: str = "utf-8") -> BytesIO:
    return BytesIO(text.encode(encoding))
