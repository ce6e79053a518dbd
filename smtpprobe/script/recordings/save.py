"""`:save`: the session in memory as a portable script, which runs green against the same server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from smtpprobe.errors import UsageError
from smtpprobe.present.escape import cut, escaped
from smtpprobe.present.script_syntax import (
    SecretNames,
    asks_for_message,
    clean_lines,
    exact_lines,
    line_text,
    raw_line,
    raw_server_lines,
    stands_bare,
    whole_message,
)
from smtpprobe.present.transcript import Run
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH, MECHANISMS
from smtpprobe.protocol.auth.sasl import CHALLENGE, decoded
from smtpprobe.protocol.auth.scram import client_nonce, client_user
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import (
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.extensions import Extensions, parse_extensions
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import START, Exchange, State, advance
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.protocol.units import written_duration
from smtpprobe.protocol.verbs import HELLOS, VERBS, Context
from smtpprobe.script.runner.variables import literal

COMMENT_COLUMNS = 200
"""How much of a reply's text follows its code."""

SCRAM = frozenset(name for name in DONE_BY_AUTH if MECHANISMS[name].mutual)

KEYWORDS = frozenset(
    {
        "8BITMIME", "BINARYMIME", "CHECKPOINT", "DELIVERBY", "DSN", "ENHANCEDSTATUSCODES",
        "FUTURERELEASE", "HELP", "LIMITS", "MT-PRIORITY", "NO-SOLICITING", "PIPELINING",
        "REQUIRETLS", "SIZE", "SMTPUTF8", "UTF8SMTP",
        *(verb.keyword for verb in VERBS.values() if verb.keyword is not None),
    }
)  # fmt: skip
"""The EHLO keywords that a saved script asks for; others come and go with products."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved session: its text, what it holds, and whether its beginning was forgotten."""

    text: str
    sends: int
    expectations: int
    begins_late: bool

    def summary(self, path: str) -> str:
        """Return the message after saving."""
        counts = f"{_count(self.sends, 'send')}, {_count(self.expectations, 'expectation')}"
        late = "; starts with the first connection still in memory" if self.begins_late else ""
        return f"saved {path}: {counts} (codes and enhanced codes), host as {{{{host}}}}{late}"


def saved_script(events: Iterable[Event], client: str) -> Saved:
    """Return the session that the events hold as a script; `client` is the EHLO name in use.

    Raises:
        UsageError: no connection is held from its beginning.
    """
    held = list(events)
    first = next((i for i, event in enumerate(held) if isinstance(event, Opened)), None)
    if first is None:
        raise UsageError(
            "nothing to save: no complete connection is in memory",
            "--transcript FILE records a session of any length",
        )
    return _Writer(held[first:], client).saved(begins_late=first > 0)


