"""An article that another leads to, by its title and address."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse


class Step(NamedTuple):
    """`episode` is its number in a series, 0 outside one."""

    pk: int
    episode: int
    slug: str
    title: str

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])
