"""What the writing field asks the server for: pictures in, pictures found, articles to link to.

All of it shortens the way: without scripts a picture is uploaded in the library, and its line
copied from there.
"""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from articles.admin.image_forms import ImageUploadForm
from articles.admin.pictures import CARD_WIDTH
from articles.models import Article, Image
from articles.text import one_line, whole_number

PICTURES_AT_ONCE = 24
ARTICLES_AT_ONCE = 8
MAX_OFFSET = 100_000
MAX_WORDS = 6


def urls(admin: ModelAdmin) -> list[URLPattern]:
    found = admin.admin_site.admin_view(find_articles)
    return [path("find/", found, name="articles_article_find")]


@require_POST
@permission_required("articles.add_image", raise_exception=True)
def take_picture(request: HttpRequest) -> HttpResponse:
    """Store an uploaded picture, or find the same one, and answer with its address."""
    form = ImageUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"reason": _first_reason(form)}, status=422)
    image = form.stored
    return JsonResponse({"address": image.url, "width": image.width, "height": image.height})


@require_GET
@permission_required("articles.view_image", raise_exception=True)
def find_pictures(request: HttpRequest) -> HttpResponse:
    """Show the latest pictures of the library, or those whose words hold the ones asked for."""
    words = one_line(request.GET.get("q", ""))[:100]
    offset = _number(request.GET.get("from", ""))
    fields = ("alt", "caption", "credit", "file")
    found = _holding(Image.objects.order_by("-created_at", "-pk"), words, fields)
    images = list(found[offset : offset + PICTURES_AT_ONCE + 1])
    context = {
        "pictures": [(image, image.copy_url(CARD_WIDTH)) for image in images[:PICTURES_AT_ONCE]],
        "next": offset + PICTURES_AT_ONCE if len(images) > PICTURES_AT_ONCE else None,
        "words": words,
        "is_first": offset == 0,
    }
    return render(request, "admin/articles/editor/_pictures.html", context)


@require_GET
@permission_required("articles.view_article", raise_exception=True)
def find_articles(request: HttpRequest) -> HttpResponse:
    """Name published articles whose titles hold the words, for a link within the site."""
    words = one_line(request.GET.get("q", ""))[:100]
    found = _holding(Article.objects.published().order_by("-published_at"), words, ("title",))
    rows = found.only("title", "slug")[:ARTICLES_AT_ONCE]
    return JsonResponse({"articles": [{"title": row.title, "path": row.path} for row in rows]})


def _first_reason(form: forms.BaseForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _holding(rows: QuerySet[Any], words: str, fields: tuple[str, ...]) -> QuerySet[Any]:
    """Keep the rows that have each of the words in one of the fields."""
    for word in words.split()[:MAX_WORDS]:
        condition = Q()
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(condition)
    return rows


def _number(written: str) -> int:
    """A position in the list; nonsense is the beginning."""
    return min(whole_number(written) or 0, MAX_OFFSET)
