from bench.tables import rate, ratio, table


def test_a_table_has_a_line_for_each_row() -> None:
    assert table(["load", "rate"], [["/", "12"]]) == "| load | rate |\n| --- | --- |\n| / | 12 |"


def test_small_rates_keep_what_a_rounded_one_would_lose() -> None:
    assert [rate(0.345), rate(12.34), rate(12_345.6)] == ["0.345", "12.3", "12,346"]


def test_a_ratio_that_falls_short_names_what_it_was_to_be() -> None:
    assert [ratio(0.7, 0.6), ratio(0.5, 0.6), ratio(0.5)] == ["0.70", "**0.50** (≥ 0.6)", "0.50"]
