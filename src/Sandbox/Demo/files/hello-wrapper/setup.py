"""The version is read from the constants as text: building must not import the package."""

import pathlib
import re

from setuptools import setup

HERE = pathlib.Path(__file__).parent


def version() -> str:
    text = (HERE / "hello_wrapper" / "config" / "constants.py").read_text(encoding="utf-8")
    match = re.search(r'^\s+version: str = "([^"]+)"$', text, re.MULTILINE)
    if match is None:
        raise RuntimeError("no version in hello_wrapper/config/constants.py")
    return match.group(1)


def requirements() -> list:
    lines = (HERE / "requirements-runtime.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


setup(version=version(), install_requires=requirements(), test_suite="tests")
