"""What is written down of a session gives, read back, the same states and annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ScriptError
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.protocol.command import Kind, raw_command
from smtpprobe.protocol.events import By, Closed, Event, Opened, Received, Secured, Sent
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.reply import ReplyParser
from smtpprobe.protocol.session import START, State, advance, exchanges, line_phase, shortened
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import Shown, TlsFacts, Verdict
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings import text
from smtpprobe.script.recordings.builder import Recording
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.recordings.text import read_text
from tests.present.sessions import (
    OPENED,
    as_json,
    as_text,
    asis,
    happenings,
    message,
    octets,
    said,
    typed,
)

WRITERS: tuple[Callable[[Iterable[Event]], str], ...] = (as_text, as_json)


def states(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """What a state tells, after each event that can change more than a count of octets."""
    state, found = START, []
    for event in events:
        state, _ = advance(state, event)
        if not isinstance(event, Sent):
            found.append(_told(state))
    return found


def _told(state: State) -> tuple[object, ...]:
    return (
        state.phase, state.host, state.port, state.extensions, state.identity, state.sender,
        state.recipients, len(state.pending), state.ended, state.refusals,
        state.tls is not None and state.tls.ok,
    )  # fmt: skip


def annotated(events: tuple[Event, ...]) -> list[Annotation]:
    return [annotate(exchange) for exchange in exchanges(events)]


_TLS = TlsFacts(
    ok=True,
    version="TLSv1.3",
    certificates=Shown(verdict=Verdict(trusted=False, reason="self-signed")),
)
SESSION: list[Event] = [
    OPENED,
    *said(b"220 mx1.example.net ESMTP\r\n"),
    typed("EHLO x"),
    *said(b"250-mx1\r\n250-STARTTLS\r\n250 SIZE 1000\r\n"),
    typed("STARTTLS"),
    *said(b"220 go\r\n"),
    Secured(
        0.0,
        TlsFacts(
            ok=True,
            version="TLSv1.3",
            certificates=Shown(verdict=Verdict(trusted=False, reason="self-signed")),
        ),
        b"x",
    ),
    typed("EHLO x", Phase.CONNECTED),
    *said(b"250-mx1\r\n250 AUTH PLAIN\r\n"),
    typed("AUTH PLAIN AGEAYg=="),
    *said(b"535 5.7.8 no\r\n"),
    typed("MAIL FROM:<a@b.example>"),
    *said(b"250 2.1.0 ok\r\n"),
    typed("RCPT TO:<x@y.example>"),
    *said(b"554 5.7.1 relay\n"),
    typed("RCPT TO:<z@y.example>"),
    *said(b"250 ok\r\n"),
    typed("DATA"),
    *said(b"354 go\r\n"),
    message("Subject: x", "", ":text", "..dot"),
    *said(b"250 2.0.0 queued\r\n"),
    asis("DATA"),
    *said(b"503 5.5.1 no\r\n"),
    octets(b"NOOP\n"),
    *said(b"250 odd\r\n"),
    typed("QUIT"),
    *said(b"221 bye\r\n"),
    Closed(0.0, By.THEM),
]


def test_a_recording_gives_the_states_and_annotations_of_the_session() -> None:
    for write in WRITERS:
        read = read_recording(write(SESSION).encode()).events
        assert states(read) == states(tuple(SESSION))
        assert annotated(read) == annotated(tuple(SESSION))


def test_a_handshake_is_read_back_with_its_verdict_and_surplus() -> None:
    for write in WRITERS:
        read = read_recording(write(SESSION).encode()).events
        (secured,) = (event for event in read if isinstance(event, Secured))
        assert secured.surplus == b"x"
        assert secured.tls.verdict == Verdict(trusted=False, reason="self-signed")


def test_where_a_recording_was_made_is_read_back() -> None:
    for write in WRITERS:
        opened = read_recording(write([OPENED]).encode()).events[0]
        assert isinstance(opened, Opened)
        assert (opened.target, opened.host, opened.peer, opened.client) == (
            OPENED.target, OPENED.host, OPENED.peer, OPENED.client,
        )  # fmt: skip


def test_a_reply_cut_off_by_the_close_is_read_back() -> None:
    parser = ReplyParser()
    parser.feed(b"250-half\r\n250-mo")
    cut = parser.close()
    assert cut is not None
    session = [OPENED, *said(b"220 a\r\n"), typed("EHLO x"), Received(0, cut), Closed(0, By.THEM)]
    for write in WRITERS:
        read = read_recording(write(session).encode()).events
        assert annotated(read) == annotated(tuple(session))


def test_octets_of_a_reply_that_never_ended_are_kept() -> None:
    text = as_text([OPENED]) + '# partial "220-h"\n# partial "i\\xff"\n'
    assert read_recording(text.encode()).partial == b"220-hi\xff"


def test_a_json_recording_may_end_in_the_middle_of_a_line() -> None:
    text = as_json(SESSION)
    assert len(read_recording(text[:-20].encode()).events) == len(SESSION) - 1


def came(read: Recording) -> bytes:
    """All octets of the server, those of a reply that is not whole too."""
    replies = (event.reply.raw for event in read.events if isinstance(event, Received))
    return b"".join(replies) + read.partial


def whole_replies(read: Recording) -> list[Received]:
    events = [event for event in read.events if isinstance(event, Received)]
    return [event for event in events if event.reply.lines[-1].last]


def cuts(octets: bytes) -> list[int]:
    """Where a file of these octets is cut: at each end of a line, and in the middle of it."""
    ends = [number for number, octet in enumerate(octets, 1) if octet == ord("\n")]
    between = range(ends[0], len(octets), 1 + len(octets) // 100)
    return sorted({*ends[:-1], *(end + 1 for end in ends[:-1]), *between})


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("continued", [False, True], ids=["at the end", "and continued"])
async def test_a_recording_cut_at_any_octet_has_what_was_whole_and_names_what_is_missing(
    write: Callable[[Iterable[Event]], str], tmp_path: Path, *, continued: bool
) -> None:
    octets = write(SESSION).encode()
    whole = read_recording(octets)
    assert whole.gaps == ()
    again = write([OPENED, *said(b"220 again\r\n"), Closed(0.0, By.THEM)])
    file = tmp_path / ("t.jsonl" if write is as_json else "t")
    for length in cuts(octets):
        cut = octets[:length]
        if continued:
            file.write_bytes(cut)
            Recorder(Client(ConnectOptions()), str(file)).close()
            cut = file.read_bytes() + again.encode()
        read = read_recording(cut)
        found = whole_replies(read)
        if continued:
            assert b"220 again" in found.pop().reply.raw
        assert found == whole_replies(whole)[: len(found)], cut[-40:]
        assert came(whole).startswith(came(read).removesuffix(b"220 again\r\n")), cut[-40:]
        lines = octets[:length].count(b"\n")
        told = [gap.line for gap in read.gaps]
        if not octets[:length].endswith(b"\n"):
            assert lines + 1 in told or (write is as_json and octets[length] == 10), cut[-40:]
        elif b"220 mx1" in octets[:length]:
            assert told or len(read.events) == len(whole.events)


@pytest.mark.parametrize("octets", [1, 300, 2000])
def test_a_text_recording_read_in_parts_is_what_it_is_as_a_whole(
    octets: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript = as_text(SESSION).encode() * 3
    whole = read_recording(transcript)
    monkeypatch.setattr(text, "PART_OCTETS", octets)
    assert read_recording(transcript) == whole


def test_an_error_in_a_later_part_of_a_text_recording_has_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text, "PART_OCTETS", 300)
    transcript = as_text(SESSION).encode() + b":nonsense\n" + as_text(SESSION).encode()
    line = as_text(SESSION).count("\n") + 1
    with pytest.raises(ScriptError, match=rf"^t:{line}: unknown local command"):
        read_recording(transcript, "t")


def test_what_is_no_recording_is_told() -> None:
    with pytest.raises(ScriptError, match="t:1: not a JSON object"):
        read_recording(b"{nonsense\n{}\n", "t")
    with pytest.raises(ScriptError):
        read_recording(b":nonsense\n")


def test_unknown_kinds_of_lines_are_passed_over() -> None:
    assert read_recording(b'{"v":1,"ev":"check"}\n{"ev":"later"}\n[]\n').events == ()


def test_a_connection_that_is_opened_anew_cuts_the_reply_of_the_one_before_off() -> None:
    lines = [
        {"ev": "open", "host": "a"}, {"ev": "reply", "text": "220-half\r\n"},
        {"ev": "open", "host": "a"}, {"ev": "reply", "text": "220 whole\r\n"},
    ]  # fmt: skip
    read = read_recording("".join(json.dumps(line) + "\n" for line in lines).encode())
    replies = [[e.reply.raw for e in t.events if isinstance(e, Received)] for t in read.tracks]
    assert replies == [[b"220-half\r\n"], [b"220 whole\r\n"]]


RECIPIENTS: dict[str, Callable[[int], list[str]]] = {
    "one by one": lambda count: ["RCPT TO:<a@b.example>", "250 ok"] * count,
    "at once": lambda count: [*["> RCPT TO:<a@b.example>"] * count, *["250 ok"] * count],
}


@pytest.mark.parametrize("way", RECIPIENTS)
def test_reading_a_message_takes_as_many_steps_as_it_has_recipients(way: str) -> None:
    def steps(count: int) -> int:
        lines = ["220 x", "EHLO x", "250 x", "MAIL FROM:<>", "250 ok", *RECIPIENTS[way](count)]
        script = parse("\n".join(lines), "t")
        made = 0

        def count_calls(_frame: object, event: str, _argument: object) -> None:
            nonlocal made
            made += event == "call"

        sys.setprofile(count_calls)
        try:
            read_text(script)
        finally:
            sys.setprofile(None)
        return made

    assert steps(800) < 9 * steps(100)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_shortened_state_gives_the_same_annotations(dialect: Dialect) -> None:
    target = Target(TargetKind.HOST, "mx.example", dialect=dialect)
    good, bad = b"250 2.1.5 ok\r\n", b"550 5.1.1 no\r\n"
    hello = "LHLO x" if dialect is Dialect.LMTP else "EHLO x"
    session = [
        OPENED._replace(target=target), *said(b"220 x\r\n"),
        typed(hello), *said(b"250 x\r\n"), typed("MAIL FROM:<>"), *said(b"250 ok\r\n"),
        *(typed(f"RCPT TO:<{name}@b.example>") for name in "abcd"), *said(good, bad, good, good),
        typed("DATA"), *said(b"354 go\r\n"), message("x"), *said(good, good, good),
        typed("RCPT TO:<e@b.example>"), *said(b"503 no\r\n"),
    ]  # fmt: skip
    state, found, most = START, [], 0
    for event in session:
        after, exchange = advance(state, event)
        state = shortened(after)
        most = max(most, len(state.recipients))
        if exchange is not None:
            found.append(annotate(exchange))
    assert found == annotated(tuple(session))
    assert most == (3 if dialect is Dialect.LMTP else 2)


_REPLY = st.one_of(
    st.sampled_from(
        [b"250 ok\r\n", b"250-a\r\n250 b\r\n", b"354 go\r\n", b"550 5.1.1 no\r\n", b"334 Og==\r\n",
         b"421 bye\r\n", b"220 go\r\n", b"250 lf\n", b"221 \xff\r\n", b"ok\r\n"]
    ),
    st.binary(min_size=1, max_size=30).map(lambda raw: b"250 " + raw.replace(b"\n", b"") + b"\r\n"),
)  # fmt: skip
_LINE = st.one_of(
    st.sampled_from(
        ["EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", "QUIT", "RSET",
         "AUTH LOGIN", ".", "BDAT 5 LAST", "NOOP {{x}}", "", "250 x", "AUTH {{x}} y"]
    ),
    st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=20),
)  # fmt: skip


@st.composite
def _sessions(draw: st.DrawFn) -> list[Event]:
    """Sessions in which a line, an exact line, octets or a message go out, replies come at will."""
    events: list[Event] = [OPENED, *said(b"220 hi\r\n")]
    state = happenings(events)[-1].after
    parser = ReplyParser()
    for _ in range(draw(st.integers(0, 8))):
        step: Event
        match draw(st.sampled_from(["line", "exact", "raw", "message", "reply", "reply"])):
            case "line":
                line = draw(_LINE)
                step = typed(line, line_phase(state, line))
            case "exact":
                line = draw(_LINE)
                step = asis(line, line_phase(state, line))
            case "raw" if state.phase not in (Phase.DATA, Phase.BDAT):
                step = Sent(0.0, raw_command(draw(st.binary(min_size=1, max_size=20)), state.phase))
            case "message" if state.phase is Phase.DATA:
                step = message("Subject: x", draw(_LINE.filter(lambda line: line != ".")))
            case _:
                step = Received(0.0, parser.feed(draw(_REPLY))[0])
        events.append(step)
        state, _ = advance(state, step)
        if isinstance(step, Sent) and step.command.verb == "STARTTLS":
            break
    return events


def _sent_octets(events: tuple[Event, ...]) -> bytes:
    return b"".join(event.command.raw for event in events if isinstance(event, Sent))


def _going_on(*steps: str | bytes) -> list[Event]:
    """A session in which lines are typed, whatever is awaited, and replies come."""
    events: list[Event] = [OPENED, *said(b"220 hi\r\n")]
    for step in steps:
        state = happenings(events)[-1].after
        events += said(step) if isinstance(step, bytes) else [typed(step, line_phase(state, step))]
    return events


@settings(max_examples=300)
@example(_going_on("AUTH LOGIN", "BDAT 5 LAST", "", b"250 ok\r\n"))
@example(_going_on("AUTH LOGIN", "EHLO x", "EHLO x", "EHLO x", b"354 go\r\n", "", b"250 ok\r\n"))
@example(_going_on("AUTH LOGIN", ".", b"250 ok\r\n", b"354 go\r\n"))
@given(_sessions())
def test_any_session_is_read_back_as_it_was(session: list[Event]) -> None:
    secrets = any(
        isinstance(event, Sent)
        and (
            event.command.kind is Kind.SASL
            or event.command.mechanism
            or masked(event.command) is not event.command
        )
        for event in session
    )
    for write in WRITERS:
        read = read_recording(write(session).encode("utf-8", "surrogateescape")).events
        assert [event for event in read if isinstance(event, Received)] == [
            event for event in session if isinstance(event, Received)
        ]
        assert states(read) == states(tuple(session))
        if not secrets:
            assert _sent_octets(read) == _sent_octets(tuple(session))
