"""Pages about a reader's own account, and the way from the desk to the one sign-in page."""

from __future__ import annotations

from allauth.mfa.base.views import authenticate
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.destinations import is_own_path
from accounts.display_names import DisplayNameForm
from accounts.models import User
from accounts.sessions import end_one, end_others, sessions_of

WAIT_IN_SECONDS = 60

private_page = cache_control(private=True, no_store=True)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@private_page
@get_or_post
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show what the account is called, and take another name."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - what @login_required promises
    if request.method != "POST":
        form = DisplayNameForm(account=user, initial={"display_name": user.display_name})
        return render(request, "account/profile.html", {"form": form})
    form = DisplayNameForm(request.POST, account=user)
    if not form.is_valid():
        return render(request, "account/profile.html", {"form": form}, status=422)
    form.store(user)
    messages.success(request, "표시 이름을 바꿨습니다.")
    return HttpResponseRedirect(reverse("accounts:profile"), status=303)


@private_page
@get_or_post
def desk_sign_in(request: HttpRequest) -> HttpResponse:
    """Send editors to the desk, strangers to sign in, and tell readers that it is not for them."""
    target = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not is_own_path(target):
        target = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(target)
    if not request.user.is_staff:
        return render(request, "account/not_staff.html", status=403)
    return HttpResponseRedirect(target)


@private_page
@get_or_post
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the account is signed in, and sign it out there."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - what @login_required promises
    if request.method != "POST":
        context = {"sessions": sessions_of(user), "this_one": request.session.session_key}
        return render(request, "account/sessions.html", context)
    if request.POST.get("which") == "everywhere":
        end_others(user, request.session)
        logout(request)
        return HttpResponseRedirect(reverse("account_login"), status=303)
    if request.POST.get("which") == "others":
        count = end_others(user, request.session)
        messages.success(request, f"다른 기기 {count}대에서 로그아웃했습니다.")
    elif end_one(user, request.POST.get("which", "")):
        messages.success(request, "그 기기에서 로그아웃했습니다.")
    else:
        messages.info(request, "이미 로그아웃된 기기입니다.")
    return HttpResponseRedirect(reverse("accounts:sessions"), status=303)


def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code. allauth takes a form without one for a security key, which we have not."""
    if request.method == "POST" and "code" not in request.POST:
        typed = request.POST.copy()
        typed["code"] = ""
        request.POST = typed  # type: ignore[assignment]
    answer: HttpResponseBase = authenticate(request)
    return answer


@require_safe
def desk_search(request: HttpRequest) -> HttpResponse:
    """Search the desk by Unfold's own page, for which a page that is not there is an error."""
    try:
        found: HttpResponse = admin.site.search(request)  # type: ignore[attr-defined]
    except InvalidPage as error:
        raise Http404 from error
    return found


@private_page
@require_safe
def desk_view_on_site(
    request: HttpRequest, content_type_id: str, object_id: str
) -> HttpResponseRedirect:
    """Lead from a row to its page, if one may see the row: an address tells a draft's title."""
    number = int(content_type_id) if content_type_id.isdecimal() else 0
    content_type = ContentType.objects.filter(pk=number).first()
    model = content_type.model_class() if content_type else None
    if model is None or not admin.site.is_registered(model):
        raise Http404
    desk = admin.site.get_model_admin(model)
    row = desk.get_object(request, object_id)
    if not desk.has_view_permission(request, row):
        raise PermissionDenied
    if row is None or not hasattr(row, "get_absolute_url"):
        raise Http404
    return HttpResponseRedirect(row.get_absolute_url())


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that somebody has tried too often; every limit of a page lasts a minute."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WAIT_IN_SECONDS)
    return response
