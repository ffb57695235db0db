"""Accounts at the desk: roles are given there, and nobody rises by themselves."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from accounts.roles import Role
from tests.accounts.journeys import PASSWORD, sign_in, turn_on_second_factor
from tests.articles.desk import make_editor, make_staff, signed_in
from tests.builders import make_draft, make_user
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

LIST = "/admin/accounts/user/"
CRAFTED = {"is_staff": "on", "is_superuser": "on", "is_active": "on", "user_permissions": "1"}


def url(user, page="change"):
    return f"{LIST}{user.pk}/{page}/"


def form(user, *roles, **changes):
    groups = [Group.objects.get(name=role).pk for role in roles]
    typed = {"email": user.email, "display_name": user.display_name, "is_active": "on"}
    return typed | {"groups": groups} | changes


def rights(user):
    user = User.objects.get(pk=user.pk)
    groups = set(user.groups.values_list("name", flat=True))
    codes = set(user.user_permissions.values_list("codename", flat=True))
    return (
        user.is_staff,
        user.is_superuser,
        user.is_active,
        user.email,
        user.password,
        groups,
        codes,
    )


@pytest.fixture
def administrator():
    return make_member(Role.ADMINISTRATOR)


def test_a_role_opens_the_desk_and_taking_it_away_shuts_it(administrator, client):
    user = make_user()
    desk = signed_in(administrator)
    assert desk.post(url(user), form(user, Role.WRITER, Role.MODERATOR)).status_code == 302
    assert rights(user)[0]
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    desk.post(url(user), form(user))
    assert not rights(user)[0]
    assert client.get("/admin/").status_code == 302


def test_the_form_says_what_each_role_may_do(administrator):
    html = signed_in(administrator).get(url(make_user())).content.decode()
    assert "필자 – 자기 글을 쓰고 검토를 요청합니다. 발행은 하지 못합니다." in html
    assert 'name="is_superuser"' not in html
    assert 'name="user_permissions"' not in html


def test_an_account_saved_without_other_roles_stays_as_it_is(administrator):
    staff = make_staff("view_article")
    signed_in(administrator).post(url(staff), form(staff, display_name="밥 씨"))
    assert rights(staff)[0]
    assert rights(staff)[-1] == {"view_article"}


def test_groups_that_are_no_roles_are_neither_given_nor_taken_by_administrators(administrator):
    special = Group.objects.create(name="비밀 모임")
    user, other = make_user(), make_user("other@pildam.example")
    user.groups.add(special)
    desk = signed_in(administrator)
    desk.post(url(user), form(user, Role.EDITOR))
    assert rights(user)[5] == {"비밀 모임", Role.EDITOR}
    answer = desk.post(url(other), form(other, groups=[special.pk]))
    assert answer.status_code == 200
    assert rights(other)[5] == set()


@pytest.mark.promise("P4")
def test_crafted_fields_make_nobody_a_superuser(administrator):
    user = make_user()
    signed_in(administrator).post(url(user), form(user) | CRAFTED)
    assert rights(user)[:2] == (False, False)
    assert rights(user)[-1] == set()


def test_an_administrator_does_not_touch_a_superuser(administrator):
    root = make_editor()
    before = rights(root)
    desk = signed_in(administrator)
    password = {"password1": "another long phrase", "password2": "another long phrase"}
    answers = [
        desk.post(url(root), form(root, email="mine@pildam.example")),
        desk.post(url(root, "password"), password),
        desk.post(url(root, "delete"), {"post": "yes"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert rights(root) == before
    assert desk.get(url(root)).status_code == 200


def test_nobody_changes_their_own_rights(administrator):
    for person in (administrator, make_editor()):
        before = rights(person)
        typed = form(person, Role.WRITER, Role.EDITOR) | CRAFTED
        typed.pop("is_active")
        signed_in(person).post(url(person), typed)
        assert rights(person) == before


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR, Role.MODERATOR])
def test_no_other_role_comes_near_accounts(role):
    person, victim = make_member(role), make_user()
    before, his = rights(person), rights(victim)
    desk = signed_in(person)
    pages = [url(person), url(victim), url(victim, "password"), url(victim, "delete"), LIST]
    typed = form(person, Role.ADMINISTRATOR) | CRAFTED
    assert [desk.post(page, typed).status_code for page in pages] == [403] * len(pages)
    assert (rights(person), rights(victim)) == (before, his)


@pytest.mark.parametrize("role", [None, *Role])
def test_the_profile_changes_a_name_and_nothing_else(role):
    person = make_member(role) if role else make_user()
    victim = make_user("victim@pildam.example", display_name="피해자")
    before = rights(person)
    typed = CRAFTED | {"display_name": "새 이름", "id": victim.pk, "groups": "1", "email": "x@y.zz"}
    signed_in(person).post("/accounts/profile/", typed)
    assert rights(person) == before
    assert User.objects.get(pk=victim.pk).display_name == "피해자"


def test_an_administrator_does_not_change_what_groups_may_do(administrator):
    group = Group.objects.get(name=Role.WRITER)
    before = set(group.permissions.all())
    desk = signed_in(administrator)
    typed = {"name": group.name, "permissions": [Permission.objects.first().pk]}
    for page in (f"{group.pk}/change/", f"{group.pk}/delete/", "add/"):
        assert desk.post(f"/admin/auth/group/{page}", typed).status_code == 403
    assert set(group.permissions.all()) == before


def test_an_administrator_deletes_no_accounts_not_even_in_bulk(administrator):
    root, user = make_editor(), make_user()
    typed = {"action": "delete_selected", "_selected_action": [root.pk, user.pk], "post": "yes"}
    signed_in(administrator).post(LIST, typed)
    assert User.objects.filter(pk__in=[root.pk, user.pk]).count() == 2


def test_an_administrator_helps_whoever_has_lost_the_second_factor(administrator):
    user, root = make_user(), make_editor()
    turn_on_second_factor(user)
    turn_on_second_factor(root)
    typed = {"action": "drop_second_factors", "_selected_action": [user.pk, root.pk]}
    signed_in(administrator).post(LIST, typed)
    assert set(Authenticator.objects.values_list("user", flat=True)) == {root.pk}
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.get_change_message()) == (
        str(user.pk),
        "2단계 인증을 풀었습니다.",
    )


def test_second_factors_are_nowhere_to_be_read():
    assert signed_in(make_editor()).get("/admin/mfa/authenticator/").status_code == 404


def test_an_administrator_makes_accounts(administrator, client):
    typed = {
        "email": "new@pildam.example",
        "display_name": "새 필자",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    answer = signed_in(administrator).post(f"{LIST}add/", typed | CRAFTED)
    assert answer.status_code == 302
    assert rights(User.objects.get(email="new@pildam.example"))[:2] == (False, False)
    assert sign_in(client, "new@pildam.example").url == "/"


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.WRITER, "articles/article", "comments/comment"),
        (Role.MODERATOR, "comments/comment", "articles/article"),
        (Role.EDITOR, "articles/redirect", "accounts/user"),
        (Role.ADMINISTRATOR, "accounts/user", "auth/permission"),
    ],
)
def test_the_menu_shows_what_a_role_may_open(role, shown, hidden):
    html = signed_in(make_member(role)).get("/admin/").content.decode()
    assert f'href="/admin/{shown}/"' in html
    assert f'href="/admin/{hidden}/"' not in html


def test_the_address_of_a_draft_is_told_to_whoever_may_see_it():
    draft = make_draft()
    number = ContentType.objects.get_for_model(draft).pk
    address = f"/admin/r/{number}/{draft.pk}/"
    told = signed_in(make_member(Role.EDITOR)).get(address)
    assert told.url == draft.get_absolute_url()
    moderator = signed_in(make_member(Role.MODERATOR))
    assert moderator.get(address).status_code == 403
    assert moderator.get(f"/admin/r/%20{number}/{draft.pk}/").status_code == 404
    assert moderator.get(f"/admin/r/{'9' * 30}/1/").status_code == 404
