from __future__ import annotations

import asyncio
import contextlib

import pytest

from smtpprobe import net
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import LookupFailed
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.target import Target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Hear, Pause, Reset, Say, Step
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner, run_fragment
from tests.script.runs import GREETING, host, outcome, run, told

EHLO = (b"EHLO", b"250-mx.example\r\n250-SIZE 1000\r\n250 AUTH PLAIN LOGIN\r\n")


async def test_a_command_without_an_expectation_must_get_2xx_or_3xx() -> None:
    result = await run("EHLO {{client}}\n", told(EHLO))
    assert result.status is ExitStatus.OK
    assert [check.came.text for check in result.checks] == [
        "220 mx.example ESMTP",
        "250 AUTH PLAIN LOGIN",
    ]
    refused = await run("NOOP\nQUIT\n", told((b"NOOP", b"530 5.7.0 first STARTTLS\r\n")))
    assert outcome(refused) == ("F04 no expectation, and NOOP was refused",)
    assert refused.status is ExitStatus.CHECK_FAILED
    assert (refused.stopped, refused.not_sent) == (1, 1)


async def test_the_name_in_client_is_sent_and_host_is_what_is_connected() -> None:
    async with faults.serve(told((b"NOOP", b"250 ok\r\n"))) as server:
        client = Client(ConnectOptions(family=4))
        script = parse("NOOP {{client}} {{host}} {{port}}\n", "t.smtp")
        await Runner(client, script, RunSettings("me.example", host(server.port))).run()
        assert server.heard == [f"NOOP me.example localhost {server.port}\r\n".encode()]


@pytest.mark.parametrize(
    ("expectation", "reply", "told_"),
    [
        ("< 250", b"250 ok\r\n", ()),
        ("< 2xx", b"251 ok\r\n", ()),
        ("< 250|550", b"550 no\r\n", ()),
        ("< not 250", b"550 no\r\n", ()),
        ("< any", b"550 no\r\n", ()),
        ("550 no such text", b"550 5.1.1 other\r\n", ()),
        ("550-a\n550 b", b"550 one line\r\n", ()),
        ("< 550 5.1.1|5.7.x", b"550 5.7.26 no\r\n", ()),
        ('< line "5.7.26"', b"550 5.7.26 no\r\n", ()),
        ("< 550", b"250 ok\r\n", ("F03 RCPT accepted, expected 550",)),
        ("< 250", b"550 no\r\n", ("F02 RCPT refused, expected 250",)),
        ("< not 2xx", b"250 ok\r\n", ("F03 RCPT accepted, expected not 2xx",)),
        ("< any", b"ok\r\n", ("F02 no reply code",)),
        ("< 250", b"2502 ok\r\n", ("F02 RCPT got no reply code, expected 250",)),
        ("< 550 5.1.1", b"550 no\r\n", ("F05 no enhanced code, expected 5.1.1",)),
        ("< 550 5.1.x", b"550 5.7.1 no\r\n", ("F05 enhanced code is 5.7.1, expected 5.1.x",)),
        ('< line "x"', b"250 ok\r\n", ('F07 line "x" not found',)),
        ("<~ 250", b"550 no\r\n", ("F02 RCPT refused, expected 250",)),
        ("< 550\n<~ 550 5.1.1", b"550 no\r\n", ("F05 no enhanced code, expected 5.1.1",)),
    ],
)
async def test_an_expectation_is_held_against_the_reply(
    expectation: str, reply: bytes, told_: tuple[str, ...]
) -> None:
    result = await run(f"RCPT TO:<a@b.example>\n{expectation}\n", told((b"RCPT", reply)))
    assert outcome(result) == told_
    failed = bool(told_) and "<~" not in expectation
    assert result.status is (ExitStatus.CHECK_FAILED if failed else ExitStatus.OK)


@pytest.mark.parametrize(
    ("terms", "told_"),
    [
        ("+SIZE +AUTH -STARTTLS", ()),
        ("+SIZE>=1000 +SIZE<=1k +AUTH=PLAIN -AUTH=CRAM-MD5", ()),
        ("+STARTTLS", ("F06 EHLO reply lacks STARTTLS",)),
        ("-AUTH", ("F06 EHLO reply has AUTH",)),
        ("+SIZE>=10M", ("F06 SIZE is 1000, expected >= 10485760",)),
        ("+AUTH=CRAM-MD5", ("F06 EHLO reply lacks AUTH CRAM-MD5",)),
        ("-AUTH=LOGIN", ("F06 EHLO reply has AUTH LOGIN",)),
        ("+AUTH>=3", ("F06 EHLO reply lacks AUTH with a number",)),
        ("+STARTTLS -AUTH", ("F06 EHLO reply lacks STARTTLS; EHLO reply has AUTH",)),
    ],
)
async def test_keywords_of_the_hello_are_checked(terms: str, told_: tuple[str, ...]) -> None:
    assert outcome(await run(f"EHLO x\n< 250 {terms}\n", told(EHLO))) == told_


