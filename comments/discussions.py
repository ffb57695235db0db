"""Reading a discussion: threads in a chosen order, a page at a time, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleAuthor, ArticleQuerySet, CommentPolicy
from articles.paging import Page, encode_cursor, page_of
from comments.models import Comment, CommentQuerySet
from comments.moderation import Access, access_to
from comments.orders import DEFAULT_ORDER, OLDEST, Order

ROOTS_PER_PAGE = 20
REPLIES_PER_ROOT = 3
REPLIES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Thread:
    root: Comment
    replies: list[Comment]
    remaining: int


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of a discussion, with all that its templates ask for."""

    article: Article
    threads: list[Thread]
    # The comment that opens the one thread shown, on a page of its replies.
    only_thread: Comment | None
    order: Order
    next_cursor: str
    is_first: bool
    byline_accounts: frozenset[int]
    comment_ids: frozenset[int]


def discussed_articles() -> ArticleQuerySet:
    """Return the articles whose discussion readers may see, without their text."""
    return Article.objects.published().exclude(comment_policy=CommentPolicy.HIDDEN).without_text()


def access_now(article: Article) -> Access:
    return access_to(
        article.comment_policy,
        published_at=article.published_at,
        close_after_days=settings.COMMENT_CLOSE_AFTER_DAYS,
        at=timezone.now(),
    )


def first_page(article: Article) -> Discussion:
    return page_of_roots(article, DEFAULT_ORDER, "")


def page_of_roots(article: Article, order: Order, cursor: str) -> Discussion:
    """Return a page of threads, each with its first replies; raise BadCursorError."""
    page = _page(_roots_of(article), order, cursor, ROOTS_PER_PAGE)
    replies = _first_replies([root.pk for root in page.items])
    threads = [_thread(root, replies[root.pk]) for root in page.items]
    return _discussion(article, threads, order, page)


def page_of_replies(article: Article, root: Comment, cursor: str) -> Discussion:
    """Return a page of one thread's replies, in the order written; raise BadCursorError."""
    page = _page(_replies_to(root), OLDEST, cursor, REPLIES_PER_PAGE)
    thread = Thread(root, page.items, remaining=0)
    return _discussion(article, [thread], OLDEST, page, only_thread=root)


def root_of(article: Article, pk: int) -> Comment | None:
    """Return the comment that opens a thread of the article, if pages show it."""
    return _roots_of(article).for_page().filter(pk=pk).first()


def address_of(comment: Comment) -> str:
    """Return where readers find a visible comment: the page it is on, and its place there."""
    query: dict[str, str] = {}
    if comment.root is not None:
        replies = _replies_to(comment.root)
        if OLDEST.before(replies, comment).count() >= REPLIES_PER_ROOT:
            query["thread"] = str(comment.root.pk)
            query["after"] = _cursor_to(replies, OLDEST, comment, REPLIES_PER_PAGE)
    if "thread" not in query:
        roots = _roots_of(comment.article)
        opener = comment.root or comment
        query["after"] = _cursor_to(roots, DEFAULT_ORDER, opener, ROOTS_PER_PAGE)
    path = reverse("comments:discussion", args=[comment.article.slug])
    filled = urlencode({name: value for name, value in query.items() if value})
    return f"{path}{'?' if filled else ''}{filled}#{comment.anchor}"


def _cursor_to(comments: CommentQuerySet, order: Order, comment: Comment, size: int) -> str:
    """Return the cursor of the page that the comment is on, "" for the first."""
    before = order.before(comments, comment)
    start = before.count() // size * size
    if start == 0:
        return ""
    return encode_cursor(order.position_of(order.sorted(before)[start - 1]))


def _roots_of(article: Article) -> CommentQuerySet:
    return Comment.objects.roots().shown().filter(article=article)


def _replies_to(root: Comment) -> CommentQuerySet:
    return Comment.objects.replies().shown().filter(root=root)


def _page(comments: CommentQuerySet, order: Order, cursor: str, size: int) -> Page[Comment]:
    if cursor:
        comments = order.after(comments, cursor)
    found = list(order.sorted(comments).for_page()[: size + 1])
    return page_of(found, size, order.position_of, is_first=not cursor)


def _first_replies(root_ids: list[int]) -> dict[int, list[Comment]]:
    """Return the first replies of each root, all of them by one query."""
    place = Window(
        RowNumber(), partition_by=F("root"), order_by=[F("created_at").asc(), F("pk").asc()]
    )
    replies = Comment.objects.replies().shown().filter(root__in=root_ids).for_page()
    first = replies.annotate(place=place).filter(place__lte=REPLIES_PER_ROOT)
    by_root: dict[int, list[Comment]] = defaultdict(list)
    for reply in OLDEST.sorted(first) if root_ids else ():
        by_root[reply.thread_id].append(reply)
    return by_root


def _thread(root: Comment, replies: list[Comment]) -> Thread:
    """Put a thread together; tombstones among the replies are not counted as more to read."""
    readable = sum(reply.is_visible for reply in replies)
    return Thread(root, replies, remaining=root.reply_count - readable)


def _discussion(
    article: Article,
    threads: list[Thread],
    order: Order,
    page: Page[Comment],
    only_thread: Comment | None = None,
) -> Discussion:
    bylines = ArticleAuthor.objects.filter(article=article, author__user__isnull=False)
    shown = {thread.root.pk for thread in threads}
    shown |= {reply.pk for thread in threads for reply in thread.replies}
    return Discussion(
        article=article,
        threads=threads,
        only_thread=only_thread,
        order=order,
        next_cursor=page.next_cursor,
        is_first=page.is_first,
        byline_accounts=frozenset(bylines.values_list("author__user_id", flat=True)),
        comment_ids=frozenset(shown),
    )
