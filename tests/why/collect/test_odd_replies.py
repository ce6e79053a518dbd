"""Replies too many, or with two codes: told as what they are, with what to do about it."""

from __future__ import annotations

import json

import pytest

from smtpprobe.why.diagnose.diagnose import diagnose
from smtpprobe.why.reports.json_report import json_report
from smtpprobe.why.reports.lines import trial_lines
from tests.why.collect.peer import Peer, sought
from tests.why.test_hostile import assert_readable

MX = ("198.51.100.1", 25)
TAKEN_BACK = b"250 2.1.5 ok\r\n550 5.7.1 no\r\n"


@pytest.mark.parametrize("verb", [b"MAIL", b"RCPT", b"EHLO"])
async def test_an_unsolicited_reply_is_out_of_step_and_not_another_protocol(verb: bytes) -> None:
    hello = b"250 mx.there.test\r\n550 5.7.1 no\r\n"
    known, _ = await sought({MX: [Peer({verb: hello if verb == b"EHLO" else TAKEN_BACK})]})
    verdict = diagnose(known)
    found = (verdict.cause.id, verdict.who.value, int(verdict.status))
    assert found == ("out-of-step", "recipient", 4)
    assert "550 5.7.1 no" in verdict.title
    assert any("'[198.51.100.1]:25'" in step for step in verdict.now)
    assert_readable(known)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({b"EHLO": b"250 mx\r\n250 and more\r\n"}, "before MAIL comes an unsolicited 250 and more"),
        ({b"RCPT": b"250 ok\r\n550 5.7.1 no\r\n"}, "250 ok, and unsolicited 550 5.7.1 no"),
        ({b"RCPT": b"250 ok\r\n250 ok\r\n"}, "to RCPT it says 250 ok, and unsolicited 250 ok"),
    ],
)
async def test_the_reply_on_top_is_quoted(answers: dict[bytes, bytes], shown: str) -> None:
    known, _ = await sought({MX: [Peer(answers)]})
    verdict = diagnose(known)
    assert (verdict.cause.id, int(verdict.status)) == ("out-of-step", 4)
    assert shown in verdict.title


@pytest.mark.parametrize(
    ("answers", "beside"),
    [
        ({b"RCPT": b"550-no\r\n250 2.1.5 ok\r\n"}, "its reply to RCPT has lines with different"),
        ({b"EHLO": b"550-no\r\n250 SIZE 10\r\n"}, "its reply to EHLO has lines with different"),
    ],
)
async def test_a_reply_whose_lines_have_two_codes_is_told_beside_an_acceptance(
    answers: dict[bytes, bytes], beside: str
) -> None:
    known, _ = await sought({MX: [Peer(answers)]})
    verdict = diagnose(known)
    assert verdict.cause.id == "accepted"
    (told,) = (one for one in verdict.beside if beside in one)
    assert "(550, 250)" in told
    assert_readable(known)


async def test_the_codes_of_such_a_reply_are_in_its_line_and_in_json() -> None:
    known, _ = await sought({MX: [Peer({b"RCPT": b"250-ok\r\n550 5.1.1 no\r\n"})]})
    verdict = diagnose(known)
    assert int(verdict.status) != 0
    assert any("(250, 550)" in one for one in verdict.beside)
    (line,) = trial_lines(known.trials[0], known)
    assert "codes 250, 550" in line[-1].text
    trial = json.loads(json_report(known, verdict))["trials"][0]
    assert trial["reply"]["codes"] == [250, 550]


async def test_a_reply_with_one_code_has_no_codes_in_json() -> None:
    known, _ = await sought({MX: [Peer({})]})
    trial = json.loads(json_report(known, diagnose(known)))["trials"][0]
    assert "codes" not in trial["reply"]
