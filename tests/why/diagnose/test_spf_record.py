"""The record that would let our address send, as the owner of the zone copies it."""

from __future__ import annotations

import pytest

from smtpprobe.starttls.facts import Answer
from smtpprobe.why.causes import Who
from smtpprobe.why.facts import Fact, Purpose, Trial
from tests.why.diagnose.stage import OURS, no, trial, verdict

RECORD = '"v=spf1 ip4:192.0.2.1 mx -all"'
REFUSED = "550 5.7.23 SPF validation failed"


def test_the_step_has_the_record_of_the_zone_and_no_other_quotation_marks() -> None:
    spf = no("us.spf", result="fail", proposed=RECORD)
    found = verdict(trial(REFUSED), spf, OURS)
    assert found.cause.id == "spf-fail"
    assert f"let the record allow the address: here.test. TXT {RECORD}" in found.now


def test_without_a_record_to_propose_there_is_no_such_step() -> None:
    found = verdict(trial(REFUSED), no("us.spf", result="fail"), OURS)
    assert found.cause.id == "spf-fail"
    assert not [step for step in found.now if "TXT" in step]


IN_ERROR = no("us.spf", "here.test: permerror: two records", result="permerror")


@pytest.mark.parametrize("compared", [(), (trial("250 Ok", Purpose.NULL_SENDER),)])
def test_a_record_in_error_is_corrected_and_nobody_is_left_out_of_it(
    compared: tuple[Trial, ...],
) -> None:
    found = verdict(trial("550 5.7.24 SPF permanent error"), *compared, IN_ERROR, OURS)
    assert (found.cause.id, found.who, int(found.status)) == ("spf-invalid", Who.SENDER, 1)
    assert "correct it: here.test: permerror: two records" in found.now


def test_a_refusal_for_spf_that_passes_by_dns_is_not_said_to_fail() -> None:
    spf = Fact("us.spf", Answer.YES, value="pass", data=(("result", "pass"),))
    found = verdict(trial(REFUSED), spf, OURS)
    assert (found.cause.id, found.who) == ("spf-disputed", Who.UNKNOWN)


def test_an_accepted_sender_hears_of_a_record_in_error() -> None:
    assert IN_ERROR.value in verdict(trial("250 Ok"), IN_ERROR).beside
