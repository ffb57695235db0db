"""An article as whoever holds a link sees it before it is published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.caching import private_page
from articles.content import authors_of, lay_over
from articles.editing import head_of
from articles.models import Article, PreviewLink
from articles.rendering import RenderingError


@require_safe
@private_page
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the version that waits for publication; nobody may keep, list or pass on the page."""
    link = PreviewLink.objects.opened_by(token)
    if link is None:
        raise Http404("There is no such link, or nothing that it alone shows.")
    context = {"link": link, **_shown(link.article)}
    response = render(request, "articles/shared_preview.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _shown(article: Article) -> dict[str, Any]:
    """Lay the head over an article without a row, so that nothing on the page leads to a row."""
    content = head_of(article).content
    shown = Article()
    lay_over(shown, content)
    try:
        shown.render_body()
    except RenderingError as error:
        raise Http404("The text cannot be rendered.") from error
    return {"article": shown, "authors": authors_of(content), "tags": content["tags"]}
