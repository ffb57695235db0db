"""The menu beside every page of the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy


def desk_link(
    title: str,
    icon: str,
    model: str,
    page: str = "changelist",
    *,
    beside: tuple[str, ...] = (),
    power: str = "view",
) -> dict[str, Any]:
    """Return an entry of the desk's menu that opens a page of a model (`app_model`).

    Only whoever has the power over the model is shown the entry. It is marked on all pages below
    its own, but for those `beside`, which have entries too.
    """
    app, _, name = model.partition("_")
    own = reverse_lazy(f"admin:{model}_{page}")
    others = [reverse_lazy(f"admin:{model}_{name}") for name in beside]
    return {
        "title": title,
        "icon": icon,
        "link": own,
        "permission": lambda request: request.user.has_perm(f"{app}.{power}_{name}"),
        "active": lambda request: (
            request.path.startswith(str(own))
            and not any(request.path.startswith(str(other)) for other in others)
        ),
    }


NAVIGATION: list[dict[str, Any]] = [
    {
        "title": "글",
        "items": [
            desk_link("모든 글", "article", "articles_article", beside=("calendar", "import")),
            desk_link("발행 달력", "calendar_month", "articles_article", "calendar"),
            desk_link("글 가져오기", "upload_file", "articles_article", "import", power="add"),
            desk_link("첫 화면", "newspaper", "articles_frontpage"),
            desk_link("메일 구독", "mail", "articles_mailing"),
            desk_link("연재", "auto_stories", "articles_series"),
            desk_link("카테고리", "category", "articles_category"),
            desk_link("태그", "sell", "articles_tag"),
            desk_link("그림", "image", "articles_image"),
            desk_link("옛 주소", "alt_route", "articles_redirect"),
            desk_link("편집 기록", "receipt_long", "articles_deskevent"),
            desk_link("없는 주소", "wrong_location", "articles_missingpage"),
            desk_link("끊긴 링크", "link_off", "articles_brokenlink"),
        ],
    },
    {
        "title": "검색",
        "items": [desk_link("동의어", "join_inner", "articles_synonymgroup")],
    },
    {
        "title": "대화",
        "items": [
            desk_link("댓글 대기열", "forum", "comments_comment"),
            desk_link("낱말 규칙", "dictionary", "comments_wordrule"),
            desk_link("쓰기 제한", "block", "comments_ban"),
            desk_link("운영 기록", "history", "comments_moderationevent"),
            desk_link("댓글 설정", "tune", "comments_commentsettings"),
            desk_link("권리침해 요청", "gavel", "comments_takedown"),
            desk_link("보내는 메일", "outgoing_mail", "comments_outgoingmail"),
            desk_link("메일 받는 사람", "contact_mail", "comments_recipient"),
        ],
    },
    {
        "title": "사람",
        "items": [
            desk_link("필자", "history_edu", "articles_author"),
            desk_link("계정", "manage_accounts", "accounts_user"),
            desk_link("권한 묶음", "groups", "auth_group"),
        ],
    },
    {
        "title": "사이트",
        "items": [desk_link("사이트 설정", "settings", "articles_sitesettings")],
    },
]
