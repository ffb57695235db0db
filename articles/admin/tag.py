"""Tags on the desk: renaming them, and making one of several."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from taggit.models import Tag as TaggitTag
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from articles.admin.desk import desk_page
from articles.admin.kept_counts import CountedArticles
from articles.models import Tag
from articles.tag_merging import merge_tags, redirect_tag, rename_in_waiting
from articles.text import one_line, whole_number

# Tags are the site's own; nothing uses the table that the library brings along.
admin.site.unregister(TaggitTag)

LIST = "admin:articles_tag_changelist"
_MOST = 50


class UseFilter(DropdownFilter):
    title = "쓰임"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("unused", "쓰이지 않는 태그"), ("once", "글 하나에만 쓰인 태그")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> QuerySet[Tag]:
        counts = {"unused": 0, "once": 1}
        if self.value() not in counts:
            return queryset
        counted = queryset.annotate(number_of_articles=Count("tagged_articles"))
        return counted.filter(number_of_articles=counts[self.value()])


class TagForm(ModelForm):
    def clean_name(self) -> str:
        """Refuse another tag's name in any spelling, and offer to make one of the two."""
        name = one_line(self.cleaned_data["name"])
        other = Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).first()
        if other is None:
            return name
        message = f"같은 이름의 태그가 이미 있습니다: {other.name}"
        if self.instance.pk is None:
            raise ValidationError(message)
        raise ValidationError(
            format_html(
                '{} <a href="{}">두 태그를 합치기</a>',
                message,
                merge_address([self.instance.pk, other.pk]),
            )
        )


@admin.register(Tag)
class TagAdmin(CountedArticles):
    counted = "tagged_articles"
    form = TagForm
    list_display = ("name", "article_count", "slug")
    list_filter = (UseFilter,)
    list_filter_submit = True
    list_per_page = 50
    search_fields = ("name", "slug")
    search_help_text = "이름이나 주소로 찾기"
    fields = ("name", "slug")
    actions = ("merge_selected",)

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(merge_page)
        return [path("merge/", merge, name="articles_tag_merge"), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perms(("articles.change_tag", "articles.delete_tag"))

    @display(description="글", ordering="number_of_articles")
    def article_count(self, tag: Any) -> int:
        return int(tag.number_of_articles)

    def view_on_site(self, tag: Tag) -> str:
        return tag.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Tag, form: Form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            return
        if form.initial["name"] != obj.name:
            rename_in_waiting([form.initial["name"]], obj.name)
        if form.initial["slug"] != obj.slug:
            redirect_tag(form.initial["slug"], obj)
            messages.info(
                request,
                f"주소를 바꾸었습니다. 옛 주소 /tags/{form.initial['slug']}/로 오는 독자는 새 주소"
                f" /tags/{obj.slug}/로 옮겨집니다.",
            )
        elif form.initial["name"] != obj.name:
            messages.info(
                request,
                f"이름만 바꾸었습니다. 주소 /tags/{obj.slug}/는 그대로입니다. 새 이름으로 주소도"
                " 바꾸려면 주소 칸을 비우고 저장하세요.",
            )

    @admin.action(description="고른 태그 합치기", permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Tag]) -> HttpResponse | None:
        keys = list(queryset.values_list("pk", flat=True)[: _MOST + 1])
        if not 2 <= len(keys) <= _MOST:
            messages.error(request, f"합칠 태그를 둘에서 {_MOST}개까지 골라 주세요.")
            return None
        return HttpResponseRedirect(merge_address(keys))


def merge_address(keys: list[int]) -> str:
    return f"{reverse('admin:articles_tag_merge')}?{urlencode([('tag', key) for key in keys])}"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(["articles.change_tag", "articles.delete_tag"], raise_exception=True)
def merge_page(request: HttpRequest) -> HttpResponse:
    """Ask which of the chosen tags stays, and make the others part of it."""
    chosen = request.POST if request.method == "POST" else request.GET
    keys = _numbers(chosen.getlist("tag"))
    counted = Tag.objects.annotate(number_of_articles=Count("tagged_articles"))
    tags = list(counted.filter(pk__in=keys).order_by("-number_of_articles", "name"))
    if len(tags) < 2:
        messages.error(request, "합칠 태그가 둘이 되지 않습니다. 다시 골라 주세요.")
        return redirect(LIST)
    kept, error, status = None, "", 200
    if request.method == "POST":
        kept = next((tag for tag in tags if str(tag.pk) == request.POST.get("keep")), None)
        if kept and len(tags) == len(keys) and _merge(request, kept, tags):
            return redirect(LIST)
        status = 422 if len(tags) == len(keys) and kept is None else 409
        error = (
            "그사이에 없어진 태그가 있습니다. 남은 태그를 보고 다시 정해 주세요."
            if status == 409
            else "남길 태그를 골라 주세요."
        )
    context = desk_page(request, "태그 합치기") | {
        "tags": tags,
        "kept": kept or tags[0],
        "error": error,
    }
    return render(request, "admin/articles/merge_tags.html", context, status=status)


def _merge(request: HttpRequest, kept: Tag, tags: list[Tag]) -> bool:
    """Merge and say so; False when one of the tags has gone in the meantime."""
    others = [tag for tag in tags if tag != kept]
    try:
        moved = merge_tags(kept, others, int(request.user.pk or 0))
    except Tag.DoesNotExist:
        return False
    names = ", ".join(tag.name for tag in others)
    messages.success(
        request,
        f"{names} 태그를 {kept.name} 태그에 합쳤습니다. 글 {moved}편에 새로 붙었고, 옛 주소는"
        f" /tags/{kept.slug}/로 갑니다.",
    )
    return True


def _numbers(written: list[str]) -> list[int]:
    """Return the keys in a form; what is no key of ours is nothing."""
    numbers = map(whole_number, written[:_MOST])
    return list(dict.fromkeys(number for number in numbers if number is not None))
