"""The report as JSON and as text: what programs and people read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

from smtpprobe.present.spans import text_of
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Step
from smtpprobe.send.judge import Result
from smtpprobe.send.order import Stage
from smtpprobe.send.reports import json_report, text_lines
from tests.send.delivering import BYE, DELIVERED, GO_ON, OK, deliver, given, to, told
from tests.strict_json import strictly

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "send-1.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

ODD = b"550 5.1.1 \xff\x1b[2J \xe2\x80\xae no\r\n"
SERVERS: dict[str, Sequence[Step]] = {
    "accepted": told(*DELIVERED),
    "refused": told((b"MAIL", OK), (b"RCPT", ODD), (b"QUIT", BYE)),
    "no answer": [Say(b"220 x\r\n"), Hear(b"EHLO"), Close()],
    "unknown": [*told((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON))[:-1], Hear(b".\r\n"), Hang()],
    "deferred": told((b"MAIL", b"451 4.3.0 later\r\n"), (b"QUIT", BYE)),
}


def test_the_schema_is_one_and_names_every_word() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["result"]["enum"] == [result.value for result in Result]
    assert SCHEMA["$defs"]["stage"]["enum"] == [stage.value for stage in Stage]


async def test_a_stopped_delivery_fits_the_schema() -> None:
    server = told((b"MAIL", OK), (b"RCPT", OK), (b"QUIT", BYE))
    ran = await deliver(given(*to("you@mx.example"), "--quit-after", "rcpt"), server)
    VALIDATOR.validate(strictly(json_report(ran.report)))


@pytest.mark.parametrize("result", SERVERS)
async def test_a_report_fits_the_schema_and_says_how_it_ended(result: str) -> None:
    ran = await deliver(given(*to("you@mx.example")), SERVERS[result])
    found = strictly(json_report(ran.report))
    VALIDATOR.validate(found)
    assert found["result"] == result
    assert found["exit"] == ran.report.status
    assert found["recipients"][0]["result"] == result


@pytest.mark.parametrize("result", SERVERS)
async def test_no_reply_drives_the_terminal_of_who_reads_the_result(result: str) -> None:
    ran = await deliver(given(*to("you@mx.example")), SERVERS[result])
    text = "\n".join(map(text_of, text_lines(ran.report)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.startswith("Result: ")
