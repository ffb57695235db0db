"""A deed that came too late: the article was deleted while it was under way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern

from articles.admin.conflicts import DELETED
from articles.admin.desk import desk_page
from articles.models import Article


def answering(url: URLPattern) -> URLPattern:
    """Return an address of one article, where its deletion in between is a conflict, no error."""
    url.callback = _answering(url.callback)
    return url


def _answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Article.DoesNotExist:
            return _deleted(request)
        except IntegrityError:
            # What was to be written about the article found it gone.
            key = kwargs.get("pk", kwargs.get("object_id"))
            if key is None or Article.objects.filter(pk=key).exists():
                raise
            return _deleted(request)

    return guarded


def _deleted(request: HttpRequest) -> HttpResponseBase:
    context = desk_page(request, "그사이 지워진 글입니다") | {
        "reason": DELETED,
        "opts": Article._meta,
    }
    return render(request, "admin/articles/article/refused.html", context, status=409)
