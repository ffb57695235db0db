"""What moderators ask of the desk: which comments to see, and what to do with which of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from articles.models import Article
from articles.paging import MAX_NUMBER, microseconds_of, moment_of
from articles.text import normalised
from comments.admin.queues import Queue
from comments.decisions import MAX_DECIDED, version_of
from comments.models import Comment, CommentQuerySet, Status

# For words that may stand in any of millions of comments.
LOOKED_THROUGH = 20_000


@dataclass(frozen=True, slots=True)
class Decision:
    """A button of the desk. Without a status it does something else than deciding one."""

    name: str
    label: str
    done: str
    status: Status | None = None
    # The key that presses it, by its place on the keyboard and as it is printed there.
    key: str = ""

    @property
    def letter(self) -> str:
        return self.key.removeprefix("Key").lower()


DECISIONS = {
    decision.name: decision
    for decision in (
        Decision("approve", "공개", "공개했습니다", Status.VISIBLE, "KeyA"),
        Decision("clear", "신고 해제", "신고를 해제하고 그대로 두었습니다", None, "KeyA"),
        Decision("hide", "가림", "가렸습니다", Status.HIDDEN, "KeyH"),
        Decision("spam", "스팸", "스팸으로 옮겼습니다", Status.SPAM, "KeyS"),
        Decision("trash", "삭제", "휴지통으로 옮겼습니다", Status.TRASHED, "KeyD"),
        Decision("hold", "대기로", "대기로 옮겼습니다", Status.HELD),
        Decision("recommend", "추천", "추천했습니다"),
        Decision("unrecommend", "추천 취소", "추천을 거두었습니다"),
    )
}


class NarrowingForm(forms.Form):
    """What narrows a queue down. What is not valid narrows nothing."""

    q = forms.CharField(max_length=100, required=False)
    article = forms.IntegerField(min_value=1, max_value=MAX_NUMBER, required=False)
    # A comment whose writer's other comments are asked for.
    writer_of = forms.IntegerField(min_value=1, max_value=MAX_NUMBER, required=False)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The words, the article and the writer that a queue is narrowed down to."""

    words: str
    article: Article | None
    example: Comment | None

    @classmethod
    def of(cls, query: QueryDict) -> Narrowing:
        form = NarrowingForm(query)
        form.is_valid()
        asked = form.cleaned_data
        articles = Article.objects.without_text()
        article, example = asked.get("article"), asked.get("writer_of")
        return cls(
            words=normalised(asked.get("q", "")),
            article=articles.filter(pk=article).first() if article else None,
            example=Comment.objects.filter(pk=example).first() if example else None,
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.article or self.example)

    @property
    def query(self) -> dict[str, str]:
        """Return what asks for the same again."""
        asked = {
            "q": self.words,
            "article": self.article.pk if self.article else "",
            "writer_of": self.example.pk if self.example else "",
        }
        return {name: str(value) for name, value in asked.items() if value}

    def without(self, name: str) -> str:
        """Return the address's query without one of the conditions."""
        return urlencode({key: value for key, value in self.query.items() if key != name})

    @property
    def same(self) -> str:
        return urlencode(self.query)

    @property
    def without_article(self) -> str:
        return self.without("article")

    @property
    def without_writer(self) -> str:
        return self.without("writer_of")

    @property
    def looks_through(self) -> int:
        """How many comments of a queue are looked through for the words; 0 for all that are left.

        No index knows the words of comments.
        """
        return LOOKED_THROUGH if self.words and not (self.article or self.example) else 0

    def applied(self, queue: Queue) -> CommentQuerySet:
        comments = queue.beginning(self.looks_through) if self.looks_through else queue.comments
        if self.words:
            comments = comments.filter(
                Q(name__icontains=self.words) | Q(body__icontains=self.words)
            )
        if self.article is not None:
            comments = comments.filter(article=self.article)
        if self.example is not None:
            comments = comments.written_by(self.example.author_key)
        return comments


class OrderForm(forms.Form):
    """What comes with every decision."""

    reason = forms.CharField(max_length=500, required=False)
    as_of = forms.IntegerField(min_value=0, max_value=MAX_NUMBER, required=False)


@dataclass(frozen=True, slots=True)
class Order:
    """A decision about comments as they stood on the moderator's screen, by their versions."""

    decision: Decision
    seen: Mapping[int, str]
    reason: str
    is_single: bool


class BadOrderError(ValueError):
    """What was sent is no decision; the message says what is missing."""


def order_in(request: HttpRequest, queue: Queue) -> Order:
    """Return what the moderator has decided about which comments, or raise BadOrderError."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise BadOrderError("이유는 500자까지 적을 수 있습니다.")
    name, _, single = request.POST.get("one", "").partition(":")
    decision = DECISIONS.get(name or request.POST.get("many", ""))
    if decision is None:
        raise BadOrderError("무엇을 할지 알 수 없습니다. 단추를 다시 눌러 주세요.")
    if name:
        seen = _seen_in(request, [single])
    elif request.POST.get("everything"):
        seen = _everything(request, queue, form.cleaned_data["as_of"] or 0)
    else:
        seen = _seen_in(request, request.POST.getlist("chosen"))
    if not seen:
        raise BadOrderError("먼저 댓글을 골라 주세요.")
    return Order(decision, seen, form.cleaned_data["reason"], is_single=bool(name))


def _seen_in(request: HttpRequest, chosen: list[str]) -> dict[int, str]:
    """Return the versions of the chosen comments, as the page carried them."""
    versions = dict(item.partition(":")[::2] for item in request.POST.getlist("seen"))
    return {
        int(pk): versions[pk]
        for pk in chosen
        # No database holds a longer number.
        if pk in versions and pk.isascii() and pk.isdigit() and len(pk) < 19
    }


def _everything(request: HttpRequest, queue: Queue, as_of: int) -> dict[int, str]:
    """Return what is in the queue and was when the page was shown, as far as one decision goes."""
    moment = min(moment_of(min(as_of, microseconds_of(timezone.now()))), timezone.now())
    comments = Narrowing.of(request.POST).applied(queue)
    comments = comments.filter(created_at__lte=moment, status_changed_at__lte=moment)
    needed = comments.only("status", "status_changed_at", "edited_at")
    found = needed.order_by(queue.order, "pk")[:MAX_DECIDED]
    return {comment.pk: version_of(comment) for comment in found}


def way_back(request: HttpRequest, **more: Any) -> str:
    """Return the page of the desk that a form was sent from, with some words added."""
    back = request.POST.get("back", "")
    desk = reverse("admin:index")
    is_ours = back.startswith(desk) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    if not is_ours:
        back = reverse("admin:comments_comment_changelist")
    path, _, query = back.partition("?")
    kept = QueryDict(query, mutable=True)
    kept.pop("batch", None)
    for name, value in more.items():
        kept[name] = value
    return f"{path}?{kept.urlencode()}" if kept else path
