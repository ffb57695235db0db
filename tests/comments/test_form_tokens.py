from comments.form_tokens import issue, read


def test_a_token_tells_its_age_and_is_one_of_a_kind():
    first, second = read(issue(7), 7), read(issue(7), 7)
    assert first is not None
    assert second is not None
    assert 0 <= first.age < 60
    assert first.nonce != second.nonce


def test_a_token_of_another_article_is_none():
    assert read(issue(7), 8) is None


def test_what_was_not_made_here_is_none():
    token = issue(7)
    for forged in ("", "x", token[:-1], token + "x", "7.a.b:c", "가" * 100, "7" * 10_000):
        assert read(forged, 7) is None
