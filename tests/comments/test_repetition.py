import pytest

from comments.repetition import digest_of, is_near

TEXT = "지금 바로 연락 주시면 누구나 큰돈을 벌 수 있는 방법을 알려 드립니다"


@pytest.mark.parametrize(
    "other", ["좋은글입니다", "좋은 글 입니다!!", "좋은\n글입니다…", "좋은 글입니다 ♥"]
)
def test_spaces_and_signs_do_not_change_the_digest(other):
    assert digest_of(other) == digest_of("좋은 글입니다")


def test_other_words_have_another_digest():
    assert digest_of("좋은 글입니다") != digest_of("나쁜 글입니다")


def test_signs_alone_have_digests_of_their_own():
    assert digest_of("!!") != digest_of("??")


def test_a_changed_word_is_near_and_another_sentence_is_not():
    assert is_near(TEXT, TEXT.replace("지금", "오늘"))
    assert not is_near(TEXT, "붓을 건네는 시간이라는 글을 읽고 오래 생각했습니다 고맙습니다")


def test_short_texts_are_never_near():
    assert not is_near("잘 읽었습니다", "잘 읽었습니다")
