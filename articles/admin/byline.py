"""Who wrote an article, in order: a part of the article's form."""

from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from articles.admin import offers
from articles.admin.copy_form import authors_in
from articles.admin.desk import NumberSelects
from articles.admin.opening import begun_with
from articles.content import authors_of
from articles.models import Article, ArticleAuthor, Author


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

    # Who is in the stored byline may be in the new one too.

    def validate_unique(self) -> None:
        pass

    def validate_constraints(self) -> None:
        pass


class BylineFormSet(PaginationInlineFormSet):
    """The authors of one article in order; those without a number come last.

    The byline is read as a whole and is never written from here: it is a part of the content,
    which may have to wait for publication. So no row of the form belongs to a stored one.
    """

    def initial_form_count(self) -> int:
        return 0

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        # Whatever number a page sends along, it means nothing here.
        form.fields[self.model._meta.pk.name].disabled = True

    def save(self, commit: bool = True) -> list[ArticleAuthor]:
        # The admin reads these to tell its history what has changed.
        self.new_objects: list[ArticleAuthor] = []
        self.deleted_objects: list[ArticleAuthor] = []
        self.changed_objects: list[tuple[ArticleAuthor, list[str]]] = []
        return []

    def ordered_authors(self) -> list[Author]:
        rows = [
            (form.cleaned_data.get("position"), number, form.cleaned_data["author"])
            for number, form in enumerate(self.forms)
            if form.cleaned_data.get("author") and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=lambda row: (row[0] is None, row[0] or 0, row[1]))
        return [author for _, _, author in rows]


def byline_of(article: Article | None, request: HttpRequest) -> list[Author]:
    """Return whom the byline of the form begins with; a new article offers its writer.

    `article` is as `articles.admin.opening.opened` returns it.
    """
    if fields := offers.laid_in_fields(request):
        return authors_of({"authors": authors_in(fields)})
    if article is None or article.pk is None:
        return list(Author.objects.filter(user=request.user.pk))
    return authors_of(begun_with(article).content)


class BylineInline(NumberSelects, TabularInline):
    model = ArticleAuthor
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ("author",)
    ordering_field = "position"
    verbose_name = "필자"
    verbose_name_plural = "필자"

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Invite a name where there is none; an import without one can be saved all the same."""
        return max(1, len(byline_of(obj, request)))

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
