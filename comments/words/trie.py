"""Many patterns looked up at once: the cost is the text's, not the number of patterns."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Form = TypeVar("Form")


class Trie(Generic[Form]):
    """Forms filed under their letters."""

    def __init__(self) -> None:
        self._root: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree of dicts of itself
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, letters: str, form: Form) -> None:
        node = self._root
        for letter in letters:
            node = node.setdefault(letter, {})
        node.setdefault("", []).append(form)
        self._size += 1

    def found_at(self, text: str, place: int) -> Iterator[tuple[Form, int]]:
        """Yield each form that begins at the place, with where it ends."""
        node = self._root
        for end in range(place, len(text) + 1):
            for form in node.get("", ()):
                yield form, end
            if end == len(text) or text[end] not in node:
                return
            node = node[text[end]]
