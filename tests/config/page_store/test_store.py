import pytest

from config.page_store.store import PageStore
from tests.config.page_store.pages import page

ARTICLE = frozenset({"article-1", "articles"})
DISCUSSION = frozenset({"discussion-1"})


def test_a_page_is_found_until_one_of_its_tags_changes() -> None:
    store = PageStore(1_000_000)
    kept = page(tags="site articles")
    store.add("kept", kept, 0)
    store.add("gone", page(tags="site articles discussion-1"), 0)
    assert store.drop([DISCUSSION]) == 1
    assert (store.get("kept"), store.get("gone")) == (kept, None)
    assert store.drop([frozenset({"site"})]) == 1
    assert (len(store), store.bytes) == (0, 0)


def test_a_page_that_changed_while_it_was_made_is_not_kept() -> None:
    store = PageStore(1_000_000)
    since = store.position
    store.drop([DISCUSSION])
    assert not store.add("old", page(tags="site discussion-1"), since)
    assert store.add("other", page(tags="site discussion-2"), since)
    assert store.add("new", page(tags="site discussion-1"), store.position)


def test_nothing_is_kept_from_before_what_is_remembered() -> None:
    store = PageStore(1_000_000)
    since = store.position
    store.drop([ARTICLE] * 1_001)
    assert not store.add("old", page(tags="site discussion-1"), since)


@pytest.mark.promise("L4")
def test_the_page_that_nobody_asked_for_longest_makes_room() -> None:
    store = PageStore(100_000)
    for name in "abc":
        store.add(name, page(b"x" * 200), 0)
    assert store.get("a")
    number = 0
    while "b" in store:
        store.get("a")
        store.add(number, page(b"x" * 200), 0)
        number += 1
    assert store.get("a")
    assert store.bytes <= store.most_bytes


def test_no_page_takes_the_place_of_all_others() -> None:
    store = PageStore(100_000)
    assert store.add("huge", page(b"x" * 50_000), 0)
    assert "huge" not in store
    assert store.bytes == 0
