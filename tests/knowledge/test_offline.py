"""Replies without a session: what is known is said, what is not known is not made up."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.verbs import Context
from tests.knowledge.test_laws import check


def told(text: str, context: Context | None = None, **known: str) -> str:
    return explain_reply(parse_reply(text.encode() + b"\r\n"), context, **known).meaning


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ("550 5.1.1 <u@x.example>: User unknown", Cause.UNKNOWN_RECIPIENT),
        ("550 No such user here", Cause.UNKNOWN_RECIPIENT),
        ("552 the mailbox is full", Cause.MAILBOX_FULL),
        ("554 5.7.1 <x@other.example>: Relay access denied", Cause.RELAY_DENIED),
        ("550 no", Cause.UNKNOWN),
        ("454 no", Cause.UNKNOWN),
        ("535 5.7.8 authentication failed", Cause.AUTH_FAILED),
        ("220 mx.example ESMTP Postfix", Cause.GREETING),
        ("250 2.0.0 Ok: queued as 4F1C2", Cause.ACCEPTED),
        ("354 go ahead", Cause.INTERMEDIATE),
        ("221 Bye", Cause.CLOSING),
        ("HTTP/1.1 400 Bad Request", Cause.PROTOCOL_VIOLATION),
    ],
)
def test_a_reply_alone_is_read_by_code_and_text(reply: str, cause: Cause) -> None:
    found = explain_reply(parse_reply(reply.encode() + b"\r\n"))
    check(found)
    assert found.cause is cause
    assert found.context is None
    assert found.next_steps


def test_a_command_that_is_not_known_is_not_called_unasked() -> None:
    for code in (250, 299, 354, 421, 454, 550, 571):
        assert "unasked" not in told(f"{code} words")


def test_the_commands_of_a_code_are_named_when_the_command_is_not_known() -> None:
    found = explain_reply(parse_reply(b"454 no\r\n"))
    assert found.details == (
        "the command is not known here; 454 is usual for STARTTLS, AUTH, RCPT",
    )
    assert explain_reply(parse_reply(b"454 no\r\n"), Context.STARTTLS).details == ()


def test_recipient_and_sender_are_used_where_they_are_known() -> None:
    relay = "554 5.7.1 Relay access denied"
    assert "for other.example" in told(relay, Context.RCPT, recipient="bob@other.example")
    assert "for that domain" in told(relay, Context.RCPT)
    assert "null sender" in told("550 no", Context.MAIL, sender="")
    assert "null sender" not in told("550 no", Context.MAIL)


@pytest.mark.parametrize("context", [*Context, None], ids=str)
def test_nothing_is_concluded_from_a_state_that_nobody_saw(context: Context | None) -> None:
    for code in (500, 501, 503, 504, 530, 535, 550, 554):
        meaning = told(f"{code} no", context)
        for guess in ("EHLO must come first", "already", "announce", "in clear", "TLS is already"):
            assert guess not in meaning, (code, meaning)


def test_steps_that_only_end_a_session_are_left_out() -> None:
    found = explain_reply(parse_reply(b"550 5.1.1 no such user\r\n"), Context.RCPT)
    assert not {"RSET", "QUIT"} & {step.text for step in found.next_steps}
    assert told("221 Bye", Context.QUIT) == "closed by agreement"


@pytest.mark.parametrize(
    "text", ["334 e2V2aWx9", "250-{evil}\n250 {domain}", "220 {evil} ESMTP {}"]
)
@pytest.mark.parametrize("context", [Context.AUTH, Context.EHLO, Context.CONNECT, None])
def test_braces_that_a_server_says_are_no_fields(text: str, context: Context | None) -> None:
    raw = text.replace("\n", "\r\n").encode() + b"\r\n"
    assert explain_reply(parse_reply(raw), context).meaning
