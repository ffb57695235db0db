"""Judgement of environment values: pure functions, so that each refusal can be tested.

`settings.py` calls these while it is read; a bad value stops the start with a hint.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from articles.weather.places import Place, names, place_of

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
DEVELOPMENT_SECRET_KEY = "development-only-key-never-used-when-debug-is-false"  # noqa: S105
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
CACHE_SCHEMES = ("redis", "rediss", "locmemcache")
COMMENT_MODERATION_CHOICES = ("post", "pre", "first")


def checked_secret_key(secret_key: str, *, debug: bool) -> str:
    """Return the key to sign with, or raise ImproperlyConfigured for a missing or weak one."""
    if debug:
        return secret_key or DEVELOPMENT_SECRET_KEY
    hint = (
        "Make one with: python -c "
        "'from django.core.management.utils import get_random_secret_key as k; print(k())'"
    )
    if not secret_key:
        raise ImproperlyConfigured(f"SECRET_KEY must be set when DEBUG is false. {hint}")
    weak = len(secret_key) < 50 or len(set(secret_key)) < 5
    if weak or secret_key == DEVELOPMENT_SECRET_KEY or secret_key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"SECRET_KEY is weak: at least 50 characters, 5 of them different. {hint}"
        )
    return secret_key


def checked_allowed_hosts(hosts: list[str], *, debug: bool) -> list[str]:
    """Return the hosts to answer to, or raise ImproperlyConfigured where that is unsafe."""
    hosts = [host.strip() for host in hosts if host.strip()]
    if debug:
        public = sorted(set(hosts) - LOCAL_HOSTS)
        if public:
            raise ImproperlyConfigured(
                f"DEBUG is true and ALLOWED_HOSTS names {', '.join(public)}. "
                "Set DEBUG=false before anyone else can reach this site."
            )
        return hosts or sorted(LOCAL_HOSTS)
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the site's hosts when DEBUG is false, "
            "for example ALLOWED_HOSTS=pildam.example,www.pildam.example"
        )
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS may not be '*': name the site's hosts.")
    return hosts


def checked_site_url(site_url: str) -> str:
    """Return the site's origin without a trailing slash, or raise ImproperlyConfigured."""
    parts = urlsplit(site_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"SITE_URL must be an origin such as https://pildam.example, not {site_url!r}."
        )
    return f"{parts.scheme}://{parts.netloc}"


def checked_choice(name: str, value: str, choices: tuple[str, ...]) -> str:
    """Return the value if it is one of the choices, or raise ImproperlyConfigured."""
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def checked_count(name: str, text: str) -> int:
    """Return the number of 0 to 99999 that is written, or raise ImproperlyConfigured."""
    if re.fullmatch(r"[0-9]{1,5}", text) is None:
        raise ImproperlyConfigured(f"{name} must be a number from 0 to 99999, not {text!r}.")
    return int(text)


def checked_folder(name: str, text: str) -> Path:
    """Return the folder, or raise ImproperlyConfigured for none: it would be the project's own."""
    if not text.strip():
        raise ImproperlyConfigured(f"{name} must name a folder; leave it out for the default.")
    return Path(text)


def checked_private_folder(name: str, text: str, public: Path) -> Path:
    """Return the folder, or raise ImproperlyConfigured for one whose files would be served."""
    folder = checked_folder(name, text)
    if folder.resolve().is_relative_to(public.resolve()):
        raise ImproperlyConfigured(f"{name} must not lie in {public}, which everybody may read.")
    return folder


def checked_scheme(name: str, url: str, choices: tuple[str, ...]) -> str:
    """Return the address if its scheme is one of the choices, or raise ImproperlyConfigured.

    The message does not repeat the address, in which there may be a password.
    """
    scheme, separator, _ = url.partition("://")
    if scheme not in choices or not separator:
        allowed = " or ".join(f"{choice}://" for choice in choices)
        raise ImproperlyConfigured(f"{name} must begin with {allowed}.")
    return url


