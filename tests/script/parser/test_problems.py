"""Every message about a script that cannot be run, as it is shown."""

from __future__ import annotations

import pytest

from tests.script.blocks import block_of, problems_of

BLOCKS = {
    "P01 a typing error": (
        ":close\n:timout 5s\n",
        """\
error: unknown local command ":timout"
  --> t.smtp:2:1
   |
 2 | :timout 5s
   | ^^^^^^^ did you mean ":timeout"?
   |
   = help: to send this line to the server, write "> :timout 5s"
""",
    ),
    "P01 a word of other languages": (
        "EHLO x\n:if STARTTLS\nSTARTTLS\n:end\n",
        """\
error: unknown local command ":if"
  --> t.smtp:2:1
   |
 2 | :if STARTTLS
   | ^^^ scripts have no branches
   |
   = help: :require STARTTLS  skips the case if EHLO does not list it
   = help: :case "name"  is a separate test, independent of the others
   = help: < 250|450  accepts either reply; <? 250 is optional; <~ 250 only warns
   = help: :assert tls.version >= 1.2  fails if this is not the case; severity=warning only warns
""",
    ),
    "P01 a command of the prompt": (
        ":help\n",
        """\
error: unknown local command ":help"
  --> t.smtp:1:1
   |
 1 | :help
   | ^^^^^ only at the prompt
   |
   = help: to send this line to the server, write "> :help"
""",
    ),
    "P02": (
        "\n\n\n< 2500\n",
        """\
error: this is not a reply code
  --> t.smtp:4:3
   |
 4 | < 2500
   |   ^^^^ three digits, 200\N{EN DASH}599, with x as wildcard: 250, 25x, 2xx, 250|251
""",
    ),
    "P03": (
        "< 550 5.7.1 relay access denied\n",
        """\
error: text to look for must be in quotes
  --> t.smtp:1:13
   |
 1 | < 550 5.7.1 relay access denied
   |             ^^^^^^^^^^^^^^^^^^^
   |
   = help: < 550 5.7.1 "relay access denied"   substring
   = help: < 550 5.7.1 /relay access denied/i  regex
""",
    ),
    "P04": (
        "< 250 !!\n",
        """\
error: unknown term "!!"
  --> t.smtp:1:7
   |
 1 | < 250 !!
   |       ^^
   |
   = help: terms: 5.7.1, 5.1.1|5.7.x, "text", /regex/i, not "text", b64"text", +KEYWORD, -KEYWORD, \
+KEYWORD=VALUE, +KEYWORD>=NUMBER, lines=N, within 5s
""",
    ),
    "P05": (
        "EHLO x\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\nSubject: test\n",
        """\
error: the message body never ends
  --> t.smtp:5:1
   |
 4 | DATA
   | ---- no expectation rules out 354, so a message follows ...
 5 | Subject: test
   | ^ ... but no line up to the end of the file is a single dot
   |
   = help: end it with a line containing only "."
   = help: if the server should refuse DATA, write "< 5xx" below it
""",
    ),
    "P07": (
        "RCPT TO:<{{rcpt}}>\n",
        """\
error: variable "rcpt" has no value
  --> t.smtp:1:10
   |
 1 | RCPT TO:<{{rcpt}}>
   |          ^^^^^^^^ not set by :let, a capture above, --var, --vars-file or SMTPPROBE_VAR_rcpt
   |
   = help: to send braces to the server: write "> ..." with :expand off, or {{ "{{" }}
""",
    ),
    "P08 past the count": (
        "BDAT 20 LAST\nSubject: x\n\nlonger than declared\n",
        """\
error: BDAT announces 20 octets, but line 4 exceeds it by 16
  --> t.smtp:4:1
   |
 1 | BDAT 20 LAST
   |      -- 20
   | ...
 4 | longer than declared
   | ^^^^^^^^^^^^^^^^^^^^ octets 15\N{EN DASH}36 of 20 (each line counts 2 extra for CRLF)
   |
   = help: the lines contain 36 octets: "BDAT 36 LAST"
   = help: for an intentionally wrong count: "> BDAT 20 LAST"
""",
    ),
    "P08 short of the count": (
        "BDAT 20\nx\n",
        """\
error: BDAT announces 20 octets, but the file ends 17 octets short
  --> t.smtp:1:6
   |
 1 | BDAT 20
   |      ^^ 3 octets follow
   |
   = help: for an intentionally wrong count: "> BDAT 20"
""",
    ),
    "P11": (
        "250-a\nQUIT\n",
        """\
error: the reply has no last line
  --> t.smtp:1:1
   |
 1 | 250-a
   | ^^^^^ end it with "250 " (code and space)
""",
    ),
    "P12": (
        "DATA\n<? 354\nx\n.\n",
        """\
error: "<?" cannot follow DATA: it must be certain whether a message follows
  --> t.smtp:2:1
   |
 2 | <? 354
   | ^^
   |
   = help: write "< 354" or "< 5xx"
""",
    ),
    "P18": (
        ":timeout 5 minutes\n",
        """\
error: bad argument: '5 minutes' is not a duration (write 500ms, 30s or 5m)
  --> t.smtp:1:10
   |
 1 | :timeout 5 minutes
   |          ^^^^^^^^^
   |
   = help: :timeout 30s
""",
    ),
    "P03 a string in the braces of a string": (
        'NOOP\n< 250 "<{{plain("a","b")}}>" 2.0.0\n',
        """\
error: a string ends at the next quote, even inside {{ }}
  --> t.smtp:2:17
   |
 2 | < 250 "<{{plain("a","b")}}>" 2.0.0
   |                 ^ it ends here
   |
   = help: :let value = {{plain("a","b")}}
   = help: < 250 "<{{value}}>" 2.0.0
""",
    ),
    "P03 an empty string in the braces of a string": (
        'NOOP\n:assert last.text contains "{{plain("","")}}"\n',
        """\
error: a string ends at the next quote, even inside {{ }}
  --> t.smtp:2:37
   |
 2 | :assert last.text contains "{{plain("","")}}"
   |                                     ^ it ends here
   |
   = help: :let value = {{plain("","")}}
   = help: :assert last.text contains "{{value}}"
""",
    ),
    "P03 an open string": (
        '< 250 "relay denied\n',
        """\
error: text to look for must be in quotes
  --> t.smtp:1:7
   |
 1 | < 250 "relay denied
   |       ^^^^^^^^^^^^^ the string is not closed
   |
   = help: < 250 "relay denied"   substring
   = help: < 250 /relay denied/i  regex
""",
    ),
    "P06": (
        "< 250 /a(b/i within 5s\n",
        """\
error: bad regular expression: missing ), unterminated subpattern
  --> t.smtp:1:9
   |
 1 | < 250 /a(b/i within 5s
   |         ^
""",
    ),
    "P09 no flush": (
        ":hold\nNOOP\n",
        """\
error: ":hold" without ":flush"
  --> t.smtp:1:1
   |
 1 | :hold
   | ^^^^^
""",
    ),
    "P09 no hold": (
        ":flush\n",
        """\
error: ":flush" without ":hold"
  --> t.smtp:1:1
   |
 1 | :flush
   | ^^^^^^
""",
    ),
    "P09 what is no line for the server": (
        ":hold\n< 250\n:flush\n",
        """\
error: this line cannot be used inside :hold
  --> t.smtp:2:1
   |
 2 | < 250
   | ^^^^^
""",
    ),
    "P10 no block": (
        ":end\n",
        """\
error: ":end" without a block
  --> t.smtp:1:1
   |
 1 | :end
   | ^^^^
""",
    ),
    "P10 no end": (
        ":repeat 2\nNOOP\n",
        """\
error: block ":repeat" is not closed
  --> t.smtp:1:1
   |
 1 | :repeat 2
   | ^^^^^^^
   |
   = help: ":end" closes it
""",
    ),
    "P13": (
        ":hold\nDATA\nNOOP\n:flush\n.\n",
        """\
error: DATA must be the last held line
  --> t.smtp:2:1
   |
 2 | DATA
   | ^^^^
   |
   = help: write "> DATA"
""",
    ),
    "P14": (
        "NOOP\n< 250 +SIZE\n",
        """\
error: keyword term on a reply to another command than EHLO
  --> t.smtp:2:7
   |
 2 | < 250 +SIZE
   |       ^^^^^
""",
    ),
    "P15": (
        'NOOP\n:case "a"\nNOOP\n',
        """\
error: only settings may come before the first ":case"
  --> t.smtp:1:1
   |
 1 | NOOP
   | ^
""",
    ),
    "P16": (
        ':case "a"\n:case "a"\n',
        """\
error: duplicate case "a"
  --> t.smtp:2:1
   |
 2 | :case "a"
   | ^^^^^^^^^
   |
   = help: first defined at line 1
""",
    ),
    "P17": (
        "NOOP\n| x\n",
        """\
error: reply line without an expectation above it
  --> t.smtp:2:1
   |
 2 | | x
   | ^^^
""",
    ),
    "P05 nothing under it": (
        "DATA",
        """\
error: the message body never ends
  --> t.smtp:1:1
   |
 1 | DATA
   | ^^^^ but no line up to the end of the file is a single dot
   |
   = help: end it with a line containing only "."
   = help: if the server should refuse DATA, write "< 5xx" below it
""",
    ),
    "P12 a code known at run time only": (
        ":let x = 354\nDATA\n< {{x}}\n.\n",
        """\
error: this cannot follow DATA: it must be certain whether a message follows
  --> t.smtp:3:1
   |
 3 | < {{x}}
   | ^^^^^^^
   |
   = help: write "< 354" or "< 5xx"
""",
    ),
    "P12 among held lines": (
        ":hold\nDATA\n:flush\n<? 250\n",
        """\
error: "<?" cannot follow DATA: it must be certain whether a message follows
  --> t.smtp:4:1
   |
 4 | <? 250
   | ^^
   |
   = help: write "< 354" or "< 5xx"
""",
    ),
    "P20 NUL": (
        "EHLO x\nNO\x00OP\n",
        r"""
error: NUL is not allowed in a script
  --> t.smtp:2:3
   |
 2 | NO\x00OP
   |   ^^^^
   |
   = help: write it as a string: :raw "...\0..."
""",
    ),
    "P20 CR": (
        "a\rb\n",
        r"""
error: CR without LF is not allowed in a script
  --> t.smtp:1:2
   |
 1 | a\x0db
   |  ^^^^
   |
   = help: write it as a string: :raw "...\r..."
""",
    ),
    "P18 a requirement": (
        ":require X\n",
        """\
error: bad argument: no EHLO or LHLO before it to look for X
  --> t.smtp:1:1
   |
 1 | :require X
   | ^^^^^^^^
""",
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_is_wrong_is_shown_with_its_place_and_what_to_write(name: str) -> None:
    text, block = BLOCKS[name]
    assert block_of(text) == block.removeprefix("\n")
    assert problems_of(text).problems[0].id == name.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<250", 'a space is missing after "<"'),
        ("<", "this is not a reply code"),
        ("< 199", "this is not a reply code"),
        ("< 2x0", "this is not a reply code"),
        ("< not", "this is not a reply code"),
        ("< none", "the duration is missing"),
        ("<? none for 2s", '"none" cannot be used with "<?"'),
        ("< 250 /(/", "bad regular expression: missing ), unterminated subpattern"),
        ("< 250 /a/q", 'bad regular expression: unknown flag "q"; known: i s m x'),
        ("< 250 /a b", 'bad regular expression: no "/" ends it'),
        ("< 250 lines=many", "bad argument: lines=N takes a number"),
        ("< 250 within", "the duration is missing: within 5s"),
        ("< 250 within 5 s", "bad argument: '5' is not a duration"),
        ("< 250 not 550", '"not" goes before a text or a regex: not "queued"'),
        ("< eof 5.7.1", '"eof" does not take such a term'),
        ("< line", '"line" takes a string or a regex: < line "..."'),
        (r'< line "\q"', r"bad argument: unknown escape \q; known: \" \\ \r \n \t \0 \xHH"),
        ("< 250 +SIZE>=ten", "bad argument: 'ten' is not a size"),
        ("< 250 -SIZE>=10", 'unknown term "-SIZE>=10"'),
        ("| PIPELINING", "reply line without an expectation above it"),
        (">x", 'a space is missing after ">"'),
        (
            ":connect 1.2.3",
            "bad argument: '1.2.3': not an IPv4 address (four numbers from 0 to 255)",
        ),
        (":close now", "bad argument: it takes no argument"),
        (":expand maybe", "bad argument: on or off"),
        (":tls off", "bad argument: on, verify on or verify off"),
        (":title bare", 'bad argument: expected a string: "..."'),
        (":secret 1x", "bad argument: a name: a letter, then letters, digits and _"),
        (":", 'unknown local command ":"'),
        (":CLOSE", 'unknown local command ":CLOSE"'),
    ],
)
def test_a_bad_line_is_told_in_one_sentence(line: str, message: str) -> None:
    assert [problem.message for problem in problems_of(line).problems] == [message]


def test_what_is_wrong_in_several_places_is_told_together() -> None:
    found = problems_of("< 99\nEHLO x\n:nonsense\n")
    assert [(problem.id, problem.place.line) for problem in found.problems] == [
        ("P02", 1),
        ("P01", 3),
    ]


def test_a_control_character_of_the_script_is_shown_escaped() -> None:
    assert "\x1b" not in block_of(":nonsense \x1b[2J\n")


def test_of_a_long_line_the_part_with_the_place_is_shown() -> None:
    line = "NOOP " + "x" * 5000 + "{{nope}}" + "y" * 5000
    shown = block_of(line).splitlines()
    assert shown[3] == " 1 | ..." + "x" * 100 + "{{nope}}" + "y" * 292 + "..."
    assert shown[4].index("^") == shown[3].index("{")
    assert shown[4].count("^") == len("{{nope}}")


def test_of_a_long_line_no_more_is_underlined_than_is_shown() -> None:
    shown = block_of(":" + "x" * 5000).splitlines()
    assert shown[3] == " 1 | :" + "x" * 399 + "..."
    assert shown[4] == "   | " + "^" * 400
