"""What the linter finds, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.present.terminal import rendered
from smtpprobe.script.lint.rules import LINTS, lint
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.reports.failures import finding_lines

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("**/*.smtp"))

HELLO = "EHLO x\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\n"


def found(text: str) -> list[str]:
    """Return the findings as `ID line`."""
    return [f"{one.id} {one.place.line}" for one in lint(parse(text, "t.smtp"))]


def block(text: str) -> str:
    """Return the findings as a user sees them."""
    script = parse(text, "t.smtp")
    return rendered(finding_lines(script, lint(script)), colour=False)


MESSAGE = HELLO + "< 354\nSubject: x\n\n{}\n.\nQUIT\n"

FINDS = {
    "L01 8": MESSAGE.format("x" * 999),
    "L02 8": MESSAGE.format(". "),
    "L03 1": "EHLO x\n",
    "L03 2": "EHLO x\n< 250\n",
    "L04 2": "EHLO x\nAUTH PLAIN AGEAYg==\nQUIT\n",
    "L04 4": "EHLO x\nAUTH LOGIN\n< 334\ndXNlcg==\nQUIT\n",
    "L04 3": "EHLO x\n:hold\nAUTH PLAIN AGEAYg==\n:flush\nQUIT\n",
    "L04 5": ":hold\nEHLO x\nNOOP\nAUTH LOGIN\ndXNlcg==\n:flush\nQUIT\n",
    "L04 7": ":hold\nEHLO x\nAUTH LOGIN\n:flush\n< 250\n< 334\n> dXNlcg==\nQUIT\n",
    "L04 8": "EHLO x\n> DATA\n< 354\n> AUTH me\n> .\n< 250\n< 250\n> AUTH PLAIN AGEAYg==\nQUIT\n",
    "L05 2": 'EHLO x\n< 250 "queued as 4XyZ1k2"\nQUIT\n',
    "L06 1": "MAIL FROM:<>\nQUIT\n",
    "L06 2": ":hold\nMAIL FROM:<>\nRCPT TO:<a@b.example>\n:flush\n< 250\n< 503\nQUIT\n",
    "L06 3": ":hold\nNOOP\nMAIL FROM:<>\nEHLO x\n:flush\nQUIT\n",
    "L07 5": HELLO + "# note\nSubject: x\n\nx\n.\nQUIT\n",
    "L08 8": MESSAGE.format("{{nobody}}"),
    "L09 7": HELLO + "< 354\nSubject: x\nHello, this is text.\n.\nQUIT\n",
    "L10 2": "EHLO x\n> NOOP\nQUIT\n",
    "L11 2": "EHLO x\n< 250 /(a+)+b/\nQUIT\n",
    "L12 1": "# nothing\n",
    "L12 2": ':case "a"\n:case "b"\n',
    "L14 2": "EHLO x\nRCPT TO:\u201cbob@b.example\u201d\nQUIT\n",
    "L14 3": ":hold\nEHLO x\nRCPT TO:<bob\u00a0@b.example>\n:flush\nQUIT\n",
    "L14 1": "EHLO me\u2013too.example\nQUIT\n",
    "L13 2": ":hold\nEHLO x\nMAIL FROM:<>\n:flush\nQUIT\n",
    "L13 3": "EHLO x\n:hold\nNOOP\nRSET\n:flush\nQUIT\n",
}


@pytest.mark.parametrize("finding", FINDS)
def test_a_finding_has_its_line(finding: str) -> None:
    assert finding in found(FINDS[finding])


def test_every_rule_finds_something() -> None:
    assert {finding.split()[0] for finding in FINDS} == set(LINTS)


QUIET = {
    "a line of 998 octets": MESSAGE.format("x" * 998),
    "a stuffed dot": MESSAGE.format("..x"),
    "a close of the server": "EHLO x\n< eof\n",
    "a close": "EHLO x\n:close\n",
    "the reply to QUIT": "EHLO x\nQUIT\n< 221\n< eof\n",
    "a held QUIT": "EHLO x\n:hold\nRSET\nQUIT\n:flush\n",
    "a secret": ':secret p\nEHLO x\nAUTH PLAIN {{ plain("u", p) }}\nQUIT\n',
    "a wrong password on purpose": 'EHLO x\nAUTH PLAIN {{ plain("u", "wrong") }}\nQUIT\n',
    "a cancelled login": "EHLO x\nAUTH LOGIN\n< 334\n*\n< 501\nQUIT\n",
    "an empty response": "EHLO x\nAUTH PLAIN =\nQUIT\n",
    "commands behind a login": "EHLO x\nAUTH PLAIN =\n< 235\nNOOP\nQUIT\n",
    "a capture": "EHLO x\n< 250 /queued as (?<id>[0-9A-Z]+) 2026-11-21/\nQUIT\n",
    "a text that stays": 'EHLO x\n< 250 "PIPELINING" not "4XyZ1k2qqqq"\nQUIT\n',
    "a secret sent verbatim": ":secret p\nEHLO x\n> AUTH PLAIN {{p}}\n< 235\nQUIT\n",
    "a message of > lines about logins": "EHLO x\n> DATA\n< 354\n> AUTH PLAIN AGEAYg==\n> .\n"
    "< 250\nQUIT\n",
    "a held EHLO and MAIL": ":hold\n# lint: off L13\nEHLO x\nMAIL FROM:<>\n:flush\nQUIT\n",
    "a held NOOP that is to be refused": "EHLO x\n:hold\nNOOP\nRSET\n:flush\n< 554\n< eof\n",
    "a test for injection": "EHLO x\n:hold\nSTARTTLS\nNOOP\n:flush\n< 220\n< none for 1s\nQUIT\n",
    "a held group": "EHLO x\n:hold\nRSET\nMAIL FROM:<>\nNOOP\n:flush\nQUIT\n",
    "a held MAIL that is to be refused": ":hold\nNOOP\nMAIL FROM:<>\n:flush\n< 250\n< 503\nQUIT\n",
    "MAIL that is to be refused": "MAIL FROM:<>\n< 503\nQUIT\n",
    "MAIL behind a HELO sent verbatim": "> HELO x\n< 250\nMAIL FROM:<>\nQUIT\n",
    "a header that goes on": HELLO + "< 354\nSubject: x\n y\n\ntext\n.\nQUIT\n",
    "a message of text only": HELLO + "< 354\njust text\n.\nQUIT\n",
    "braces that are meant": ":expand off\n" + MESSAGE.format("{{nobody}}"),
    "braces of a template": MESSAGE.format("{{#each x}} {{ a b }}"),
    "a message of > lines": "EHLO x\n> DATA\n< 354\n> x\n> .\n< 250\nQUIT\n",
    "a message of > lines, its dot held": "EHLO x\n> DATA\n< 354\n> x\n:hold\n> .\nRSET\n:flush\n"
    "< 250\nQUIT\n",
    "a pasted quote that is to be refused": "EHLO x\n"
    "MAIL FROM:\u201ca@b.example\u201d\n< 501\nQUIT\n",
    "a pasted quote in a message": MESSAGE.format("\u201cHello\u201d \u2013 said\u00a0he"),
    "a pasted quote sent verbatim": "EHLO x\n> NOOP \u201cx\u201d\n< 250\nQUIT\n",
    "letters of an internationalised address": "EHLO x\n"
    "MAIL FROM:<\u00fc@b.example> SMTPUTF8\nQUIT\n",
    "one quantifier": "EHLO x\n< 250 /(ab)+c*(d|e)?/\nQUIT\n",
}


@pytest.mark.parametrize("what", QUIET)
def test_nothing_is_found_in(what: str) -> None:
    assert found(QUIET[what]) == []


@pytest.mark.parametrize("comment", ["# lint: off L10", "# lint: off", "#lint: off L03, L10"])
def test_a_comment_above_the_line_keeps_a_rule_from_it(comment: str) -> None:
    assert found(f"EHLO x\n{comment}\n# why\n> NOOP\nQUIT\n") == []


@pytest.mark.parametrize("comment", ["# lint: off L11", "# lint off L10", "# lint: off L10\n"])
def test_another_comment_does_not(comment: str) -> None:
    assert [one.split()[0] for one in found(f"EHLO x\n{comment}\n> NOOP\nQUIT\n")] == ["L10"]


def test_a_comment_above_data_goes_for_the_message() -> None:
    text = MESSAGE.format(". ")
    assert found(text.replace("DATA", "# lint: off L02\nDATA")) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_clean(example: Path) -> None:
    script = parse(example.read_bytes(), example.name)
    assert rendered(finding_lines(script, lint(script)), colour=False) == ""


def test_a_finding_is_shown_as_a_warning_with_its_place() -> None:
    assert (
        block(MESSAGE.format(". "))
        == """\
warning: body line of a dot and spaces
  --> t.smtp:8:1
   |
 4 | DATA
   | ----
   | ...
 8 | .\N{SPACE}
   | ^^ this does not end the message
   |
   = help: the line that ends a message contains only "."
"""
    )


def test_a_password_is_not_shown_by_the_finding_about_it() -> None:
    text = "EHLO x\nAUTH LOGIN\n< 334\ndXNlcg==\n< 334\ncGFzc3dvcmQ=\nQUIT\n"
    shown = block(text + "AUTH PLAIN AGEAcGFzc3dvcmQ=\n:close\n")
    assert "cGFzc3dvcmQ" not in shown
    assert "dXNlcg==" not in shown
    assert shown.count("********") == 3
