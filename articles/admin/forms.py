"""What an editor may write into an article."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count
from django.utils.html import escape

from articles.admin.fields import MarkdownField, TagsField
from articles.models import Article, Status, Tag
from articles.rendering import RenderingError, render

FREQUENT_TAGS = 12
# What is older is a slip of the finger, and the archive has no address for it.
EARLIEST_YEAR = 1900


class ArticleForm(forms.ModelForm):
    """An article as the desk edits it; its status changes by buttons alone."""

    body = MarkdownField(label="본문")
    tags = TagsField(label="태그", required=False)

    class Meta:
        model = Article
        fields = (
            "title",
            "dek",
            "body",
            "summary_1",
            "summary_2",
            "summary_3",
            "category",
            "tags",
            "series",
            "episode",
            "lead_image",
            "lead_image_alt",
            "lead_image_caption",
            "lead_image_credit",
            "published_at",
            "expires_at",
            "slug",
            "comment_policy",
            "canonical_url",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tags" in self.fields:
            self.fields["tags"].help_text = f"쉼표로 나눕니다.{_frequent_tags()}"

    def clean_body(self) -> str:
        """Refuse what the renderer refuses, while the text is still in the editor's hands."""
        body: str = self.cleaned_data["body"]
        if "body" in self.changed_data:
            try:
                render(body, site_hosts=settings.SITE_HOSTS)
            except RenderingError as error:
                raise forms.ValidationError(str(error), code="rendering") from error
        if self._is_published() and not body.strip():
            raise forms.ValidationError(
                "발행한 글의 본문은 비울 수 없습니다. 먼저 글을 내려 주세요."
            )
        return body

    def clean_published_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["published_at"]
        if moment is not None and moment.year < EARLIEST_YEAR:
            raise forms.ValidationError("게재 시각의 연도를 다시 확인해 주세요.")
        return moment

    def clean(self) -> dict[str, Any]:
        # The status is not in the form, so the model's own rule about it is not asked.
        if self._is_published() and self.cleaned_data.get("published_at", True) is None:
            self.add_error("published_at", "발행한 글에는 게재 시각이 있어야 합니다.")
        return super().clean() or self.cleaned_data

    def _is_published(self) -> bool:
        return bool(self.instance.status == Status.PUBLISHED)


def _frequent_tags() -> str:
    tags = Tag.objects.annotate(uses=Count("tagged_articles")).filter(uses__gt=0)
    # The admin shows a help text as HTML, and a tag is whatever an imported document calls it.
    names = ", ".join(escape(tag.name) for tag in tags.order_by("-uses", "name")[:FREQUENT_TAGS])
    return f" 자주 쓰는 태그: {names}" if names else ""
