import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    DEVELOPMENT_SECRET_KEY,
    checked_address,
    checked_allowed_hosts,
    checked_choice,
    checked_client,
    checked_count,
    checked_dsn,
    checked_folder,
    checked_indexnow_key,
    checked_key,
    checked_purge_secret,
    checked_purging,
    checked_scheme,
    checked_secret_key,
    checked_site_url,
)

STRONG_KEY = "k3y-of-fifty-characters-and-more-0123456789-abcdefghij"


def test_development_needs_no_secret_key():
    assert checked_secret_key("", debug=True) == DEVELOPMENT_SECRET_KEY


def test_production_takes_a_strong_secret_key():
    assert checked_secret_key(STRONG_KEY, debug=False) == STRONG_KEY


@pytest.mark.promise("H2")
@pytest.mark.parametrize(
    "key", ["", "short", "a" * 60, DEVELOPMENT_SECRET_KEY, "django-insecure-" + STRONG_KEY]
)
def test_production_refuses_a_missing_or_weak_secret_key_with_a_hint(key):
    with pytest.raises(ImproperlyConfigured, match="get_random_secret_key"):
        checked_secret_key(key, debug=False)


def test_production_refuses_to_answer_to_no_host():
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        checked_allowed_hosts([], debug=False)


@pytest.mark.promise("H2")
def test_production_refuses_to_answer_to_every_host():
    with pytest.raises(ImproperlyConfigured, match="name the site's hosts"):
        checked_allowed_hosts(["pildam.example", "*"], debug=False)


def test_hosts_may_have_spaces_around_them():
    assert checked_allowed_hosts([" a.kr", "b.kr "], debug=False) == ["a.kr", "b.kr"]


@pytest.mark.promise("H2")
def test_debug_is_refused_where_others_can_reach_the_site():
    with pytest.raises(ImproperlyConfigured, match=r"DEBUG=false"):
        checked_allowed_hosts(["localhost", "pildam.example"], debug=True)


def test_site_url_is_an_origin_without_a_trailing_slash():
    assert checked_site_url("https://pildam.example/") == "https://pildam.example"


@pytest.mark.parametrize("url", ["", "pildam.example", "ftp://a.kr", "https://a.kr/blog"])
def test_site_url_that_is_no_origin_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        checked_site_url(url)


def test_unknown_choice_is_refused_and_names_the_choices():
    with pytest.raises(ImproperlyConfigured, match="one of post, pre"):
        checked_choice("COMMENT_MODERATION", "none", ("post", "pre"))


def test_count_is_a_number():
    assert checked_count("TRUSTED_PROXIES", "2") == 2


@pytest.mark.parametrize("text", ["-1", "", "one", "1.5", "100000", "٣"])
def test_count_that_is_none_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        checked_count("TRUSTED_PROXIES", text)


def test_a_blank_folder_is_refused_because_it_would_be_the_project():
    with pytest.raises(ImproperlyConfigured, match="MEDIA_ROOT"):
        checked_folder("MEDIA_ROOT", " ")


def test_address_of_a_known_scheme_is_kept():
    url = "postgres://127.0.0.1/pildam"
    assert checked_scheme("DATABASE_URL", url, ("sqlite", "postgres")) == url


@pytest.mark.parametrize("url", ["", "pildam", "mysql://user:secret@127.0.0.1/x", "sqlite"])
def test_address_of_another_scheme_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured, match="sqlite:// or postgres://") as refusal:
        checked_scheme("DATABASE_URL", url, ("sqlite", "postgres"))
    assert "secret" not in str(refusal.value)


def test_a_sign_in_provider_without_keys_is_left_out():
    assert checked_client("KAKAO", "", "") is None


def test_a_sign_in_provider_has_both_keys():
    assert checked_client("KAKAO", "id", "secret") == {"client_id": "id", "secret": "secret"}


@pytest.mark.parametrize(("client_id", "secret"), [("id", ""), ("", "secret")])
def test_one_key_of_a_sign_in_provider_is_refused_without_repeating_it(client_id, secret):
    with pytest.raises(ImproperlyConfigured, match="set both, or neither") as refusal:
        checked_client("KAKAO", client_id, secret)
    assert "KAKAO_CLIENT_ID" in str(refusal.value)
    assert "'secret'" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "https://hub.example/", "http://127.0.0.1:8362/hub"])
def test_address_of_the_web_is_kept(text):
    assert checked_address("WEBSUB_HUB", text) == text


@pytest.mark.parametrize("text", ["hub.example", "ftp://hub.example/", "https://", "https://a\n"])
def test_what_is_no_address_of_the_web_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="WEBSUB_HUB"):
        checked_address("WEBSUB_HUB", text)


@pytest.mark.parametrize(
    "dsn",
    [
        "https://errors.example/1",
        "https://s3cret@errors.example/",
        "errors.example/1",
        "https://s3cret@/1",
    ],
)
def test_what_is_no_address_of_a_collector_is_refused_without_repeating_its_key(dsn):
    assert checked_dsn("") == ""
    assert checked_dsn("https://s3cret@errors.example/1") != ""
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN") as refusal:
        checked_dsn(dsn)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize("key", ["short", "열여덟-글자-열쇠입니다", "a/../../etc", "a" * 129])
def test_key_that_indexnow_refuses_is_refused(key):
    assert checked_indexnow_key("0123-abcd") == "0123-abcd"
    with pytest.raises(ImproperlyConfigured, match="INDEXNOW_KEY"):
        checked_indexnow_key(key)


@pytest.mark.parametrize("key", ["", "0123456789abcdef0123456789abcdef"])
def test_a_key_for_scripts_may_be_left_out(key):
    assert checked_key("KAKAO_JS_KEY", key) == key


@pytest.mark.parametrize("key", ["short", '0123456789abcdef" onclick="', "열쇠" * 10])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ImproperlyConfigured, match="KAKAO_JS_KEY"):
        checked_key("KAKAO_JS_KEY", key)


def test_a_cache_is_purged_only_with_its_secret():
    assert checked_purging("ZONE", "zone", "TOKEN", "token") == "zone"
    assert checked_purging("ZONE", "", "TOKEN", "") == ""
    for target, secret in (("zone", ""), ("", "token")):
        with pytest.raises(ImproperlyConfigured, match="ZONE and TOKEN belong together"):
            checked_purging("ZONE", target, "TOKEN", secret)
    with pytest.raises(ImproperlyConfigured, match="one line"):
        checked_purging("ZONE", "zone", "TOKEN", "a\nb")


def test_a_secret_that_can_be_guessed_is_refused_without_repeating_it():
    assert checked_purge_secret("s" * 32) == "s" * 32
    with pytest.raises(ImproperlyConfigured, match="32 characters") as refusal:
        checked_purge_secret("hunter2")
    assert "hunter2" not in str(refusal.value)
