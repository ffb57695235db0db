"""The parts of an article's page, each made once for the same facts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.pages.page_heads import article_data
from articles.pages.parts import part
from articles.pages.related import Related
from articles.pages.shown_article import (
    ShownArticle,
    ShownCategory,
    ShownToc,
)
from articles.structured_data import as_script

# Of so many articles each process remembers what it has shown.
_REMEMBERED = 256
# Longer ones are rare, and would fill the memory that the short ones are kept in.
_LONGEST_TOC = 60
_TOC = "articles/_toc.html"


class ShownRelated(NamedTuple):
    category: ShownCategory | None
    related: tuple[Related, ...]


class ShownScripts(NamedTuple):
    article_pk: int


social_html = part("articles/_article_social.html", remembered=_REMEMBERED)
facts_html = part("articles/_article_facts.html", remembered=_REMEMBERED)
scripts_html = part("articles/_article_scripts.html", remembered=_REMEMBERED)
head_html = part("articles/_article_head.html", remembered=_REMEMBERED)
figure_html = part("articles/_lead_figure.html", remembered=_REMEMBERED)
summary_html = part("articles/_summary.html", remembered=_REMEMBERED)
foot_html = part("articles/_article_foot.html", remembered=_REMEMBERED)
related_html = part("articles/_related.html", remembered=_REMEMBERED)
_toc_html = part(_TOC, remembered=_REMEMBERED)


def toc_html(shown: ShownToc) -> SafeString:
    if len(shown.entries) > _LONGEST_TOC:
        return render_to_string(_TOC, {"shown": shown})
    return _toc_html(shown)


@lru_cache(_REMEMBERED)
def data_html(shown: ShownArticle, comment_count: int) -> SafeString:
    """Return what search engines read of an article."""
    return joined(map(as_script, article_data(shown, comment_count)))


def joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("\n".join(parts))
