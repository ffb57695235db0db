"""Who else has an article open, and whether it was saved since this page began with it."""

from __future__ import annotations

from typing import Any

from articles.admin.opening import begun_with
from articles.admin.wording import short_moment
from articles.editing import Actor
from articles.models import Article, Presence, Revision, RevisionKind


def notices(article: Article, user: Any, base: str) -> list[str]:
    """Say in sentences what somebody who writes in the article should know of the others."""
    present = Presence.objects.at_article(article).exclude(user=user.pk).order_by("user_id")
    names = [Actor.of(presence.user).name for presence in present]
    told = [f"{', '.join(f'{name} 님' for name in names)}이 함께 열어 두었습니다."] if names else []
    return told + ([moved] if (moved := _moved(article, user, base)) else [])


def newest_save(article: Article) -> Revision | None:
    """Return the version that stands there now; None where it was not saved at the desk.

    `article` is as `articles.admin.opening.opened` returns it, or as it is stored.
    """
    head = begun_with(article)
    newest = article.revisions.without_content().newest_first().first()
    if newest is None or newest.kind == RevisionKind.BASELINE or newest.digest != head.digest:
        return None
    return newest


def _moved(article: Article, user: Any, base: str) -> str:
    head = begun_with(article)
    if not base or base == head.digest:
        return ""
    newest = newest_save(article)
    outcome = "저장하면 두 글을 견주어 보게 됩니다."
    if newest is None:
        return f"그사이 이 글이 바뀌었습니다. {outcome}"
    when = short_moment(newest.saved_at)
    if newest.author_id == user.pk:
        return f"다른 창에서 {when}에 이 글을 저장하셨습니다. {outcome}"
    return f"{newest.author_name} 님이 {when}에 이 글을 저장했습니다. {outcome}"
