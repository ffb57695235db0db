import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_ready_when_database_and_cache_answer(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "failed": []}


def test_readyz_names_the_database_when_it_does_not_answer(client, monkeypatch):
    def refuse():
        raise DatabaseError("down")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["failed"] == ["database"]
    assert response["Retry-After"]


@pytest.mark.django_db
def test_readyz_is_not_content_with_an_empty_database(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert client.get("/readyz").json()["failed"] == ["database"]


@pytest.mark.django_db
def test_readyz_names_the_cache_when_it_does_not_answer(client, monkeypatch):
    def refuse(*args):
        raise ConnectionError("down")

    monkeypatch.setattr(caches["shared"], "set", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["failed"] == ["cache"]


def test_healthz_answers_without_tls_where_everything_else_redirects(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/articles/").status_code == 301
    assert client.get("/healthz").status_code == 200
