"""The tags of what stands around every page."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from articles.models import Category
from articles.pages import shell

register = template.Library()


@register.simple_tag(takes_context=True)
def head_links(context: Context) -> SafeString:
    """Name the site's icons and feeds in the head of the page."""
    return shell.head_links_html(shell.ShownSite(str(context["site_name"])))


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    return shell.masthead_html(_masthead(context))


@register.simple_tag(takes_context=True)
def section_links(context: Context) -> SafeString:
    return shell.sections_html(_masthead(context))


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    return shell.footer_html(shell.ShownSite(str(context["site_name"])))


def _masthead(context: Context) -> shell.ShownMasthead:
    category = context.get("category")
    return shell.shown_masthead(
        str(context["site_name"]),
        context["sections"],
        category if isinstance(category, Category) else None,
    )
