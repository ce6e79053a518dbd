from __future__ import annotations

import pytest

from smtpprobe.present.transcript import TextTranscript, Trust
from smtpprobe.protocol.command import Kind
from smtpprobe.protocol.events import By, Closed, Event, Opened, Received, Secured
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import ReplyParser
from smtpprobe.protocol.session import START, fold
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.tls_facts import TlsFacts
from tests.present.sessions import (
    MOMENT,
    OPENED,
    as_text,
    asis,
    happenings,
    message,
    octets,
    said,
    typed,
)

HEAD = """\
# smtpprobe transcript 1
:expand off
# target example.net via mx1.example.net [192.0.2.10]:25 as probe.example.org, 2026-11-21T22:14:03Z
:connect [mx1.example.net]
"""


def body_of(*events: Event) -> str:
    """The transcript below its head and greeting, without annotations."""
    text = as_text([OPENED, *said(b"220 hi\r\n"), *events], annotate=False)
    assert text.startswith(HEAD + "220 hi\n")
    return text.removeprefix(HEAD + "220 hi\n")


def test_a_session_is_written_as_a_script_with_annotations_above_the_replies() -> None:
    events = [
        OPENED,
        *said(b"220 mx1.example.net ESMTP Postfix\r\n"),
        typed("EHLO probe.example.org"),
        *said(b"250-mx1.example.net\r\n250-PIPELINING\r\n250 CHUNKING\r\n"),
        typed("QUIT"),
        *said(b"221 2.0.0 Bye\r\n"),
        Closed(1.0, By.THEM),
    ]
    lines = as_text(events).removeprefix(HEAD).splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert [line for line in lines if not line.startswith("#")] == [
        "220 mx1.example.net ESMTP Postfix",
        "EHLO probe.example.org",
        "250-mx1.example.net",
        "250-PIPELINING",
        "250 CHUNKING",
        "QUIT",
        "221 2.0.0 Bye",
        "< eof",
    ]
    assert [lines.index(comment) for comment in comments] == [0, 3, 8]
    assert [comment.split()[1] for comment in comments] == ["220", "250", "221"]
    assert all(comment.isascii() for comment in comments)


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        (typed("EHLO x"), "EHLO x"),
        (typed("ehlo  x "), "ehlo  x "),
        (typed("#x"), "> #x"),
        (typed(":x"), "> :x"),
        (typed("250 x"), "> 250 x"),
        (typed("250"), "> 250"),
        (typed(""), ">"),
        (typed("NOOP {{x}}"), "> NOOP {{x}}"),
        (typed("BDAT 5"), "> BDAT 5"),
        (asis("DATA"), "> DATA"),
        (asis("STARTTLS"), "> STARTTLS"),
        (typed("NOOP \N{GREEK SMALL LETTER ALPHA}"), "NOOP \N{GREEK SMALL LETTER ALPHA}"),
        (typed("NOOP \x1b[2J"), r':raw "NOOP \x1b[2J\r\n"'),
        (typed("NOOP \N{ZERO WIDTH SPACE}"), r':raw "NOOP \xe2\x80\x8b\r\n"'),
        (typed("NOOP \udcff"), r':raw "NOOP \xff\r\n"'),
        (octets(b"NOOP\n"), r':raw "NOOP\n"'),
        (octets(b"{{x}}\r\n"), r':raw "\x7b{x}}\r\n"'),
        (octets(b'a"\\\0'), r':raw "a\"\\\0"'),
    ],
)
def test_what_is_sent_is_written_so_that_it_is_read_back_the_same(
    sent: Event, written: str
) -> None:
    assert body_of(sent) == f"{written}\n"


def test_lines_sent_before_the_reply_to_the_first_did_not_wait() -> None:
    replies = said(b"250 a\r\n", b"221 b\r\n")
    assert body_of(typed("NOOP"), typed("QUIT")) == "> NOOP\n> QUIT\n"
    assert body_of(typed("NOOP"), asis("x"), *replies).startswith("> NOOP\n> x\n250")
    assert body_of(typed("NOOP"), *replies).startswith("NOOP\n250")


