"""Every message of a run that did not pass, produced by a server that behaves so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.net import clock
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, StartTls, Step
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.reports.failures import failure_lines
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner import handshakes
from smtpprobe.script.runner.run_settings import CertificateDays, RunSettings, TimeLimits
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.runner.timed_regex import timed_pattern
from tests.net.stage import server_side
from tests.script.runs import GREETING, block, host, outcome, run, told
from tests.servers import dns_zone

EHLO = (b"EHLO", b"250-mx.example\r\n250-SIZE 1000\r\n250 AUTH PLAIN LOGIN\r\n")
NOOP = (b"NOOP", b"250 ok\r\n")
DATA = (b"DATA", b"354 go\r\n")
REFUSED = (b"RCPT", b"550 5.7.1 no\r\n")
RCPT = "RCPT TO:<a@b.example>\n"


@dataclass(frozen=True)
class Story:
    """A script, the server it meets, and what is told; `id` first."""

    script: str
    server: list[Step]
    told: str
    status: ExitStatus = ExitStatus.CHECK_FAILED
    limit: float | None = 2.0


def dropped(*after: tuple[bytes, bytes]) -> list[Step]:
    """A server that closes the connection behind its last answer."""
    return [*told(*after)[:-1], Close()]


FAILURES = [
    Story("EHLO x\n", [Say(b"554 no\r\n"), Hang()], "F01 greeting refused, expected 2xx"),
    Story("< 220\n", [Say(b"421 no\r\n"), Hang()], "F01 greeting refused, expected 220"),
    Story(f"{RCPT}< 250\n", told(REFUSED), "F02 RCPT refused, expected 250"),
    Story("DATA\n.\n", told((b"DATA", b"451 later\r\n")), "F02 DATA refused, expected 354"),
    Story(f"{RCPT}< 5xx\n", told((b"RCPT", b"250 ok\r\n")), "F03 RCPT accepted, expected 5xx"),
    Story("DATA\n< 550\n", told(DATA), "F03 DATA accepted, expected 550"),
    Story(RCPT, told(REFUSED), "F04 no expectation, and RCPT was refused"),
    Story(f"{RCPT}< 550 5.1.1\n", told(REFUSED), "F05 enhanced code is 5.7.1, expected 5.1.1"),
    Story("NOOP\n< 250 2.0.0\n", told(NOOP), "F05 no enhanced code, expected 2.0.0"),
    Story("EHLO x\n< 250 +STARTTLS\n", told(EHLO), "F06 EHLO reply lacks STARTTLS"),
    Story("EHLO x\n< 250 -AUTH\n", told(EHLO), "F06 EHLO reply has AUTH"),
    Story("EHLO x\n< 250 +SIZE>=2k\n", told(EHLO), "F06 SIZE is 1000, expected >= 2048"),
    Story('NOOP\n< 250 "no"\n', told(NOOP), 'F07 text "no" not found'),
    Story('NOOP\n< 250 not "ok"\n', told(NOOP), 'F07 text "ok" found'),
    Story("NOOP\n< 250 /[0-9]/\n", told(NOOP), "F07 text /[0-9]/ not found"),
    Story(
        "NOOP\n< 250 within 100ms\n",
        [GREETING, Hear(b"NOOP"), Pause(0.25), Say(b"250 ok\r\n"), Hang()],
        "F08 reply came after 0.3s, limit 100ms",
    ),
    Story("NOOP\n< 250 within 50ms\n", told(), "F08 no reply to NOOP within 50ms", limit=0.02),
    Story(
        "NOOP\n< 250\n:sleep 40ms\nRSET\n",
        told((b"NOOP", b"250 ok\r\n421 4.3.2 bye\r\n")),
        "F09 unexpected 421 before RSET (line 4)",
    ),
    Story("< 220\n< none for 1s\n", [Say(b"220 a\r\n220 b\r\n"), Hang()],
          "F09 unexpected 220, expected silence for 1s"),
    Story("NOOP\n:sleep 40ms\nQUIT\n", dropped(NOOP), "F10 connection closed before QUIT (line 3)"),
    Story("NOOP\n< 250\n< eof\n", told((b"NOOP", b"250 a\r\n250 b\r\n")),
          "F10 server did not close"),
    Story(
        ":continue on\nNOOP\n< any /(?<id>queued as [A-Z]+)/\nRSET {{id}}\n",
        told(NOOP),
        'F11 not sent: variable "id" was not captured (line 3 did not match)',
    ),
    Story("NOOP\n< 250\n:assert reply.code == 251\n", told(NOOP),
          "F12 assertion failed: reply.code is 250"),
    Story("NOOP\n< 250\n| no\n", told(NOOP), "F12 reply lines differ"),
    Story("NOOP\n< 250 lines=2\n", told(NOOP), "F12 the reply has 1 lines, expected 2"),
]  # fmt: skip

UNTOLD = [
    Story("NOOP\n", [Hang()], "T03 no greeting within 0.3s"),
    Story("NOOP\n", told(), "T05 no reply to NOOP within 50ms", limit=0.05),
    Story(":hold\nNOOP\n:flush\n< 250\n< 250\n", told(NOOP),
          "T05 no reply within 50ms, and none is due: everything sent has been "
          "answered", limit=0.05),
    Story("NOOP\n:assert tls.ok\n", told(NOOP),
          "T06 tls.ok is unknown: no handshake on this connection"),
    Story("NOOP\n:assert ehlo.size > 5\n", told(NOOP),
          "T06 ehlo.size is unknown: no EHLO has been accepted on this "
          "connection yet"),
    Story(":data /no/such/file\n", told(DATA),
          "T07 I/O error: No such file or directory"),
]  # fmt: skip

NOTHING = [
    Story("# nothing\n", told(), "N01 script is empty"),
    Story(":require CHUNKING\nEHLO x\nMAIL FROM:<>\n", told(EHLO),
          "N02 skipped: server does not offer CHUNKING"),
]  # fmt: skip

STORIES = [
    *FAILURES,
    *(replace(story, status=ExitStatus.CANNOT_TELL) for story in UNTOLD),
    *(replace(story, status=ExitStatus.NOTHING_CHECKED) for story in NOTHING),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.told[:40])
async def test_what_goes_wrong_is_told_with_its_id_and_exit_code(story: Story) -> None:
    result = await run(story.script, story.server, limit=story.limit)
    assert story.told in outcome(result)
    assert result.status is story.status


async def test_the_help_of_a_refusal_nobody_expected_says_what_to_write() -> None:
    result = await run("NOOP\n", told((b"NOOP", b"530 5.7.0 STARTTLS first\r\n")))
    assert result.failed[0].why.help == (
        'a command without a "<" line must get 2xx or 3xx; if 530 is right, write "< 530"',
    )


async def test_a_message_that_got_no_reply_may_have_been_accepted() -> None:
    server = [*told(DATA)[:-1], Hear(b"."), Hang()]
    result = await run("DATA\nx\n.\n< 250 within 50ms\n", server, limit=0.02)
    assert outcome(result) == (
        "F08 no reply to the end of the message within 50ms; the message may have been accepted",
    )


async def test_a_message_has_ten_minutes_and_then_nobody_can_tell() -> None:
    assert RunSettings().message_timeout == 600
    server = [*told(DATA)[:-1], Hear(b"."), Hang()]
    limits = RunSettings("x", timeout=0.05, message_timeout=0.1)
    result = await settled("DATA\nx\n.\n< 250\n", server, limits)
    assert outcome(result) == (
        "T05 no reply to the end of the message within 100ms; the message may have been accepted",
    )
    assert result.status is ExitStatus.CANNOT_TELL


async def test_a_value_with_a_line_break_is_not_sent() -> None:
    script = ":secret pw\nNOOP {{pw}}\n"
    result = await run(script, told(NOOP), secrets={"pw": "x\r\nQUIT"})
    assert outcome(result) == ("F11 not sent: value contains a line break",)


async def settled(text: str, server: list[Step], settings: RunSettings) -> ScriptResult:
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4))
        script = parse(text, "t.smtp", compile_regex=timed_pattern)
        settings = settings._replace(target=host(listening.port))
        return await Runner(client, script, settings).run()


async def test_a_script_that_took_too_long_fails_or_warns() -> None:
    for limits, status in (
        (TimeLimits(failure=0.02), ExitStatus.CHECK_FAILED),
        (TimeLimits(warning=0.02), ExitStatus.OK),
    ):
        result = await settled("NOOP\n:sleep 60ms\n", told(NOOP), RunSettings("x", time=limits))
        (said,) = outcome(result)
        assert said.startswith("F13 total time 0.1s, limit 0.02s")
        assert result.status is status


@pytest.mark.parametrize(
    ("days", "limit", "status"),
    [((9, 3), 3, ExitStatus.CHECK_FAILED), ((9, 2), 9, ExitStatus.OK), ((2, 1), 0, ExitStatus.OK)],
)
async def test_a_certificate_that_ends_soon_fails_or_warns(
    days: tuple[int, int], limit: int, status: ExitStatus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[datetime] = []
    real = clock.now

    def soon() -> datetime:
        return ends[0] - timedelta(days=2, hours=1) if ends else real()

    async with PracticeServer() as server:
        options = ConnectOptions(ca_file=str(server.ca_file), verify=True)
        settings = RunSettings("x", host(server.port), days=CertificateDays(*days))
        script = parse("EHLO x\nSTARTTLS\n< 220\nEHLO x\n", "t.smtp")
        first = await Runner(Client(options), script, settings).run()
        assert first.cases[0].not_after is not None
        ends.append(first.cases[0].not_after)
        monkeypatch.setattr("smtpprobe.script.runner.connection.Handshakes", _at(soon))
        result = await Runner(Client(options), script, settings).run()
    expected = (f"F13 certificate expires in 2 days, limit {limit}",) if limit else ()
    assert outcome(result) == expected
    assert result.status is status


def _at(now: object) -> object:
    def made(ledger: object, _now: object, days: object) -> handshakes.Handshakes:
        return handshakes.Handshakes(ledger, now, days)  # type: ignore[arg-type]

    return made


# -- no connection


ZONE = """
null     MX 0 .
two      A 127.0.0.2
two      A 127.0.0.3
mail     MX 10 two
noaddr   TXT "nothing to dial"
"""
FAULTS = dns_zone.Faults(servfail={"broken.lab.test"}, silent={"mute.lab.test"})


@pytest.fixture(scope="module")
def resolver() -> Iterator[str]:
    with dns_zone.serving({"lab.test": ZONE}, FAULTS) as server:
        yield f"{server.host}:{server.port}"


async def reached(target: Target, resolver: str, text: str = "NOOP\n") -> ScriptResult:
    client = Client(ConnectOptions(family=4, resolver=resolver, greeting_timeout=0.1))
    return await Runner(client, parse(text, "t.smtp"), RunSettings("x", target)).run()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.lab.test", "no such name (NXDOMAIN)"),
        ("broken.lab.test", "the DNS server failed (SERVFAIL)"),
        ("noaddr.lab.test", "no MX record, and no address: "),
    ],
)
async def test_a_name_that_does_not_resolve_is_told(name: str, reason: str, resolver: str) -> None:
    result = await reached(parse_target(name), resolver)
    (said,) = outcome(result)
    assert said.startswith(f"T01 cannot resolve {name}: {reason}")
    assert result.status is ExitStatus.CANNOT_TELL


async def test_a_domain_that_takes_no_mail_is_nothing_to_check(resolver: str) -> None:
    result = await reached(parse_target("null.lab.test"), resolver)
    assert outcome(result) == ("N03 null.lab.test accepts no mail (null MX, RFC 7505)",)
    assert result.status is ExitStatus.NOTHING_CHECKED


async def test_each_address_that_was_dialled_is_told(resolver: str) -> None:
    async with faults.serve([Hang()], host="127.0.0.3") as silent:
        target = parse_target("two.lab.test:25")._replace(port=silent.port)
        result = await reached(target, resolver)
    lines = rendered(failure_lines(result, result.failed[0]), colour=False).splitlines()
    assert lines[0] == f"error: cannot connect to two.lab.test:{silent.port}"
    assert sorted(lines[1:]) == [  # in the order of the resolver
        "   127.0.0.2  connection refused",
        (
            "   127.0.0.3  no greeting within 0.1s "
            "(RFC 5321 4.5.3.2.1 allows five minutes: use --greeting-timeout 5m)"
        ),
    ]
    assert result.failed[0].id == "T02"
    (check,) = result.failed
    assert check.message.startswith(f"{check.why.text}: 127.0.0.")
    assert "; 127.0.0." in check.message


async def test_a_silent_server_is_told_with_what_the_standard_allows() -> None:
    result = await run("NOOP\n", [Hang()])
    assert result.failed[0].why.help == (
        "RFC 5321 4.5.3.2.1 allows a server five minutes: use --greeting-timeout 5m",
    )


async def test_the_place_of_a_connect_that_failed_is_told(resolver: str) -> None:
    target = parse_target("two.lab.test:25")._replace(port=1)
    result = await reached(target, resolver, ":connect\nNOOP\n")
    lines = rendered(failure_lines(result, result.failed[0]), colour=False).splitlines()
    assert lines[3].split()[:2] == ["-->", "t.smtp:1:1"]


# -- handshakes


def upgraded(*after: Step) -> list[Step]:
    return [GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), *after]


async def secured(server: list[Step], target: str = "localhost", **options: object) -> str:
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4, **options))  # type: ignore[arg-type]
        where = parse_target(f"[{target}]")._replace(port=listening.port)
        settings = RunSettings("x", where, timeout=5.0)
        result = await Runner(client, parse("STARTTLS\nNOOP\n", "t.smtp"), settings).run()
    assert result.status is ExitStatus.CANNOT_TELL
    (said,) = outcome(result)
    return said


async def test_a_handshake_that_hangs_is_told() -> None:
    said = await secured(upgraded(Hang()), handshake_timeout=0.1)
    assert said == "T04 TLS handshake failed after STARTTLS: not finished within 0.1s"


async def test_a_chain_that_is_not_trusted_is_told() -> None:
    said = await secured(upgraded(StartTls(server_side()), Hang()), verify=True)
    assert said.startswith("T04 TLS handshake failed after STARTTLS: chain not trusted: ")


async def test_a_name_that_does_not_match_is_told() -> None:
    async with PracticeServer() as server:
        options = ConnectOptions(
            family=4, verify=True, ca_file=str(server.ca_file), sni="other.example"
        )
        settings = RunSettings("x", host(server.port))
        script = parse("EHLO x\nSTARTTLS\nNOOP\n", "t.smtp")
        result = await Runner(Client(options), script, settings).run()
    (said,) = outcome(result)
    assert said.startswith(
        "T04 TLS handshake failed after STARTTLS: name mismatch: certificate is for "
    )
    assert said.endswith(", not other.example")


# -- the blocks of the design


async def test_a_refusal_is_shown_with_what_came_and_what_went_before() -> None:
    script = (
        "EHLO {{client}}\n< 250\nMAIL FROM:<a@client.example>\n"
        "RCPT TO:<bob@other.example>\n< 250 2.1.5\n"
    )
    server = told(
        (b"EHLO", b"250 mx1.example.net\r\n"),
        (b"MAIL", b"250 2.1.0 Ok\r\n"),
        (b"RCPT", b"554 5.7.1 <bob@other.example>: Relay access denied\r\n"),
    )
    result = await run(script, server)
    assert (
        block(result)
        == """\
