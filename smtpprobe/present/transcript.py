"""A session as a text transcript, which is a script: it replays, and defects survive.

It holds no control sequences for terminals and no secrets.

The form of a line depends on what follows it, so some lines are kept back:

    kept back    what happens                       what is written
    -----------  ---------------------------------  ------------------------------------------
    nothing      a line goes out                    nothing: it is kept, a run of one
                 DATA goes out, no reply is due     nothing: it is kept
    a run        a line goes out before a reply     nothing: it joins the run, up to LONGEST
                 a reply                            one line bare; several as `> line`, or in
                                                    `:hold` where one means more bare
    DATA         354                                nothing: the reply is kept beside it
                 another reply to it                `DATA` and the reply
    DATA, 354    the whole message with its dot     `DATA`, the reply, the message
    any of them  anything else, `settle`            the run; DATA as `> DATA`, and its reply

`settle` is called when nothing more has come for a second; the form it writes claims nothing about
what follows. A line sent while a reply is due, with no run kept, did not wait: `> line`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from smtpprobe.present.escape import escaped, quoted
from smtpprobe.present.reply import Detail
from smtpprobe.present.script_syntax import (
    SecretNames,
    asks_for_message,
    clean_lines,
    exact_lines,
    line_text,
    raw_line,
    raw_server_lines,
    server_lines,
    stands_bare,
    text_lines,
    tls_comment,
    whole_message,
)
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import (
    By,
    Closed,
    HalfClosed,
    Opened,
    Received,
    Remarked,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import TargetKind, host_target
from smtpprobe.protocol.units import written_duration

LONGEST = 100
"""Lines kept back at most; more are written as they come, each on its own."""

HEADER = "# smtpprobe transcript 1\n"
"""The first line of every text transcript."""

CUT_OFF = "# the line above was cut off\n"
"""What stands below a line that a recorder found without its end before it went on."""

ENDED = "# the recording above ends here\n"
"""What stands below a recording that does not end with its connection, before another begins."""

CLOSING = (":close\n", "< eof\n")
"""The lines that are written where a connection ends."""

REMARK = "# stderr "
"""How the comment begins that has a line of a program's standard error."""

VIA = "# via-"
"""The beginnings of comments about what is in between: `# via-proxy`, `# via-header`."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How certificates are treated now: enforced or only shown, against which roots."""

    enforced: bool = True
    ca_file: str | None = None


