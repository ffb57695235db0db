"""Adapters between templates and discussions."""

from typing import Any

from django import template

from articles.models import Article
from comments.discussions import access_now, first_page
from comments.moderation import Access

register = template.Library()


@register.inclusion_tag("comments/_section.html")
def comment_section(article: Article) -> dict[str, Any]:
    """Show the beginning of an article's discussion: the same for everybody, without a form."""
    access = access_now(article)
    return {
        "article": article,
        "is_open": access == Access.OPEN,
        "discussion": None if access == Access.HIDDEN else first_page(article),
    }
