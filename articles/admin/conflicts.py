"""Two editors saved the same article: the second is shown both texts, and nothing is lost."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from articles.admin.forms import CONFLICT
from articles.models import Article


def answered(article: Article, request: HttpRequest) -> QueryDict:
    """Return the posted form as it is shown again: on top of the new version, not to be saved."""
    posted = request.POST.copy()
    posted["base"] = article.head.digest  # type: ignore[attr-defined]
    posted[CONFLICT] = "1"
    return posted
