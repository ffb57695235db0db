"""A small magazine with everything that an export carries, and ways to lose and to compare it."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from articles import editing
from articles.models import (
    Article,
    Author,
    Banner,
    Category,
    FrontBlock,
    FrontPin,
    Image,
    Redirect,
    Revision,
    Series,
    SiteSettings,
    Status,
    Tag,
)
from articles.picture_library import judged_replacement, replace_picture
from comments.models import Comment
from tests.builders import (
    PUBLISHED_AT,
    make_article,
    make_author,
    make_banner,
    make_category,
    make_draft,
    make_series,
    picture_bytes,
)
from tests.comments.builders import make_comment

LATER = PUBLISHED_AT + timedelta(days=3, microseconds=7)
# Nothing of it may be changed on the way: line ends, decomposed Hangul, braces, blanks at the end.
BODY = "\n첫 줄 {{ site.url }} {% raw %}\r\n\r\n---\n\n# 한글 <b>&\u2028  \n\n끝  \n\n"


def make_magazine() -> Article:
    """Return the one article that has everything; others are in every other state."""
    lead = Image.objects.store(picture_bytes("JPEG", size=(40, 30)), alt="길", caption="길 위에서")
    inner = Image.objects.store(picture_bytes("WEBP"), credit="필담")
    first_url = inner.url
    new = judged_replacement(inner, picture_bytes("PNG", size=(20, 20)))
    assert new is not None
    replace_picture(inner, new)
    first, second = make_author("신피질", bio="글쓴이\n두 줄", portrait=lead), make_author("Ana")
    series = make_series("손이 아는 것", cover=lead, is_finished=True, slug="손")
    category = make_category("기술", position=3, slug="tech")
    full = make_article(
        "제목: “따옴표” #1",
        slug="붓",
        body=f"{BODY}![그림]({first_url})\n",
        authors=(second, first),
        tags=("on", "2025", "인공지능"),
        category=category,
        series=series,
        episode=7,
        summary_2="둘째 줄만",
        lead_image=lead,
        lead_image_alt="대체 글",
        canonical_url="https://elsewhere.example/글",
        expires_at=LATER + timedelta(days=3000),
        updated_at=LATER,
        created_at=LATER - timedelta(days=30, microseconds=1),
        import_ref="_posts/2025-03-03-붓.md",
        import_digest="d" * 64,
        import_fingerprints={"title": ["a" * 16, "b" * 16]},
    )
    full.slug = "붓을-건네는-시간"
    full.save()
    waiting = editing.head_of(full).content | {"title": "새 제목", "body": "새 글\n"}
    editing.save(editing.locked(full.pk), waiting, editing.Actor("앨리스"), note="메모\n두 줄")
    make_others(full)
    make_front_page(full, category, lead)
    make_discussion(full)
    return full


def make_others(full: Article) -> None:
    # Its file comes before that of its original.
    make_article("Brush", slug="brush", language="en", translation_of=full)
    make_draft("초고", slug="nul", episode=3)
    make_article("검토", slug="straße", status=Status.IN_REVIEW, published_at=None, body="")
    make_article("승인", slug="가" * 100, status=Status.APPROVED)
    make_article(
        "내림",
        status=Status.WITHDRAWN,
        withdrawn_as="gone",
        withdrawal_notice="사정이 있어 내렸습니다.",
        comment_policy="hidden",
    )
    make_article("예약", published_at=PUBLISHED_AT + timedelta(days=36500))
    Redirect.objects.create(old_path="/2025/옛-글.html", article=full)
    Redirect.objects.create(old_path="/about.html", target="/authors/ana/")


def make_front_page(full: Article, category: Category, image: Image) -> None:
    FrontPin.objects.create(article=full, position=1, until=LATER)
    FrontBlock.objects.create(kind="section", category=category, position=2, size=4)
    make_banner("모임", image=image, target="/series/손/", ends_at=LATER + timedelta(days=3650))
    SiteSettings(name="필담 시험", analytics_script="", tagline="").save()


def make_discussion(full: Article) -> None:
    root = make_comment(full, "첫 댓글")
    make_comment(full, "답", parent=root)
    make_comment(full, "옮겨 온 댓글", import_ref="wordpress:blog.example:5")


def export(path: Path) -> Path:
    call_command("export_articles", str(path), verbosity=0)
    return path


def lose_everything() -> None:
    """Leave an empty site."""
    SiteSettings.objects.all().delete()
    for model in (Comment, FrontPin, FrontBlock, Banner, Redirect):
        model.objects.all().delete()
    Article.objects.update(pending=None)
    for model in (Revision, Article, Series, Author, Category, Tag, Image):
        model.objects.all().delete()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def rows(model: Any, *left_out: str) -> list[dict[str, Any]]:
    """Return what a table holds, but for numbers."""
    names = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    return sorted(model.objects.values(*(names - {"id", *left_out})), key=str)
