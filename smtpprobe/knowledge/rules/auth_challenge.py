"""Reads AUTH challenges: the base64 of a 334, decoded for people (RFC 4954 4)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass

from smtpprobe.knowledge.wording import clip, plain
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH
from smtpprobe.protocol.reply import Reply

ANSWER = "the answer in base64; :b64 TEXT encodes; * cancels"
_WHOLE = {name: f", then :auth {name} USER handles the whole exchange" for name in DONE_BY_AUTH}
"""What does a login by itself that is being done by hand."""
_EMPTY = "an empty line (Enter, in a script >), or AQ==; the refusal follows"
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
        return Challenge(error, _EMPTY)
    if mechanism == "CRAM-MD5" or _CRAM.match(decoded):
        shown = clip(plain(decoded), _MEANING)
        return Challenge(
            f'CRAM-MD5 challenge: "{shown}"',
            f"user name, space, keyed digest; * cancels{_WHOLE['CRAM-MD5']}",
        )
    if mechanism.startswith("SCRAM-") and decoded.startswith("r="):
        return Challenge(f"{plain(mechanism)} challenge: nonce, salt and rounds", ANSWER)
    return Challenge(f'challenge, decoded: "{clip(plain(decoded), _MEANING)}"', answer)


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


def _bearer_error(decoded: str, mechanism: str) -> str:
    """XOAUTH2 and OAUTHBEARER report an error as a JSON object (RFC 7628 3.2.2)."""
    if not decoded.startswith("{"):
        return ""
    try:
        error = json.loads(decoded)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(error, dict):
        return ""
    status = error.get("status")
    shown = clip(plain(str(status)), 30) if isinstance(status, str | int) else "not given"
    return f"{plain(mechanism) or 'OAuth'}: the token is refused, status {shown}"