class TextTranscript:
    """Turns what happens into the text to append for it.

    `now` gives the wall clock's time, `trust` how a handshake begun now treats the certificate.
    A DATA line is kept back until it is known whether the message follows whole, any other line
    until it is known whether more went out before its reply; `settle` gives them out without
    waiting longer.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        trust: Callable[[], Trust] = Trust,
        *,
        annotate: bool = True,
        secrets: SecretNames | None = None,
    ) -> None:
        self._now = now
        self._trust = trust
        self._view = SessionView(Detail.BRIEF) if annotate else None
        self._held: tuple[Sent, str] | None = None
        self._run = Run()
        self._secrets = secrets or SecretNames()
        self._told = Trust()
        self._in_pieces = False
        self._pace: Pace | None = None
        self._connected = ""

    def beside(self, trust: Callable[[], Trust] = Trust) -> TextTranscript:
        """Return the transcript of another connection of the same run; secrets are counted on."""
        other = TextTranscript(
            self._now, trust, annotate=self._view is not None, secrets=self._secrets
        )
        other._connected = self._connected
        return other

    @property
    def holds(self) -> bool:
        """Whether something is kept back."""
        return self._held is not None or bool(self._run)

    def begin(self, state: State) -> str:
        """Return the head of the file; `state` is that of the session when recording begins."""
        if state.phase is Phase.CLOSED:
            return HEADER + ":expand off\n"
        where = f"{escaped(state.host)}, state {PROMPT_WORDS[state.phase]}"
        return f"{HEADER}# recording starts inside a session with {where}\n:expand off\n"

    def write(self, happening: Happening) -> str:
        """Return what to append for an event; may be nothing while a DATA line is kept back."""
        event = happening.event
        match event:
            case Opened():
                return self.settle() + self._opened(event)
            case Sent():
                return self._sent(event, happening.before)
            case Received():
                assert happening.exchange is not None
                return self._received(happening.exchange)
            case Secured():
                return self.settle() + tls_comment(event)
            case Closed(by=by):
                self._in_pieces = False
                return self.settle() + CLOSING[by is By.THEM]
            case Remarked(text=text):
                return f"{self.settle()}{REMARK}{escaped(text)}\n"
            case HalfClosed():
                return f"{self.settle()}:shutdown\n"
            case Waived(seconds=seconds):
                return f"{self.settle()}< none for {written_duration(seconds)}\n"
            case _:
                assert_never(event)

    def partial(self, octets: bytes) -> str:
        """Return the note of octets of a reply that has not ended yet."""
        return f"{self.settle()}# partial {quoted(octets)}\n"

    def settle(self) -> str:
        """Return what was kept back, in the form that claims nothing about what follows."""
        run = self._run.ended()
        if self._held is None:
            return run
        (sent, reply), self._held = self._held, None
        return f"{run}> {sent.command.text}\n{reply}"

    def _opened(self, event: Opened) -> str:
        target, host = event.target, host_target(event.target, event.host)
        via = f" via {escaped(event.host)} {_endpoint(event.peer)}" if event.peer else ""
        client = f" as {escaped(event.client)}" if event.client else ""
        time = self._now().isoformat(timespec="seconds").replace("+00:00", "Z")
        lines = [f"# target {escaped(str(target))}{via}{client}, {time}\n"]
        lines += [
            f"{VIA}{name} {escaped(value)}\n"
            for name, value in event.via._asdict().items()
            if value
        ]
        if event.tls is not None:
            lines.append(self._tell_trust(Trust(event.tls.enforced, event.tls.ca_file)))
        # no script may start a program; else bare, so that it follows the target a run is given
        program = event.target.kind is TargetKind.PIPE
        again = (
            program or str(host) == self._connected
        )  # bare, so that it follows the target a run is given
        lines.append(":connect\n" if again else f":connect {host}\n")
        self._connected = str(host)
        if event.tls is not None:
            lines.append(tls_comment(Secured(event.at, event.tls)))
        return "".join(lines)

    def _tell_trust(self, trust: Trust) -> str:
        told, self._told = self._told, trust
        lines = ""
        if trust.ca_file not in (None, told.ca_file):
            lines += f"# ca-file {escaped(str(trust.ca_file))}\n"
        if trust.enforced is not told.enforced:
            lines += f":tls verify {'on' if trust.enforced else 'off'}\n"
        return lines

    def _sent(self, event: Sent, before: State) -> str:
        if event.pace == self._pace:
            return self._sent_so(event, before)
        self._pace = event.pace
        return f"{self.settle()}:rate {event.pace or 'off'}\n{self._sent_so(event, before)}"

    def _sent_so(self, event: Sent, before: State) -> str:
        command = event.command
        if self._held is not None and command.ends_data and whole_message(command.raw):
            (held, reply), self._held = self._held, None
            return f"{held.command.text}\n{reply}{text_lines(command.raw)}"
        settled = self.settle() if self._held is not None or not before.awaiting else ""
        if asks_for_message(command) and not before.awaiting:
            self._held = (event, "")
            return settled
        return settled + self._command(command, before)

    def _command(self, command: Command, before: State) -> str:
        octets, name = self._secrets.without_secret(command, before.auth_mechanism)
        secret = f":secret {name}\n" if name else ""
        if command.kind is Kind.BODY and (lines := clean_lines(octets)):
            return self._run.ended(cut=True) + exact_lines(lines)
        line = line_text(octets)
        if line is None or command.kind is not Kind.COMMAND:
            if line is None or command.kind is not Kind.SASL:
                written = raw_line(octets, expandable=bool(name))
            else:
                written = f"{line}\n" if name or stands_bare(line) else exact_lines([line])
            return self._run.ended(cut=True) + secret + written
        starts_tls = command.verb == "STARTTLS" and not command.exact
        trust = self._tell_trust(self._trust()) if starts_tls else ""
        bare = bool(secret) or (stands_bare(line) and not command.exact)
        if before.awaiting and not self._run:
            return secret + trust + (f"{line}\n" if secret else exact_lines([line]))
        if bare or self._run:
            return self._run.add(secret + trust, line, bare=bare, alone=bool(secret) or starts_tls)
        return exact_lines([line])

    def _received(self, exchange: Exchange) -> str:
        reply = exchange.reply
        clean = None if self._in_pieces else server_lines(reply)
        self._in_pieces = reply.piece
        written = self._annotation(exchange) + (clean or raw_server_lines(reply))
        if self._held is None:
            return self._run.ended() + written
        sent, _ = self._held
        if clean is None or exchange.command is not sent.command:
            return self.settle() + written
        if reply.code == 354:
            self._held = (sent, written)
            return ""
        if exchange.after.phase is Phase.DATA:
            return self.settle() + written
        self._held = None
        return f"{sent.command.text}\n{written}"

    def _annotation(self, exchange: Exchange) -> str:
        if self._view is None or exchange.reply.piece:
            return ""
        lines = self._view.explained(exchange, Detail.BRIEF)
        return "".join(f"{escaped(text_of(line))}\n" for line in lines[:1])


@dataclass(slots=True)
class Run:
    """Lines kept back until it is known whether more follows before the first reply.

    One alone is written bare, as it took its reply. Of several none waited: they are lines sent as
    is, or, where one of them means more bare (a handshake, a secret), lines of one `:hold`.
    """

    _before: str = ""
    _lines: list[tuple[str, bool]] = field(default_factory=list)
    _alone: bool = False

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, before: str, line: str, *, bare: bool, alone: bool) -> str:
        """Keep a line back; `bare` means that it was no `> line`, `alone` that it has to be none.

        `before` is written above all of them. Returns what can be written already.
        """
        self._before += before
        self._lines.append((line, bare))
        self._alone = self._alone or alone
        return self.ended(cut=True) if len(self._lines) == LONGEST else ""

    def ended(self, *, cut: bool = False) -> str:
        """Return the lines kept back; `cut` means that what follows did not wait for them either.

        Nothing is kept back any more.
        """
        before, lines, alone = self._before, self._lines, self._alone
        self._before, self._lines, self._alone = "", [], False
        if not lines:
            return ""
        if len(lines) == 1 and not (cut and not alone):
            return f"{before}{_written(*lines[0])}"
        if alone:
            held = "".join(_written(line, bare) for line, bare in lines)
            return f"{before}:hold\n{held}:flush\n"
        return before + exact_lines([line for line, _ in lines])


def _written(line: str, bare: bool) -> str:
    return f"{line}\n" if bare else exact_lines([line])


def _endpoint(peer: str) -> str:
    address, _, port = peer.rpartition(":")
    return f"[{address.strip('[]')}]:{port}"
