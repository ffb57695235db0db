"""Between the article's form and the database: what the form says is saved whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest

from articles import editing
from articles.admin.byline import BylineFormSet
from articles.content import Content, authors_of, content_of, with_relations
from articles.models import Article, Deed, RevisionKind

# What is no part of the text, and does not wait with it.
_BESIDE_THE_TEXT = ("comment_policy", "language", "translation_of")


def save_form(
    request: HttpRequest, form: ModelForm, formsets: Iterable[BaseFormSet], *, is_new: bool
) -> list[str]:
    """Save what the form says and return the names of the parts that changed.

    A new article is stored already and lacks its relations only.
    """
    actor = editing.Actor.of(request.user)
    content = _content_from(form, formsets)
    if is_new:
        article: Article = form.instance
        article.set_authors(authors_of(content))
        form.save_m2m()
        editing.log(article, Deed.CREATE, actor)
        editing.keep(article, RevisionKind.SAVED, content_of(article), actor)
        return []
    stored = editing.locked(form.instance.pk)
    beside = [name for name in _BESIDE_THE_TEXT if name in form.changed_data]
    if beside:
        for name in beside:
            setattr(stored, name, form.cleaned_data[name])
        stored.save(update_fields=beside)
    before = editing.head_of(stored).content
    revision = editing.save(stored, content, actor)
    return editing.changed_parts(before, content) if revision else []


def _content_from(form: ModelForm, formsets: Iterable[BaseFormSet]) -> Content:
    byline = next(formset for formset in formsets if isinstance(formset, BylineFormSet))
    return with_relations(
        form.instance,
        authors=[author.pk for author in dict.fromkeys(byline.ordered_authors())],
        tags=form.cleaned_data["tags"],
    )
