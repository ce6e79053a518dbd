"""The letter to the other postmaster: facts and times, their words, nothing about our inside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import AddressFacts, Answer, Connect, Said
from smtpprobe.why.facts import Evidence, Fact, Known, Purpose, Trial, Weight
from smtpprobe.why.reports.letter import WIDTH, letter
from smtpprobe.why.request import Kind, Request
from tests.why.collect.stage import notes

AT = datetime(2026, 11, 30, 16, 20, 31, tzinfo=UTC)
ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test", client="mail.here.test")
SENTENCE = "mx.there.test refuses the sender me@here.test, and accepts others"
REFUSED = Trial(
    "mx.there.test",
    "198.51.100.25",
    Purpose.REAL,
    "me@here.test",
    "anna@there.test",
    Stage.RCPT,
    Said(550, "5.7.1 no\n5.7.1 Access denied", "5.7.1"),
    inside=True,
    at=AT,
)


def known(*trials: Trial, request: Request = ASKED, facts: tuple[Fact, ...] = ()) -> Known:
    """Return what is known behind these trials."""
    base = replace(notes(request).known, started=AT)
    return replace(base, trials=trials, facts=facts)


def test_it_has_what_was_asked_and_their_replies_verbatim_with_times() -> None:
    null = replace(REFUSED, purpose=Purpose.NULL_SENDER, sender="", reply=Said(250, "2.1.5 Ok"))
    text = letter(known(REFUSED, null), SENTENCE)
    assert text.startswith(
        "To: postmaster@there.test\nSubject: mail to anna@there.test is refused by mx.there.test\n"
    )
    assert (
        "2026-11-30 16:20:31  mx.there.test [198.51.100.25], in TLS\n"
        "    we:  MAIL FROM:<me@here.test>\n"
        "    we:  RCPT TO:<anna@there.test>\n"
        "    you: 550-5.7.1 no\n"
        "    you: 550 5.7.1 Access denied\n"
    ) in text
    assert "(for comparison, the null sender)" in text.replace("\n    ", " ")
    assert "    you: 250 2.1.5 Ok\n" in text
    assert "No message was sent" in text


def test_addresses_of_our_network_that_a_resolver_names_are_left_out() -> None:
    said = "no keys have a DS from 10.1.2.3 and fd00::53"
    mx = Fact("address.mx", Answer.UNKNOWN, "there.test", because=said)
    text = letter(known(REFUSED, facts=(mx,)), f"DNS gives no answer ({said}), as at 192.0.2.1")
    assert "10.1.2.3" not in text
    assert "fd00::53" not in text
    assert "192.0.2.1" in text
    assert "2026-11-30 16:20:31" in text


def test_what_the_server_sent_is_escaped() -> None:
    evil = replace(REFUSED, reply=Said(550, "\x1b[2Jgone \u202eabc"))
    assert "\x1b" not in letter(known(evil), SENTENCE)
    assert "\\x1b[2Jgone \\u202eabc" in letter(known(evil), SENTENCE)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_line_is_wider_than_a_mail_reads_well(reply: str, sentence: str) -> None:
    text = letter(known(replace(REFUSED, reply=Said(550, reply))), sentence)
    assert max(map(len, text.splitlines())) <= WIDTH


def test_our_inside_is_not_in_it() -> None:
    facts = (
        Fact(
            "us.address",
            Answer.YES,
            "IPv4",
            "192.0.2.1 (mx.there.test shows it; our own is 10.0.0.5)",
            evidence=(Evidence(Weight.OBSERVED, "socket: 10.0.0.5"),),
            data=(("ip", "192.0.2.1"), ("local", "10.0.0.5")),
        ),
        Fact("us.ptr", Answer.UNKNOWN, because="we come from 10.0.0.5, behind NAT"),
        Fact("us.spf", Answer.YES, "here.test", "here.test for 192.0.2.1: pass by ip4:192.0.2.1"),
        Fact(
            "history.last",
            Answer.NO,
            "anna@there.test",
            "Nov 29 16:20:31 refused by mx.there.test: 554 5.7.1 Spam",
            evidence=(
                Evidence(Weight.WORDS, "Nov 29 16:20:31 inner17 postfix/smtp[4]: 4RlK: to="),
            ),
            data=(
                ("relay", "mx.there.test"),
                ("reply", "554 5.7.1 Spam message rejected"),
                ("time", "Nov 29 16:20:31"),
                ("where", "/home/karl/mail.log:17"),
            ),
        ),
    )
    request = replace(ASKED, log=("/home/karl/mail.log",))
    text = letter(known(REFUSED, request=request, facts=facts), SENTENCE)
    for inside in ("10.0.0.5", "inner17", "karl", "mail.log", "4RlK", "NAT"):
        assert inside not in text
    assert "    address: 192.0.2.1\n" in text
    assert "    PTR: unknown to us\n" in text
    assert "    you: 554 5.7.1 Spam message rejected\n" in text
    assert "EHLO name: mail.here.test" in text


@pytest.mark.parametrize("relay", ["smarthost.inner.test", "127.0.0.1", "none", ""])
def test_what_a_relay_of_our_own_said_is_not_theirs(relay: str) -> None:
    last = Fact("history.last", Answer.NO, data=(("relay", relay), ("reply", "550 5.1.1 no")))
    text = letter(known(REFUSED, facts=(last,)), SENTENCE)
    assert "550 5.1.1 no" not in text
    assert "In our log" not in text


def test_our_unknown_address_is_left_out_with_why_it_is_unknown() -> None:
    fact = Fact("us.address", Answer.UNKNOWN, because="we come from 10.0.0.5, behind NAT")
    text = letter(known(REFUSED, facts=(fact,)), SENTENCE)
    assert "10.0.0.5" not in text
    assert "address:" not in text


def test_hosts_that_take_no_connection_are_named() -> None:
    base = known()
    assert base.starttls is not None
    address = AddressFacts("198.51.100.25", 25, connect=Connect.REFUSED)
    host = base.starttls.hosts[0]._replace(addresses=(address,))
    base = replace(base, starttls=base.starttls._replace(hosts=(host,)))
    text = letter(base, "no mail host of there.test accepts connections")
    assert "mx.there.test [198.51.100.25] port 25: connection refused" in text
    assert "Subject: mail to anna@there.test does not reach there.test\n" in text


def test_where_nobody_there_was_asked_and_nobody_has_to_act_there_is_no_letter() -> None:
    base = replace(known(), starttls=None)
    text = letter(base, "our resolver does not answer", ours=True)
    assert text == ("There is nothing to write to the other side: our resolver does not\nanswer.\n")


def test_a_fault_of_their_dns_is_told_without_a_session() -> None:
    fact = Fact("address.mx", Answer.UNKNOWN, "there.test", because="SERVFAIL", at=AT)
    base = replace(known(facts=(fact,)), starttls=None)
    text = letter(base, "DNS gives no answer for there.test")
    assert "2026-11-30 16:20:31  DNS: there.test: SERVFAIL\n" in text
    assert "EHLO" not in text
    assert "RCPT TO" not in text


def test_a_relay_is_written_to_where_mail_goes_by_one() -> None:
    request = replace(
        ASKED, kind=Kind.SUBMISSION, way=Target(TargetKind.HOST, "submission.isp.test", 587)
    )
    text = letter(known(REFUSED, request=request), SENTENCE)
    assert text.startswith("To: postmaster@submission.isp.test\n")


def test_an_accepted_recipient_asks_for_nothing() -> None:
    text = letter(known(replace(REFUSED, reply=Said(250, "Ok"))), "accepted", accepted=True)
    assert "Subject: mail to anna@there.test is accepted by mx.there.test\n" in text
    assert "?" not in text


def test_many_sessions_are_not_all_told() -> None:
    text = letter(known(*([REFUSED] * 40)), SENTENCE)
    assert "and 28 more sessions" in text
    endless = replace(REFUSED, reply=Said(550, "\n".join(["no"] * 500)))
    assert "and 492 more lines" in letter(known(endless), SENTENCE)
