"""Logs that show sessions line by line, many at a time.

Of Haraka, hMailServer, Nodemailer, PHPMailer and Exchange.

Each session is read as a dialogue of its own; its lines are known by its name in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpprobe.explainer.formats.dialogue import Dialogue
from smtpprobe.explainer.formats.dialogue_line import Said, code_of
from smtpprobe.explainer.formats.log import LogLines
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import MECHANISMS
from smtpprobe.protocol.verbs import Context

SESSIONS = 256
"""How many sessions are tracked at a time; then the oldest is dropped."""

LINE_OCTETS = 32 * 1024
"""How much of one line is looked at."""

_TIME = rb"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}"


_PHP_TIME = rb"\[[0-9]{2}-[A-Z][a-z]{2}-[0-9]{4} [0-9:]{8} [\w+/-]{1,30}\]"


class Form(NamedTuple):
    """One kind of log: how a line of it looks, with the groups that it has.

    `session` names the session, `way` and `server` say which side spoke, `peer` is the other end,
    `text` the rest. `own` are the values of `kind` in which the log is that of the server; the
    empty one means no such group. `ends` is cut off the text of clients. With `shows_body`
    the lines of a message are in the log.
    """

    pattern: re.Pattern[bytes]
    server: frozenset[bytes]
    own: frozenset[bytes] = frozenset()
    ends: bytes = b""
    shows_body: bool = False


def _exchange(*, received: bytes, sent: bytes) -> re.Pattern[bytes]:
    """Return the pattern of a protocol log of Exchange, by what marks replies and commands.

    Its two kinds, of Send and of Receive connectors, differ in nothing else.
    """
    return re.compile(
        _TIME + rb"\.[0-9]+Z,[^,]*,(?P<session>[0-9A-F]{4,16}),[0-9]+,[^,]*,"
        rb"(?P<peer>[^,]*?)(?::[0-9]+)?,(?P<way>"
        + received + rb'(?=,"?[2-5][0-9]{2}[ -])|' + sent + rb'(?!,"?[2-5][0-9]{2}[ -])),'
        rb'"?(?P<text>.*?)"?,[^,"]*$'
    )  # fmt: skip


FORMS = (
    Form(  # 2026-11-30T07:00:28.256Z [PROTOCOL] [UUID.1] [core] S: 550 no
        re.compile(
            rb"(?:.{0,100}? )?\[[A-Z]{4,8}\] "
            rb"\[(?P<session>[0-9A-F]{8}-[0-9A-F-]{27}(?:\.[0-9]+)*|-)\] "
            rb"\[(?P<kind>[^\]]{1,60})\] +(?:(?P<way>[SC]): )?(?P<text>.*)"
        ),
        frozenset({b"S"}),
        frozenset({b"core"}),
        rb" state=[0-9]+",
    ),
    Form(  # "SMTPD" 102 7 "2026-11-30 07:00:28.256" "192.0.2.1" "SENT: 550 no"
        re.compile(
            rb'"(?P<kind>SMTP[DC])"\s+[0-9]+\s+(?P<session>[0-9]+)\s+"[^"]*"\s+"(?P<peer>[^"]*)"\s+'
            rb'"(?P<way>SENT|RECEIVED): (?P<text>.*?)"?\s*$'
        ),
        frozenset({b"SMTPD SENT", b"SMTPC RECEIVED"}),
        frozenset({b"SMTPD"}),
    ),
    Form(  # [2026-11-30 07:00:28] DEBUG [yQNhKiGz39c] S: 550 no
        re.compile(
            rb"\[" + _TIME + rb"\] (?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +"
            rb"(?:\[#?(?P<session>[\w./+-]{1,64})\] )?(?:(?P<way>[SC]): )?(?P<text>.*)"
        ),
        frozenset({b"S"}),
        shows_body=True,
    ),
    Form(  # 2026-11-30 07:00:28<TAB>SERVER -> CLIENT: 550 no
        re.compile(
            rb"(?:(?:" + _TIME + rb"|" + _PHP_TIME + rb")[\t ])?"
            rb"(?=SERVER -|CLIENT -|SMTP (?:ERROR|INBOUND|Error|connect)|Connection: (?:open|clos))"
            rb"(?:(?P<way>SERVER|CLIENT) -(?:>|&gt;) (?:SERVER|CLIENT): ?)?(?P<text>.*)"
        ),
        frozenset({b"SERVER"}),
    ),
    Form(  # 2026-11-30T07:00:28.256Z,Outbound,08D9A1,5,10.0.0.1:4711,192.0.2.1:25,<,550 no,
        _exchange(received=rb"<", sent=rb">"),
        frozenset({b"<"}),
    ),
    Form(  # 2026-11-30T07:00:28.256Z,EX1\\Default,08D9A1,5,10.0.0.1:25,192.0.2.1:4711,>,550 no,
        _exchange(received=rb">", sent=rb"<"),
        frozenset({b">"}),
        own=frozenset({b""}),
    ),
)
"""Haraka, hMailServer, Nodemailer, PHPMailer, Exchange as client and as server."""

_CONTINUED = re.compile(rb"(?:[ \t]{12,}(?=\S)|(?=[2-5][0-9]{2}[ -]))(?P<text>.*)")
"""A further line of what PHPMailer shows: moved in, or in PHP's error log as it came."""

