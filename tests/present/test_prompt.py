"""The prompt as text, at every place and width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.prompt import Place, prompt_text
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Body, State
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.settings.settings import Settings

TEMPLATE = Settings().prompt
MX1 = State(phase=Phase.READY, host="mx1.example.net", port=25)
WAITING = (Sent(0.0, read_line("NOOP", Phase.READY)),)


def _in(phase: Phase, **values: object) -> State:
    return MX1._replace(phase=phase, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(), "offline> "),
        (Place(dialling="mx1.example.net"), "mx1.example.net connecting\u2026> "),
        (Place(_in(Phase.GREETING)), "mx1.example.net greeting\u2026> "),
        (Place(_in(Phase.CONNECTED)), "mx1.example.net greeted> "),
        (Place(MX1), "mx1.example.net ehlo> "),
        (Place(MX1._replace(pending=WAITING)), "mx1.example.net ehlo\u2026> "),
        (Place(MX1._replace(tls=TlsFacts(ok=True))), "mx1.example.net tls ehlo> "),
        (Place(MX1._replace(tls=TlsFacts(ok=False))), "mx1.example.net ehlo> "),
        (Place(_in(Phase.TLS)), "mx1.example.net handshake\u2026> "),
        (Place(_in(Phase.MAIL)), "mx1.example.net mail> "),
        (Place(_in(Phase.RCPT, recipients=("a", "b"))), "mx1.example.net rcpt:2> "),
        (Place(_in(Phase.DATA, body=Body(lines=11))), "data 12| "),
        (Place(_in(Phase.DATA, pending=WAITING)), "mx1.example.net data\u2026> "),
        (Place(_in(Phase.BDAT, body=Body(left=210))), "bdat 210| "),
        (Place(_in(Phase.AUTH)), "334| "),
        (Place(MX1._replace(ended=True)), "mx1.example.net ended> "),
        (Place(MX1, held=3), "hold:3> "),
    ],
)
def test_the_prompt_tells_the_place(place: Place, shown: str) -> None:
    assert prompt_text(place, TEMPLATE, 80) == shown


@pytest.mark.parametrize(
    ("columns", "shown"),
    [(60, "mx1.example.net ehlo> "), (59, "mx1 ehlo> "), (41, "mx1 ehlo> "), (40, "ehlo> ")],
)
def test_the_prompt_gives_way_in_narrow_terminals(columns: int, shown: str) -> None:
    assert prompt_text(Place(MX1), TEMPLATE, columns) == shown


def test_an_address_is_not_cut_at_its_first_dot() -> None:
    state = MX1._replace(host="192.0.2.1")
    assert prompt_text(Place(state), TEMPLATE, 59) == "192.0.2.1 ehlo> "


def test_a_program_is_called_by_its_name() -> None:
    state = MX1._replace(host="/usr/sbin/exim -bh 192.0.2.1")
    assert prompt_text(Place(state), TEMPLATE, 100) == "exim ehlo> "


def test_fields_of_the_template_are_filled_in_and_unknown_ones_left() -> None:
    assert prompt_text(Place(MX1), "{port}/{state} {nonsense}$ ", 80) == "25/ehlo {nonsense}$ "


@pytest.mark.parametrize("template", ["{state}>", "{state}> ", " {state}>  "])
def test_the_prompt_ends_with_one_blank_however_its_template_does(template: str) -> None:
    assert prompt_text(Place(MX1), template, 80) == "ehlo> "


def test_a_host_name_cannot_drive_the_terminal() -> None:
    state = MX1._replace(host="evil\x1b[2Jhost")
    assert "\x1b" not in prompt_text(Place(state), TEMPLATE, 80)


@given(st.sampled_from(Phase), st.integers(0, 300), st.text(max_size=30))
def test_there_is_always_a_prompt(phase: Phase, columns: int, host: str) -> None:
    shown = prompt_text(Place(_in(phase, host=host)), TEMPLATE, columns)
    assert shown.rstrip().endswith((">", "|"))
