"""Measuring. `python -m bench.run` is `make bench` (docs/benchmarks.md), with growth, endurance and
latency beside it; they start servers of their own. The others look at a running site from outside:
`python -m bench.NAME http://127.0.0.1:8000`.

Nothing here is part of `make test`. What is not Python is Debian's, or is fetched from npm when it
is first asked for, into a temporary folder; node, a Java runtime and chromium are the machine's own.
"""
