"""Adapters between templates and discussions."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

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


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Show a moment in Korea, 2026년 9월 14일 오후 3:05, with the exact time for machines."""
    local = timezone.localtime(at)
    shown = date_format(local, "Y년 n월 j일 A g:i")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)
