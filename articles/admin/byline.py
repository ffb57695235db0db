"""Who wrote an article, in order: a part of the article's form."""

from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from articles.models import ArticleAuthor, Author


class BylineForm(forms.ModelForm):
    position = forms.IntegerField(
        label="순서",
        min_value=0,
        max_value=999,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(
            attrs={"class": "desk-position", "aria-label": "순서"}
        ),
    )

    class Meta:
        model = ArticleAuthor
        fields = ("author", "position")


class BylineFormSet(PaginationInlineFormSet):
    """The authors of one article in order; those without a number come last.

    The byline is written as a whole: row by row, two authors changing places would for a
    moment be the same author twice, which the database refuses.
    """

    def save(self, commit: bool = True) -> list[ArticleAuthor]:
        # The admin reads these to tell its history what has changed.
        self.new_objects: list[ArticleAuthor] = []
        self.deleted_objects: list[ArticleAuthor] = []
        self.changed_objects: list[tuple[ArticleAuthor, list[str]]] = []
        if self.has_changed():
            self.instance.set_authors(self.ordered_authors())
            rows = list(self.instance.byline.all())
            self.changed_objects = [(row, ["author"]) for row in rows]
        return []

    def ordered_authors(self) -> list[Author]:
        rows = [
            (form.cleaned_data.get("position"), number, form.cleaned_data["author"])
            for number, form in enumerate(self.forms)
            if form.cleaned_data.get("author") and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=lambda row: (row[0] is None, row[0] or 0, row[1]))
        return [author for _, _, author in rows]


class BylineInline(TabularInline):
    model = ArticleAuthor
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ("author",)
    ordering_field = "position"
    verbose_name = "필자"
    verbose_name_plural = "필자"

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Invite a name where there is none; an import without one can be saved all the same."""
        return 0 if obj is not None and obj.byline.exists() else 1

    # The byline is a part of the article and asks for no permissions of its own.

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_view = request.user.has_perm("articles.view_article")
        return may_view or self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(f"articles.{'change' if obj else 'add'}_article")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)
