import pytest

from comments.admin.words import judgement_of_stranger
from comments.models import Comment, CommentSettings, WordRule
from comments.moderation.findings import Verdict
from tests.comments.admin.desk import moderators_desk

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

RULES = "/admin/comments/wordrule/"


@pytest.fixture(autouse=True)
def no_words_to_begin_with(db):
    WordRule.objects.all().delete()


@pytest.fixture
def desk():
    return moderators_desk()


def make_rule(desk, pattern, **fields):
    form = {"pattern": pattern, "target": "body", "effect": "hold", "is_enabled": "on"} | fields
    return desk.post(RULES + "add/", form)


def try_on(desk, body, **fields):
    return desk.post(RULES + "try/", {"body": body} | fields)


def import_words(desk, lines, **fields):
    form = {"lines": lines, "target": "body", "effect": "hold", "category": ""} | fields
    return desk.post(RULES + "import/", form)


def test_a_rule_is_made_with_its_exceptions_one_a_line(desk):
    make_rule(desk, " 시발 ", exceptions="시발점\r\n\r\n 시발역 \n시발점")
    rule = WordRule.objects.get()
    assert (rule.pattern, rule.exception_list) == ("시발", ("시발점", "시발역"))


@pytest.mark.parametrize("pattern", ["이", "ㅋㅋㅋ", "Ａ", "!!", "★", "\u200b\u200b", "가"])
def test_a_rule_that_finds_nothing_or_everything_is_refused(desk, pattern):
    response = make_rule(desk, pattern)
    assert response.context["errors"]
    assert not WordRule.objects.exists()


@pytest.mark.parametrize("pattern", ["바보", "바 보", "\u1107\u1161\u1107\u1169"])
def test_a_word_that_is_there_is_not_made_twice(desk, pattern):
    make_rule(desk, "바보")
    assert "이미 있습니다" in make_rule(desk, pattern).content.decode()
    assert WordRule.objects.count() == 1


def test_a_word_may_be_looked_for_in_two_places(desk):
    make_rule(desk, "바보")
    make_rule(desk, "바보", target="name")
    assert WordRule.objects.count() == 2


def test_a_rule_can_be_saved_again_as_it_is(desk):
    make_rule(desk, "바보")
    rule = WordRule.objects.get()
    form = {"pattern": "바보", "target": "body", "effect": "spam"}
    assert desk.post(f"{RULES}{rule.pk}/change/", form).status_code == 302
    rule.refresh_from_db()
    assert (rule.effect, rule.is_enabled) == ("spam", False)


def test_a_text_is_explained_rule_by_rule(desk):
    make_rule(desk, "바보", effect="spam")
    response = try_on(desk, "이 바보야 010-1234-5678")
    html = response.content.decode()
    assert response.status_code == 200
    for text in ("스팸함으로 갑니다.", "word_body", "personal", "이 <mark>바보</mark>야"):
        assert text in html
    assert response.context["judgement"].score == 190


def test_an_innocent_text_is_published(desk):
    html = try_on(desk, "오늘 글도 잘 읽었습니다.").content.decode()
    assert "바로 공개됩니다." in html
    assert "아무 규칙에도 걸리지 않습니다." in html


def test_a_name_is_tried_too(desk):
    make_rule(desk, "바보", target="name")
    assert "word_name" in try_on(desk, "안녕하세요.", name="바보왕").content.decode()


def test_the_sites_own_mode_holds_unless_another_is_chosen(desk):
    CommentSettings.objects.create(pk=1, mode="pre")
    assert judgement_of_stranger("안녕", "", "").verdict == Verdict.HOLD
    assert judgement_of_stranger("안녕", "", "post").verdict == Verdict.PUBLISH


@pytest.mark.parametrize("body", ["", "가" * 4_001, "가\x07", "\u200b"])
def test_a_text_that_no_reader_could_send_is_422_with_the_reason(desk, body):
    assert try_on(desk, body).status_code == 422


def test_trying_stores_nothing(desk):
    try_on(desk, "이 바보야")
    assert not Comment.objects.exists()
    assert not WordRule.objects.exists()


def test_words_are_taken_by_the_list(desk):
    response = import_words(desk, "도박\n\n시발 = 시발점, 시발역\n", effect="spam", category="욕설")
    assert response.status_code == 302
    rules = {rule.pattern: rule for rule in WordRule.objects.all()}
    assert rules["시발"].exception_list == ("시발점", "시발역")
    assert (rules["도박"].effect, rules["도박"].category) == ("spam", "욕설")


def test_lines_that_cannot_be_taken_stay_with_the_reason(desk):
    response = import_words(desk, f"도박\n도박\n이\n{'가나' * 60}")
    html = response.content.decode()
    assert response.status_code == 422
    assert WordRule.objects.count() == 1
    for text in ("3줄을 넣지 못했습니다", "이미 있습니다", "한 글자로는"):
        assert text in html


@pytest.mark.parametrize(
    ("permissions", "addresses"),
    [
        (("view_comment",), ("", "try/", "import/", "add/")),
        (("view_wordrule",), ("import/", "add/")),
    ],
)
def test_rules_ask_for_permission(permissions, addresses):
    desk = moderators_desk(*permissions)
    assert [desk.get(RULES + address).status_code for address in addresses] == [403] * len(
        addresses
    )
