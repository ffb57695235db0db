"""Many patterns looked up at once: the cost is the text's, not the number of patterns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Form = TypeVar("Form")


@dataclass(slots=True)
class _Node(Generic[Form]):
    children: "dict[str, _Node[Form]]" = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


class Trie(Generic[Form]):
    """Forms filed under their letters."""

    def __init__(self) -> None:
        self._root: _Node[Form] = _Node()

    def __bool__(self) -> bool:
        return bool(self._root.children)

    def add(self, letters: str, form: Form) -> None:
        node = self._root
        for letter in letters:
            node = node.children.setdefault(letter, _Node())
        node.forms.append(form)

    def found_at(self, text: str, place: int) -> Iterator[tuple[Form, int]]:
        """Yield each form that begins at the place, with where it ends."""
        node = self._root
        for end in range(place, len(text)):
            following = node.children.get(text[end])
            if following is None:
                return
            node = following
            for form in node.forms:
                yield form, end + 1
