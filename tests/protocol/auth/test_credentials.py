"""Where credentials begin in a line: what is masked of it, and what stays readable."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from smtpprobe.protocol.auth.credentials import (
    auth_at,
    can_be_mechanism,
    encoded_at,
    encodes_text,
    login_at,
    mechanism_of,
    nearly_auth,
    quoted_at,
    stray_at,
)
from smtpprobe.protocol.auth.words import shown_words


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


LOGIN = coded("\0bob\0secret")


def cut(at: Callable[[str], int | None], line: str) -> str | None:
    start = at(line)
    return None if start is None else line[start:]


@pytest.mark.parametrize(
    ("word", "nearly"),
    [
        *((word, True) for word in ("AUTH", "auth", "Authenticate", "AUTHX", "AUTHH")),
        *((word, True) for word in ("ATH", "AUT", "UTH", "AUH")),  # a letter lost
        *((word, True) for word in ("XAUTH", "OAUTH", "AAUTH", "AUXTH")),  # one added
        *((word, True) for word in ("AUTX", "AXTH", "XUTH")),  # one wrong
        *((word, True) for word in ("UATH", "ATUH", "AUHT")),  # two changed about
        *((word, False) for word in ("", "AU", "TH", "PATH", "BATH", "HTUA", "XXAUTH", "OATHS")),
    ],
)
def test_a_slip_of_the_finger_makes_auth_no_other_word(word: str, *, nearly: bool) -> None:
    assert nearly_auth(word) is nearly


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("AUHT PLAIN secret", "secret"),
        (f"AUHT PLAIN {LOGIN}", LOGIN),
        ("'AUHT' PLAIN x", "x"),
        ("AUHT", None),
        ("PASS secret", "secret"),
        ("password=secret", "secret"),
        ("PLAIN secret", "secret"),
        ("PLAIN LOGIN secret", "secret"),
        ("PLAIN", None),
        ("a b c PLAIN secret", "secret"),  # the fourth word
        ("a b c d PLAIN secret", None),
        ("a pass secret", None),  # at the beginning alone
        ("a auth secret", None),
        (coded("bob"), None),
        (coded("bobsecret"), coded("bobsecret")),
        (f"a {coded('bobsecret')} b", f"{coded('bobsecret')} b"),
        ("hello world", None),
    ],
)
def test_of_a_line_that_is_no_command_is_masked_what_may_be_a_login(
    line: str, masked: str | None
) -> None:
    assert cut(stray_at, line) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("use AUTH PLAIN secret now", "secret now"),
        ("auth plain secret", "secret"),
        ("'AUTH' login x", "x"),
        (r"AUTH LOGIN \r\n secret", "secret"),
        (r"\x41 AUTH LOGIN secret", "secret"),
        ("AUTH PLAIN", None),
        ("AUTH PLAIN LOGIN", None),
        ("AUTH FOO secret", None),
        ("we think that plain text is fine", None),
        (f"it sent {coded('bobby')} to us", f"{coded('bobby')} to us"),
    ],
)
def test_in_prose_a_login_is_one_that_names_its_mechanism(text: str, masked: str | None) -> None:
    assert cut(quoted_at, text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("AUTH PLAIN x", "x"),
        ("> auth\tplain\tx y", "x y"),
        ("AUTH PLAIN =", None),
        ("AUTH PLAIN", None),
        ("OAUTH PLAIN x", None),
    ],
)
def test_a_login_is_found_anywhere_in_a_text(text: str, masked: str | None) -> None:
    assert cut(login_at, text) == masked


@pytest.mark.parametrize(
    ("line", "masked", "mechanism"),
    [
        ("AUTH PLAIN x", "x", "PLAIN"),
        ("auth plain x", "x", "PLAIN"),
        ("AUTH PLAIN", None, "PLAIN"),
        ("AUTH X-OWN secret", "secret", "X-OWN"),
        ("AUTH bob secret", "bob secret", "BOB"),
        (f"AUTH {coded('ABCDEF')} x", f"{coded('ABCDEF')} x", coded("ABCDEF").upper()),
        ("AUTH", None, ""),
        ("a b c LOGIN x", "b c LOGIN x", "LOGIN"),
        ("a b c d LOGIN x", "b c d LOGIN x", ""),
    ],
)
def test_what_stands_behind_the_mechanism_of_auth_is_masked(
    line: str, masked: str | None, mechanism: str
) -> None:
    assert cut(auth_at, line) == masked
    assert mechanism_of(line) == mechanism


@pytest.mark.parametrize(
    ("word", "can"),
    [
        ("PLAIN", True),
        ("plain", True),
        ("X-OWN", True),
        ("X_OWN9", True),
        ("x-own", False),
        ("Secret", False),
        ("SECRET!", False),
        ("A-" * 10, True),
        ("A-" * 10 + "A", False),
        (coded("ABCDEF"), False),  # base64 of a text
        (coded("ABCD").rstrip("="), True),  # too short to be sure
    ],
)
def test_a_mechanism_nobody_knows_is_in_capitals_and_no_base64(word: str, *, can: bool) -> None:
    assert can_be_mechanism(word) is can


@pytest.mark.parametrize(
    ("token", "text"),
    [
        (coded("bob"), True),
        (coded("\0bob\0secret"), True),
        (coded("n,a=bob\x01auth=Bearer x\x01\x01"), True),
        (coded("a\tb\r\n"), True),
        ("", False),
        (coded("a\x02b"), False),
        ("bobs", False),
        ("not base64", False),
        ("w7w\u00fc", False),
    ],
)
def test_base64_of_what_people_can_read_is_told(token: str, *, text: bool) -> None:
    assert encodes_text(token) is text
    assert (encoded_at(f"> {token}") == 2) is (text and len(token) >= 8)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("", 0),
        ("plain bob", 2),
        ("plain bob secret", 2),
        ("auto bob secret", 2),
        ("bob secret", 1),  # no mechanism: the second may be the password
        ("--force plain bob secret", 3),
        ("--nonce abc bob secret", 3),
        ("--as boss plain bob", 4),
        ("--as", 1),
        ("--frob secret", 1),
        ("plain --frob secret", 2),
        ("plain bob --frob secret", 3),
        ("plain bob --force --as boss", 5),
        ("plain bob secret --force", 2),
    ],
)
def test_of_the_words_behind_auth_no_third_is_shown(words: str, shown: int) -> None:
    found = shown_words(words.split())
    assert min(found, len(words.split())) == shown
    assert "secret" not in words.split()[:found]
