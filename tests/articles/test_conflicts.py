"""Two editors save the same article: the second gets 409 with both texts, merged."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article, WorkingCopy
from tests.articles.desk import ADD, byline, change_url, form_of, make_editor, make_staff, signed_in
from tests.builders import make_article, make_author, make_draft, publish

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

SITTING = "0123456789abcdef" * 2
BODY = "첫 문단이다.\n\n둘째 문단이다.\n\n셋째 문단이다."


@pytest.fixture
def alice() -> Client:
    return signed_in(make_editor())


@pytest.fixture
def bob() -> Client:
    return signed_in(make_editor("bob@pildam.example"))


def collide(
    alice: Client, bob: Client, article: Article, theirs: dict[str, Any], mine: dict[str, Any]
) -> Any:
    """Let Bob save first, and return the answer to Alice, who began with the same version."""
    form = form_of(article, sitting=SITTING)
    assert bob.post(change_url(article), form | {"sitting": ""} | theirs).status_code == 302
    return alice.post(change_url(article), form | mine)


def value(response: Any, name: str) -> Any:
    return response.context["adminform"].form[name].value()


def test_changes_of_different_places_are_brought_together(alice: Client, bob: Client) -> None:
    article = make_draft(body=BODY)
    theirs = {"dek": "밥의 부제", "body": BODY.replace("첫 문단", "밥의 문단")}
    response = collide(
        alice,
        bob,
        article,
        theirs,
        {"title": "앨리스의 제목", "body": BODY.replace("셋째", "앨리스의")},
    )
    assert response.status_code == 409
    assert (value(response, "title"), value(response, "dek")) == ("앨리스의 제목", "밥의 부제")
    assert value(response, "body") == "밥의 문단이다.\n\n둘째 문단이다.\n\n앨리스의 문단이다."
    assert response.context["conflict"].parts == []
    assert response.context["conflict"].taken_over == ["부제", "본문"]


@pytest.mark.promise("F9")
def test_nothing_is_saved_until_the_merged_form_is(alice: Client, bob: Client) -> None:
    article = make_draft(body=BODY)
    response = collide(alice, bob, article, {"dek": "밥의 부제"}, {"title": "앨리스의 제목"})
    article.refresh_from_db()
    assert (article.title, article.dek) == ("아직 쓰는 글", "밥의 부제")
    merged = form_of(article, title="앨리스의 제목", base=response.context["base"])
    assert alice.post(change_url(article), merged).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.dek) == ("앨리스의 제목", "밥의 부제")


@pytest.mark.promise("F9")
def test_what_both_changed_is_shown_in_full_and_marked(alice: Client, bob: Client) -> None:
    article = make_draft(body=BODY)
    theirs = {"title": "밥의 제목", "body": BODY.replace("둘째", "밥의")}
    mine = {"title": "앨리스의 제목", "body": BODY.replace("둘째", "앨리스의")}
    response = collide(alice, bob, article, theirs, mine)
    title, body = response.context["conflict"].parts
    assert (title.label, title.mine, title.theirs) == ("제목", "앨리스의 제목", "밥의 제목")
    assert (body.mine, body.theirs) == (mine["body"], theirs["body"])
    assert "<<<<<<< 내 글\n앨리스의 문단이다.\n=======\n밥의 문단이다." in value(response, "body")
    assert mine["body"] in response.text


def test_a_text_with_marks_is_saved_with_a_warning(alice: Client) -> None:
    article = make_draft()
    form = form_of(article, body="<<<<<<< 내 글\n가\n=======\n나\n>>>>>>> 다른 사람의 글")
    page = alice.post(change_url(article), form, follow=True)
    assert "표시가 남아 있습니다" in " ".join(map(str, page.context["messages"]))


def test_the_byline_and_the_tags_are_merged_too(alice: Client, bob: Client) -> None:
    one, two = make_author("하나"), make_author("둘")
    article = make_draft(authors=[one])
    response = collide(alice, bob, article, byline([two, one]), {"tags": "기술"})
    rows = response.context["inline_admin_formsets"][0].formset.forms
    assert [str(row["author"].value()) for row in rows] == [str(two.pk), str(one.pk)]
    assert value(response, "tags") == "기술"


def test_what_was_posted_is_kept_with_its_beginning(alice: Client, bob: Client) -> None:
    article = make_draft(body=BODY)
    base = form_of(article)["base"]
    collide(alice, bob, article, {"body": "밥의 글"}, {"body": "앨리스의 글"})
    copy = WorkingCopy.objects.get()
    assert (copy.form["body"], copy.base, copy.writer.email) == (
        "앨리스의 글",
        base,
        "editor@pildam.example",
    )


@pytest.mark.parametrize("base", ["", "0" * 64, "\x00<script>"])
def test_without_a_known_beginning_mine_stands_beside_theirs(alice: Client, base: str) -> None:
    article = make_article(body="저장된 글")
    response = alice.post(change_url(article), form_of(article, base=base, body="내 글"))
    [part] = response.context["conflict"].parts
    assert response.status_code == 409
    assert (part.mine, part.theirs, value(response, "body")) == ("내 글", "저장된 글", "내 글")


def test_the_sitting_of_another_is_not_overwritten(alice: Client, bob: Client) -> None:
    article = make_draft()
    collide(alice, bob, article, {"dek": "하나"}, {"dek": "둘"})
    stale = form_of(article, base="0" * 64, dek="셋", sitting=SITTING)
    assert bob.post(change_url(article), stale).status_code == 409
    assert sorted(WorkingCopy.objects.values_list("writer__email", "form__dek")) == [
        ("bob@pildam.example", "셋"),
        ("editor@pildam.example", "둘"),
    ]


def test_the_text_for_a_deleted_article_begins_a_new_one(alice: Client) -> None:
    article = make_draft()
    address = change_url(article)
    form = form_of(article, title="살아남은 글", body="본문", sitting=SITTING)
    article.delete()
    response = alice.post(address, form)
    assert response.status_code == 409
    assert "본문" in response.text
    assert response.context["resume_url"] == f"{ADD}?copy={SITTING}"
    assert 'value="살아남은 글"' in alice.get(response.context["resume_url"]).text


def test_the_text_outlives_the_permission(alice: Client) -> None:
    writer = make_staff("view_article", "add_article", "change_article")
    article = make_draft(owner=writer)
    form = form_of(article, body="다 쓴 본문")
    publish(article)
    response = signed_in(writer).post(change_url(article), form)
    assert response.status_code == 403
    assert "다 쓴 본문" in response.text
    assert WorkingCopy.objects.get().article is None


def test_a_copy_outlives_its_article(alice: Client) -> None:
    article = make_draft()
    form = form_of(article, sitting=SITTING, changed="1", body="쓰던 글") | {"article": article.pk}
    alice.post("/admin/articles/article/working-copy/", form)
    article.delete()
    answer = alice.post("/admin/articles/article/working-copy/", form | {"body": "더 쓴 글"})
    assert "지워졌습니다" in answer.json()["notices"][0]
    assert WorkingCopy.objects.get().form["body"] == "더 쓴 글"


def test_what_was_typed_loosely_is_the_beginning_of_the_next_text(
    alice: Client, bob: Client
) -> None:
    article = make_draft()
    alice.post(change_url(article), form_of(article, title="두  칸\t제목", slug="ABC"))
    article.refresh_from_db()
    response = collide(alice, bob, article, {"dek": "밥의 부제"}, {"title": "앨리스의 제목"})
    assert response.context["conflict"].knows_base
    assert "baseline" not in article.revisions.values_list("kind", flat=True)[:2]
