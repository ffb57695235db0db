"""Reading a discussion: threads in a chosen order, a page at a time, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from articles.compiled import CompiledQuery
from articles.models import Article, ArticleQuerySet, CommentPolicy
from articles.paging import Page, encode_cursor, page_of
from comments.access import Access, access_to
from comments.models import Comment, CommentQuerySet, Policy, RemovedBy
from comments.models.policy import with_choices
from comments.orders import NEWEST, OLDEST, ORDERS, Order, order_named
from comments.perspective import ANYBODY, Perspective
from comments.readers import Reader

ROOTS_PER_PAGE = 20
REPLIES_PER_ROOT = 3
REPLIES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment in its place on a page, as one reader sees it."""

    comment: Comment
    badge: str = ""
    # Why it is folded, "" when it is not.
    fold: str = ""
    my_vote: int = 0
    is_mine: bool = False

    @property
    def may_be_changed(self) -> bool:
        """Whether this reader may be its author; guests prove it with a password."""
        return self.is_mine or self.comment.is_guest


@dataclass(frozen=True, slots=True)
class Thread:
    root: Entry
    replies: list[Entry]
    remaining: int
    is_pinned: bool = False


@dataclass(frozen=True)
class Discussion:
    """One page of a discussion, with all that its templates ask for."""

    article: Article
    threads: list[Thread]
    # The comment that opens the one thread shown, on a page of its replies.
    only_thread: Comment | None
    order: Order
    next_cursor: str
    is_first: bool

    @property
    def comments(self) -> list[Comment]:
        entries = (entry for thread in self.threads for entry in (thread.root, *thread.replies))
        return [entry.comment for entry in entries]

    @cached_property
    def comment_ids(self) -> frozenset[int]:
        return frozenset(comment.pk for comment in self.comments)

    def seen_by(self, perspective: Perspective) -> Discussion:
        """Return the page as this reader sees it."""

        def seen(entry: Entry) -> Entry:
            return replace(
                entry,
                fold=perspective.fold_of(entry.comment),
                my_vote=perspective.votes.get(entry.comment.pk, 0),
                is_mine=perspective.owns(entry.comment),
            )

        threads = [
            replace(thread, root=seen(thread.root), replies=[*map(seen, thread.replies)])
            for thread in self.threads
        ]
        return replace(self, threads=threads)


def discussed_articles(at: datetime | None = None) -> ArticleQuerySet:
    """Return the articles whose discussion readers may see, without their text."""
    return Article.objects.published(at).exclude(comment_policy=CommentPolicy.HIDDEN).without_text()


_with_slug = CompiledQuery(lambda slug, at: with_choices(discussed_articles(at).filter(slug=slug)))


def discussed_article(slug: str) -> Article:
    """Return one of these articles with the choices for its discussion, or raise Http404."""
    article: Article | None = _with_slug.first(slug, timezone.now())
    if article is None:
        raise Http404("There is no such discussion.")
    return article


def access_now(article: Article, policy: Policy) -> Access:
    return access_to(
        article.comment_policy,
        published_at=article.published_at,
        close_after_days=policy.close_after_days,
        at=timezone.now(),
        writing_enabled=policy.writing_enabled,
    )


def first_page(article: Article, policy: Policy) -> Discussion:
    """Return the beginning of the discussion as everybody sees it."""
    return page_of_roots(article, policy, order_named("", policy.sort), "").seen_by(ANYBODY)


def page_of_roots(article: Article, policy: Policy, order: Order, cursor: str) -> Discussion:
    """Return a page of threads, each with its first replies; raise BadCursorError.

    What editors recommend stands before the first page and nowhere else.
    """
    pinned: list[Comment] = []
    if policy.has_recommended and not cursor:
        pinned = list(_with_first_replies(_pinned_of(article)).for_page())
    page = _page(_with_first_replies(_unpinned_of(article)), order, cursor, ROOTS_PER_PAGE)
    roots = [*pinned, *page.items]
    replies = _first_replies(roots)
    badges = Badges.of(article)
    threads = [
        replace(_thread(root, replies[root.pk], badges), is_pinned=root.is_recommended)
        for root in roots
    ]
    return Discussion(article, threads, None, order, page.next_cursor, page.is_first)


def page_of_replies(article: Article, root: Comment, cursor: str) -> Discussion:
    """Return a page of one thread's replies, in the order written; raise BadCursorError."""
    page = _page(_replies_to(root), OLDEST, cursor, REPLIES_PER_PAGE)
    thread = replace(_thread(root, page.items, Badges.of(article)), remaining=0)
    return Discussion(article, [thread], root, OLDEST, page.next_cursor, page.is_first)


def root_of(article: Article, pk: int) -> Comment | None:
    """Return the comment that opens a thread of the article, if pages show it."""
    return _roots_of(article).for_page().filter(pk=pk).first()


def address_of(comment: Comment, policy: Policy, *, is_new: bool = False) -> str:
    """Return where readers find a visible comment: the page it is on, and its place there.

    One that is new is the first of the newest, and nothing has to be asked for that.
    """
    query: dict[str, str] = {}
    if comment.root is not None:
        replies = _replies_to(comment.root)
        if OLDEST.before(replies, comment).count() >= REPLIES_PER_ROOT:
            query["thread"] = str(comment.root.pk)
            query["after"] = _cursor_to(replies, OLDEST, comment, REPLIES_PER_PAGE)
    opener = comment.root or comment
    if "thread" not in query and not opener.is_recommended:
        order = order_named("", policy.sort)
        is_first = is_new and opener is comment and order is NEWEST
        if not is_first and not _is_on_first_page(opener, order):
            roots = _unpinned_of(comment.article)
            query["after"] = _cursor_to(roots, order, opener, ROOTS_PER_PAGE)
    path = reverse("comments:discussion", args=[comment.article.slug])
    filled = urlencode({name: value for name, value in query.items() if value})
    return f"{path}{'?' if filled else ''}{filled}#{comment.anchor}"


