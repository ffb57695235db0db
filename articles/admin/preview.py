"""The article as readers would see it, from the text that is still in the editor's form."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles.admin.fields import MarkdownField
from articles.admin.share_preview import share_preview
from articles.markup.urls import is_local
from articles.models import Article, Image
from articles.rendering import RenderingError, image_references
from articles.text import whole_number

LINES = ("title", "dek", "summary_1", "summary_2", "summary_3", "slug", "canonical_url")
LEAD_LINES = ("lead_image_alt", "lead_image_caption", "lead_image_credit")


def urls(admin: ModelAdmin) -> list[URLPattern]:
    @require_POST
    def show(request: HttpRequest) -> HttpResponse:
        if not (admin.has_view_permission(request) or admin.has_add_permission(request)):
            raise PermissionDenied
        return preview(request)

    return [path("preview/", admin.admin_site.admin_view(show), name="articles_article_preview")]


def preview(request: HttpRequest) -> HttpResponse:
    """Render the posted form by the site's own renderer and stylesheet; nothing is stored.

    Beside the writing field a script asks for it as the form changes; that answer also says
    from which lines its blocks come, and how others will show the article.
    """
    article = posted_article(request)
    is_live = request.headers.get("X-Pildam") == "preview"
    context: dict[str, Any] = {"article": article, "is_live": is_live}
    try:
        article.render_body(notes_lines=is_live)
        context["missing_images"] = missing_images(article.body)
    except RenderingError as error:
        context["refusal"] = str(error)
    if is_live:
        context["shared"] = share_preview(article)
    status = 422 if "refusal" in context else 200
    return render(request, "admin/articles/article/preview.html", context, status=status)


def posted_article(request: HttpRequest) -> Article:
    """Return an unsaved article with the words and the lead image of the form."""
    words = {name: request.POST.get(name, "").strip() for name in (*LINES, *LEAD_LINES)}
    lead = Image.objects.filter(pk=whole_number(request.POST.get("lead_image", "")) or 0).first()
    body = MarkdownField().to_python(request.POST.get("body", ""))
    return Article(**words, body=body, lead_image=lead)


def missing_images(body: str) -> Sequence[str]:
    """Return the pictures that the text names on this site and that nobody has uploaded.

    Raises RenderingError as the renderer does.
    """
    local = [source for source in image_references(body) if is_local(source)]
    known = Image.objects.at(local)
    return [source for source in local if source not in known]
