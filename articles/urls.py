"""The addresses of the site as readers and machines see it."""

from django.urls import path, register_converter

from articles import beacon, feeds, media, share_cards, sitemaps, views, well_known
from articles.caching import public_feed
from articles.converters import HangulSlugConverter, MonthConverter, YearConverter
from articles.newsletter import views as newsletter
from articles.search import pages as search_pages
from articles.shared_preview import shared_preview

register_converter(HangulSlugConverter, "hangul")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "articles"

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("articles/", views.article_list, name="article_list"),
    path("articles/feed/", public_feed(feeds.ArticleListFeed()), name="article_list_feed"),
    path("articles/<hangul:slug>/", views.article, name="article"),
    path("reads/<int:pk>/", beacon.read, name="read"),
    path("categories/<hangul:slug>/", views.category, name="category"),
    path("categories/<hangul:slug>/feed/", public_feed(feeds.CategoryFeed()), name="category_feed"),
    path("tags/<hangul:slug>/", views.tag, name="tag"),
    path("tags/<hangul:slug>/feed/", public_feed(feeds.TagFeed()), name="tag_feed"),
    path("authors/<hangul:slug>/", views.author, name="author"),
    path("authors/<hangul:slug>/feed/", public_feed(feeds.AuthorFeed()), name="author_feed"),
    path("series/<hangul:slug>/", views.series, name="series"),
    path("series/<hangul:slug>/feed/", public_feed(feeds.SeriesFeed()), name="series_feed"),
    path("newsletter/", newsletter.subscribe, name="newsletter"),
    path("newsletter/confirm/<str:token>/", newsletter.confirm, name="newsletter_confirm"),
    path(
        "newsletter/unsubscribe/<str:token>/", newsletter.unsubscribe, name="newsletter_unsubscribe"
    ),
    path("newsletter/manage/<str:token>/", newsletter.manage, name="newsletter_manage"),
    path("reading-list/", views.reading_list, name="reading_list"),
    path("archive/", views.archive, name="archive"),
    path("archive/<year:year>/", views.archive_year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", views.archive_month, name="archive_month"),
    path("search/", search_pages.search, name="search"),
    path("search/suggest/", search_pages.suggest, name="search_suggest"),
    path("feed/", public_feed(feeds.LatestFeed()), name="feed"),
    path("feed/atom/", public_feed(feeds.LatestAtomFeed()), name="atom_feed"),
    path("feed.json", public_feed(feeds.LatestJsonFeed()), name="json_feed"),
    path("sitemap.xml", public_feed(sitemaps.sitemap_index), name="sitemap_index"),
    path("sitemap-news.xml", public_feed(sitemaps.news_sitemap), name="news_sitemap"),
    path("sitemap-<slug:section>.xml", public_feed(sitemaps.section_sitemap), name="sitemap"),
    path("robots.txt", well_known.robots, name="robots"),
    path("llms.txt", well_known.llms, name="llms"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("apple-touch-icon.png", well_known.touch_icon, name="touch_icon"),
    path("site.webmanifest", well_known.manifest, name="manifest"),
    path("<slug:key>.txt", well_known.indexnow_key, name="indexnow_key"),
    path("cards/<slug:kind>/<int:pk>/<slug:digest>.png", share_cards.share_card, name="share_card"),
    path("preview/<str:token>/", shared_preview, name="shared_preview"),
    path("media/<path:path>", media.picture, name="media"),
]
