"""The parts that rows are in by their numbers, as sitemaps divide them."""

from django.db.models import F, Func, IntegerField

# Addresses in one part.
PART_SIZE = 1000


def part_of(field: str = "id") -> Func:
    """Return the number of a row's part, from 0; the size is said as SQL, as an index has it."""
    return Func(F(field), template=f"(%(expressions)s / {PART_SIZE})", output_field=IntegerField())
