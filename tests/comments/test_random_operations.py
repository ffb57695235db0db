"""Whatever readers, authors and moderators do in whatever order, counts equal rows."""

import os
import random
from io import StringIO

import pytest
from django.core.management import call_command

from comments.models import Comment, Policy, Status, Vote
from comments.reactions import CommentGoneError, report, vote
from comments.submission import RefusedError, Submission, edit, submit
from comments.transitions import Actor, change_status, clear_reports, erase
from tests.builders import make_article
from tests.comments.builders import PASSWORD, make_reader

BOB = Actor("밥", ref=7)
# More by hand: RANDOM_OPERATIONS=10000 make test PYTEST_ARGS="-k random_operations"
OPERATIONS = int(os.environ.get("RANDOM_OPERATIONS", "300"))
STATUSES = [Status.VISIBLE, Status.HELD, Status.HIDDEN, Status.SPAM, Status.TRASHED]


class World:
    """Two articles, a dozen readers, and dice that always fall the same way."""

    def __init__(self) -> None:
        self.dice = random.Random(20261125)  # noqa: S311
        self.articles = [make_article("하나"), make_article("둘")]
        self.policies = {article.pk: Policy.of(article) for article in self.articles}
        self.number = 0

    def reader(self):
        number = self.dice.randrange(12)
        return make_reader(secret=f"browser {number}", network=f"192.0.2.{number}")

    def comment(self) -> Comment | None:
        pks = list(Comment.objects.values_list("pk", flat=True))
        return Comment.objects.get(pk=self.dice.choice(pks)) if pks else None

    def write(self) -> None:
        parent = self.comment() if self.dice.random() < 0.6 else None
        article = self.articles[0] if parent is None else parent.article
        self.number += 1
        submit(
            Submission(
                article=article,
                policy=self.policies[article.pk],
                reader=self.reader(),
                body=f"{self.number}번째 글",
                name=f"독자 {self.number}",
                password=PASSWORD,
                parent_id=parent.pk if parent else None,
                form_age=60.0,
            )
        )

    def change(self, comment: Comment) -> None:
        self.number += 1
        policy = self.policies[comment.article_id]
        edit(comment, f"{self.number}번째 수정", policy=policy, reader=self.reader())

    def act(self) -> None:
        comment = self.comment()
        if comment is None or self.dice.random() < 0.3:
            return self.write()
        only = Comment.objects.filter(pk=comment.pk)
        deeds = {
            "vote": lambda: vote(comment, self.reader(), self.dice.choice([1, -1, 0])),
            "report": lambda: report(comment, self.reader(), "abuse", "", threshold=3),
            "decide": lambda: change_status(only, self.dice.choice(STATUSES), actor=BOB),
            "clear": lambda: clear_reports(only, actor=BOB),
            "edit": lambda: self.change(comment),
            "erase": lambda: erase(comment),
        }
        weights = [6, 3, 4, 1, 2, 1]
        deeds[self.dice.choices(list(deeds), weights)[0]]()


@pytest.mark.django_db
def test_counts_equal_rows_after_random_operations():
    world = World()
    for _ in range(OPERATIONS):
        try:
            world.act()
        except (RefusedError, CommentGoneError):
            continue
    call_command("recount_comments", "--check", stdout=StringIO(), stderr=StringIO())
    assert Comment.objects.exists()
    assert Vote.objects.exists()
