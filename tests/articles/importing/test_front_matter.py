import time

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.front_matter import has_front_matter, split_front_matter


@pytest.mark.parametrize(
    "value", ["on", "no", "2025", "1:30", "0x10", "2025-99-99", "1e3", "=", "true", "010"]
)
def test_plain_values_stay_as_written(value: str) -> None:
    assert split_front_matter(f"---\ntitle: {value}\n---\n").values == {"title": value}


def test_an_empty_value_is_none() -> None:
    assert split_front_matter("---\ntitle:\nslug: ~\n---\n").values == {"title": None, "slug": None}


def test_empty_front_matter_is_present() -> None:
    matter = split_front_matter("---\n---\n본문")
    assert (matter.present, matter.values, matter.body) == (True, {}, "\n본문")


@pytest.mark.parametrize(
    "text", ["본문", "---\n\n가로줄 아래의 글이다.\n\n---\n끝", "---\n- 하나\n---\n", "---"]
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert not has_front_matter(text)
    assert split_front_matter(text).body == text


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("---\ntitle: 하나: 둘\n---\n", "line 2.*must stand in quotes"),
        ("---\ntitle: a\ntags: [a, b\nslug: c\n---\n", "line 4"),
        ("---\ntitle: a\n\n본문", "never closed"),
        ("---\na: &a [1]\nb: *a\n---\n", "line 2: anchors and aliases"),
        ("---\na: *b\n---\n", "anchors and aliases"),
        ("---\ntitle: !!python/object/apply:os.getcwd []\n---\n", "python/object"),
        ("---\ndate: !!timestamp x\n---\n", "timestamp"),
        ("---\n{a: b\n---\n", "broken front matter"),
        ("---\n" + "a: " + "x" * 70_000 + "\n---\n", "64 kB"),
        ("+++\ntitle = 'a'\n+++\n", "TOML"),
    ],
)
def test_broken_front_matter_is_refused_with_its_place(source: str, message: str) -> None:
    with pytest.raises(ImportFailure, match=message):
        split_front_matter(source)


@pytest.mark.parametrize("opening", ["a: ", "", "- "])
def test_deep_nesting_is_refused_within_a_second(opening: str) -> None:
    source = f"---\nb: 1\n{opening}{'[' * 3000}{']' * 3000}\n---\n"
    started = time.thread_time()
    with pytest.raises(ImportFailure, match="broken front matter"):
        split_front_matter(source)
    assert time.thread_time() - started < 1
