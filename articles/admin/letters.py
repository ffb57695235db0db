"""A letter at the desk, of an article or of a week: how it looks, and what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.admin.wording import short_moment
from articles.models import Article, Mailing, MailingState
from articles.newsletter import letters, mailings
from articles.newsletter.mailings import MailingError

NOTHING_TO_SHOW = "이 편지에 실릴 글이 아직 없습니다."


class Button(NamedTuple):
    value: str
    label: str
    is_primary: bool = False


def look(mailing: Mailing, stories: Sequence[Article], request: HttpRequest) -> dict[str, Any]:
    """Return what a page shows of the letter as it would leave now."""
    email = request.user.email  # type: ignore[union-attr]
    context = {
        "mailing": mailing,
        "standing": standing(mailing),
        "buttons": buttons(mailing, has_stories=bool(stories)),
        "audience": audience(mailing, stories),
        "own_address": email,
        "nothing": NOTHING_TO_SHOW,
    }
    if stories:
        message = letters.write(mailing, stories, letters.specimen(email))
        context |= {"subject": message.subject, "text": message.body}
    return context


def page_of_letter(mailing: Mailing, stories: Sequence[Article]) -> HttpResponse:
    """Return the letter as a mail program shows it."""
    if not stories:
        return HttpResponse(NOTHING_TO_SHOW, status=404, content_type="text/plain; charset=utf-8")
    message = letters.write(mailing, stories, letters.specimen("reader@example.com"))
    return HttpResponse(str(message.alternatives[0][0]))


def audience(mailing: Mailing, stories: Sequence[Article]) -> int:
    """Return how many get it, if it leaves now."""
    if not stories:
        return 0
    wishes = mailings.subscriptions_to(mailing, stories)
    return wishes.values("subscriber").distinct().count()


def buttons(mailing: Mailing, *, has_stories: bool) -> list[Button]:
    """Return what can be done with the mailing in its state, stored or not."""
    state, now = mailing.state, timezone.now()
    is_over = mailing.week_end is None or mailing.week_end <= now
    found = [Button("test", "나에게 시험 삼아 보내기")] if has_stories else []
    if state in {MailingState.WAITING, MailingState.SKIPPED, MailingState.STOPPED}:
        is_public = is_over and has_stories and mailings.articles_of(mailing).exists()
        found += [Button("start", "지금 보내기", is_primary=True)] if is_public else []
    if state == MailingState.WAITING:
        found.append(Button("skip", "메일로 보내지 않기"))
    if state == MailingState.SENDING:
        found.append(Button("skip", "보내기 멈추기"))
    if state == MailingState.SKIPPED:
        found.append(Button("wait", "다시 보내기로 하기"))
    if state in {MailingState.WAITING, MailingState.SKIPPED}:
        # Each says what it makes of the letter, so that a second click changes nothing.
        found.append(
            Button("no_advertising", "광고 표시 거두기")
            if mailing.is_advertising
            else Button("advertising", "(광고)로 표시하기")
        )
    if mailing.failed_count and mailing.state != MailingState.STOPPED:
        found.append(Button("again", "보내지 못한 편지 다시 보내기"))
    return found


def standing(mailing: Mailing) -> str:
    """Say in a sentence what becomes of the mailing."""
    match mailing.state:
        case MailingState.WAITING:
            return f"{short_moment(mailing.due_at)}쯤 나갑니다."
        case MailingState.SENDING:
            return "보내고 있습니다."
        case MailingState.STOPPED:
            return "멈추었습니다. 글이 독자에게 보이지 않거나, 편집자가 멈추었습니다."
        case MailingState.SKIPPED:
            return "메일로 보내지 않습니다."
        case _:
            return f"{short_moment(mailing.finished_at)}에 다 보냈습니다."


def act(request: HttpRequest, mailing: Mailing, stories: Sequence[Article]) -> None:
    """Do what a button says with a stored mailing, and tell the editor of it."""
    deed = request.POST.get("do", "")
    try:
        done = _send_test(request, mailing, stories) if deed == "test" else _do(deed, mailing)
    except MailingError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)


def _do(deed: str, mailing: Mailing) -> str:
    match deed:
        case "start":
            mailings.start(mailing)
            return "보내기 시작합니다. 한 사람에게 한 통씩, 정해진 속도로 나갑니다."
        case "skip":
            mailings.skip(mailing)
            return "메일로 보내지 않습니다."
        case "wait":
            mailings.plan_again(mailing)
            return "때가 되면 메일로 나갑니다."
        case "advertising" | "no_advertising":
            mailings.mark_advertising(mailing, deed == "advertising")
            return "표시를 바꾸었습니다. 미리 보기에서 제목을 확인해 주세요."
        case "again":
            count = mailings.send_again(mailing)
            return f"보내지 못한 {count}통을 다시 보냅니다."
    raise MailingError("할 일을 알 수 없어 그대로 두었습니다.")


def _send_test(request: HttpRequest, mailing: Mailing, stories: Sequence[Article]) -> str:
    if not stories:
        raise MailingError(NOTHING_TO_SHOW)
    email = request.user.email  # type: ignore[union-attr]
    message = letters.write(mailing, stories, letters.specimen(email))
    try:
        message.send()
    # Every backend's library has errors of its own.
    except Exception as error:
        reason = f"메일 서버가 받지 않았습니다({type(error).__name__}). 서버 설정을 살펴봐 주세요."
        raise MailingError(reason) from error
    return f"{email} 주소로 보냈습니다."
