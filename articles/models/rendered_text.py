"""A text in Markdown with what is rendered of it, which is stored beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models

from articles.models.image import Image
from articles.rendering import RENDERER_VERSION, KnownImage, Rendition, TocEntry, render

# The columns that are made from the body, always written together with it.
RENDERED_FIELDS = frozenset(
    {"body_html", "toc", "plain_text", "reading_minutes", "renderer_version"}
)


class RenderedText(models.Model):
    """A row with a text; whoever saves it calls `render_for_saving` before and `note_saved` after."""

    body = models.TextField("본문", blank=True, help_text="마크다운으로 씁니다.")

    body_html = models.TextField(editable=False, blank=True)
    toc = models.JSONField(editable=False, default=list)
    plain_text = models.TextField(editable=False, blank=True)
    reading_minutes = models.PositiveSmallIntegerField("읽는 시간(분)", editable=False, default=1)
    renderer_version = models.PositiveIntegerField(editable=False, default=0, db_index=True)

    # The pictures that were found in the body when it was rendered, until they are noted.
    images_shown: Sequence[Image] | None = None
    # What the database holds, if it was loaded.
    _stored_body: str | None = None
    # The body of which a rendering was taken over, until it is saved.
    _rendered_body: str | None = None

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:  # type: ignore[override]
        """Remember the stored body, so that it is seen whether it has changed."""
        row = super().from_db(db, field_names, values)
        row._stored_body = row.__dict__.get("body")
        return row

    @property
    def toc_entries(self) -> list[TocEntry]:
        return [TocEntry(**entry) for entry in self.toc]

    def render_for_saving(self, save_options: dict[str, Any]) -> None:
        """Render the body if that is due, and add what was rendered to the fields to be saved.

        Raises RenderingError for a body that must not be rendered.
        """
        fields = save_options.get("update_fields")
        if not self._needs_rendering(fields):
            return
        if self.body != self._rendered_body:
            self.render_body()
        if fields is not None:
            save_options["update_fields"] = {*fields, *RENDERED_FIELDS}

    def note_saved(self) -> None:
        """Take what is in the row for what is stored."""
        self.images_shown = self._rendered_body = None
        self._stored_body = self.__dict__.get("body")

    def _needs_rendering(self, update_fields: Collection[str] | None) -> bool:
        if "body" in self.get_deferred_fields():
            return False
        if update_fields is not None and "body" not in update_fields:
            return False
        return self._stored_body != self.body or self.renderer_version != RENDERER_VERSION

    def take_rendering(self, other: RenderedText) -> None:
        """Take over what was rendered of the body, which shows no picture of ours, before."""
        for name in RENDERED_FIELDS:
            setattr(self, name, getattr(other, name))
        self._rendered_body = other.body
        self.images_shown = []

    def render_body(self, *, notes_lines: bool = False) -> Rendition:
        """Fill the rendered columns from the body, without saving; returns what was rendered.

        `notes_lines` is for a preview alone; see `rendering.render`.
        """
        images: dict[str, Image] = {}

        def known(sources: Sequence[str]) -> dict[str, KnownImage]:
            images.update(Image.objects.at(sources))
            return {source: image.known_as(source) for source, image in images.items()}

        rendition = render(
            self.body, images=known, site_hosts=settings.SITE_HOSTS, notes_lines=notes_lines
        )
        self.images_shown = list(images.values())
        self.body_html = rendition.html
        self.toc = [
            {"level": entry.level, "id": entry.id, "title": entry.title} for entry in rendition.toc
        ]
        self.plain_text = rendition.plain_text
        self.reading_minutes = rendition.reading_minutes
        self.renderer_version = RENDERER_VERSION
        return rendition
