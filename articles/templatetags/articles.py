"""Adapters between templates and what they show."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.structured_data import as_script_text

register = template.Library()


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """Show a moment as its day in Korea, 2026년 9월 14일, with the exact time for machines."""
    local = timezone.localtime(moment)
    shown = date_format(local, "Y년 n월 j일")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.filter
def host(address: str) -> str:
    """Return the host of an address, as a short name for another site."""
    return urlsplit(address).hostname or address


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Write data for search engines; a data block runs nothing, so the CSP lets it stand."""
    return mark_safe(f'<script type="application/ld+json">{as_script_text(data)}</script>')