fail: RCPT refused, expected 250
  --> t.smtp:5:3
   |
 4 | RCPT TO:<bob@other.example>
 5 | < 250 2.1.5
   |   ^^^ got 554
   |   - 250 2.1.5
   |   + 554 5.7.1 <bob@other.example>: Relay access denied
   |
   = meaning: permanent: this server does not relay mail for other.example from you
   = next: AUTH, if this is your submission server; else the MX of other.example; RSET; QUIT
   = sent so far: EHLO 250, MAIL 250, RCPT 554
"""
    )
    head = rendered(failure_lines(result, result.failed[0]), colour=False).splitlines()[1]
    assert head.index("localhost:") == 55
    assert head.endswith("s")


async def test_a_text_that_is_not_there_is_shown_as_it_was_looked_for() -> None:
    server = told((b"EHLO", b"250-mx1.example.net\r\n250 PIPELINING\r\n"))
    result = await run('# hello\nEHLO {{client}}\n< 250 "{{client}}"\n', server)
    assert (
        block(result)
        == """\
fail: text "client.example" not found
  --> t.smtp:3:7
   |
 2 | EHLO client.example
 3 | < 250 "client.example"
   |       ^^^^^^^^^^^^^^^^
   |   250-mx1.example.net
   |   250 PIPELINING
   |
   = source: < 250 "{{client}}"
