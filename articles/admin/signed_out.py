"""A form sent after its writer was signed out: its text is given back, and not lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern

from articles.admin.copy_form import fields_of, texts_of
from articles.caching import private_page

FORMS = ("articles_article_add", "articles_article_change")


def giving_back(url: URLPattern) -> URLPattern:
    """Return an address of the desk, where the article's form does not lead to the sign-in page."""
    if url.name in FORMS:
        url.callback = _giving_back(url.callback)
    return url


def _giving_back(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_lost = request.method == "POST" and request.user.is_anonymous
        if is_lost and (parts := texts_of(fields_of(request.POST))):
            return signed_out(request, parts)
        return view(request, *args, **kwargs)

    return guarded


@private_page
def signed_out(request: HttpRequest, parts: list[tuple[str, str, int]]) -> HttpResponse:
    context = {"parts": parts, "path": request.get_full_path()}
    return render(request, "admin/articles/article/signed_out.html", context, status=403)
