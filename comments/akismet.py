"""What Akismet thinks of a comment, if the site has a key for it. Off without one.

Source: https://akismet.com/developers/detailed-docs/comment-check/
"""

from __future__ import annotations

import logging

import requests
from django.conf import settings

from comments.models import Comment

logger = logging.getLogger(__name__)

# One fixed host; nothing that a reader writes has a say in where this goes.
_ADDRESS = "https://rest.akismet.com/1.1/comment-check"
_SECONDS = 2


def calls_it_spam(comment: Comment, *, network: str, user_agent: str) -> bool:
    """Ask Akismet; without a key, or without its answer in two seconds, nothing is held against."""
    if not settings.AKISMET_KEY:
        return False
    question = {
        "api_key": settings.AKISMET_KEY,
        "blog": settings.SITE_URL,
        "user_ip": network.partition("/")[0],
        "user_agent": user_agent,
        "comment_type": "comment" if comment.in_reply_to_id is None else "reply",
        "comment_author": comment.name,
        "comment_author_email": comment.email,
        "comment_content": comment.body,
        "blog_lang": "ko",
        "blog_charset": "UTF-8",
    }
    try:
        answer = requests.post(_ADDRESS, data=question, timeout=_SECONDS, allow_redirects=False)
        answer.raise_for_status()
    except requests.RequestException as error:
        logger.warning("Akismet does not answer: %s", type(error).__name__)
        return False
    return answer.text == "true"
