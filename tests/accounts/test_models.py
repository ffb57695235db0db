import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError

from accounts.hashers import FrugalArgon2PasswordHasher
from accounts.models import User
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def test_an_account_signs_in_with_its_address_in_any_case():
    alice = make_user("alice@pildam.example")
    assert authenticate(username="Alice@Pildam.example", password="correct horse battery") == alice


def test_two_accounts_cannot_share_an_address_in_different_case():
    make_user("alice@pildam.example")
    with pytest.raises(IntegrityError):
        make_user("ALICE@pildam.example")


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", "password")


def test_a_superuser_may_enter_the_desk():
    root = User.objects.create_superuser("root@pildam.example", "password")
    assert root.is_staff
    assert root.is_superuser


def test_an_account_without_a_display_name_is_called_by_its_address():
    assert str(make_user("bob@pildam.example", display_name="")) == "bob"


def test_passwords_are_hashed_with_nineteen_mebibytes():
    encoded = FrugalArgon2PasswordHasher().encode("비밀번호", "a salt of sixteen")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert FrugalArgon2PasswordHasher().verify("비밀번호", encoded)
