"""Greetings in the languages of the configuration."""

from hello_wrapper.config.constants import ConstantConfig

_WORDS = {
    "en": "Hello",
    "fr": "Bonjour",
    "de": "Hallo",
    "es": "Hola",
}


class UnknownLanguage(ValueError):
    """Asked for a language that is not configured."""


def greet(name: str, language: str = "en") -> str:
    """Return a greeting for a name; surrounding blanks do not count."""
    name = name.strip()
    if not name:
        raise ValueError("a name is needed")
    if language not in ConstantConfig.languages:
        known = ", ".join(ConstantConfig.languages)
        raise UnknownLanguage(f"unknown language {language!r}, choose one of {known}")
    return f"{_WORDS[language]}, {name}!"
