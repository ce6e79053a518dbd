"""Writes docs/script-language.md from tables: `python -m tests.docs.script_language`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from smtpprobe.protocol.auth.words import OPTIONS
from smtpprobe.script.language.assertion import OPERATORS, SIDES
from smtpprobe.script.language.commands import LOCALS, STRUCTURE
from smtpprobe.script.language.values import FUNCTIONS
from smtpprobe.script.lint.rules import LINTS
from smtpprobe.script.results.reason import WORDS
from tests.docs import script_tables

PAGE = Path(__file__).parents[2] / "docs" / "script-language.md"
TEXT = Path(__file__).parent / "script_language_text.md"

GROUPS = {
    "P": "The script cannot be run (exit 3); reported before any connection is made, ten at a time",
    "F": "A check failed (exit 1)",
    "T": "Inconclusive (exit 4)",
    "N": "Nothing was checked (exit 5)",
}


def code(text: str) -> str:
    """Return text as code in a table's cell."""
    return f"`{text}`".replace("|", "\\|") if text else "(empty)"


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Return a table; the cells are Markdown already."""
    columns = head.split(", ")
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def samples(head: str, rows: dict[str, str]) -> str:
    """Return a table of samples and what they mean."""
    return table(head, ([code(sample), cell(means)] for sample, means in rows.items()))


def cell(text: str) -> str:
    """Return Markdown fit for a table's cell."""
    return text.replace("|", "\\|")


def local_commands() -> str:
    """Return the table of local commands, their usage from the program."""
    usages = {**{name: one.usage for name, one in LOCALS.items()}, **STRUCTURE}
    rows = ([code(usages[name]), script_tables.LOCALS[name]] for name in usages)
    return table("command, does", rows)


def auth_options() -> str:
    """Return the table of what `:auth` can be asked for, from the program."""
    rows = ((f"{name} {value}".strip(), does) for name, (value, does) in OPTIONS.items())
    return table("option, does", ([code(option), cell(does)] for option, does in rows))


def functions() -> str:
    """Return the table of functions, their arguments from the program."""
    return table(
        "function, gives",
        (
            [code(f"{name}({', '.join(entry[0])})"), script_tables.FUNCTIONS[name]]
            for name, entry in FUNCTIONS.items()
        ),
    )


def sides() -> str:
    """Return the table of what can be asserted on."""
    ehlo = ["keywords", "size", "KEYWORD"]
    rows = [
        [code(group), " ".join(f"`.{name}`" for name in (names or ehlo))]
        for group, names in SIDES.items()
    ]
    return table("of, ask", [*rows, ["a variable", "its name"]])


def lints() -> str:
    """Return the table of the linter's rules."""
    return table("id, finds", ([id_, cell(entry.finds)] for id_, entry in LINTS.items()))


def messages() -> str:
    """Return the tables of messages."""
    parts = []
    for letter, meaning in GROUPS.items():
        rows = [
            [reason.value, cell(words.meaning), cell(words.remedy)]
            for reason, words in WORDS.items()
            if reason.value.startswith(letter)
        ]
        parts.append(f"{meaning}:\n\n" + table("id, says, do", rows))
    return "\n".join(parts)


def page() -> str:
    """Return the whole page."""
    filled = {
        "LINES": samples("line, is", script_tables.LINES),
        "MARKERS": samples("marker, takes", script_tables.MARKERS),
        "WHATS": samples("what, matches", script_tables.WHATS),
        "TERMS": samples("term, means", script_tables.TERMS),
        "LOCALS": local_commands(),
        "FUNCTIONS": functions(),
        "NAMES": samples("name, value", script_tables.NAMES),
        "SIDES": sides(),
        "AUTH": auth_options(),
        "OPERATORS": " ".join(f"`{one}`" for one in OPERATORS) + "\n",
        "LINTS": lints(),
        "MESSAGES": messages(),
    }
    text = TEXT.read_text(encoding="utf-8")
    for name, filling in filled.items():
        text = text.replace(f"@{name}@\n", filling)
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
