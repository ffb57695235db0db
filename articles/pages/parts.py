"""Parts of pages that many pages show, made into HTML once for the same facts.

Such a part is a template that is given one tuple of facts and nothing else: equal facts make equal
HTML, and nothing has to be told when an article or a comment changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Facts = TypeVar("Facts", bound=tuple[Any, ...])


def part(template: str, *, remembered: int) -> Callable[[Facts], SafeString]:
    """Return what renders the template from `shown`, and remembers that many results.

    While templates are being worked on it remembers nothing.
    """

    def made(shown: Facts) -> SafeString:
        return render_to_string(template, {"shown": shown})

    kept = lru_cache(remembered)(made)
    return lambda shown: made(shown) if settings.DEBUG else kept(shown)
