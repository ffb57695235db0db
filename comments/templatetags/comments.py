"""Adapters between templates and discussions."""

from typing import Any

from django import template

from articles.models import Article
from comments.access import Access, closed_notice
from comments.discussions import access_now, first_page
from comments.models import Policy
from comments.takedowns.expiry import up_to_date

register = template.Library()


@register.inclusion_tag("comments/_section.html")
def comment_section(article: Article) -> dict[str, Any]:
    """Show the beginning of an article's discussion: the same for everybody, without a form."""
    policy = Policy.of(article)
    access = access_now(article, policy)
    is_hidden = access == Access.HIDDEN
    return {
        "article": article,
        "is_open": access == Access.OPEN,
        "may_react": access != Access.PAUSED,
        "closed_notice": closed_notice(access),
        "discussion": None if is_hidden else up_to_date(lambda: first_page(article, policy)),
    }
