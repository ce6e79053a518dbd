"""A pasted session shows what was typed, so its refusals are explained by that too."""

# ruff: noqa: E501 - a dialogue a line reads best

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explainer.cache import Annotations, Meanings
from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.formats.dialogue import Dialogue
from smtpprobe.explainer.input.found_reply import Found

HELLO = "220 mx ESMTP\nEHLO me\n250-mx\n250 AUTH PLAIN LOGIN\n"
NAME = f"{HELLO}AUTH LOGIN\n334 VXNlcm5hbWU6\n"


def last(pasted: str) -> Found:
    dialogue = Dialogue(greeting_due=True)
    found = [
        one for at, line in enumerate(pasted.splitlines(), 1) for one in dialogue.line(line, at)
    ]
    return found[-1]


@pytest.mark.parametrize(
    ("pasted", "wanted"),
    [
        ("220 mx ESMTP\nEHLO\n501 Syntax: EHLO hostname", "no name was given"),
        (f"{HELLO}AUTH\n501 Syntax: AUTH mechanism", "needs a mechanism; offered: PLAIN LOGIN"),
        ("220 mx\nAUTH\n501 Syntax: AUTH mechanism", "needs a mechanism; offered: see EHLO"),
        (f"{HELLO}AUTH PLAIN\n535 5.7.8 failed", "before a password was sent"),
        (f"{HELLO}C: AUTH PLAIN\nS: 535 5.7.8 failed", "before a password was sent"),
        (f"{HELLO}AUTH NTLM\n504 5.5.4 no", "does not offer NTLM; offered: PLAIN LOGIN"),
        (f"{NAME}bob@example.org\n535 5.7.8 failed", "not base64"),
        (f"{NAME}Ym9i\n535 5.7.8 failed", "at the user name"),
        (f"{NAME}Ym9i\n334 UGFzc3dvcmQ6\nc2VjcmV0\n535 5.7.8 failed", "user name or password wrong"),
        (f"{HELLO}MAIL FROM a@b.example\n501 5.5.4 Syntax", "colon after FROM"),
        (f"{HELLO}RCPT TO:c@d.example\n555 5.5.2 Syntax error", "between < and >"),
        (f"{HELLO}AUTH PLAIN [credentials hidden]\n535 5.7.8 failed", "user name or password wrong"),
    ],
)  # fmt: skip
def test_a_pasted_session_is_explained_by_what_it_shows_was_sent(pasted: str, wanted: str) -> None:
    found = last(pasted)
    for annotation in (explained(found), Annotations().of(found), Meanings().of(found).annotation):
        assert re.search(wanted, annotation.meaning), annotation.meaning


@given(
    st.sampled_from(["AUTH", "AUTH PLAIN", "AUTH LOGIN", "AUTH X"]),
    st.sampled_from(["535 x", "535 5.7.8 failed", "454 4.7.8 bad password"]),
)
def test_a_pasted_login_without_a_password_is_never_told_that_one_is_wrong(
    typed: str, reply: str
) -> None:
    assert "password wrong" not in explained(last(f"{HELLO}{typed}\n{reply}")).meaning


def test_a_line_of_a_reply_that_was_wrapped_is_no_command() -> None:
    found = last(
        f"{HELLO}MAIL FROM:<a@b.example>\n550-5.7.1 no\nmail from this host is blocked\n550 5.7.1 x"
    )
    assert "blocked" in found.text
