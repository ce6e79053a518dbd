"""`python -m smtpprobe`, and the console script."""

import sys

from smtpprobe.cli import main as run


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
