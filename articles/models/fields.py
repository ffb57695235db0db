"""Fields that keep text in one Unicode form, so that NFC and NFD are the same name."""

from typing import Any

from django.db import models
from django.db.models.lookups import IExact

from articles.text import normalised, one_line


class NormalisedCharField(models.CharField):
    """One line of text: NFC, white space folded, both when it is stored and when it is asked for."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return one_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


@NormalisedCharField.register_lookup
class NormalisedIExact(IExact):
    """`iexact` with its right side normalised too, which Django leaves as it was typed.

    taggit finds a tag's other spellings by this lookup.
    """

    prepare_rhs = True


class HangulSlugField(models.SlugField):
    """A unique slug that keeps Hangul: NFC and lower case, stored and asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {"max_length": 100, "unique": True, "allow_unicode": True}
        super().__init__(*args, **(defaults | kwargs))

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return normalised(value).lower() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class WebAddressField(models.URLField):
    """A web address; one typed without a scheme is taken for https, as Django 6 will."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"assume_scheme": "https"} | kwargs))
