"""The entry point: picks a front end by the first word. Heavy modules are imported after that."""

from __future__ import annotations

import gc
import os
import sys

from smtpprobe.exits import ExitStatus, NagiosState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TextIO


def main(argv: Sequence[str]) -> int:
    """Run smtpprobe with the given words; return the exit code. Never raises but SystemExit.

    All output is flushed before it returns, so that a full disk is reported here, and not by the
    interpreter at exit with its own exit code.
    """
    _open_closed_streams()
    _write_in_any_locale()
    code = _run(argv)
    _flushed(sys.stderr)
    # a terminal that is gone takes nothing: it ended the program, not what was lost with it
    if _flushed(sys.stdout) or code == ExitStatus.TERMINATED:
        return code
    return NagiosState.UNKNOWN if _nagios_wanted(argv) else ExitStatus.CANNOT_TELL


def _run(argv: Sequence[str]) -> int:
    try:
        code = _chosen(list(argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        return ExitStatus.CANNOT_TELL
    except Exception as error:  # noqa: BLE001 - the last resort: exit 70, never a traceback
        code = _failed_in_words(error, debug="--debug" in argv)
        return _nagios_unknown(argv, error) if _nagios_wanted(argv) else code
    return code


COMMANDS = {
    "sandbox": ("cli.sandbox_parser:sandbox_parser", "cli.launch:run_sandbox"),
    "starttls": ("cli.starttls_parser:starttls_parser", "cli.launch:run_starttls"),
    "send": ("cli.send_parser:send_parser", "cli.launch_send:run_send"),
    "why": ("cli.why_parser:why_parser", "cli.launch_why:run_why"),
    "survey": (
        "cli.survey_parser:survey_parser",
        "cli.launch_survey:run_survey",
    ),
    "mcp": ("cli.mcp_parser:mcp_parser", "cli.launch_mcp:run_mcp"),
    "import": ("cli.import_parser:import_parser", "script.tools.importer:run_import"),
}
"""Commands, and where in this package its parser and its launcher are: module:function.

A launcher is imported once the words are read, so that --help and what is misspelt cost little.
"""

SUBCOMMANDS: dict[tuple[str, ...], tuple[str, str]] = {
    ("survey", "report"): (
        "cli.survey_parser:survey_report_parser",
        "cli.launch_survey:run_survey_report",
    ),
    ("survey", "plan"): (
        "cli.survey_parser:survey_plan_parser",
        "cli.launch_survey:run_survey_plan",
    ),
}
"""The same for commands of two words."""


def _chosen(argv: list[str]) -> int:
    gc.set_threshold(100_000)  # a fourth of the start would go into looking for garbage
    first = argv[0] if argv else ""
    if first == "explain":  # reads its words itself: argparse would be most of its time
        from smtpprobe.cli.launch_explain import run_explain  # noqa: PLC0415

        return run_explain(argv[1:])
    if first not in COMMANDS:
        return _session(argv)
    two = SUBCOMMANDS.get(tuple(argv[:2]))
    parser, launcher = two or COMMANDS[first]
    words = _imported(parser)().read(argv[2 if two else 1 :])
    return int(_imported(launcher)(words))


def _imported(place: str) -> Callable[..., Any]:
    """Return the function at a place of COMMANDS."""
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(
        __import__(f"smtpprobe.{module}", fromlist=(name,)), name
    )
    return function


def _session(argv: list[str]) -> int:
    """Run the prompt or scripts, or print a completion script."""
    from smtpprobe.cli.main_parser import main_parser  # noqa: PLC0415

    options = main_parser().read(argv)
    if options.print_completion:
        from smtpprobe.cli.completion import completion  # noqa: PLC0415

        sys.stdout.write(completion(options.print_completion))
        return ExitStatus.OK
    from smtpprobe.cli.launch import run_session  # noqa: PLC0415

    return run_session(options, literal="--" in argv)


def _failed_in_words(error: Exception, *, debug: bool) -> int:
    """Report an error; where not even the words for it can be read, by its number alone."""
    try:
        return _failed(error, debug=debug)
    except OSError as more:
        _tell(f"smtpprobe: I/O error: {more.strerror}\n{RAISE_LIMIT}")
        return ExitStatus.CANNOT_TELL


RAISE_LIMIT = "  raise the limit on open files (ulimit -n)\n"


def _failed(error: Exception, *, debug: bool) -> int:
    from smtpprobe.errors import ProbeError  # noqa: PLC0415

    if debug:
        import traceback  # noqa: PLC0415

        _tell("".join(_without_credentials("".join(traceback.format_exception(error)))))
    if isinstance(error, ProbeError):
        hint = f"\n  {error.hint}" if error.hint else ""
        _tell(f"smtpprobe: {error.message}{hint}\n")
        return error.status
    if isinstance(error, OSError) and error.errno is not None:
        from smtpprobe.signals import hung_up  # noqa: PLC0415

        if hung_up():
            return ExitStatus.TERMINATED
        # the numbers are EMFILE and ENFILE: without a file to open no module can be read
        more = RAISE_LIMIT if error.errno in (23, 24) else ""
        _tell(f"smtpprobe: I/O error: {error.strerror}\n{more}")
        return ExitStatus.CANNOT_TELL
    told = "".join(_without_credentials(f"{type(error).__name__}: {error}"))
    _tell(f"smtpprobe: internal error: {told}\n  please report this; --debug shows a traceback\n")
    return ExitStatus.INTERNAL


def _without_credentials(text: str) -> list[str]:
    """Return the lines of a text about the program itself, with credentials masked."""
    from smtpprobe.protocol.redact import masked_text  # noqa: PLC0415

    return [masked_text(line) for line in text.splitlines(keepends=True)]


def _nagios_wanted(argv: Sequence[str]) -> bool:
    """Return whether the words ask for plugin output, whatever else is wrong with them."""
    words = list(argv)
    words = words[: words.index("--")] if "--" in words else words
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(pair == ("--format", "nagios") or pair[0] == "--format=nagios" for pair in pairs)


def _nagios_unknown(argv: Sequence[str], error: Exception) -> int:
    """Write the status line of a plugin that could check nothing; return its exit code.

    A monitoring system reads one line on standard output and an exit code of 0 to 3 (Monitoring
    Plugins guidelines); it drops any other code, or reports it as a crash.
    """
    from smtpprobe.errors import ProbeError  # noqa: PLC0415
    from smtpprobe.present.formats.nagios import cut, plain  # noqa: PLC0415

    reason = error.message if isinstance(error, ProbeError) else f"{type(error).__name__}: {error}"
    service = "STARTTLS" if argv[:1] == ["starttls"] else "SMTP"
    _written(sys.stdout, f"{service} UNKNOWN - {cut(plain(' '.join(reason.split()), ' '))}\n")
    return NagiosState.UNKNOWN


def _open_closed_streams() -> None:
    """Open /dev/null for each standard stream that the caller closed (`>&-`)."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115 - pathlib is heavy; open as long as the program runs


def _write_in_any_locale() -> None:
    """Escape characters that a stream's encoding lacks, as Python does for stderr."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        if stream.encoding.lower().startswith("utf"):
            stream.reconfigure(errors="backslashreplace")  # what is no text at all
            continue
        import codecs  # noqa: PLC0415 - only in such a locale

        from smtpprobe.present.ascii_text import instead  # noqa: PLC0415

        codecs.register_error("smtpprobe", instead)
        stream.reconfigure(errors="smtpprobe")


def _tell(text: str) -> None:
    """Write to standard error."""
    _written(sys.stderr, text)


def _written(stream: TextIO, text: str) -> None:
    """Write to a stream; if that fails, only the exit code reports."""
    try:
        stream.write(text)
    except OSError:
        return


def _flushed(stream: TextIO) -> bool:
    """Flush a stream; return whether that worked.

    If not, it is redirected to /dev/null, so that the flush at exit cannot fail.
    """
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
