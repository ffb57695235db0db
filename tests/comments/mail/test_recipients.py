"""Addresses: one mailbox is one recipient, and can be forgotten."""

import pytest
from django.db import IntegrityError

from articles.mail_addresses import normalised_address
from comments.mail.recipients import forget
from comments.models import Follow, OutgoingMail, Recipient
from tests.builders import make_article
from tests.comments.mail.builders import BOB, make_announced, make_follow, make_recipient, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Bob@Pildam.EXAMPLE ", BOB),
        ("kim@한글.example", "kim@xn--bj0bj06e.example"),
        ("odd@a..b", "odd@a..b"),
    ],
)
def test_addresses_have_one_spelling(typed, stored):
    assert normalised_address(typed) == stored


@pytest.mark.parametrize("address", [BOB, BOB.upper()])
def test_the_database_takes_an_address_once_and_in_lower_case(address):
    make_recipient()
    with pytest.raises(IntegrityError):
        make_recipient(address)


def test_forgetting_an_address_leaves_nothing_of_it():
    article = make_article()
    make_follow(article, make_recipient())
    make_announced(article)
    assert len(work()) == 1
    forget("Bob@pildam.example")
    for model in (Recipient, Follow, OutgoingMail):
        assert not model.objects.exists()
