"""Replies that no expectation takes are due behind the last expectation, once each and in order."""

from __future__ import annotations

from smtpprobe.script.language.matchers import Codes
from smtpprobe.script.language.steps import Group, Place
from smtpprobe.script.runner.owed_replies import DONE, Owed, OwedReplies, StepOutcome


def reply(line: int, code: str | None = "250") -> Owed:
    return Owed(Place(line), 4, None if code is None else Codes((code,)))


ONE, TWO, THREE = reply(1), reply(2), reply(3)
UNASKED = reply(4, None)


def test_without_expectations_all_are_due_at_once() -> None:
    assert OwedReplies().due(0, StepOutcome((ONE, TWO))) == (ONE, TWO)


def test_what_expectations_do_not_take_is_due_behind_the_last_of_them() -> None:
    owed = OwedReplies()
    assert owed.due(0, StepOutcome((ONE, TWO, THREE), Group(taking=1, last=2))) == ()
    assert owed.due(1, DONE) == ()
    assert owed.due(2, DONE) == (TWO, THREE)
    assert owed.due(2, DONE) == ()


def test_an_expectation_that_takes_no_reply_stands_for_one_all_the_same() -> None:
    owed = OwedReplies()
    owed.due(0, StepOutcome((ONE, TWO), Group(taking=0, last=1)))
    assert owed.due(1, DONE) == (TWO,)


def test_a_reply_of_which_nothing_is_implied_is_due_only_in_front_of_another() -> None:
    owed = OwedReplies()
    assert owed.due(0, StepOutcome((ONE, UNASKED, TWO, UNASKED))) == (ONE, UNASKED, TWO)
    assert owed.due(1, StepOutcome((UNASKED,))) == ()


def test_what_sends_nothing_is_owed_nothing() -> None:
    assert OwedReplies().due(5, StepOutcome((), Group(taking=1, last=1))) == ()