def test_lines_that_mean_more_than_their_octets_are_held_together() -> None:
    events = typed("NOOP"), typed("STARTTLS"), asis("RSET"), *said(b"250 a\r\n")
    assert body_of(*events).startswith(":hold\nNOOP\nSTARTTLS\n> RSET\n:flush\n250")
    events = typed("NOOP"), typed("AUTH PLAIN AGEAYg=="), *said(b"250 a\r\n")
    assert body_of(*events).startswith(
        ":secret auth_1\n:hold\nNOOP\nAUTH PLAIN {{auth_1}}\n:flush\n250"
    )


def test_lines_without_end_are_not_kept_back_without_end() -> None:
    transcript = TextTranscript(lambda: MOMENT)
    events = [OPENED, *said(b"220 hi\r\n"), *[typed("NOOP")] * 150]
    texts = [transcript.write(one) for one in happenings(events)]
    assert "".join(texts[:-51]) == "".join(texts[:2])
    assert "".join(texts).count("> NOOP\n") == 150
    assert transcript.settle() == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"250 ok\n",
        b"250 a\rb\r\n",
        b"250 \x1b[31m\r\n",
        b"250 \0\r\n",
        b"250 \xff\r\n",
        b"250 \xe2\x80\xae\r\n",
        b"2500 ok\r\n",
        b"250_ok\r\n",
        b"ok\r\n",
        b"600 ok\r\n",
        b"250-cut off",
    ],
)
def test_a_reply_that_is_not_clean_text_is_written_in_escapes(raw: bytes) -> None:
    text = body_of(*said(raw))
    assert text.startswith('< line "')
    assert text.rstrip("\n").isprintable()


def test_tab_and_long_text_and_other_languages_are_clean() -> None:
    assert body_of(*said("250 a\tb \N{SNOWMAN}\r\n".encode())) == "250 a\tb \N{SNOWMAN}\n"


def test_a_message_sent_whole_stands_octet_for_octet_under_its_data() -> None:
    text = body_of(
        typed("DATA"), *said(b"354 go\r\n"), message(":x", "# y", "..z", "", "{{client}}"),
        *said(b"250 ok\r\n"),
    )  # fmt: skip
    assert text == "DATA\n354 go\n:x\n# y\n..z\n\n{{client}}\n.\n250 ok\n"


def test_a_message_typed_line_by_line_is_written_as_it_goes_out() -> None:
    text = body_of(
        typed("DATA"), *said(b"354 go\r\n"), typed("Subject: x", Phase.DATA),
        typed("", Phase.DATA), typed(".", Phase.DATA), *said(b"250 ok\r\n"),
    )  # fmt: skip
    assert text == "> DATA\n354 go\n> Subject: x\n>\n> .\n250 ok\n"


def test_a_message_broken_off_stands_as_it_was() -> None:
    text = body_of(
        typed("DATA"), *said(b"354 go\r\n"), typed("Subject: x", Phase.DATA), Closed(0.0, By.THEM)
    )
    assert text == "> DATA\n354 go\n> Subject: x\n< eof\n"


def test_a_message_that_is_no_clean_text_is_written_as_octets() -> None:
    text = body_of(typed("DATA"), *said(b"354 go\r\n"), octets(b"bare\nlf\r\n.\r\n", Kind.BODY))
    assert text == '> DATA\n354 go\n:raw "bare\\nlf\\r\\n.\\r\\n"\n'


@pytest.mark.parametrize("reply", [b"503 no\r\n", b"250 what\r\n"])
def test_data_without_354_has_no_message_under_it(reply: bytes) -> None:
    text = body_of(typed("DATA"), *said(reply), typed("QUIT"))
    assert text == f"DATA\n{reply.decode().strip()}\nQUIT\n"


def test_data_taken_by_another_code_is_written_so_that_lines_are_read_as_message() -> None:
    text = body_of(typed("DATA"), *said(b"350 go\r\n"), typed("x", Phase.DATA))
    assert text == "> DATA\n350 go\n> x\n"


def test_a_data_line_is_held_back_until_it_is_known_what_follows() -> None:
    transcript = TextTranscript(lambda: MOMENT, annotate=False)
    *before, data, go = happenings([OPENED, *said(b"220\r\n"), typed("DATA"), *said(b"354 go\r\n")])
    for happening in before:
        transcript.write(happening)
    assert transcript.write(data) == ""
    assert transcript.write(go) == ""
    assert transcript.holds
    assert transcript.settle() == "> DATA\n354 go\n"
    assert transcript.settle() == ""


