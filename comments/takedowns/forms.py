"""What somebody whose rights are violated tells, and what the author answers."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from articles.reader_forms import NO_NUL, ReaderForm, email_field
from articles.text import one_line
from comments.models import Relation, Right
from comments.text import MAX_BODY_BYTES, TextError, cleaned_body, grapheme_count, is_invisible

MAX_GRAPHEMES = 2_000


def _text_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=help_text,
        error_messages={"required": "내용을 적어 주세요.", **NO_NUL},
    )


def _choice_field(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    message = f"{label}: 하나를 골라 주세요."
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": message, "invalid_choice": message},
    )


def _cleaned_text(raw: str) -> str:
    """Return the text as it is stored; nothing is ever cut off."""
    too_long = len(raw.encode("utf-8", "surrogatepass")) > MAX_BODY_BYTES
    if too_long or grapheme_count(raw) > MAX_GRAPHEMES:
        raise ValidationError(f"{MAX_GRAPHEMES:,}자까지 쓸 수 있습니다.")
    try:
        return cleaned_body(raw)
    except TextError as error:
        raise ValidationError(str(error)) from error


class TakedownForm(ReaderForm):
    name = forms.CharField(
        label="이름",
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "이름을 적어 주세요.",
            "max_length": "이름은 50자까지 쓸 수 있습니다.",
            **NO_NUL,
        },
    )
    email = email_field(
        "이메일",
        help_text="접수 번호와 결과를 보내 드립니다. 댓글을 쓴 사람에게는 알리지 않습니다.",
    )
    relation = _choice_field("요청하시는 분", Relation.choices)
    right = _choice_field("침해된 권리", Right.choices)
    explanation = _text_field(
        "이유",
        f"어느 부분이 왜 권리를 침해하는지 적어 주세요. {MAX_GRAPHEMES:,}자까지 쓸 수 있습니다.",
    )
    consent = forms.BooleanField(
        label="요청을 처리하는 데 위 정보를 쓰는 것에 동의합니다.",
        error_messages={"required": "동의해 주셔야 요청을 처리할 수 있습니다."},
    )

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if is_invisible(name):
            raise ValidationError("이름을 적어 주세요.")
        return name

    def clean_explanation(self) -> str:
        return _cleaned_text(self.cleaned_data["explanation"])


class ObjectionForm(ReaderForm):
    objection = _text_field(
        "이의",
        "댓글을 그대로 두어야 하는 까닭을 적어 주세요. 운영자만 읽고, 요청한 분께는 전하지 않습니다.",
    )

    def clean_objection(self) -> str:
        return _cleaned_text(self.cleaned_data["objection"])
