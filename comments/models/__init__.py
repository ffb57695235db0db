"""What a discussion is made of."""

from comments.models.comment import Comment
from comments.models.comment_queryset import NO_ACCOUNT, NO_HASH, CommentQuerySet
from comments.models.configuration import (
    CommentSettings,
    DiscussionSettings,
    ModerationMode,
    Sort,
)
from comments.models.mail import Announcement, Follow, Notice, OutgoingMail, Recipient
from comments.models.policy import Policy
from comments.models.reactions import Block, Report, ReportReason, Vote
from comments.models.records import Action, ModerationEvent, ModeratorNote
from comments.models.rules import Ban, WordRule
from comments.models.status import TOMBSTONES, WAITING, RemovedBy, Status
from comments.models.takedown import Relation, Right, Takedown, TakedownState

__all__ = [
    "NO_ACCOUNT",
    "NO_HASH",
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
    "Follow",
    "ModerationEvent",
    "ModerationMode",
    "ModeratorNote",
    "Notice",
    "OutgoingMail",
    "Policy",
    "Recipient",
    "Relation",
    "RemovedBy",
    "Report",
    "ReportReason",
    "Right",
    "Sort",
    "Status",
    "Takedown",
    "TakedownState",
    "Vote",
    "WordRule",
]
