import contextlib
import io
import unittest

from hello_wrapper.cli import main
from hello_wrapper.config.constants import ConstantConfig


class WrapperTest(unittest.TestCase):
    def test_version(self) -> None:
        self.assertEqual("1.2.0", ConstantConfig.version)

    def test_version_option(self) -> None:
        output = io.StringIO()
        with contextlib.redirect_stdout(output), self.assertRaises(SystemExit) as stop:
            main(["--version"])
        self.assertEqual(0, stop.exception.code)
        self.assertEqual(ConstantConfig.version, output.getvalue().strip())

    def test_names(self) -> None:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            self.assertEqual(0, main(["Ada", "Grace"]))
        self.assertEqual(["Hello, Ada!", "Hello, Grace!"], output.getvalue().splitlines())

    def test_nobody(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(2, main([]))


if __name__ == "__main__":
    unittest.main()
