"""How properties are tried: a few fixed examples in the suite, ever new ones in `make fuzz`.

Nobody looks at the clock while a machine is busy: what a call may cost is asked of the thread's
processor time, see `bounds.py`.
"""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.database import DirectoryBasedExampleDatabase

_KEPT = Path(__file__).parents[2] / "var" / "hypothesis"
_EVERYWHERE = {
    "deadline": None,
    # Documents are large, and filters refuse what no reader could have written.
    "suppress_health_check": [
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.large_base_example,
    ],
}

set_hypothesis_home_dir(_KEPT)
settings.register_profile(
    "suite", derandomize=True, max_examples=10, database=None, print_blob=True, **_EVERYWHERE
)
settings.register_profile(
    "fuzz",
    max_examples=300,
    database=DirectoryBasedExampleDatabase(_KEPT / "examples"),
    print_blob=True,
    **_EVERYWHERE,
)
if not any(argument.startswith("--hypothesis-profile") for argument in sys.argv):
    settings.load_profile("suite")
