"""Addresses that readers asked for in vain, and the buttons that send them on."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display
from unfold.views import ChangeList

from articles.admin.desk import desk_page
from articles.admin.kept_counts import LongList
from articles.admin.wording import moment
from articles.local_addresses import local_address
from articles.models import Article, MissingPage, Redirect
from articles.new_ways import Destination, Destinations, article_at, destination_of, send_on
from articles.text import one_line, whole_number

LIST = "admin:articles_missingpage_changelist"
_FOUND = 10


class StandingFilter(DropdownFilter):
    """Shows what is still to be dealt with, unless something else is asked for."""

    title = "상태"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ignored", "무시한 주소"), ("all", "모두")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MissingPage]
    ) -> QuerySet[MissingPage]:
        if self.value() == "all":
            return queryset
        return queryset.filter(ignored=self.value() == "ignored")


class OriginFilter(DropdownFilter):
    title = "들어온 곳"
    parameter_name = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("own", "이 사이트의 글"), ("foreign", "다른 사이트"), ("unknown", "알 수 없음")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MissingPage]
    ) -> QuerySet[MissingPage]:
        kinds = {
            "own": Q(referrer__startswith="/"),
            "foreign": ~Q(referrer__startswith="/") & ~Q(referrer=""),
            "unknown": Q(referrer=""),
        }
        return queryset.filter(kinds.get(self.value() or "", Q()))


class MissingPageChangeList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """Give every row on this page its guesses, for which all pages are read once."""
        super().get_results(request)
        if self.result_list and may_send(request):
            destinations = Destinations(page.path for page in self.result_list)
            for page in self.result_list:
                page.guesses = destinations.for_path(page.path)


@admin.register(MissingPage)
class MissingPageAdmin(LongList):
    list_display = ("asked_for", "ways", "hits", "origin", "last")
    list_display_links = None
    list_filter = (
        StandingFilter,
        OriginFilter,
        ("last_seen", admin.DateFieldListFilter),
    )
    list_filter_submit = True
    list_per_page = 25
    search_fields = ("path", "referrer")
    search_help_text = "주소나 들어온 곳에서 찾기"
    ordering = ("-hits", "-last_seen")
    actions = ("ignore", "heed")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return MissingPageChangeList

    def get_urls(self) -> list[URLPattern]:
        send = self.admin_site.admin_view(send_missing_page)
        route = "<int:pk>/send/"
        return [path(route, send, name="articles_missingpage_send"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The log writes itself; whoever makes redirects may say what becomes of its rows."""
        return False

    def has_redirect_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_send(request)

    @display(description="주소", ordering="path")
    def asked_for(self, page: MissingPage) -> SafeString:
        return format_html('<code class="desk-address">{}</code>', page.path)

    @display(description="보낼 곳")
    def ways(self, page: Any) -> SafeString | str:
        if not hasattr(page, "guesses"):
            return ""
        send = reverse("admin:articles_missingpage_send", args=[page.pk])
        buttons = format_html_join("", _BUTTON, ((send, *_named(way)) for way in page.guesses))
        return format_html(
            '<span class="desk-ways">{}<a class="desk-way" href="{}">다른 곳으로…</a></span>',
            buttons,
            send,
        )

    @display(description="들어온 곳", ordering="referrer")
    def origin(self, page: MissingPage) -> SafeString | str:
        return format_html('<span class="desk-address">{}</span>', page.referrer)

    @display(description="마지막", ordering="last_seen")
    def last(self, page: MissingPage) -> str:
        return moment(page.last_seen)

    @admin.action(description="고른 주소 무시", permissions=["redirect"])
    def ignore(self, request: HttpRequest, queryset: QuerySet[MissingPage]) -> None:
        messages.success(request, f"주소 {queryset.update(ignored=True)}개를 무시합니다.")

    @admin.action(description="무시한 주소 되돌리기", permissions=["redirect"])
    def heed(self, request: HttpRequest, queryset: QuerySet[MissingPage]) -> None:
        messages.success(request, f"주소 {queryset.update(ignored=False)}개를 다시 보여 줍니다.")


# The list is a form of its own, whose buttons may lead elsewhere: no script is needed.
_BUTTON = (
    '<button type="submit" class="desk-way" formaction="{}" name="to" value="{}">'
    "→ {}로 보내기</button>"
)


def _named(way: Destination) -> tuple[str, str]:
    return (f"article:{way.article}" if way.article else way.target), way.name


def may_send(request: HttpRequest) -> bool:
    return request.user.has_perms(("articles.view_missingpage", "articles.add_redirect"))


class TargetForm(forms.Form):
    target = forms.CharField(
        label="주소",
        max_length=500,
        help_text="글의 주소, /categories/기술/ 같은 경로, https://로 시작하는 주소를 적을 수 있습니다.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(["articles.view_missingpage", "articles.add_redirect"], raise_exception=True)
def send_missing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Send whoever asks for a missing page on: to a guess, a found article, or any address."""
    page = MissingPage.objects.filter(pk=pk).first()
    if page is None:
        messages.info(request, "이미 처리된 주소입니다.")
        return redirect(LIST)
    form = TargetForm()
    if request.method == "POST":
        chosen = request.POST.get("to", "")
        form = TargetForm({"target": chosen} if chosen else request.POST)
        if form.is_valid() and (way := _redirect_of(page, form)):
            send_on(page, way)
            _tell(request, way)
            return redirect(LIST)
    return _ask(request, page, form)


def _redirect_of(page: MissingPage, form: forms.Form) -> Redirect | None:
    """Return the redirect that the form asks for; what is wrong with it is said in the form."""
    way = Redirect(old_path=page.path)
    _aim(way, one_line(form.cleaned_data["target"]))
    try:
        # Whether the path is an old one already does not matter: this one takes its place.
        way.clean_fields()
        way.clean()
        way.validate_constraints(exclude={"old_path"})
    except ValidationError as error:
        form.add_error("target", ValidationError(error.messages))
        return None
    return way


def _aim(way: Redirect, written: str) -> None:
    """Point at an article where an address names one, so that later moves are followed too."""
    kind, _, number = written.partition(":")
    if kind == "article" and (pk := whole_number(number)) is not None:
        way.article = Article.objects.published().filter(pk=pk).first()
        return
    local = local_address(written, way.old_path, settings.SITE_HOSTS)
    way.article = article_at(local.path) if local and not local.query else None
    way.target = "" if way.article else written


def _tell(request: HttpRequest, way: Redirect) -> None:
    goal = f"〈{way.article.title}〉" if way.article else way.target
    LogEntry.objects.log_actions(
        int(request.user.pk or 0), [way], ADDITION, "없는 주소를 보냈습니다.", single_object=True
    )
    messages.success(request, f"이제 {way.old_path} 주소는 {goal} 쪽으로 갑니다.")


def _ask(request: HttpRequest, page: MissingPage, form: forms.Form) -> HttpResponse:
    query = one_line(request.GET.get("q", ""))[:100]
    found = Article.objects.published().filter(Q(title__icontains=query) | Q(slug__contains=query))
    articles = found.newest_first().only("slug", "title")[:_FOUND] if query else []
    context = desk_page(request, "없는 주소 보내기") | {
        "page": page,
        "form": form,
        "query": query,
        "guesses": [_named(way) for way in Destinations([page.path]).for_path(page.path, 8)],
        "found": [_named(destination_of(article)) for article in articles],
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/missing_page.html", context, status=status)
