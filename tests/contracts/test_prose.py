"""No decision reads our own English: what is decided by stands beside it as a kind."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import smtpprobe
from tests.contracts.prose import FIELDS, decisions, text_constants

TOP = Path(smtpprobe.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(TOP.rglob("*.py"))}
CONSTANTS = text_constants(SOURCES.values())

ASKS = (
    'if "DNSSEC" in found.{}: go()',
    'if "DNSSEC" not in found.{}: go()',
    'if found.{} == "no answer": go()',
    'if found.{} in ("no answer", "refused"): go()',
    "if found.{} != WORDS: go()",
    'if found.{}.startswith("plaintext"): go()',
    'if found.{}.lower().endswith("refused"): go()',
    'limit = found.{}.removeprefix("within ")',
    'limit, _, rest = found.{}.partition("; ")',
    're.search("certificate|verify", found.{})',
    "PATTERN.fullmatch(found.{})",
    "help_ = REMEDIES[found.{}]",
    'help_ = REMEDIES.get(found.{}, "")',
    'text = found.{}\nif "DNSSEC" in text: go()',
    'def asked() -> None:\n    if (text := found.{}) and text[:3] == "421": go()',
    'for text in found.{}:\n    if "DNSSEC" in text: go()',
    'found = any("DNSSEC" in text for text in found.{})',
    'match found.{}:\n    case "no answer": go()',
    'match found:\n    case Closed({}=text) if "reset" in text: go()',
)
"""Ways to read a field, `{}` being its name."""


def test_no_decision_reads_our_own_english() -> None:
    found = [
        f"{path.relative_to(TOP)}:{hit}"
        for path, source in SOURCES.items()
        for hit in decisions(source, CONSTANTS)
    ]
    assert found == []


@pytest.mark.parametrize("ask", ASKS)
def test_a_decision_by_words_is_seen(ask: str) -> None:
    constants = frozenset({"WORDS", "REMEDIES"})
    for field in FIELDS:
        assert list(decisions(ask.replace("{}", field), constants)), field


@pytest.mark.parametrize("name", ["script/reports/nagios.py", "net/dial.py", "policy/trust.py"])
def test_one_in_a_module_of_ours_is_seen(name: str) -> None:
    source = SOURCES[TOP / name]
    seeded = f'{source}\n\ndef late(one: Attempt) -> bool:\n    return "within" in one.reason\n'
    (hit,) = decisions(seeded, CONSTANTS)
    assert hit == f"{len(seeded.splitlines())}: In"


def test_parameters_and_errors_in_words_are_seen() -> None:
    assert list(decisions('def alert_in(reason: str) -> str:\n    return reason.partition("x")[2]'))
    assert list(decisions('try: go()\nexcept OSError as error:\n    ok = "busy" in str(error)'))


@pytest.mark.parametrize(
    "source",
    [
        "if found.reason is Reason.LATE: go()",
        "if found.reason in (Reason.LATE, Reason.CLOSED): go()",
        "if found.reason in WIDE: go()",
        'if found.reason == "": go()',
        "if found.reason: go()",
        'told = f"failed: {found.reason}"',
        "words = found.reason.split()",
        'if found.text.startswith("250"): go()',
        'if "no such user" in reply.text: go()',
        'def said(reason: bytes) -> int:\n    return reason.find(b"[")',
    ],
)
def test_what_is_no_decision_by_words_of_ours_passes(source: str) -> None:
    assert list(decisions(source)) == []


def test_every_field_that_is_looked_after_is_one() -> None:
    named = set()
    for source in SOURCES.values():
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name):
                    named.add(name)
                case ast.Attribute(attr=name, ctx=ast.Store()):
                    named.add(name)
    assert named >= FIELDS, FIELDS - named
