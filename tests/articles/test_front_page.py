"""What the front page shows, chosen from stories that were never saved."""

import pytest
from django.test import Client

from articles.front_page import LATEST_SIZE, SECONDARY_SIZE, FrontPage, load, select
from articles.models import Article, Category
from articles.navigation import public_sections
from tests.builders import make_article, make_articles, make_category, make_draft, make_series

TECHNOLOGY = Category(pk=1, name="기술")
CULTURE = Category(pk=2, name="문화")


def story(pk: int, category: Category | None = None, *, pictured: bool = False) -> Article:
    return Article(
        pk=pk, title=f"글 {pk}", category=category, lead_image_id=1 if pictured else None
    )


def everything_on(front: FrontPage) -> list[Article]:
    lead = [front.lead] if front.lead else []
    sections = [s for block in front.sections for s in (block.lead, *block.headlines)]
    return [*lead, *front.secondary, *sections, *front.latest]


def test_no_story_makes_an_empty_front_page() -> None:
    assert select([], [TECHNOLOGY]) == FrontPage()


def test_nothing_appears_twice() -> None:
    stories = [story(n, TECHNOLOGY if n % 2 else CULTURE) for n in range(1, 31)]
    shown = everything_on(select(stories, [TECHNOLOGY, CULTURE]))
    assert len(shown) == len({story.pk for story in shown})


def test_newest_story_leads() -> None:
    assert select([story(1), story(2)], []).lead == story(1)


def test_story_with_a_picture_leads_when_the_newest_has_none() -> None:
    front = select([story(1), story(2, pictured=True), story(3)], [])
    assert front.lead == story(2)
    assert front.secondary == [story(1), story(3)]


def test_old_picture_does_not_lead() -> None:
    stories = [story(n) for n in range(1, 10)] + [story(10, pictured=True)]
    assert select(stories, []).lead == story(1)


def test_section_without_a_story_left_has_no_block() -> None:
    front = select([story(1, TECHNOLOGY), story(2, TECHNOLOGY)], [TECHNOLOGY, CULTURE])
    assert front.sections == []


def test_section_shows_what_the_top_has_left() -> None:
    stories = [story(n, TECHNOLOGY) for n in range(1, 3 + SECONDARY_SIZE)]
    (block,) = select(stories, [TECHNOLOGY]).sections
    assert block.lead == stories[-1]


def test_sections_keep_the_editors_order() -> None:
    stories = [story(n, CULTURE if n < 9 else TECHNOLOGY) for n in range(1, 12)]
    blocks = select(stories, [TECHNOLOGY, CULTURE]).sections
    assert [block.category for block in blocks] == [TECHNOLOGY, CULTURE]


def test_latest_list_is_bounded() -> None:
    assert len(select([story(n) for n in range(1, 60)], []).latest) == LATEST_SIZE


@pytest.mark.django_db
def test_quiet_section_keeps_its_block() -> None:
    culture = make_category("문화")
    old = make_articles(1, title="오래된 글", category=culture)[0]
    technology = make_category("기술", position=1)
    for number in range(20):
        make_article(f"새 글 {number}", category=technology, published_at=old.created_at)
    front = load(list(public_sections()))
    assert [block.lead for block in front.sections if block.category == culture] == [old]


@pytest.mark.django_db
def test_empty_site_says_so_in_korean(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "아직 펼칠 글이 없습니다" in response.text


@pytest.mark.django_db
def test_draft_is_nowhere_on_the_front_page(client: Client) -> None:
    category, series = make_category("비밀"), make_series("숨은 연재")
    make_draft("감춘 글", category=category, series=series, episode=1)
    make_article("보이는 글")
    text = client.get("/").text
    assert "보이는 글" in text
    assert not any(hidden in text for hidden in ("감춘 글", "비밀", "숨은 연재"))


@pytest.mark.django_db
def test_series_strip_counts_visible_episodes(client: Client) -> None:
    series = make_series("손이 아는 것")
    make_article("첫 화", series=series, episode=1)
    make_article("둘째 화", series=series, episode=2)
    make_draft("셋째 화", series=series, episode=3)
    assert "<span>2화</span>" in client.get("/").text


@pytest.mark.django_db
def test_more_articles_need_no_more_queries(client: Client, django_assert_num_queries) -> None:
    category = make_category("기술")
    make_articles(30, category=category)
    # The seventh ranks what is read, which is then kept for half a minute.
    with django_assert_num_queries(7):
        client.get("/")
