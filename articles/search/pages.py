"""The search as pages: results, and what is suggested while somebody types."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from articles.caching import public_page
from articles.models import Author
from articles.navigation import public_authors
from articles.page_changes import SEARCH
from articles.page_facts import shows
from articles.paging import BadCursorError
from articles.queries.compiled import CompiledQuery
from articles.search import suggestions
from articles.search.asking import Asked
from articles.search.finding import NEWEST, RELEVANCE, Results, find, meant, stored_synonyms
from articles.search.hangul import object_particle
from articles.search.periods import DATES, PRESETS
from articles.search.queries import Query, understood

# Suggestions change when something is published, which nobody waits for while typing.
SUGGESTED = "public, max-age=60, s-maxage=300"
# More than anybody looks through in a list.
_MOST_AUTHORS = 300


@public_page
def search(request: HttpRequest) -> HttpResponse:
    shows(SEARCH)
    asked = Asked.of(request.GET)
    context: dict[str, Any] = {
        "asked": asked,
        "authors": tuple(_authors(timezone.now())),
        "periods": [*((name, label) for name, (label, _) in PRESETS.items()), (DATES, "직접 입력")],
        "sorts": [
            ("관련도순", asked.address(sort=""), asked.sort == RELEVANCE),
            ("최신순", asked.address(sort=NEWEST), asked.sort == NEWEST),
        ],
    }
    if asked.text:
        context |= _answer(asked, request.GET.get("after", ""))
    if not asked.text or not context["results"].count:
        context |= {"tags": list(suggestions.tags_of_late()), "newest": list(suggestions.newest())}
    return render(request, "articles/search.html", context)


def _answer(asked: Asked, cursor: str) -> dict[str, Any]:
    """Return what was found, or else what something similar finds."""
    synonyms = stored_synonyms()
    query = understood(asked.text, synonyms)
    results = _found(query, asked, cursor)
    answer: dict[str, Any] = {"results": results, "next": _next(asked, results)}
    if not cursor:
        answer["places"] = suggestions.places_called(asked.text)
    if results.count or cursor:
        return answer
    # Before words are doubted, what narrows the search is.
    if asked.is_narrowed:
        return answer | {"found_elsewhere": _found(query, Asked.of({"q": asked.text}), "").count}
    if reading := meant(query, synonyms):
        corrected = Asked.of({"q": reading.text, "sort": asked.sort})
        instead = _found(reading, corrected, "")
        return answer | {
            "meant": reading.text,
            "particle": object_particle(reading.text),
            "instead": instead,
            "instead_at": corrected.address(),
        }
    return answer


def _authors_by_name(at: datetime) -> QuerySet[Author, Any]:
    return public_authors(at).order_by("name").values_list("name", "slug")[:_MOST_AUTHORS]


_authors = CompiledQuery(_authors_by_name)


def _found(query: Query, asked: Asked, cursor: str) -> Results:
    if not query:
        return Results.none(query)
    try:
        return find(query, asked.filters, asked.sort, cursor)
    except BadCursorError as error:
        raise Http404("The cursor was not made here.") from error


def _next(asked: Asked, results: Results) -> str:
    cursor = results.page.next_cursor
    return asked.address(after=cursor) if cursor else ""


@public_page
def suggest(request: HttpRequest) -> HttpResponse:
    found = suggestions.suggestions(request.GET.get("q", ""))
    response = JsonResponse(
        {"suggestions": [item._asdict() for item in found]},
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = SUGGESTED
    response["X-Robots-Tag"] = "noindex"
    return response
