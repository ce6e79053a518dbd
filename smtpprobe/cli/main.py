"""The entry point: picks a front end by the first word. Heavy modules are imported after that."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from smtpprobe.exits import ExitStatus, NagiosState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO


def main(argv: Sequence[str]) -> int:
    """Run smtpprobe with the given words; return the exit code. Never raises but SystemExit.

    All output is flushed before it returns, so that a full disk is reported here, and not by the
    interpreter at exit with its own exit code.
    """
    _open_closed_streams()
    _write_in_any_locale()
    code = _run(argv)
    _flushed(sys.stderr)
    if _flushed(sys.stdout):
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
        code = _failed(error, debug="--debug" in argv)
        return _nagios_unknown(argv, error) if _nagios_wanted(argv) else code
    return code


def _chosen(argv: list[str]) -> int:
    gc.set_threshold(100_000)  # a fourth of the start would go into looking for garbage
    first = argv[0] if argv else ""
    if first == "sandbox":
        from smtpprobe.cli.launch import run_sandbox  # noqa: PLC0415
        from smtpprobe.cli.parsers import sandbox_parser  # noqa: PLC0415

        return run_sandbox(sandbox_parser().read(argv[1:]))
    if first == "starttls":
        from smtpprobe.cli.parsers import starttls_parser  # noqa: PLC0415

        words = starttls_parser().read(argv[1:])
        from smtpprobe.cli.launch import run_starttls  # noqa: PLC0415

        return run_starttls(words)
    if first == "send":
        from smtpprobe.cli.send_parser import send_parser  # noqa: PLC0415

        words = send_parser().read(argv[1:])
        from smtpprobe.cli.launch_send import run_send  # noqa: PLC0415

        return run_send(words)
    if first == "why":
        from smtpprobe.cli.why_parser import why_parser  # noqa: PLC0415

        words = why_parser().read(argv[1:])
        from smtpprobe.cli.launch_why import run_why  # noqa: PLC0415

        return run_why(words)
    if first == "survey":
        from smtpprobe.cli.survey_parser import survey_parser  # noqa: PLC0415

        words = survey_parser().read(argv[1:])
        from smtpprobe.cli.launch_survey import run_survey  # noqa: PLC0415

        return run_survey(words)
    if first == "explain":
        from smtpprobe.explainer import subcommand  # noqa: PLC0415

        return subcommand.main(argv[1:])
    if first == "mcp":
        from smtpprobe.cli.mcp_parser import mcp_parser  # noqa: PLC0415

        words = mcp_parser().read(argv[1:])
        from smtpprobe.cli.launch_mcp import run_mcp  # noqa: PLC0415

        return run_mcp(words)
    if first == "import":
        from smtpprobe.cli.parsers import import_parser  # noqa: PLC0415
        from smtpprobe.script.tools.importer import run_import  # noqa: PLC0415

        words = import_parser().read(argv[1:])
        return run_import(words.form, words.file, words.output)
    from smtpprobe.cli.parsers import main_parser  # noqa: PLC0415

    options = main_parser().read(argv)
    if options.print_completion:
        from smtpprobe.cli.completion import completion  # noqa: PLC0415

        sys.stdout.write(completion(options.print_completion))
        return ExitStatus.OK
    literal = "--" in argv
    from smtpprobe.cli.launch import run_session  # noqa: PLC0415

    return run_session(options, literal=literal)


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
        _tell(f"smtpprobe: I/O error: {error.strerror}\n")
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
    with suppress(OSError):  # the exit code alone still reports it
        sys.stdout.write(f"{service} UNKNOWN - {cut(plain(' '.join(reason.split()), ' '))}\n")
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
    """Write to standard error; if that fails, only the exit code reports."""
    with suppress(OSError):
        sys.stderr.write(text)


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
