"""The login at a submission host: what comes of it, and that the password is nowhere."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace

import pytest

from smtpprobe.cli.why_parser import why_parser
from smtpprobe.errors import UsageError
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.faults import Script
from smtpprobe.sandbox.network import Where, network
from smtpprobe.settings.settings import Settings
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.arguments import read_words
from smtpprobe.why.collect.login import Account
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.facts import Known
from smtpprobe.why.reports.json_report import json_report
from smtpprobe.why.reports.letter import letter
from smtpprobe.why.reports.lines import fact_lines, trial_lines, verdict_lines
from smtpprobe.why.request import Kind
from tests.why.collect.peer import ASKED, Peer, heard, one_host
from tests.why.collect.stage import MadeUp, Zone

RELAY: Where = ("198.51.100.1", 587)
TWO: Zone = {"mx.there.test": {"A": ("198.51.100.1", "198.51.100.2")}}
PASSWORD = "correct horse"
REQUEST = replace(
    ASKED,
    kind=Kind.SUBMISSION,
    way=Target(TargetKind.HOST, "mx.there.test", 587),
    sender="me@a.test",
)
HELLO = b"250-mx.there.test\r\n250 AUTH CRAM-MD5\r\n"
"""A mechanism that may be used in the clear: the made-up network has no certificates."""

CHALLENGE = b"334 " + b64encode(b"<1@there>") + b"\r\n"


def peer(last: bytes, **answers: bytes) -> Peer:
    """A server that ends a login so."""
    table = {b"EHLO": HELLO, b"AUTH": CHALLENGE, b64encode(b"me ")[:3]: last}
    return Peer({**table, **{verb.encode(): said for verb, said in answers.items()}})


async def sought(*servers: Peer, zone: Zone | None = None, rcpt: bool = True) -> Found:
    places: dict[Where, Script | int] = {
        (f"198.51.100.{n}", 587): [one] for n, one in enumerate(servers, 1)
    }
    account = Account(Credentials("me", PASSWORD))
    async with network(places) as net:
        how = Gathering("out.here.test", connector=net, connect_limit=5.0, reply_limit=10.0)
        shared = MadeUp(zone or one_host(), how)
        shared.limits = Limits(2, 0.0, 6)
        notes = Notes(Known(replace(REQUEST, rcpt=rcpt)), secrets=account.secrets)
        await gather(notes, Tools(shared, account=account))
        return Found(notes.known, heard(net))


class Found:
    """What is known, what the servers heard, and everything that is shown of it."""

    def __init__(self, known: Known, lines: list[str]) -> None:
        self.known, self.lines = known, lines

    @property
    def verdict(self) -> Verdict:
        return diagnose(self.known)

    @property
    def shown(self) -> str:
        known, verdict = self.known, self.verdict
        lines = [line for one in known.facts for line in fact_lines(one)]
        lines += [line for one in known.trials for line in trial_lines(one, known)]
        lines += verdict_lines(verdict, known)
        text = "\n".join("".join(span.text for span in line) for line in lines)
        return text + json_report(known, verdict) + letter(known, verdict.title, ours=True)


async def test_after_a_login_the_recipient_is_tried() -> None:
    found = await sought(peer(b"235 2.7.0 welcome\r\n"))
    assert found.verdict.cause.id == "accepted"
    verbs = [line.split()[0] for line in found.lines]
    assert verbs[1] == "AUTH"
    assert verbs[3:5] == ["MAIL", "RCPT"]
    assert found.known.answer("dialogue.login") is Answer.YES


@pytest.mark.parametrize(
    ("last", "cause", "exit_"),
    [
        (b"535 5.7.8 Error: authentication failed\r\n", "login-refused", 1),
        (b"454 4.7.0 Temporary authentication failure\r\n", "login-unavailable", 4),
    ],
)
async def test_a_login_that_is_refused_ends_it(last: bytes, cause: str, exit_: int) -> None:
    found = await sought(peer(last))
    verdict = found.verdict
    assert (verdict.cause.id, verdict.who.value, int(verdict.status)) == (cause, "sender", exit_)
    assert "mx.there.test:587" in verdict.title
    assert not [line for line in found.lines if line.startswith("MAIL")]


async def test_without_a_recipient_the_login_alone_is_tried() -> None:
    found = await sought(peer(b"235 2.7.0 welcome\r\n"), rcpt=False)
    assert [line.split()[0] for line in found.lines if " " in line] == ["EHLO", "AUTH"]
    assert found.verdict.cause.id == "not-tried"
    refused = await sought(peer(b"535 5.7.8 no\r\n"), rcpt=False)
    assert refused.verdict.cause.id == "login-refused"


async def test_a_host_with_two_addresses_refuses_a_login_once() -> None:
    refuses = peer(b"535 5.7.8 no\r\n")
    found = await sought(refuses, refuses, zone={**one_host(), **TWO})
    assert sum(line.startswith("AUTH") for line in found.lines) == 1
    assert found.verdict.cause.id == "login-refused"


async def test_a_password_does_not_go_out_in_the_clear() -> None:
    hello = b"250-mx.there.test\r\n250 AUTH PLAIN LOGIN\r\n"
    found = await sought(peer(b"235 ok\r\n", EHLO=hello))
    assert found.verdict.cause.id == "login-impossible"
    assert "in the clear" in found.verdict.title
    assert not [line for line in found.lines if line.startswith("AUTH")]


async def test_without_auth_no_login_is_possible() -> None:
    found = await sought(peer(b"", EHLO=b"250 mx.there.test\r\n"))
    assert found.verdict.cause.id == "login-impossible"


@pytest.mark.parametrize(
    ("answers", "cause"),
    [
        ({"MAIL FROM:<me": b"553 5.7.1 Sender address rejected: not owned by user me\r\n"},
         "sender-not-allowed"),
        ({"RCPT": b"554 5.7.1 Relay access denied\r\n"}, "login-without-relay"),
    ],
)  # fmt: skip
async def test_what_is_refused_after_a_login_is_not_for_want_of_one(
    answers: dict[str, bytes], cause: str
) -> None:
    found = await sought(peer(b"235 2.7.0 welcome\r\n", **answers))
    assert found.verdict.cause.id == cause


async def test_a_server_that_says_the_password_is_not_quoted() -> None:
    says = f"535 5.7.8 me may not use {PASSWORD}\r\n".encode()
    for last, more in (
        (says, b""),
        (
            b"235 ok\r\n",
            f"550 5.7.1 {PASSWORD} {b64encode(PASSWORD.encode()).decode()}\r\n".encode(),
        ),
    ):
        found = await sought(peer(last, **({"RCPT": more} if more else {})))
        assert found.verdict.cause.id != "accepted"
        assert PASSWORD not in found.shown
        assert b64encode(PASSWORD.encode()).decode() not in found.shown
        assert json.dumps(PASSWORD)[1:-1] not in found.shown
    assert PASSWORD not in repr(Account(Credentials("me", PASSWORD)))


def test_a_login_goes_with_submission_only() -> None:
    words = ["anna@there.test", "--auth-user", "me"]
    with pytest.raises(UsageError) as error:
        read_words(why_parser().read(words), Settings(client="a.test"))
    assert "--via submission" in error.value.hint
    via = [*words, "--via", "submission", "smtp.here.test"]
    assert read_words(why_parser().read(via), Settings(client="a.test")).mechanism == ""


async def test_what_a_server_says_before_a_login_is_its_own_and_stays() -> None:
    """A mask in a greeting would tell that this word is the password."""
    greeting = f"220 mx.there.test {PASSWORD} ESMTP\r\n".encode()
    answers = {b"EHLO": HELLO, b"AUTH": CHALLENGE, b64encode(b"me ")[:3]: b"235 2.7.0 in\r\n"}
    found = await sought(Peer(answers, greeting=greeting))
    greets = found.known.fact("road.greeting")
    assert greets is not None
    assert greets.value == greeting.decode().strip()


async def test_of_what_a_server_says_after_a_login_the_password_is_masked_all_the_same() -> None:
    answers = {b"RCPT": f"550 5.7.1 {PASSWORD}\r\n".encode()}
    table = {b"EHLO": HELLO, b"AUTH": CHALLENGE, b64encode(b"me ")[:3]: b"235 2.7.0 in\r\n"}
    found = await sought(Peer({**table, **answers}))
    reply = found.known.trials[-1].reply
    assert reply is not None
    assert reply.line == "550 5.7.1 ********"


async def test_a_login_that_is_taken_back_is_no_acceptance() -> None:
    answers = {b"RCPT": b"250 2.1.5 ok\r\n"}
    table = {b"EHLO": HELLO, b"AUTH": CHALLENGE}
    last = b"235 2.7.0 in\r\n550 5.7.1 no\r\n"
    found = await sought(Peer({**table, b64encode(b"me ")[:3]: last, **answers}))
    assert (found.verdict.cause.id, int(found.verdict.status)) == ("out-of-step", 4)
    assert "550 5.7.1 no" in found.verdict.title
