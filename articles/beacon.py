"""Where an article's page reports, once, that it has been read.

The page may come from any cache: its script tells us (`assets/reads/reads.js`). Who reports is
known for a few hours by a keyed hash in the cache, so that a refresh is not a read; neither an
address nor a cookie is kept, and the session is never looked at. Every report is answered alike,
so that the answer tells nothing about articles that are not public.
"""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.request_network import network_of
from articles.caching import private_page
from articles.reads import gathered
from articles.visits import is_ahead_of_a_visit, is_machine, is_own_page

# How long coming back to an article is the same read; the script has the same number.
SAME_READ_SECONDS = 6 * 60 * 60
# One network may be a house or a telephone company, and one sender may take a thousand names.
READERS_OF_NETWORK = 20
REPORTS_OF_NETWORK = 600
REPORTS_SECONDS = 60 * 60
LARGEST_KEY = 2**63 - 1


# A token would need a cookie, for which the page could not be cached; all that a forged report
# could do is to count one reader once, and the page it comes from is looked at.
@csrf_exempt
@private_page
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    if pk <= LARGEST_KEY and _is_from_a_readers_page(request) and _is_first(request, pk):
        gathered.add(pk)
    return HttpResponse(status=204)


def _is_from_a_readers_page(request: HttpRequest) -> bool:
    headers = request.headers
    own = is_own_page(
        headers.get("Origin", ""), headers.get("Sec-Fetch-Site", ""), request.get_host()
    )
    ahead = is_ahead_of_a_visit(headers.get("Sec-Purpose", ""))
    return own and not ahead and not is_machine(headers.get("User-Agent", ""))


def _is_first(request: HttpRequest, pk: int) -> bool:
    """Whether this reader has not read the article lately, as far as the network allows."""
    network = network_of(request)
    if _counted("reports", REPORTS_SECONDS, network) > REPORTS_OF_NETWORK:
        return False
    reader = (network, request.headers.get("User-Agent", ""), pk)
    if not cache.add(_key("reader", *reader), 1, SAME_READ_SECONDS):
        return False
    return _counted("readers", SAME_READ_SECONDS, network, pk) <= READERS_OF_NETWORK


def _counted(name: str, seconds: int, *subject: object) -> int:
    """Count one more in a window that opens with the first and closes on time."""
    key = _key(name, *subject)
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # The window closed between the two calls; this one opens the next.
        cache.set(key, 1, seconds)
        return 1


def _key(name: str, *subject: object) -> str:
    text = "\n".join(map(str, subject))
    return f"reads:{name}:{salted_hmac('articles.beacon', text, algorithm='sha256').hexdigest()}"
