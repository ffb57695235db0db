import pytest

from comments.models import ModerationEvent, Status
from comments.transitions import Actor, change_status
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_article
from tests.comments.admin.desk import moderators_desk
from tests.comments.builders import make_comments

pytestmark = pytest.mark.django_db

LOG = "/admin/comments/moderationevent/"


@pytest.fixture
def comments():
    made = make_comments(make_article(), 2)
    for comment, status in zip(made, (Status.HIDDEN, Status.SPAM), strict=True):
        found = type(comment).objects.filter(pk=comment.pk)
        change_status(found, status, actor=Actor("캐럴"), reason=f"{status.label} 까닭")
    return made


def test_the_log_says_who_did_what_and_why(comments):
    html = moderators_desk().get(LOG).content.decode()
    for text in ("캐럴", "공개 → 가림", "가림 까닭", f"{comments[0].pk}번"):
        assert text in html


def test_the_log_is_searched_by_the_number_of_a_comment(comments):
    html = moderators_desk().get(LOG, {"q": str(comments[1].pk)}).content.decode()
    assert "스팸 까닭" in html
    assert "가림 까닭" not in html


@pytest.mark.parametrize("term", ["없는 말", "99999999999999999999", "-1", "²"])
def test_what_is_no_number_finds_nothing(comments, term):
    assert "까닭" not in moderators_desk().get(LOG, {"q": term}).content.decode()


def test_the_log_is_narrowed_by_deed_and_person(comments):
    query = {"action__exact": "spam", "actor_name": "캐럴"}
    html = moderators_desk().get(LOG, query).content.decode()
    assert "스팸 까닭" in html
    assert "가림 까닭" not in html


def test_nobody_changes_the_log_not_even_a_superuser(comments):
    desk = signed_in(make_editor())
    event = ModerationEvent.objects.first()
    before = list(ModerationEvent.objects.values())
    desk.post(LOG, {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"})
    assert desk.post(f"{LOG}{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{LOG}{event.pk}/change/", {"reason": "딴소리"}).status_code == 403
    assert desk.get(f"{LOG}add/").status_code == 403
    assert list(ModerationEvent.objects.values()) == before


def test_the_log_is_not_for_everybody():
    assert moderators_desk("view_comment").get(LOG).status_code == 403


def test_the_log_takes_the_same_queries_whatever_its_length(
    comments, django_assert_max_num_queries
):
    make = make_comments(make_article("다른 글"), 30)
    found = type(make[0]).objects.filter(pk__in=[comment.pk for comment in make])
    change_status(found, Status.HIDDEN, actor=Actor("캐럴"))
    desk = moderators_desk()
    with django_assert_max_num_queries(10):
        desk.get(LOG)
