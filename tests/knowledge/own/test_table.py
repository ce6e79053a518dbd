"""The user's own table: what its text holds, what is wrong with it, which replies its rows read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotation import Annotation, Basis, Blame, Cause, Retry
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.knowledge.own.read import MOST_ROWS, read_table
from smtpprobe.knowledge.own.rows import occur, pieces_of
from smtpprobe.knowledge.own.teach import quoted, row_text, wildcard_text
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import Context

DOCS = Path(__file__).parents[3] / "docs"
ROW = """\
# a comment
[[reply]]
text = "mailbox * is frozen"
cause = "mailbox-disabled"
meaning = "the account has an unpaid bill"
"""


@pytest.fixture(autouse=True)
def _no_table_afterwards() -> Iterator[None]:
    yield
    use(())


def told(text: str, reply: str, context: Context | None = None) -> Annotation:
    table = read_table(text, "replies.toml")
    assert not table.errors
    use(table.rows)
    return explain_reply(parse_reply(reply.encode() + b"\r\n"), context)


def problems(text: str) -> list[str]:
    return [problem.told("f") for problem in read_table(text, "f").problems]


def test_a_row_wins_over_what_words_and_codes_say() -> None:
    annotation = told(ROW, "550 5.1.1 Mailbox joe@x.example is FROZEN: no such user")
    assert (annotation.cause, annotation.basis) == (Cause.MAILBOX_DISABLED, Basis.OWN)
    assert annotation.meaning == "own: the account has an unpaid bill"
    assert annotation.references[0] == "replies.toml:2"
    assert annotation.why.speaks_for == ("your own row, replies.toml:2",)


def test_a_reply_that_no_row_has_is_read_as_without_a_table() -> None:
    here = "550 5.1.1 no such user"
    bare = explain_reply(parse_reply(here.encode() + b"\r\n"))
    assert told(ROW, here) == bare


def test_a_row_can_name_everything_that_is_said_of_a_reply() -> None:
    text = (
        ROW + 'code = 450\nenhanced = "4.2.1"\ncommand = "rcpt"\nprovider = "Example"\n'
        'blame = "recipient"\nretry = "never"\nnext = ["call billing", "RSET"]\n'
    )
    annotation = told(text, "450 4.2.1 mailbox 7 is frozen", Context.RCPT)
    assert annotation.provider == "Example"
    assert (annotation.blame, annotation.retry) == (Blame.RECIPIENT, Retry.NEVER)
    assert [step.text for step in annotation.next_steps] == ["call billing", "RSET"]
    assert annotation.next_steps[1].command == "RSET"
    other = ("450 4.2.2 mailbox 7 is frozen", "451 4.2.1 mailbox 7 is frozen")
    assert all(told(text, reply, Context.RCPT).basis is not Basis.OWN for reply in other)
    assert told(text, "450 4.2.1 mailbox 7 is frozen", Context.DATA).basis is not Basis.OWN


def test_a_retry_of_the_user_is_kept_though_the_class_says_otherwise() -> None:
    text = ROW + 'retry = "later-same"\n'
    assert told(text, "550 mailbox 7 is frozen").retry is Retry.LATER_SAME


def test_the_text_may_go_over_the_lines_of_a_reply() -> None:
    assert told(ROW, "550-5.1.1 mailbox 7\r\n550 5.1.1 is frozen").basis is Basis.OWN


def test_of_two_rows_the_first_that_reads_a_reply_counts() -> None:
    second = '[[reply]]\ntext = "is frozen"\ncause = "policy"\nmeaning = "frozen"\n'
    assert told(ROW + second, "550 mailbox 7 is frozen").cause is Cause.MAILBOX_DISABLED
    assert told(ROW + second, "550 it is frozen").cause is Cause.POLICY


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[[reply]\n", "f:1:8: error: "),
        ('[[reply]]\ntext = "a\n', "f:2:10: error: "),
        ("a = 1 b", "f:1:7: error: "),
        ('[reply]\ntext = "a"\n', "f:1:2: error: a row begins with [[reply]]"),
        ("[[replies]]\n", "f:1:3: error: unknown key 'replies'; did you mean reply?"),
        (ROW + 'nxet = "a"\n', "f:6:1: error: unknown key 'nxet'; did you mean next?"),
        (ROW + "  zzz = 1\n", "f:6:3: error: unknown key 'zzz'; known keys: text, code"),
        (ROW + "code = 999\n", "f:6:1: error: code 999 never matches"),
        (ROW + "code = true\n", "f:6:1: error: code True never matches"),
        (ROW + 'enhanced = "5.1"\n', "f:6:1: error: '5.1' is not an enhanced status code"),
        (ROW + 'command = "FOO"\n', "f:6:1: error: unknown command 'FOO'; known: "),
        (ROW + "next = [1]\n", "f:6:1: error: next must be text in quotes"),
        (ROW + 'provider = "a\\u001bb"\n', "f:6:1: error: provider must be one line without"),
        (
            ROW + 'code = 550\nenhanced = "4.1.1"\n',
            "f:7:1: error: 550 with 4.1.1 never matches: the first digits differ",
        ),
        (ROW.replace("-disabled", "-disabeld"), "did you mean mailbox-disabled?"),
        (ROW.replace("mailbox-disabled", "zzz"), "known: accepted, intermediate, greeting"),
        (ROW.replace("mailbox * is frozen", " * . * "), "f:3:1: error: text is empty"),
        (ROW.replace("mailbox * is frozen", ""), "f:3:1: error: text is empty"),
        (ROW.replace("the account", "x" * 96), "f:5:1: error: meaning is too long: 115 char"),
        (ROW.replace("meaning", "#"), "f:2:1: error: meaning is missing"),
        (ROW + ROW, "f:7:1: warning: the same replies as the row at f:2; the first counts"),
        (
            ROW + ROW.replace("* is", "no * is"),
            "f:7:1: warning: never used: all its replies are read by the row at f:2",
        ),
        ("a" + "[" * 5000, "error"),
        ("a = " + "[" * 5000 + "]" * 5000, "error: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, wanted: str) -> None:
    assert any(wanted in problem for problem in problems(text)), problems(text)


def test_all_that_is_wrong_with_a_row_is_told() -> None:
    found = problems('[[reply]]\ntext = "*"\ncause = "x"\n')
    assert [problem.split(" error: ")[0] for problem in found] == ["f:1:1:", "f:2:1:", "f:3:1:"]


def test_places_are_right_behind_texts_that_look_like_rows() -> None:
    text = 'x = """\n[[reply]]\ntext = 1\n"""\n' + ROW + "code = 1\n"
    assert problems(text)[1].startswith("f:10:1: error: code 1 ")


def test_a_wrong_row_does_not_take_the_others_along() -> None:
    table = read_table(ROW + "[[reply]]\n" + ROW.replace("frozen", "closed"), "f")
    assert len(table.rows) == 2


def test_a_table_has_a_most_of_rows() -> None:
    text = "".join(ROW.replace("frozen", f"a{number}z") for number in range(MOST_ROWS + 1))
    table = read_table(text, "f")
    assert len(table.rows) == MOST_ROWS
    assert [problem.line for problem in table.errors] == [MOST_ROWS * 5 + 2]


@given(st.text("ab*", max_size=8), st.text("ab", max_size=12))
def test_wildcards_mean_anything_in_between(pattern: str, text: str) -> None:
    def by_hand(parts: list[str], rest: str) -> bool:
        return not parts or any(
            rest[at:].startswith(parts[0]) and by_hand(parts[1:], rest[at + len(parts[0]) :])
            for at in range(len(rest) + 1)
        )

    assert occur(pieces_of(pattern), text) == by_hand([p for p in pattern.split("*") if p], text)


@given(st.text())
def test_a_text_from_outside_is_itself_again_in_toml(text: str) -> None:
    assert tomllib.loads(f"x = {quoted(text)}")["x"] == text


@given(st.binary(max_size=80).map(lambda octets: octets.replace(b"\n", b"")))
def test_a_row_made_of_any_reply_is_right_and_reads_that_reply(octets: bytes) -> None:
    use(())
    reply = parse_reply(b"550 5.7.1 " + octets + b"\r\n")
    exchange = Exchange(None, reply, State(), State())
    row = row_text(exchange, explain_reply(reply))
    if not row:
        return
    table = read_table(row, "f")
    assert not table.problems
    use(table.rows)
    assert explain_reply(reply).basis is Basis.OWN


def test_what_differs_from_one_reply_to_the_next_becomes_a_wildcard() -> None:
    text = wildcard_text(
        "<joe@x.example>: host 192.0.2.1 or [2001:db8::1] S3140, see https://x.example/a?b "
        "and 4Xyz01234567 in 300 s"
    )
    assert text == "<*>: host * or [*] S3140, see * and * in * s"


def test_a_reply_without_words_makes_no_row() -> None:
    reply = parse_reply(b"550 5.1.1 12345\r\n")
    assert row_text(Exchange(None, reply, State(), State()), explain_reply(reply)) == ""


def test_the_example_of_the_documentation_is_right() -> None:
    (example,) = re.findall(
        r"```toml\n(.*?)```", (DOCS / "replies.md").read_text("utf-8"), re.DOTALL
    )
    assert problems(example) == []
    reply = "550 5.7.1 Your account 12 is SUSPENDED."
    assert told(example, reply, Context.RCPT).meaning == "own: the customer has not paid"


def doubted(rows: list[list[str]]) -> list[int]:
    """Return which rows an earlier one makes useless, by comparing each with each."""
    plain = [tuple(piece for piece in row if piece) for row in rows]
    return [
        number for number, pieces in enumerate(plain)
        if any(occur(earlier, "\n".join(pieces)) for earlier in plain[:number])
    ]  # fmt: skip


@given(st.lists(st.lists(st.text("abc ", min_size=1, max_size=9).map(str.strip).filter(bool),
                         min_size=1, max_size=3), max_size=12))  # fmt: skip
def test_a_row_that_is_never_used_is_found_whatever_the_order(rows: list[list[str]]) -> None:
    table = read_table("".join(
        f'[[reply]]\ntext = "{"*".join(row)}"\ncause = "policy"\nmeaning = "x"\n' for row in rows
    ), "f")  # fmt: skip
    lines = [1 + 4 * number for number in doubted([list(pieces_of("*".join(row))) for row in rows])]
    assert [problem.line for problem in table.problems] == lines
