"""`python -m smtpprobe`, and the console script."""

import gc
import sys

from smtpprobe.cli.main import main as run


def main() -> None:
    """Run the program and leave with its exit code."""
    if sys.argv[1:2] == ["explain"]:
        gc.disable()  # a fourth of its start would go into looking for garbage; files switch it on
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
