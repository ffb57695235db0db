"""What a writer left unsaved, offered back: on the form, on the first page, and laid in again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.admin.copy_form import Fields, content_of_fields, fields_of_content, initial_of
from articles.admin.differences import Difference, differences
from articles.admin.opening import begun_with
from articles.admin.wording import short_moment
from articles.content import LABELS, Content, changed_parts
from articles.models import Article, Revision, WorkingCopy

SHOWN = 3
UNFINISHED = 5
EMPTY: Content = {"authors": [], **content_of_fields(fields_of_content({}), {})}


@dataclass(frozen=True, slots=True)
class Offer:
    """One copy, and in which parts it differs from what is stored."""

    copy: WorkingCopy
    parts: list[str]

    @property
    def when(self) -> str:
        return short_moment(self.copy.updated_at)

    @property
    def length(self) -> str:
        return f"{self.copy.length:,}"

    @property
    def milliseconds(self) -> int:
        return milliseconds(self.copy.updated_at)

    @property
    def differing(self) -> str:
        return ", ".join(LABELS[name] for name in self.parts)

    @property
    def url(self) -> str:
        return resume_url(self.copy)


def offers(request: HttpRequest, article: Article | None) -> list[Offer]:
    """Return what this writer left in the article (None: in a new one), newest first."""
    copies = WorkingCopy.objects.offered_to(request.user, article)
    laid_in = laid_in_of(request)
    if laid_in is not None:
        copies = copies.exclude(pk=laid_in.pk)
    head = _head(article)
    found = [Offer(copy, changed_parts(head, _content(copy, head))) for copy in copies[:SHOWN]]
    return [offer for offer in found if offer.parts]


def unfinished(user: Any) -> list[dict[str, str]]:
    """Return the new articles that this writer has begun and never saved, for the first page."""
    return [
        {
            "title": copy.title,
            "url": resume_url(copy),
            "note": f"{short_moment(copy.updated_at)} · {copy.length:,}자",
        }
        for copy in WorkingCopy.objects.offered_to(user, None)[:UNFINISHED]
    ]


def changes(copy: WorkingCopy) -> list[Difference]:
    """Return what a copy would change in the article as it stands now, part by part."""
    before = _head(copy.article)
    return differences(before, _content(copy, before))


def lay_in(request: HttpRequest, object_id: str | None) -> None:
    """Remember which copy the form is asked to begin with; another writer's is not there."""
    sitting = request.GET.get("copy")
    if sitting is None:
        return
    copy = WorkingCopy.objects.of_sitting(sitting, request.user)
    if copy is None or str(copy.article_id or "") != (object_id or ""):
        raise Http404
    request.laid_in = copy  # type: ignore[attr-defined]


def laid_in_of(request: HttpRequest) -> WorkingCopy | None:
    return getattr(request, "laid_in", None)


def laid_in_fields(request: HttpRequest) -> Fields | None:
    copy = laid_in_of(request)
    return copy.form if copy is not None else None


def initial(request: HttpRequest) -> Fields:
    """Return the fields that the form begins with instead of what is stored; often none."""
    return initial_of(laid_in_fields(request) or {})


def resume_url(copy: WorkingCopy) -> str:
    return f"{form_url(copy.article_id)}?copy={copy.sitting}"


def form_url(article_pk: int | None) -> str:
    if article_pk is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article_pk])


def saved_at(user: Any, article: Article | None) -> int:
    """Return when this writer last saved the article, or a new one, in milliseconds; 0 for never.

    What a browser kept of a form that it sent before that is settled.
    """
    if article is not None:
        saved = Revision.objects.filter(article=article, author=user.pk)
        return milliseconds(saved.aggregate(last=Max("saved_at"))["last"])
    owned = Article.objects.filter(owner=user.pk)
    return milliseconds(owned.aggregate(last=Max("created_at"))["last"])


def milliseconds(time: datetime | None) -> int:
    return int(time.timestamp() * 1000) if time else 0


def _head(article: Article | None) -> Content:
    if article is None:
        return EMPTY
    return begun_with(article).content


def _content(copy: WorkingCopy, head: Content) -> Content:
    return content_of_fields(copy.form, head)
