"""What a discussion is made of."""

from comments.models.comment import Comment
from comments.models.comment_queryset import CommentQuerySet
from comments.models.configuration import (
    CommentSettings,
    DiscussionSettings,
    ModerationMode,
    Policy,
    Sort,
)
from comments.models.mail import Announcement
from comments.models.reactions import Block, Report, ReportReason, Vote
from comments.models.records import Action, ModerationEvent, ModeratorNote
from comments.models.rules import Ban, WordRule
from comments.models.status import TOMBSTONES, WAITING, RemovedBy, Status

__all__ = [
    "TOMBSTONES",
    "WAITING",
    "Action",
    "Announcement",
    "Ban",
    "Block",
    "Comment",
    "CommentQuerySet",
    "CommentSettings",
    "DiscussionSettings",
    "ModerationEvent",
    "ModerationMode",
    "ModeratorNote",
    "Policy",
    "RemovedBy",
    "Report",
    "ReportReason",
    "Sort",
    "Status",
    "Vote",
    "WordRule",
]
