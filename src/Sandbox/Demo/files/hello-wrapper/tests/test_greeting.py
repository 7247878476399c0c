import unittest

from hello_wrapper.greeting import UnknownLanguage, greet


class GreetingTest(unittest.TestCase):
    def test_languages(self) -> None:
        self.assertEqual("Hello, Ada!", greet("Ada"))
        self.assertEqual("Bonjour, Ada!", greet("Ada", "fr"))
        self.assertEqual("Hola, Ada!", greet("Ada", "es"))

    def test_blanks(self) -> None:
        self.assertEqual("Hello, Ada!", greet("  Ada "))
        with self.assertRaises(ValueError):
            greet("   ")

    def test_unknown_language(self) -> None:
        with self.assertRaises(UnknownLanguage):
            greet("Ada", "xx")


if __name__ == "__main__":
    unittest.main()
