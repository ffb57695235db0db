"""Drive one property by atheris, guided by what of our code its inputs reach.

    python -m tests.fuzz.guided test_rendering test_a_comment_is_rendered_whole_and_harmless

Options of libFuzzer follow, such as -max_total_time=600. Atheris is installed by hand: it has
wheels for few machines. Properties that need a database are left to hypothesis alone.
"""

import importlib
import sys

import atheris


def main() -> None:
    program, module, name, *options = sys.argv
    with atheris.instrument_imports(include=["articles", "comments"]):
        properties = importlib.import_module(f"tests.fuzz.{module}")
    atheris.Setup([program, *options], getattr(properties, name).hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
