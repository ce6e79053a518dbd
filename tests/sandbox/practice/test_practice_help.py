"""HELP teaches: it names everything there is to practise, and what it names is there."""

from __future__ import annotations

import re

import pytest

from smtpprobe.sandbox.practice.help_texts import CLIENT_NAMES, CODED_FORMS, LESSON, commands
from smtpprobe.sandbox.practice.login import REFUSED_USERS
from smtpprobe.sandbox.practice.recipients import SPECIALS
from smtpprobe.sandbox.practice.session import HANDLERS
from smtpprobe.sandbox.practice.state import Service
from tests.sandbox.rehearsal import Rehearsal, in_transaction


def test_help_names_every_practice_recipient_user_and_client_name() -> None:
    text = Rehearsal().last("HELP")
    assert all(f"<{name}@>" in text for name in SPECIALS)
    for user, (code, enhanced, _) in REFUSED_USERS.items():
        assert f"{user} {code} {enhanced}" in text
    assert all(name in text for name, _ in CLIENT_NAMES)
    assert "probe@sandbox.test password practice" in text


def test_every_line_of_help_is_a_reply_line_within_the_limit() -> None:
    for line in Rehearsal().last("HELP").splitlines():
        assert re.match(r"214[- ]2\.0\.0 ", line)
        assert len(line) + 2 <= 512


@pytest.mark.parametrize("service", Service)
def test_help_explains_every_command_it_names_and_no_other(service: Service) -> None:
    for verb in HANDLERS:
        reply = Rehearsal(service).last(f"HELP {verb.lower()}")
        assert reply.startswith("214" if verb in commands(service) else "504")


@pytest.mark.parametrize("name", SPECIALS)
def test_help_explains_a_recipient(name: str) -> None:
    assert SPECIALS[name].summary in Rehearsal().last(f"HELP <{name}@sandbox.test>")


@pytest.mark.parametrize("form", [form for form, _ in CODED_FORMS])
def test_the_forms_that_help_shows_are_accepted_or_answered_as_they_say(form: str) -> None:
    reply = "".join(in_transaction().lines(f"RCPT TO:<{form}>"))
    expected = "250" if form.startswith(("data-", "afterdot-")) else form[:3]
    assert reply.startswith(expected)


def test_lmtp_help_is_silent_about_logins() -> None:
    text = Rehearsal(Service.LMTP).last("HELP")
    assert "Login" not in text
    assert " LHLO " in text


@pytest.mark.parametrize("service", [Service.SMTP, Service.LMTP])
def test_the_lesson_of_help_works_when_it_is_typed(service: Service) -> None:
    rehearsal = Rehearsal(service)
    text = [line[len("214-2.0.0 ") :] for line in rehearsal.last("HELP").splitlines()]
    begin = next(number for number, line in enumerate(text) if line.startswith("A first delivery"))
    typed = [line.strip() for line in text[begin + 1 : begin + len(LESSON)]]
    lines = [line for line in typed if not line.startswith("(")]
    replies = rehearsal.lines(*lines[:-1], "", "hello", ".", lines[-1])
    assert [reply[:3] for reply in replies] == ["250", "250", "250", "354", "250", "221"]
