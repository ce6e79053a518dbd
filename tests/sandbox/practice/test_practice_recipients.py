"""Practice recipients: each answers as its row of the table says."""

from __future__ import annotations

import re

import pytest

from smtpprobe.sandbox.handler import Drip, HangUp, Patience, Say, Wait
from smtpprobe.sandbox.practice.greylist import GREYLIST_SECONDS, REMEMBERED, Greylist
from smtpprobe.sandbox.practice.recipients import SPECIALS, Special, special_for
from smtpprobe.sandbox.practice.replies import BY_CODE, BY_DETAIL, text_for
from smtpprobe.sandbox.practice.state import Service
from tests.each_row import each_row
from tests.sandbox.rehearsal import in_transaction, ready, said

DOT = b"Subject: practice\r\n\r\nhello\r\n.\r\n"


def decisive(special: Special) -> bytes:
    """Return what the server says where the recipient's trick takes place."""
    rehearsal = in_transaction()
    acts = rehearsal.play(f"RCPT TO:<{special.name}@sandbox.test>\r\n".encode())
    if special.data or special.end:
        assert said(acts) == ["250 2.1.5 Ok"]
        acts = rehearsal.play(b"DATA\r\n")
    if special.end:
        acts = rehearsal.play(DOT)
    return b"".join(act.octets for act in acts if isinstance(act, Say | Drip))


@pytest.mark.parametrize("special", SPECIALS.values(), ids=list(SPECIALS))
def test_a_named_recipient_answers_as_its_row_says(special: Special) -> None:
    assert decisive(special).replace(b"-", b" ", 1).startswith(special.expected.encode())
    assert special_for(special.name.upper()) is special


@pytest.mark.parametrize("special", SPECIALS.values(), ids=list(SPECIALS))
def test_only_positive_replies_leave_a_recipient_in_the_envelope(special: Special) -> None:
    rehearsal = in_transaction()
    rehearsal.play(f"RCPT TO:<{special.name}@sandbox.test>\r\n".encode())
    envelope = rehearsal.talk.envelope
    assert envelope is not None
    late = special.end is not None or special.data is not None
    assert bool(envelope.recipients) == (late or special.expected.startswith("25"))


@pytest.mark.parametrize(
    ("local", "reply"),
    [
        ("550", "550 <550@sandbox.test>: Mailbox unavailable"),
        ("550-5.1.1", "550 5.1.1 <550-5.1.1@sandbox.test>: Recipient address rejected: User"),
        ("450-4.7.1-so-it-is", "450 4.7.1 <450-4.7.1-so-it-is@sandbox.test>: so it is"),
        ("599-{braces}", "599 <599-{braces}@sandbox.test>: {braces}"),
        ("550-4.1.1", "550 4.1.1"),
        ("250", "250 <250@sandbox.test>: Ok"),
        ("251-2.1.5", "251 2.1.5"),
        ("354", "354"),
        ("499", "499 <499@sandbox.test>: Try again later"),
    ],
)
def test_a_local_part_that_begins_with_a_code_is_answered_with_it(local: str, reply: str) -> None:
    assert in_transaction().last(f"RCPT TO:<{local}@sandbox.test>").startswith(reply)


@pytest.mark.parametrize("local", ["150", "650", "55", "5500", "550x", "550-", "55o-5.1.1"])
def test_what_only_looks_like_a_code_is_an_ordinary_recipient(local: str) -> None:
    assert in_transaction().last(f"RCPT TO:<{local}@sandbox.test>") == "250 2.1.5 Ok"


def test_a_421_closes() -> None:
    acts = in_transaction().play(b"RCPT TO:<421-4.7.0@sandbox.test>\r\n")
    assert said(acts)[0].startswith("421 4.7.0")
    assert acts[-1] == HangUp()


@each_row(BY_CODE)
def test_every_code_has_a_text(code: int) -> None:
    assert text_for(code, "")
    assert in_transaction().last(f"RCPT TO:<{code}@sandbox.test>").startswith(str(code))


@each_row(BY_DETAIL)
def test_every_enhanced_code_has_a_text(detail: str) -> None:
    reply = in_transaction().last(f"RCPT TO:<550-5.{detail}@sandbox.test>")
    assert reply == f"550 5.{detail} <550-5.{detail}@sandbox.test>: {BY_DETAIL[detail]}"


def test_a_sender_that_begins_with_a_code_is_answered_with_it() -> None:
    rehearsal = ready()
    reply = rehearsal.last("MAIL FROM:<550-5.1.8@sandbox.test>")
    assert reply == "550 5.1.8 <550-5.1.8@sandbox.test>: Sender address rejected: Domain not found"
    assert rehearsal.talk.envelope is None
    assert rehearsal.last("MAIL FROM:<250@sandbox.test>", "RCPT TO:<a@sandbox.test>") == (
        "250 2.1.5 Ok"
    )


