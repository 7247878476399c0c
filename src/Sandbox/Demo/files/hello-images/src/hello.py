#!/usr/bin/python3
"""Says hello, and which release it is of."""
import os
import sys

release = dict(line.strip().split("=", 1) for line in open(os.environ.get("HELLO_RELEASE", "/etc/hello-release")) if "=" in line)
print(release["VERSION"] if "--version" in sys.argv else "Hello!")
