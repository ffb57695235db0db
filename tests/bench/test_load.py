import pytest

from bench.load import Figures, Rounds, figures_of

SAID = """Running 2s test @ http://127.0.0.1:18501/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   410.25us  120.10us   4.10ms   93.10%
    Req/Sec    19.10k     1.20k   21.00k    70.00%
  Latency Distribution
     50%  396.00us
     75%  433.00us
     90%    1.02ms
     99%    2.10ms
  {count} requests in 2.00s, 80.00MB read
Requests/sec:  19000.50
Transfer/sec:     40.00MB
"""


def test_figures_are_read_from_what_wrk_says() -> None:
    assert figures_of(SAID.format(count=38_000), 1.9) == Figures(
        rate=19_000.5, processor=0.05, p50=pytest.approx(0.396)
    )


def test_a_load_that_nobody_answered_has_no_figures() -> None:
    assert figures_of(SAID.format(count=0), 1.9) is None


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    site = [Figures(rate, 1.0, 1.0) for rate in (10, 20, 90)]
    bare = [Figures(rate, 1.0, 1.0) for rate in (20, 100, 100)]

    assert Rounds({"site": site, "bare": bare}).ratio("site", "bare") == 0.5
