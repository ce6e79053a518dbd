"""What is odd about a reply, told also in brief: firewalls, old forms, the PROXY header."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.remarks import PATIENCE
from smtpprobe.knowledge.rules.smtp_inspection import SWITCHED_OFF
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.events import Received
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import State, advance
from smtpprobe.protocol.transport.via import Via
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, explained

C = Context
STARRED = "a greeting of asterisks: a firewall between you and the server rewrites SMTP"
MASKS = "{}: a keyword that a firewall's SMTP inspection masks{}"
LIKE = ", as long as STARTTLS"
NAMES = "it names {}, but RCPT was sent: {}"
OFF_BY_ONE = "the replies may be one off"
FIREWALL = "a firewall's SMTP inspection may have changed it"


@pytest.mark.parametrize(
    ("context", "reply", "remark"),
    [
        (C.CONNECT, "220 ****************", STARRED),
        (None, "220 ****************", STARRED),
        (C.CONNECT, "220 ****", STARRED),
        (C.CONNECT, "220 *****2026", STARRED),
        (C.CONNECT, "220 ***", ""),
        (C.CONNECT, "220 **** 2026", ""),  # half of it is no more than half
        (C.CONNECT, "220 ******** mx", ""),
        (C.CONNECT, "554 ********", ""),
        (C.EHLO, "220 ********", ""),
        (C.EHLO, "250-mx\n250 XXXXXXXA", MASKS.format("XXXXXXXA", LIKE)),
        (C.LHLO, "250-mx\n250 XXXXXXXA", MASKS.format("XXXXXXXA", LIKE)),
        (None, "250-mx\n250 XXXXXXXA", MASKS.format("XXXXXXXA", LIKE)),
        (C.EHLO, "250-mx\n250-STARTTLS\n250 XXXXXXXA", MASKS.format("XXXXXXXA", "")),
        (C.EHLO, "250-mx\n250 XXXXXXA", MASKS.format("XXXXXXA", "")),
        (C.EHLO, "250-mx\n250 XXXX", MASKS.format("XXXX", "")),
        (C.EHLO, "250-mx\n250 XXX", ""),
        (C.EHLO, "250-mx\n250 XFORWARD", ""),
        (C.RCPT, "250-mx\n250 XXXXXXXA", ""),
    ],
)
def test_a_firewall_that_rewrites_is_told_by_what_it_wrote_over(
    context: Context | None, reply: str, remark: str
) -> None:
    found = explain_reply(unfold(reply), context).remarks
    assert found == ((remark, SWITCHED_OFF) if remark else ())


@pytest.mark.parametrize(
    ("context", "reply", "remark"),
    [
        (C.RCPT, '500 unknown command "DATA"', NAMES.format("DATA", OFF_BY_ONE)),
        (C.RCPT, "500 'data' unrecognized", NAMES.format("DATA", OFF_BY_ONE)),
        (C.RCPT, "501 not recognized: <frob it>", NAMES.format("FROB", FIREWALL)),
        (C.RCPT, "500 unknown command 'RCP'", ""),  # cut short
        (C.RCPT, "500 unknown command 'RCPTX'", ""),
        (C.RCPT, "502 'rcpt' not recognized", ""),
        (C.RCPT, "500 unknown 'Bob'", ""),  # it was in the line, as the address
        (C.RCPT, "550 unknown command 'DATA'", ""),
        (C.RCPT, "500 unknown", ""),
        (C.UNKNOWN, "500 unknown command 'DATA'", ""),  # a password may have been sent
        (C.AUTH_STEP, "500 unknown command 'DATA'", ""),
        (None, "500 unknown command 'DATA'", ""),
    ],
)
def test_a_refusal_of_another_command_than_was_sent_is_told(
    context: Context | None, reply: str, remark: str
) -> None:
    assert explained(context, reply).remarks == ((remark,) if remark else ())


@pytest.mark.parametrize(
    ("context", "reply", "told"),
    [
        (C.EHLO, "250-mx\n250 AUTH=LOGIN", True),
        (C.LHLO, "250-mx\n250 AUTH=LOGIN", True),
        (None, "250-mx\n250 auth=login plain", True),
        (C.EHLO, "250-mx\n250-AUTH LOGIN\n250 AUTH=LOGIN", False),
        (C.EHLO, "250-mx\n250 AUTH LOGIN", False),
        (C.EHLO, "550-mx\n550 AUTH=LOGIN", False),
        (C.RCPT, "250-mx\n250 AUTH=LOGIN", False),
    ],
)
def test_auth_in_the_form_of_old_drafts_alone_is_told(
    context: Context | None, reply: str, *, told: bool
) -> None:
    assert any("old drafts" in one for one in explain_reply(unfold(reply), context).remarks) is told


@pytest.mark.parametrize(
    ("header", "seconds", "reply", "told"),
    [
        ("PROXY UNKNOWN", 0.0, "220 hello", ""),
        ("PROXY UNKNOWN", 0.0, "421 no", "a PROXY header was sent"),
        ("PROXY UNKNOWN", 0.0, "554 no", "a PROXY header was sent"),
        ("", PATIENCE + 1, "421 4.3.0 mx Server local error", "if it expected a PROXY header"),
        ("", PATIENCE, "421 4.3.0 mx Server local error", ""),
        ("", PATIENCE + 1, "421 4.3.0 mx busy", ""),
        ("", PATIENCE + 1, "220 mx Server local error", ""),
    ],
)
def test_the_proxy_header_is_thought_of_where_a_refused_greeting_can_be_about_it(
    header: str, seconds: float, reply: str, told: str
) -> None:
    state = State(phase=Phase.GREETING, via=Via(header=header))
    _, exchange = advance(state, Received(seconds, parse_reply(reply.encode() + b"\r\n")))
    assert exchange is not None
    found = annotate(exchange).remarks
    assert len(found) == bool(told)
    assert all(told in one for one in found)


def test_of_a_greeting_in_a_log_nothing_is_said_about_a_proxy_header() -> None:
    assert explain_reply(unfold("421 mx Server local error"), C.CONNECT).remarks == ()


@pytest.mark.parametrize(
    ("typed", "reply", "told"),
    [
        ("bob", "334 UGFzc3dvcmQ6", "is not base64"),
        ("bobs", "334 UGFzc3dvcmQ6", "no readable name"),
        ("Ym9i", "334 UGFzc3dvcmQ6", ""),
        ("bob", "535 no", ""),
        ("bob", "235 ok", ""),
    ],
)
def test_an_answer_that_a_server_takes_though_it_is_no_base64_is_told(
    typed: str, reply: str, told: str
) -> None:
    state = announcing("AUTH LOGIN", phase=Phase.AUTH, auth_mechanism="LOGIN", auth_answers=0)
    found = explained(C.AUTH_STEP, reply, state, typed).remarks
    assert len(found) == bool(told)
    assert all(told in one for one in found)
