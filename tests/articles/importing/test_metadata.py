from typing import Any

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.metadata import Metadata, read_metadata


def read(**values: Any) -> Metadata:
    return read_metadata({key.replace("__", "-"): value for key, value in values.items()})


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ({"tags": ["강", "마을"]}, ("강", "마을")),
        ({"tags": "강, 작은 마을"}, ("강", "작은 마을")),
        ({"tags": "강 마을"}, ("강", "마을")),
        ({"tag": "작은 마을"}, ("작은 마을",)),
        ({"tags": [["강"], ["마을", "강"]]}, ("강", "마을")),
        ({"tags": ["River", "river"]}, ("River",)),
        ({"tags": "#강 #마을"}, ("강", "마을")),
        ({"tags": None}, ()),
    ],
)
def test_tags_come_in_every_shape(values: dict[str, Any], tags: tuple[str, ...]) -> None:
    assert read(**values).tags == tags


def test_the_first_category_is_kept_and_the_others_reported() -> None:
    fields = read(categories="여행 강")
    assert fields.category == "여행"
    assert fields.warnings == ["further categories ignored: 강"]


def test_a_single_category_may_have_a_space() -> None:
    assert read(category="작은 마을").category == "작은 마을"


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("한들", ("한들",)),
        ("한들, 가람", ("한들", "가람")),
        (["한들", {"name": "가람", "email": "g@example.com"}], ("한들", "가람")),
        ({"name": "한들"}, ("한들",)),
        ("한들 <h@example.com>", ("한들",)),
    ],
)
def test_authors_come_in_every_shape(author: Any, authors: tuple[str, ...]) -> None:
    assert read(author=author).authors == authors


@pytest.mark.parametrize("summary", [["하나", "둘", "셋"], "- 하나\n- 둘\n- 셋\n"])
def test_summary_is_a_list_or_a_block(summary: Any) -> None:
    assert read(summary=summary).summary == ("하나", "둘", "셋")


def test_a_summary_of_one_line_is_the_subtitle() -> None:
    fields = read(summary="강가의 하루를 적었다.")
    assert (fields.dek, fields.summary) == ("강가의 하루를 적었다.", ())


def test_a_summary_beside_a_subtitle_stays_one() -> None:
    fields = read(subtitle="강", summary="하루를 적었다.")
    assert (fields.dek, fields.summary) == ("강", ("하루를 적었다.",))


def test_a_longer_summary_is_cut_with_a_warning() -> None:
    fields = read(summary=["하나", "둘", "셋", "넷"])
    assert fields.summary == ("하나", "둘", "셋")
    assert "only the first 3" in fields.warnings[0]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"published": "false"}, "draft"),
        ({"published": "true"}, "published"),
        ({"draft": "true"}, "draft"),
        ({"status": "published", "draft": "true"}, "draft"),
        ({"status": "publish"}, "published"),
        ({"status": "draft"}, "draft"),
        ({}, ""),
    ],
)
def test_status_never_publishes_a_draft(values: dict[str, Any], status: str) -> None:
    assert read(**values).status == status


@pytest.mark.parametrize(
    "values",
    [
        {"image": "/a.jpg"},
        {"image": {"path": "/a.jpg"}},
        {"header": {"teaser": "/t.jpg", "overlay_image": "/a.jpg"}},
        {"header": "true", "cover": "/a.jpg"},
        {"thumbnail": ["/a.jpg"]},
    ],
)
def test_lead_image_is_found_under_its_many_names(values: dict[str, Any]) -> None:
    assert read(**values).lead_image == "/a.jpg"


def test_lead_image_brings_its_words() -> None:
    fields = read(image="/a.jpg", image_alt="방앗간", image_caption="강가에서", image_credit="한들")
    words = (fields.lead_alt, fields.lead_caption, fields.lead_credit)
    assert words == ("방앗간", "강가에서", "한들")


def test_permalink_gives_the_slug_and_an_old_path() -> None:
    fields = read(permalink="/2024/05/mill.html", redirect_from=["/old/mill/", "older"])
    assert fields.slug == "mill"
    assert fields.old_paths == ("/2024/05/mill.html", "/old/mill/", "/older")


def test_a_permalink_pattern_is_no_address() -> None:
    assert read(permalink="/:categories/:title/").old_paths == ()


@pytest.mark.parametrize("episode", ["3", "03", "3화"])
def test_episode_is_a_number(episode: str) -> None:
    fields = read(series="강가의 기록", episode=episode)
    assert (fields.series, fields.episode) == ("강가의 기록", 3)


@pytest.mark.parametrize(
    "values",
    [
        {"title": ["a"]},
        {"date": "언젠가"},
        {"date": ["2024-05-06"]},
        {"episode": "끝"},
        {"draft": "아마"},
        {"status": "hidden"},
        {"tags": {"a": "b"}},
        {"authors": [["a"]]},
        {"canonical_url": "javascript:alert(1)"},
    ],
)
def test_odd_values_are_reported_and_ignored(values: dict[str, Any]) -> None:
    fields = read(**values)
    assert len(fields.warnings) == 1
    assert "ignored" in fields.warnings[0]


def test_a_date_that_does_not_exist_refuses_the_document() -> None:
    with pytest.raises(ImportFailure, match="2024-02-30"):
        read(date="2024-02-30")


def test_unknown_keys_pass_silently() -> None:
    assert read(layout="post", last_modified_at="2024", toc="true").warnings == []
