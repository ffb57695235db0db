"""How the desk writes times and lists of articles."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from articles.admin.state import State, state_of
from articles.models import Article, Status

NAMED = 5
STANDINGS = {
    State.DRAFT: "초고입니다. 독자에게 보이지 않습니다.",
    State.IN_REVIEW: "검토를 기다립니다. 독자에게 보이지 않습니다.",
    State.APPROVED: "승인된 글입니다. 발행하기 전에는 독자에게 보이지 않습니다.",
    State.SCHEDULED: "예약되었습니다. {published}에 공개됩니다.",
    State.PUBLIC: "{published}부터 독자에게 보입니다.",
    State.EXPIRED: "{expires}에 게재가 끝나 독자에게 보이지 않습니다.",
    State.WITHDRAWN: "내린 글입니다. 독자에게 보이지 않습니다.",
}


def moment(time: datetime | None) -> str:
    """Return Korean time as 2026.07.06 09:00, or "" for none."""
    return date_format(timezone.localtime(time), "Y.m.d H:i") if time else ""


def names_of(articles: Sequence[Article]) -> str:
    """Name the first few articles and count the rest."""
    named = ", ".join(article.title for article in articles[:NAMED])
    rest = len(articles) - NAMED
    return f"{named} 외 {rest}편" if rest > 0 else named


def standing(article: Article) -> str:
    """Say in a sentence whether readers see the article, and since or until when."""
    state = state_of(article) if article.pk else State.DRAFT
    published, expires = moment(article.published_at), moment(article.expires_at)
    said = STANDINGS[state].format(published=published, expires=expires)
    if article.pending_id is not None:
        said += " 고친 글이 따로 저장되어 발행을 기다립니다."
    return said


def new_address(article: Article, old_slug: str) -> str:
    """Say what becomes of the readers who come by the address that the article had."""
    if article.status == Status.PUBLISHED:
        return (
            f"주소를 바꾸었습니다. 발행하면 옛 주소 {old_slug}로 오는 독자는 새 주소로 옮겨집니다."
        )
    return f"주소를 바꾸었습니다. 옛 주소 {old_slug}로 오는 독자는 새 주소로 옮겨집니다."


def short_moment(time: datetime | None, now: datetime | None = None) -> str:
    """Return Korean time as 11월 25일 11:32, with the year unless it is this one; "" for none."""
    if time is None:
        return ""
    local = timezone.localtime(time)
    is_this_year = local.year == timezone.localtime(now).year
    return date_format(local, "n월 j일 H:i" if is_this_year else "Y년 n월 j일 H:i")
