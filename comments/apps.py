from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = "댓글"

    def ready(self) -> None:
        # Models can be imported only now.
        from accounts.models import User  # noqa: PLC0415
        from articles.page_changes import SITE, discussion_tag, note_when_saved  # noqa: PLC0415
        from comments.models import CommentSettings, DiscussionSettings  # noqa: PLC0415
        from comments.noted_accounts import tags_of_account  # noqa: PLC0415

        note_when_saved(User, tags_of_account, shown=frozenset({"is_staff"}))
        note_when_saved(CommentSettings, lambda row, is_new: (SITE,))
        note_when_saved(DiscussionSettings, lambda row, is_new: (discussion_tag(row.article_id),))
