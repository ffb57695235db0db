"""What moderators write at the desk: notes, bans, word rules, and texts to try the rules on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.text import one_line
from comments.bans import Duration, Target
from comments.models import ModerationMode, ModeratorNote, WordRule
from comments.repetition import words_of
from comments.text import MAX_BODY_BYTES, MAX_NAME_BYTES

# What one form may bring in at once.
MAX_WORDS = 1_000


class NoteForm(forms.ModelForm):
    class Meta:
        model = ModeratorNote
        fields = ("text",)
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 3})}


class BanForm(forms.Form):
    """Whom to ban, how long and why; only what the comment tells about can be chosen."""

    target = forms.ChoiceField(label="누구를", widget=UnfoldAdminSelectWidget)
    duration = forms.ChoiceField(
        label="얼마 동안",
        choices=Duration.choices,
        required=False,
        initial=Duration.WEEK,
        widget=UnfoldAdminSelectWidget,
    )
    reason = forms.CharField(
        label="이유",
        max_length=300,
        help_text="막힌 분이 쓰려고 할 때 그대로 보입니다.",
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args: Any, targets: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(target.value, target.label) for target in targets]
        cast(forms.ChoiceField, self.fields["target"]).choices = choices


class WordRuleForm(forms.ModelForm):
    """A word rule that finds something, but not everything."""

    class Meta:
        model = WordRule
        fields = ("pattern", "target", "effect", "exceptions", "category", "is_enabled")

    def clean_pattern(self) -> str:
        pattern = one_line(self.cleaned_data["pattern"])
        letters = words_of(pattern)
        if not any(letter.isalnum() for letter in letters):
            raise forms.ValidationError("글자나 숫자가 있어야 찾을 수 있습니다.")
        if len(set(letters)) == 1:
            raise forms.ValidationError(
                "한 글자로는 아무 잘못 없는 댓글까지 걸립니다. 두 글자 이상으로 적어 주세요."
            )
        return pattern

    def clean_exceptions(self) -> str:
        lines = (one_line(line) for line in self.cleaned_data["exceptions"].splitlines())
        return "\n".join(dict.fromkeys(filter(None, lines)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pattern, target = cleaned.get("pattern"), cleaned.get("target")
        if pattern and target:
            others = WordRule.objects.filter(target=target).exclude(pk=self.instance.pk)
            for other in others.values_list("pattern", flat=True):
                if words_of(other) == words_of(pattern):
                    self.add_error("pattern", f"같은 곳에서 찾는 규칙이 이미 있습니다: {other}")
        return cleaned


class WordListForm(forms.Form):
    """Many words at once, one a line, each with its exceptions after an equals sign."""

    lines = forms.CharField(
        label="낱말",
        max_length=100_000,
        help_text="한 줄에 하나씩 적습니다. 예외는 등호 뒤에 쉼표로 나눕니다. "
        "예: 시발 = 시발점, 시발역",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
    )
    target = forms.ChoiceField(
        label="찾을 곳", choices=WordRule.Target.choices, widget=UnfoldAdminSelectWidget
    )
    effect = forms.ChoiceField(
        label="걸리면", choices=WordRule.Effect.choices, widget=UnfoldAdminSelectWidget
    )
    category = forms.CharField(
        label="갈래", max_length=20, required=False, widget=UnfoldAdminTextInputWidget
    )

    def clean_lines(self) -> list[str]:
        lines = list(filter(None, map(str.strip, self.cleaned_data["lines"].splitlines())))
        if len(lines) > MAX_WORDS:
            raise forms.ValidationError(f"한 번에 {MAX_WORDS:,}줄까지 받습니다.")
        return lines


class TrialForm(forms.Form):
    """A text that the rules are tried on. Nothing of it is stored."""

    body = forms.CharField(
        label="댓글 내용",
        max_length=MAX_BODY_BYTES,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )
    name = forms.CharField(
        label="이름",
        max_length=MAX_NAME_BYTES,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    mode = forms.ChoiceField(
        label="공개 방식",
        choices=[("", "지금 사이트 설정대로"), *ModerationMode.choices],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
