"""Real logs: Postfix and Exim of the lab send mail to each other, and explain reads their logs.

Each delivers to the other by a configuration of its own; what the other says to every recipient is
known, so it is known which replies the logs hold.
"""

from __future__ import annotations

import json
import smtplib
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest

from tests.program import called
from tests.servers import exim as exim_lab
from tests.servers import lab
from tests.servers import postfix as postfix_lab
from tests.servers.lab import HOST
from tests.servers.server_log import PATIENCE, KeepsLog

pytestmark = pytest.mark.servers

DOMAIN = exim_lab.DOMAIN
REFUSED = "refused.client.test"
"""The client that is refused, in EHLO."""


@pytest.fixture(scope="module")
def relaying_postfix(exim: exim_lab.Exim) -> Iterator[postfix_lab.Postfix]:
    """A Postfix that hands mail for the lab's domain, and any other, to the lab's Exim."""
    next_hop = (
        "mynetworks = 127.0.0.0/8\n"
        "smtpd_relay_restrictions = permit_mynetworks, reject\n"
        "smtpd_recipient_restrictions =\n"
        "mydestination =\n"
        f"default_transport = smtp:[{exim.host}]:{exim.port}\n"
    )
    master = postfix_lab.MASTER + "smtp unix - - n - - smtp\n"
    with ExitStack() as stack:
        with (
            mock.patch.object(postfix_lab, "MAIN", postfix_lab.MAIN + next_hop),
            mock.patch.object(postfix_lab, "MASTER", master),
        ):
            server = stack.enter_context(postfix_lab.running(lab.required("postfix")))
        yield server


@pytest.fixture(scope="module")
def relaying_exim(postfix: postfix_lab.Postfix) -> Iterator[exim_lab.Exim]:
    """An Exim that takes mail for anybody and hands it to the lab's Postfix."""
    configuration = exim_lab.CONFIGURATION.partition("begin acl")[0].replace(
        "= rcpt\n", "= accept\n"
    )
    configuration = configuration.replace("acl_smtp_data_prdr = prdr\n", "")
    configuration += (
        "begin routers\nnext:\n  driver = manualroute\n"
        f"  route_list = * {postfix.host}::{postfix.ports.smtp} byname\n"
        "  transport = remote\n  self = send\n"
        "begin transports\nremote:\n  driver = smtp\n  port = 25\n  hosts_avoid_tls = *\n"
        "  allow_localhost = true\n"
    )
    with exim_lab.running(lab.required("exim"), configuration=configuration) as server:
        yield server


def send(host: str, port: int, recipients: list[str]) -> None:
    with smtplib.SMTP(host, port, timeout=60) as client:
        client.ehlo("client.test")
        refused = client.sendmail("amy@client.test", recipients, "Subject: x\r\n\r\nhello\r\n")
        assert refused == {}


def logged(server: KeepsLog, done: Callable[[str], bool]) -> str:
    """Return the log once it holds what is waited for."""
    deadline = time.monotonic() + PATIENCE
    while not done(text := server.log_text()):
        assert time.monotonic() < deadline, text
        time.sleep(0.02)
    return text


def refusals(
    server: KeepsLog, port: int, domain: str, names: Sequence[str]
) -> tuple[list[tuple[int, str]], list[dict[str, object]]]:
    """Return what a server says to recipients, and what is made of its lines about them.

    The client has a name of its own in the log: lines about others may come at any time.
    """
    with smtplib.SMTP(HOST, port, timeout=60) as client:
        client.ehlo(REFUSED)
        client.mail("amy@client.test")
        replies = [client.rcpt(f"{name}@{domain}") for name in names]
        replies.append(client.rcpt("any@other.test"))
    said = [(code, words.decode()) for code, words in replies]

    def theirs(text: str) -> list[int]:
        lines = enumerate(text.split("\n")[:-1], 1)
        return [number for number, line in lines if REFUSED in line and "RCPT" in line]

    numbers = theirs(logged(server, lambda text: len(theirs(text)) >= len(said)))
    found = explain(server.log)
    return said, [one for one in found if one["source"]["line"] in numbers]  # type: ignore[index]


def explain(log: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        called("explain", "--jsonl", "-f", str(log)),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(replies: list[dict[str, object]]) -> set[tuple[object, ...]]:
    return {(one["recipient"], one["code"], one["command"], one["cause"]) for one in replies}


def test_every_reply_that_a_relaying_postfix_logged_is_found_and_none_invented(
    relaying_postfix: postfix_lab.Postfix,
) -> None:
    names = ("bob", "nobody", "later")
    send(
        relaying_postfix.host,
        relaying_postfix.ports.smtp,
        [*(f"{name}@{DOMAIN}" for name in names), "any@other.test"],
    )
    text = logged(relaying_postfix, lambda text: text.count(" status=") >= 5)
    replies = explain(relaying_postfix.log)
    assert {
        (f"bob@{DOMAIN}", 250, "end of data", "accepted"),
        (f"nobody@{DOMAIN}", 550, "RCPT", "unknown-recipient"),
        ("any@other.test", 550, "RCPT", "relay-denied"),
    } <= told(replies)
    assert (f"later@{DOMAIN}", 451, "RCPT") in {one[:3] for one in told(replies)}
    lines = [line for line in text.splitlines() if "] said: " in line or "=sent (250" in line]
    assert len(replies) == len(lines)
    for one, line in zip(replies, lines, strict=True):
        assert str(one["text"]).split("\n")[0][4:] in line


def test_every_refusal_that_a_postfix_logged_is_found(postfix: postfix_lab.Postfix) -> None:
    names = ("nobody", "full", "later")
    said, replies = refusals(postfix, postfix.ports.smtp, postfix.domain, names)
    assert [(one["code"], one["text"]) for one in replies] == [
        (code, f"{code} {words}") for code, words in said
    ]
    assert {one["command"] for one in replies} == {"RCPT"}


def test_every_refusal_of_an_exim_is_found_with_its_reason_and_no_code(
    exim: exim_lab.Exim,
) -> None:
    said, found = refusals(exim, exim.port, DOMAIN, ("nobody", "later"))
    assert [one["class"] for one in found] == [code // 100 for code, _ in said]
    for one in found:
        assert (one["kind"], one["code"], one["command"]) == ("outcome", None, "RCPT")
        assert all((one["recipient"], one["said_to"], one["text"]))
    assert found[-1]["cause"] == "relay-denied"


def test_every_reply_that_a_relaying_exim_logged_is_found_and_none_invented(
    relaying_exim: exim_lab.Exim, postfix: postfix_lab.Postfix
) -> None:
    names = ("bob", "nobody", "full")
    send(
        relaying_exim.host,
        relaying_exim.port,
        [*(f"{name}@{postfix.domain}" for name in names), "any@other.test"],
    )
    text = logged(relaying_exim, lambda text: "Frozen" in text)  # the bounce is refused, too
    replies = explain(relaying_exim.log)
    assert {
        (f"bob@{postfix.domain}", 250, "end of data", "accepted"),
        (f"nobody@{postfix.domain}", 550, "RCPT", "unknown-recipient"),
        (f"full@{postfix.domain}", 452, "RCPT", "mailbox-full"),
        ("any@other.test", 554, "RCPT", "relay-denied"),
    } <= told(replies)
    lines = [
        line for line in text.splitlines() if "SMTP error from remote" in line or 'C="' in line
    ]
    assert len(replies) == len(lines)
