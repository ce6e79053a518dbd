"""The decision table: experiments beat words, unknown is never no, and each row can be reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import Answer, Connect, HostFacts
from smtpprobe.why.causes import BY_ID, ROWS
from smtpprobe.why.diagnose import table
from smtpprobe.why.diagnose.diagnose import diagnose
from smtpprobe.why.diagnose.table import Certainty
from smtpprobe.why.fact_table import BY_ID as QUESTIONS
from smtpprobe.why.facts import Fact, Known, Purpose, Trial
from smtpprobe.why.request import Kind
from tests.why.diagnose.stage import ASKED, OURS, host, known, no, trial, verdict, yes
from tests.why.worlds import read

DENIED = "550 5.7.1 Access denied"
UNKNOWN_USER = "550 5.1.1 User unknown"
OK = "250 2.1.5 Ok"
NULL, POSTMASTER = Purpose.NULL_SENDER, Purpose.POSTMASTER


def test_every_verdict_of_the_worlds_has_a_row_and_every_row_a_cause() -> None:
    assert {world.cause for world in read()} <= BY_ID.keys()
    assert {row.cause for row in table.ROWS} == BY_ID.keys()
    assert len(BY_ID) == len(ROWS)


def test_every_cause_that_somebody_has_to_act_on_says_what_to_do() -> None:
    assert [row.id for row in ROWS if not row.now] == []


@pytest.mark.parametrize("words", [DENIED, UNKNOWN_USER, "550 5.7.1 Client host blocked"])
def test_whatever_a_reply_says_it_is_the_sender_if_the_null_sender_is_accepted(words: str) -> None:
    found = verdict(trial(words), trial(OK, NULL), trial(words, POSTMASTER))
    assert found.cause.id == "sender-rejected"
    assert found.certainty is Certainty.SHOWN
    assert "from <>" in found.because


def test_a_vague_refusal_is_the_recipient_if_postmaster_is_accepted() -> None:
    found = verdict(trial(DENIED), trial(DENIED, NULL), trial(OK, POSTMASTER))
    assert (found.cause.id, found.certainty) == ("recipient-refused", Certainty.SHOWN)


def test_a_user_that_is_unknown_while_postmaster_is_accepted_is_shown() -> None:
    found = verdict(trial(UNKNOWN_USER), trial(UNKNOWN_USER, NULL), trial(OK, POSTMASTER))
    assert (found.cause.id, found.certainty) == ("unknown-recipient", Certainty.SHOWN)


NOBODY = (trial(UNKNOWN_USER), trial(UNKNOWN_USER, NULL), trial(UNKNOWN_USER, POSTMASTER))


def test_many_a_domain_has_no_postmaster_and_its_users_are_unknown_all_the_same() -> None:
    for more in ((), (trial(OK, Purpose.HOST_POSTMASTER),)):
        found = verdict(*NOBODY, *more)
        assert (found.cause.id, found.certainty) == ("unknown-recipient", Certainty.LIKELY)
        assert "this recipient" not in {one.out for one in found.ruled_out}


def test_if_even_the_postmaster_of_the_host_is_unknown_it_is_our_host_but_only_likely() -> None:
    found = verdict(*NOBODY, trial(UNKNOWN_USER, Purpose.HOST_POSTMASTER))
    assert (found.cause.id, found.certainty) == ("client-refused", Certainty.LIKELY)


def test_a_sender_of_the_recipients_own_domain_has_to_log_in() -> None:
    words = "550 5.7.1 <boss@there.test>: Sender address rejected: not logged in"
    request = replace(ASKED, sender="boss@There.test")
    replies = (trial(words), trial(OK, NULL), trial(words, POSTMASTER))
    assert verdict(*replies, request=request).cause.id == "auth-required"
    assert verdict(*replies).cause.id == "sender-rejected"


def test_words_without_a_comparison_are_only_likely() -> None:
    found = verdict(trial(UNKNOWN_USER))
    assert (found.cause.id, found.certainty) == ("unknown-recipient", Certainty.LIKELY)
    assert any("no comparison" in one for one in found.still_open)


def test_a_vague_refusal_without_a_comparison_has_no_cause() -> None:
    found = verdict(trial(DENIED))
    assert (found.cause.id, found.certainty) == ("refused", Certainty.OPEN)


def test_a_block_that_spares_postmaster_is_a_block() -> None:
    words = "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.test"
    found = verdict(OURS, trial(words), trial(words, NULL), trial(OK, POSTMASTER))
    assert (found.cause.id, found.certainty) == ("ip-blocked", Certainty.LIKELY)
    assert "192.0.2.1" in found.title


BLAMES_US = (
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.test",
    "550 5.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.1]",
    "550 5.7.1 <out.here.test>: Helo command rejected: need fully-qualified hostname",
)


@pytest.mark.parametrize("words", BLAMES_US)
def test_our_host_is_not_ruled_out_where_the_verdict_blames_it(words: str) -> None:
    found = verdict(trial(words), trial(words, NULL), trial(OK, POSTMASTER))
    assert found.cause.id in ("ip-blocked", "no-reverse-dns", "helo-refused")
    assert "our host" not in [one.out for one in found.ruled_out]


@pytest.mark.parametrize("words", BLAMES_US)
def test_there_is_a_next_step_also_where_our_address_is_not_known(words: str) -> None:
    assert verdict(trial(words)).now


CANNOT_FIND = "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]"


@pytest.mark.parametrize(
    ("seen", "cause", "certainty"),
    [
        ((no("us.ptr"),), "no-reverse-dns", Certainty.SHOWN),
        ((yes("us.ptr"), no("us.fcrdns")), "reverse-dns-mismatch", Certainty.SHOWN),
        ((Fact("us.ptr", Answer.UNKNOWN),), "no-reverse-dns", Certainty.LIKELY),
        ((), "no-reverse-dns", Certainty.LIKELY),
    ],
)
def test_what_is_wrong_with_our_name_is_looked_up_not_believed(
    seen: tuple[Fact, ...], cause: str, certainty: Certainty
) -> None:
    found = verdict(*seen, trial(CANNOT_FIND))
    assert (found.cause.id, found.certainty, int(found.status)) == (cause, certainty, 1)


def test_a_sender_alone_refused_for_no_reason_has_an_spf_that_fails() -> None:
    denied = (trial("550 5.7.1 Rejected by policy"), trial(OK, NULL))
    assert verdict(no("us.spf", result="fail"), *denied).cause.id == "spf-fail"
    assert verdict(no("us.spf", result="none"), *denied).cause.id == "sender-rejected"
    assert verdict(Fact("us.spf", Answer.UNKNOWN), *denied).cause.id == "sender-rejected"


def test_a_record_to_copy_is_shown_only_where_it_is_known() -> None:
    denied = (trial("550 5.7.23 SPF fail"), trial(OK, NULL))
    record = '"v=spf1 ip4:192.0.2.1 -all"'
    copied = verdict(OURS, no("us.spf", result="fail", proposed=record), *denied).now
    assert any(step.endswith(f"here.test. TXT {record}") for step in copied)
    steps = verdict(OURS, no("us.spf", result="fail"), *denied).now
    assert steps
    assert not any("{" in step or "TXT" in step for step in steps)


def test_a_name_that_a_shell_would_run_is_quoted_in_what_is_copied() -> None:
    found = [answered("`id`.test", kind) for kind in ("A", "AAAA")]
    bad = HostFacts("`id`.test", 25, 10, lookups=tuple(found))
    assert "dig '`id`.test' A" in verdict(hosts=(bad,)).now


def test_a_dead_first_mx_does_not_matter_while_the_second_accepts() -> None:
    first = host("mx1.there.test", "198.51.100.9", 5, Connect.REFUSED)
    found = verdict(trial(OK), hosts=(first, host()))
    assert (found.cause.id, int(found.status)) == ("accepted", 0)
    assert any("mx1.there.test" in one for one in found.beside)


def test_a_sender_stops_at_the_first_host_that_refuses_for_good() -> None:
    backup = host("mx2.there.test", "198.51.100.2", 20)
    assert verdict(trial(UNKNOWN_USER), trial(OK, at=backup), hosts=(host(), backup)).status == 1


def test_a_sender_passes_a_host_that_refuses_for_now() -> None:
    backup = host("mx2.there.test", "198.51.100.2", 20)
    busy = trial("421 4.3.2 too busy", stage=Stage.GREETING)
    assert verdict(busy, trial(OK, at=backup), hosts=(host(), backup)).cause.id == "accepted"


def test_hosts_of_one_preference_that_differ_are_not_called_accepted() -> None:
    twin = host("mx2.there.test", "198.51.100.2", 10)
    found = verdict(trial(OK), trial(DENIED, at=twin), hosts=(host(), twin))
    assert found.status != 0
    assert any("same preference" in one for one in found.still_open)
    relay = trial("554 5.7.1 Relay access denied", at=twin)
    assert verdict(trial(OK), relay, hosts=(host(), twin)).cause.id == "relay-denied"


SILENT = (host(connect=Connect.TIMEOUT),)


@pytest.mark.parametrize(
    ("control", "cause", "status"),
    [
        ((), "no-connection", 4),
        ((yes("road.control"),), "mx-unreachable", 1),
        ((no("road.control"), yes("road.control-other")), "port-25-blocked", 1),
        ((no("road.control"), no("road.control-other")), "no-connection", 4),
        ((Fact("road.control", Answer.UNKNOWN),), "no-connection", 4),
    ],
)
def test_silence_is_blamed_on_somebody_only_by_comparison(
    control: tuple[Fact, ...], cause: str, status: int
) -> None:
    found = verdict(*control, hosts=SILENT)
    assert (found.cause.id, int(found.status)) == (cause, status)


@pytest.mark.parametrize(
    ("end", "cause"),
    [
        (LookupEnd.NXDOMAIN, "unknown-domain"),
        (LookupEnd.BOGUS, "dnssec-bogus"),
        (LookupEnd.SERVFAIL, "dns-failure"),
        (LookupEnd.TIMEOUT, "dns-failure"),
        (LookupEnd.NOT_THERE, "no-resolver"),
        (LookupEnd.INTERRUPTED, "interrupted"),
    ],
)
def test_dns_that_fails_is_not_a_domain_that_is_absent(end: LookupEnd, cause: str) -> None:
    found = verdict(hosts=(), mx=Lookup("there.test", "MX", end))
    assert found.cause.id == cause


def test_hosts_whose_addresses_are_unknown_are_not_hosts_without_address() -> None:
    lost = Lookup("mx.there.test", "A", LookupEnd.SERVFAIL)
    none = answered("mx.there.test", "AAAA")
    bare = HostFacts("mx.there.test", 25, 10, lookups=(lost, none))
    assert verdict(hosts=(bare,)).cause.id == "dns-failure"
    gone = HostFacts("mx.there.test", 25, 10, lookups=(none,))
    assert verdict(hosts=(gone,)).cause.id == "mx-without-address"


def test_a_refusal_for_now_that_says_unknown_user_may_pass() -> None:
    assert verdict(trial("450 4.1.1 User unknown")).status == 4


def test_a_log_counts_only_while_the_recipient_is_accepted_now() -> None:
    reading = trial("554 5.7.1 Spam message rejected").reading
    last = replace(no("history.last", stage="content"), reading=reading)
    assert verdict(last, trial(OK)).cause.id == "spam-content"
    assert verdict(last, trial(UNKNOWN_USER)).cause.id == "unknown-recipient"
    full = replace(last, reading=trial("552 5.2.2 The mailbox is full").reading)
    assert verdict(full, trial(OK)).cause.id == "mailbox-full"
    at_rcpt = replace(last, data=(("stage", "rcpt"),))
    assert verdict(at_rcpt, trial(OK)).cause.id == "accepted"


def test_greylisting_is_confirmed_by_the_second_try() -> None:
    words = "450 4.2.0 Greylisted, try again in 5 seconds"
    assert (verdict(trial(words)).cause.id, int(verdict(trial(words)).status)) == ("greylisted", 4)
    found = verdict(trial(words), trial(OK, Purpose.AGAIN))
    assert (found.cause.id, int(found.status)) == ("greylisted", 0)
    found = verdict(trial("450 4.2.0 Please try again later"), trial(OK, Purpose.AGAIN))
    assert (found.cause.id, int(found.status)) == ("greylisted", 0)


def test_a_refusal_for_now_without_a_reason_says_nothing_of_our_host() -> None:
    words = "450 4.2.0 <anna@there.test>: Recipient address rejected: Please try again later"
    found = verdict(trial(words), trial(words, NULL), trial(words, POSTMASTER))
    assert (found.cause.id, int(found.status)) == ("refused-for-now", 4)


def test_a_login_that_is_missing_is_not_a_block() -> None:
    words = "554 5.7.1 <out.here.test[192.0.2.1]>: Client host rejected: Access denied"
    replies = (trial(words), trial(words, NULL), trial(words, POSTMASTER))
    request = replace(ASKED, kind=Kind.SUBMISSION)
    there = (host(after=("AUTH PLAIN",)),)
    assert verdict(*replies, request=request, hosts=there).cause.id == "auth-required"
    assert verdict(*replies, hosts=there).cause.id == "ip-blocked"


REPLIES = st.sampled_from(["", OK, DENIED, UNKNOWN_USER, CANNOT_FIND, "421 4.7.0 busy",
                           "451 4.3.0 try later", "530 5.7.0 Must issue a STARTTLS command first",
                           "554 5.7.1 Relay access denied", "552 5.3.4 too big"])  # fmt: skip
STAGES = st.sampled_from([Stage.GREETING, Stage.EHLO, Stage.MAIL, Stage.RCPT])
TRIALS = st.lists(
    st.builds(trial, REPLIES, st.sampled_from(Purpose), stage=STAGES),
    max_size=5,
)
REAL_ONES = st.lists(st.builds(trial, REPLIES, stage=STAGES), min_size=1, max_size=5)
CONNECTS = st.builds(lambda connect: (host(connect=connect),), st.sampled_from(Connect))


def facts_of(answers: list[Answer]) -> st.SearchStrategy[list[Fact]]:
    one = st.builds(Fact, st.sampled_from(sorted(QUESTIONS)), st.sampled_from(answers))
    return st.lists(one, max_size=6)


@given(facts_of(list(Answer)), TRIALS, CONNECTS)
def test_there_is_a_verdict_whatever_is_known(
    told: list[Fact], tried: list[Trial], hosts: tuple[HostFacts, ...]
) -> None:
    found = verdict(*told, *tried, hosts=hosts)
    assert found.title
    assert "{" not in "".join((found.title, *found.now))


@given(facts_of([Answer.UNKNOWN]), TRIALS, CONNECTS)
def test_a_fact_that_is_unknown_changes_no_verdict(
    told: list[Fact], tried: list[Trial], hosts: tuple[HostFacts, ...]
) -> None:
    with_them, without = verdict(*told, *tried, hosts=hosts), verdict(*tried, hosts=hosts)
    assert (with_them.cause, with_them.certainty) == (without.cause, without.certainty)


@given(facts_of([Answer.UNKNOWN]))
def test_from_unknown_facts_alone_nobody_can_tell(told: list[Fact]) -> None:
    found = diagnose(Known(ASKED, tuple(told)))
    assert (found.certainty, int(found.status)) == (Certainty.OPEN, 4)


@given(facts_of(list(Answer)), TRIALS, CONNECTS)
def test_nothing_is_accepted_that_was_not_seen_to_be(
    told: list[Fact], tried: list[Trial], hosts: tuple[HostFacts, ...]
) -> None:
    real = [one for one in tried if one.purpose in (Purpose.REAL, Purpose.AGAIN)]
    if not any(one.accepted is Answer.YES for one in real):
        assert verdict(*told, *tried, hosts=hosts).status != 0


@given(REAL_ONES)
def test_a_cause_is_not_called_shown_by_words_alone(tried: list[Trial]) -> None:
    found = verdict(*tried)
    if found.certainty is Certainty.SHOWN:
        assert found.cause.id in {"accepted", "timeout"}  # both were seen


def test_an_interrupted_search_says_what_is_known_so_far() -> None:
    found = diagnose(replace(known(trial(UNKNOWN_USER)), interrupted=True))
    assert found.cause.id == "unknown-recipient"
    assert "interrupted" in found.still_open[0]
    nothing = diagnose(Known(ASKED, interrupted=True))
    assert (nothing.cause.id, int(nothing.status)) == ("interrupted", 4)


def test_a_domain_whose_postmaster_is_full_too_is_full_itself() -> None:
    full = "452 4.2.2 Over quota"
    alone = verdict(trial(full), trial(full, NULL), trial(OK, Purpose.POSTMASTER))
    assert alone.cause.id == "mailbox-full"
    found = verdict(trial(full), trial(full, NULL), trial(full, Purpose.POSTMASTER))
    assert (found.cause.id, found.who.value, int(found.status)) == ("domain-full", "recipient", 1)
    assert any("452 is a refusal for now" in one for one in found.beside)


def test_a_backup_that_accepts_does_not_help_once_the_first_has_refused_for_good() -> None:
    backup = host("mx2.there.test", "198.51.100.2", 20)
    unknown = trial("550 5.1.1 User unknown")
    found = verdict(unknown, trial(OK, at=backup), hosts=(host(), backup))
    assert found.cause.id == "unknown-recipient"
    assert "mx2.there.test accepts it; no sender asks there after 550 here" in found.beside


def test_one_family_alone_says_nothing_of_the_other() -> None:
    place = host()._replace(
        lookups=(Lookup("mx.there.test", "AAAA", LookupEnd.NO_DATA),), addresses=()
    )
    left_out = verdict(hosts=(place,), request=replace(ASKED, family=6))
    assert (left_out.cause.id, int(left_out.status)) == ("family-left-out", 4)
    assert "omit -6" in left_out.now
    assert verdict(hosts=(place,)).cause.id == "mx-without-address"
    gone = place._replace(lookups=(Lookup("mx.there.test", "AAAA", LookupEnd.NXDOMAIN),))
    known_gone = verdict(hosts=(gone,), request=replace(ASKED, family=6))
    assert known_gone.cause.id == "mx-without-address"


@pytest.mark.parametrize(
    ("connect", "cause", "who"),
    [(Connect.FAILED, "own-side-fails", "sender"), (Connect.UNREACHABLE, "no-route", "network")],
)
def test_what_fails_on_this_side_is_no_matter_of_the_recipients(
    connect: Connect, cause: str, who: str
) -> None:
    found = verdict(hosts=(host(connect=connect),))
    assert (found.cause.id, found.who.value, int(found.status)) == (cause, who, 4)


def test_private_addresses_of_mail_hosts_are_the_recipients_matter_unless_one_answers() -> None:
    inside = host(ip="10.9.9.9", connect=Connect.TIMEOUT)
    found = verdict(hosts=(inside,))
    assert (found.cause.id, found.who.value) == ("mx-leads-nowhere", "recipient")
    public = host("mx2.there.test", "198.51.100.2", connect=Connect.TIMEOUT)
    assert verdict(hosts=(inside, public)).cause.id == "no-connection"
