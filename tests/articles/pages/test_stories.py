"""The facts of articles in lists: what the rows say, of what readers may see, in the order asked."""

import pytest

from articles.models import Article
from articles.pages.stories import newest_stories, stories, story_of
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_series,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_they_say_what_the_rows_say(django_assert_num_queries) -> None:
    image = make_image(focus_x=20, rendition_widths=[240, 480], renditions_version=1, alt="붓")
    first = make_article(
        authors=[make_author("나중"), make_author("가장 먼저")],
        category=make_category(),
        series=make_series(),
        episode=2,
        lead_image=image,
        summary_2="둘째 줄",
        language="en",
    )
    others = [
        make_article("부제", dek="부제"),
        make_article("요약", summary_1="가", summary_2="나"),
    ]
    keys = [others[1].pk, first.pk, others[0].pk]
    with django_assert_num_queries(2):
        found = stories(keys)
    rows = Article.objects.for_list().in_bulk(keys)
    assert found == [story_of(rows[key]) for key in keys]
    assert [author.name for author in found[1].authors] == ["나중", "가장 먼저"]
    assert [story.opening for story in found] == ["", "종이를 사이에 두고 마주 앉는다.", ""]
    assert [story.description for story in found] == ["가 나", "둘째 줄", "부제"]


def test_what_readers_may_not_see_is_missing() -> None:
    shown, later = make_article("보이는 글"), make_article("다음", published_at=FAR_FUTURE)
    keys = [later.pk, make_draft("초안").pk, shown.pk, shown.pk, 0]
    assert [story.pk for story in stories(keys)] == [shown.pk]
    assert [story.pk for story in stories(keys, FAR_FUTURE)] == [later.pk, shown.pk]
    assert stories([]) == []


def test_the_newest_come_first_and_of_equals_the_later() -> None:
    old = make_article("옛 글", published_at=PUBLISHED_AT.replace(year=2024))
    first, second = make_article("하나"), make_article("둘")
    newest = newest_stories([old.pk, first.pk, second.pk])
    assert [story.pk for story in newest] == [second.pk, first.pk, old.pk]
