"""`python -m smtpprobe`, and the console script."""

import gc
import sys

from smtpprobe.cli.main import main as run


def main() -> None:
    """Run the program and leave with its exit code."""
    if sys.argv[1:2] == ["explain"]:
        gc.disable()  # a fourth of its start would go into looking for garbage; files switch it on
    code = run(sys.argv[1:])
    gc.freeze()  # what is still there is let go with the process, not looked through once more
    sys.exit(code)


if __name__ == "__main__":
    main()
