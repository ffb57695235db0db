"""Many documents in one transaction, and each still by itself."""

import pytest
from django.db import IntegrityError

from articles.importing.sources import DiskFolder, Source
from articles.intake import batches, plans
from articles.intake.runs import run
from articles.models import Article, Redirect, Tag, TaggedArticle
from tests.builders import make_article
from tests.jekyll_archive import write_archive

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "posts"
    write_archive(path, 12)
    return path


def sources(folder):
    found = DiskFolder(folder)
    return [Source(name, name, name, found) for name in found.documents()]


def imported(folder, **options):
    return run(sources(folder), plans.Options(**options))


def test_a_post_costs_few_statements(folder, django_assert_max_num_queries):
    # Three for each post, and what the whole batch needs: looking up, names to make, a commit.
    with django_assert_max_num_queries(12 * 3 + 110):
        assert imported(folder).counts()["created"] == 12
    (folder / "2024-01-01-one-more.md").write_text(
        "---\ntitle: 하나 더\ntags: [기술]\nauthor: 김하늘\ncategory: 비평\n---\n본문",
        encoding="utf-8",
    )
    newest = sources(folder)[-1:]
    with django_assert_max_num_queries(16):
        run(newest, plans.Options())


def test_one_that_fails_while_it_is_stored_costs_no_other(folder, monkeypatch):
    save = Article.save

    def refuse_the_fifth(self, **kwargs):
        if self.import_ref and self.import_ref.endswith("essay-5.md"):
            raise ValueError("no")
        save(self, **kwargs)

    monkeypatch.setattr(Article, "save", refuse_the_fifth)
    report = imported(folder)
    assert report.counts() == {"created": 11, "updated": 0, "unchanged": 0, "failed": 1}
    assert [item.action for item in report.items].index("failed") == 5
    assert Article.objects.count() == 11
    assert all(article.tags.count() == 3 for article in Article.objects.all())


def test_a_tag_made_by_one_that_fails_is_made_again(folder, monkeypatch):
    """What was remembered of a rolled back article must not be used by the next."""
    save = Article.save

    def refuse_the_first(self, **kwargs):
        save(self, **kwargs)
        if self.import_ref and self.import_ref.endswith("essay-0.md"):
            raise ValueError("no")

    monkeypatch.setattr(Article, "save", refuse_the_first)
    assert imported(folder).counts()["created"] == 11
    assert TaggedArticle.objects.count() == 33
    assert not Tag.objects.exclude(pk__in=TaggedArticle.objects.values("tag")).exists()


def test_when_a_batch_is_refused_as_a_whole_each_is_stored_alone(folder, monkeypatch):
    class Refused(batches.transaction.Atomic):
        def __exit__(self, *details):
            monkeypatch.undo()
            error = IntegrityError("refused at the commit")
            super().__exit__(IntegrityError, error, None)
            raise error

    monkeypatch.setattr(
        batches.transaction, "atomic", lambda: Refused(None, savepoint=True, durable=False)
    )
    report = imported(folder)
    assert report.counts()["created"] == 12
    assert all(item.warnings == () for item in report.items)


def test_the_same_document_twice_in_a_batch_is_one_article(folder):
    (folder / "zz-copy.md").write_bytes((folder / "2005-01-01-essay-0.md").read_bytes())
    assert imported(folder).counts() == {"created": 12, "updated": 0, "unchanged": 1, "failed": 0}


def test_posts_of_one_address_in_a_batch_get_two(tmp_path):
    for name in ("a/2024-01-01-이름.md", "b/2024-01-01-이름.md"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(f"---\ntitle: {name}\n---\n{name}의 본문", encoding="utf-8")
    report = imported(tmp_path)
    assert report.counts()["created"] == 2
    slugs = sorted(Article.objects.values_list("slug", flat=True))
    assert slugs[1] == "이름"
    assert "is taken" in " ".join(report.items[1].warnings)


def test_a_retired_address_is_left_alone(tmp_path):
    moved = make_article("옮긴 글")
    Redirect.objects.create(old_path="/articles/이름/", article=moved)
    (tmp_path / "2024-01-01-이름.md").write_text("---\ntitle: 새 글\n---\n본문", encoding="utf-8")
    imported(tmp_path)
    assert Article.objects.get(title="새 글").slug == "새-글"
