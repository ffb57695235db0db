"""What people at the desk are: each role is a group of that name.

Which permissions a role has is written where all models are known: `comments.roles`.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    WRITER = "필자"
    EDITOR = "편집자"
    MODERATOR = "댓글 관리자"
    ADMINISTRATOR = "관리자"


EXPLANATIONS = {
    Role.WRITER: "자기 글을 쓰고 검토를 요청합니다. 발행은 하지 못합니다.",
    Role.EDITOR: "모든 글을 고치고 발행하고 내립니다.",
    Role.MODERATOR: "댓글과 권리침해 요청을 처리합니다. 글은 다루지 않습니다.",
    Role.ADMINISTRATOR: "모든 글과 댓글, 계정과 설정을 맡습니다.",
}


def label_of(group_name: str) -> str:
    """Return a group's name for the account form, with what a role may do."""
    if group_name not in set(Role):
        return group_name
    return f"{group_name} – {EXPLANATIONS[Role(group_name)]}"
