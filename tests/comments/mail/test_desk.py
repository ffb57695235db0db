"""The outbox and the recipients at the desk."""

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.models import OutgoingMail
from tests.builders import make_user
from tests.comments.mail.builders import BOB, make_mail, make_recipient

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
MAILS = "admin:comments_outgoingmail_changelist"


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def resend(client, row):
    data = {"action": "send_again", "_selected_action": [row.pk]}
    return client.post(reverse(MAILS), data, follow=True)


def test_the_outbox_lists_mails_with_their_state(editor):
    make_mail()
    html = editor.get(reverse(MAILS)).content.decode()
    assert "메일 1" in html
    assert "기다림" in html


def test_a_dead_mail_is_sent_again_from_the_desk(editor):
    row = make_mail(dead_at=timezone.now(), attempts=8)
    assert "메일 1통을 다시 보냅니다." in resend(editor, row).content.decode()
    assert OutgoingMail.objects.waiting().exists()


def test_a_mail_that_is_out_is_not_sent_again(editor):
    row = make_mail(sent_at=timezone.now())
    assert "포기한 메일만 다시 보낼 수 있습니다." in resend(editor, row).content.decode()
    assert not OutgoingMail.objects.waiting().exists()


def test_mails_and_recipients_are_read_only(editor):
    row, recipient = make_mail(), make_recipient()
    for name, pk in (("outgoingmail", row.pk), ("recipient", recipient.pk)):
        change = reverse(f"admin:comments_{name}_change", args=[pk])
        assert editor.get(change).status_code == 200
        assert editor.post(change, {"to": "eve@evil.example"}).status_code == 403
        assert editor.get(reverse(f"admin:comments_{name}_add")).status_code == 403
        delete = reverse(f"admin:comments_{name}_delete", args=[pk])
        assert editor.post(delete, {"post": "yes"}).status_code == 403


def test_recipients_are_found_by_address(editor):
    make_recipient()
    make_recipient("carol@pildam.example")
    url = reverse("admin:comments_recipient_changelist")
    html = editor.get(url, {"q": "bob"}).content.decode()
    assert BOB in html
    assert "carol@" not in html
