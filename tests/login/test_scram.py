"""SCRAM against a server of the same library, the RFC's own exchange, and what a client refuses."""

from __future__ import annotations

import base64
import re

import pytest
from scramp.core import ScramMechanism

from smtpprobe.errors import UsageError
from smtpprobe.login.responders import login
from smtpprobe.login.scram import MOST_ITERATIONS
from smtpprobe.protocol.auth.channel_binding import Binding, binding_of
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH
from smtpprobe.protocol.auth.sasl import Login, Manner
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts

USER, PASSWORD = "user", "pencil"
TLS = TlsFacts(
    ok=True,
    version="TLSv1.3",
    certificates=Shown((CertificateFacts(b"der", "", signature_hash="sha256"),)),
)
SCRAM = [name for name in DONE_BY_AUTH if name.startswith("SCRAM-")]
NONCE = "rOprNGfwEbeRWgbNEkqO"
FIRST = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
RFC_7677 = ("AUTH SCRAM-SHA-256 biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8=", FIRST,
            ("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")  # fmt: skip


FIXED = Manner(nonce=NONCE)


def attempt(name: str = "SCRAM-SHA-256", manner: Manner = FIXED) -> Login:
    return login(name, Credentials(USER, PASSWORD), None, (), manner)


def told(attempt: Login, message: str, code: int = 334) -> str:
    """What the login sends after a challenge, decoded; the line where it is none."""
    coded = base64.b64encode(message.encode()).decode()
    command = attempt.after(parse_reply(f"{code} {coded}\r\n".encode()))
    assert command is not None
    line = command.raw.decode().strip()
    return line if line == "*" else base64.b64decode(line).decode()


def test_the_exchange_of_the_rfc_goes_octet_for_octet() -> None:
    line, first, final, last = RFC_7677
    rfc = attempt()
    assert rfc.line == line
    assert told(rfc, first) == final
    assert told(rfc, last) == ""
    assert rfc.after(parse_reply(b"235 2.7.0 ok\r\n")) is None
    assert "proved that it knows the password" in rfc.verdict
    assert (rfc.doubt, rfc.given_up) == ("", "")


@pytest.mark.parametrize("name", SCRAM)
@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_each_of_them_logs_in_by_the_right_password_alone(name: str, password: str) -> None:
    mechanism = ScramMechanism(name)
    known = mechanism.make_auth_info(PASSWORD)
    bound = binding_of(TLS)
    assert isinstance(bound, Binding)
    binding = tuple(bound) if name.endswith("-PLUS") else None
    server = mechanism.make_server(lambda user: known if user == USER else None, binding)
    client = login(name, Credentials(USER, password), TLS, [name, "SCRAM-SHA-256-PLUS"])
    server.set_client_first(base64.b64decode(client.line.split()[2]).decode())
    final = told(client, server.get_server_first())
    if password != PASSWORD:
        with pytest.raises(Exception, match="keys don't match"):
            server.set_client_final(final)
        assert told(client, server.get_server_final()) == "*"
        assert "invalid-proof: the password is wrong" in client.given_up
        return
    server.set_client_final(final)
    assert told(client, server.get_server_final()) == ""
    assert client.after(parse_reply(b"235 ok\r\n")) is None
    assert not client.doubt


@pytest.mark.parametrize(
    ("announced", "flag"),
    [(["SCRAM-SHA-256"], "y"), (["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"], "n")],
)
def test_a_server_learns_that_channel_binding_was_possible(announced: list[str], flag: str) -> None:
    line = login("SCRAM-SHA-256", Credentials(USER, PASSWORD), TLS, announced).line
    assert base64.b64decode(line.split()[2]).decode().startswith(f"{flag},,n=user,r=")


def test_no_two_logins_have_the_same_nonce() -> None:
    assert attempt(manner=Manner()).line != attempt(manner=Manner()).line


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("hello", "not a first message of SCRAM"),
        ("", "not a first message of SCRAM"),
        ("r=x,s=!,i=4096", "not a first message of SCRAM"),
        (FIRST.replace("4096", "4e3"), "not a first message of SCRAM"),
        (FIRST.replace("4096", "04096"), "cannot be used"),
        (FIRST.replace("4096", "4095"), "4,095 iterations, fewer than 4,096"),
        (FIRST.replace("4096", "1"), ":auth --weak accepts them"),
        (FIRST.replace("4096", str(MOST_ITERATIONS + 1)), "2,000,001 iterations, more than"),
        (FIRST.replace("4096", "9" * 40), "iterations, more than"),
        (FIRST.replace("rOprN", "other"), "an answer to another login"),
        (re.sub("%[^,]*", "", FIRST), "an answer to another login"),
        (re.sub("s=[^,]*", "s=YWI=", FIRST), "the salt has 2 octets"),
        (f"m=x,{FIRST}", "cannot be used"),
        ("e=unknown-user", "there is no such user"),
        ("e=\u202efoo", "reports '\\u202efoo'"),
        ("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "not a first message"),
    ],
)
def test_a_first_message_that_must_not_be_answered_is_cancelled(message: str, why: str) -> None:
    client = attempt()
    assert client.line
    assert told(client, message) == "*"
    assert why in client.given_up
    assert PASSWORD not in client.given_up


def test_what_is_weak_is_accepted_on_request_and_proves_the_same_password() -> None:
    client = attempt(manner=Manner(nonce=NONCE, weak=True))
    assert client.line
    final = told(client, re.sub("s=[^,]*", "s=YWI=", FIRST.replace("4096", "10")))
    assert final.startswith("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYD")
    assert told(client, "v=AAAA") == "*"
    assert "the server's proof (v=) is wrong" in client.given_up
    weak = attempt(manner=Manner(nonce=NONCE, weak=True))
    assert weak.line
    assert told(weak, FIRST.replace("4096", "0")) == "*"


def test_a_salt_of_eight_octets_is_enough() -> None:
    client = attempt()
    assert client.line
    assert told(client, re.sub("s=[^,]*", "s=YWJjZGVmZ2g=", FIRST)).startswith("c=biws,")


@pytest.mark.parametrize(("manner", "doubt"), [(Manner(), True), (Manner(weak=True), False)])
def test_a_login_without_the_servers_proof_is_none(manner: Manner, doubt: bool) -> None:
    client = attempt(manner=manner._replace(nonce=NONCE))
    assert client.line
    told(client, FIRST)
    assert client.after(parse_reply(b"235 2.7.0 welcome\r\n")) is None
    assert "NOT prove" in client.verdict
    assert bool(client.doubt) is doubt


def test_a_proof_in_the_text_of_the_reply_counts() -> None:
    client = attempt()
    assert client.line
    told(client, FIRST)
    proof = base64.b64encode(RFC_7677[3].encode()).decode()
    assert client.after(parse_reply(f"235 2.7.0 {proof}\r\n".encode())) is None
    assert not client.doubt


@pytest.mark.parametrize(
    ("user", "password"), [("", "x"), ("bob", "\u0007"), ("\udcff", "x"), ("bob", "\udcff")]
)
def test_credentials_that_cannot_be_prepared_are_refused_before_anything_goes_out(
    user: str, password: str
) -> None:
    with pytest.raises(UsageError, match="SCRAM-SHA-1:"):
        login("SCRAM-SHA-1", Credentials(user, password), None)


def test_plus_without_tls_is_refused_before_anything_goes_out() -> None:
    with pytest.raises(UsageError, match="needs channel binding: there is no TLS"):
        login("SCRAM-SHA-256-PLUS", Credentials(USER, PASSWORD), None)
