import sys

from hello_wrapper.cli import main

if __name__ == "__main__":
    sys.exit(main())
