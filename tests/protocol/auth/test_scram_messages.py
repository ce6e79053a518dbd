"""What the messages of SCRAM say in clear, and the words behind :auth."""

from __future__ import annotations

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.protocol.auth.scram import attributes, client_nonce, client_user, server_first
from smtpprobe.protocol.auth.words import read_auth


@pytest.mark.parametrize(
    ("count", "iterations", "weak"),
    [
        ("4095", 4095, True),
        ("4096", 4096, False),
        ("1", 1, True),
        ("999999999999", 999999999999, False),
        ("1000000000000", 1000000000000, False),
        ("9" * 5000, 1000000000000, False),
        ("x", None, False),
        ("", None, False),
    ],
)
def test_fewer_iterations_than_the_rfcs_ask_for_are_weak(
    count: str, iterations: int | None, *, weak: bool
) -> None:
    found = server_first(f"r=abc,s=c2FsdA==,i={count}")
    assert found is not None
    assert (found.nonce, found.salt, found.iterations) == ("abc", b"salt", iterations)
    assert found.weak is weak


@pytest.mark.parametrize("message", ["", "r=a,s=c2FsdA==", "r=a,i=1", "s=c2FsdA==,i=1", "e=other"])
def test_a_message_that_lacks_something_is_no_first_one(message: str) -> None:
    assert server_first(message) is None


def test_of_an_attribute_that_comes_twice_the_first_counts() -> None:
    assert attributes("a=1,b=2=3,a=4,cc=5,d") == {"a": "1", "b": "2=3"}


@pytest.mark.parametrize(
    ("message", "user", "nonce"),
    [
        ("n,,n=bob,r=abc", "bob", "abc"),
        ("n,,n=b=3Do=2Cb,r=abc", "b=o,b", "abc"),  # RFC 5802 5.1
        ("n,a=boss,n=bob,r=abc", "bob", "abc"),
        ("n,,n=bob", "", ""),
        ("r=abc", "", ""),
    ],
)
def test_a_clients_first_message_names_the_user(message: str, user: str, nonce: str) -> None:
    assert (client_user(message), client_nonce(message)) == (user, nonce)


@pytest.mark.parametrize("number", ["0", "1", "9999"])
def test_the_challenge_to_cancel_at_is_a_number(number: str) -> None:
    found = read_auth(["plain", "bob", "--cancel-at", number])
    assert (found.mechanism, found.user, found.manner.cancel_at) == ("PLAIN", "bob", int(number))


@pytest.mark.parametrize("number", ["", "x", "-1", "10000", "\u0661"])
def test_what_is_no_number_of_a_challenge_is_refused(number: str) -> None:
    with pytest.raises(UsageError, match="cancel-at"):
        read_auth(["plain", "--cancel-at", number])


@pytest.mark.parametrize(
    ("words", "mechanism", "user"),
    [
        ([], "", None),
        (["auto"], "", None),
        (["AUTO", "bob"], "", "bob"),
        (["login"], "LOGIN", None),
    ],
)
def test_the_strongest_mechanism_is_meant_where_none_is_named(
    words: list[str], mechanism: str, user: str | None
) -> None:
    found = read_auth(words)
    assert (found.mechanism, found.user, found.manner.initial) == (mechanism, user, None)
    assert read_auth([*words, "--initial"]).manner.initial is True
    assert read_auth([*words, "--no-initial"]).manner.initial is False
    with pytest.raises(UsageError):
        read_auth([*words, "--initial", "--no-initial"])
