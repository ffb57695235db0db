"""The WSGI entry that gunicorn serves: the page store, and behind it Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Somebody waits for what this process asks of the database; commands take their time.
os.environ["SERVES_READERS"] = "1"
# And nobody waits for somebody's forgotten transaction.
os.environ.setdefault("PGOPTIONS", "-c lock_timeout=4s")

_django = get_wsgi_application()

# What needs the settings can be imported only now.
from config.page_store.application import with_page_store  # noqa: E402

application = with_page_store(_django)
