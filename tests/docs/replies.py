"""Writes docs/replies.md from the tables of the program: `python -m tests.docs.replies`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.own.read import MEANING
from smtpprobe.knowledge.reference.codes import CodeFacts, Reading, explain_code
from smtpprobe.knowledge.reference.enhanced import explain_enhanced
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import COLLISIONS, ENHANCED
from smtpprobe.knowledge.tables.myths import DIGIT_BELIEFS, Belief
from tests.corpus.replies.score import SCORE_HEAD, STORED

PAGE = Path(__file__).parents[2] / "docs" / "replies.md"

HEAD = """\
# SMTP replies, as smtpprobe reads them

Made from the tables of the program by `python -m tests.docs.replies`; a test checks that it is
current. `smtpprobe explain --code 454` shows one code, `smtpprobe explain 5.7.26` one enhanced
code.

First smtpprobe reads the form of a reply, its first digit and the command that it answers: is it a
reply at all, a success, a refusal? In a refusal it weighs the evidence: text that a provider or
product is known to send, the words, the enhanced status code, and the code after this command. What
agrees adds up, and plain words outweigh an enhanced code that says something else. What rests on
words alone is marked `likely`, what is weak or disputed `perhaps`, and what says nothing stays
`unknown`.
A row in your table (below) takes precedence over all of this.

## Your own table

`replies.toml` in the configuration folder, or the file of `--replies F`, `SMTPPROBE_REPLIES` or
`:set replies F`, holds what you know of the servers you meet. The prompt, scripts and `explain` go
by it; what a row says is marked `own` (`"basis": "own"` in JSON).

```toml
[[reply]]
text = "account * is suspended"           # * is anything; found anywhere, upper or lower case
code = 550                                # these three may be left out
enhanced = "5.7.1"
command = "RCPT"
provider = "Example Mail"                 # shown beside the basis; may be left out
cause = "mailbox-disabled"                # a word of the list below
blame = "recipient"                       # usually that of the cause, as retry
retry = "never"
meaning = "the customer has not paid"     # at most %d characters
next = ["tell the sender to phone", "RSET"]
```

The first row that fits a reply counts. `smtpprobe explain --check-replies F` shows what is wrong
with a table, by line and column. `:explain --teach` at the prompt adds a row for the last reply,
with wildcards for addresses, numbers and ids, and says where; change there what you know better.
The prompt reads a changed table again at the next line you enter. With `--no-config` a row is only
added to a table that you name.

- cause: %s
- blame: %s
- retry: %s
"""

DIGITS = """\
## What old lists say about the digits

| old lists | in fact | source |
|---|---|---|
"""

CODE_HEAD = """\
## Codes

Where the meaning of a code depends on the command, each meaning has its own line.

| code | after | means | cause | source |
|---|---|---|---|---|
"""

BELIEF_HEAD = """\
## What old lists say about the codes

Lists of codes have been copied from site to site since RFC 821. Where they are right, nothing is
listed here.

| code | old lists | in fact | source |
|---|---|---|---|
"""

ORIGIN_HEAD = """\
## Codes that no RFC defines

| code | where it comes from |
|---|---|
"""

ENHANCED_HEAD = """\
## Enhanced status codes

X is the class: 2 success, 4 temporary, 5 permanent.

| code | means | cause | source |
|---|---|---|---|
"""

COLLISION_HEAD = """\
## Where a provider means something else than the registry

The provider's meaning is used only where its text or its host name is present too.

| code | provider | source |
|---|---|---|
"""


def cell(text: str) -> str:
    """Return text fit for a table's cell."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def table_row(*cells: str) -> str:
    """Return a line of a table."""
    return "| " + " | ".join(cell(text) for text in cells) + " |\n"


def code_rows(facts: CodeFacts) -> str:
    """Return the lines of a code."""
    return "".join(code_row(facts, reading) for reading in facts.readings)


def code_row(facts: CodeFacts, reading: Reading) -> str:
    """Return the line of one meaning."""
    after = ", ".join(reading.commands) or "any"
    with_enhanced = f" with {reading.enhanced}" if reading.enhanced else ""
    return table_row(
        f"{facts.code}{with_enhanced}", after, reading.meaning, reading.cause,
        "; ".join(reading.sources),
    )  # fmt: skip


def belief_row(belief: Belief, *before: str) -> str:
    """Return the line of one common belief."""
    return table_row(*before, belief.said, belief.fact, belief.source)


def enhanced_rows(key: str) -> str:
    """Return the lines of an enhanced status code."""
    facts = explain_enhanced(key)
    assert facts is not None
    return "".join(
        table_row(key, reading.meaning, reading.cause, "; ".join(reading.sources))
        for reading in facts.readings
    )


def _words(kind: type[Enum]) -> str:
    return " ".join(f"`{member.value}`" for member in kind)


def page() -> str:
    """Return the whole page."""
    codes = [explain_code(code) for code in sorted(CODES)]
    beliefs = [(facts, belief) for facts in codes for belief in facts.beliefs]
    parts = (
        HEAD % (MEANING, *(_words(kind) for kind in (Cause, Blame, Retry))),
        CODE_HEAD + "".join(code_rows(facts) for facts in codes),
        BELIEF_HEAD + "".join(belief_row(belief, str(facts.code)) for facts, belief in beliefs),
        ORIGIN_HEAD
        + "".join(
            table_row(str(facts.code), facts.origin) for facts in codes if not facts.standard
        ),
        DIGITS + "".join(belief_row(belief) for belief in DIGIT_BELIEFS),
        ENHANCED_HEAD + "".join(enhanced_rows(key) for key in ENHANCED),
        COLLISION_HEAD
        + "".join(table_row(key, said, source) for key, (said, source) in COLLISIONS.items()),
        SCORE_HEAD + STORED.read_text(encoding="utf-8"),
    )
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