def checked_key(name: str, text: str) -> str:
    """Return the key, or "" for none, or raise for what no key for scripts looks like."""
    if text and re.fullmatch(r"[0-9A-Za-z]{16,64}", text) is None:
        raise ImproperlyConfigured(
            f"{name} must be the 32 letters and figures that the provider calls JavaScript key."
        )
    return text


def checked_mail_addresses(name: str, addresses: list[str]) -> list[str]:
    """Return the addresses without blanks, or raise ImproperlyConfigured for one that is none."""
    addresses = [address.strip() for address in addresses if address.strip()]
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ImproperlyConfigured(f"{name} names {address!r}, no e-mail address.") from error
    return addresses


def checked_client(name: str, client_id: str, secret: str) -> dict[str, str] | None:
    """Return the keys of a sign-in provider, None for none, or raise for one without the other."""
    if bool(client_id) != bool(secret):
        raise ImproperlyConfigured(
            f"{name}_CLIENT_ID and {name}_CLIENT_SECRET belong together: set both, or neither."
        )
    return {"client_id": client_id, "secret": secret} if client_id else None


def checked_address(name: str, text: str) -> str:
    """Return an address of the web, or "" for none, or raise ImproperlyConfigured."""
    parts = urlsplit(text)
    if text and not (parts.scheme in {"http", "https"} and parts.hostname and text.isprintable()):
        raise ImproperlyConfigured(f"{name} must begin with https:// and name a host.")
    return text


def checked_dsn(dsn: str) -> str:
    """Return the address of a collector of errors, or "" for none, or raise ImproperlyConfigured."""
    if dsn:
        collector_of(dsn)
    return dsn


def collector_of(dsn: str) -> tuple[str, str]:
    """Read `https://KEY@HOST[/PATH]/PROJECT`; return where reports go, and the key they bear.

    Raises ImproperlyConfigured, without repeating the key.
    """
    parts = urlsplit(dsn)
    path, _, project = parts.path.rpartition("/")
    is_web = parts.scheme in {"http", "https"} and parts.hostname and dsn.isprintable()
    if not (is_web and parts.username and project.isalnum()):
        raise ImproperlyConfigured("SENTRY_DSN must be as the service shows it: https://KEY@HOST/1")
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{path}/api/{project}/envelope/", parts.username


def checked_indexnow_key(key: str) -> str:
    """Return the key, or "" for none, or raise ImproperlyConfigured for what IndexNow refuses."""
    if key and re.fullmatch(r"[A-Za-z0-9-]{8,128}", key) is None:
        raise ImproperlyConfigured("INDEXNOW_KEY must be 8 to 128 letters, digits and hyphens.")
    return key


def checked_place(name: str, text: str) -> Place:
    """Return the place whose weather is told, or raise ImproperlyConfigured."""
    place = place_of(text)
    if place is None:
        raise ImproperlyConfigured(
            f"{name} must be one of {', '.join(names())}, or a name and its point of the "
            f"forecasters' grid such as 파주:56,131, not {text!r}."
        )
    return place


def checked_purging(name: str, target: str, secret_name: str, secret: str) -> str:
    """Return what is to be purged, "" for nothing, or raise for one without its secret."""
    if bool(target) != bool(secret):
        raise ImproperlyConfigured(
            f"{name} and {secret_name} belong together: set both, or neither."
        )
    if target and not (target.isprintable() and secret.isprintable() and " " not in secret):
        raise ImproperlyConfigured(f"{name} and {secret_name} must be one line without spaces.")
    return target


def checked_purge_secret(secret: str) -> str:
    """Return the secret that nginx knows, "" for none, or raise ImproperlyConfigured."""
    if secret and len(secret) < 32:
        raise ImproperlyConfigured(
            "PURGE_SECRET must have 32 characters or more: openssl rand -hex 32."
        )
    return secret
