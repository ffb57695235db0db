"""What the front page shows, chosen from stories that were never saved."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from articles.models import (
    Banner,
    FrontBlock,
    FrontPage,
    FrontPin,
    Status,
)
from articles.pages import front_page
from articles.pages.front_arrangement import (
    LATEST_SIZE,
    SECTION_SIZE,
    Arrangement,
    PlacedBlock,
    Plan,
    arranged,
    store,
)
from articles.pages.front_page import (
    TOP_SIZE,
    Candidate,
    FrontLayout,
    LatestBlock,
    SectionBlock,
    load,
    select,
)
from articles.pages.stories import Named
from tests.articles.desk import make_editor
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_articles,
    make_banner,
    make_category,
    make_draft,
    make_image,
    make_series,
)

TECHNOLOGY = Named(1, "기술", "기술")
CULTURE = Named(2, "문화", "문화")
RESOLUTION = timedelta(microseconds=1)


def story(pk: int, category: Named | None = None, *, pictured: bool = False) -> Candidate:
    return Candidate(PUBLISHED_AT, pk, category.pk if category else None, 1 if pictured else None)


def by_itself(*categories: Named) -> list[PlacedBlock]:
    return arranged((), categories, PlacedBlock)


def sections_of(front: FrontLayout) -> list[SectionBlock]:
    return [block for block in front.blocks if isinstance(block, SectionBlock)]


def latest_of(front: FrontLayout) -> list[Candidate]:
    return [s for block in front.blocks if isinstance(block, LatestBlock) for s in block.items]


def keys_on(front: FrontLayout) -> list[int]:
    return [item.pk for item in front.items()]


def shown_to_readers(at: datetime | None = None) -> FrontLayout:
    return load(Plan.stored(at), at).layout


def test_no_story_makes_an_empty_front_page() -> None:
    assert select([], by_itself(TECHNOLOGY)) == FrontLayout()


def test_nothing_appears_twice() -> None:
    stories = [story(n, TECHNOLOGY if n % 2 else CULTURE) for n in range(1, 31)]
    pinned = [stories[20], stories[2]]
    shown = keys_on(select(stories, by_itself(TECHNOLOGY, CULTURE), pinned=pinned))
    assert len(shown) == len(set(shown)) == TOP_SIZE + 2 * SECTION_SIZE + 8


def test_newest_story_leads() -> None:
    assert select([story(1), story(2)], by_itself()).lead == story(1)


def test_story_with_a_picture_leads_when_the_newest_has_none() -> None:
    front = select([story(1), story(2, pictured=True), story(3)], by_itself())
    assert front.lead.pk == 2
    assert front.secondary == (story(1), story(3))


def test_old_picture_does_not_lead() -> None:
    stories = [story(n) for n in range(1, 10)] + [story(10, pictured=True)]
    assert select(stories, by_itself()).lead == story(1)


def test_pins_stand_before_what_is_new() -> None:
    stories = [story(n, pictured=n == 1) for n in range(1, 10)]
    front = select(stories, by_itself(), pinned=[stories[7], stories[4]])
    assert keys_on(front)[:TOP_SIZE] == [8, 5, 1, 2]


def test_a_pin_without_room_at_the_top_is_a_story_like_any_other() -> None:
    stories = [story(n) for n in range(1, 10)]
    front = select(stories, by_itself(), pinned=stories[4:])
    assert [front.lead, *front.secondary] == stories[4:8]
    assert story(9) in latest_of(front)


def test_section_without_a_story_left_has_no_block() -> None:
    stories = [story(1, TECHNOLOGY), story(2, TECHNOLOGY)]
    assert select(stories, by_itself(TECHNOLOGY, CULTURE)).blocks == ()


def test_section_shows_what_the_top_has_left() -> None:
    stories = [story(n, TECHNOLOGY) for n in range(1, 2 + TOP_SIZE)]
    (block,) = sections_of(select(stories, by_itself(TECHNOLOGY)))
    assert block.lead == stories[-1]


def test_blocks_keep_the_editors_order_and_size() -> None:
    stories = [story(n, CULTURE if n % 2 else TECHNOLOGY) for n in range(1, 25)]
    blocks = [
        PlacedBlock("latest", None, 2),
        PlacedBlock("section", CULTURE, 3),
        PlacedBlock("section", TECHNOLOGY, 3),
    ]
    front = select(stories, blocks)
    assert latest_of(front) == stories[4:6]
    assert [b.category for b in sections_of(front)] == [CULTURE, TECHNOLOGY]
    assert {len(b.headlines) for b in sections_of(front)} == {2}


def test_a_new_section_follows_the_last_one_that_was_placed() -> None:
    placed = [
        PlacedBlock("latest", None, 2),
        PlacedBlock("section", CULTURE, 3),
        PlacedBlock("series", None, 3),
    ]
    blocks = arranged(placed, [TECHNOLOGY, CULTURE], PlacedBlock)
    assert [block.category or block.kind for block in blocks] == [
        "latest",
        CULTURE,
        TECHNOLOGY,
        "series",
    ]


def test_latest_list_is_bounded() -> None:
    assert len(latest_of(select([story(n) for n in range(1, 60)], by_itself()))) == LATEST_SIZE


@pytest.mark.django_db
def test_quiet_section_keeps_its_block() -> None:
    culture = make_category("문화")
    old = make_articles(1, title="오래된 글", category=culture)[0]
    technology = make_category("기술", position=1)
    for number in range(20):
        make_article(f"새 글 {number}", category=technology, published_at=old.created_at)
    front = shown_to_readers()
    assert [b.lead.pk for b in sections_of(front) if b.category.pk == culture.pk] == [old.pk]


@pytest.mark.django_db
@pytest.mark.any_engine
def test_an_article_withdrawn_while_the_page_is_made_leaves_its_place(monkeypatch) -> None:
    *others, newest = make_articles(6)
    shown = front_page.stories

    def withdrawn_meanwhile(*arguments):
        newest.withdraw()
        return shown(*arguments)

    monkeypatch.setattr(front_page, "stories", withdrawn_meanwhile)
    keys = keys_on(shown_to_readers())
    assert sorted(keys) == sorted(article.pk for article in others)


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
def test_more_articles_pins_and_banners_need_no_more_queries(
    client: Client, django_assert_num_queries
) -> None:
    stories = make_articles(30, category=make_category("기술"))
    client.get("/")  # leaves behind what is kept for some seconds: the settings, the ranking
    with django_assert_num_queries(6) as without:
        client.get("/")
    make_articles(3, title="다른 글", category=make_category("산업"))
    for number, pinned in enumerate(stories[:20]):
        FrontPin.objects.create(article=pinned, position=number)
        make_banner(f"배너 {number}", image=make_image(f"그림 {number}"))
    with django_assert_num_queries(len(without)):
        client.get("/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT, "published_at": None},
        {"status": Status.WITHDRAWN},
        {"published_at": FAR_FUTURE},
        {"expires_at": PUBLISHED_AT.replace(year=2026)},
    ],
)
def test_a_pin_that_readers_may_not_see_is_skipped_and_comes_back(hidden: dict) -> None:
    make_articles(6)
    pinned = make_article("앞세운 글", **{"published_at": PUBLISHED_AT.replace(year=2024)} | hidden)
    FrontPin.objects.create(article=pinned)
    assert pinned.pk not in keys_on(shown_to_readers())
    pinned.status, pinned.expires_at = Status.PUBLISHED, None
    pinned.published_at = PUBLISHED_AT.replace(year=2024)
    pinned.save()
    assert shown_to_readers().lead.pk == pinned.pk


@pytest.mark.django_db
def test_a_pin_ends_at_its_time_to_the_second() -> None:
    until = PUBLISHED_AT.replace(year=2027)
    make_articles(6)
    pinned = make_article("앞세운 글", published_at=PUBLISHED_AT.replace(year=2024))
    FrontPin.objects.create(article=pinned, until=until)
    assert shown_to_readers(until - RESOLUTION).lead.pk == pinned.pk
    assert shown_to_readers(until).lead.pk != pinned.pk


@pytest.mark.django_db
def test_banners_run_from_their_start_to_before_their_end() -> None:
    banner = make_banner(
        slot="middle", starts_at=PUBLISHED_AT, ends_at=PUBLISHED_AT.replace(year=2026)
    )
    moments = [
        banner.starts_at - RESOLUTION,
        banner.starts_at,
        banner.ends_at - RESOLUTION,
        banner.ends_at,
    ]
    running = [Plan.stored(moment).banners["middle"] == [banner] for moment in moments]
    assert running == [False, True, True, False]


@pytest.mark.django_db
def test_a_banner_says_where_it_leads_and_whether_it_is_paid(client: Client) -> None:
    make_banner("모임", target="/archive/", image=make_image())
    make_banner("<책>", target="https://a.example/", is_advertisement=True, slot="bottom")
    text = client.get("/").text
    assert re.search(r'<a href="/archive/"\s*>모임</a>', text)
    assert 'rel="sponsored noopener">&lt;책&gt;</a>' in text
    assert text.count("banner-kind") == 1
    assert text.index("모임") < text.index("아직 펼칠 글이") < text.index("&lt;책&gt;")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "http://a.example/", "//a.example", "x"])
def test_a_banner_leads_nowhere_but_to_this_site_and_https(target: str) -> None:
    with pytest.raises(ValidationError):
        Banner(title="모임", target=target).clean()


@pytest.mark.django_db
def test_storing_replaces_all_of_the_edition_that_was_seen() -> None:
    editor, first, second = make_editor(), *make_articles(2)
    arrangement = Arrangement([FrontPin(article=first)], [FrontBlock(kind="latest", size=8)], [])
    assert store(arrangement, seen=0, by=editor) == FrontPage.current()
    assert store(Arrangement([FrontPin(article=second)]), seen=0, by=editor) is None
    assert [pin.article for pin in FrontPin.objects.all()] == [first]
    assert FrontBlock.objects.count() == 1
    assert store(Arrangement(), seen=1, by=editor)
    assert not FrontPin.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_store_at_once_one_is_told() -> None:
    editor = make_editor()
    barrier = Barrier(2)

    def change(number: int) -> bool:
        try:
            barrier.wait()
            banner = Banner(title=f"배너 {number}", starts_at=PUBLISHED_AT)
            return store(Arrangement(banners=[banner]), seen=0, by=editor) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, range(2))) == [False, True]
    assert Banner.objects.count() == 1
