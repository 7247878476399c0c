"""Constants that a maintainer reviews before each release."""

from typing import Tuple


# Everything a release changes by hand is in this class.
# The names are stable: other tools read them.


class ConstantConfig:
    # Shown by --version, read by setup.py
    version: str = "1.2.0b1"
    documentation: str = "https://docs.example/hello-wrapper"
    image_name: str = "hello"
    image_registry: str = "registry.example/hello"
    languages: Tuple[str, ...] = ("en", "fr", "de", "es")
