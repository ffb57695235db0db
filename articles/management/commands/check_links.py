"""Look through all published articles for links that lead nowhere on this site."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.link_checks import check_links, forget_hidden_articles
from articles.models import Article


class Command(BaseCommand):
    help = "Find the dead internal links of published articles; meant to be run every night."

    def handle(self, *args: Any, **options: Any) -> None:
        forget_hidden_articles()
        keys = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
        broken = 0
        with tqdm(total=len(keys), unit="글", disable=not sys.stderr.isatty()) as progress:
            for count, found in check_links(keys):
                progress.update(count)
                broken += found
        self.stdout.write(f"{len(keys)} articles checked, {broken} broken links")
