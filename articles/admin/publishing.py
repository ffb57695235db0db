"""Publishing and withdrawing from the desk: what stands in the way, and what was done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from articles.models import Article
from articles.rendering import RenderingError


@dataclass
class Outcome:
    """What became of each article: done, or refused with a reason in Korean."""

    done: list[Article] = field(default_factory=list)
    refused: list[tuple[Article, str]] = field(default_factory=list)


def obstacle(article: Article) -> str:
    """Return why the article cannot be published, in Korean, or "" when it can."""
    if not article.title.strip():
        return "제목이 비어 있습니다."
    if not article.body.strip():
        return "본문이 비어 있습니다."
    try:
        article.render_body()
    except RenderingError as error:
        return str(error)
    return ""


def publish(articles: Iterable[Article]) -> Outcome:
    """Publish every article that may be; one that may not does not hold up the others."""
    return _each(articles, obstacle, Article.publish)


def withdraw(articles: Iterable[Article]) -> Outcome:
    """Take every article from the readers; withdrawing is never refused."""
    return _each(articles, lambda article: "", Article.withdraw)


def _each(
    articles: Iterable[Article],
    refusal: Callable[[Article], str],
    change: Callable[[Article], None],
) -> Outcome:
    outcome = Outcome()
    for article in articles:
        if reason := refusal(article):
            outcome.refused.append((article, reason))
        else:
            change(article)
            outcome.done.append(article)
    return outcome
