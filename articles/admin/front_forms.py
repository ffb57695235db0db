"""The rows of the front page's form: pins, blocks and banners."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from articles.markup.urls import decode_source
from articles.models import Article, ArticleQuerySet, Banner, FrontBlock, FrontPin, Image
from articles.models.front_page import LARGEST_BLOCK
from articles.text import one_line

MAX_PINS = 12
MAX_BANNERS = 40
MAX_BLOCKS = 200
MAX_POSITION = 9_999
# Outside of these a date is a slip of the finger, and some database cannot hold it.
YEARS = range(1900, 9000)
# How many articles a title that fits several of them names.
_AMBIGUOUS = 5
_NUMBERED = re.compile(r"(.+) #([0-9]{1,18})")
_ARTICLE_PATH = re.compile(r"/articles/([^/\s?#]+)/?(?:[?#]\S*)?$")


class MomentField(forms.DateTimeField):
    """A moment in Korean time, in the browser's own picker for it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment is not None and moment.year not in YEARS:
            raise forms.ValidationError("연도를 다시 확인해 주세요.")
        return moment


class NamedRowField(forms.CharField):
    """A row that is named by text, so that it can be chosen without a script."""

    suggestions = ""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"list": self.suggestions, "autocomplete": "off"})
        super().__init__(max_length=600, widget=widget, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ArticleField(NamedRowField):
    """An article by its address or its title, in full or in part if only one has it."""

    suggestions = "front-articles"
    queryset: ArticleQuerySet

    def prepare_value(self, value: Any) -> Any:
        return name_of(value) if isinstance(value, Article) else value

    def clean(self, value: Any) -> Any:
        text = one_line(super().clean(value))
        if numbered := _NUMBERED.fullmatch(text):
            found = list(self.queryset.filter(title=numbered[1], pk=numbered[2]))
        elif path := _ARTICLE_PATH.search(text):
            found = list(self.queryset.filter(slug=unquote(path[1])))
        else:
            found = self._titled(text)
        if not found:
            raise forms.ValidationError("그런 글을 찾지 못했습니다. 제목이나 주소를 확인해 주세요.")
        if len(found) > 1:
            names = ", ".join(name_of(article) for article in found)
            raise forms.ValidationError(f"여러 글이 맞습니다. 하나만 적어 주세요: {names}")
        return found[0]

    def _titled(self, title: str) -> list[Article]:
        exact = list(self.queryset.filter(title=title)[:_AMBIGUOUS])
        return exact or list(self.queryset.filter(title__icontains=title)[:_AMBIGUOUS])


class ImageField(NamedRowField):
    """A picture of the library by its address or its alternative text."""

    suggestions = "front-images"

    def prepare_value(self, value: Any) -> Any:
        return value.url if isinstance(value, Image) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        address = decode_source(text)
        found = Image.objects.at([address]).get(address)
        found = found or Image.objects.filter(alt=one_line(text)).first()
        if found is None:
            raise forms.ValidationError("그런 그림을 찾지 못했습니다. 그림의 주소를 적어 주세요.")
        return found


def name_of(article: Article) -> str:
    """Return what tells an article from every other of the same title."""
    return f"{article.title} #{article.pk}"


def position_field() -> forms.IntegerField:
    return forms.IntegerField(label="순서", required=False, min_value=0, max_value=MAX_POSITION)


class RowForm(forms.BaseForm):
    """A row that says nothing while only its number, or what is chosen anyway, is there."""

    # Every row is numbered when one of them is moved.
    silent = frozenset({"position"})

    def has_changed(self) -> bool:
        return not self.silent.issuperset(self.changed_data)


class PinForm(RowForm, forms.Form):
    position = position_field()
    article = ArticleField(label="글")
    until = MomentField(label="언제까지")

    def __init__(self, *args: Any, articles: ArticleQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].queryset = articles  # type: ignore[attr-defined]

    def pin(self) -> FrontPin | None:
        """Return what the row says so far, or None while it names no article."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        if said.get("article") is None:
            return None
        return FrontPin(article=said["article"], until=said.get("until"))


class BlockForm(forms.Form):
    """A row for a block that is there anyway; its key says which one."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    position = position_field()
    size = forms.IntegerField(label="개수", min_value=1, max_value=LARGEST_BLOCK)
    is_shown = forms.BooleanField(label="보이기", required=False)

    def __init__(self, *args: Any, known: dict[str, FrontBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.block = known.get(str(self["key"].value()))


class BannerForm(RowForm, forms.ModelForm):
    silent = frozenset({"position", "slot"})

    position = position_field()
    image = ImageField(label="그림", required=False)
    starts_at = MomentField(label="시작")
    ends_at = MomentField(label="끝")

    class Meta:
        model = Banner
        fields = (
            "position",
            "slot",
            "title",
            "text",
            "image",
            "target",
            "is_advertisement",
            "starts_at",
            "ends_at",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The model's default would be another one when an empty row comes back.
        kwargs["initial"] = {"starts_at": None} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_starts_at(self) -> datetime:
        return self.cleaned_data["starts_at"] or timezone.now()

    def banner(self) -> Banner | None:
        """Return what the row says so far, or None while it says no banner."""
        if self.is_bound:
            return self.instance if self.instance.title and not self.errors else None
        return Banner(**self.initial) if self.initial.get("title") else None


class RowSet(BaseFormSet):
    """Rows that are judged as they were sent: whichever is empty is not there.

    What is stored already is only shown. Were sent rows compared with it, those that nobody has
    touched would pass for empty.
    """

    def __init__(self, data: Any = None, *, initial: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial if data is None else None, **kwargs)

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def rows(self) -> list[Any]:
        """Return the filled rows that stay, in the order of their numbers."""
        filled = [
            form
            for form in self.forms
            if form.has_changed() and not (self.can_delete and form.cleaned_data.get("DELETE"))
        ]
        return sorted(filled, key=_number_of)


def _number_of(form: Any) -> int:
    """Rows without a number come last, in the order in which they stand."""
    position = form.cleaned_data.get("position")
    return MAX_POSITION + 1 if position is None else int(position)


class PinSet(RowSet):
    def clean(self) -> None:
        """Refuse an article that stands there twice."""
        seen: set[Article] = set()
        for form in self.rows():
            article = form.cleaned_data.get("article")
            if article in seen:
                form.add_error("article", "이 글은 위에 이미 있습니다.")
            elif article is not None:
                seen.add(article)


def _set_of(form: type[Any], rows: type[RowSet], most: int, **kwargs: Any) -> type[Any]:
    made: type[Any] = formset_factory(
        form, rows, max_num=most, absolute_max=most + 10, validate_max=True, **kwargs
    )
    return made


Pins = _set_of(PinForm, PinSet, MAX_PINS, extra=2, can_delete=True)
Blocks = _set_of(BlockForm, RowSet, MAX_BLOCKS, extra=0)
Banners = _set_of(BannerForm, RowSet, MAX_BANNERS, extra=1, can_delete=True)
