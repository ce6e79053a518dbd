"""`smtpprobe send`: connect, hold the session, show it, report; the exit code."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from smtpprobe.atomic_file import atomic_write, write_results
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import (
    Cancelled,
    ConnectFailed,
    LookupFailed,
    NotKept,
    ProbeError,
    UsageError,
)
from smtpprobe.exits import ExitStatus
from smtpprobe.login.sources import NOT_GIVEN, Wish, asked, find
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import Detail
from smtpprobe.present.session import SessionView, dial_lines
from smtpprobe.present.spans import NOTICE, Line, Span, line
from smtpprobe.present.terminal import rendered, wants_colour
from smtpprobe.progress_line import ProgressLine
from smtpprobe.protocol.attempts import Attempt, Route
from smtpprobe.protocol.auth.login import Credentials, shows_certificate
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import learn_from
from smtpprobe.protocol.session import State
from smtpprobe.send.arguments import Arguments
from smtpprobe.send.conversation import AskCredentials, Delivery
from smtpprobe.send.dialogue import Dialogue
from smtpprobe.send.judge import INTERRUPTED, Report
from smtpprobe.send.load import Load, LoadReport, LoadTest
from smtpprobe.send.load_report import load_json, load_lines
from smtpprobe.send.order import Stage
from smtpprobe.send.outlet import Outlet
from smtpprobe.send.redact import redacted
from smtpprobe.send.reports import json_report, text_lines
from smtpprobe.send.script_text import EMBEDDED_OCTETS, Embedded, script
from smtpprobe.settings.settings import Settings

MEMORY_OCTETS = 1 << 20
"""How much a session remembers of what went out: a message of any size passes through."""


def write_script(words: Arguments) -> int:
    """Print or save the dialogue as a script, without a network; return the exit code.

    Raises:
        UsageError: the message cannot stand in one, or the file cannot be written.
    """
    octets = b"" if words.eml else words.source.start(EMBEDDED_OCTETS + 1)
    message = Embedded(words.source.content, octets, words.eml)
    order = words.order
    if words.login.token_from and order.mechanism == "":  # `:auth auto` takes a password
        order = order._replace(mechanism="XOAUTH2")
    text = script(order, message, words.target, words.login.user or "")
    words.source.close()
    file = words.output if words.as_script is None else words.as_script
    if file is not None:
        atomic_write(file, text.encode("utf-8", "surrogateescape"), private=True)
    else:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()
    return ExitStatus.OK


Watch = Callable[[Client, Secrets], object]
"""Is given the client before it connects, and what is to be hidden of it: a recording begins."""


async def run(
    words: Arguments, settings: Settings, options: ConnectOptions, watch: Watch | None = None
) -> int:
    """Send the message once; return the exit code.

    Raises:
        UsageError: a file cannot be used, or there are no credentials; nothing was delivered.
        NoMailService: the domain takes no mail.
    """
    assert words.target is not None
    screen = Screen(settings, shows=not (words.json or words.quiet))
    client = Client(options, on_dial=screen.dialled, memory_octets=MEMORY_OCTETS)
    client.subscribe(screen.happened)
    if watch is not None:
        watch(client, screen.secrets)
    if words.source.content.lone:
        count = words.source.content.lone
        screen.say(f"{count} bare CR or LF in the message made CRLF; :data --raw keeps them")
    try:
        if words.load is not None:
            return await _loaded(words, words.load, client, screen)
        return _reported(words, await _once(words, client, screen), screen)
    finally:
        if client.state.phase is not Phase.CLOSED:
            await client.close()
        words.source.close()


async def _once(words: Arguments, client: Client, screen: Screen) -> Report:
    """Send the message; when that is interrupted, tell what is known of it by then."""
    assert words.target is not None
    delivery = Delivery(
        client, words.order, words.source, words.limits, _credentials(words.login, screen.secrets)
    )

    def reported() -> Report:
        return redacted(delivery.report(str(words.target)), screen.secrets)

    try:
        await client.open(words.target)
        await delivery.run()
        await client.close()
    except (ConnectFailed, LookupFailed) as error:
        delivery.could_not(Stage.CONNECT, _told(error))
    except Cancelled:
        delivery.could_not(Stage.AUTH, INTERRUPTED, cut=True)
        if words.json:
            report = reported()
            text = json_report(report, ExitStatus.INTERRUPTED)
            _write(words, text, text_lines(report), screen)
        raise
    except asyncio.CancelledError as cut:
        delivery.interrupted()
        report = reported()
        known = json_report(report, _status(cut)) if words.json else ""
        _cut_short(words, known, text_lines(report), screen)
        raise
    return reported()


def _status(cut: asyncio.CancelledError) -> ExitStatus:
    terminated = ExitStatus.TERMINATED.name in cut.args
    return ExitStatus.TERMINATED if terminated else ExitStatus.INTERRUPTED


def _cut_short(words: Arguments, known: str, lines: list[Line], screen: Screen) -> None:
    """Report what is known: to people on standard error, to programs where the result goes."""
    if known or words.output is not None:
        _write(words, known or screen.text(lines), lines, screen)
    if not known:
        with suppress(OSError):
            sys.stderr.write(rendered(lines, colour=False))


async def _loaded(words: Arguments, load: Load, client: Client, screen: Screen) -> int:
    """Send the message many times; the first dialogue is shown."""
    assert words.target is not None
    line = ProgressLine(wanted=not (words.quiet or words.json))
    sent = 0
    found: list[LoadReport] = []

    def tell(done: int) -> None:
        nonlocal sent
        sent = done
        screen.mute()
        line.show(f"{done} of {load.messages} messages")

    test = LoadTest(
        load=load,
        client=client,
        target=words.target,
        order=words.order,
        source=words.source,
        limits=words.limits,
        credentials=_credentials(words.login, screen.secrets),
    )
    try:
        report = await test.run(tell, found.append)
    except asyncio.CancelledError as cut:
        line.clear()
        for part in found:
            known = load_json(part, _status(cut)) if words.json else ""
            _cut_short(words, known, load_lines(part), screen)
        raise
    except Cancelled:  # a later connection asks again
        line.clear()
        if sent:
            raise Cancelled(f"cancelled after {sent} of {load.messages} messages") from None
        raise
    line.clear()
    lines = load_lines(report)
    _write(words, load_json(report) if words.json else screen.text(lines), lines, screen)
    return int(report.status)


def _reported(words: Arguments, report: Report, screen: Screen) -> int:
    lines = text_lines(report)
    _write(words, json_report(report) if words.json else screen.text(lines), lines, screen)
    return int(report.status)


def _write(words: Arguments, text: str, lines: list[Line], screen: Screen) -> None:
    """Write a report; where that fails the outcome goes to standard error.

    Who does not learn it sends the message again. The outcome decides the exit code all the same.
    """
    if words.output is None:
        screen.outlet.write(text)
    else:
        try:
            write_results([(words.output, text, "--output")])
        except NotKept as error:
            _complain(_told(error), lines)
            return
    if screen.outlet.trouble is not None:
        reason = screen.outlet.trouble.strerror or screen.outlet.trouble
        _complain(f"cannot write to standard output: {reason}", lines)


def _complain(trouble: str, lines: list[Line]) -> None:
    outcome = rendered(lines[:1], colour=False).removeprefix("Result: ")
    with suppress(OSError):
        sys.stderr.write(f"smtpprobe: {shown(trouble)}; {outcome}")


def _told(error: ProbeError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message


def _credentials(wish: Wish, secrets: Secrets) -> AskCredentials:
    """Return what gives the credentials for a session once a login needs them.

    From then on they are among the secrets: of some only a digest goes out, but the server may
    know the password.
    """

    def given(state: State, kind: Secret | None) -> Credentials:
        meant = replace(wish, certificate=shows_certificate(state.tls))
        with _breaking_off():
            found = asked(find(meant, state.host, kind=kind))
        if found is None:
            raise UsageError("AUTH: no user or password given", NOT_GIVEN)
        secrets.add(found.secret)
        return found

    return given


@contextmanager
def _breaking_off() -> Iterator[None]:
    """Let Ctrl-C end a question on the terminal at once.

    The event loop takes note of a first Ctrl-C and goes on; it cannot while somebody is asked, so
    the question would stay, unechoed, until a second one.

    Raises:
        Cancelled: Ctrl-C, or Ctrl-D in place of an answer.
    """
    before = signal.getsignal(signal.SIGINT)
    here = threading.current_thread() is threading.main_thread()
    changes = here and before is not signal.SIG_IGN
    if changes:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except (KeyboardInterrupt, EOFError):
        with suppress(OSError):
            sys.stderr.write("\n")  # the cursor is still behind the question
        raise Cancelled("cancelled; nothing sent") from None
    finally:
        if changes:
            signal.signal(signal.SIGINT, before)


class Screen:
    """Shows a delivery on standard output as it goes; `secrets` is what is masked of it."""

    def __init__(self, settings: Settings, *, shows: bool) -> None:
        self.outlet = Outlet()
        self.secrets = Secrets()
        terminal = sys.stdout.isatty()
        self._shows = shows
        self._colour = wants_colour(settings.color, os.environ, terminal=terminal)
        self._width = shutil.get_terminal_size().columns if terminal else None
        self._view = SessionView(
            Detail(settings.annotate), lambda: self._width, folds=True, advises=False
        )
        self._dialogue = Dialogue(self._view, self.secrets)

    def dialled(self, told: Route | Attempt) -> None:
        """Show how the target became a connection."""
        self._show([self._noted(line) for line in dial_lines(told)])

    def happened(self, happening: Happening) -> None:
        """Show an event."""
        learn_from(happening.event, self.secrets)
        if self._shows:
            self._show(self._dialogue.lines(happening))

    def say(self, text: str) -> None:
        """Show a remark."""
        self._show(self._view.wrapped([line(f"# {text}", NOTICE)]))

    def mute(self) -> None:
        """Show no more of the dialogue."""
        self._shows = False

    def text(self, lines: list[Line]) -> str:
        """Return the lines of the report as they are written."""
        return rendered(lines, colour=self._colour)

    def _noted(self, told: Line) -> Line:
        return (Span(told[0].style, f"# {told[0].text}"), *told[1:])

    def _show(self, lines: list[Line]) -> None:
        if self._shows and lines:
            self.outlet.write(rendered(lines, colour=self._colour))
