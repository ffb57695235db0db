"""What the forms of readers have in common, wherever on the site they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import forms
from django.core.validators import EmailValidator


class PlainEmailValidator(EmailValidator):
    """Django's rule without quoted names, in which control characters could hide."""

    user_regex = re.compile(
        r"[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+)*\Z"
    )


class PlainEmailField(forms.EmailField):
    default_validators = [PlainEmailValidator()]


class ReaderForm(forms.Form):
    """A form whose errors can be listed above it, each with a link to its field."""

    def linked_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each message with the id of the element it is about, "" for the whole form."""
        for name, messages in self.errors.items():
            visible = name in self.fields and not self[name].is_hidden
            target = self[name].id_for_label if visible else ""
            for message in messages:
                yield str(message), target
