"""The command line: hello-wrapper NAME, hello-wrapper --version."""

import argparse
import sys
from typing import List, Optional

from hello_wrapper.config.constants import ConstantConfig
from hello_wrapper.greeting import greet
from hello_wrapper.plugins import report


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hello-wrapper", description="Greets people.", epilog=ConstantConfig.documentation)
    parser.add_argument("names", nargs="*", metavar="NAME", help="who is greeted")
    parser.add_argument("--language", choices=ConstantConfig.languages, default="en", help="language of the greeting")
    parser.add_argument("--verify", metavar="WHEEL", help="check a plug-in against its recorded hashes")
    parser.add_argument("--version", action="version", version=ConstantConfig.version)
    return parser


def main(arguments: Optional[List[str]] = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.verify:
        return report(options.verify)
    if not options.names:
        parser.print_usage(sys.stderr)
        return 2
    for name in options.names:
        try:
            print(greet(name, options.language))
        except ValueError as error:
            print(f"hello-wrapper: {error}", file=sys.stderr)
            return 2
    return 0
