"""The tags of the front page."""

from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Banner
from articles.pages import shown_front
from articles.pages.front_page import Block
from articles.pages.page_heads import FrontHead
from articles.pages.shell import shown_masthead
from articles.pages.stories import Story

register = template.Library()


@register.simple_tag
def front_head(head: FrontHead) -> SafeString:
    """Tell machines in the head of the page what site this is."""
    return shown_front.front_head_html(head)


@register.simple_tag(takes_context=True)
def front_masthead(context: Context) -> SafeString:
    """Name the site, the day in Korea, which no cache keeps past midnight, and the weather."""
    masthead = shown_masthead(str(context["site_name"]), context["sections"], None)
    return shown_front.front_masthead_html(
        shown_front.ShownFrontMasthead(
            masthead.site_name,
            context["site_settings"].tagline,
            masthead.sections,
            timezone.localdate(),
            context.get("weather"),
        )
    )


@register.simple_tag
def front_top(lead: Story, secondary: tuple[Story, ...], hot: tuple[Story, ...]) -> SafeString:
    return shown_front.top_html(shown_front.ShownTop(lead, secondary, hot))


@register.simple_tag
def front_block(block: Block[Story]) -> SafeString:
    return shown_front.block_html(block)


@register.simple_tag
def banners(running: Iterable[Banner]) -> SafeString:
    """Show the banners of one slot; nothing where none runs."""
    return shown_front.banners_html(running)
