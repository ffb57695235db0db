"""Pages about a reader's own account, and the way from the desk to the one sign-in page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts.destinations import is_own_path
from accounts.display_names import DisplayNameForm
from accounts.models import User

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


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that somebody has tried too often; every limit of a page lasts a minute."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WAIT_IN_SECONDS)
    return response
