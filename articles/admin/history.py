"""The history of an article: every version, any two compared, and one of them restored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from articles import editing
from articles.admin.differences import differences
from articles.admin.rooms import article_to_change, show
from articles.content import LABELS, Content, content_of, reading_of
from articles.models import Article, DeskEvent, Revision, RevisionKind, WorkingCopy
from articles.rendering import RenderingError
from articles.responses import SeeOther
from articles.text import whole_number

VERSIONS_A_PAGE = 50
EVENTS_SHOWN = 50
# What readers see now, and what the next editor begins with, beside the numbered versions.
LIVE, HEAD = "live", "head"


@dataclass(frozen=True, slots=True)
class Version:
    """Something to compare: what it is called, and what it says."""

    label: str
    content: Content


def urls(admin: Any) -> list[URLPattern]:
    @require_GET
    def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return _version_page(admin, request, article_to_change(admin, request, pk), number)

    @require_GET
    def comparison(request: HttpRequest, pk: int) -> HttpResponse:
        return _comparison_page(admin, request, article_to_change(admin, request, pk))

    @require_POST
    def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return _restored(request, article_to_change(admin, request, pk), number)

    view = admin.admin_site.admin_view
    return [
        path("<int:pk>/history/<int:number>/", view(version), name="articles_article_version"),
        path("<int:pk>/compare/", view(comparison), name="articles_article_compare"),
        path(
            "<int:pk>/history/<int:number>/restore/",
            view(restore),
            name="articles_article_restore",
        ),
    ]


def history_page(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the versions and the steps of an article, the newest first."""
    article = article_to_change(admin, request, pk)
    versions = article.revisions.without_content().newest_first()
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        versions = versions.filter(number__lt=before)
    shown = list(versions[: VERSIONS_A_PAGE + 1])
    events = list(DeskEvent.objects.of(article)[: EVENTS_SHOWN + VERSIONS_A_PAGE])
    context: dict[str, Any] = {
        "rows": _rows(article, shown[:VERSIONS_A_PAGE], events),
        "older": shown[VERSIONS_A_PAGE - 1].number if len(shown) > VERSIONS_A_PAGE else None,
        "copies": _copies(article) if before is None else [],
        "events": events[:EVENTS_SHOWN],
        "is_held": article.pending_id is not None,
    }
    return show(
        admin, request, article, "admin/articles/article/history.html", title="변경 기록", **context
    )


def _rows(
    article: Article, versions: Sequence[Revision], events: Iterable[DeskEvent]
) -> list[dict[str, Any]]:
    # What the newest version is compared with until somebody chooses: publishing keeps a version
    # too, and it says the same as the one that was saved before it.
    other = next((v for v in versions if v.digest != versions[0].digest), None)
    parts = {event.detail.get("revision"): event.detail.get("parts", ()) for event in events}
    return [
        {
            "version": version,
            "parts": [LABELS[name] for name in parts.get(version.number, ()) if name in LABELS],
            "is_pending": version.pk == article.pending_id,
            "is_compared": version is (other or versions[-1]),
        }
        for version in versions
    ]


def _copies(article: Article) -> list[dict[str, Any]]:
    """Return what was written and not saved: one entry for each sitting."""
    copies = WorkingCopy.objects.filter(article=article).select_related("writer")
    return [
        {"copy": copy, "length": len(copy.form.get("body", ""))}
        for copy in copies.order_by("-updated_at")[:VERSIONS_A_PAGE]
    ]


def _version_page(admin: Any, request: HttpRequest, article: Article, number: int) -> HttpResponse:
    version = _numbered(article, number)
    said = ((label, reading_of(name, version.content.get(name))) for name, label in LABELS.items())
    context: dict[str, Any] = {
        "version": version,
        "parts": [(label, text) for label, text in said if text],
        "base": editing.head_of(article).digest,
    }
    return show(
        admin,
        request,
        article,
        "admin/articles/article/version.html",
        title=f"{version.number}판",
        **context,
    )


def _comparison_page(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    before = _version_named(article, request.GET.get("from", LIVE))
    after = _version_named(article, request.GET.get("to", HEAD))
    context: dict[str, Any] = {
        "before": before,
        "after": after,
        "differences": differences(before.content, after.content),
        "swapped": f"?from={request.GET.get('to', HEAD)}&to={request.GET.get('from', LIVE)}",
    }
    return show(
        admin,
        request,
        article,
        "admin/articles/article/compare.html",
        title="두 판 견주기",
        **context,
    )


def _version_named(article: Article, name: str) -> Version:
    if name == LIVE:
        return Version(
            "저장된 글" if article.pending_id is None else "독자가 보는 글", content_of(article)
        )
    if name == HEAD:
        return Version("지금 편집하는 글", editing.head_of(article).content)
    if (number := whole_number(name)) is not None:
        version = _numbered(article, number)
        return Version(f"{version.number}판", version.content)
    raise Http404("There is no such version.")


def _numbered(article: Article, number: int) -> Revision:
    version = article.revisions.filter(number=number).first()
    if version is None:
        raise Http404("There is no such version.")
    return version


def _restored(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    history = reverse("admin:articles_article_history", args=[article.pk])
    try:
        kept = _restore(request, article.pk, number)
    except editing.StaleError:
        messages.error(request, "그사이 다른 사람이 저장했습니다. 새 판을 보고 다시 골라 주세요.")
        return SeeOther(history)
    except RenderingError as error:
        messages.error(request, f"{number}판을 되살리지 못했습니다: {error}")
        return SeeOther(history)
    messages.success(request, f"{number}판을 되살려 새 판으로 저장했습니다.")
    if kept:
        named = ", ".join(LABELS[name] for name in kept)
        messages.warning(request, f"다른 글이 쓰고 있어 지금 것을 그대로 두었습니다: {named}")
    return SeeOther(reverse("admin:articles_article_change", args=[article.pk]))


@transaction.atomic
def _restore(request: HttpRequest, pk: int, number: int) -> list[str]:
    """Save an old version as the newest; returns the parts that could not be taken back."""
    article = editing.locked(pk)
    old = _numbered(article, number).content
    head = editing.head_of(article)
    kept = _taken_parts(article, old)
    content = old | {name: head.content.get(name) for name in kept}
    editing.save(
        article,
        content,
        editing.Actor.of(request.user),
        base=request.POST.get("base", ""),
        kind=RevisionKind.RESTORED,
        note=f"{number}판을 되살림",
    )
    return kept


def _taken_parts(article: Article, content: Content) -> list[str]:
    """Name what another article has taken since: the address, the place in the series."""
    taken = []
    if article.slug_is_taken(content.get("slug", "")):
        taken.append("slug")
    others = Article.objects.exclude(pk=article.pk)
    place = {"series": content.get("series"), "episode": content.get("episode")}
    if place["series"] is not None and others.filter(**place).exists():
        taken += ["series", "episode"]
    return taken