def entry_of(article: Article, comment: Comment, reader: Reader) -> Entry:
    """Return one comment in the eyes of whoever has just written it."""
    return Entry(comment, Badges.of(article).badge_of(comment), is_mine=reader.wrote(comment))


def removal_totals(article: Article) -> list[tuple[str, int]]:
    """Return how many comments were taken from the readers, by whom; nobody who took none."""
    counts = (
        Comment.objects.filter(article=article)
        .exclude(removed_by="")
        .order_by()
        .values_list("removed_by")
        .annotate(count=Count("pk"))
    )
    by_whom = dict(counts)
    return [(str(who.label), by_whom[who]) for who in RemovedBy if who in by_whom]


def count_after(article: Article, pk: int) -> int:
    """Count the visible comments that are newer than the one with that number."""
    return Comment.objects.visible().filter(article=article, pk__gt=pk).count()


class Badges:
    """Who speaks for the magazine under an article: its authors, and the staff."""

    def __init__(self, byline_accounts: Collection[int]) -> None:
        self._byline_accounts = frozenset(byline_accounts)

    @classmethod
    def of(cls, article: Article) -> Badges:
        # An article that was loaded for its page has its authors with it.
        accounts = (author.user_id for author in article.authors.all())
        return cls({account for account in accounts if account is not None})

    def badge_of(self, comment: Comment) -> str:
        if comment.account_id in self._byline_accounts:
            return "필자"
        return "편집자" if comment.account is not None and comment.account.is_staff else ""


def _cursor_to(comments: CommentQuerySet, order: Order, comment: Comment, size: int) -> str:
    """Return the cursor of the page that the comment is on, "" for the first."""
    before = order.before(comments, comment)
    start = before.count() // size * size
    if start == 0:
        return ""
    return encode_cursor(order.position_of(order.sorted(before)[start - 1]))


def _first_page_before(order: Order) -> CompiledQuery:
    """Return the question for the roots before a place, as many of them as fill a page."""

    def before(article_id: int, value: int | datetime, pk: int) -> QuerySet[Any, Any]:
        roots = Comment.objects.shown_roots().filter(article=article_id, recommended_at=None)
        return order.before_place(roots, value, pk).order_by().values_list("pk")[:ROOTS_PER_PAGE]

    return CompiledQuery(before)


_FIRST_PAGES = {order: _first_page_before(order) for order in ORDERS}


def _is_on_first_page(root: Comment, order: Order) -> bool:
    before = _FIRST_PAGES[order](root.article_id, getattr(root, order.field), root.pk)
    return len(before) < ROOTS_PER_PAGE


def _roots_of(article: Article) -> CommentQuerySet:
    return Comment.objects.shown_roots().filter(article=article)


def _unpinned_of(article: Article) -> CommentQuerySet:
    return _roots_of(article).filter(recommended_at__isnull=True)


def _pinned_of(article: Article) -> CommentQuerySet:
    pinned = Comment.objects.visible().shown_roots().filter(article=article)
    return pinned.filter(recommended_at__isnull=False).order_by("-recommended_at", "-pk")


def _replies_to(root: Comment) -> CommentQuerySet:
    return Comment.objects.shown_replies().filter(root=root)


def _page(comments: CommentQuerySet, order: Order, cursor: str, size: int) -> Page[Comment]:
    if cursor:
        comments = order.after(comments, cursor)
    found = list(order.sorted(comments).for_page()[: size + 1])
    return page_of(found, size, order.position_of, is_first=not cursor)


def _with_first_replies(roots: CommentQuerySet) -> CommentQuerySet:
    """Name with each root its first replies: a few steps in an index, however many it has."""
    replies = OLDEST.sorted(Comment.objects.shown_replies().filter(root=OuterRef("pk")))
    places = range(REPLIES_PER_ROOT)
    return roots.annotate(
        **{f"reply_{place}": Subquery(replies.values("pk")[place : place + 1]) for place in places}
    )


def _first_replies(roots: Iterable[Comment]) -> dict[int, list[Comment]]:
    """Return the replies that the roots name, all of them by one query."""
    places = range(REPLIES_PER_ROOT)
    named = [getattr(root, f"reply_{place}") for root in roots for place in places]
    replies = Comment.objects.filter(pk__in=[pk for pk in named if pk is not None]).for_page()
    by_root: dict[int, list[Comment]] = defaultdict(list)
    for reply in OLDEST.sorted(replies):
        by_root[reply.thread_id].append(reply)
    return by_root


def _thread(root: Comment, replies: list[Comment], badges: Badges) -> Thread:
    """Put a thread together; tombstones among the replies are not counted as more to read."""
    readable = sum(reply.is_visible for reply in replies)
    return Thread(
        Entry(root, badges.badge_of(root)),
        [Entry(reply, badges.badge_of(reply)) for reply in replies],
        remaining=root.reply_count - readable,
    )
