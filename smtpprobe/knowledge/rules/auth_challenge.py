"""Reads AUTH challenges: the base64 of a 334, decoded for people (RFC 4954 4)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass

from smtpprobe.knowledge.wording import clip, count, plain
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH
from smtpprobe.protocol.auth.scram import FEWEST_ITERATIONS, attributes, server_first
from smtpprobe.protocol.reply import Reply

ANSWER = "the answer in base64; :b64 TEXT encodes; * cancels"
_WHOLE = {name: f", then :auth {name} USER handles the whole exchange" for name in DONE_BY_AUTH}
"""What does a login by itself that is being done by hand."""
_EMPTY = "an empty line (Enter, in a script >), or AQ=="
_EMPTY_LINE = "an empty line (Enter, in a script >); the outcome follows"
_ONE = frozenset({"\x01", r"\x01", r'"\x01"'})
"""The octet 1 as it may be typed: the answer to an error in OAUTHBEARER (RFC 7628 3.2.3)."""
_MEANING = 60
_CRAM = re.compile(r"<[^<>@\s]{1,200}@[^<>@\s]{1,200}>\Z")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a challenge says and what to answer; `note` tells what is odd about it."""

    meaning: str
    steps: str
    note: str = ""


def read_challenge(text: str, mechanism: str) -> Challenge:
    """Return the meaning of the text of a 334 within this mechanism."""
    coded = text.strip()
    answer = ANSWER + _WHOLE.get(mechanism, "")
    if not coded:
        return Challenge("challenge, empty: the first answer is wanted", answer)
    try:
        octets = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        shown = clip(plain(coded), _MEANING)
        return Challenge(
            f'challenge that is not base64: "{shown}"', answer, "RFC 4954 4 wants base64 after 334"
        )
    decoded = octets.decode("utf-8", "surrogateescape")
    if error := _bearer_error(decoded, mechanism):
        return Challenge(error, _EMPTY + _new_token(decoded))
    if mechanism == "CRAM-MD5" or _CRAM.match(decoded):
        shown = clip(plain(decoded), _MEANING)
        return Challenge(
            f'CRAM-MD5 challenge: "{shown}"',
            f"user name, space, keyed digest; * cancels{_WHOLE['CRAM-MD5']}",
        )
    if mechanism.startswith("SCRAM-") and (scram := _scram(decoded, plain(mechanism))):
        return scram
    return Challenge(f'challenge, decoded: "{clip(plain(decoded), _MEANING)}"', answer)


def _scram(decoded: str, mechanism: str) -> Challenge | None:
    """Return what a server's message in SCRAM says (RFC 5802 7); None where it is not one."""
    first, found = server_first(decoded), attributes(decoded)
    if "e" in found:
        error = clip(plain(found["e"]), 40)
        return Challenge(f"{mechanism}: the server reports {error}", _EMPTY_LINE)
    if "v" in found:
        meaning = f"{mechanism}: the server's proof that it knows the password; :auth checks it"
        return Challenge(meaning, _EMPTY_LINE)
    if first is None:
        return None
    salt = "not base64" if first.salt is None else f"of {count(len(first.salt), 'octet')}"
    rounds = "unreadable" if first.iterations is None else f"{first.iterations:,}"
    meaning = f"{mechanism} challenge: salt {salt}, iterations: {rounds}"
    weak = f"fewer than {FEWEST_ITERATIONS:,} iterations (RFC 7677 4): guessing is cheaper"
    return Challenge(meaning, ANSWER + _WHOLE.get(mechanism, ""), weak if first.weak else "")


def acknowledgement(text: str, challenge: Reply, mechanism: str) -> str | None:
    """Return what a line typed under a challenge sends if that only tells an error; None: itself.

    XOAUTH2 wants an empty answer to it, OAUTHBEARER the octet 1, before the refusal comes.
    """
    if text.strip(" ") not in _ONE and text.strip():
        return None
    if challenge.code != 334 or not _is_bearer_error(challenge.text, mechanism):
        return None
    return "AQ==" if text.strip(" ") else ""


def _is_bearer_error(coded: str, mechanism: str) -> bool:
    try:
        octets = base64.b64decode(coded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    return bool(_bearer_error(octets.decode("utf-8", "surrogateescape"), mechanism))


_STATUS = {
    "400": "malformed, or not a valid token",
    "401": "expired, revoked or of another account",
    "403": "it lacks a scope",
    "invalid_request": "malformed, or not a valid token",
    "invalid_token": "expired, revoked or of another account",
    "insufficient_scope": "it lacks a scope",
}
"""What the status of an error says (RFC 6750 3.1; XOAUTH2 has the code of HTTP)."""


def _json(decoded: str) -> dict[str, object] | None:
    """Return the JSON object with which a token is refused (RFC 7628 3.2.2)."""
    if not decoded.startswith("{"):
        return None
    try:
        error = json.loads(decoded)
    except (ValueError, RecursionError):
        return None
    return error if isinstance(error, dict) else None


def _bearer_error(decoded: str, mechanism: str) -> str:
    """Return what the error of XOAUTH2 or OAUTHBEARER says; empty where it is not one."""
    error = _json(decoded)
    if error is None:
        return ""
    status = error.get("status")
    shown = clip(plain(str(status)), 30) if isinstance(status, str | int) else "not given"
    why = f": {_STATUS[shown]}" if shown in _STATUS else ""
    return f"{plain(mechanism) or 'OAuth'}: the token is refused, status {shown}{why}"


def _new_token(decoded: str) -> str:
    """Return the steps to a token that will do, as far as the error names them."""
    scope = (_json(decoded) or {}).get("scope")
    named = f" for {clip(plain(scope), 40)}" if isinstance(scope, str) and scope else ""
    return f"; then a token{named}" if named else "; then a new token"
