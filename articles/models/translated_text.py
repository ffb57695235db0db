"""In which language a text is, and of which other text it is the translation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.languages import CHOICES, KOREAN


class TranslatedText(models.Model):
    """A row in a language; neither field is a part of its text, and both change at once."""

    language = models.CharField("언어", max_length=8, choices=CHOICES, default=KOREAN)
    translation_of = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        verbose_name="원문",
        null=True,
        blank=True,
        related_name="translations",
        help_text="다른 글을 옮긴 글이라면 그 글입니다. 독자는 두 글 사이를 오갈 수 있습니다.",
    )

    class Meta:
        abstract = True

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the page around it."""
        return self.language != KOREAN

    def clean(self) -> None:
        """Keep translations and their originals one step apart and in languages of their own."""
        super().clean()
        if fault := self.translation_fault():
            raise ValidationError({"translation_of": fault})

    def translation_fault(self) -> str:
        """Say why the text cannot be in its language or the translation that it is said to be."""
        own = self._own_translations()
        if own.filter(language=self.language).exists():
            return "이 글을 그 언어로 옮긴 글이 이미 있습니다."
        original = self.translation_of
        if original is None:
            return ""
        if original.pk == self.pk:
            return "글이 스스로의 원문일 수는 없습니다."
        if original.translation_of_id is not None:
            return "번역이 아니라 원문을 골라 주세요."
        if original.language == self.language:
            return "원문과 언어가 같습니다. 이 글의 언어를 먼저 골라 주세요."
        if own.exists():
            return "이 글을 원문으로 하는 번역이 있어 번역으로 둘 수 없습니다."
        return ""

    def _own_translations(self) -> models.QuerySet[Any]:
        rows: Any = type(self)._default_manager
        return rows.filter(translation_of=self.pk) if self.pk else rows.none()
