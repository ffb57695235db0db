"""Pages by their key, bounded in bytes, dropped by tag. Pure, and safe for threads."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from collections.abc import Hashable, Iterable
from threading import Lock

from config.page_store.stored_page import StoredPage

# What every page carries, whatever else (`articles.page_changes`).
EVERY_PAGE = "site"
# So many changes are remembered for pages that are being made meanwhile.
_REMEMBERED = 1_000
# Uncompressed and in three encodings a page takes at most about this many times its bytes.
_GROWTH = 2
# No page may take the place of all others.
_LARGEST_SHARE = 8


class PageStore:
    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Hashable, StoredPage] = OrderedDict()
        self._keys_by_tag: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._lock = Lock()
        self._changes: deque[frozenset[str]] = deque(maxlen=_REMEMBERED)
        self._position = 0

    def __contains__(self, key: Hashable) -> bool:
        return key in self._pages

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def position(self) -> int:
        """How many changes the store has heard of; `add` needs to know since when."""
        return self._position

    def get(self, key: Hashable) -> StoredPage | None:
        """Return the page, which thereby is the last to make room for others."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def add(self, key: Hashable, page: StoredPage, since: int) -> bool:
        """Keep a page whose making began at that position; False if it is out of date already.

        One that is too large is not kept either.
        """
        size = page.size * _GROWTH
        with self._lock:
            self._remove(key)
            if self._has_changed(page.tags, since):
                return False
            if size * _LARGEST_SHARE > self.most_bytes:
                return True
            self._pages[key] = page
            self.bytes += size
            for tag in page.tags:
                self._keys_by_tag[tag].add(key)
            while self.bytes > self.most_bytes:
                self._remove(next(iter(self._pages)))
            return True

    def drop(self, changes: Iterable[frozenset[str]]) -> int:
        """Drop the pages that carry any tag of the changes; returns how many."""
        dropped = 0
        with self._lock:
            for tags in changes:
                self._changes.append(tags)
                self._position += 1
                for key in self._keys_with(tags):
                    self._remove(key)
                    dropped += 1
        return dropped

    def _keys_with(self, tags: frozenset[str]) -> set[Hashable]:
        found = (self._keys_by_tag.get(tag, set()) for tag in tags)
        return set().union(*found)

    def _has_changed(self, tags: frozenset[str], since: int) -> bool:
        missed = self._position - since
        if missed > len(self._changes):
            return True
        newest_first = reversed(self._changes)
        return any(not tags.isdisjoint(next(newest_first)) for _ in range(missed))

    def _remove(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.bytes -= page.size * _GROWTH
        for tag in page.tags:
            keys = self._keys_by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._keys_by_tag[tag]
