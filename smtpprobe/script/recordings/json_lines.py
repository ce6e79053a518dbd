"""JSON transcripts read back: a line each as an event. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping

from smtpprobe.errors import ScriptError
from smtpprobe.present.tls_json import tls_facts
from smtpprobe.present.transcript_json import MAIN
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import By, Closed, HalfClosed, Opened, Remarked, Secured, Waived
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.transport.via import Via
from smtpprobe.script.recordings.builder import (
    NOWHERE,
    Recording,
    RecordingBuilder,
    recorded_target,
)


def read_json(octets: bytes, name: str) -> Recording:
    """Return the events of a transcript in JSON lines; `name` is how messages call it.

    Raises:
        ScriptError: a line is no JSON, and not one that was being written as the recorder was
            killed: those are at the end of the file, or of one recording in it.
    """
    builder = RecordingBuilder()
    lines = octets.decode("utf-8", "surrogateescape").splitlines()
    for builder.line, line in enumerate(lines, 1):
        values = json_value(line)
        if isinstance(values, dict):
            read_event(builder, values)
        elif values is None:
            after = json_value(lines[builder.line]) if builder.line < len(lines) else BEGIN
            if not (isinstance(after, dict) and after.get("ev") == BEGIN["ev"]):
                raise ScriptError(f"{name}:{builder.line}: not a JSON object")
            builder.cut()
    return builder.done()


BEGIN: Mapping[str, object] = {"ev": "begin"}
"""What distinguishes the first line of a recording."""


def json_value(line: str | bytes) -> object:
    """Return the value that a line is; None where it is no JSON, and for `null`."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def read_event(builder: RecordingBuilder, values: dict[str, object]) -> None:
    """Take one object of a transcript in; objects that are no event are passed over."""
    time = values.get("t")
    at = float(time) if isinstance(time, int | float) else 0.0
    name = str(values.get("conn") or MAIN)
    match values.get("ev"):
        case "open":
            builder.opened(name, _json_opened(values, at))
        case "send":
            builder.on(name).sent(_json_command(values), at, _json_pace(values))
        case "reply":
            builder.on(name).octets(_json_octets(values), at)
        case "partial":
            builder.on(name).partial += _json_octets(values)
        case "tls":
            surplus = values.get("surplus")
            surplus_octets = _json_octets(surplus) if isinstance(surplus, dict) else b""
            builder.on(name).secured(Secured(at, tls_facts(values), surplus_octets))
        case "close":
            by = By.THEM if values.get("by") == By.THEM.value else By.US
            builder.on(name).closed(Closed(at, by, str(values.get("reason") or "")))
        case "shutdown":
            builder.on(name).add(HalfClosed(at))
        case "stderr":
            builder.on(name).add(Remarked(at, str(values.get("text") or "")))
        case "waive":
            seconds = values.get("seconds")
            waived = Waived(at, seconds if isinstance(seconds, int | float) else 0.0)
            builder.on(name).add(waived)
        case _:
            pass


def _json_opened(values: dict[str, object], at: float) -> Opened:
    target = recorded_target(str(values.get("target") or "")) or NOWHERE
    port, preference, tls = values.get("port"), values.get("preference"), values.get("tls")
    milliseconds = values.get("ms")
    return Opened(
        at=at,
        target=target,
        host=str(values.get("host") or ""),
        port=port if isinstance(port, int) else 0,
        peer=str(values.get("peer") or ""),
        local=str(values.get("local") or ""),
        preference=preference if isinstance(preference, int) else None,
        from_system=values.get("from_system") is True,
        seconds=milliseconds / 1000 if isinstance(milliseconds, int | float) else 0.0,
        tls=tls_facts(tls) if isinstance(tls, dict) else None,
        client=str(values.get("client") or ""),
        via=_json_via(values.get("via")),
    )


def _json_via(values: object) -> Via:
    found = values if isinstance(values, dict) else {}
    return Via(str(found.get("proxy") or ""), str(found.get("header") or ""))


def _json_command(values: dict[str, object]) -> Command:
    kinds = {kind.value: kind for kind in Kind}
    return Command(
        _json_octets(values),
        kinds.get(str(values.get("kind")), Kind.RAW),
        exact=values.get("exact") is True,
        ends_data=values.get("ends_data") is True,
    )


def _json_pace(values: dict[str, object]) -> Pace | None:
    rate, segment = values.get("rate"), values.get("segment")
    limits = [one if isinstance(one, int) and one > 0 else None for one in (rate, segment)]
    return Pace(*limits) if any(limits) else None


def _json_octets(values: dict[str, object]) -> bytes:
    text, encoded = values.get("text"), values.get("b64")
    if isinstance(text, str):
        return text.encode("utf-8", "surrogateescape")
    try:
        return base64.b64decode(encoded, validate=True) if isinstance(encoded, str) else b""
    except binascii.Error:
        return b""
