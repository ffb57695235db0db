"""What readers are told when a page cannot be shown, in Korean and without blame."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from articles.caching import MISSING, cacheable, private_page
from articles.models import Article
from articles.page_changes import ADDRESSES

SUGGESTIONS = 4


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Offer the newest articles instead of what is missing."""
    return _instead(request, "404.html", 404)


def gone(request: HttpRequest, notice: str) -> HttpResponse:
    """Say that an article was withdrawn, in the words of whoever did it, and not which."""
    return _instead(request, "articles/gone.html", 410, notice=notice)


def _instead(request: HttpRequest, template: str, status: int, **context: str) -> HttpResponse:
    newest = Article.objects.published().newest_first().only("slug", "title", "published_at")
    context_with_newest = {"newest": newest[:SUGGESTIONS], **context}
    response = render(request, template, context_with_newest, status=status)
    cacheable(response, MISSING, ADDRESSES)
    return response


@private_page
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain("400.html", 400)


@private_page
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain("403.html", 403)


@private_page
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, and while database or disk fail also when to ask again."""
    named = {"request_id": getattr(request, "request_id", "")}
    if not _passes(sys.exception()):
        return _plain("500.html", 500, **named)
    response = _plain("500.html", 503, **named)
    response["Retry-After"] = "5"
    return response


def _passes(error: BaseException | None) -> bool:
    """Whether it is a dependency that is away or full, and not a mistake of ours."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
    return isinstance(error, OperationalError | InterfaceError)


@private_page
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that cookies are needed, and give back what was written, so that nothing is lost."""
    context = {"body": request.POST.get("body", "")}
    return render(request, "csrf_failure.html", context, status=403)


def _plain(template: str, status: int, **context: str) -> HttpResponse:
    """Render without request, context processors or database: any of them may be the trouble."""
    return HttpResponse(get_template(template).render(context), status=status)
