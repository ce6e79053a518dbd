"""What mail servers log without a reply: the cause of each wording, and no code for any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotation import Cause, Retry
from smtpprobe.knowledge.offline import Place
from smtpprobe.knowledge.outcomes import NO_CODE, explain_failure, explain_refusal
from smtpprobe.knowledge.tables.mailers import MAILER_ROWS
from smtpprobe.knowledge.wording import LINE
from smtpprobe.protocol.verbs import Context
from tests.each_row import each_row

TO = Place(recipient="bob@shop.example")

SAID = [
    ("client TLS configuration problem", "TLS not set up"),
    ("TLSA lookup error for mx.example.org:25", "TLSA lookup failed"),
    ("DANE error: tlsa lookup DEFER", "TLSA lookup failed"),
    ("no TLSA records found", "No TLSA records"),
    ("non DNSSEC destination", "No TLSA records"),
    ("Server certificate not trusted", "Certificate not verified"),
    ("Server certificate not verified", "Certificate not verified"),
    ("TLS is required, but was not offered by host mx.example.org[192.0.2.1]", "TLS not offered"),
    ("TLS required but not supported by remote host", "TLS not offered"),
    ("Cannot start TLS: handshake failure", "TLS failed"),
    ("a TLS session is required, but an attempt to start TLS failed", "TLS failed"),
    ("Domain example.org does not accept mail (nullMX)", "No mail service"),
    ("an MX or SRV record indicated no SMTP service", "No mail service"),
    ("mail for example.org loops back to myself", "Mail loop"),
    ("lowest numbered MX record points to local host", "Mail loop"),
    ("mx.example.org. config error: mail loops back to me (MX problem?)", "Mail loop"),
    ("host lookup did not complete", "No answer from DNS"),
    (
        "Host or domain name not found. Name service error for name=a: Host not found, try again",
        "No answer from DNS",
    ),
    ("Temporary failure in MX lookup", "No answer from DNS"),
    ("Host unknown (Name server: a.example: host not found)", "No mail host"),
    ("all relevant MX records point to non-existent hosts", "No mail host"),
    ("Sorry, I couldn't find any host named a.example.", "No mail host"),
    ("Unrouteable address", "No way to the address"),
    ("message size 99 exceeds size limit 10 of server mx.example.org[192.0.2.1]",
     "Message too large"),
    ("SMTPUTF8 is required, but was not offered by host mx.example.org[192.0.2.1]",
     "SMTPUTF8 not offered"),
    ("SMTP timeout after end of data (341 bytes written): Connection timed out",
     "No answer to the message"),
    ("lost connection with mx.example.org[192.0.2.1] while sending end of data -- message may",
     "Hung up at the message"),
    ("Remote host closed connection in response to initial connection",
     "Hung up before the greeting"),
    ("connect to mx.example.org[192.0.2.1]:25: Connection refused", "Connection refused"),
    ("connect to mx.example.org[192.0.2.1]:25: No route to host", "No route"),
    ("mx.example.org.: Network is unreachable", "No route"),
    ("conversation with mx.example.org[192.0.2.1] timed out while sending MAIL FROM",
     "No answer in time"),
    ("Connection timed out with mx.example.org.", "No answer in time"),
    ("lost connection with mx.example.org[192.0.2.1] while sending RCPT TO", "Hung up"),
    ("Network error on destination MXs", "No host took it"),
    ("Sorry, I wasn't able to establish an SMTP connection.", "No host reached"),
    ("mail transport unavailable", "Your server's trouble"),
    ("retry time not reached for any host", "Earlier failures"),
    ("retry timeout exceeded", "Delivery expired"),
    ("delivery expired (message too old)", "Delivery expired"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "title"), SAID)
def test_a_mailers_own_words_have_their_row(reason: str, title: str) -> None:
    told = explain_failure(reason, 4, "", TO)
    assert told.title == title
    assert told.code is None
    assert told.next_steps


def test_every_row_of_the_table_has_words_that_lead_to_it() -> None:
    assert {row.title for row in MAILER_ROWS} == {title for _, title in SAID}


@each_row(MAILER_ROWS, called=lambda row: row.title)
def test_what_a_row_says_is_ascii_and_fits_a_line(row: object) -> None:
    told = next(explain_failure(reason, 4, "", TO) for reason, title in SAID if title == row.title)  # type: ignore[attr-defined]
    for text in (told.meaning, "; ".join(step.text for step in told.next_steps)):
        assert text.isascii()
        assert len(text) <= LINE
        assert "{" not in text


@pytest.mark.parametrize("name", ["connection-refused.timed-out.example", "tlsa.null.mx.example"])
def test_what_a_host_is_called_decides_nothing(name: str) -> None:
    told = explain_failure(f"lost connection with {name}[192.0.2.1] while sending RCPT TO", 4, "",
                           TO)  # fmt: skip
    assert told.title == "Hung up"


def test_where_the_words_say_nothing_the_status_code_does() -> None:
    causes = {
        "5.1.1": Cause.UNKNOWN_RECIPIENT, "5.2.2": Cause.MAILBOX_FULL,
        "4.4.1": Cause.NETWORK_ERROR, "5.4.6": Cause.LOOP_DETECTED, "5.0.0": Cause.UNKNOWN,
    }  # fmt: skip
    for status, cause in causes.items():
        told = explain_failure("", int(status[0]), status, TO)
        assert (told.cause, told.code, str(told.enhanced)) == (cause, None, status)


def test_a_loop_is_not_mended_by_waiting() -> None:
    told = explain_failure("lowest numbered MX record points to local host", 4, "", TO)
    assert told.retry is Retry.AFTER_CHANGE
    assert "shop.example" in told.meaning
    assert "waiting will not help" in told.meaning


def test_a_refusal_whose_reply_is_not_logged_has_a_cause_and_no_code() -> None:
    told = explain_refusal("relay not permitted", 5, Place(Context.RCPT, "bob@shop.example"))
    assert (told.cause, told.code, told.enhanced) == (Cause.RELAY_DENIED, None, None)
    assert NO_CODE in told.notes
    assert told.details == ()


@given(st.text(max_size=200), st.sampled_from((4, 5)), st.sampled_from(("", "4.4.1", "5.1.1")))
def test_any_words_get_an_answer_and_never_a_code(text: str, klass: int, status: str) -> None:
    for told in (explain_failure(text, klass, status, TO), explain_refusal(text, klass, TO)):
        assert told.code is None
        assert told.meaning.isascii()
        assert told.remarks == ()
        assert not any(code in note for note in told.notes for code in ("451", "550"))
        assert told.next_steps or told.cause is Cause.UNKNOWN


@pytest.mark.parametrize(
    ("place", "target"),
    [(TO, "shop.example"), (Place(host="mx.shop.example"), "mx.shop.example"), (Place(), "DOMAIN")],
)
def test_what_to_check_is_the_domain_else_the_host(place: Place, target: str) -> None:
    told = explain_failure("no TLSA records found", 4, "", place)
    assert told.next_steps[0].text == f"smtpprobe starttls {target} shows what is offered"
