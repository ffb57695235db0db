"""The filters and tags of the search's pages."""

from django import template
from django.utils.safestring import SafeString

from articles.models import Author
from articles.search import shown

register = template.Library()

register.filter("pieces", shown.pieces_html)
register.filter("kicker", shown.kicker_html)
register.filter("meta", shown.meta_html)


@register.simple_tag
def author_choices(authors: tuple[tuple[str, str], ...], chosen: Author | None) -> SafeString:
    return shown.choices_html(shown.ShownChoices(authors, chosen.slug if chosen else ""))
