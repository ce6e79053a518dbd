"""One conversation of AUTH: what each mechanism says, when it gives up, and that it always ends."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import (
    MECHANISMS,
    Secret,
    holds_once,
    is_mechanism,
    mechanism_named,
)
from smtpprobe.protocol.auth.sasl import (
    AS_USUAL,
    NO_BASE64,
    NO_RESPONSE,
    RESPONDERS,
    Login,
    Manner,
    cram_response,
    oauthbearer_response,
    plain_response,
    xoauth2_response,
)
from smtpprobe.protocol.command import Kind
from smtpprobe.protocol.reply import parse_reply

USER, PASSWORD = "tim", "tanstaaftanstaaf"
RFC_2195 = "<1896.697170952@postoffice.reston.mci.net>"
DIGEST = "tim b913a602c7eda7a495b4e6e7334d3890"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def challenge(text: str) -> str:
    return f"334 {b64(text)}"


def said(
    mechanism: str, *replies: str, user: str = USER, manner: Manner = AS_USUAL
) -> tuple[list[str], str]:
    """What a login sends, line by line, until it is over; and why it gave up."""
    login = Login(mechanism, RESPONDERS[mechanism](Credentials(user, PASSWORD)), manner)
    lines = [login.line]
    for reply in replies:
        command = login.after(parse_reply(f"{reply}\r\n".encode()))
        if command is None:
            break
        assert command.kind is Kind.SASL
        lines.append(command.raw.decode().removesuffix("\r\n"))
    return lines, login.given_up


PLAIN, LAST = b64(f"{chr(0)}tim{chr(0)}{PASSWORD}"), b64(PASSWORD)
XOAUTH2 = f"AUTH XOAUTH2 {b64(f'user=tim{chr(1)}auth=Bearer {PASSWORD}{chr(1)}{chr(1)}')}"
BEARER = f"AUTH OAUTHBEARER {b64(f'n,a=tim,{chr(1)}auth=Bearer {PASSWORD}{chr(1)}{chr(1)}')}"


@pytest.mark.parametrize(
    ("mechanism", "replies", "lines"),
    [
        ("PLAIN", ["235 ok"], [f"AUTH PLAIN {b64(f'{chr(0)}tim{chr(0)}{PASSWORD}')}"]),
        (
            "LOGIN",
            [challenge("Username:"), challenge("Password:"), "235 ok"],
            ["AUTH LOGIN", b64("tim"), b64(PASSWORD)],
        ),
        ("LOGIN", ["334 ", "334 what?", "235 ok"], ["AUTH LOGIN", b64("tim"), "*"]),
        ("CRAM-MD5", [challenge(RFC_2195), "235 ok"], ["AUTH CRAM-MD5", b64(DIGEST)]),
        ("CRAM-MD5", ["504 no such mechanism"], ["AUTH CRAM-MD5"]),
        ("LOGIN", [challenge("Username:"), "535 no"], ["AUTH LOGIN", b64("tim")]),
        ("XOAUTH2", [challenge('{"status":"401"}'), "535 no"], [XOAUTH2, ""]),
        ("OAUTHBEARER", [challenge('{"status":"invalid_token"}'), "535 no"], [BEARER, "AQ=="]),
        ("EXTERNAL", ["235 ok"], ["AUTH EXTERNAL dGlt"]),
        ("ANONYMOUS", ["235 ok"], ["AUTH ANONYMOUS dGlt"]),
        ("LOGIN", ["334-VXNlcg==\r\n335 x"], ["AUTH LOGIN"]),
    ],
)
def test_a_login_says(mechanism: str, replies: list[str], lines: list[str]) -> None:
    assert said(mechanism, *replies)[0] == lines


@pytest.mark.parametrize(
    ("mechanism", "manner", "replies", "lines"),
    [
        ("PLAIN", Manner(initial=False), ["334 ", "235 ok"], ["AUTH PLAIN", PLAIN]),
        ("LOGIN", Manner(initial=True), [challenge("Password:")], ["AUTH LOGIN dGlt", LAST]),
        ("EXTERNAL", Manner(initial=False), ["334 ", "235 ok"], ["AUTH EXTERNAL", "dGlt"]),
        ("LOGIN", Manner(cancel_at=2), ["334 ", "334 ", "501 ok"], ["AUTH LOGIN", "dGlt", "*"]),
        ("CRAM-MD5", Manner(cancel_at=1), [challenge(RFC_2195)], ["AUTH CRAM-MD5", "*"]),
    ],
)
def test_a_login_takes_other_steps_on_request(
    mechanism: str, manner: Manner, replies: list[str], lines: list[str]
) -> None:
    assert said(mechanism, *replies, manner=manner)[0] == lines


def test_an_initial_response_that_no_command_line_holds_goes_out_at_the_first_challenge() -> None:
    token = Credentials("tim", "x" * 600)
    login = Login("XOAUTH2", RESPONDERS["XOAUTH2"](token))
    assert login.line == "AUTH XOAUTH2"
    command = login.after(parse_reply(b"334 \r\n"))
    assert command is not None
    assert len(command.raw) > 800
    forced = Login("XOAUTH2", RESPONDERS["XOAUTH2"](token), Manner(initial=True))
    assert len(forced.line) > 800


def test_a_response_that_is_empty_is_written_as_an_equals_sign() -> None:
    assert Login("EXTERNAL", RESPONDERS["EXTERNAL"](Credentials())).line == "AUTH EXTERNAL ="


@pytest.mark.parametrize("mechanism", RESPONDERS)
@pytest.mark.parametrize(("text", "why"), [("334 no base64!", NO_BASE64), ("334 ÿ", NO_BASE64)])
def test_a_challenge_that_is_no_base64_cancels_and_nothing_follows(
    mechanism: str, text: str, why: str
) -> None:
    lines, given_up = said(mechanism, text, challenge("again"), challenge("and again"))
    assert (lines[1:], given_up) == (["*"], why)


@pytest.mark.parametrize("mechanism", RESPONDERS)
def test_a_server_that_asks_for_ever_is_cancelled(mechanism: str) -> None:
    lines, given_up = said(mechanism, *[challenge("more")] * 10)
    assert (lines[-1], given_up) == ("*", NO_RESPONSE)
    assert len(lines) <= 4


@given(
    st.sampled_from(sorted(RESPONDERS)),
    st.lists(st.one_of(st.just("334 "), st.text(max_size=20).map(lambda text: f"334 {text}"))),
    st.text(max_size=10),
)
def test_whatever_a_server_says_a_login_ends_and_shows_no_password(
    mechanism: str, replies: list[str], user: str
) -> None:
    lines, _ = said(mechanism, *(one.replace("\n", " ") for one in replies), user=user)
    assert len(lines) <= 4
    assert not any(PASSWORD in line for line in lines)


@pytest.mark.parametrize("mechanism", RESPONDERS)
def test_the_secret_goes_out_where_the_row_of_the_mechanism_says(mechanism: str) -> None:
    row = MECHANISMS[mechanism]

    def responses(secret: str) -> list[bytes | None]:
        responder = RESPONDERS[mechanism](Credentials(USER, secret))
        first = responder.initial()
        assert (first is None) or row.initial
        given = [] if first is None else [first]
        return [*given, *(responder.respond(b"challenge") for _ in range(3))]

    told = [one == other for one, other in zip(responses("one"), responses("other"), strict=True)]
    assert (told.index(False) if False in told else None) == row.secret_at
    assert (row.secret is Secret.OTHER) is (False not in told)


def test_octets_that_are_no_utf_8_go_out_as_they_were_typed() -> None:
    typed = b"\xff".decode("utf-8", "surrogateescape")
    assert plain_response(typed, typed) == b"\0\xff\0\xff"
    assert cram_response(typed, "x", b"y").startswith(b"\xff ")
    assert said("LOGIN", "334 ", user=typed)[0] == ["AUTH LOGIN", "/w=="]


def test_the_responses_are_those_of_the_documents() -> None:
    assert plain_response(USER, PASSWORD) == b"\0tim\0tanstaaftanstaaf"  # RFC 4616 4
    assert cram_response(USER, PASSWORD, RFC_2195.encode()) == DIGEST.encode()  # RFC 2195 2
    assert oauthbearer_response("a,b=c@d.example", "t") == (
        b"n,a=a=2Cb=3Dc@d.example,\1auth=Bearer t\1\1"  # RFC 7628 3.1, RFC 5801 4
    )
    assert plain_response("tim", "pw", "root") == b"root\0tim\0pw"
    assert xoauth2_response("a@b.example", "t") == b"user=a@b.example\1auth=Bearer t\1\1"


@pytest.mark.parametrize("name", ["PLAIN", "LOGIN", "XOAUTH2", "EXTERNAL", ""])
def test_an_answer_that_no_challenge_changes_can_be_given_again(name: str) -> None:
    assert not holds_once(name)
    assert all(holds_once(other) for other in ("CRAM-MD5", "SCRAM-SHA-256", "NTLM", "GSSAPI"))


@pytest.mark.parametrize(
    ("name", "known", "secret_at", "initial"),
    [
        ("PLAIN", True, 0, True),
        ("SCRAM-SHA-999", True, 1, True),
        ("CRAM-NEW", False, 0, False),
        ("GSSAPI", True, None, True),
        ("bob", False, None, True),
        ("", False, None, True),
    ],
)
def test_what_is_known_of_a_mechanism_is_its_row_or_its_family(
    name: str, known: bool, secret_at: int | None, initial: bool
) -> None:
    row = mechanism_named(name)
    assert (is_mechanism(name), row.secret_at, row.initial) == (known, secret_at, initial)
