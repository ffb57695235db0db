"""Where every address of the site begins."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.views import desk_search, desk_sign_in, desk_view_on_site, second_factor
from config import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    # The desk has no pages of its own for signing in and for passwords, and tells nobody the
    # address of what they may not see; these stand before those that it brings along.
    path("admin/login/", desk_sign_in),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path(
        "admin/password_change/done/", RedirectView.as_view(pattern_name="account_change_password")
    ),
    path(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        admin.site.admin_view(desk_view_on_site),
    ),
    path("admin/search/", admin.site.admin_view(desk_search)),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    # Instead of allauth's page at the same address.
    path("accounts/2fa/authenticate/", second_factor, name="mfa_authenticate"),
    path("accounts/", include("allauth.urls")),
    path("", include("articles.urls")),
    path("", include("comments.urls")),
]

handler400 = "articles.errors.bad_request"
handler403 = "articles.errors.forbidden"
handler404 = "articles.errors.not_found"
handler500 = "articles.errors.server_error"
# For allauth, which counts tries.
handler429 = "accounts.views.too_many"
