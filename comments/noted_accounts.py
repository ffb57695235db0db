"""Which pages show a badge beside the name of an account."""

from __future__ import annotations

from accounts.models import User
from articles.page_changes import ARTICLES, discussion_tag
from comments.models import Comment

# Whoever has written to more discussions than this is in as good as all of them.
_MOST = 100


def tags_of_account(account: User, is_new: bool) -> tuple[str, ...]:
    if is_new:
        return ()
    written = Comment.objects.filter(account=account).order_by("article").distinct()
    articles = list(written.values_list("article", flat=True)[: _MOST + 1])
    return (ARTICLES,) if len(articles) > _MOST else tuple(map(discussion_tag, articles))
