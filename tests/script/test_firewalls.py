"""A firewall that rewrites SMTP is named in a script's report, whether or not something failed."""

from __future__ import annotations

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Hang, Hear, Say
from tests.script.runs import block, run

STARS = Say(b"220 ***********************2****0*********\r\n")
MASKED = (Hear(b"EHLO"), Say(b"250-mx\r\n250-SIZE 1000\r\n250 XXXXXXXA\r\n"))
HEARD = (Hear(b"EHLO"), Say(b'500 5.5.1 Command unrecognized: "XXXX x"\r\n'))
SWITCH_OFF = "can switch it off (Cisco: no inspect esmtp)"


async def test_a_masked_greeting_is_named_though_nothing_failed() -> None:
    result = await run("< 220\nEHLO x\n< 250\n", [STARS, Hear(b"EHLO"), Say(b"250 mx\r\n"), Hang()])
    assert result.status is ExitStatus.OK
    assert "a greeting of asterisks" in result.notes[0]
    assert SWITCH_OFF in result.notes[1]


async def test_a_masked_keyword_is_named_where_it_is_missed() -> None:
    result = await run("EHLO x\n< 250 +STARTTLS\n", [STARS, *MASKED, Hang()])
    assert result.status is ExitStatus.CHECK_FAILED
    assert "odd: XXXXXXXA: a keyword that a firewall's SMTP inspection masks" in block(result)
    assert len(result.notes) == 2, "told once, not for every reply"


async def test_a_command_that_was_written_over_is_named_under_its_refusal() -> None:
    result = await run("EHLO x\n< 250\n", [Say(b"220 mx ESMTP\r\n"), *HEARD, Hang()])
    shown = block(result)
    assert "= meaning: XXXX instead of the command" in shown
    assert SWITCH_OFF in shown


async def test_replies_that_are_only_loud_are_not_blamed_on_a_firewall() -> None:
    loud = Say(b"220 mx.example *** NO SPAM ***\r\n")
    result = await run("< 220\n", [loud, Hang()])
    assert result.notes == ()