def test_secrets_are_named_and_their_values_are_nowhere() -> None:
    text = body_of(
        typed("AUTH PLAIN AGJvYgBzM2NyZXQ="), *said(b"535 no\r\n"), typed("AUTH LOGIN"),
        *said(b"334 VXNlcm5hbWU6\r\n"), typed("Ym9i", Phase.AUTH),
        *said(b"334 UGFzc3dvcmQ6\r\n"), typed("*", Phase.AUTH), *said(b"501 cancelled\r\n"),
    )  # fmt: skip
    assert "AGJvYgBzM2NyZXQ" not in text
    assert "Ym9i" not in text
    assert text == (
        ":secret auth_1\nAUTH PLAIN {{auth_1}}\n535 no\nAUTH LOGIN\n334 VXNlcm5hbWU6\n"
        ":secret auth_2\n{{auth_2}}\n334 UGFzc3dvcmQ6\n*\n501 cancelled\n"
    )


def test_a_handshake_is_told_in_one_comment_and_how_it_treats_certificates() -> None:
    tls = TlsFacts(ok=True, version="TLSv1.3", cipher="X", sni="mx1.example.net")
    events = [
        OPENED, *said(b"220 hi\r\n"), typed("STARTTLS"), *said(b"220 go\r\n"),
        Secured(0.0, tls, b"250 x\r\n"),
    ]  # fmt: skip
    text = as_text(events, Trust(enforced=False, ca_file="/tmp/ca.pem"), annotate=False)
    head, comment = text.removeprefix(HEAD).rsplit("# tls ", 1)
    assert head == "220 hi\n# ca-file /tmp/ca.pem\n:tls verify off\nSTARTTLS\n220 go\n"
    assert '"version": "TLSv1.3"' in comment
    assert r'"surplus": "\"250 x\\r\\n\""' in comment
    assert comment.count("\n") == 1
    assert "seconds" not in comment


def test_how_certificates_are_treated_is_told_once() -> None:
    tls = TlsFacts(ok=True)
    again = [typed("STARTTLS"), *said(b"220 go\r\n"), Secured(0.0, tls)]
    events = [OPENED, *said(b"220 a\r\n"), *again, OPENED, *said(b"220 a\r\n"), *again]
    text = as_text(events, Trust(enforced=False), annotate=False)
    assert text.count(":tls verify off") == 1


def test_implicit_tls_stands_in_the_target() -> None:
    opened = Opened(
        0.0, parse_target("smtps://mx.example"), "mx.example", 465, "[2001:db8::1]:465",
        tls=TlsFacts(ok=True, enforced=True),
    )  # fmt: skip
    lines = as_text([opened]).splitlines()
    assert lines[2].startswith("# target smtps://[mx.example] via mx.example [2001:db8::1]:465,")
    assert lines[3] == ":connect smtps://[mx.example]"
    assert lines[4].startswith("# tls {")


def test_who_closed_is_told() -> None:
    assert body_of(Closed(0.0, By.THEM)) == "< eof\n"
    assert body_of(Closed(0.0, By.US)) == ":close\n"


def test_a_reply_nobody_asked_for_stands_where_it_came() -> None:
    assert body_of(typed("NOOP"), *said(b"250 ok\r\n", b"421 bye\r\n")) == (
        "NOOP\n250 ok\n421 bye\n"
    )


def test_pieces_of_a_long_reply_are_written_in_escapes_to_the_last() -> None:
    parser = ReplyParser(limit=16)
    replies = parser.feed(b"250-aaaaaaaa\r\n250-bbbbbbbb\r\n250 c\r\n")
    assert [reply.piece for reply in replies] == [True, True, False]
    text = body_of(*(Received(0.0, reply) for reply in replies))
    assert [line.split(" ", 2)[:2] for line in text.splitlines()] == [["<", "line"]] * 3


def test_an_unfinished_reply_is_noted() -> None:
    assert TextTranscript(lambda: MOMENT).partial(b"250-a\x1b") == '# partial "250-a\\x1b"\n'


def test_recording_may_begin_inside_a_session() -> None:
    state = fold([OPENED, *said(b"220 hi\r\n")], START)
    assert TextTranscript(lambda: MOMENT).begin(state) == (
        "# smtpprobe transcript 1\n"
        "# recording starts inside a session with mx1.example.net, state greeted\n"
        ":expand off\n"
    )
