from __future__ import annotations

import json
from typing import Any

from smtpprobe.protocol.command import Kind
from smtpprobe.protocol.events import By, Closed, Event, Secured
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts
from tests.present.sessions import OPENED, as_json, asis, message, octets, said, typed


def lines_of(*events: Event) -> list[dict[str, Any]]:
    return [json.loads(line) for line in as_json(events).splitlines()]


def test_every_line_is_one_object_with_version_time_and_kind() -> None:
    lines = lines_of(
        OPENED, *said(b"220 hi\r\n"), typed("QUIT"), *said(b"221\r\n"), Closed(1.5, By.THEM)
    )
    kinds = ["begin", "open", "reply", "send", "reply", "close"]
    assert [line["ev"] for line in lines] == kinds
    assert all((line["v"], line["conn"]) == (1, "main") for line in lines)
    assert lines[-1]["t"] == 1.5
    assert (lines[-1]["by"], lines[-1]["state"]) == ("them", "connected")


def test_a_connection_is_told_with_its_mx() -> None:
    _, opened = lines_of(OPENED)
    assert opened["target"] == "example.net"
    assert (opened["host"], opened["mx"], opened["preference"]) == (
        "mx1.example.net", "mx1.example.net", 10,
    )  # fmt: skip
    assert opened["peer"] == "192.0.2.10:25"


def test_a_reply_is_told_with_its_octets_its_state_and_its_annotation() -> None:
    *_, reply = lines_of(OPENED, *said(b"220 hi\r\n"), typed("FOO"), *said(b"502 5.5.1 no\r\n"))
    assert reply["text"] == "502 5.5.1 no\r\n"
    assert (reply["code"], reply["enhanced"], reply["to"]) == (502, "5.5.1", "FOO")
    assert reply["state"] == "connected"
    assert reply["annotation"]["code"] == 502
    assert reply["annotation"]["v"] == 1


def test_the_greeting_and_unasked_replies_answer_no_verb() -> None:
    *_, greeting, unasked = lines_of(OPENED, *said(b"220 hi\r\n", b"421 bye\r\n"))
    assert (greeting["to"], unasked["to"]) == ("greeting", None)


def test_octets_that_are_no_clean_text_are_in_base64() -> None:
    *_, reply = lines_of(OPENED, *said(b"220 \x1b\r\n"))
    assert "text" not in reply
    assert reply["b64"] == "MjIwIBsNCg=="
    assert reply["defects"] == ["control_octets"]


def test_what_is_sent_is_told_with_how_it_is_read() -> None:
    *_, line, text, raw = lines_of(
        OPENED, *said(b"220 hi\r\n"), asis("NOOP"), message("x"), octets(b"y\n", Kind.RAW)
    )
    assert (line["kind"], line["verb"], line["exact"]) == ("command", "NOOP", True)
    assert (text["kind"], text["text"], text["ends_data"]) == ("body", "x\r\n.\r\n", True)
    assert (raw["kind"], raw["text"]) == ("raw", "y\n")


def test_a_secret_is_masked_and_marked() -> None:
    *_, sent = lines_of(OPENED, typed("c2VjcmV0", Phase.AUTH))
    assert (sent["text"], sent["secret"], sent["kind"]) == ("********\r\n", True, "sasl")


def test_a_handshake_is_told_with_its_whole_chain() -> None:
    leaf = CertificateFacts(b"\x30\x82", "ab", "CN=mx", names=("mx.example",))
    *_, tls = lines_of(
        OPENED, Secured(0.0, TlsFacts(ok=True, certificates=Shown((leaf,))), b"x\xff")
    )
    assert tls["chain"][0]["der"] == "MII="
    assert tls["chain"][0]["names"] == ["mx.example"]
    assert tls["surplus"] == {"b64": "eP8="}
