"""What is done with the chosen articles of the list: through the same gate as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import publishing, review
from articles.admin import refusals
from articles.admin.conflicts import DELETED
from articles.admin.publish_page import done, spot_url
from articles.admin.state import State, state_of
from articles.admin.wording import names_of
from articles.editing import Actor
from articles.models import Article
from articles.rendering import RenderingError
from articles.text import whole_number

# As many problems of one article as a message has room for.
NAMED = 3
EDITORS = ("publish_selected", "withdraw_selected", "delete_selected")


def refuse_crafted(admin: Any, request: HttpRequest) -> None:
    """Refuse an action that the list does not offer to this person, and note the attempt."""
    actions = set(request.POST.getlist("action"))
    if crafted := sorted(actions.intersection(EDITORS) - admin.get_actions(request).keys()):
        chosen = map(whole_number, request.POST.getlist(ACTION_CHECKBOX_NAME))
        named = Article.objects.filter(pk__in=[pk for pk in chosen if pk is not None])
        refusals.refuse(request, named, "권한이 없는 일괄 작업입니다.", tried=crafted)


def publish_chosen(request: HttpRequest, articles: Sequence[Article]) -> None:
    """Publish every article that may be; one that may not does not hold up the others."""
    published = []
    for article in articles:
        order = publishing.Order(at=article.published_at, until=_end_of(article))
        try:
            published.append(publishing.publish(article.pk, order, Actor.of(request.user)))
        except publishing.GateError as error:
            messages.error(request, _refused(article, error))
        except Article.DoesNotExist:
            messages.error(request, f"발행하지 못했습니다: {article.title} – {DELETED}")
        except (publishing.PublishingError, review.MisfitError, RenderingError) as error:
            messages.error(request, f"발행하지 못했습니다: {article.title} – {error}")
    _report(request, published)


def _end_of(article: Article) -> datetime | None:
    """Lift an end that has passed: whoever publishes wants readers to see the article."""
    until = article.expires_at
    return until if until is not None and until > timezone.now() else None


def _report(request: HttpRequest, published: Sequence[Article]) -> None:
    waiting = [article for article in published if state_of(article) == State.SCHEDULED]
    shown = [article for article in published if article not in waiting]
    if shown:
        messages.success(request, f"글 {len(shown)}편을 발행했습니다: {names_of(shown)}")
    for article in waiting:
        messages.success(request, done(article))


def _refused(article: Article, error: publishing.GateError) -> SafeString:
    named = format_html_join(
        " ",
        '<a class="underline" href="{}">{}</a>',
        ((spot_url(article, problem), problem.message) for problem in error.problems[:NAMED]),
    )
    rest = len(error.problems) - NAMED
    return format_html(
        '발행하지 못했습니다: <a class="underline" href="{}">{}</a> – {}{}',
        reverse("admin:articles_article_publish", args=[article.pk]),
        article.title,
        named,
        f" 외 {rest}가지" if rest > 0 else "",
    )
