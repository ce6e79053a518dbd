"""Laws of the table of mechanisms, and what hides and warns by it."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.knowledge.assist.completion import Hints, completions
from smtpprobe.knowledge.assist.line_hint import hint
from smtpprobe.protocol.auth.mechanisms import (
    DONE_BY_AUTH,
    MECHANISMS,
    Mechanism,
    Secret,
    mechanism_named,
)
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import MASK, Secrets
from tests.each_row import each_row
from tests.knowledge.sessions import TLS, announcing

rows = pytest.mark.parametrize("row", MECHANISMS.values(), ids=lambda row: row.name)


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@each_row(MECHANISMS.values(), called=lambda row: row.name)
def test_a_row_does_not_contradict_itself(row: Mechanism) -> None:
    assert (row.secret is Secret.OTHER) is (row.secret_at is None)
    assert not row.readable or row.secret is not Secret.OTHER
    assert mechanism_named(row.name) is row
    assert row.name == row.name.upper()


def test_every_mechanism_that_auth_can_do_is_offered_first() -> None:
    common = [row.name for row in MECHANISMS.values() if row.common]
    assert common == list(DONE_BY_AUTH[: len(common)])
    offered = completions("AUTH ", announcing("AUTH"), Hints())
    assert [one.text for one in offered] == common


@rows
def test_a_secret_that_can_be_read_on_the_way_is_warned_of_outside_tls_alone(
    row: Mechanism,
) -> None:
    line, clear = f"AUTH {row.name}", announcing(f"AUTH {row.name}")
    told = f"in plaintext: base64 hides no {row.secret.value}"
    assert (told in hint(line, clear).warnings) is row.readable
    assert not any("clear" in one for one in hint(line, clear._replace(tls=TLS)).warnings)


@pytest.mark.parametrize("row", [row for row in MECHANISMS.values() if row.bare])
def test_of_responses_of_one_field_the_secret_alone_is_hidden_elsewhere(row: Mechanism) -> None:
    secrets = Secrets()
    secrets.learn(read_line(f"AUTH {row.name}", Phase.READY))
    for words in ("alice@x.example", "correct horse"):
        secrets.learn(read_line(coded(words), Phase.AUTH))
    assert secrets.hide("alice@x.example") == "alice@x.example"
    hidden = row.secret_at == 1
    assert secrets.hide("correct horse") == (MASK if hidden else "correct horse")
