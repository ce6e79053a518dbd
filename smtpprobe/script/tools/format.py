"""Brings script files into the canonical form, or shows what that would change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from smtpprobe.atomic_file import atomic_write
from smtpprobe.errors import ScriptError, UsageError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.session import error_lines
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered
from smtpprobe.script.input_file import STANDARD_INPUT
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.formatter import formatted, unified_diff
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.load import load_script, script_files, script_octets
from smtpprobe.script.reports.failures import problem_lines

_STYLES = {"-": spans.PERMANENT, "+": spans.SUCCESS, "@": spans.NOTICE}


@dataclass(frozen=True, slots=True)
class _Form:
    """A file's octets as they are and in canonical form."""

    file: str
    before: bytes
    after: bytes


def format_files(
    files: Sequence[str],
    *,
    diff: bool = False,
    colour: bool = False,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> ExitStatus:
    """Rewrite scripts in canonical form; return the exit status.

    0: done, 1: with `diff` something would change, 3: a script cannot be read, 4: one cannot be
    written. `-` is standard input, written to `out`. With `diff` nothing is written but a patch to
    `out`. Each file is written whole or not at all; its mode stays, a link stays one.
    """
    out, err = out or sys.stdout, err or sys.stderr
    statuses = [ExitStatus.OK]
    for form in map(_formed, script_files(files)):
        if isinstance(form, ScriptError):
            err.write(rendered(_error_lines(form), colour=colour))
            statuses.append(form.status)
        elif diff:
            _show_diff(form, out, colour=colour)
            statuses.append(ExitStatus.OK if form.before == form.after else ExitStatus.CHECK_FAILED)
        elif form.file == STANDARD_INPUT:
            _write_octets(form.after, out)
        elif form.before != form.after:
            statuses.append(_rewritten(form, err, colour=colour))
    return combined(statuses)


def _formed(file: str | ScriptError) -> _Form | ScriptError:
    if isinstance(file, ScriptError):
        return file
    try:
        octets = script_octets(file)
    except OSError as error:
        return ScriptError(f"cannot read {file}: {error.strerror}", id_="P19")
    script = load_script(file, Outside(anything=True), octets)
    if isinstance(script, ScriptError):
        return script
    return _Form(file, octets, formatted(script).encode("utf-8", "surrogateescape"))


def _error_lines(error: ScriptError) -> list[Line]:
    if isinstance(error, ScriptProblems):
        return [*problem_lines(error), spans.line("")]
    return error_lines(error.message, error.hint)


def _show_diff(form: _Form, out: TextIO, *, colour: bool) -> None:
    before, after = (one.decode("utf-8", "surrogateescape") for one in (form.before, form.after))
    lines = unified_diff(before, after, form.file)
    if not out.isatty() and not colour:
        _write_octets("".join(lines).encode("utf-8", "surrogateescape"), out)
        return
    styled = [
        spans.line(shown(line.removesuffix("\n")), _STYLES.get(line[0], "")) for line in lines
    ]
    out.write(rendered(styled, colour=colour))


def _write_octets(octets: bytes, out: TextIO) -> None:
    """Write octets as they are where the stream takes octets."""
    below = getattr(out, "buffer", None)
    if below is None:
        out.write(octets.decode("utf-8", "backslashreplace"))
        return
    out.flush()
    below.write(octets)
    below.flush()


def _rewritten(form: _Form, err: TextIO, *, colour: bool) -> ExitStatus:
    """Write a file and report it; return the exit status."""
    try:
        atomic_write(form.file, form.after)
    except UsageError as error:
        err.write(rendered(error_lines(error.message, error.hint), colour=colour))
        return ExitStatus.CANNOT_TELL
    err.write(f"formatted {shown(form.file)}\n")
    return ExitStatus.OK
