"""`smtpprobe why`: gather, show each line as it is known, then the verdict; the exit code."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable

from smtpprobe.atomic_file import write_results
from smtpprobe.errors import NotKept
from smtpprobe.exits import ExitStatus
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered, wants_colour
from smtpprobe.protocol.redact import Secrets
from smtpprobe.send.outlet import Outlet
from smtpprobe.starttls.collect.collect import open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.why.arguments import Arguments
from smtpprobe.why.causes import Who
from smtpprobe.why.collect.allowance import AT_A_TIME, IN_ALL
from smtpprobe.why.collect.login import Account
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.facts import Fact, Known, Trial
from smtpprobe.why.reports.json_report import json_report
from smtpprobe.why.reports.letter import letter
from smtpprobe.why.reports.lines import fact_lines, folded, plan_lines, trial_lines, verdict_lines


async def run(words: Arguments, account: Account | None = None) -> int:
    """Seek the reason; return the exit code. `account` logs in at a submission host.

    Raises:
        ProbeError: nothing can be asked.
    """
    secrets = account.secrets if account is not None else Secrets()
    screen = Screen(words, _ending(), secrets)
    notes = Notes(Known(words.request), lambda what: screen.told(what, notes.known), secrets)
    if words.plan:
        screen.show(plan_lines(notes.known))
        screen.assert_shown()
        return ExitStatus.OK
    shared = await open_shared(words.gathering, Limits(AT_A_TIME, 0.0, IN_ALL))
    try:
        await gather(notes, Tools(shared, account=account))
    except asyncio.CancelledError:
        screen.end(notes.known, diagnose(notes.known))
        screen.assert_shown()  # it may be why it was cut
        raise
    finally:
        await shared.close()
    verdict = diagnose(notes.known)
    screen.end(notes.known, verdict)
    screen.assert_shown()
    return int(verdict.status)


def _ending() -> Callable[[], object]:
    """Return what ends the run that calls this: what it has begun is ended in order."""
    task = asyncio.current_task()
    assert task is not None
    return task.cancel


class Screen:
    """Shows what is known on standard output as it comes; JSON and a letter only at the end.

    `lost` is called once it takes no more: servers are not asked for what nobody will see.
    """

    def __init__(self, words: Arguments, lost: Callable[[], object], secrets: Secrets) -> None:
        self._words = words
        self._secrets = secrets
        self._lost = lost
        self._outlet = Outlet()
        terminal = sys.stdout.isatty() and words.output is None
        self._width = shutil.get_terminal_size().columns if terminal else None
        self._colour = wants_colour(words.color, os.environ, terminal=terminal)
        self._file: list[str] = []

    @property
    def _at_once(self) -> bool:
        return not (self._words.json or self._words.letter or self._words.quiet)

    def told(self, what: Fact | Trial, known: Known) -> None:
        """Show a fact or a trial."""
        if self._at_once:
            lines = fact_lines(what) if isinstance(what, Fact) else trial_lines(what, known)
            self.show(lines)
            if self._outlet.trouble is not None:
                self._lost()

    def end(self, known: Known, verdict: Verdict) -> None:
        """Show the verdict, in the form that was asked for."""
        if self._words.json:
            self._write(json_report(known, verdict))
        elif self._words.letter:
            accepted = verdict.status is ExitStatus.OK
            ours = verdict.who in (Who.SENDER, Who.NETWORK, Who.NOBODY)
            self._write(letter(known, verdict.title, accepted=accepted, ours=ours))
        else:
            self.show(verdict_lines(verdict, known))
        if self._words.output is not None:
            write_results([(self._words.output, "".join(self._file), "--output")])

    def assert_shown(self) -> None:
        """See that standard output took all.

        Raises:
            BrokenPipeError: nobody reads it any more, as behind `| head`; that is no error to tell.
            NotKept: it did not; the disk is full.
        """
        if (trouble := self._outlet.trouble) is not None:
            if isinstance(trouble, BrokenPipeError):
                raise trouble
            raise NotKept(f"cannot write to standard output: {trouble.strerror or trouble}")

    def show(self, lines: list[Line]) -> None:
        """Show lines."""
        if lines and self._width is not None:
            lines = folded(lines, self._width)
        self._write(rendered(lines, colour=self._colour))

    def _write(self, text: str) -> None:
        text = self._secrets.hide(text)
        if self._words.output is not None:
            self._file.append(text)
        else:
            self._outlet.write(text)
