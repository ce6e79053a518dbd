"""The rules of the linter, and the one function that holds them against a script. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.problem import SHOWN_PROBLEMS, Mark
from smtpprobe.script.language.steps import Script
from smtpprobe.script.lint import expectations, messages, sessions
from smtpprobe.script.lint.finding import Finding, Rule

_OFF = re.compile(r"#[ \t]*lint:[ \t]*off\b(.*)")


@dataclass(frozen=True, slots=True)
class Lint:
    """A rule, and what it finds in words."""

    finds: str
    rule: Rule


LINTS: dict[str, Lint] = {
    "L01": Lint("a body line of more than 998 octets", messages.too_long),
    "L02": Lint("a body line of a dot and spaces: it does not end the message",
                messages.dot_and_blanks),
    "L03": Lint("connection left open: no QUIT, `:close` or `< eof` at the end of a file or case",
                sessions.left_open),
    "L04": Lint("AUTH or a response to a challenge with credentials in the script; literals "
                "inside `plain() cram() xoauth2() b64()` are treated as intentionally wrong "
                "passwords",
                sessions.literal_responses),
    "L05": Lint("expected text that changes: a queue id, a date, an "
                "address; named groups are exempt", expectations.volatile),
    "L06": Lint("MAIL before any EHLO or HELO on its connection, without expecting a refusal",
                sessions.mail_unannounced),
    "L07": Lint("DATA with no expectation, followed by what looks like a comment, an "
                "expectation or a local command: it is sent as "
                "message text", messages.meant_for_us),
    "L08": Lint("`{{name}}` without a value in a body or a `>` line: it is sent verbatim",
                messages.unset),
    "L09": Lint("no empty line between headers and text of a message",
                messages.no_empty_line),
    "L10": Lint("`>` or `:raw` with no expectation before the next line for the server",
                sessions.unheard),
    "L11": Lint("a regular expression with nested quantifiers",
                expectations.slow_patterns),
    "L12": Lint("an empty case or file", sessions.empty),
    "L13": Lint("a command in :hold that must be the last of a pipelined group (all "
                "but MAIL, RCPT, RSET, BDAT) and is not; STARTTLS is exempt, as it tests for "
                "injection",
                sessions.talked_on),
    "L14": Lint("a typographic quote, an odd space or an invisible character in a command, most "
                "likely pasted, without expecting a refusal", sessions.pasted),
}  # fmt: skip


def lint(script: Script, outside: Outside | None = None) -> tuple[Finding, ...]:
    """Return what is most likely meant otherwise, in the order of the lines; ten of a rule at most.

    `# lint: off L04` above a line (above the DATA, for a message) keeps a rule from it.
    """
    outside = outside or Outside()
    found: list[Finding] = []
    for entry in LINTS.values():
        wanted = (one for one in entry.rule(script, outside) if not _is_off(script, one))
        found += islice(wanted, SHOWN_PROBLEMS)
    return tuple(sorted(found, key=lambda one: (one.place.file, one.place.line, one.place.column)))


def _is_off(script: Script, finding: Finding) -> bool:
    return any(_is_off_above(script, finding.id, mark) for mark in finding.marks)


def _is_off_above(script: Script, id_: str, mark: Mark) -> bool:
    lines = script.sources.get(mark.file, ())
    number = mark.line - 1
    while 0 < number <= len(lines) and lines[number - 1].startswith("#"):
        match = _OFF.fullmatch(lines[number - 1])
        if match and (not match[1].split() or id_ in match[1].replace(",", " ").split()):
            return True
        number -= 1
    return False