@pytest.mark.parametrize("place", [1, 2, 3])
async def test_a_keyword_is_found_wherever_it_stands(place: int) -> None:
    keywords = ["SIZE 1", "DSN"]
    keywords.insert(place - 1, "STARTTLS")
    lines = ["mx", *keywords]
    reply = "".join(f"250-{line}\r\n" for line in lines[:-1]) + f"250 {lines[-1]}\r\n"
    result = await run("EHLO x\n< 250 +STARTTLS\n", told((b"EHLO", reply.encode())))
    assert result.status is ExitStatus.OK


async def test_a_keyword_term_on_another_reply_is_a_miss_where_only_the_run_can_tell() -> None:
    result = await run(
        ":for verb in NOOP\n{{verb}}\n< 250 +SIZE\n:end\n", told((b"NOOP", b"250 ok\r\n"))
    )
    assert outcome(result) == ("F12 keyword term on a reply to another command than EHLO",)


async def test_size_without_a_limit_is_enough_for_any_size() -> None:
    server = told((b"EHLO", b"250-mx\r\n250 SIZE 0\r\n"))
    assert (await run("EHLO x\n< 250 +SIZE>=10M\n", server)).status is ExitStatus.OK


async def test_the_greeting_must_be_2xx_unless_something_else_is_expected() -> None:
    server: list[Step] = [Say(b"554 5.7.1 go away\r\n"), Hang()]
    assert outcome(await run("EHLO x\n", server)) == ("F01 greeting refused, expected 2xx",)
    assert (await run("< 554 5.7.1\n", server)).status is ExitStatus.OK
    assert outcome(await run("< 220\n", server)) == ("F01 greeting refused, expected 220",)


# -- messages


DATA = (b"DATA", b"354 go\r\n")
DOT = (b".\r\n", b"250 2.0.0 queued\r\n")


async def test_a_message_goes_out_octet_for_octet_with_its_dot() -> None:
    async with faults.serve(told(DATA, DOT)) as server:
        text = "DATA\n< 354\n:close\n# x\n..y\n\n{{client}} {{rcpt}}\n.\n< 250\n"
        settings = RunSettings("me.example", host(server.port))
        script = parse(text, "t.smtp")
        result = await Runner(Client(ConnectOptions(family=4)), script, settings).run()
        assert result.status is ExitStatus.OK
        body = b"".join(server.heard[1:])
    assert body == b":close\r\n# x\r\n..y\r\n\r\nme.example {{rcpt}}\r\n.\r\n"


async def test_braces_in_a_message_stay_with_expand_off() -> None:
    async with faults.serve(told(DATA, DOT)) as server:
        script = parse(":expand off\nDATA\n{{client}}\n.\n", "t.smtp")
        settings = RunSettings("me.example", host(server.port))
        await Runner(Client(ConnectOptions(family=4)), script, settings).run()
        assert server.heard[1] == b"{{client}}\r\n"


async def test_a_message_that_is_refused_is_not_sent() -> None:
    script = "DATA\n< any\nSubject: x\n.\n< 250\nQUIT\n< 221\n"
    async with faults.serve(told((b"DATA", b"503 no\r\n"), (b"QUIT", b"221 bye\r\n"))) as server:
        settings = RunSettings("me.example", host(server.port))
        client = Client(ConnectOptions(family=4))
        result = await Runner(client, parse(script, "t.smtp"), settings).run()
        assert server.heard == [b"DATA\r\n", b"QUIT\r\n"]
    assert result.status is ExitStatus.OK
    assert result.notes == ("line 3: no 354, so the message was not sent",)


@pytest.mark.parametrize(
    ("script", "told_"),
    [
        ("DATA\nx\n.\n", "F02 DATA refused, expected 354"),
        ("DATA\n< 354\nx\n.\n", "F02 DATA refused, expected 354"),
    ],
)
async def test_data_refused_against_expectation_fails(script: str, told_: str) -> None:
    result = await run(script, told((b"DATA", b"503 5.5.1 no\r\n")))
    assert outcome(result) == (told_,)


