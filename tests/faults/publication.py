"""A change that waits to be published, and what is stored and shown before and after."""

from __future__ import annotations

from typing import Any

from django.test import Client

from articles import editing
from articles.editing import Actor
from articles.models import Article, DeskEvent, Redirect, Status
from articles.publishing import Order, publish
from tests.articles.desk import make_ready_draft
from tests.builders import PUBLISHED_AT

ALICE = Actor("앨리스")


def make_waiting_change() -> Article:
    """Return an article that readers have, with another title, address and text to publish."""
    article = make_ready_draft(
        "먹을 가는 시간",
        body="먹을 간다.",
        status=Status.PUBLISHED,
        published_at=PUBLISHED_AT,
        tags=["먹"],
    )
    content = editing.head_of(article).content
    changes = {
        "title": "종이를 펴는 시간",
        "slug": "종이를-펴는-시간",
        "body": "종이를 편다.",
        "tags": ["종이"],
    }
    editing.save(article, content | changes, ALICE)
    return article


def publish_it(pk: int) -> None:
    publish(pk, Order(reason="그대로 둡니다."), ALICE)


def state(pk: int) -> dict[str, Any]:
    """Return what is stored, what readers are shown, and what they find."""
    article = Article.objects.get(pk=pk)
    page = Client().get(article.get_absolute_url())
    return {
        "stored": [article.title, article.slug, article.body, article.body_html, article.status],
        "waits": article.pending_id is not None,
        "tags": sorted(article.tags.names()),
        "redirects": list(Redirect.objects.values_list("old_path", "article")),
        "deeds": list(DeskEvent.objects.order_by("pk").values_list("deed", flat=True)),
        "versions": list(article.revisions.order_by("number").values_list("kind", flat=True)),
        "shown": [page.status_code, [line in page.text for line in ("먹을 간다.", "종이를 편다.")]],
    }
