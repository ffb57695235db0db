"""A Django view that only reads a form, by itself: what posting anything costs at least."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="nobody's", MIDDLEWARE=[]
)


def fields(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [re_path("", fields)]
application = get_wsgi_application()
