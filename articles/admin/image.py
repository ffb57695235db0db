"""The media library: uploading, describing, replacing, and not deleting what is in use."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles.admin.article_permissions import UNPUBLISHED
from articles.admin.editor import find_pictures, take_picture
from articles.admin.image_filters import AltFilter, UseFilter
from articles.admin.image_forms import ImageForm, ImageUploadForm
from articles.admin.kept_counts import LongList
from articles.admin.pictures import focus_picker, markdown_snippet, thumbnail
from articles.admin.wording import moment
from articles.models import Article, Image
from articles.picture_library import articles_showing, is_shown_beyond, replace_picture
from articles.text import normalised

MANY = 50


@admin.register(Image)
class ImageAdmin(LongList):
    form = ImageForm
    list_display = ("picture", "alt_text", "used", "size", "created")
    list_display_links = ("picture", "alt_text")
    list_filter = (UseFilter, AltFilter, ("created_at", admin.DateFieldListFilter))
    list_filter_submit = False
    list_per_page = 48
    search_fields = ("alt", "caption", "credit", "file")
    search_help_text = "대체 텍스트, 설명, 출처, 파일 이름으로 찾기"
    ordering = ("-created_at", "-pk")
    readonly_fields = ("large_picture", "snippet", "size", "usage", "created")
    add_fieldsets = ((None, {"fields": ("upload", "alt", "caption", "credit")}),)
    fieldsets = (
        (None, {"fields": ("large_picture", ("focus_x", "focus_y"), "alt", "caption", "credit")}),
        ("쓰임", {"fields": ("usage", "snippet", "size", "created")}),
        ("다른 파일로 바꾸기", {"fields": ("new_file",)}),
    )

    class Media:
        js = ("desk/focus.js",)

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("find/", guarded(find_pictures), name="articles_image_find"),
            path("take/", guarded(take_picture), name="articles_image_take"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).with_use_counts()

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Image | None:
        """Return the picture, which remembers to whom its uses are named."""
        image: Any = super().get_object(request, object_id, from_field)
        if image is not None:
            image.seen_by = request.user
        return image

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Writers change only what nobody but their own drafts shows: the rest has its readers."""
        if not super().has_change_permission(request):
            return False
        if obj is None or request.user.has_perm("articles.change_any_article"):
            return True
        # Unfold asks about its buttons by number.
        image = obj if isinstance(obj, Image) else Image.objects.filter(pk=obj).first()
        own = Article.objects.at_desk_of(request.user).filter(status__in=UNPUBLISHED)
        return image is not None and not is_shown_beyond(image, own)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, normalised(search_term))

    def get_form(
        self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        if obj is None:
            kwargs["form"] = ImageUploadForm
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Image | None = None
    ) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    # Uploading and replacing

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Image:
        image = super().save_form(request, form, change)
        if change:
            return image
        request.picture_existed = form.existed  # type: ignore[attr-defined]
        return form.stored

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if not change:
            return
        super().save_model(request, obj, form, change)
        if form.replacement is not None:
            count = replace_picture(obj, form.replacement)
            messages.success(request, f"그림을 바꾸었습니다. 글 {count}편이 새 그림을 보여 줍니다.")

    def response_add(
        self, request: HttpRequest, obj: Image, post_url_continue: str | None = None
    ) -> HttpResponse:
        existed = getattr(request, "picture_existed", False)
        if not existed or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.warning(request, "같은 그림이 이미 있어서 그 그림을 열었습니다.")
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[obj.pk]))

    # What is shown

    @display(description="그림")
    def picture(self, image: Image) -> SafeString:
        return thumbnail(image)

    @display(description="그림")
    def large_picture(self, image: Image) -> SafeString:
        return focus_picker(image)

    @display(description="대체 텍스트", ordering="alt")
    def alt_text(self, image: Image) -> str | SafeString:
        missing = format_html('<span class="desk-missing">{}</span>', "대체 텍스트 없음")
        return image.alt or missing

    @display(description="크기")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @display(description="쓰임", ordering="lead_count")
    def used(self, image: Any) -> str:
        counts = {"대표": image.lead_count, "본문": image.text_count}
        articles = [f"{where} {count}편" for where, count in counts.items() if count]
        others = {
            "필자 사진": image.portrait_count,
            "연재 표지": image.cover_count,
            "배너": image.banner_count,
        }
        used = [*articles, *(where for where, count in others.items() if count)]
        return " · ".join(used) or "쓰이지 않음"

    @display(description="쓰임")
    def usage(self, image: Any) -> SafeString | str:
        showing = articles_showing(image)
        known = showing.known_to(image.seen_by)
        articles = known.only("title", "lead_image").order_by("-pk")[: MANY + 1]
        links: list[SafeString | str] = [
            _link(article, article.title, article.lead_image_id == image.pk) for article in articles
        ]
        if unnamed := showing.count() - known.count():
            links.append(f"아직 공개되지 않은 다른 글 {unnamed}편")
        links += [_link(author, f"필자 {author}") for author in image.portrayed_authors.all()]
        links += [_link(series, f"연재 {series}") for series in image.covered_series.all()]
        front_page = reverse("admin:articles_frontpage_changelist")
        links += [
            format_html('<a href="{}">{}</a>', front_page, f"배너 {banner}")
            for banner in image.banners.all()
        ]
        if not links:
            return "쓰이지 않음"
        shown = [*links[:MANY], *(["…"] if len(links) > MANY else [])]
        items = format_html_join("", "<li>{}</li>", ((link,) for link in shown))
        return format_html('<ul class="desk-uses">{}</ul>', items)

    @display(description="본문에 넣을 때")
    def snippet(self, image: Image) -> SafeString:
        return format_html('<code class="desk-snippet">{}</code>', markdown_snippet(image))

    @display(description="올린 때", ordering="created_at")
    def created(self, image: Image) -> str:
        return moment(image.created_at)


def _link(user: Any, name: str, leads: bool = False) -> SafeString:
    """Link to the form of whatever shows a picture."""
    address = reverse(f"admin:articles_{user._meta.model_name}_change", args=[user.pk])
    return format_html('<a href="{}">{}</a>{}', address, name, " (대표 그림)" if leads else "")