_CONNECTED = re.compile(
    rb"connect ip=(?P<client>\S+)|Connection established to (?P<host>\S+?):[0-9]+$"
    rb"|Connection: opening to (?P<opened>\S+?):[0-9]+,"
)
_REFUSED = re.compile(
    rb'(?:disconnect .* lr="(?P<last>[2-5][0-9]{2}[ -][^"]*)"'
    rb"|SMTP ERROR: .{1,80} command failed: (?P<failed>[2-5][0-9]{2}[ -].*))"
)
"""The last refusal of a session, where the log shows no more of it."""

_DENIED = re.compile(
    rb"(?P<what>sender|recipient|message|queue) (?:<(?P<address>[^>]*)> )?(?:\S+ ){0,8}"
    rb"code=DENY(?P<soft>SOFT)?(?:DISCONNECT)? msg=(?:\"(?P<reason>[^\"]*)\"|(?P<word>\S*))"
)
"""A hook of Haraka that refused; the code of the reply is not in the line."""

_DENIED_AT = {
    b"sender": Context.MAIL,
    b"recipient": Context.RCPT,
    b"message": Context.DATA_END,
    b"queue": Context.DATA_END,
}

_DELIVERY = re.compile(
    rb"(?:recipient <(?P<recipient>[^>]*)> (?:rejected|deferred): |bouncing mail: "
    rb"|Temp failing \S+ for [0-9]+ seconds: (?:Upstream error: )?)(?P<reply>[2-5][0-9]{2}[ -].*)"
)
_OUTCOME = re.compile(
    rb"(?:(?P<hard>bouncing mail: )|Temp failing \S+ for [0-9]+ seconds: )"
    rb"(?P<reason>(?!Some recipients )\D.*)"
    rb'|delivered file=\S+ domain=\S* host=(?P<host>\S+) .* response="(?P<response>[^"]*)"'
)


def session_form(line: bytes) -> tuple[Form, re.Match[bytes]] | None:
    """Return the kind of log that a line is of, and its match; or None."""
    line = line[:LINE_OCTETS].rstrip(b"\r\n")
    for form in FORMS:
        match = form.pattern.match(line)
        if match is not None:
            return form, match
    return None


def is_continued(line: bytes) -> bool:
    """Return whether a line may go on with what the line before it shows."""
    return _CONTINUED.match(line[:LINE_OCTETS]) is not None


class _Session:
    """One session of a log: its dialogue, and its peer."""

    def __init__(self) -> None:
        self.dialogue = Dialogue(greeting_due=True)
        self.peer = ""
        self.own = False
        self.spoke = False
        self.denied: str | None = None

    def told(self, found: list[Found]) -> list[Found]:
        """Return replies with their sender: this server to a client, or a host to this one."""
        if self.own:
            return [one._replace(client=self.peer, host=None) for one in found]
        return [one._replace(host=one.host or self.peer or None) for one in found]