"""
    )


async def test_keywords_are_shown_with_what_was_announced() -> None:
    server = told((b"EHLO", b"250-mx1.example.net\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n"))
    result = await run("# 1\n# 2\n# 3\nEHLO {{client}}\n< 250 +STARTTLS -AUTH\n", server)
    assert (
        block(result)
        == """\
fail: EHLO reply lacks STARTTLS; EHLO reply has AUTH
  --> t.smtp:5:7
   |
 4 | EHLO client.example
 5 | < 250 +STARTTLS -AUTH
   |       ^^^^^^^^^ not announced
   |                 ^^^^^ announced: AUTH PLAIN LOGIN
   |   250-mx1.example.net
   |   250-PIPELINING
   |   250 AUTH PLAIN LOGIN
   |
   = meaning: passwords are accepted in plaintext: AUTH PLAIN and LOGIN only encode them in base64
"""
    )


def test_every_id_of_a_run_has_its_story_or_a_test_of_its_own() -> None:
    here = {story.told[:3] for story in STORIES} | {"F13", "F14", "T01", "T02", "T04", "N03"}
    wanted = {f"F{number:02}" for number in range(1, 15)}
    wanted |= {f"T{number:02}" for number in range(1, 8)} | {"N01", "N02", "N03"}
    assert here == wanted


async def test_what_a_server_said_before_drives_no_terminal_when_it_is_looked_for() -> None:
    script = 'NOOP\n< 250 /(?<said>x.*)/\nNOOP\n< 250 2.0.0 "{{said}}"\n'
    server = told((b"NOOP", b"250 x\x1b[2J\r\n"), (b"NOOP", b"250 ok\r\n"))
    result = await run(script, server)
    shown_ = block(result)
    assert "\x1b" not in shown_
    assert r'- 250 2.0.0 "x\x1b[2J"' in shown_


@pytest.mark.parametrize(("width", "lines"), [(100, 1), (60, 2), (None, 1)])
async def test_who_was_talked_to_has_a_line_of_its_own_where_there_is_no_room(
    width: int | None, lines: int
) -> None:
    result = await run("NOOP\n< 550\n", told(NOOP))
    shown_ = rendered(failure_lines(result, result.failed[0], width=width), colour=False)
    first = shown_.splitlines().index("   |")
    assert first == lines + 1
    assert "localhost:" in shown_.splitlines()[lines]


async def test_an_address_that_stands_in_the_message_is_not_told_again(resolver: str) -> None:
    target = parse_target("[127.0.0.9]")._replace(port=1)
    result = await reached(target, resolver)
    (check,) = result.failed
    assert check.message == "cannot connect to 127.0.0.9:1: connection refused"
    assert rendered(failure_lines(result, check), colour=False) == (
        "error: cannot connect to 127.0.0.9:1\n   connection refused\n"
    )


async def test_the_time_limit_is_for_all_cases_together() -> None:
    server = [GREETING, Hear(b"NOOP"), Pause(0.06), Say(b"250 ok\r\n"), Hang()]
    text = ':case "one"\nNOOP\n:case "two"\nNOOP\n'
    async with faults.serve(server) as listening:
        limits = TimeLimits(warning=None, failure=0.1)
        settings = RunSettings("x", host(listening.port), 5.0, time=limits)
        client = Client(ConnectOptions(family=4))
        result = await Runner(client, parse(text, "t.smtp"), settings).run()
    assert [case.status for case in result.cases] == [ExitStatus.OK, ExitStatus.CHECK_FAILED]
    assert result.failed[0].message.startswith("total time 0.")


async def test_a_keyword_is_missed_in_the_whole_list() -> None:
    keywords = [f"KEYWORD{number}" for number in range(40)]
    reply = "".join(f"250-{word}\r\n" for word in ("mx", *keywords)) + "250 HELP\r\n"
    result = await run("EHLO x\n< 250 +STARTTLS\n", told((b"EHLO", reply.encode())))
    assert all(f"250-{word}\n" in block(result) for word in keywords)
    assert "more lines" not in block(result)
