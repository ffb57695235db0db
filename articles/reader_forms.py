"""What the forms of readers have in common, wherever on the site they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import forms
from django.core.validators import EmailValidator

# What a text field answers to a NUL, which no browser sends and no database holds.
NO_NUL = {"null_characters_not_allowed": "쓸 수 없는 문자가 들어 있습니다."}


class PlainEmailValidator(EmailValidator):
    """Django's rule without quoted names, in which control characters could hide."""

    user_regex = re.compile(
        r"[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+)*\Z"
    )


class PlainEmailField(forms.EmailField):
    default_validators = [PlainEmailValidator()]


def email_field(label: str, *, required: bool = True, help_text: str = "") -> forms.EmailField:
    """Return the field for a reader's own address."""
    invalid = "이메일 주소를 다시 확인해 주세요."
    return PlainEmailField(
        label=label,
        required=required,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=help_text,
        error_messages={
            "required": "이메일 주소를 적어 주세요.",
            "invalid": invalid,
            "max_length": invalid,
            **NO_NUL,
        },
    )


class ReaderForm(forms.Form):
    """A form whose errors can be listed above it, each with a link to its field."""

    def linked_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each message with the id of the element it is about, "" for the whole form."""
        for name, messages in self.errors.items():
            target = _element_of(self[name]) if name in self.fields else ""
            for message in messages:
                yield str(message), target


def _element_of(field: forms.BoundField) -> str:
    """Return the id of what can be filled in: of several choices the first, "" of what is hidden."""
    if field.is_hidden:
        return ""
    return field.id_for_label or str(field[0].id_for_label)
