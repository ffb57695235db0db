"""The moderators' desk; Django finds it by this package's name."""

from articles.admin import ArticleAdmin, SiteSettingsAdmin
from articles.admin.site_settings import Neighbour
from comments.admin.bans import BanAdmin
from comments.admin.comment import CommentAdmin
from comments.admin.configuration import CommentSettingsAdmin, DiscussionInline
from comments.admin.log import ModerationEventAdmin
from comments.admin.mail import OutgoingMailAdmin, RecipientAdmin
from comments.admin.takedowns import TakedownAdmin
from comments.admin.words import WordRuleAdmin

# Articles know nothing of discussions, but leave a place on their forms.
ArticleAdmin.companions.append(DiscussionInline)
SiteSettingsAdmin.neighbours.append(
    Neighbour(
        "댓글 설정",
        "admin:comments_commentsettings_changelist",
        "comments.view_commentsettings",
    )
)

__all__ = [
    "BanAdmin",
    "CommentAdmin",
    "CommentSettingsAdmin",
    "ModerationEventAdmin",
    "OutgoingMailAdmin",
    "RecipientAdmin",
    "TakedownAdmin",
    "WordRuleAdmin",
]
