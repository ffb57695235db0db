"""Form fields of the desk: Markdown kept as it was written, and tags between commas."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles.models import Tag
from articles.text import normalised, one_line

MAX_TAG_LENGTH = Tag._meta.get_field("name").max_length or 0


class MarkdownWidget(UnfoldAdminTextareaWidget):
    """A plain text area, in which Hangul composition never breaks, with a preview button.

    Scripts put a toolbar above it and the preview beside it.
    """

    class Media:
        css = {"all": ("desk/editor.css",)}
        js = (Script("desk/editor/main.js", type="module"),)

    def __init__(self) -> None:
        super().__init__({"class": "desk-markdown", "rows": 28, "spellcheck": "false"})

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        field = super().render(*args, **kwargs)
        return render_to_string("admin/articles/editor/_editor.html", {"field": field})


class MarkdownField(forms.CharField):
    """Text as the author typed it, in NFC and with the line ends of this system.

    Nothing is stripped, since leading spaces mean something in Markdown. Browsers send
    carriage returns; without them an untouched text compares as unchanged.
    """

    widget = MarkdownWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"strip": False, "required": False} | kwargs))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return normalised(text.replace("\r\n", "\n").replace("\r", "\n"))


class TagsField(forms.CharField):
    """Tag names between commas; `clean` returns them as a list, each spelling once."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(_names(value))

    def clean(self, value: Any) -> list[str]:
        names = _split(super().clean(value))
        if too_long := [name for name in names if len(name) > MAX_TAG_LENGTH]:
            raise forms.ValidationError(
                f"태그는 {MAX_TAG_LENGTH}자까지 쓸 수 있습니다: {too_long[0][:20]}…"
            )
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {name.casefold() for name in _names(initial or ())}
        return before != {name.casefold() for name in _split(data or "")}


def _names(tags: Iterable[Tag | str]) -> list[str]:
    return [tag if isinstance(tag, str) else tag.name for tag in tags]


def _split(text: str) -> list[str]:
    names: dict[str, str] = {}
    for part in text.replace("，", ",").split(","):
        if name := one_line(part):
            names.setdefault(name.casefold(), name)
    return list(names.values())
