"""The record that would let our address send, as the owner of the zone copies it."""

from __future__ import annotations

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