@pytest.mark.parametrize("marker", ["<", "<~"])
async def test_a_354_where_a_refusal_was_expected_ends_the_run_and_the_connection(
    marker: str,
) -> None:
    result = await run(f"DATA\n{marker} 503\nQUIT\n", told(DATA))
    assert outcome(result) == ("F03 DATA accepted, expected 503",)
    assert result.notes == ("closed, as the server is now waiting for a message",)


async def test_a_message_refused_at_its_end_fails() -> None:
    result = await run("DATA\nx\n.\nQUIT\n", told(DATA, (b".", b"554 5.7.1 spam\r\n")))
    assert outcome(result) == ("F04 no expectation, and message was refused",)


async def test_a_close_after_the_dot_says_that_the_message_may_be_there() -> None:
    server: list[Step] = [GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"."), Close()]
    (told_,) = outcome(await run("DATA\nx\n.\n", server))
    assert told_ == (
        "F10 the server closed the connection before a reply came; "
        "the message may have been accepted"
    )


async def test_a_counted_chunk_is_sent_with_its_octets() -> None:
    async with faults.serve(told((b"hello", b"250 ok\r\n"))) as server:
        script = parse("BDAT 7 LAST\nhello\n< 250\n", "t.smtp")
        settings = RunSettings("me.example", host(server.port))
        result = await Runner(Client(ConnectOptions(family=4)), script, settings).run()
        assert server.heard == [b"BDAT 7 LAST\r\n", b"hello\r\n"]
    assert result.status is ExitStatus.OK


async def test_lmtp_answers_once_for_each_recipient() -> None:
    async with PracticeServer() as server:
        target = Target(host(1).kind, "localhost", server.lmtp_port, dialect=Dialect.LMTP)
        text = (
            "LHLO x\nMAIL FROM:<>\nRCPT TO:<a@sandbox.test>\nRCPT TO:<b@sandbox.test>\n"
            "DATA\nSubject: x\n\nx\n.\n{}QUIT\n"
        )
        for under, checks in (("", 2), ("< 250\n", 2), ("< 250\n< 250\n", 2)):
            client = Client(ConnectOptions(family=4))
            script = parse(text.format(under), "t.smtp")
            result = await Runner(client, script, RunSettings("x", target)).run()
            assert result.status is ExitStatus.OK, result.failed
            ends = [check for check in result.checks if check.moment.phase.value == "body"]
            assert len(ends) == checks


# -- lines sent as they stand


async def test_lines_sent_as_they_stand_do_not_wait_for_replies() -> None:
    server: list[Step] = [
        GREETING, Hear(b"NOOP"), Hear(b"NOOP"), Say(b"250 one\r\n250 two\r\n"), Hang(),
    ]  # fmt: skip
    result = await run("> NOOP\n> NOOP\n< 220\n< 250\n< 250\n", server)
    assert result.status is ExitStatus.OK, result.failed
    assert [check.came.text for check in result.checks][1:] == ["250 one", "250 two"]


async def test_raw_octets_go_out_with_nothing_added() -> None:
    async with faults.serve([GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]) as server:
        script = parse('< 220\n:raw "NOOP\\x20x\\n"\n< 250\n', "t.smtp")
        settings = RunSettings("x", host(server.port))
        result = await Runner(Client(ConnectOptions(family=4)), script, settings).run()
        assert server.heard == [b"NOOP x\n"]
    assert result.status is ExitStatus.OK


# -- what nobody expected


async def test_a_reply_nobody_expected_fails_the_next_step() -> None:
    server: list[Step] = [
        GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n421 4.4.2 bye\r\n"), Hear(b"RCPT"), Hang(),
    ]  # fmt: skip
    result = await run("NOOP\nRCPT TO:<a@b.example>\n", server)
    assert outcome(result) == ("F09 unexpected 421 before RCPT (line 2)",)


async def test_a_close_nobody_expected_fails_the_next_sending_step_only() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Close()]
    slow = "NOOP\n:sleep 50ms\n"
    assert outcome(await run(f"{slow}QUIT\n", server)) == (
        "F10 connection closed before QUIT (line 3)",
    )
    assert (await run(slow, server)).status is ExitStatus.OK
    assert (await run(f"{slow}:close\n", server)).status is ExitStatus.OK
    assert (await run(f"{slow}< eof\n", server)).status is ExitStatus.OK


