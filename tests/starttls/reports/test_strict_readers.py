"""What programs read is UTF-8 and valid in its own grammar, whatever a server sends.

The judges are those who would load it: a strict JSON parser, DuckDB and Arrow.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pyarrow import json as arrow_json

from smtpprobe.present.json_text import json_text
from smtpprobe.sandbox.faults import Close, Hear, Say, Script, StartTls, serve
from smtpprobe.starttls.reports.json_report import report_object
from tests.html_pages import strictly as strictly_html
from tests.net.stage import server_side
from tests.program import called
from tests.starttls.reports.test_views import sample
from tests.starttls.stage import judged
from tests.strict_json import octets_again, rows_of_arrow, rows_of_duckdb, strictly
from tests.textfile_collector import openmetrics

ALL = bytes(octet for octet in range(256) if octet not in b"\r\n")
"""Every octet; the two that are missing end each line."""

CONTEXT = server_side("mx.example.org")


def reply(code: bytes, *lines: bytes) -> Say:
    """Return a reply of these lines."""
    *before, last = lines
    told = [code + b"-" + line for line in before] + [code + b" " + last]
    return Say(b"".join(line + b"\r\n" for line in told))


GREETING = reply(b"220", b"mx.example.org", ALL)
OFFER = reply(b"250", b"mx.example.org", ALL + b" PARAMETER", b"KEYWORD " + ALL, b"STARTTLS")
REFUSED: Script = [GREETING, Hear(b"EHLO"), OFFER, Hear(b"STARTTLS"), reply(b"554", ALL), Close()]
TAKEN: Script = [
    *(GREETING, Hear(b"EHLO"), OFFER, Hear(b"STARTTLS"), reply(b"220", ALL), StartTls(CONTEXT)),
    *(Hear(b"EHLO"), reply(b"250", b"mx.example.org", ALL, b"INSIDE " + ALL)),
    *(Hear(b"QUIT"), reply(b"221", ALL), Close()),
]
SURPLUS: Script = [
    *(GREETING, Hear(b"EHLO"), OFFER, Hear(b"STARTTLS")),
    *(Say(b"220 go\r\n" + ALL), StartTls(CONTEXT), Close()),
]
BARE: Script = [reply(b"220", bytes(range(256)), ALL), Hear(b"EHLO"), Close()]
"""CR and LF alone, in the middle of a line, too."""

SCRIPTS = {"refused": REFUSED, "taken": TAKEN, "surplus": SURPLUS, "bare": BARE}
RUNS = (("refused", "utf-8"), ("taken", "latin-1"), ("surplus", "utf-8"), ("bare", "ascii"))
"""What the server says, and the encoding of the locale in which the program runs."""


def program(*words: str, encoding: str = "utf-8", stdin: bytes = b"") -> bytes:
    """Run the program in a locale of that encoding; return what it writes."""
    done = subprocess.run(
        called("starttls", *words),
        check=False,
        capture_output=True,
        input=stdin,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    )
    assert done.returncode in (0, 1, 2, 3, 4), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr
    return done.stdout


async def told(script: Script, *words: str, encoding: str = "utf-8") -> bytes:
    async with serve(script) as server:
        target = f"127.0.0.1:{server.port}"
        return await asyncio.to_thread(program, *words, target, encoding=encoding)


def read_by_all(file: Path) -> dict[str, Any]:
    """Return the one object of a file, which each reader has found the same texts in."""
    (first,) = rows_of_duckdb(file)
    (second,) = rows_of_arrow(file)
    found = strictly(file.read_bytes())
    for row in (first, second):
        ((told,),) = [one["addresses"] for one in row["hosts"]]
        ((own,),) = [one["addresses"] for one in found["hosts"]]
        assert (told["greeting"], told["ehlo"]) == (own["greeting"], own["ehlo"])
        assert told["starttls"].get("text") == own["starttls"].get("text")
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("name", "encoding"), RUNS)
async def test_json_is_read_by_strict_readers_whatever_a_server_sends(
    name: str, encoding: str, tmp_path: Path
) -> None:
    for form in ("--json", "--jsonl"):
        file = tmp_path / f"{form[2:]}.json"
        file.write_bytes(await told(SCRIPTS[name], form, encoding=encoding))
        found = read_by_all(file)
        (host,) = found["hosts"]
        (address,) = host["addresses"]
        assert "\\xff" in str(address)


async def test_octets_are_told_one_by_one_and_can_be_had_again() -> None:
    found = strictly(await told(TAKEN, "--json"))
    (address,) = found["hosts"][0]["addresses"]
    text = address["greeting"]
    assert "\\x00\\x01" in text
    assert "\t\\x0b" in text
    assert text.endswith("\\xfd\\xfe\\xff")
    assert octets_again(text) == b"220 " + ALL
    before, after = address["ehlo"]["before"], address["ehlo"]["after"]
    assert [octets_again(each) for each in before] == [
        *(ALL + b" PARAMETER", b"KEYWORD " + ALL, b"STARTTLS"),
    ]
    assert [octets_again(each) for each in after] == [ALL, b"INSIDE " + ALL]
    assert octets_again(address["starttls"]["text"]) == ALL
    surplus = strictly(await told(SURPLUS, "--json"))["hosts"][0]["addresses"][0]["starttls"]
    assert octets_again(surplus["surplus_after_220"]) == ALL


async def test_a_file_and_a_list_are_read_by_strict_readers(tmp_path: Path) -> None:
    report, lines = tmp_path / "report.json", tmp_path / "lines.jsonl"
    async with serve(TAKEN) as one, serve(REFUSED) as other, serve(SURPLUS) as third:
        targets = [f"127.0.0.1:{server.port}" for server in (one, other, third)]
        await asyncio.to_thread(program, "--json", "-o", str(report), targets[0])
        read_by_all(report)
        several = await asyncio.to_thread(program, "--json", *targets)
        listed = b"".join(target.encode() + b"\n" for target in targets) + b"no t\xffrget\n"
        words = ("-i", "-", "--no-progress", "--quiet")
        await asyncio.to_thread(program, *words, "-o", str(lines), stdin=listed)
        shown = await asyncio.to_thread(program, *words, stdin=listed, encoding="ascii")
    whole = tmp_path / "whole.json"
    whole.write_bytes(several)
    assert len(strictly(several)) == len(rows_of_duckdb(whole)) == 3
    for octets in (lines.read_bytes(), shown):
        found = {one["seq"]: one for one in map(strictly, octets.splitlines())}
        assert sorted(found) == [1, 2, 3, 4]
        assert found[4]["target"] == "no t\\xffrget"
        file = tmp_path / "again.jsonl"
        file.write_bytes(octets)
        assert len(rows_of_duckdb(file)) == len(rows_of_arrow(file)) == 4


def test_reports_on_domains_are_loaded_as_the_page_says(tmp_path: Path) -> None:
    """`dns.mx.rrset` has rows of a number and a name, for which Arrow has to be told."""
    file = tmp_path / "results.jsonl"
    line = json_text(report_object(judged(sample())), compact=True) + "\n"
    file.write_text(line * 2)
    assert [row["target"] for row in rows_of_duckdb(file)] == ["example.org"] * 2
    record = pa.struct([("preference", pa.int64()), ("host", pa.string())])
    answer = pa.struct([("status", pa.string()), ("records", pa.list_(record))])
    schema = pa.schema([("target", pa.string()), ("dns", pa.struct([("mx", answer)]))])
    told = arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    rows = arrow_json.read_json(file, parse_options=told).to_pylist()
    assert [each["host"] for each in rows[1]["dns"]["mx"]["records"]] == [
        "mx1.example.org",
        "mx2.example.org",
    ]


@pytest.mark.parametrize(("name", "encoding"), RUNS)
async def test_each_form_for_programs_keeps_to_its_grammar(name: str, encoding: str) -> None:
    forms = {
        form: await told(SCRIPTS[name], "--format", form, encoding=encoding)
        for form in ("junit", "prom", "openmetrics", "nagios", "html", "text")
    }
    ET.fromstring(forms["junit"])
    assert list(text_string_to_metric_families(forms["prom"].decode()))
    assert openmetrics(forms["openmetrics"].decode())
    strictly_html(forms["html"].decode())
    first = forms["nagios"].decode().splitlines()[0]
    assert first.startswith("STARTTLS ")
    assert first.count("|") == 1
    for form, octets in forms.items():
        text = octets.decode(encoding if form == "text" else "utf-8")
        assert not any(ord(one) < 0x20 and one != "\n" for one in text)
        assert not any(0x7F <= ord(one) < 0xA0 for one in text)
