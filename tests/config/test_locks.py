"""The lock files hold what every supported Python needs, whichever has made them."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Debian 12's comes first: it is what docs/deploy.md installs on.
PYTHONS = ("3.11.2", "3.11.9", "3.12.0", "3.13.0")
# What every virtual environment has.
ALWAYS_THERE = {"pip", "setuptools"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_any_supported_python_needs_is_locked(name):
    text = (Path(settings.BASE_DIR) / name).read_text()
    locked = {
        canonicalize_name(found) for found in re.findall(r"^([\w.-]+)(?:\[.*\])?==", text, re.M)
    }
    assert len(locked) > 20
    missing = {
        f"{package} needs {requirement} on Python {python}"
        for package in locked
        for requirement in map(Requirement, _required_by(package))
        for python in PYTHONS
        if _is_needed(requirement, python)
        and canonicalize_name(requirement.name) not in locked | ALWAYS_THERE
    }
    assert not missing


def _required_by(package: str) -> list[str]:
    """Return what an installed package asks for; nothing for one of another Python's."""
    try:
        return requires(package) or []
    except PackageNotFoundError:
        return []


def _is_needed(requirement: Requirement, python: str) -> bool:
    version = {
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "extra": "",
    }
    return requirement.marker is None or requirement.marker.evaluate(version)
