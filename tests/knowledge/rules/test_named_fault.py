"""What a refusal blames in the line that was sent, where its text names it."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import OF_THE_LINE
from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.named_fault import FAULTS, FORM
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.verbs import VERBS, Context, Parameter, Verb
from tests.knowledge.sessions import announcing, explained

C = Context
SYNTAX, NOT_OFFERED = Cause.SYNTAX_ERROR, Cause.NOT_IMPLEMENTED
PARAMETERS = [(verb, one) for verb in (VERBS["MAIL"], VERBS["RCPT"]) for one in verb.parameters]


def told(context: Context, reply: str) -> Annotation:
    return explain_reply(unfold(reply), context)


@pytest.mark.parametrize(
    ("context", "reply", "cause", "meaning", "step"),
    [
        (C.MAIL, "501 5.5.4 Bad RET parameter syntax", SYNTAX, "value of RET", "RET=FULL"),
        (C.MAIL, "501 5.5.4 Unknown BODY type FOO", Cause.PARAMETER_UNSUPPORTED, "value of BODY",
         "BODY=8BITMIME or BODY=7BIT"),
        (C.MAIL, "501 Error: Bad message size syntax", SYNTAX, "value of SIZE", "without it"),
        (C.RCPT, "501 Invalid value for NOTIFY parameter", SYNTAX, "value of NOTIFY", "NOTIFY="),
        (C.RCPT, "553 NOTIFY option NEVER cannot be combined with other options", SYNTAX,
         "cannot be combined", "NOTIFY="),
        (C.MAIL, "553 5.1.0 Sender address syntax error", SYNTAX, "MAIL line", "MAIL FROM:"),
        (C.RCPT, "500 Invalid address", SYNTAX, "RCPT line", "RCPT TO:"),
        (C.MAIL, "501 Invalid address", SYNTAX, "MAIL line", "MAIL FROM:"),
        (C.MAIL, "501 Path too long", SYNTAX, "64 octets before @", "shorter address"),
        (C.NOOP, "500 5.5.2 Line too long", SYNTAX, "512 octets", "shorter line"),
        (C.UNKNOWN, "500 5.5.2 Error: bad UTF-8 syntax", SYNTAX, "UTF-8", "UTF-8"),
        (C.UNKNOWN, "501 NUL characters are not allowed in SMTP commands", SYNTAX, "NUL", "NUL"),
        (C.VRFY, "501 user: recipient address must contain a domain", SYNTAX, "no domain",
         "user@domain"),
        (C.AUTH, "501 5.5.4 Missing SASL mechanism parameter", SYNTAX, "mechanism", "AUTH PLAIN"),
        (C.AUTH, "503 not permitted in mail transaction", Cause.BAD_SEQUENCE, "transaction",
         "RSET, then AUTH"),
        (C.AUTH, "504 Invalid AUTH string", SYNTAX, "", ""),
        (C.DATA, "503 5.5.1 Error: DATA after BDAT", Cause.BAD_SEQUENCE, "BDAT", "BDAT 0 LAST"),
        (C.BDAT, '500 5.5.1 Command unrecognized: "BDAT 5"', NOT_OFFERED, "CHUNKING", "DATA"),
        (C.BDAT, "501 missing size for BDAT command", SYNTAX, "octets of the chunk", "BDAT 1024"),
        (C.ETRN, "500 Syntax: ETRN domain", SYNTAX, "domain", "ETRN example.org"),
        (C.ETRN, "459 <example.net>: service unavailable", Cause.POLICY, "not allowed", "ask"),
        (C.AUTH, "521 Closing connection, 4 unrecognized commands.", SYNTAX, "does not know",
         "connect again"),
        (C.QUIT, "501 Unexpected arguments", SYNTAX, "QUIT takes no argument", ":close"),
        (C.QUIT, "501 argument", Cause.UNKNOWN, "QUIT takes no argument", ":close"),
        (C.MAIL, "699 5.5.4 Bad RET parameter syntax", SYNTAX, "the parameter it names", ""),
        (C.BDAT, "502 ESMTP command error", NOT_OFFERED, "CHUNKING", "DATA"),
        (C.MAIL, "552 5.2.3 Message size exceeds fixed maximum message size (2000)",
         Cause.MESSAGE_TOO_LARGE, "than this server accepts", "smaller"),
    ],
)  # fmt: skip
def test_what_the_text_names_is_told_and_mended(
    context: Context, reply: str, cause: Cause, meaning: str, step: str
) -> None:
    annotation = told(context, reply)
    steps = "; ".join(one.text for one in annotation.next_steps)
    assert annotation.cause is cause
    assert meaning in annotation.meaning
    assert step in steps


@pytest.mark.parametrize(("verb", "parameter"), PARAMETERS, ids=lambda one: one.name)
def test_every_parameter_that_a_refusal_names_is_named(verb: Verb, parameter: Parameter) -> None:
    name = parameter.name.rstrip("=")
    annotation = told(verb.context, f"501 5.5.4 Invalid {name} parameter")
    if name == "BY":  # a word of English: it would be found in half of all refusals
        return
    assert name in annotation.meaning
    assert any("without" in step.text for step in annotation.next_steps)


@pytest.mark.parametrize(
    ("context", "reply"),
    [
        (C.RCPT, "550 5.1.1 <notify@example.org>: no such user"),
        (C.MAIL, "553 5.1.8 <body@example.org>: Sender address rejected: Domain not found"),
        (C.RCPT, "550 5.7.1 rejected by policy, see https://example.org/size"),
        (C.RCPT, "501 5.1.3 Bad address syntax <orcpt@example.org>"),
    ],
)
def test_a_name_in_an_address_is_not_a_parameter(context: Context, reply: str) -> None:
    annotation = told(context, reply)
    assert not any(
        word in annotation.meaning for word in ("NOTIFY", "BODY", "SIZE", "ORCPT", "parameter")
    )


def test_the_address_of_a_sender_that_does_not_exist_is_no_matter_of_form() -> None:
    assert told(C.MAIL, "501 5.1.8 Sender domain does not exist").cause is Cause.SENDER_REJECTED


def test_faults_are_looked_for_under_each_of_their_causes() -> None:
    assert frozenset().union(FORM, *(fault.causes for fault in FAULTS)) == OF_THE_LINE


NAMES = ("FOO", "BAR", "RET", "SIZE", "BODY", "SMTPUTF8")
SOME = announcing("SIZE 1000", "DSN")
NONE = announcing()
LINE = "MAIL FROM:<me@example.org> {}"


@pytest.mark.parametrize(
    ("parameters", "reply", "named_after_some", "named_after_none"),
    [
        # of what EHLO announced nothing is blamed unless the text names it
        ("RET=FULL", "555 parameter not supported", "", "RET"),
        ("SIZE=5", "555 parameter not supported", "", "SIZE"),
        ("FOO=1", "555 parameter not supported", "FOO", "FOO"),
        ("SMTPUTF8", "555 parameter not supported", "SMTPUTF8", "SMTPUTF8"),
        ("RET=FULL BODY=7BIT", "555 parameter not supported", "BODY", ""),
        ("FOO=1 BAR=2", "555 parameter not supported", "", ""),
        # a syntax error may be about the address, too; where EHLO announced something it is less so
        ("FOO=1", "501 syntax error", "FOO", ""),
        ("BODY=8BITMIME", "501 syntax error", "BODY", ""),
        ("RET=FULL", "501 syntax error", "", ""),
        ("FOO=1 BAR=2", "501 bar is bad", "BAR", "BAR"),
        ("FOO=1", "550 foo is bad", "", ""),
        ("FOO=1", "552 5.3.4 foo: message too big", "", ""),
    ],
)
def test_a_parameter_that_was_sent_is_blamed_where_that_is_certain(
    parameters: str, reply: str, named_after_some: str, named_after_none: str
) -> None:
    for state, name in ((SOME, named_after_some), (NONE, named_after_none)):
        found = explained(C.MAIL, reply, state, LINE.format(parameters))
        blamed = [one for one in NAMES if found.title == f"{one} refused"]
        assert blamed == ([name] if name else []), (found.title, state.extensions)


def test_a_word_of_english_is_a_parameter_where_it_was_sent_as_one() -> None:
    assert explained(C.MAIL, "501 bad size", SOME, LINE.format("SIZE=x")).title == "SIZE refused"
    assert explained(C.MAIL, "501 bad size", SOME, LINE.format("")).title == "MAIL malformed"
    assert explained(C.MAIL, "501 bad ret", SOME, LINE.format("SIZE=x")).title == "RET refused"


@pytest.mark.parametrize(
    ("reply", "meaning", "steps"),
    [
        ("501 5.5.4 Bad RET parameter syntax",
         "the value of RET is not one that the server accepts",
         "MAIL again with RET=FULL or RET=HDRS; or without it"),
        ("501 5.5.4 Bad BODY parameter syntax",
         "the value of BODY is not one that the server accepts",
         "MAIL again with BODY=8BITMIME or BODY=7BIT; or without it"),
        ("501 5.5.4 cannot combine BODY values",
         "values of BODY that cannot be combined were sent together",
         "MAIL again with BODY=8BITMIME or BODY=7BIT; or without it"),
        ("501 5.5.4 bad size parameter",
         "the value of SIZE is not one that the server accepts",
         "MAIL again with a valid value of SIZE; or without it"),
        ("555 5.5.4 Unsupported option: SMTPUTF8",
         "the server does not accept SMTPUTF8 here", "MAIL again without SMTPUTF8"),
    ],
)  # fmt: skip
def test_a_refused_parameter_is_told_with_the_values_it_may_have(
    reply: str, meaning: str, steps: str
) -> None:
    found = told(C.MAIL, reply)
    assert found.meaning.removeprefix("likely: ") == meaning
    assert "; ".join(step.text for step in found.next_steps) == steps
    assert len(found.references) == len(set(found.references)) >= 2  # the code's and its own


def test_a_command_without_parameters_has_none_to_blame() -> None:
    for context in (C.NOOP, C.RSET, C.DATA, C.EHLO, C.UNKNOWN, C.AUTH_STEP, C.CONNECT, None):
        assert "RET" not in told_of(context), context


def told_of(context: Context | None) -> str:
    return explained(context, "501 5.5.4 Bad RET parameter syntax").title
