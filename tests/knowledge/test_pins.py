"""Every row of every table is held to its cause, blame and retry by a reply with a reading."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.providers.lookup import PROVIDER_ROWS
from tests.knowledge.pins.pinned import (
    CONTEXTS,
    FILES,
    LOCAL,
    SESSIONS,
    UNASKED,
    UNKNOWN,
    pins,
    reading,
)
from tests.knowledge.pins.swaps import UNSHOWN, opposed, rows_asked, turns_red
from tests.knowledge.pins.table_rows import all_rows, with_judgement


@pytest.mark.parametrize("name", FILES)
def test_every_pinned_reply_is_read_as_its_source_says(name: str) -> None:
    told = {pin: reading(pin) for pin in pins(name)}
    wrong = [
        f"{pin.command} {pin.session} {pin.reply}\n  reading: {pin.reading}\n  program: {told[pin]}"
        for pin in pins(name)
        if told[pin] != pin.reading
    ]
    assert not wrong, "\n".join(wrong)


def test_every_reading_is_in_the_words_of_the_program_and_has_a_source() -> None:
    every = [pin for name in FILES for pin in pins(name)]
    assert {pin.cause for pin in every} <= {one.value for one in Cause}
    assert {pin.blame for pin in every} <= {one.value for one in Blame}
    assert {pin.retry for pin in every} <= {one.value for one in Retry}
    assert {pin.session for pin in every} <= set(SESSIONS)
    assert {pin.command for pin in every} <= {*CONTEXTS, UNKNOWN, UNASKED, LOCAL}
    assert all(pin.source for pin in every)
    places = [pin[:4] for pin in every]
    assert len(places) == len(set(places))


def test_every_row_whose_judgement_were_another_would_be_found_out() -> None:
    asked = rows_asked()
    loose = [
        one.name
        for one in all_rows()
        if not any(turns_red(one.row, opposed(one.row), pin) for pin in asked.get(id(one.row), ()))
    ]
    assert sorted(loose) == sorted(UNSHOWN), "rows that no pinned reply holds: add one to a file"


def test_a_used_up_quota_that_is_read_as_accepted_is_found_out() -> None:
    row = next(row for row in PROVIDER_ROWS if row.pattern == "submission quota exceeded")
    swaps = (
        with_judgement(row, cause=Cause.ACCEPTED),
        with_judgement(row, blame=Blame.RECIPIENT),
        with_judgement(row, retry=Retry.NO_NEED),
    )
    asked = rows_asked()[id(row)]
    assert [any(turns_red(row, new, pin) for pin in asked) for new in swaps] == [True] * 3
    assert not any(turns_red(row, row, pin) for pin in asked)
