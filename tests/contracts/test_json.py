"""JSON has one writer, which no octet of a server gets past."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "smtpprobe"
WRITERS = {"present/json_text.py", "protocol/redact.py"}
"""The writer, and the hiding of secrets, which has to know how it writes."""


def writes_json(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in ("dump", "dumps", "JSONEncoder")
        for node in ast.walk(tree)
    )


def test_json_is_written_in_one_place() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if writes_json(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == WRITERS
