"""Plug-ins are wheels; each file in one is checked against its recorded hash."""

import os
import sys


def verify(path: str) -> int:
    """Return how many files of the wheel are as recorded; raise WheelError if one is not."""
    from wheel.wheelfile import WheelFile  # only this command needs it

    checked = 0
    with WheelFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                while member.read(65536):
                    pass
            checked += 1
    return checked


def report(path: str) -> int:
    """Print the result for a person, and return the exit code."""
    if not os.path.isfile(path):
        print(f"no such file: {path}", file=sys.stderr)
        return 2
    print(f"{os.path.basename(path)}: {verify(path)} files as recorded")
    return 0
