"""The comparison of a survey with a list notices what differs, down to an address."""

from __future__ import annotations

from typing import Any

import pytest

from tests.survey.comparison import plain_row, same

ADDRESS = {"ip": "192.0.2.1", "dane": "match"}
HOST = {
    "name": "mx.a.test",
    "port": 25,
    "preference": 10,
    "address_status": "secure",
    "tlsa_status": "secure",
    "tlsa": ["3 1 1 ab"],
    "addresses": [ADDRESS],
}
ROW = {
    "target": "a.test",
    "result": "ok",
    "exit_code": 0,
    "senders": {},
    "findings": [],
    "mta_sts": {"status": "absent"},
    "tlsrpt": {"status": "absent"},
    "hosts": [HOST],
}


def test_a_survey_and_a_list_that_say_the_same_are_the_same() -> None:
    records = [{"usage": 3, "selector": 1, "mtype": 1, "data": "ab"}]
    listed = HOST | {"tlsa": {"status": "secure", "records": records}}
    assert same([plain_row(ROW)], [plain_row(ROW | {"hosts": [listed]})]).startswith("1 verdicts")


@pytest.mark.parametrize(
    "other",
    [
        {"result": "fail"},
        {"mta_sts": {"status": "valid"}},
        {"hosts": []},
        {"hosts": [HOST | {"tlsa": ["3 1 1 cd"]}]},
        {"hosts": [HOST | {"tlsa_status": "insecure"}]},
        {"hosts": [HOST | {"address_status": "insecure"}]},
        {"hosts": [HOST | {"addresses": [ADDRESS | {"ip": "192.0.2.2"}]}]},
        {"hosts": [HOST | {"addresses": [ADDRESS | {"dane": "no-match"}]}]},
    ],
)
def test_what_differs_is_not_the_same(other: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="line 1"):
        same([plain_row(ROW)], [plain_row(ROW | other)])


def test_a_row_that_is_missing_is_noticed() -> None:
    with pytest.raises(AssertionError, match="0 rows, but 1"):
        same([], [plain_row(ROW)])
