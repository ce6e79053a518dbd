"""A server that says every octet: each form of results, and the recording, stay what they are."""

from __future__ import annotations

import asyncio
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from prometheus_client.parser import text_string_to_metric_families

from smtpprobe.sandbox.faults import Hear, Say, Script, serve
from tests.program import called
from tests.script.reports.tap14 import read_tap
from tests.strict_json import octets_again, rows_of_arrow, rows_of_duckdb, strictly

ALL = bytes(octet for octet in range(256) if octet not in b"\r\n")
SERVER: Script = [
    *(Say(b"220 " + ALL + b"\r\n"), Hear(b"EHLO")),
    *(Say(b"250-mx\r\n250 KEYWORD " + ALL + b"\r\n"), Hear(b"NOOP")),
    *(Say(b"250 2.0.0 " + ALL + b"\r\n"), Hear(b"QUIT"), Say(b"221 " + ALL + b"\r\n")),
]
CHECK = '< 2xx\n> EHLO me.example\n< 250\n:echo "{{ reply.text }}"\n> NOOP\n< 299\n> QUIT\n'


async def told(folder: Path, form: str, encoding: str = "utf-8") -> bytes:
    """Return what the program writes in a form; a recording lies in `call.jsonl` then."""
    (folder / "octets.smtp").write_text(CHECK)
    async with serve(SERVER) as server:
        words = ("--script", "octets.smtp", "--format", form, "--transcript", "call.jsonl")
        done = await asyncio.to_thread(
            subprocess.run,
            called(*words, f"127.0.0.1:{server.port}"),
            capture_output=True,
            check=False,
            cwd=folder,
            env=os.environ
            | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
    assert done.returncode in (1, 2), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
async def test_xml_metrics_and_points_keep_to_their_grammars(encoding: str, tmp_path: Path) -> None:
    forms = {name: await told(tmp_path, name, encoding) for name in ("junit", "prom", "tap")}
    ET.fromstring(forms["junit"])
    assert list(text_string_to_metric_families(forms["prom"].decode()))
    assert read_tap(forms["tap"].decode()).plan == 1
    for octets in forms.values():
        assert not any(ord(one) < 0x20 and one != "\n" for one in octets.decode())


async def test_json_and_recordings_are_read_by_strict_readers(tmp_path: Path) -> None:
    document = await told(tmp_path, "json")
    (check,) = [
        each for each in strictly(document)["files"][0]["cases"][0]["checks"] if "reply" in each
    ]
    assert octets_again(check["reply"][0]) == b"250 2.0.0 " + ALL
    (tmp_path / "report.json").write_bytes(document)
    (tmp_path / "events.jsonl").write_bytes(await told(tmp_path, "jsonl", "ascii"))
    for name in ("report.json", "events.jsonl", "call.jsonl"):
        file = tmp_path / name
        lines = [strictly(line) for line in file.read_bytes().splitlines()]
        assert len(rows_of_duckdb(file)) == len(rows_of_arrow(file)) == len(lines)