class _Writer:
    """Walks over the events; looks ahead where the form of a line depends on what follows."""

    def __init__(self, events: list[Event], client: str) -> None:
        self._events = events
        self._client = client
        self._state: State = START
        self._lines: list[str] = []
        self._secrets = SecretNames()
        self._sends = 0
        self._expectations = 0
        self._enforced = True
        self._ca_file: str | None = None
        self._braces = False
        self._password = False
        self._pace: Pace | None = None

    def saved(self, *, begins_late: bool) -> Saved:
        index = 0
        while index < len(self._events):
            index = self._event(index)
        head = ":expand off\n" if self._braces else ""
        return Saved(head + "".join(self._lines), self._sends, self._expectations, begins_late)

    def _event(self, index: int) -> int:
        """Write one event, or several that make one step; return the index of the next."""
        event, before = self._events[index], self._state
        self._tell_pace(event)
        self._state, exchange = advance(before, event)
        match event:
            case Opened():
                self._opened(event, first=index == 0)
            case Sent() if (end := self._group(index, event, before)) is not None:
                return end
            case Sent():
                self._sends += 1
                self._lines.append(self._command(index, event.command, before))
            case Received() if exchange is not None:
                self._expect(exchange)
            case Closed(by=By.THEM):
                self._lines.append("< eof\n")
                self._expectations += 1
            case Waived(seconds=seconds):
                self._lines.append(f"< none for {written_duration(seconds)}\n")
                self._expectations += 1
            case HalfClosed():
                self._lines.append(":shutdown\n")
            case Closed() if index + 1 < len(self._events):
                self._lines.append(":close\n")
            case _:
                pass
        return index + 1

    def _group(self, index: int, event: Sent, before: State) -> int | None:
        """Write a message, a login or held lines, if one begins here; return what comes after."""
        if asks_for_message(event.command) and (end := self._message_end(index)):
            return self._message(index, end)
        if (end := self._login_end(index, before)) > index:
            return self._login(index, end)
        if (end := self._held_end(index, before)) > index + 1:
            return self._held(index, end)
        return None

    def _tell_pace(self, event: Event) -> None:
        if isinstance(event, Sent) and event.pace != self._pace:
            self._pace = event.pace
            self._lines.append(f":rate {event.pace or 'off'}\n")

    def _opened(self, event: Opened, *, first: bool) -> None:
        if event.tls is not None:
            self._trust(event.tls)
        if not first:
            self._lines.append(":connect\n")

    def _trust(self, tls: TlsFacts) -> None:
        if tls.ca_file and tls.ca_file != self._ca_file:
            self._ca_file = tls.ca_file
            self._lines.append(f"# ca-file {escaped(tls.ca_file)}\n")
        if tls.enforced is not self._enforced:
            self._enforced = tls.enforced
            self._lines.append(f":tls verify {'on' if tls.enforced else 'off'}\n")

    def _command(self, index: int, command: Command, before: State) -> str:
        octets, name = self._secrets.without_secret(command, before.auth_mechanism)
        secret = f":secret {name}\n" if name else ""
        if command.kind is Kind.BODY and (lines := clean_lines(octets)):
            return self._exact(lines)
        line = line_text(octets)
        if line is None or command.kind is Kind.RAW:
            return secret + raw_line(octets, expandable=bool(name))
        if secret:
            return f"{secret}{line}\n"
        if command.verb == "STARTTLS" and not command.exact:
            self._before_handshake(index)
        if command.exact or before.awaiting or self._not_awaited(index) or not stands_bare(line):
            return self._exact([line])
        return f"{self._portable(command, line)}\n"

    def _login_end(self, index: int, before: State) -> int:
        """Return the index behind the last response of a login by SCRAM; `index` where it is none.

        Its responses hold for one nonce of the server's, so `:auth` has to make them again.
        """
        first, end = self._events[index], index
        assert isinstance(first, Sent)
        if first.command.kind is not Kind.COMMAND or first.command.verb != "AUTH":
            return index
        known = first.command.mechanism in SCRAM and client_nonce(self._first_message(index))
        if before.awaiting or not known:
            return index
        for at, event in enumerate(self._events[index + 1 :], index + 1):
            challenge = isinstance(event, Received) and event.reply.code == CHALLENGE
            response = isinstance(event, Sent) and event.command.kind is Kind.SASL
            if not challenge and not response:
                break
            end = at if response else end
        cancelled = self._events[end]
        assert isinstance(cancelled, Sent)
        return index if cancelled.command.text.strip() == "*" else end + 1

    def _first_message(self, index: int) -> str:
        """Return the client's first message: with AUTH, or at the first challenge."""
        for event in self._events[index : index + 3]:
            words = event.command.text.split() if isinstance(event, Sent) else []
            if said := decoded(words[-1]) if words else "":
                return said
        return ""

    def _login(self, index: int, end: int) -> int:
        """Write a login as `:auth`, with the nonce that makes it the same against a replay."""
        auth = self._events[index]
        assert isinstance(auth, Sent)
        for event in self._events[index + 1 : end]:
            self._state, _ = advance(self._state, event)
        said = self._first_message(index)
        user, nonce = client_user(said), client_nonce(said)
        self._sends += 1
        if not self._password:
            self._lines.append(":secret password\n")
        self._password = True
        words = f"{auth.command.mechanism} {user} --nonce {nonce}"
        self._lines.append(f":auth {words}\n")
        return end

    def _held_end(self, index: int, before: State) -> int:
        """Return the index behind lines that one `:hold` has to have sent; `index` if none did.

        They went out before the first reply to them, and one of them means more than its octets:
        a handshake, a secret.
        """
        end, needed = index, False
        while end < len(self._events) and isinstance(event := self._events[end], Sent):
            command = event.command
            if command.kind is not Kind.COMMAND or line_text(command.raw) is None:
                return index
            needed = needed or self._means_more(command)
            end += 1
        return end if needed and not before.awaiting else index

    @staticmethod
    def _means_more(command: Command) -> bool:
        return not command.exact and (command.verb == "STARTTLS" or masked(command) is not command)

    def _held(self, index: int, end: int) -> int:
        """Write lines that went out together; return the index behind them."""
        run, written = Run(), ""
        for at, event in enumerate(self._events[index:end], index):
            assert isinstance(event, Sent)
            if at > index:
                self._state, _ = advance(self._state, event)
            octets, name = self._secrets.without_secret(event.command, self._state.auth_mechanism)
            line, more = line_text(octets) or "", self._means_more(event.command)
            bare = not event.command.exact and (bool(name) or stands_bare(line))
            self._braces = self._braces or (not bare and "{{" in line)
            secret = f":secret {name}\n" if name else ""
            written += run.add(secret, line, bare=bare, alone=more)
        self._before_handshake(end - 1)
        self._sends += end - index
        self._lines.append(written + run.ended())
        return end

    def _exact(self, lines: list[str]) -> str:
        self._braces = self._braces or any("{{" in line for line in lines)
        return exact_lines(lines)

    def _before_handshake(self, index: int) -> None:
        for event in self._events[index + 1 :]:
            if isinstance(event, Secured):
                self._trust(event.tls)
            if not isinstance(event, Received):
                return

    def _not_awaited(self, index: int) -> bool:
        """Return whether something else was sent before the reply, without waiting for it."""
        following = self._events[index + 1 : index + 2]
        return bool(following) and isinstance(following[0], Sent)

    def _portable(self, command: Command, line: str) -> str:
        if command.verb in HELLOS and command.argument == self._client:
            return line.replace(self._client, "{{client}}")
        host = self._state.host
        if not host or command.kind is not Kind.COMMAND:
            return line
        pattern = rf"(?<![\w.\[:-]){re.escape(literal(host))}(?![\w\]-]|\.\w)"
        return re.sub(pattern, "{{host}}", line, flags=re.IGNORECASE)

    def _message_end(self, index: int) -> int | None:
        """Return the index of the event that ends the message under a DATA, if it went out whole.

        Nothing may come between its lines, and it must be text that a script can hold.
        """
        state, octets, accepted = self._state, b"", False
        for at, event in enumerate(self._events[index + 1 :], index + 1):
            state, exchange = advance(state, event)
            if not accepted:
                accepted = exchange is not None and exchange.reply.code == 354
                if not accepted or state.pending or state.phase is not Phase.DATA:
                    return None
                continue
            if not isinstance(event, Sent) or event.command.kind is not Kind.BODY:
                return None
            octets += event.command.raw
            if event.command.ends_data:
                return at if whole_message(octets) else None
        return None

    def _message(self, index: int, end: int) -> int:
        """Write DATA, the expectation of its 354 and the message; return what comes after."""
        data = self._events[index]
        assert isinstance(data, Sent)
        self._sends += 2
        self._lines.append(f"{data.command.text}\n")
        octets = b""
        for event in self._events[index + 1 : end + 1]:
            self._state, exchange = advance(self._state, event)
            if exchange is not None:
                self._expect(exchange)
            if isinstance(event, Sent):
                octets += event.command.raw
        lines = clean_lines(octets)
        self._braces = self._braces or any("{{" in line for line in lines)
        self._lines += [f"{line}\n" for line in lines]
        return end + 1

    def _expect(self, exchange: Exchange) -> None:
        reply = exchange.reply
        self._expectations += 1
        code = reply.code
        if reply.piece or reply.flaw or code is None or not 200 <= code <= 599:
            self._lines.append(raw_server_lines(reply))
            return
        if exchange.context in (Context.EHLO, Context.LHLO) and code == 250:
            terms = _keyword_terms(parse_extensions(reply))
            self._lines.append(" ".join(("< 250", *terms)) + "\n")
            return
        enhanced = f" {reply.enhanced}" if _one_enhanced(reply) else ""
        self._lines.append(f"< {code}{enhanced}{_comment(reply)}\n")


def _one_enhanced(reply: Reply) -> bool:
    return len({line.enhanced for line in reply.lines if line.enhanced is not None}) == 1


def _keyword_terms(extensions: Extensions) -> list[str]:
    terms = []
    for keyword in extensions.keywords:
        if keyword in KEYWORDS:
            limit = extensions.size_limit if keyword == "SIZE" else None
            terms.append(f"+{keyword}>={limit}" if limit else f"+{keyword}")
    return terms


def _comment(reply: Reply) -> str:
    words = " / ".join(line.words.strip() for line in reply.lines if line.words.strip())
    return f"  # {escaped(cut(words, COMMENT_COLUMNS))}" if words else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
