"""The addresses of a reader's own account; allauth's stand beside them."""

from django.urls import path
from django.views.generic import RedirectView

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="accounts:profile")),
    path("profile/", views.profile, name="profile"),
    path("sessions/", views.sessions, name="sessions"),
]
