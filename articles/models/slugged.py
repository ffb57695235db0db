"""What everything with an address of its own shares: a name, and a Hangul slug made once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from articles.models.fields import HangulSlugField
from articles.slugs import make_slug, unique_slug


def never_empty(field: str) -> models.CheckConstraint:
    """Return the rule that the field says something, for the constraints of any model."""
    return models.CheckConstraint(
        condition=~Q(**{field: ""}), name=f"%(app_label)s_%(class)s_has_a_{field}"
    )


class SluggedModel(models.Model):
    """A row whose slug is made from its name once and then kept until somebody changes it."""

    slug_source: ClassVar[str] = "name"

    slug = HangulSlugField(
        "주소", blank=True, help_text="비워 두면 제목이나 이름으로 만듭니다. 한글을 쓸 수 있습니다."
    )

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self.slug:
            self.make_slug_once()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "slug"}
        super().save(**kwargs)

    def clean(self) -> None:
        """Make the slug before the rules about it are asked, as `save()` would too late."""
        super().clean()
        self.make_slug_once()

    def make_slug_once(self) -> None:
        if not self.slug:
            base = make_slug(getattr(self, self.slug_source))
            self.slug = unique_slug(base, self.slug_is_taken)

    def slug_is_taken(self, slug: str) -> bool:
        return type(self)._default_manager.filter(slug=slug).exclude(pk=self.pk).exists()
