"""Kinds of replies that people ask about in public, each with siblings of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.knowledge.annotation import Annotation, Cause, Retry
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.verbs import Context


def told(context: Context | None, text: str) -> Annotation:
    """Return what a reply means as the answer to a command, or to any."""
    return explain_reply(parse_reply(f"{text}\r\n".encode()), context)


def steps(annotation: Annotation) -> str:
    """Return the next steps in one line."""
    return "; ".join(step.text for step in annotation.next_steps)


ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("public_replies.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("cause", "command", "text"), ROWS)
def test_the_cause_is_the_reason_and_not_the_stock_phrase(
    cause: str, command: str, text: str
) -> None:
    context = None if command == "-" else Context[command]
    assert told(context, text).cause.value in cause.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "535 5.7.8 Error: authentication failed: looks like spam. http://ya.cc/sc=Abc",
        "535 5.7.8 Suspicious activity detected, unlock at http://ya.cc/sc=Abc",
        "454 Temporary authentication failure: your account is locked, http://ya.cc/sc=Abc",
    ],
)
def test_a_held_account_is_unlocked_and_not_tried_again(text: str) -> None:
    found = told(Context.AUTH_STEP, text)
    assert found.title == "Account held"
    assert found.provider is None
    assert found.retry is Retry.AFTER_CHANGE
    assert steps(found).startswith("see http://ya.cc/sc=Abc")
    assert "AUTH again" not in steps(found)


@pytest.mark.parametrize(
    "text",
    [
        "535 Login Fail. Please enter your authorization code to login",
        "535 5.7.8 authentication failed: this account needs an app password",
        "535 Error: 请使用授权码登录",
    ],
)
def test_an_app_password_is_made_at_the_provider(text: str) -> None:
    assert "settings at the provider" in steps(told(Context.AUTH_STEP, text))


def test_a_wrong_password_is_still_a_wrong_password_to_postfix() -> None:
    found = told(Context.AUTH_STEP, "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6")
    assert (found.cause, found.provider) == (Cause.AUTH_FAILED, "Postfix")
    assert "AUTH again" in steps(found)


def test_nobody_is_sent_to_a_blocklist_that_no_reply_names() -> None:
    found = told(Context.RCPT, "550 <jo@example.org> sender is blacklisted")
    assert "taken off the list" not in steps(found)


def test_the_limit_of_an_organisation_is_no_full_mailbox() -> None:
    found = told(Context.RCPT, "450 4.7.3 Organization queue quota exceeded")
    assert "not one mailbox" in found.meaning
    assert found.retry is Retry.LATER_SAME


def test_a_link_stays_as_the_server_wrote_it() -> None:
    text = "550 5.7.1 Mail blocked (visit 'https://Example.org/Unblock?token=AbC123xYz')."
    assert "see https://Example.org/Unblock?token=AbC123xYz;" in steps(told(None, text))


def test_a_link_that_does_not_fit_is_not_cut() -> None:
    link = f"https://example.org/{'Ab9' * 40}"
    found = steps(told(Context.CONNECT, f"554 IP blocked, see {link}"))
    assert "the link in its text" in found
    assert "example.org" not in found


@pytest.mark.parametrize("code", [550, 554, 451])
def test_a_refusal_with_a_link_and_no_reason_names_the_link(code: int) -> None:
    text = f"{code} For explanation visit https://postmaster.example.org/Case?r=Ab9"
    assert "see https://postmaster.example.org/Case?r=Ab9" in steps(told(Context.CONNECT, text))
