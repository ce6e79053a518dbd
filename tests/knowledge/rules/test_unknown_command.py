"""Replies whose command nobody recorded: what their code, their words and their form can mean."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.rules.unknown_command import commands_of
from smtpprobe.protocol.verbs import Context

C = Context


@pytest.mark.parametrize(
    ("reply", "title", "step"),
    [
        ("220 mx.example.net ESMTP", "Greeting", "EHLO your.host.name"),
        ("220 go ahead", "Ready", "EHLO, if it is the greeting"),
        ("250 2.0.0 Ok: queued as 4ABC12345", "Message accepted", "keep the id"),
        ("221 queued as 4ABC12345", "Goodbye", "read its text"),
        ("250-mx.example.net\n250 STARTTLS", "Hello accepted", "STARTTLS"),
        ("251-mx.example.net\n251 STARTTLS", "Will forward", "DATA"),
        ("250 ok", "Done", "continue with the next command"),
        ("251 will forward", "Will forward", "DATA, or another RCPT"),
        ("235 ok", "Logged in", "MAIL FROM"),
        ("354 go", "Send the message", "headers"),
        ("299 what", "Accepted", "read its text"),
        ("399 what", "More input wanted", "read its text"),
    ],
)
def test_a_code_without_its_command_means_what_is_left(reply: str, title: str, step: str) -> None:
    found = explain_reply(unfold(reply))
    assert found.title == title
    assert found.next_steps[0].text.startswith(step)


def test_a_code_that_nobody_defined_is_read_by_its_first_digit_and_says_so() -> None:
    meant = explain_reply(unfold("299 what")).meaning
    assert meant == "accepted, by its first digit; 299 is not a standard code"
    assert "by its first digit" in explain_reply(unfold("399 what")).meaning


@pytest.mark.parametrize(
    ("code", "contexts"),
    [
        (220, {C.CONNECT, C.STARTTLS, C.XCLIENT}),
        (221, {C.QUIT}),
        (235, {C.AUTH}),
        (251, {C.RCPT, C.VRFY, C.ETRN}),
        (354, {C.DATA}),
        (432, {C.AUTH}),
        (455, {C.MAIL, C.RCPT}),
        (521, {C.CONNECT}),
        (598, set()),
    ],
)
def test_the_usual_commands_of_a_code_are_those_of_the_standards_and_tables(
    code: int, contexts: set[Context]
) -> None:
    assert set(commands_of(code)) == contexts


def test_commands_come_in_their_usual_order_and_none_is_a_line_of_a_login() -> None:
    order = list(Context)
    for code in range(400, 600):
        found = commands_of(code)
        assert list(found) == sorted(found, key=order.index), code
        assert not {C.UNKNOWN, C.AUTH_STEP} & set(found), code


@pytest.mark.parametrize(
    ("context", "reply", "meaning"),
    [
        (None, "598 what", "refused: server gives no reason; class 5: permanent"),
        (C.AUTH_STEP, "598 what", "login refused: server gives no reason; class 5: permanent"),
        (C.UNKNOWN, "498 what", "command refused: server gives no reason; class 4: temporary"),
        (C.NOOP, "498 what", "NOOP refused: server gives no reason; class 4: temporary"),
    ],
)
def test_what_is_refused_is_called_by_its_name_where_it_has_one(
    context: Context | None, reply: str, meaning: str
) -> None:
    found = explain_reply(unfold(reply), context)
    assert found.meaning == meaning
    assert found.next_steps[0].text == ("retry later" if reply[0] == "4" else "read its text")
