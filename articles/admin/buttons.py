"""The buttons under an article's form that save it and then take a step with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles import review
from articles.admin import refusals
from articles.editing import Actor
from articles.models import Article, Deed
from articles.responses import SeeOther
from articles.text import whole_number

# What is said along with a step, in the same form.
NOTE = "review_note"
MAX_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Button:
    """`name` is what its form field is called, `said` what the editor reads when it is done."""

    name: str
    label: str
    deed: Deed
    icon: str
    said: str = ""


BUTTONS = (
    Button("_submit", "검토 요청", Deed.SUBMIT, "rate_review", "검토를 요청했습니다."),
    Button("_recall", "요청 거두기", Deed.RECALL, "undo", "요청을 거두어 다시 초고입니다."),
    Button("_return", "돌려보내기", Deed.RETURN, "reply", "필자에게 돌려보냈습니다."),
    Button(
        "_approve", "승인", Deed.APPROVE, "check_circle", "승인했습니다. 이제 발행할 수 있습니다."
    ),
    Button("_revive", "초고로 되돌리기", Deed.REVIVE, "undo", "초고로 되돌렸습니다."),
    Button("_publish", "발행…", Deed.PUBLISH, "publish"),
)


def offered(user: Any, article: Article | None) -> list[Button]:
    """Return the buttons that fit the article (None: a new one) and whoever sits before it."""
    article = article or Article()
    fitting = [button for button in BUTTONS if review.fits(article, button.deed)]
    return [button for button in fitting if _is_for(user, article, button.deed)]


def _is_for(user: Any, article: Article, deed: Deed) -> bool:
    if not review.may_take(user, deed):
        return False
    # Editors send back what others have asked to be read; their own they take back.
    is_own = article.owner_id == user.pk
    return deed != Deed.RECALL or is_own or not review.may_take(user, Deed.RETURN)


def pressed(posted: Mapping[str, Any]) -> Button | None:
    return next((button for button in BUTTONS if button.name in posted), None)


def misfits(posted: Mapping[str, Any], article: Article) -> bool:
    """Whether the pressed button does not fit the state that the article is in by now."""
    button = pressed(posted)
    return button is not None and not review.fits(article, button.deed)


def fault(posted: Mapping[str, Any], article: Article) -> str:
    """Say in Korean why the pressed button cannot do what it says, or "" if it can."""
    button, note = pressed(posted), posted.get(NOTE, "")
    if button is None or button.deed == Deed.PUBLISH:
        return ""
    if len(note) > MAX_NOTE or "\x00" in note:
        return f"남기는 말은 {MAX_NOTE}자까지 쓸 수 있습니다."
    try:
        review.check(article, button.deed, note)
    except review.MisfitError as error:
        return f"{error} 아직 저장하지 않았습니다."
    except review.NoteMissingError:
        return "돌려보내는 까닭을 ‘남기는 말’에 적어 주세요. 필자가 읽습니다."
    return ""


def answer(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Take the step of the pressed button with the article that was just saved."""
    button = pressed(request.POST)
    if button is None:
        return None
    if button.deed == Deed.PUBLISH:
        return SeeOther(reverse("admin:articles_article_publish", args=[article.pk]))
    actor = Actor.of(request.user)
    review.take(article, button.deed, actor, request.POST.get(NOTE, ""))
    messages.success(request, f"{button.said} ({article.title})")
    return SeeOther(reverse("admin:articles_article_change", args=[article.pk]))


def context_of(admin: Any, request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """Return what the form shows of the way between writer and editor."""
    button = pressed(request.POST)
    may_change = article is None or admin.has_change_permission(request, article)
    may_withdraw = article is not None and review.fits(article, Deed.WITHDRAW)
    return {
        "buttons": offered(request.user, article) if may_change else [],
        "note": request.POST.get(NOTE, ""),
        "note_is_missing": button is not None and review.STEPS[button.deed].needs_note,
        "may_withdraw": may_withdraw and admin.has_publish_permission(request),
        "may_mail": article is not None and admin.has_publish_permission(request),
        "may_share": article is not None and may_change,
        "last_word": review.last_words([article]).get(article.pk) if article else None,
    }


def refuse_crafted(admin: Any, request: HttpRequest, object_id: str | None) -> None:
    """Refuse a form that no page of ours has offered to this person, and note the attempt."""
    article = _article_at(object_id)
    if article is not None and not admin.has_change_permission(request, article):
        # The form refuses it by itself, and gives back the text to whom it was taken from.
        refusals.note(request, [article], "고칠 수 없는 글을 저장하려고 했습니다.")
    named = [article or Article(pk=0, title="새 글")]
    if smuggled := refusals.smuggled(request.POST, admin.form.base_fields):
        refusals.refuse(request, named, "화면에 없는 칸을 보냈습니다.", fields=smuggled)
    button = pressed(request.POST)
    if button is not None and not review.may_take(request.user, button.deed):
        refusals.refuse(request, named, "권한이 없는 단추입니다.", tried=button.deed.value)


def _article_at(object_id: str | None) -> Article | None:
    pk = whole_number(object_id or "")
    return Article.objects.filter(pk=pk).first() if pk is not None else None
