"""Reading: what a visitor sees of a discussion."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments.discussions import address_of
from comments.models import Comment, Policy, Status
from comments.transitions import erase
from tests.builders import FAR_FUTURE, make_article, make_author, make_draft, make_user
from tests.comments.builders import WRITTEN_AT, discussion_url, make_comment, make_comments

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def page(client, article, query="") -> str:
    response = client.get(discussion_url(article) + query)
    assert response.status_code == 200
    return response.content.decode()


def ids_on(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article id="comment-(\d+)"', html)]


def link_in(html: str, rel: str) -> str:
    """Return the query of the link of that relation."""
    match = re.search(rf'href="(\?[^"]*)"\s+rel="{rel}', html)
    assert match is not None
    return match[1].replace("&amp;", "&")


def test_readers_see_a_comment_and_the_count(client, article):
    comment = make_comment(article, "첫 문장.\n\n둘째 문단.")
    html = page(client, article)
    assert f'<article id="comment-{comment.pk}"' in html
    assert '<div class="comment-body"><p>첫 문장.</p>\n<p>둘째 문단.</p></div>' in html
    assert "<span data-comment-count>1</span>" in html
    assert "2025년 4월 1일 오후 12:00" in html


def test_an_empty_discussion_invites_the_first_comment(client, article):
    assert "첫 댓글을 남겨 주세요" in page(client, article)


def test_the_page_is_nobody_elses(client, article):
    assert client.get(discussion_url(article))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN])
def test_what_is_not_visible_is_nowhere_on_the_page(client, article, status):
    make_comment(article, "보이면 안 되는 글", status=status)
    html = page(client, article)
    assert "보이면 안 되는 글" not in html
    assert "<span data-comment-count>0</span>" in html


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (Status.DELETED, "작성자가 삭제한 댓글입니다."),
        (Status.HIDDEN, "운영자가 가린 댓글입니다."),
        (Status.HELD, "승인을 기다리는 댓글입니다."),
    ],
)
def test_a_tombstone_stands_while_a_reply_is_visible(client, article, status, line):
    root = make_comment(article, "사라진 글", name="사라진 이름")
    reply = make_comment(article, "남은 답글", parent=root)
    Comment.objects.filter(pk=root.pk).update(
        status=status, body="" if status == Status.DELETED else "사라진 글"
    )
    html = page(client, article)
    assert line in html
    assert "사라진" not in html
    assert ids_on(html) == [reply.pk]


def test_a_reply_that_was_answered_leaves_a_tombstone_too(client, article):
    root = make_comment(article)
    reply = make_comment(article, "사라질 답글", parent=root)
    answer = make_comment(article, "그 답글에", parent=reply)
    erase(reply)
    html = page(client, article)
    assert f'<p id="comment-{reply.pk}" class="comment-tombstone">' in html
    assert ids_on(html) == [root.pk, answer.pk]


def test_a_dead_subtree_is_not_shown(client, article):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    erase(root)
    erase(reply)
    html = page(client, article)
    assert "삭제한 댓글" not in html
    assert ids_on(html) == []


def test_an_answer_to_a_reply_names_it_and_links_to_it(client, article):
    root = make_comment(article, name="하나")
    reply = make_comment(article, parent=root, name="둘")
    make_comment(article, parent=reply, name="셋")
    html = page(client, article)
    assert f'<a href="#comment-{reply.pk}">@<bdi>둘</bdi></a>' in html
    assert html.count('class="comment-mention"') == 1


def test_the_name_of_a_hidden_reply_is_not_mentioned(client, article):
    root = make_comment(article, name="하나")
    reply = make_comment(article, parent=root, name="숨은이")
    make_comment(article, parent=reply, name="셋")
    Comment.objects.filter(pk=reply.pk).update(status=Status.HIDDEN)
    assert "숨은이" not in page(client, article)


def test_the_first_three_replies_are_shown_and_the_rest_is_one_link_away(client, article):
    root = make_comment(article)
    replies = make_comments(article, 5, parent=root)
    html = page(client, article)
    assert ids_on(html) == [root.pk, *(reply.pk for reply in replies[:3])]
    assert "답글 2개 더 보기" in html
    whole = page(client, article, f"?thread={root.pk}")
    assert ids_on(whole) == [root.pk, *(reply.pk for reply in replies)]


def test_a_long_thread_is_paged(client, article):
    root = make_comment(article)
    replies = [reply.pk for reply in make_comments(article, 53, parent=root)]
    first = page(client, article, f"?thread={root.pk}")
    second = page(client, article, link_in(first, "next"))
    assert ids_on(first) == [root.pk, *replies[:50]]
    assert ids_on(second) == [root.pk, *replies[50:]]


def test_a_mention_of_an_earlier_page_leads_to_the_permalink(client, article):
    root = make_comment(article)
    replies = make_comments(article, 50, parent=root)
    make_comment(article, parent=replies[0], created_at=WRITTEN_AT + timedelta(days=1))
    html = page(client, article, link_in(page(client, article, f"?thread={root.pk}"), "next"))
    assert f'<a href="/comments/{replies[0].pk}/" rel="nofollow">@' in html


def test_the_newest_come_first_unless_asked_otherwise(client, article):
    first, second = (comment.pk for comment in make_comments(article, 2))
    assert ids_on(page(client, article)) == [second, first]
    assert ids_on(page(client, article, "?sort=newest")) == [second, first]
    assert ids_on(page(client, article, "?sort=oldest")) == [first, second]


def test_threads_can_be_sorted_by_replies(client, article):
    quiet, lively = make_comments(article, 2)
    reply = make_comment(article, parent=quiet)
    make_comment(article, parent=quiet)
    assert ids_on(page(client, article, "?sort=replies"))[:2] == [quiet.pk, reply.pk]
    assert ids_on(page(client, article, "?sort=replies"))[-1] == lively.pk


@pytest.mark.parametrize("sort", ["nonsense", ""])
def test_an_order_that_is_not_offered_is_the_default(client, article, sort):
    first, second = (comment.pk for comment in make_comments(article, 2))
    assert ids_on(page(client, article, f"?sort={sort}")) == [second, first]


@pytest.mark.parametrize("sort", ["newest", "oldest", "replies", "likes", "ratio"])
def test_pages_show_every_thread_once(client, article, sort):
    for comment in make_comments(article, 45):
        if comment.pk % 3 == 0:
            make_comment(article, parent=comment)
    query, seen = f"?sort={sort}", []
    for _ in range(3):
        html = page(client, article, query)
        seen += [
            int(pk)
            for pk in re.findall(
                r'<li class="comment-thread"[^>]*>\s*<article id="comment-(\d+)"', html
            )
        ]
        query = link_in(html, "next") if 'rel="next' in html else ""
    assert query == ""
    assert sorted(seen) == sorted(Comment.objects.roots().values_list("pk", flat=True))


def test_comments_of_the_same_moment_are_paged_without_a_gap(client, article):
    pks = [make_comment(article, f"글 {number}").pk for number in range(25)]
    first = page(client, article)
    second = page(client, article, link_in(first, "next"))
    assert ids_on(first) + ids_on(second) == pks[::-1]


def test_a_new_comment_moves_nothing_on_the_next_page(client, article):
    pks = [comment.pk for comment in make_comments(article, 25)]
    following = link_in(page(client, article), "next")
    make_comment(article, "새 글", created_at=WRITTEN_AT + timedelta(days=1))
    assert ids_on(page(client, article, following)) == pks[4::-1]


@pytest.mark.parametrize(
    "query",
    ["?after=nonsense", "?after=" + "A" * 500, "?after=%00", "?after=MS4x", "?sort=replies&after={newest}", "?thread=0", "?thread=x", "?thread=99999999999999999999", "?thread={reply}", "?reply=x", "?reply=12345"],
)  # fmt: skip
def test_an_address_that_was_not_made_here_is_404(client, article, query):
    root = make_comments(article, 21)[0]
    reply = make_comment(article, parent=root)
    newest = link_in(page(client, article), "next").partition("after=")[2]
    query = query.format(newest=newest, reply=reply.pk)
    assert client.get(discussion_url(article) + query).status_code == 404


def test_a_thread_of_another_article_is_404(client, article):
    elsewhere = make_comment(make_article("다른 글"))
    assert client.get(f"{discussion_url(article)}?thread={elsewhere.pk}").status_code == 404


@pytest.mark.promise("L2")
@pytest.mark.parametrize("count", [5, 200])
def test_a_page_takes_the_same_queries_whatever_its_size(
    client, article, count, django_assert_num_queries
):
    roots = make_comments(article, count // 5, account=make_user())
    for root in roots:
        reply = make_comment(article, parent=root)
        make_comments(article, 3, parent=reply)
    url = discussion_url(article)
    client.get(url)
    # The article with its policy, the roots, their replies, the totals of what was removed, and the
    # sections of the masthead.
    with django_assert_num_queries(5):
        client.get(url)


def test_writers_of_the_article_and_editors_carry_badges(client):
    alice = make_user()
    bob = make_user("bob@pildam.example", display_name="밥", is_staff=True)
    carol = make_user("carol@pildam.example", display_name="캐럴")
    article = make_article(authors=[make_author("앨리스", user=alice)])
    for account in (alice, bob, carol):
        make_comment(article, account=account)
    html = page(client, article)
    assert html.count('<span class="comment-badge">필자</span>') == 1
    assert html.count('<span class="comment-badge">편집자</span>') == 1


def test_a_writer_of_another_article_is_no_writer_here(client, article):
    alice = make_user()
    make_article("다른 글", authors=[make_author("앨리스", user=alice)])
    make_comment(article, account=alice)
    assert "comment-badge" not in page(client, article)


def test_an_edited_comment_says_so(client, article):
    make_comment(article, edited_at=timezone.now())
    assert "수정됨" in page(client, article)


def test_hidden_unpublished_and_unknown_discussions_are_404(client):
    hidden = make_article("숨김", comment_policy="hidden")
    later = make_article("나중", published_at=FAR_FUTURE)
    for article in (hidden, later, make_draft()):
        assert client.get(discussion_url(article)).status_code == 404
    assert client.get("/articles/없는-글/comments/").status_code == 404


def test_a_read_only_discussion_shows_comments_and_no_form(client):
    article = make_article(comment_policy="read_only")
    comment = make_comment(article)
    html = page(client, article)
    assert ids_on(html) == [comment.pk]
    assert "더 이상 댓글을 받지 않습니다" in html
    assert 'id="write"' not in html


def test_a_permalink_leads_to_the_comment_on_its_page(client, article):
    comments = make_comments(article, 45)
    for comment in (comments[0], comments[22], comments[44]):
        response = client.get(f"/comments/{comment.pk}/")
        assert response.status_code == 302
        path, _, anchor = response["Location"].partition("#")
        assert anchor == f"comment-{comment.pk}"
        assert comment.pk in ids_on(client.get(path).content.decode())


def test_a_permalink_of_a_reply_leads_to_its_page_of_the_thread(client, article):
    make_comments(article, 25, name="나중 사람")
    root = make_comment(article, created_at=WRITTEN_AT - timedelta(days=1))
    replies = make_comments(article, 60, parent=root)
    for reply in (replies[0], replies[2], replies[3], replies[55]):
        path = client.get(f"/comments/{reply.pk}/")["Location"].partition("#")[0]
        assert reply.pk in ids_on(client.get(path).content.decode())


def test_the_first_page_has_the_plain_address(article):
    comment = make_comment(article)
    assert (
        address_of(comment, Policy.of(article)) == f"{discussion_url(article)}#comment-{comment.pk}"
    )


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.DELETED])
def test_what_readers_do_not_see_has_no_permalink(client, article, status):
    comment = make_comment(article, status=status)
    assert client.get(f"/comments/{comment.pk}/").status_code == 404


def test_comments_of_a_withdrawn_article_are_404_everywhere(client, article):
    comment = make_comment(article)
    article.withdraw()
    for path in ("", "edit/", "delete/"):
        assert client.get(f"/comments/{comment.pk}/{path}").status_code == 404
    assert client.get(discussion_url(article) + "feed/").status_code == 404


def test_numbers_beyond_the_database_are_404(client):
    assert client.get(f"/comments/{10**25}/").status_code == 404


@pytest.mark.parametrize(
    "payload",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><script>alert(1)</script>", "javascript:alert(1)", "{{ 7|add:7 }}"],
)  # fmt: skip
def test_no_field_lets_markup_through(article, payload):
    comment = make_comment(article, payload, name=payload)
    make_comment(article, parent=make_comment(article, parent=comment, name=payload))
    client = Client()
    pages = [discussion_url(article), f"{discussion_url(article)}?reply={comment.pk}"]
    pages += [f"/comments/{comment.pk}/edit/", f"/comments/{comment.pk}/delete/"]
    for url in pages:
        html = client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


def test_a_permalink_is_the_same_for_everybody_and_cacheable(client, article):
    comment = make_comment(article)
    response = client.get(f"/comments/{comment.pk}/")
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
