"""What an editor may write into an article."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count
from django.utils.html import escape

from articles.admin import buttons
from articles.admin.fields import MarkdownField, TagsField
from articles.counts import EXACT, kept
from articles.models import Article, Status, Tag
from articles.rendering import RenderingError, render

FREQUENT_TAGS = 12
# Set beside the posted fields when they may not be saved over what somebody else has saved.
CONFLICT = "_conflict"


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
            "slug",
            "comment_policy",
            "language",
            "translation_of",
            "canonical_url",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.head is not None:
            self.initial["tags"] = self.instance.head.content["tags"]
        # What its writer left unsaved and goes on with, as strings.
        self.initial.update(self.instance.laid_in)
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

    def clean(self) -> dict[str, Any]:
        if self.data.get(CONFLICT):
            self.add_error(
                None, "그사이 다른 사람이 이 글을 저장했습니다. 아직 저장하지 않았습니다."
            )
        if fault := buttons.fault(self.data, self.instance):
            self.add_error(None, fault)
        return super().clean() or self.cleaned_data

    def _is_published(self) -> bool:
        return bool(self.instance.status == Status.PUBLISHED)


def _frequent_tags() -> str:
    used = kept("desk.frequent_tags", _most_used_tags, lambda tags: sum(tags.values()) > EXACT)
    # The admin shows a help text as HTML, and a tag is whatever an imported document calls it.
    names = ", ".join(map(escape, used))
    return f" 자주 쓰는 태그: {names}" if names else ""


def _most_used_tags() -> dict[str, int]:
    """Return the names of the most frequent tags with the number of articles, in that order."""
    tags = Tag.objects.annotate(uses=Count("tagged_articles")).filter(uses__gt=0)
    return dict(tags.order_by("-uses", "name").values_list("name", "uses")[:FREQUENT_TAGS])
