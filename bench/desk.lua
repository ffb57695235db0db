-- Asks as somebody who is signed in.
wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
