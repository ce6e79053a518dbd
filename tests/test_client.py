from __future__ import annotations

import asyncio
import os
import ssl
from itertools import count
from pathlib import Path

import pytest

from smtpprobe import net
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.protocol.attempts import Outcome
from smtpprobe.protocol.command import Command, Kind, exact_line
from smtpprobe.protocol.events import By, Closed, Opened, Received, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.reply import Defect
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.verbs import Context
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import (
    Close,
    Drip,
    Hang,
    Hear,
    Pause,
    Reset,
    Say,
    StartTls,
    Step,
)
from tests.net.stage import (
    SOON,
    a_client,
    exchange,
    host,
    line,
    server_side,
    trusted_file,
)

GREETING = Say(b"220 mx.example ESMTP\r\n")
STARTTLS: list[Step] = [Hear(b"STARTTLS"), Say(b"220 go ahead\r\n")]


# --- opening


async def test_open_returns_with_the_greeting_and_tells_how_it_got_there() -> None:
    async with faults.serve([GREETING, Hang()]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        assert client.state.phase is Phase.CONNECTED
        assert log.words == ["Opened", "Received"]
        assert log.outcomes == [("127.0.0.1", Outcome.CONNECTED)]
        opened = log.only(Opened)
        assert opened.peer == f"127.0.0.1:{server.port}"
        assert opened.host == "localhost"
        assert opened.tls is None
        assert log.exchanges[0].context is Context.CONNECT
        assert client.last is log.exchanges[0]
        assert list(client.events) == log.events


@pytest.mark.parametrize("greeting", [b"554 no\r\n", b"421 busy\r\n", b"HTTP/1.1 400 Bad\r\n"])
async def test_a_greeting_of_any_code_is_an_answer(greeting: bytes) -> None:
    async with faults.serve([Say(greeting), Hang()]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        assert log.replies == [greeting]


async def test_a_refusal_with_the_close_right_behind_it_is_still_a_greeting() -> None:
    async with faults.serve([Say(b"554 go away\r\n")]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await log.until_event(Closed)
        assert log.words == ["Opened", "Received", "Closed"]
        assert log.only(Closed).by is By.THEM


async def test_a_silent_host_gives_way_to_the_next_address_and_its_limit_is_told() -> None:
    options = ConnectOptions(greeting_timeout=0.05)
    async with faults.serve([Hang()]) as server, a_client(options) as (client, log):
        with pytest.raises(ConnectFailed) as error:
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        assert "--greeting-timeout" in error.value.hint
        assert log.words == ["Opened", "Closed"]
        assert log.only(Closed).by is By.US
        assert [each for _, each in log.outcomes] == [Outcome.CONNECTED, Outcome.NO_GREETING]
        assert log.attempts[-1].reason == "within 0.05s"
        assert log.attempts[-1].seconds >= 0.05


async def test_an_unfinished_greeting_is_none_and_its_octets_are_counted() -> None:
    options = ConnectOptions(greeting_timeout=0.1)
    script = [Say(b"220-wait\r\n220"), Hang()]
    async with faults.serve(script) as server, a_client(options) as (client, log):
        with pytest.raises(ConnectFailed):
            await client.open(host(server.port))
        silent = [each for each in log.attempts if each.outcome is Outcome.NO_GREETING]
        assert silent[0].reason == "within 0.1s; 13 octets of one came"


@pytest.mark.parametrize("script", [[Close()], [Say(b"22"), Close()], [Reset()]])
async def test_a_close_before_the_greeting_is_told_as_such(script: list[Step]) -> None:
    async with faults.serve(script) as server, a_client() as (client, log):
        with pytest.raises(ConnectFailed):
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        assert log.attempts[-1].outcome is Outcome.CLOSED
        assert log.only(Closed).by is By.THEM


async def test_nothing_sent_or_told_of_one_session_leaks_into_the_next() -> None:
    scripts: tuple[list[Step], ...] = (
        [GREETING, Hear(b"MAIL"), Hang()],
        [Say(b"220 second\r\n"), Hang()],
    )
    async with faults.serve(*scripts) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("MAIL FROM:<>", client.state))
        await client.open(host(server.port))
        assert client.state.pending == ()
        assert client.state.greeting is not None
        assert client.state.greeting.text == "second"
        assert log.words == ["Opened", "Received", "Sent", "Closed", "Opened", "Received"]


async def test_cancelling_open_closes_what_was_being_dialled() -> None:
    async with faults.serve([Hang()]) as server, a_client() as (client, log):
        opening = asyncio.ensure_future(client.open(host(server.port)))
        await log.until_event(Opened)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        assert client.state.phase is Phase.CLOSED
        assert log.only(Closed).by is By.US


async def test_closing_from_elsewhere_ends_the_dialling() -> None:
    async with faults.serve([Hang()]) as server, a_client() as (client, log):
        opening = asyncio.ensure_future(client.open(host(server.port)))
        await log.until_event(Opened)
        client.abort("stopped")
        with pytest.raises(ConnectFailed, match="given up"):
            await opening
        assert log.only(Closed).reason == "stopped"
        assert server.connections == 1


async def test_a_unix_socket_speaks_lmtp(tmp_path: Path) -> None:
    path = str(tmp_path / "lmtp")
    script = [GREETING, Hear(b"LHLO"), Say(b"250 hi\r\n"), Hang()]
    async with faults.serve(script, path=path), a_client() as (client, log):
        await client.open(Target(TargetKind.SOCKET, path, 0, dialect=Dialect.LMTP))
        found = await exchange(client, log, "LHLO me")
        assert found.context is Context.LHLO
        assert log.only(Opened).peer == ""
        assert log.only(Opened).host == path


# --- talking


async def test_octets_go_out_as_typed_and_replies_pair_in_order() -> None:
    script = [
        GREETING,
        Hear(b"eHLo"),
        Say(b"250-a\r\n25"),
        Pause(0.01),
        Say(b"0 b\r\n"),
        Hear(b"rcpt"),
        Say(b"250 one\r\n550 two\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        assert (await exchange(client, log, "eHLo  me ")).reply.raw == b"250-a\r\n250 b\r\n"
        await client.send(line("mail from:<a@b>", client.state))
        await client.send(line("rcpt to:<c@d>", client.state))
        await log.until(lambda: len(log.exchanges) == 4)
        assert server.heard == [b"eHLo  me \r\n", b"mail from:<a@b>\r\n", b"rcpt to:<c@d>\r\n"]
        pairs = [(each.command and each.command.verb, each.reply.code) for each in log.exchanges]
        assert pairs == [(None, 220), ("EHLO", 250), ("MAIL", 250), ("RCPT", 550)]


async def test_commands_sent_together_are_one_write_and_their_replies_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    writes: list[bytes] = []
    write = net.Wire.write

    def noted(wire: net.Wire, octets: bytes) -> None:
        writes.append(octets)
        write(wire, octets)

    monkeypatch.setattr(net.Wire, "write", noted)
    script = [GREETING, Hear(b"MAIL"), Hear(b"STARTTLS"), Say(b"250 one\r\n220 two\r\n"), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send_together(
            [exact_line(text, Phase.READY) for text in ("MAIL FROM:<a@b>", "STARTTLS")]
        )
        await log.until(lambda: len(log.exchanges) == 3)
        assert writes == [b"MAIL FROM:<a@b>\r\nSTARTTLS\r\n"]
        pairs = [(each.command and each.command.verb, each.reply.code) for each in log.exchanges]
        assert pairs == [(None, 220), ("MAIL", 250), ("STARTTLS", 220)]
        assert client.state.tls is None


async def test_raw_octets_pass_untouched() -> None:
    octets = b"NO\x00OP\x07 \xff\n"
    async with faults.serve([GREETING, Hear(b"NO"), Hang()]) as server, a_client() as (client, _):
        await client.open(host(server.port))
        await client.send(Command(octets, Kind.RAW))
        assert await server.until_heard(b"NO") == octets


async def test_a_421_while_idle_is_seen_at_once_and_answers_nothing() -> None:
    script = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Pause(0.01), Say(b"421 bye\r\n")]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await exchange(client, log, "NOOP")
        await log.until_event(Closed)
        assert log.words[-2:] == ["Received", "Closed"]
        assert log.exchanges[-1].command is None
        assert log.exchanges[-1].reply.code == 421
        assert client.state.phase is Phase.CLOSED


async def test_a_reply_cut_off_by_the_close_is_handed_on_before_it() -> None:
    script = [GREETING, Hear(b"NOOP"), Say(b"250-half\r\n25")]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        cut = await exchange(client, log, "NOOP")
        assert Defect.UNTERMINATED in cut.reply.defects
        await log.until_event(Closed)
        assert log.only(Closed).reason == ""


async def test_a_reset_is_called_one() -> None:
    script = [GREETING, Hear(b"NOOP"), Reset()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("NOOP", client.state))
        closed = await log.until_event(Closed)
        assert (closed.by, closed.reason) == (By.THEM, "connection reset")


async def test_nothing_can_be_sent_when_not_connected() -> None:
    async with a_client() as (client, log):
        with pytest.raises(ConnectFailed, match="not connected"):
            await client.send(line("NOOP", client.state))
        with pytest.raises(ConnectFailed, match="not connected"):
            await client.secure()
        await client.close()
        client.abort()
        assert log.events == []


async def test_closing_sends_nothing_and_tells_why() -> None:
    async with faults.serve([GREETING, Hear(b"never")]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.close("enough")
        assert server.heard == []
        closed = log.only(Closed)
        assert (closed.by, closed.reason) == (By.US, "enough")
        assert client.state.phase is Phase.CLOSED


async def test_unfinished_octets_are_counted() -> None:
    script = [GREETING, Hear(b"EHLO"), Drip(b"250-abc", 0.001), Hear(b"x"), Hang()]
    async with faults.serve(script) as server, a_client() as (client, _):
        await client.open(host(server.port))
        await client.send(line("EHLO me", client.state))
        async with asyncio.timeout(SOON):
            while client.pending_octets < 7:  # noqa: ASYNC110 - unfinished octets are no event
                await asyncio.sleep(0.001)
        assert client.state.awaiting


async def test_a_paused_client_takes_nothing_in_until_it_resumes() -> None:
    script = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        client.pause()
        await client.send(line("NOOP", client.state))
        await server.until_heard(b"NOOP")
        await asyncio.sleep(0.02)
        assert log.words[-1] == "Sent"
        client.resume()
        await log.until(lambda: log.words[-1] == "Received")


async def test_readers_see_the_same_order_even_when_one_of_them_acts() -> None:
    async with faults.serve([GREETING, Hang()]) as server:
        client = Client(ConnectOptions())
        seen: list[str] = []

        def acts(happening: Happening) -> None:
            if isinstance(happening.event, Received):
                client.abort("enough")

        def watches(happening: Happening) -> None:
            seen.append(type(happening.event).__name__)

        client.subscribe(acts)
        stop = client.subscribe(watches)
        await client.open(host(server.port))
        assert seen == ["Opened", "Received", "Closed"]
        stop()
        stop()
        await client.open(host(server.port))
        assert seen == ["Opened", "Received", "Closed"]


async def test_a_reader_that_names_kinds_of_events_is_handed_only_these() -> None:
    async with faults.serve([GREETING, Hang()]) as server:
        client = Client(ConnectOptions())
        seen: list[str] = []
        stop = client.subscribe(lambda one: seen.append(type(one.event).__name__), Opened, Closed)
        await client.open(host(server.port))
        await client.close()
        assert seen == ["Opened", "Closed"]
        stop()
        await client.open(host(server.port))
        await client.close()
        assert seen == ["Opened", "Closed"]


async def test_time_is_the_clock_that_was_given() -> None:
    ticks = count(100.0)
    async with faults.serve([GREETING, Hang()]) as server:
        client = Client(ConnectOptions(), clock=lambda: next(ticks))
        await client.open(host(server.port))
        times = [event.at for event in client.events]
        await client.close()
    assert times == sorted(times)
    assert all(time >= 100 and time == int(time) for time in times)


# --- STARTTLS


async def test_starttls_goes_out_as_typed_and_the_session_goes_on_inside() -> None:
    script = [
        GREETING,
        Hear(b"EHLO"),
        Say(b"250-hi\r\n250 STARTTLS\r\n"),
        *STARTTLS,
        StartTls(server_side()),
        Hear(b"EHLO"),
        Say(b"250 again\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await exchange(client, log, "EHLO me")
        await client.send(line("starttls  ", client.state))
        assert server.heard[-1] == b"starttls  \r\n"
        assert log.words[-3:] == ["Sent", "Received", "Secured"]
        tls = log.only(Secured).tls
        assert tls.ok
        assert tls.version == "TLSv1.3"
        assert tls.sni == tls.reference == "localhost"
        assert tls.leaf is not None
        assert tls.leaf.names == ("localhost",)
        assert tls.verdict.trusted is False
        assert tls.verdict.name_matches is True
        assert client.state.phase is Phase.CONNECTED
        assert len(client.state.extensions) == 0
        assert (await exchange(client, log, "EHLO me")).reply.raw == b"250 again\r\n"


async def test_plaintext_behind_the_220_is_reported_and_answers_nothing() -> None:
    script = [
        GREETING,
        Hear(b"STARTTLS"),
        Say(b"220 go\r\n250 injected\r\nhalf"),
        StartTls(server_side()),
        Hear(b"EHLO"),
        Say(b"250 inside\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        secured = log.only(Secured)
        assert secured.tls.ok
        assert secured.surplus == b"250 injected\r\nhalf"
        assert (await exchange(client, log, "EHLO me")).reply.raw == b"250 inside\r\n"


async def test_plaintext_where_the_handshake_should_be_fails_it_and_is_reported() -> None:
    script = [GREETING, *STARTTLS, Pause(0.05), Say(b"250 injected\r\nhalf"), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        secured = log.only(Secured)
        assert not secured.tls.ok
        assert secured.tls.reason == "plaintext instead of a TLS ServerHello"
        assert secured.surplus == b"250 injected\r\nhalf"
        assert log.words[-2:] == ["Secured", "Closed"]
        assert log.only(Closed).by is By.US


async def test_what_the_server_says_first_inside_tls_is_no_surplus() -> None:
    script = [GREETING, *STARTTLS, StartTls(server_side()), Say(b"421 unasked\r\n"), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        await log.until(lambda: log.replies[-1] == b"421 unasked\r\n")
        assert log.only(Secured).surplus == b""
        assert log.words[-2:] == ["Secured", "Received"]


async def test_an_untrusted_certificate_fails_when_verifying_and_its_chain_is_known() -> None:
    script = [GREETING, *STARTTLS, StartTls(server_side())]
    options = ConnectOptions(verify=True)
    async with faults.serve(script) as server, a_client(options) as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        tls = log.only(Secured).tls
        assert not tls.ok
        assert tls.enforced
        assert tls.reason == "unable to get local issuer certificate"
        assert tls.verdict.code == 20
        assert tls.leaf is not None
        assert log.only(Closed).by is By.US
        assert client.state.phase is Phase.CLOSED


async def test_verifying_accepts_a_good_certificate_and_refuses_a_wrong_name(
    tmp_path: Path,
) -> None:
    good = [GREETING, *STARTTLS, StartTls(server_side("localhost")), Hang()]
    wrong = [GREETING, *STARTTLS, StartTls(server_side("mx.example"))]
    options = ConnectOptions(verify=True, ca_file=trusted_file(tmp_path))
    async with faults.serve(good, wrong) as server, a_client(options) as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        first = log.only(Secured).tls
        assert first.ok
        assert first.verdict.verified is True
        log.happenings.clear()
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        second = log.only(Secured).tls
        assert not second.ok
        assert "mismatch" in second.reason.lower()
        assert second.verdict.trusted is True
        assert second.verdict.name_matches is False


async def test_an_address_is_wanted_in_the_certificate_and_no_name_is_sent(
    tmp_path: Path,
) -> None:
    asked: list[str | None] = []
    context = server_side("127.0.0.1")
    context.sni_callback = lambda _session, name, _context: asked.append(name)
    script = [GREETING, *STARTTLS, StartTls(context), Hang()]
    options = ConnectOptions(verify=True, ca_file=trusted_file(tmp_path))
    async with faults.serve(script) as server, a_client(options) as (client, log):
        await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        await client.send(line("STARTTLS", client.state))
        tls = log.only(Secured).tls
        assert tls.ok
        assert (tls.sni, tls.reference) == (None, "127.0.0.1")
        assert asked == [None]


async def test_the_name_to_send_can_be_chosen() -> None:
    script = [GREETING, *STARTTLS, StartTls(server_side("mx.example")), Hang()]
    options = ConnectOptions(sni="MX.example.")
    async with faults.serve(script) as server, a_client(options) as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        tls = log.only(Secured).tls
        assert (tls.sni, tls.reference) == ("MX.example", "MX.example")
        assert tls.verdict.name_matches is True


async def test_a_refused_starttls_leaves_the_session_in_clear() -> None:
    script = [
        GREETING,
        Hear(b"STARTTLS"),
        Say(b"454 4.7.0 not now\r\n"),
        Hear(b"NOOP"),
        Say(b"250 ok\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        assert log.words[-2:] == ["Sent", "Received"]
        assert client.state.tls is None
        assert (await exchange(client, log, "NOOP")).reply.code == 250


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([Close()], "the server closed the connection during the handshake"),
        ([Reset()], "connection reset by peer"),
        ([Hear(b"\x16"), Close()], "the server closed the connection during the handshake"),
        ([Hang()], "not finished within 0.2s"),
        (
            [Pause(0.02), Say(b"\x15\x03\x03\x00\x02\x02\x28"), Hang()],
            "TLS alert handshake_failure",
        ),
        ([Pause(0.02), Say(b"\x15\x03\x03\x00\x02\x02\x46"), Hang()], "TLS alert protocol_version"),
        (
            [Pause(0.02), Say(b"\x15\x03\x03\x00\x02\x02\x70"), Hang()],
            "TLS alert unrecognized_name",
        ),
        ([Pause(0.02), Say(b"\x16\x03\x03\x00\x05hello"), Hang()], "unexpected message"),
    ],
)
async def test_a_failed_handshake_says_why_and_ends_the_session(
    script: list[Step], reason: str
) -> None:
    script = [GREETING, *STARTTLS, *script]
    options = ConnectOptions(handshake_timeout=0.2)
    async with faults.serve(script) as server, a_client(options) as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        tls = log.only(Secured).tls
        assert not tls.ok
        assert tls.reason
        assert reason in tls.reason
        assert log.words[-2:] == ["Secured", "Closed"]
        assert log.only(Closed).reason == "TLS handshake failed"


async def test_a_close_instead_of_an_answer_to_starttls_is_a_close() -> None:
    async with faults.serve([GREETING, Hear(b"STARTTLS")]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        assert log.words[-2:] == ["Sent", "Closed"]


async def test_giving_up_the_wait_for_the_220_keeps_the_session() -> None:
    script = [
        GREETING,
        Hear(b"STARTTLS"),
        Hear(b"NOOP"),
        Say(b"454 no\r\n250 ok\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        sending = asyncio.ensure_future(client.send(line("STARTTLS", client.state)))
        await server.until_heard(b"STARTTLS")
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await client.send(line("NOOP", client.state))
        await log.until(lambda: len(log.exchanges) == 3)
        pairs = [(each.command and each.command.verb, each.reply.code) for each in log.exchanges]
        assert pairs == [(None, 220), ("STARTTLS", 454), ("NOOP", 250)]


async def test_giving_up_a_handshake_ends_the_session() -> None:
    async with faults.serve([GREETING, *STARTTLS, Hang()]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        sending = asyncio.ensure_future(client.send(line("STARTTLS", client.state)))
        await log.until(lambda: client.state.phase is Phase.TLS)
        await asyncio.sleep(0.01)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert client.state.phase is Phase.CLOSED
        assert log.only(Closed).by is By.US


async def test_aborting_during_a_handshake_is_told_once() -> None:
    async with faults.serve([GREETING, *STARTTLS, Hang()]) as server, a_client() as (client, log):
        await client.open(host(server.port))
        sending = asyncio.ensure_future(client.send(line("STARTTLS", client.state)))
        await log.until(lambda: client.state.phase is Phase.TLS)
        await asyncio.sleep(0.01)
        client.abort("interrupted")
        await sending
        assert log.words[-2:] == ["Received", "Closed"]
        assert log.only(Closed).reason == "interrupted"


async def test_a_line_sent_as_it_stands_starts_no_handshake_but_tls_on_does() -> None:
    script = [
        GREETING,
        *STARTTLS,
        StartTls(server_side()),
        Hear(b"NOOP"),
        Say(b"250 ok\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(exact_line("STARTTLS", client.state.phase))
        await log.until(lambda: len(log.exchanges) == 2)
        assert "Secured" not in log.words
        await client.secure()
        assert log.only(Secured).tls.ok
        assert (await exchange(client, log, "NOOP")).reply.code == 250
        with pytest.raises(ConnectFailed, match="on already"):
            await client.secure()


async def test_without_the_option_no_handshake_follows_a_starttls() -> None:
    options = ConnectOptions(starttls=False)
    async with faults.serve([GREETING, *STARTTLS, Hang()]) as server, a_client(options) as pair:
        client, log = pair
        await client.open(host(server.port))
        assert (await exchange(client, log, "STARTTLS")).reply.code == 220
        assert "Secured" not in log.words


async def test_a_second_starttls_inside_tls_is_a_plain_line() -> None:
    script = [
        GREETING,
        *STARTTLS,
        StartTls(server_side()),
        Hear(b"STARTTLS"),
        Say(b"503 already\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        assert (await exchange(client, log, "STARTTLS")).reply.code == 503
        assert log.words.count("Secured") == 1


async def test_a_line_sent_meanwhile_waits_for_the_end_of_the_handshake() -> None:
    script = [
        GREETING,
        Hear(b"STARTTLS"),
        Pause(0.05),
        Say(b"220 go\r\n"),
        StartTls(server_side()),
        Hear(b"EHLO"),
        Say(b"250 inside\r\n"),
        Hang(),
    ]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        starttls, ehlo = line("STARTTLS", client.state), line("EHLO me", client.state)
        await asyncio.gather(client.send(starttls), client.send(ehlo))
        await log.until(lambda: log.replies[-1] == b"250 inside\r\n")
        sent = [event.command.verb for event in log.events if isinstance(event, Sent)]
        assert sent == ["STARTTLS", "EHLO"]


async def test_a_ca_file_that_cannot_be_used_is_said_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    options = ConnectOptions(verify=True, ca_file=str(tmp_path / "none.pem"))
    async with faults.serve([GREETING, Hang()]) as server, a_client(options) as (client, log):
        await client.open(host(server.port))
        with pytest.raises(UsageError, match="No such file"):
            await client.send(line("STARTTLS", client.state))
        assert log.words == ["Opened", "Received"]


async def test_a_key_log_without_room_is_told_before_the_handshake_and_blames_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, there = tmp_path / "full", os.fstatvfs
    full.write_text("# there is something in it\n")

    def without_room(number: int) -> os.statvfs_result:
        found = list(there(number))
        found[3] = found[4] = 0  # f_bfree, f_bavail
        return os.statvfs_result(found)

    monkeypatch.setattr(os, "fstatvfs", without_room)
    for path in ("/dev/full", str(full)):
        options = ConnectOptions(keylog=path)
        async with (
            faults.serve([GREETING, *STARTTLS, Hang()]) as server,
            a_client(options) as (client, log),
        ):
            await client.open(host(server.port))
            with pytest.raises(UsageError, match=f"key log {path}: No space left on device"):
                await client.send(line("STARTTLS", client.state))
            assert log.words == ["Opened", "Received"]


async def test_secrets_of_a_session_can_be_logged_for_wireshark(tmp_path: Path) -> None:
    log_file = tmp_path / "keys"
    script = [GREETING, *STARTTLS, StartTls(server_side()), Hang()]
    options = ConnectOptions(keylog=str(log_file))
    async with faults.serve(script) as server, a_client(options) as (client, _):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
    assert "CLIENT_TRAFFIC_SECRET_0" in log_file.read_text()
    assert log_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "newest", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2]
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_old_servers_are_talked_to_unless_verifying(newest: ssl.TLSVersion) -> None:
    script = [GREETING, *STARTTLS, StartTls(server_side(newest=newest)), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("STARTTLS", client.state))
        tls = log.only(Secured).tls
        assert (tls.ok, tls.version) == (True, newest.name.replace("_", "."))


# --- implicit TLS


async def test_implicit_tls_shakes_hands_before_the_greeting() -> None:
    script = [StartTls(server_side()), GREETING, Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(Target(TargetKind.HOST, "localhost", server.port, implicit_tls=True))
        opened = log.only(Opened)
        assert opened.tls is not None
        assert opened.tls.ok
        assert client.state.tls is opened.tls
        assert client.state.phase is Phase.CONNECTED


@pytest.mark.parametrize("wait", [0.0, 0.05])
async def test_smtp_in_clear_on_a_tls_port_is_named(wait: float) -> None:
    async with faults.serve([Pause(wait), GREETING, Hang()]) as server, a_client() as (client, log):
        target = Target(TargetKind.ADDRESS, "127.0.0.1", server.port, implicit_tls=True)
        with pytest.raises(ConnectFailed) as error:
            await client.open(target)
        attempt = log.attempts[-1]
        assert attempt.outcome is Outcome.TLS_FAILED
        assert attempt.reason == "this port speaks plaintext SMTP, not TLS"
        assert "STARTTLS" in error.value.hint
        assert log.events == []


async def test_a_certificate_that_fails_implicit_tls_is_known_from_the_attempt() -> None:
    options = ConnectOptions(verify=True)
    async with (
        faults.serve([StartTls(server_side())]) as server,
        a_client(options) as (client, log),
    ):
        with pytest.raises(ConnectFailed, match="unable to get local issuer certificate"):
            await client.open(
                Target(TargetKind.ADDRESS, "127.0.0.1", server.port, implicit_tls=True)
            )
        tls = log.attempts[-1].tls
        assert tls is not None
        assert tls.leaf is not None
