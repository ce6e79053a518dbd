"""Every reply in an input of each form is found where it stands, and nothing else."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TypeAlias

import pytest

from smtpprobe.explainer.explain import explained, whole_reply
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.explainer.input.reader import Reading
from smtpprobe.explainer.pasted import explain_pasted
from smtpprobe.explainer.report.json_csv import explained_object
from smtpprobe.present.annotation_json import annotation_object
from tests.explainer.outcomes import OUTCOMES, Outcome

DATA = Path(__file__).with_name("data")

Row: TypeAlias = tuple[int, int, str | None, str | None, str | None, str | None, str]


def found_in(path: Path) -> list[Found]:
    troubles: list[tuple[int, str]] = []
    reading = Reading(str(path), lambda line, what: troubles.append((line, what)))
    found = [one for group in reading.found() for one in group]
    reading.close()
    assert troubles == []
    return found


def row(found: Found) -> Row:
    annotation = explained(found)
    values = annotation_object(annotation)
    return (
        found.line,
        annotation.code or 0,
        str(annotation.enhanced) if annotation.enhanced else None,
        str(values["command"]) if values["command"] else None,
        found.host,
        found.recipient,
        annotation.cause.value,
    )


EXPECTED: dict[str, list[Row]] = {
    "exchange-receive.log": [
        (4, 220, None, "connect", None, None, "greeting"),
        (6, 250, None, "EHLO", None, None, "accepted"),
        (9, 250, "2.1.0", "MAIL", None, None, "accepted"),
        (11, 550, "5.7.54", "RCPT", None, "bob@elsewhere.example", "relay-denied"),
    ],
    "exchange-send.log": [
        (8, 220, None, "connect", "mx.example.org", None, "greeting"),
        (10, 250, None, "EHLO", "mx.example.org", None, "accepted"),
        (13, 250, "2.1.0", "MAIL", "mx.example.org", None, "accepted"),
        (15, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (17, 221, "2.0.0", "QUIT", "mx.example.org", None, "closing"),
    ],
    "exchange-tracking.csv": [
        (4, 550, "5.1.1", None, None, "gone@example.org", "unknown-recipient"),
        (5, 450, "4.4.316", None, "mx.down.example", "bob@down.example", "network-error"),
        (7, 552, "5.2.2", None, None, "full@example.org", "mailbox-full"),
    ],
    "powermta.csv": [
        (2, 550, "5.1.1", None, "mx.example.org", "gone@example.org", "unknown-recipient"),
        (3, 451, "4.7.1", None, "mx.grey.example", "bob@grey.example", "greylisted"),
        (4, 250, "2.0.0", "end of data", "mx.example.org", "amy@example.org", "accepted"),
    ],
    "ses.json": [
        (1, 550, "5.1.1", None, None, "gone@example.org", "unknown-recipient"),
        (1, 0, "5.4.4", None, None, "dead@dead.example", "unknown-domain"),
    ],
    "events.jsonl": [
        (1, 452, "4.2.2", None, None, "full@example.org", "mailbox-full"),
        (2, 250, "2.6.0", "end of data", None, "a@example.org", "accepted"),
        (2, 250, "2.6.0", "end of data", None, "b@example.org", "accepted"),
        (3, 550, "5.1.1", None, None, "john@example.org", "unknown-recipient"),
        (4, 550, "5.1.1", None, "mx.example.org", "gone@example.org", "unknown-recipient"),
        (5, 0, None, None, None, "old@example.org", "unknown-recipient"),
        (6, 550, "5.1.1", None, None, "gone@example.org", "unknown-recipient"),
        (7, 554, "5.7.1", None, None, "x@example.org", "relay-denied"),
        (8, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
    ],
    "sendgrid.json": [
        (2, 550, "5.1.1", None, None, "gone@example.org", "unknown-recipient"),
        (8, 451, "4.7.1", None, None, "slow@example.org", "greylisted"),
        (14, 0, "5.0.0", None, None, "old@example.org", "unknown"),
    ],
    "shipped.jsonl": [
        (1, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (2, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (3, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
    ],
    "dsn-base64.txt": [
        (42, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (49, 552, "5.2.2", "RCPT", "mx.example.org", "full@example.org", "mailbox-full"),
        (26, 0, "5.4.4", None, None, "dead@dead.example", "unknown-domain"),
    ],
    "report.txt": [
        (8, 550, "5.1.1", None, "mx.example.org", "gone@example.org", "unknown-recipient"),
    ],
    "dsn-postfix.eml": [
        (42, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (49, 552, "5.2.2", "RCPT", "mx.example.org", "full@example.org", "mailbox-full"),
        (26, 0, "5.4.4", None, None, "dead@dead.example", "unknown-domain"),
    ],
    "exchange-bounce.txt": [
        (11, 550, "5.1.1", None, "mx.example.org", "gone@example.org", "unknown-recipient"),
        (14, 554, "5.7.1", None, None, "big@strict.example", "relay-denied"),
    ],
    "exim-bounce.txt": [
        (9, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (
            14,
            552,
            "5.3.4",
            "end of data",
            "mx.strict.example",
            "big@strict.example",
            "message-too-large",
        ),
    ],
    "exim.log": [
        (3, 250, "2.0.0", "end of data", "mx.example.net", "ok@example.net", "accepted"),
        (4, 250, "2.0.0", "end of data", "mx.example.net", "too@example.net", "accepted"),
        (5, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (6, 421, "4.7.0", "connect", "mx.slow.example", None, "service-unavailable"),
        (7, 451, "4.7.1", "RCPT", "mx.slow.example", "late@slow.example", "greylisted"),
        (
            8,
            552,
            "5.3.4",
            "end of data",
            "mx.strict.example",
            "big@strict.example",
            "message-too-large",
        ),
        (9, 0, None, None, None, "dead@dead.example", "network-error"),
        (10, 0, None, "RCPT", None, "bob@other.example", "relay-denied"),
    ],
    "gmail-quote.txt": [
        (2, 550, "5.7.1", None, None, None, "ip-blocked"),
    ],
    "iso.log": [
        (1, 250, "2.0.0", "end of data", "mx.example.net", "ok@example.net", "accepted"),
        (2, 550, "5.1.1", None, "mx.example.org", "gone@example.org", "unknown-recipient"),
    ],
    "journal.json": [
        (2, 554, "5.7.1", "RCPT", "mx1", "bob@other.example", "relay-denied"),
    ],
    "mailbox.mbox": [
        (43, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (50, 552, "5.2.2", "RCPT", "mx.example.org", "full@example.org", "mailbox-full"),
        (27, 0, "5.4.4", None, None, "dead@dead.example", "unknown-domain"),
        (86, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (
            91,
            552,
            "5.3.4",
            "end of data",
            "mx.strict.example",
            "big@strict.example",
            "message-too-large",
        ),
    ],
    "openssl.txt": [
        (12, 250, None, None, None, None, "accepted"),
        (14, 250, None, "EHLO", None, None, "accepted"),
        (17, 334, None, "AUTH", None, None, "intermediate"),
        (19, 334, None, "AUTH continuation", None, None, "intermediate"),
        (21, 535, "5.7.8", "AUTH continuation", None, None, "auth-failed"),
        (23, 221, "2.0.0", "QUIT", None, None, "closing"),
    ],
    "postfix.log": [
        (2, 554, "5.7.1", "RCPT", "mx1", "bob@other.example", "relay-denied"),
        (5, 550, "5.7.1", "RCPT", "mx1", "amy@lab.example", "ip-blocked"),
        (6, 554, "5.7.1", "connect", "mx1", None, "ip-blocked"),
        (8, 451, "4.7.1", "RCPT", "mx1", "amy@lab.example", "greylisted"),
        (12, 250, "2.0.0", "end of data", "mx.example.net", "ok@example.net", "accepted"),
        (
            13,
            550,
            "5.1.1",
            "RCPT",
            "gmail-smtp-in.example",
            "gone@gmail.example",
            "unknown-recipient",
        ),
        (14, 450, "4.2.0", "RCPT", "mx1.slow.example", None, "greylisted"),
        (
            15,
            421,
            "4.7.0",
            "connect",
            "mx2.slow.example",
            "late@slow.example",
            "too-many-connections",
        ),
        (16, 0, "4.4.1", None, "dead.example", "nobody@dead.example", "network-error"),
        (
            17,
            550,
            "5.7.26",
            "end of data",
            "mx.strict.example",
            "big@strict.example",
            "sender-auth-failed",
        ),
        (18, 535, "5.7.8", "AUTH", "relay.example", None, "auth-failed"),
        (19, 550, "5.1.1", "RCPT", "dovecot.lab.example", "amy@lab.example", "unknown-recipient"),
    ],
    "qmail-bounce.txt": [
        (7, 550, "5.1.1", "RCPT", "192.0.2.11", "gone@example.org", "unknown-recipient"),
    ],
    "qmail.log": [
        (6, 550, "5.1.1", "RCPT", "192.0.2.11", "gone@example.org", "unknown-recipient"),
        (7, 421, "4.7.0", "connect", "192.0.2.12", "late@slow.example", "service-unavailable"),
        (9, 250, "2.0.0", "end of data", "192.0.2.10", "ok@example.net", "accepted"),
        (10, 0, "4.4.1", None, None, None, "network-error"),
    ],
    "replies.txt": [
        (2, 550, "5.1.1", None, None, None, "unknown-recipient"),
        (3, 450, "4.2.0", None, None, None, "greylisted"),
        (5, 250, None, None, None, None, "accepted"),
        (9, 550, "5.7.1", None, None, None, "spam-content"),
    ],
    "sendmail-bounce.txt": [
        (11, 550, "5.1.1", "RCPT", "mx.example.org", "gone@example.org", "unknown-recipient"),
        (14, 503, "5.5.1", "DATA", "mx.example.org", None, "bad-sequence"),
    ],
    "sendmail.log": [
        (2, 250, "2.0.0", "end of data", "mx.example.net", "ok@example.net", "accepted"),
        (3, 451, "4.7.1", None, "mx.slow.example", "late@slow.example", "greylisted"),
        (4, 550, "5.1.1", None, "mx.example.org", "gone@example.org", "unknown-recipient"),
        (5, 0, "4.0.0", None, "dead.example", "dead@dead.example", "network-error"),
        (6, 550, "5.7.1", "RCPT", "mx3", "bob@other.example", "relay-denied"),
        (7, 554, "5.7.1", "DATA", "mx3", None, "spam-content"),
    ],
    "smtplib.txt": [
        (2, 250, None, "EHLO", None, None, "accepted"),
        (6, 250, "2.1.0", "MAIL", None, None, "accepted"),
        (9, 554, "5.7.1", "RCPT", None, "bob@other.example", "relay-denied"),
    ],
    "swaks.txt": [
        (3, 220, None, "connect", "mx.example.net", None, "greeting"),
        (5, 250, None, "EHLO", "mx.example.net", None, "accepted"),
        (8, 220, "2.0.0", "STARTTLS", "mx.example.net", None, "accepted"),
        (11, 250, None, "EHLO", "mx.example.net", None, "accepted"),
        (13, 250, "2.1.0", "MAIL", "mx.example.net", None, "accepted"),
        (15, 550, "5.1.1", "RCPT", "mx.example.net", "gone@example.net", "unknown-recipient"),
        (17, 221, "2.0.0", "QUIT", "mx.example.net", None, "closing"),
    ],
    "telnet.txt": [
        (5, 220, None, "connect", "mx.example.net", None, "greeting"),
        (7, 250, None, "EHLO", "mx.example.net", None, "accepted"),
        (12, 250, "2.1.0", "MAIL", "mx.example.net", None, "accepted"),
        (14, 250, "2.1.5", "RCPT", "mx.example.net", "bob@example.net", "accepted"),
        (16, 550, "5.1.1", "RCPT", "mx.example.net", "gone@example.net", "unknown-recipient"),
        (18, 354, None, "DATA", "mx.example.net", None, "intermediate"),
        (23, 250, "2.0.0", "end of data", "mx.example.net", None, "accepted"),
        (25, 221, "2.0.0", "QUIT", "mx.example.net", None, "closing"),
    ],
}


def test_every_file_has_its_expectation() -> None:
    assert {path.name for path in DATA.iterdir()} == {*EXPECTED, *OUTCOMES}
    assert not set(EXPECTED) & set(OUTCOMES)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_replies_of_a_file_are_found_each_where_it_stands(name: str) -> None:
    assert [row(one) for one in found_in(DATA / name)] == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_line_ends_of_windows_change_nothing(name: str, tmp_path: Path) -> None:
    copy = tmp_path / name
    copy.write_bytes((DATA / name).read_bytes().replace(b"\n", b"\r\n"))
    assert [row(one) for one in found_in(copy)] == EXPECTED[name]


def outcome(found: Found) -> Outcome:
    line, code, enhanced, command, host, recipient, cause = row(found)
    told = host, recipient, found.client, found.queue
    return (line, found.klass, code, enhanced, command, *told, cause)


@pytest.mark.parametrize("name", OUTCOMES)
def test_what_a_log_tells_without_a_reply_is_found_and_no_code_is_invented(name: str) -> None:
    found = found_in(DATA / name)
    assert [outcome(one) for one in found] == OUTCOMES[name]
    for one in found:
        values = explained_object(one, explained(one), name)
        assert values["kind"] == ("outcome" if one.klass else "reply")
        assert values["code"] is None or not one.klass
        assert values["class"] == (one.klass or int(one.text[0]))


def test_what_a_log_folded_into_one_line_is_parted_again() -> None:
    (reply,) = (one for one in found_in(DATA / "postfix.log") if one.line == 13)
    annotation = explained(reply)
    assert annotation.provider == "Gmail"
    assert annotation.meaning.count("550") == 0


def test_the_gmail_story_is_read_as_a_matter_of_the_address_not_of_the_mailbox() -> None:
    (reply,) = found_in(DATA / "gmail-quote.txt")
    annotation = explained(reply)
    assert annotation.blame.value == "your-ip"
    assert "the mailbox is not the problem" in annotation.meaning
    assert "relay through your provider" in annotation.next_steps[0].text


LOGGED = """\
Nov 22 01:00:01 mx1 postfix/smtpd[21]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 \
<bob@o.example>: Relay access denied; from=<a@s.example> to=<bob@o.example>
Nov 22 01:00:03 mx1 postfix/postscreen[2]: NOQUEUE: reject: RCPT from [2001:db8::8]:40522: 550 \
5.7.1 Service unavailable; client [2001:db8::8] blocked using zen.spamhaus.org; from=<c@s.example>
Nov 22 01:00:06 mx1 postfix/smtpd[2103]: 4F1C2A: milter-reject: END-OF-MESSAGE from \
a.example[192.0.2.9]: 550 5.7.1 spam; from=<a@b.example>
Nov 22 01:00:06 mx1 sm-mta[7]: ruleset=check_rcpt, arg1=<a@b.example>, relay=c.example \
[192.0.2.7], reject=550 5.7.1 <a@b.example>... Relaying denied
Nov 22 01:00:07 mx1 postfix/smtp[9]: 4F1C: to=<a@b.example>, relay=c.example[192.0.2.7]:25, \
dsn=5.1.1, status=bounced (host c.example[192.0.2.7] said: 550 5.1.1 no (in reply to RCPT TO \
command))
"""
CLIENTS = [
    "unknown[192.0.2.7]", "[2001:db8::8]:40522", "a.example[192.0.2.9]", "c.example [192.0.2.7]",
    None,
]  # fmt: skip


def test_only_a_servers_own_log_names_the_client_it_refused(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text(LOGGED)
    found = found_in(log)
    assert [one.client for one in found] == CLIENTS
    assert [explained_object(one, explained(one), "x")["said_to"] for one in found] == CLIENTS
    for one in found:
        told = [detail for detail in explained(one).details if "your server said" in detail]
        assert bool(told) == (one.client is not None)


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        ("5.1.1", "5.1.1"),
        ("5.1.1 (no such user)", "5.1.1"),
        ("5.1.1(no such user)", "5.1.1"),
        ("4.1.1", None),  # not of the reply's class
        ("5.0.0", None),
        (r"5\g<9>", None),
        ("5.1.1\\", "5.1.1"),
        (r"5.1.1\g<1>\1", "5.1.1"),
        ("5.1.1.1", None),
        ("5", None),
        ("\\", None),
    ],
)
def test_the_status_of_a_bounce_is_a_code_or_none_and_never_a_pattern(
    status: str, seen: str | None, tmp_path: Path
) -> None:
    bounce = (DATA / "dsn-postfix.eml").read_text()
    mail = tmp_path / "bounce.eml"
    bare = bounce.replace("550 5.1.1 <gone", "550 <gone").replace("here", r"\g<1> here")
    mail.write_text(bare.replace("Status: 5.1.1", f"Status: {status}"))
    found = next(one for one in found_in(mail) if one.recipient == "gone@example.org")
    enhanced = whole_reply(found).enhanced
    assert (str(enhanced) if enhanced else None) == seen
    assert explained(found).cause is not None


@pytest.mark.parametrize("octets", [900, 1150, 1400, 1700])
def test_a_message_that_breaks_off_is_told_and_what_there_is_of_it_is_read(
    octets: int, tmp_path: Path
) -> None:
    whole = (DATA / "dsn-postfix.eml").read_bytes()
    cut = tmp_path / "cut.eml"
    cut.write_bytes(whole[:octets])
    troubles: list[tuple[int, str]] = []
    reading = Reading(str(cut), lambda line, what: troubles.append((line, what)))
    found = [one for group in reading.found() for one in group]
    reading.close()
    assert [line for line, _ in troubles] == [1]
    assert "truncated message" in troubles[0][1]
    recipients = {one.recipient for one in found}
    assert recipients - {"dead@dead.example"} == {"gone@example.org", "full@example.org"}


def test_what_a_message_says_is_no_reply_whatever_it_looks_like() -> None:
    log = (DATA / "nodemailer.txt").read_text()
    assert "S: 550 no\n" in log
    assert not any(one.text.startswith("550 no") for one in found_in(DATA / "nodemailer.txt"))


def test_no_command_of_a_log_is_shown_as_it_may_hold_a_password() -> None:
    for name in ("opensmtpd.log", "haraka.log", "nodemailer.txt", "phpmailer.txt"):
        for one in found_in(DATA / name):
            shown = str(explained_object(one, explained(one), name))
            for secret in ("AGFteUBleGFtcGxlLm5ldAB3cm9uZw", "d3Jvbmc", "AGFteQ"):
                assert secret not in shown


@pytest.mark.parametrize("prefix", ["", "Nov 30 07:00:39 mx1 haraka[7]: "])
def test_lines_of_sessions_are_found_between_those_of_other_logs(
    prefix: str, tmp_path: Path
) -> None:
    haraka = (DATA / "haraka-info.log").read_text().splitlines()
    own = [prefix + line for line in haraka if "connect ip=" in line]
    postfix = (DATA / "postfix.log").read_text().splitlines()
    mixed = tmp_path / "mixed.log"
    mixed.write_text("\n".join([*own, *postfix]) + "\n")
    found = found_in(mixed)
    assert [one.text[:3] for one in found if one.client == "198.51.100.50"] == ["550", "503"]
    assert len(found) == len(EXPECTED["postfix.log"]) + 2


def test_a_second_session_in_one_log_begins_with_its_greeting() -> None:
    greetings = [one for one in found_in(DATA / "phpmailer.txt") if one.text.startswith("220")]
    assert [row(one)[3] for one in greetings] == ["connect", "connect"]


ONE_LINE: dict[str, tuple[str, str | None, int, str, str]] = {
    "2026-11-22 01:00:08 SMTP protocol synchronization error (input sent without waiting for "
    'greeting): rejected connection from H=[198.51.100.7] input="EHLO x\\r\\n"': (
        "SMTP protocol synchronization error (input sent without waiting for greeting)",
        "connect", 5, "", "[198.51.100.7]",
    ),
    "2026-11-22 01:00:08 H=a.example [198.51.100.7]:4711 I=[192.0.2.1]:25 X=TLS1.3:X:256 CV=no "
    "F=<amy@a.example> temporarily rejected RCPT <bob@b.example>: greylisted.": (
        "greylisted.", "RCPT", 4, "bob@b.example", "a.example [198.51.100.7]:4711",
    ),
    "2026-11-22 01:00:08 login authenticator failed for (win) [198.51.100.7]:4711: 535 Incorrect "
    "authentication data (set_id=amy@b.example)": (
        "535 Incorrect authentication data", "AUTH", 0, "", "(win) [198.51.100.7]:4711",
    ),
    "Nov 22 01:00:08 mx1 sm-mta[7]: ruleset=tls_server, arg1=SOFTWARE, relay=mx.b.example, "
    "reject=454 4.7.0 TLS handshake failed.": ("", None, 0, "", ""),
    "Nov 22 01:00:08 mx1 sm-mta[7]: 4AM1: to=<bob@b.example>, mailer=esmtp, dsn=2.0.0, "
    "stat=queued": ("", None, 0, "", ""),
    '{"MESSAGE":"8d4e778cd4e0690e smtp failed-command command=\\"RCPT TO:<bob@b.example>\\" '
    'result=\\"550 Invalid recipient\\"","SYSLOG_IDENTIFIER":"smtpd","_HOSTNAME":"mx1"}': (
        "550 Invalid recipient", "RCPT", 0, "bob@b.example", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", ONE_LINE, ids=range(len(ONE_LINE)))
def test_a_single_line_of_a_log_tells_what_was_refused_to_whom(line: str, tmp_path: Path) -> None:
    text, command, klass, recipient, client = ONE_LINE[line]
    log = tmp_path / "log"
    log.write_text(line + "\n")
    found = found_in(log)
    if not text:
        assert found == []
        return
    (one,) = found
    assert (one.text, one.klass, one.recipient or "", one.client) == (
        text, klass, recipient, client,
    )  # fmt: skip
    assert row(one)[3] == command


@pytest.mark.parametrize("action", ["Action: failed\n", ""])
def test_a_bounce_with_nothing_but_a_status_is_explained_by_it(action: str, tmp_path: Path) -> None:
    text = (DATA / "dsn-sendmail.eml").read_text().replace("Action: failed\n", action)
    bounce = tmp_path / "bounce.eml"
    bounce.write_text(text)
    (one,) = found_in(bounce)
    assert (one.klass, one.status, row(one)[-1]) == (5, "5.1.2", "unknown-domain")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"email": "a@example.org", "event": "bounce"', "JSON without its closing brace"),
        ('{"x": "' + "y" * 1000 + '"}\n{"a": "' + "z" * 5_000_000, "a line of"),
        ('email,reason,status\na@example.org,550 no,"5\n' + "x\n" * 140_000, "a row of more than"),
    ],
    ids=["breaks off", "too long a line", "an open quote"],
)
def test_a_record_that_cannot_be_read_whole_is_told(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "records"
    path.write_text(text)
    troubles: list[str] = []
    reading = Reading(str(path), lambda _line, what: troubles.append(what))
    found = [one for group in reading.found() for one in group]
    reading.close()

    assert found == []
    assert troubles
    assert troubles[0].startswith(told)


def test_what_services_and_web_servers_say_without_a_recipient_is_no_reply(tmp_path: Path) -> None:
    path = tmp_path / "web.jsonl"
    path.write_text('{"message": "502 Bad Gateway", "code": 502}\n{"reason": "550 no"}\n')

    assert found_in(path) == []


def test_a_record_pasted_in_one_line_is_explained_without_the_braces_around_it() -> None:
    text = '{"Email": "a@example.org", "Details": "smtp;550 5.1.1 no such user", "Tag": "x"}'

    (reply,) = explain_pasted(text).replies

    assert (reply[0].text, reply[0].recipient) == ("550 5.1.1 no such user", "a@example.org")


@pytest.mark.parametrize("size", [59, 4096])
def test_letters_that_are_no_text_in_base64_stay_letters(size: int, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(base64.encodebytes(bytes(range(256)) * 16)[:size])

    assert found_in(path) == []


def test_an_endless_line_inside_base64_is_reported_and_held_in_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "endless.txt"
    path.write_bytes(base64.encodebytes(b"550 5.1.1 no such user\n" + b"x" * 3_000_000))
    troubles: list[tuple[int, str]] = []
    reading = Reading(str(path), lambda line, what: troubles.append((line, what)))
    found = [one.text for group in reading.found() for one in group]
    reading.close()
    assert found == ["550 5.1.1 no such user"]
    assert troubles == [(2, "a line of more than 1 MiB inside base64; the rest was not read")]


_POSTFIX_BOUNCE = """\
<bob@example.net>: host mx.example.net[192.0.2.7] said: 550 5.1.1
    <bob@example.net>: Recipient address rejected: User unknown in virtual
    mailbox table (in reply to RCPT TO command)
"""
_REPORT = """\
Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.7.26
Diagnostic-Code: smtp; 550-5.7.26 Your email has been blocked because the
 sender is unauthenticated. Authenticate with either SPF or DKIM.
"""


@pytest.mark.parametrize("mark", ["", "> ", ">", "> > ", ">> "])
@pytest.mark.parametrize("before", ["", "Hi, what does this mean?\n\n"])
@pytest.mark.parametrize(
    ("bounce", "end"), [(_POSTFIX_BOUNCE, "virtual mailbox table"), (_REPORT, "SPF or DKIM.")]
)
def test_a_bounce_that_a_mail_client_quoted_is_read_to_its_end(
    mark: str, before: str, bounce: str, end: str, tmp_path: Path
) -> None:
    path = tmp_path / "bounce.txt"
    path.write_text(before + "".join(f"{mark}{line}\n" for line in bounce.splitlines()))
    (found,) = found_in(path)
    assert found.recipient == "bob@example.net"
    assert " ".join(whole_reply(found).words.split()).endswith(end)
