"""What is asked before an upload is read, and what may be corrected of each document found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from articles.admin.fields import TagsField, names_in
from articles.admin.publish_forms import KoreanTimeField
from articles.intake.import_powers import Powers
from articles.models import Article, Author, Category, ImportRow, ImportStatus, Series
from articles.slugs import mended_slug
from articles.text import one_line

_LINES = ("title", "dek", "slug", "category", "series")
_EMPTY = "원본에 없으면 비워 두기"


class StartForm(forms.Form):
    """What stands in where a document says nothing."""

    author = forms.ModelChoiceField(
        Author.objects.order_by("name"),
        label="필자",
        required=False,
        empty_label=_EMPTY,
        help_text="필자가 적혀 있지 않은 글에 씁니다.",
        widget=UnfoldAdminSelectWidget,
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("name"),
        label="카테고리",
        required=False,
        empty_label=_EMPTY,
        help_text="카테고리가 적혀 있지 않은 글에 씁니다.",
        widget=UnfoldAdminSelectWidget,
    )
    status = forms.ChoiceField(
        label="상태",
        choices=ImportStatus.choices,
        initial=ImportStatus.DRAFT,
        help_text="‘원본 그대로’를 고르면 발행되어 있던 글은 발행한 글로 들어옵니다.",
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].initial = Author.objects.filter(user=user.pk).first()
        if not Powers.of(user).may_publish:
            del self.fields["status"]

    def options(self) -> dict[str, str]:
        chosen = self.cleaned_data
        return {
            "author": chosen["author"].name if chosen["author"] else "",
            "category": chosen["category"].name if chosen["category"] else "",
            "status": chosen.get("status", ImportStatus.DRAFT),
        }


def _line(label: str, model: Any, column: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=model._meta.get_field(column).max_length,
        required=False,
        help_text=help_text,
        widget=UnfoldAdminTextInputWidget,
    )


class RowForm(forms.Form):
    """One document's fields, which begin with what was found."""

    title = _line("제목", Article, "title")
    dek = _line("부제", Article, "dek")
    summary_1 = _line("요약 첫째 줄", Article, "summary_1")
    summary_2 = _line("요약 둘째 줄", Article, "summary_2")
    summary_3 = _line("요약 셋째 줄", Article, "summary_3")
    published_at = KoreanTimeField("날짜", "한국 시각입니다. 초고로 들여도 날짜는 남습니다.")
    authors = _line("필자", Article, "dek", "여럿이면 쉼표로 나눕니다.")
    category = _line("카테고리", Category, "name")
    tags = TagsField(label="태그", required=False, help_text="쉼표로 나눕니다.")
    series = _line("연재", Series, "title")
    episode = forms.IntegerField(
        label="회차",
        min_value=0,
        max_value=99_999,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    slug = _line("주소(슬러그)", Article, "slug", "비우면 제목으로 만듭니다.")
    status = forms.ChoiceField(
        label="상태",
        required=False,
        choices=[
            ("", "올릴 때 고른 대로"),
            ("draft", "초고로"),
            ("source", "원본 그대로"),
            ("published", "발행"),
        ],
        widget=UnfoldAdminSelectWidget,
    )
    is_included = forms.BooleanField(
        label="이 글을 가져오기", required=False, widget=UnfoldBooleanWidget
    )
    overwrites = forms.BooleanField(
        label="편집실에서 고친 칸도 원본으로 덮어쓰기", required=False, widget=UnfoldBooleanWidget
    )

    def __init__(self, row: ImportRow, powers: Powers, posted: Any = None) -> None:
        self.row = row
        super().__init__(posted, initial=_shown(row))
        for name in ("authors", "category", "series"):
            self.fields[name].widget.attrs["list"] = f"names-{name}"
        if not powers.may_publish or row.article_id:
            del self.fields["status"]
        if not row.edited:
            del self.fields["overwrites"]

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("제목을 적어 주세요.")
        return title

    def clean_slug(self) -> str:
        return mended_slug(self.cleaned_data["slug"])

    def clean_authors(self) -> list[str]:
        names = names_in(self.cleaned_data["authors"])
        longest = Author._meta.get_field("name").max_length or 0
        if any(len(name) > longest for name in names):
            raise forms.ValidationError(f"필자의 이름은 {longest}자까지 쓸 수 있습니다.")
        return names

    def corrections(self) -> dict[str, Any]:
        """Return what differs from the source, as `ImportRow.corrections` keeps it."""
        said: dict[str, Any] = {name: one_line(self.cleaned_data[name]) for name in _LINES}
        lines = [one_line(self.cleaned_data[f"summary_{number}"]) for number in (1, 2, 3)]
        time = self.cleaned_data["published_at"]
        said |= {
            "summary": [line for line in lines if line],
            "authors": self.cleaned_data["authors"],
            "tags": self.cleaned_data["tags"],
            "episode": self.cleaned_data["episode"],
            "published_at": _time_in(self.row.found, time),
        }
        found = self.row.found
        changed = {name: value for name, value in said.items() if value != found.get(name)}
        if status := self.cleaned_data.get("status"):
            changed["status"] = status
        return changed


def _time_in(found: dict[str, Any], time: datetime | None) -> str | None:
    """Return the corrected time; the seconds of the source, which the form lacks, are no change."""
    written = found.get("published_at")
    if time is None:
        return None
    if written:
        was = datetime.fromisoformat(written)
        if was.replace(second=0, microsecond=0) == time.replace(second=0, microsecond=0):
            return str(written)
    return timezone.localtime(time).isoformat()


def _shown(row: ImportRow) -> dict[str, Any]:
    said = row.found | {name: value for name, value in row.corrections.items() if name != "status"}
    summary: Sequence[str] = [*said.get("summary", ()), "", "", ""]
    time = said.get("published_at")
    shown = {name: said.get(name, "") for name in (*_LINES, "episode")}
    return shown | {
        "authors": ", ".join(said.get("authors", ())),
        "tags": list(said.get("tags", ())),
        "published_at": datetime.fromisoformat(time) if time else None,
        "status": row.corrections.get("status", ""),
        "is_included": row.is_included,
        "overwrites": row.overwrites,
        **{f"summary_{number}": summary[number - 1] for number in (1, 2, 3)},
    }