def test_codes_are_for_the_practice_domain_only() -> None:
    assert ready().last("MAIL FROM:<550@client.example>") == "250 2.1.0 Ok"


def test_the_greylist_says_how_long_and_lets_the_second_attempt_pass() -> None:
    rehearsal = in_transaction()
    line = "RCPT TO:<greylist@sandbox.test>"
    assert rehearsal.last(line).endswith("Greylisted, try again in 5 seconds")
    rehearsal.now = GREYLIST_SECONDS - 1.5
    assert rehearsal.last(line).endswith("Greylisted, try again in 2 seconds")
    rehearsal.now = GREYLIST_SECONDS
    assert rehearsal.last(line) == "250 2.1.5 Ok"


def test_another_sender_is_another_triplet() -> None:
    rehearsal = in_transaction()
    line = "RCPT TO:<greylist@sandbox.test>"
    rehearsal.last(line)
    rehearsal.now = GREYLIST_SECONDS
    assert rehearsal.last("RSET", "MAIL FROM:<other@client.example>", line).startswith("450 4.2.0")


def test_the_greylist_forgets_the_oldest_triplet() -> None:
    greylist = Greylist(10.0)
    for number in range(REMEMBERED + 1):
        assert greylist.wait(("", "", str(number)), 0.0) == 10.0
    assert greylist.wait(("", "", "0"), 5.0) == 10.0
    assert greylist.wait(("", "", str(REMEMBERED)), 5.0) == 5.0


def test_tls_and_auth_recipients_pass_who_has_them() -> None:
    secure = ready(Service.SMTPS, user="probe@sandbox.test")
    secure.last("MAIL FROM:<a@client.example>")
    for name in ("tls", "auth"):
        assert secure.last(f"RCPT TO:<{name}@sandbox.test>") == "250 2.1.5 Ok"


@pytest.mark.parametrize(
    ("name", "kind"), [("slow", Wait), ("drip", Drip), ("later421", Patience), ("hangup", HangUp)]
)
def test_a_recipient_that_plays_with_time_does_so(name: str, kind: type) -> None:
    acts = in_transaction().play(f"RCPT TO:<{name}@sandbox.test>\r\n".encode())
    assert kind in {type(act) for act in acts}


def test_data_is_refused_for_a_data_recipient_and_the_envelope_stays() -> None:
    rehearsal = in_transaction("you@sandbox.test", "data-451-4.3.0@sandbox.test")
    assert rehearsal.last("DATA") == "451 4.3.0 Mail system error"
    assert not rehearsal.talk.body
    assert rehearsal.last("RSET") == "250 2.0.0 Ok"


def test_the_end_of_the_message_is_refused_for_an_afterdot_recipient() -> None:
    rehearsal = in_transaction("afterdot-550-5.7.1@sandbox.test")
    assert rehearsal.last("DATA").startswith("354")
    assert said(rehearsal.play(DOT)) == ["550 5.7.1 Access denied"]
    assert rehearsal.talk.envelope is None


def test_a_chunked_message_is_refused_for_an_afterdot_recipient_too() -> None:
    rehearsal = in_transaction("afterdot-550@sandbox.test")
    assert said(rehearsal.play(b"BDAT 3 LAST\r\nabc"))[0].startswith("550 Mailbox unavailable")


def test_the_connection_is_lost_behind_the_dot() -> None:
    rehearsal = in_transaction("afterdot-hangup@sandbox.test")
    rehearsal.last("DATA")
    assert rehearsal.play(DOT) == [HangUp()]


def test_lmtp_answers_for_each_recipient_in_order() -> None:
    rehearsal = in_transaction(
        "a@sandbox.test", "afterdot-452-4.2.2@sandbox.test", "b@sandbox.test", service=Service.LMTP
    )
    rehearsal.last("DATA")
    assert said(rehearsal.play(DOT)) == [
        "250 2.0.0 <a@sandbox.test> Ok: saved as T1",
        "452 4.2.2 Mailbox is full",
        "250 2.0.0 <b@sandbox.test> Ok: saved as T1",
    ]


def test_every_reply_but_the_broken_ones_is_well_formed() -> None:
    broken = {"malformed", "escape", "garbage", "bare", "hangup", "silent"}
    for name, special in SPECIALS.items():
        if name not in broken:
            assert re.fullmatch(rb"(?:\d{3}[ -]\d\.\d+\.\d+ [ -~]+\r\n)+", decisive(special)), name
