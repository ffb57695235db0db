"""Whether a request that reports a read may come from a reader's browser. Pure: headers in.

Nobody is kept from lying here. Machines that say what they are, and pages of other sites that
send their visitors' browsers, are told apart; what is left is held back by counting each reader
once (`articles.beacon`).
"""

from __future__ import annotations

import re

# Every browser since the nineties begins so, and hardly a library does.
_BROWSER = "Mozilla/"
# Machines that dress as browsers name themselves, say that they are compatible, or give an address
# to complain to. Cubot is a maker of phones; KakaoTalk and Naver are also apps that people read in.
_MACHINE = re.compile(
    r"""(?<!cu)bot | crawl | spider | slurp | scrap | https?:// | \bcompatible; | lighthouse
    | phantom | selenium | puppeteer | playwright | pingdom | uptime | monitor | archiver
    | facebookexternalhit | \byeti/ | \bdaum(oa)?/ | google-(?!chrome) | inspectiontool
    | mediapartners | preview | validator""",
    re.IGNORECASE | re.VERBOSE,
)
_AHEAD_OF_A_VISIT = ("prefetch", "prerender")


def is_machine(user_agent: str) -> bool:
    """Whether the sender says, or does not even hide, that nobody reads there."""
    return not user_agent.startswith(_BROWSER) or _MACHINE.search(user_agent) is not None


def is_own_page(origin: str, fetch_site: str, host: str) -> bool:
    """Whether one of the site's own pages sent the request, by its Origin and Sec-Fetch-Site.

    Browsers send the first with every POST and the second wherever the connection is trusted.
    """
    return fetch_site in {"", "same-origin"} and origin in {f"https://{host}", f"http://{host}"}


def is_ahead_of_a_visit(purpose: str) -> bool:
    """Whether a browser fetches what its reader may want to see later."""
    return purpose.lower().startswith(_AHEAD_OF_A_VISIT)