async def test_lines_that_meet_a_closing_connection_say_so() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"221 bye\r\n"), Close()]
    script = ":continue on\n< 220\n> NOOP\n< 250\n> NOOP\n:sleep 20ms\n> RSET\n"
    _, told_ = outcome(await run(script, server))
    assert told_.startswith("F10 connection closed before ")


async def test_why_the_connection_ended_is_told_with_it() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"x"), Reset()]
    result = await run("NOOP\n> x\n:sleep 50ms\nRSET\n", server)
    assert outcome(result) == ("F10 connection closed before RSET (line 4): connection reset",)


async def test_a_server_that_does_not_close_is_told() -> None:
    result = await run("NOOP\n< 250\n< eof\n", told((b"NOOP", b"250 ok\r\n421 more\r\n")))
    assert outcome(result) == ("F10 server did not close",)


async def test_replies_nobody_looked_at_are_listed() -> None:
    result = await run("NOOP\n:sleep 50ms\n", told((b"NOOP", b"250 ok\r\n421 bye\r\n")))
    assert result.status is ExitStatus.OK
    assert result.unread == ("421 bye",)


# -- time


async def test_a_reply_that_does_not_come_is_could_not_tell() -> None:
    result = await run("NOOP\n", told(), limit=0.1)
    assert outcome(result) == ("T05 no reply to NOOP within 100ms",)
    assert result.status is ExitStatus.CANNOT_TELL


async def test_half_a_reply_is_told_with_its_octets() -> None:
    result = await run("NOOP\n", told((b"NOOP", b"250-half")), limit=0.1)
    assert outcome(result) == ("T05 no reply to NOOP within 100ms (8 octets of one came)",)


async def test_timeout_sets_the_limit() -> None:
    result = await run(":timeout 50ms\nNOOP\n", told())
    assert outcome(result) == ("T05 no reply to NOOP within 50ms",)


async def test_the_reply_to_the_final_dot_may_take_longer() -> None:
    server: list[Step] = [
        GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"."), Pause(0.3), Say(b"250 ok\r\n"),
        Hang(),
    ]  # fmt: skip
    assert (await run("DATA\nx\n.\n", server, limit=0.15)).status is ExitStatus.OK


async def test_a_server_that_talks_for_ever_ends_with_a_message() -> None:
    server: list[Step] = [GREETING, Hear(b"EHLO"), Flood(b"250-x" + b"y" * 1000 + b"\r\n")]
    result = await run("EHLO x\n", server, limit=0.05)
    assert result.status is ExitStatus.CANNOT_TELL
    assert outcome(result)[0].startswith("T05 no reply to EHLO within 50ms")


async def test_a_reply_octet_by_octet_is_a_reply() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Drip(b"250-a\r\n250 b\r\n", 0.001), Hang()]
    assert (await run("NOOP\n< 250\n", server)).status is ExitStatus.OK


# -- connecting


async def test_a_silent_host_is_could_not_talk() -> None:
    result = await run("EHLO x\n", [Hang()])
    assert result.status is ExitStatus.CANNOT_TELL
    assert result.failed[0].id == "T03"
    assert "no greeting" in result.failed[0].message


async def test_a_name_that_leads_nowhere_is_told_apart_from_a_host_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def unknown(*_: object) -> None:
        raise LookupFailed("no such name")

    monkeypatch.setattr(net, "find_route", unknown)
    settings = RunSettings("x", host(25))
    result = await Runner(Client(ConnectOptions()), parse("NOOP\n", "t"), settings).run()
    assert [check.id for check in result.checks] == ["T01"]


async def test_an_empty_script_checks_nothing() -> None:
    result = await run("# only a comment\n", [Hang()])
    assert outcome(result) == ("N01 script is empty",)
    assert result.status is ExitStatus.NOTHING_CHECKED


async def test_connect_starts_again_with_a_greeting_to_check() -> None:
    server = told((b"NOOP", b"250 ok\r\n"))
    result = await run("NOOP\n:connect\n< 220\nNOOP\n", server)
    assert result.status is ExitStatus.OK
    assert len(result.checks) == 4


async def test_after_close_nothing_can_be_sent() -> None:
    result = await run("NOOP\n:close\nNOOP\n", told((b"NOOP", b"250 ok\r\n")))
    assert outcome(result) == ("F10 connection closed before NOOP (line 3)",)


async def test_a_target_from_outside_goes_before_the_one_in_the_file() -> None:
    result = await run(":connect [192.0.2.1]\nNOOP\n", told((b"NOOP", b"250 ok\r\n")))
    assert result.status is ExitStatus.OK
    assert result.notes[0].startswith(":connect [192.0.2.1] (line 1): using [localhost]:")


