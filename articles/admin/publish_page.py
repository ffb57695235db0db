"""The page between an article's form and its readers: what will be shown, when, and what hinders."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from articles import editing, gate, publishing, review
from articles.admin.publish_forms import PublishForm
from articles.admin.rooms import article_to_publish, show
from articles.admin.state import State, state_of
from articles.admin.wording import moment
from articles.content import LABELS, changed_parts, content_of
from articles.models import Article, Head, Image
from articles.models.article import path_of_slug
from articles.newsletter import mailings
from articles.publish_gate import Problem
from articles.responses import SeeOther

TEMPLATE = "admin/articles/article/publish.html"
CHANGED = "그사이 이 글이 바뀌었습니다. 아래의 지금 모습을 살펴보고 다시 골라 주세요."
REASON_MISSING = (
    "점검에서 찾은 것을 고치거나, 그래도 발행하는 까닭을 "
    f"{publishing.MIN_REASON}자 이상 적어 주세요. 아직 발행하지 않았습니다."
)


def urls(admin: Any) -> list[URLPattern]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        article = article_to_publish(admin, request, pk)
        if request.method != "POST":
            return _page(admin, request, article)
        return (
            _drop(admin, request, article)
            if "drop" in request.POST
            else _publish(admin, request, article)
        )

    view = admin.admin_site.admin_view(page)
    return [path("<int:pk>/publish/", view, name="articles_article_publish")]


def _publish(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    form = PublishForm(article, request.POST)
    if not form.is_valid():
        return _page(admin, request, article, form=form, status=422)
    try:
        published = publishing.publish(article.pk, form.order(), editing.Actor.of(request.user))
    except publishing.AlreadyPublicError as error:
        messages.info(request, str(error))
        return SeeOther(change_url(article))
    except (publishing.ChangedError, review.MisfitError) as error:
        # The choices are kept, but they are to be made again on what stands there now.
        article.refresh_from_db()
        form = _on_top_of(article, request)
        return _page(admin, request, article, form=form, status=409, fault=str(error))
    except publishing.GateError:
        form.add_error("reason", REASON_MISSING)
        return _page(admin, request, article, form=form, status=422)
    except publishing.PublishingError as error:
        return _page(admin, request, article, form=form, status=422, fault=str(error))
    mailings.decide(published, leaves_out=form.cleaned_data["no_mail"])
    messages.success(request, done(published, was=article.slug))
    return SeeOther(change_url(article))


def _on_top_of(article: Article, request: HttpRequest) -> PublishForm:
    posted = request.POST.copy()
    posted["seen"] = publishing.fingerprint(article, editing.head_of(article))
    if posted.get("when") == "keep" and article.published_at is None:
        posted["when"] = "now"
    form = PublishForm(article, posted)
    form.is_valid()
    return form


def _drop(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    with transaction.atomic():
        stored = editing.locked(article.pk)
        # What a colleague has saved since is not thrown away unseen.
        seen = publishing.fingerprint(stored, editing.head_of(stored))
        if stored.pending_id is not None and request.POST.get("seen") != seen:
            return _page(admin, request, stored, status=409, fault=CHANGED)
        was_dropped = editing.drop_pending(stored, editing.Actor.of(request.user))
    if was_dropped:
        messages.success(request, "고친 내용을 버렸습니다. 기록에는 남아 있습니다.")
    else:
        messages.info(request, "버릴 것이 없습니다.")
    return SeeOther(change_url(article))


def _page(
    admin: Any,
    request: HttpRequest,
    article: Article,
    *,
    form: PublishForm | None = None,
    status: int = 200,
    fault: str = "",
) -> HttpResponse:
    head = editing.head_of(article)
    seen = publishing.fingerprint(article, head)
    problems = gate.problems_of(head.content)
    context = {
        "form": form or PublishForm(article, initial=PublishForm.beginning(article, seen)),
        "fault": fault,
        "seen": seen,
        "problems": [(problem, spot_url(article, problem)) for problem in problems],
        "is_blocked": any(problem.is_fatal for problem in problems),
        "standing": state_of(article).label,
        "may_mail": not mailings.has_left(article),
        "is_live": state_of(article) == State.PUBLIC,
        **_what_is_shown(article, head),
    }
    return show(admin, request, article, TEMPLATE, title="발행", status=status, **context)


def _what_is_shown(article: Article, head: Head) -> dict[str, Any]:
    content = head.content
    moves = content["slug"] != article.slug
    return {
        "content": content,
        "lead": Image.objects.filter(pk=content["lead_image"]).first(),
        "is_pending": head.is_pending,
        "changes": [LABELS[part] for part in changed_parts(content_of(article), content)],
        "path": path_of_slug(content["slug"]),
        "permalink": f"{settings.SITE_URL}{path_of_slug(content['slug'])}",
        "old_path": article.path if moves else "",
    }


def spot_url(article: Article, problem: Problem) -> str:
    """Return where the problem is put right: the field of the form, and the line in it."""
    line = f"?line={problem.line}" if problem.line else ""
    return f"{change_url(article)}{line}#{problem.field}"


def change_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def done(article: Article, was: str = "") -> str:
    """Say what was done, with the way to where readers find it."""
    if state_of(article) == State.SCHEDULED:
        return f"예약했습니다. {moment(article.published_at)}에 공개됩니다: {article.title}"
    text = format_html(
        '발행했습니다: <a class="underline" href="{}">{}</a>',
        article.get_absolute_url(),
        article.title,
    )
    if was and was != article.slug:
        moved = "옛 주소 {}로 오는 독자는 새 주소로 옮겨집니다."
        return format_html("{} {}", text, moved.format(path_of_slug(was)))
    return text
