"""Adapters between templates and discussions."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Article
from articles.page_facts import changes_at, renew_within, shows_discussion
from comments.access import Access, closed_notice, closing_time
from comments.discussions import Discussion, access_now, first_page
from comments.models import Policy
from comments.shown_thread import threads_html
from comments.takedowns.expiry import up_to_date

register = template.Library()

# How long readers may wait to see the votes of others.
VOTES_SECONDS = 60


@register.inclusion_tag("comments/_section.html")
def comment_section(article: Article) -> dict[str, Any]:
    """Show the beginning of an article's discussion: the same for everybody, without a form."""
    policy = Policy.of(article)
    access = access_now(article, policy)
    is_hidden = access == Access.HIDDEN
    discussion = None if is_hidden else up_to_date(lambda: first_page(article, policy))
    shows_discussion(article.pk)
    changes_at(closing_time(article.published_at, policy.close_after_days, timezone.now()))
    if discussion:
        _say_what_changes(discussion)
    return {
        "article": article,
        "is_open": access == Access.OPEN,
        "may_react": access != Access.PAUSED,
        "closed_notice": closed_notice(access),
        "discussion": discussion,
    }


@register.simple_tag
def threads(
    discussion: Discussion, is_open: bool, may_react: bool, form_id: str = ""
) -> SafeString:
    """Show the threads of a page of a discussion."""
    return threads_html(discussion, is_open=is_open, may_react=may_react, form_id=form_id)


def _say_what_changes(discussion: Discussion) -> None:
    """Votes are not noted one by one, and a blind ends by itself."""
    if discussion.comments:
        renew_within(VOTES_SECONDS)
    for comment in discussion.comments:
        changes_at(comment.blinded_until)
