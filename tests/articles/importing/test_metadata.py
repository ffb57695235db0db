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
        ({"tags": [None]}, ()),
        ({"tags": "[#강, #마을"}, ("강", "마을")),
        ({"tags": "-강 -마을"}, ("강", "마을")),
        ({"tags": [{"가": "나"}, {"name": "강"}]}, ("가: 나", "강")),
        ({"taxonomies": {"tags": ["강"]}}, ("강",)),
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
        {"header-img": "/a.jpg"},
        {"featuredimage": "/a.jpg"},
        {"params": {"cover": {"image": "/a.jpg", "hidden": "true"}}},
        {"resources": [{"name": "featured-image", "src": "/a.jpg"}]},
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


def test_old_paths_are_decoded_and_names_of_notes_are_none() -> None:
    fields = read(redirect_from="/%EA%B0%95/", aliases=["강가", "/old/"], url="/posts/mill/")
    assert fields.old_paths == ("/posts/mill/", "/강/", "/old/")


def test_a_list_for_a_title_is_a_title_in_brackets() -> None:
    assert read(title=["단독"]).title == "[단독]"


def test_the_later_of_date_and_publishdate_counts() -> None:
    moment = read(date="2024-05-06", publishdate="2024-06-01").published_at
    assert moment is not None
    assert moment.isoformat() == "2024-06-01T00:00:00+09:00"


@pytest.mark.parametrize("values", [{"hidden": "true"}, {"expirydate": "2020-01-01"}])
def test_what_was_out_of_sight_is_withheld(values: dict[str, Any]) -> None:
    fields = read(**values, published="true")
    assert (fields.status, fields.is_withheld, len(fields.warnings)) == ("draft", True, 1)


def test_an_order_is_an_episode_only_within_a_series() -> None:
    assert read(weight="3").episode is None
    assert read(weight="3", series=["강"]).episode == 3


def test_a_permalink_pattern_is_no_address() -> None:
    assert read(permalink="/:categories/:title/").old_paths == ()


@pytest.mark.parametrize("episode", ["3", "03", "3화"])
def test_episode_is_a_number(episode: str) -> None:
    fields = read(series="강가의 기록", episode=episode)
    assert (fields.series, fields.episode) == ("강가의 기록", 3)


@pytest.mark.parametrize(
    "values",
    [
        {"title": {"a": "b"}},
        {"date": "언젠가"},
        {"date": ["2024-05-06"]},
        {"episode": "끝"},
        {"draft": "아마"},
        {"status": "묘한"},
        {"tags": [[[[[["a"]]]]]]},
        {"authors": [["a"]]},
        {"canonical_url": "javascript:alert(1)"},
        {"lang": "tlh"},
    ],
)
def test_odd_values_are_reported_and_ignored(values: dict[str, Any]) -> None:
    fields = read(**values)
    assert len(fields.warnings) == 1
    assert "ignored" in fields.warnings[0]


def test_a_date_that_does_not_exist_refuses_the_document() -> None:
    with pytest.raises(ImportFailure, match="2024-02-30"):
        read(date="2024-02-30")


@pytest.mark.parametrize("values", [{"lang": "en-US"}, {"language": "en"}])
def test_language_is_one_of_ours(values: dict[str, Any]) -> None:
    assert read(**values).language == "en"


def test_unknown_keys_pass_silently() -> None:
    assert read(layout="post", last_modified_at="2024", toc="true").warnings == []
