"""Reading a discussion: threads in a chosen order, a page at a time, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, CommentPolicy
from articles.paging import Page, encode_cursor, page_of
from articles.queries.compiled import CompiledQuery
from comments import discussion_queries as queries
from comments.access import Access, access_to
from comments.discussion_queries import REPLIES_PER_PAGE, ROOTS_PER_PAGE
from comments.models import Comment, CommentQuerySet, Policy, RemovedBy
from comments.models.policy import with_choices
from comments.orders import NEWEST, OLDEST, Order, order_named
from comments.perspective import ANYBODY, Perspective
from comments.readers import Reader
from comments.shown_comment import REPLIES_PER_ROOT, ShownComment


class Entry(NamedTuple):
    """A comment in its place on a page, as one reader sees it."""

    comment: ShownComment
    # Why it is folded, "" when it is not.
    fold: str = ""
    my_vote: int = 0
    is_mine: bool = False

    @property
    def may_be_changed(self) -> bool:
        """Whether this reader may be its author; guests prove it with a password."""
        return self.is_mine or self.comment.is_guest


class Thread(NamedTuple):
    root: Entry
    replies: tuple[Entry, ...]
    remaining: int
    is_pinned: bool = False


@dataclass(frozen=True)
class Discussion:
    """One page of a discussion, with all that its templates ask for."""

    article: Article
    threads: list[Thread]
    # The comment that opens the one thread shown, on a page of its replies.
    only_thread: ShownComment | None
    order: Order
    next_cursor: str
    is_first: bool

    @cached_property
    def comments(self) -> list[ShownComment]:
        entries = (entry for thread in self.threads for entry in (thread.root, *thread.replies))
        return [entry.comment for entry in entries]

    @cached_property
    def comment_ids(self) -> frozenset[int]:
        return frozenset(comment.pk for comment in self.comments)

    def seen_by(self, perspective: Perspective) -> Discussion:
        """Return the page as this reader sees it."""

        def seen(entry: Entry) -> Entry:
            return Entry(
                entry.comment,
                perspective.fold_of(entry.comment),
                perspective.votes.get(entry.comment.pk, 0),
                perspective.owns(entry.comment),
            )

        threads = [
            thread._replace(root=seen(thread.root), replies=tuple(map(seen, thread.replies)))
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
    pinned: list[ShownComment] = []
    if cursor:
        found = queries.roots_after(article.pk, order, cursor)
    elif policy.has_recommended:
        pinned, found = queries.pinned_and_first_roots(article.pk, order)
    else:
        found = queries.first_roots(article.pk, order)
    page = _page(found, ROOTS_PER_PAGE, order, cursor)
    roots = [*pinned, *page.items]
    replies: dict[int, list[ShownComment]] = defaultdict(list)
    for reply in queries.first_replies(article.pk, roots):
        replies[reply.thread_id].append(reply)
    threads = [_thread(root, replies[root.pk]) for root in roots]
    return Discussion(article, threads, None, order, page.next_cursor, page.is_first)


def page_of_replies(article: Article, root: ShownComment, cursor: str) -> Discussion:
    """Return a page of one thread's replies, in the order written; raise BadCursorError."""
    page = _page(queries.replies(article.pk, root.pk, cursor), REPLIES_PER_PAGE, OLDEST, cursor)
    thread = _thread(root, page.items)._replace(remaining=0, is_pinned=False)
    return Discussion(article, [thread], root, OLDEST, page.next_cursor, page.is_first)


def root_of(article: Article, pk: int) -> ShownComment | None:
    """Return the comment that opens a thread of the article, if pages show it."""
    return queries.root(article.pk, pk)


def address_of(comment: Comment, policy: Policy, *, is_new: bool = False) -> str:
    """Return where readers find a visible comment: the page it is on, and its place there.

    One that is new is the first of the newest, and nothing has to be asked for that.
    """
    query: dict[str, str] = {}
    if comment.root is not None:
        replies = queries.replies_to(comment.root.pk)
        if OLDEST.before(replies, comment).count() >= REPLIES_PER_ROOT:
            query["thread"] = str(comment.root.pk)
            query["after"] = _cursor_to(replies, OLDEST, comment, REPLIES_PER_PAGE)
    opener = comment.root or comment
    if "thread" not in query and not opener.is_recommended:
        order = order_named("", policy.sort)
        is_first = is_new and opener is comment and order is NEWEST
        value = getattr(opener, order.field)
        if not is_first and not queries.are_on_first_page(
            opener.article_id, order, value, opener.pk
        ):
            roots = queries.unpinned_of(comment.article_id)
            query["after"] = _cursor_to(roots, order, opener, ROOTS_PER_PAGE)
    path = reverse("comments:discussion", args=[comment.article.slug])
    filled = urlencode({name: value for name, value in query.items() if value})
    return f"{path}{'?' if filled else ''}{filled}#{comment.anchor}"


def entry_of(comment: Comment, reader: Reader) -> Entry:
    """Return one stored comment in the eyes of whoever has just written it."""
    return Entry(queries.comment(comment.pk), is_mine=reader.wrote(comment))


def removal_totals(article: Article) -> list[tuple[str, int]]:
    """Return how many comments were taken from the readers, by whom; nobody who took none."""
    by_whom = dict(queries.removal_counts(article.pk))
    return [(str(who.label), by_whom[who]) for who in RemovedBy if who in by_whom]


def count_after(article: Article, pk: int) -> int:
    """Count the visible comments that are newer than the one with that number."""
    return Comment.objects.visible().filter(article=article, pk__gt=pk).count()


def _cursor_to(comments: CommentQuerySet, order: Order, comment: Comment, size: int) -> str:
    """Return the cursor of the page that the comment is on, "" for the first."""
    before = order.before(comments, comment)
    start = before.count() // size * size
    if start == 0:
        return ""
    return encode_cursor(order.position_of(order.sorted(before)[start - 1]))


def _page(found: list[ShownComment], size: int, order: Order, cursor: str) -> Page[ShownComment]:
    return page_of(found, size, order.position_of, is_first=not cursor)


def _thread(root: ShownComment, replies: list[ShownComment]) -> Thread:
    """Put a thread together; tombstones among the replies are not counted as more to read."""
    readable = sum(reply.is_visible for reply in replies)
    return Thread(
        Entry(root),
        tuple(Entry(reply) for reply in replies),
        remaining=root.reply_count - readable,
        is_pinned=root.is_recommended,
    )
