"""Completion: what fits first, what does not last, with the reply to expect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.assist.completion import Completion, Hints, completions
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import START, State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, answered, before

HINTS = Hints("client.example", "example.net", "me@example.org", "example.net", ("bob@x.example",))
MAIL = before(Context.RCPT)
RICH = announcing("SIZE 26214400", "8BITMIME", "DSN", "STARTTLS", "AUTH PLAIN LOGIN", "CHUNKING")


def texts(text: str, state: State, *, fits: bool = True) -> list[str]:
    return [one.text for one in completions(text, state, HINTS) if one.fits is fits]


def the(text: str, typed: str, state: State) -> Completion:
    return next(one for one in completions(typed, state, HINTS) if one.text == text)


def test_the_expected_command_comes_first() -> None:
    assert texts("", RICH)[:2] == ["STARTTLS", "MAIL FROM:<me@example.org>"]
    assert texts("", MAIL)[0] == "RCPT TO:<postmaster@example.net>"


def test_misfits_come_last_with_the_reply_to_expect() -> None:
    found = completions("", MAIL, HINTS)
    fitting = [one.fits for one in found]
    assert fitting == sorted(fitting, reverse=True)
    assert the("DATA", "", MAIL).meaning == "503 expected: no recipient yet"
    assert the("MAIL FROM:<>", "", MAIL).meaning == "503 expected: a transaction is open"
    assert the("BDAT ", "", before(Context.DATA)).meaning == "not announced: 502 expected"
    assert the("STARTTLS", "", before(Context.MAIL)).meaning == "not announced: 502 expected"


def test_nothing_is_offered_before_the_greeting_and_in_a_chunk() -> None:
    for phase in (Phase.GREETING, Phase.TLS, Phase.BDAT):
        assert completions("", State(phase=phase), HINTS) == []
    assert completions("EH", START, HINTS) == []


def test_a_verb_is_completed_in_any_case() -> None:
    assert texts("rc", MAIL) == ["RCPT TO:<postmaster@example.net>"]
    assert the("RCPT TO:<postmaster@example.net>", "rc", MAIL).start == -2


def test_paths_offer_addresses_used_before() -> None:
    assert texts("RCPT TO:<", MAIL) == [
        "RCPT TO:<bob@x.example>", "RCPT TO:<postmaster@example.net>",
    ]  # fmt: skip
    assert "MAIL FROM:<>" in texts("MAIL FROM:<", RICH)


def test_parameters_are_offered_by_what_was_announced() -> None:
    assert texts("MAIL FROM:<a@b.example> ", RICH)[:2] == ["SIZE=", "BODY="]
    assert the("SIZE=", "MAIL FROM:<a@b.example> ", RICH).meaning.endswith(
        "limit 26214400 (25 MiB)"
    )
    assert the("REQUIRETLS", "MAIL FROM:<a@b.example> ", RICH) == Completion(
        "REQUIRETLS", 0, "not announced: 555 expected", fits=False
    )
    assert texts("RCPT TO:<a@b.example> N", RICH._replace(phase=Phase.MAIL)) == ["NOTIFY="]


def test_values_of_parameters_are_offered() -> None:
    assert texts("MAIL FROM:<a> RET=", RICH) == ["FULL", "HDRS"]
    assert texts("MAIL FROM:<a> BODY=8", RICH) == ["8BITMIME"]
    assert "BINARYMIME" in texts("MAIL FROM:<a> BODY=", RICH, fits=False)


def test_mechanisms_are_those_announced_then_others() -> None:
    assert texts("AUTH ", RICH) == ["PLAIN", "LOGIN"]
    assert "CRAM-MD5" in texts("AUTH ", RICH, fits=False)
    assert texts("AUTH PLAIN ", RICH) == []


def test_a_challenge_offers_only_the_way_out() -> None:
    assert texts("", RICH._replace(phase=Phase.AUTH)) == ["*"]


def test_headers_are_offered_until_the_empty_line() -> None:
    data = before(Context.DATA_END)
    assert texts("Su", data) == ["Subject: "]
    ended = data._replace(body=data.body._replace(headers_ended=True))
    assert completions("Su", ended, HINTS) == []


def test_an_expectation_offers_the_codes_of_the_last_command() -> None:
    last = answered(Context.RCPT, "550 5.1.1 unknown", MAIL)
    found = [one.text for one in completions("< 55", MAIL, HINTS._replace(last=last))]
    assert "550" in found
    assert "554" in found
    assert "5.1.1" in [one.text for one in completions("<", MAIL, HINTS._replace(last=last))]


@pytest.mark.parametrize("typed", ["EHLO ", "EHLO c"])
def test_the_hello_offers_this_hosts_name(typed: str) -> None:
    assert texts(typed, State(phase=Phase.CONNECTED)) == ["client.example"]


@given(st.text(max_size=60), st.sampled_from(list(Phase)))
def test_any_line_can_be_completed_and_what_is_offered_goes_on_from_it(
    text: str, phase: Phase
) -> None:
    for one in completions(text, RICH._replace(phase=phase), HINTS):
        assert -len(text) <= one.start <= 0
        assert one.text
        assert one.meaning
