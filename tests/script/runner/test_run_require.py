"""`:require`: where it is decided, and what a skip comes to."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Hang, Hear, Say, StartTls, Step
from smtpprobe.sandbox.throwaway_ca import Certificate, server_context
from smtpprobe.script.results.check import Outcome
from tests.script.runs import GREETING, heard, outcome, run, told


def hello(*keywords: str, verb: bytes = b"EHLO") -> tuple[bytes, bytes]:
    lines = ["mx.example", *keywords]
    texts = [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]
    return verb, "".join(f"{text}\r\n" for text in texts).encode()


OK = b"250 ok\r\n"
MAIL = (b"MAIL", OK)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    ca_file = tmp_path_factory.mktemp("tls") / "ca.pem"
    return server_context(Certificate.GOOD, ca_file), ca_file


async def test_a_keyword_that_is_there_lets_the_case_go_on() -> None:
    result = await run(":require DSN\nEHLO x\nMAIL FROM:<>\n", told(hello("DSN"), MAIL))
    assert result.status is ExitStatus.OK


async def test_a_keyword_that_is_missing_skips_before_the_hello_is_judged() -> None:
    script = ":require DSN\nEHLO x\n< 250 +CHUNKING\nMAIL FROM:<>\n"
    result, lines = await heard(script, told(hello("SIZE"), MAIL))
    assert outcome(result) == ("N02 skipped: server does not offer DSN",)
    assert lines == [b"EHLO x\r\n"]
    assert result.status is ExitStatus.NOTHING_CHECKED
    assert result.counted == ()


async def test_it_may_stand_anywhere_in_its_case() -> None:
    script = "EHLO x\nMAIL FROM:<>\n:require DSN\n"
    result, lines = await heard(script, told(hello("SIZE"), MAIL))
    assert result.status is ExitStatus.NOTHING_CHECKED
    assert len(lines) == 1


async def test_of_several_keywords_each_is_needed() -> None:
    script = ":require SIZE DSN\nEHLO x\n"
    assert outcome(await run(script, told(hello("SIZE")))) == (
        "N02 skipped: server does not offer DSN",
    )


async def test_another_hello_above_the_first_mail_decides() -> None:
    script = ":require DSN\nEHLO x\nEHLO y\nMAIL FROM:<>\nEHLO z\n"
    server = told(hello("SIZE"), hello("DSN"), MAIL, hello("SIZE"))
    assert (await run(script, server)).status is ExitStatus.OK


@pytest.mark.parametrize("line", ["VRFY x", "EXPN x", "ETRN x", "AUTH PLAIN", "BDAT 0 LAST"])
async def test_other_commands_of_an_envelope_or_login_decide_as_mail_does(line: str) -> None:
    script = f":require DSN\nEHLO x\n{line}\nEHLO y\n"
    server = told(hello("SIZE"), (line.encode(), OK), hello("DSN"))
    assert outcome(await run(script, server)) == ("N02 skipped: server does not offer DSN",)


async def test_lhlo_decides_for_lmtp() -> None:
    server = told(hello("SIZE", verb=b"LHLO"))
    assert outcome(await run(":require DSN\nLHLO x\n", server)) == (
        "N02 skipped: server does not offer DSN",
    )


async def test_a_hello_that_is_refused_is_judged_and_not_skipped() -> None:
    server = told((b"EHLO", b"550 no\r\n"))
    result = await run(":require DSN\nEHLO x\n", server)
    assert outcome(result) == ("F04 no expectation, and EHLO was refused",)
    assert result.status is ExitStatus.CHECK_FAILED


async def test_a_keyword_announced_only_inside_tls_is_found_there(
    tls: tuple[ssl.SSLContext, Path],
) -> None:
    context, ca_file = tls
    script = ":require AUTH\nEHLO x\nSTARTTLS\nEHLO x\nMAIL FROM:<>\n"
    for inside, status in (("AUTH PLAIN", ExitStatus.OK), ("DSN", ExitStatus.NOTHING_CHECKED)):
        server: list[Step] = [
            *told(hello("STARTTLS"), (b"STARTTLS", b"220 go\r\n"))[:-1], StartTls(context),
            *told(hello(inside), MAIL)[1:],
        ]  # fmt: skip
        result, lines = await heard(script, server, ca_file=ca_file)
        assert result.status is status, outcome(result)
        assert len(lines) == (4 if status is ExitStatus.OK else 3)


async def test_starttls_is_needed_by_its_own_step() -> None:
    script = ":require STARTTLS\nEHLO x\nSTARTTLS\n< 220\nEHLO x\n"
    result, lines = await heard(script, told(hello("SIZE")))
    assert outcome(result) == ("N02 skipped: server does not offer STARTTLS",)
    assert lines == [b"EHLO x\r\n"]


async def test_what_begins_the_session_anew_is_needed_above_itself() -> None:
    script = ":require XCLIENT\nEHLO x\nXCLIENT NAME=y\n< 220\nEHLO x\nMAIL FROM:<>\n"
    result, lines = await heard(script, told(hello("SIZE")))
    assert outcome(result) == ("N02 skipped: server does not offer XCLIENT",)
    assert lines == [b"EHLO x\r\n"]


async def test_a_message_that_the_server_fetches_needs_its_keyword_where_it_is_sent() -> None:
    script = ":require BURL\nEHLO x\nBURL imap://a.example/x LAST\n< any\nEHLO x\nMAIL FROM:<>\n"
    result, lines = await heard(script, told(hello("SIZE")))
    assert outcome(result) == ("N02 skipped: server does not offer BURL",)
    assert lines == [b"EHLO x\r\n"]


async def test_a_skipped_case_does_not_hide_what_the_others_found() -> None:
    script = ':require DSN\n:case "a"\nEHLO x\n:case "b"\nEHLO x\nMAIL FROM:<>\n'
    good = [GREETING, Hear(b"EHLO"), Say(hello("DSN")[1]), Hear(b"MAIL"), Say(OK), Hang()]
    result = await run(script, told(hello("SIZE")), good)
    assert [case.outcome for case in result.cases] == [Outcome.SKIP, Outcome.PASS]
    assert result.status is ExitStatus.OK


async def test_what_a_case_requires_is_not_required_of_the_next() -> None:
    script = ':case "a"\n:require DSN\nEHLO x\n:case "b"\nEHLO x\n'
    result = await run(script, told(hello("SIZE")), told(hello("SIZE")))
    assert [case.outcome for case in result.cases] == [Outcome.SKIP, Outcome.PASS]


async def test_a_hello_whose_reply_was_given_up_decides_nothing_any_more() -> None:
    script = ":require DSN\nEHLO x\n< none for 50ms\nEHLO x\nMAIL FROM:<>\n"
    silent: list[Step] = [GREETING, Hear(b"EHLO")]
    result, lines = await heard(script, [*silent, *told(hello("SIZE"), MAIL)[1:]])
    assert outcome(result) == ("N02 skipped: server does not offer DSN",)
    assert len(lines) == 2


async def test_a_piece_of_a_hello_does_not_decide() -> None:
    texts = b"".join(b"250-X%05d %s\r\n" % (number, b"x" * 80) for number in range(1000))
    long = texts + b"250 DSN\r\n"
    script = ':require DSN\nEHLO x\n< line "X00000"\n'
    result = await run(script, told((b"EHLO", long)))
    assert not [one for one in outcome(result) if one.startswith("N02")]