class SessionLog:
    """Reads such a log line by line; `used` counts the lines that belonged to a reply.

    Lines of other programs in between are read as those of any log.
    """

    def __init__(self) -> None:
        self.used = 0
        self._sessions: dict[tuple[Form, bytes, bytes], _Session] = {}
        self._last: tuple[_Session, str] | None = None
        self._others = LogLines()

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies that are whole with it."""
        known = session_form(line)
        if known is None:
            return self._continued(line, number)
        form, match = known
        groups = match.groupdict()
        found, session = self._session(form, groups)
        way, text = groups.get("way"), groups["text"]
        in_message = form.shows_body and session.dialogue.in_body
        if way is None and not in_message:
            self._last = None
            asides = list(self._aside(session, groups, number))
            self.used += len(asides)
            return [*found, *asides]
        kind = groups.get("kind")
        marked = b" ".join((kind, way)) if way in (b"SENT", b"RECEIVED") and kind else way
        by = "server" if marked in form.server and not in_message else "client"
        if in_message and way is not None:
            text = way + b": " + text  # whatever it looks like, it is message text
        elif by == "client" and form.ends:
            text = re.sub(form.ends + rb"$", b"", text)
        self._last = (session, by)
        return [*found, *self._heard(session, by, text, number)]

    def close(self) -> list[Found]:
        """Return the replies that the end cut off, if any."""
        sessions, self._sessions = list(self._sessions.values()), {}
        return [one for session in sessions for one in session.told(session.dialogue.flush())]

    def _continued(self, line: bytes, number: int) -> list[Found]:
        match = _CONTINUED.match(line[:LINE_OCTETS])
        if match is None or self._last is None:
            self._last = None
            logged = self._others.read(line, number)
            self.used += logged is not None
            return [logged] if logged is not None else []
        session, by = self._last
        return self._heard(session, by, match["text"].rstrip(b"\r"), number)

    def _heard(self, session: _Session, by: str, text: bytes, number: int) -> list[Found]:
        session.spoke = session.spoke or by == "server"
        found: list[Found] = []
        for part in _lines(text):
            self.used += by == "server" and code_of(part) is not None
            if by == "server" and part.startswith("220") and not session.dialogue.is_owed:
                session.dialogue.expect_greeting()
            found += session.told(session.dialogue.heard(Said(by, part), number))
        return found

    def _session(self, form: Form, groups: dict[str, bytes | None]) -> tuple[list[Found], _Session]:
        """Return the session of a line, and the replies of one that is forgotten for it."""
        name, kind = groups.get("session") or b"", groups.get("kind") or b""
        out = kind == b"outbound"  # only there a transaction of Haraka has a session of its own
        key = (
            form,
            kind if name.isdigit() or out else b"",
            name if out else name.partition(b".")[0],
        )
        session = self._sessions.get(key)
        found: list[Found] = []
        if session is None:
            if len(self._sessions) >= SESSIONS:
                oldest = self._sessions.pop(next(iter(self._sessions)))
                found = oldest.told(oldest.dialogue.flush())
            session = self._sessions[key] = _Session()
            session.own = kind in form.own or (bool(form.own) and not out and b"-" in name)
        peer = groups.get("peer")
        if peer:
            session.peer = _decoded(peer)
        return found, session

    @staticmethod
    def _aside(session: _Session, groups: dict[str, bytes | None], number: int) -> Iterator[Found]:
        """Yield what a line holds beside the dialogue: the client, the fate of a message."""
        text = groups["text"] or b""
        connected = _CONNECTED.match(text)
        if connected is not None:
            peer = connected["client"] or connected["host"] or connected["opened"] or b""
            session.peer = _decoded(peer)
            return
        if groups.get("kind") == b"outbound":
            yield from session.told(list(_delivered(text, number, spoke=session.spoke)))
        elif not session.spoke:
            yield from session.told(list(_refused(session, text, number)))


def _delivered(text: bytes, number: int, *, spoke: bool) -> Iterator[Found]:
    """Yield what became of a message of Haraka; its reply only where no line showed it."""
    if (quoted := _DELIVERY.match(text)) is not None:
        if not spoke:
            recipient = quoted["recipient"]
            yield Found(
                _decoded(quoted["reply"]),
                Context.RCPT if recipient else None,
                recipient=_decoded(recipient) if recipient else None,
                line=number,
            )
        return
    outcome = _OUTCOME.match(text)
    if outcome is None:
        return
    if outcome["host"] is None:
        yield Found(_decoded(outcome["reason"]), line=number, klass=5 if outcome["hard"] else 4)
    elif not spoke:
        reason, host = _decoded(outcome["response"]), _decoded(outcome["host"])
        yield Found(reason, Context.DATA_END, host, line=number, klass=2)


def _refused(session: _Session, text: bytes, number: int) -> Iterator[Found]:
    """Yield what a session was refused, where the log shows no more of it."""
    denied = _DENIED.match(text)
    if denied is not None:
        context, address = _DENIED_AT[denied["what"]], _decoded(denied["address"] or b"") or None
        session.denied = _decoded(denied["reason"] or denied["word"] or b"")
        yield Found(
            session.denied,
            context,
            recipient=address if context is Context.RCPT else None,
            sender=address if context is Context.MAIL else None,
            line=number,
            klass=4 if denied["soft"] else 5,
        )
        return
    refused = _REFUSED.match(text)
    if refused is None:
        return
    reply = _decoded(refused["last"] or refused["failed"])
    if session.denied is None or reply[4:] != session.denied:
        yield Found(reply, line=number)


def _decoded(octets: bytes) -> str:
    return octets.rstrip().decode("utf-8", "surrogateescape")


def _lines(text: bytes) -> list[str]:
    """Return one entry as lines: hMailServer separates them by `[nl]`."""
    told = _decoded(text)
    if told.endswith("<br>"):
        import html  # noqa: PLC0415 - only for pages

        told = html.unescape(told.removesuffix("<br>"))
    if (folded := _FOLDED_HELLO.match(told)) is not None:
        return _unfolded(folded["host"], folded["extensions"].split())
    return told.split("[nl]")


_FOLDED_HELLO = re.compile(r"250 {1,2}(?P<host>\S+ Hello \[[^\]]*\]) (?P<extensions>[^\n]+)")
"""A reply to EHLO as Exchange logs it: its lines behind one another, and no mark between them."""

_WITH_WORDS = {"AUTH": frozenset(MECHANISMS) | {"NTLM"}, "X-EXPS": frozenset(MECHANISMS) | {"NTLM"}}
"""Extensions that mechanisms follow."""


def _unfolded(host: str, words: list[str]) -> list[str]:
    """Return the lines of a reply to EHLO, from what it says behind the host."""
    lines = [host]
    for word in words:
        follows = _WITH_WORDS.get(lines[-1].partition(" ")[0], ())
        if word.isdigit() or word in follows:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"]
