"""Ancestors come first, whatever order an export has them in."""

from comments.importing.ancestry import Node, ancestry_of


def arranged(*pairs, stored=()):
    nodes = [Node(ref, tuple(parents.split())) for ref, parents in pairs]
    ancestry = ancestry_of(nodes, set(stored).__contains__)
    named = [[nodes[place].ref for place in places] for places in ancestry.generations]
    warned = {nodes[place].ref for place in ancestry.warnings}
    return named, warned, ancestry


def test_answers_come_after_what_they_answer():
    named, warned, _ = arranged(("c", "b"), ("b", "a"), ("d", "a"), ("a", ""))
    assert named == [["a"], ["b", "d"], ["c"]]
    assert not warned


def test_an_orphan_opens_a_thread_and_its_lost_parent_is_named():
    named, _, ancestry = arranged(("b", "lost"))
    assert named == [["b"]]
    assert "'lost'" in ancestry.warnings[0]


def test_an_answer_to_what_is_stored_already_keeps_its_parent():
    _, warned, ancestry = arranged(("b", "a"), stored=["a"])
    assert ancestry.parent_of == {0: "a"}
    assert not warned


def test_the_second_parent_serves_where_the_first_is_lost():
    assert arranged(("b", "lost a"), ("a", ""))[2].parent_of == {0: "a"}


def test_a_circle_is_broken_at_its_first_comment():
    named, warned, _ = arranged(("tail", "c"), ("a", "c"), ("b", "a"), ("c", "b"))
    assert named == [["a"], ["b"], ["c"], ["tail"]]
    assert warned == {"a"}


def test_a_comment_that_answers_itself_opens_a_thread():
    assert arranged(("a", "a"))[:2] == ([["a"]], {"a"})


def test_a_conversation_of_ten_thousand_answers_is_arranged():
    pairs = [(str(number), str(number + 1)) for number in range(10_000)]
    named, warned, _ = arranged(*pairs)
    assert (len(named), named[-1], warned) == (10_000, ["0"], {"9999"})
