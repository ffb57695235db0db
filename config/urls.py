"""Where every address of the site begins."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
    path("", include("comments.urls")),
]

handler400 = "articles.errors.bad_request"
handler403 = "articles.errors.forbidden"
handler404 = "articles.errors.not_found"
handler500 = "articles.errors.server_error"