async def test_a_domain_is_undefined_where_the_target_is_a_host() -> None:
    result = await run("NOOP {{domain}}\n", told())
    assert outcome(result) == ('P07 variable "domain" has no value',)
    assert result.status is ExitStatus.SCRIPT_UNREADABLE


async def test_a_secret_is_sent_and_a_line_break_in_it_is_not() -> None:
    server = told((b"AUTH", b"235 ok\r\n"))
    script = ":secret pw\nAUTH PLAIN {{pw}}\n"
    assert (await run(script, server, secrets={"pw": "AGEAYg=="})).status is ExitStatus.OK
    broken = await run(script, server, secrets={"pw": "x\r\nQUIT"})
    assert outcome(broken) == ("F11 not sent: value contains a line break",)
    missing = await run(script, server)
    assert missing.status is ExitStatus.USAGE


# -- TLS


async def test_starttls_is_followed_by_a_handshake_and_a_bad_certificate_ends_the_run() -> None:
    async with PracticeServer() as server:
        text = "EHLO x\nSTARTTLS\n< 220\nEHLO x\n< 250 -STARTTLS\n"
        trusting = Client(ConnectOptions(verify=True, ca_file=str(server.ca_file)))
        settings = RunSettings("x", host(server.port))
        script = parse(text, "t.smtp")
        assert (await Runner(trusting, script, settings).run()).status is ExitStatus.OK
        strict = await Runner(Client(ConnectOptions(verify=True)), script, settings).run()
        assert strict.status is ExitStatus.CANNOT_TELL
        assert strict.failed[0].id == "T04"
        assert strict.failed[0].place.line == 2
        lax = parse(f":tls verify off\n{text}", "t.smtp")
        result = await Runner(Client(ConnectOptions(verify=True)), lax, settings).run()
        assert result.status is ExitStatus.OK


async def test_starttls_sent_as_it_stands_has_no_handshake() -> None:
    server = told((b"STARTTLS", b"220 go\r\n"))
    assert (await run("< 220\n> STARTTLS\n< 220\n", server)).status is ExitStatus.OK


# -- fragments, and being cut short


async def fragment(text: str, server: list[Step]) -> tuple[ScriptResult, Client]:
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4))
        await client.open(host(listening.port))
        script = parse(text, "paste", fragment=True)
        result = await run_fragment(client, script, RunSettings("x", timeout=2.0))
        phase = client.state.phase
        await client.close()
    assert phase is not Phase.CLOSED
    return result, client


async def test_a_fragment_implies_nothing_and_leaves_the_session_open() -> None:
    result, _ = await fragment("NOOP\nNOOP\n", told((b"NOOP", b"550 a\r\n"), (b"NOOP", b"250\r\n")))
    assert not result.stopped
    assert result.cases[0].sent == ("NOOP 550", "NOOP 250")


async def test_a_fragment_stops_at_the_first_miss() -> None:
    lines = "NOOP\n250 ok\nNOOP\n250 ok\nQUIT\n"
    result, _ = await fragment(lines, told((b"NOOP", b"250 a\r\n"), (b"NOOP", b"550 b\r\n")))
    assert (result.stopped, result.not_sent) == (4, 1)


async def test_a_fragment_whose_message_is_refused_stops() -> None:
    lines = "DATA\nSubject: x\n.\nQUIT\n"
    result, _ = await fragment(lines, told((b"DATA", b"503 no\r\n")))
    assert outcome(result) == ("F02 DATA refused, expected 354",)
    assert result.stopped == 1


async def test_a_fragment_may_end_inside_a_message() -> None:
    result, client = await fragment("DATA\nSubject: x\n", told(DATA))
    assert not result.failed
    assert client.last is not None
    assert client.last.after.phase is Phase.DATA


async def test_a_run_can_be_cancelled_and_still_tells_what_it_gave() -> None:
    noop: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"QUIT"), Hang()]
    async with faults.serve(noop) as server:
        settings = RunSettings("x", host(server.port))
        client = Client(ConnectOptions(family=4))
        runner = Runner(client, parse("NOOP\nQUIT\n", "t.smtp"), settings)
        async with asyncio.TaskGroup() as group:
            task = group.create_task(runner.run())
            await server.until_heard(b"QUIT")
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        assert client.state.phase is Phase.CLOSED
        assert [check.id for check in runner.result().checks] == ["", "", "T07"]
