"""The pictures: uploading, describing, and not deleting what is in use."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles.admin.desk import DeskAdmin
from articles.admin.forms import ImageForm, ImageUploadForm
from articles.admin.pictures import markdown_snippet, thumbnail
from articles.admin.wording import moment
from articles.models import Article, Image


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    form = ImageForm
    list_display = ("picture", "alt", "credit", "size", "lead_usage", "created")
    list_display_links = ("picture", "alt")
    list_per_page = 40
    search_fields = ("alt", "caption", "credit", "file")
    search_help_text = "대체 텍스트, 설명, 출처, 파일 이름으로 찾기"
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    readonly_fields = ("large_picture", "snippet", "size", "usage", "created")
    add_fieldsets = ((None, {"fields": ("upload", "alt", "caption", "credit")}),)
    fieldsets = (
        (None, {"fields": ("large_picture", "alt", "caption", "credit")}),
        ("쓰임", {"fields": ("snippet", "usage", "size", "created")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).annotate(lead_count=Count("leading_articles"))

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

    # Uploading

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Image:
        image = super().save_form(request, form, change)
        if change:
            return image
        request.picture_existed = form.existed  # type: ignore[attr-defined]
        return form.stored

    def save_model(self, request: HttpRequest, obj: Image, form: Form, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Image, post_url_continue: str | None = None
    ) -> HttpResponse:
        existed = getattr(request, "picture_existed", False)
        if not existed or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.warning(request, "같은 그림이 이미 있어서 그 그림을 열었습니다.")
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[obj.pk]))

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Count the articles whose text shows a picture among what protects it."""
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, needed, [*protected, *map(str, self._showing(objs))]

    def _showing(self, images: Any) -> QuerySet[Article]:
        in_text = Q(pk__in=())
        for image in images:
            in_text |= Q(body__contains=image.url)
        return Article.objects.filter(in_text).only("title")

    # What is shown

    @display(description="그림")
    def picture(self, image: Image) -> SafeString:
        return thumbnail(image)

    @display(description="그림")
    def large_picture(self, image: Image) -> SafeString:
        return thumbnail(image, "desk-picture")

    @display(description="크기")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @display(description="쓰임", ordering="lead_count")
    def lead_usage(self, image: Any) -> str:
        return f"대표 그림으로 {image.lead_count}편"

    @display(description="쓰임")
    def usage(self, image: Any) -> str:
        in_text = self._showing([image]).count()
        return f"대표 그림으로 {image.lead_count}편, 본문에 {in_text}편"

    @display(description="본문에 넣을 때")
    def snippet(self, image: Image) -> SafeString:
        return format_html('<code class="desk-snippet">{}</code>', markdown_snippet(image))

    @display(description="올린 때", ordering="created_at")
    def created(self, image: Image) -> str:
        return moment(image.created_at)
