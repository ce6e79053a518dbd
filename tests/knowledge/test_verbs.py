"""Laws of the table of commands: each has what everything needs that goes by it."""

from __future__ import annotations

import re

import pytest

from smtpprobe.explainer.formats.dialogue import Dialogue
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.assist.completion import Hints, completions
from smtpprobe.knowledge.assist.expected import objection
from smtpprobe.knowledge.assist.line_hint import hint
from smtpprobe.knowledge.reference.words import explain_word
from smtpprobe.knowledge.tables.keywords import KEYWORDS
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS
from smtpprobe.knowledge.tables.success import SUCCESS_ROWS
from smtpprobe.knowledge.wording import typed
from smtpprobe.protocol.command import first_word, read_line
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.pipelining import ends_group
from smtpprobe.protocol.session import State, replies_owed
from smtpprobe.protocol.verbs import CONTEXT_WORDS, CONTEXTS, ROWS, VERBS, Argument, Context, Verb
from tests.each_row import each_row
from tests.knowledge.sessions import answered

verbs = pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
with_parameters = pytest.mark.parametrize(
    "verb", [verb for verb in VERBS.values() if verb.parameters], ids=lambda verb: verb.name
)


def fitting(verb: Verb) -> State:
    """Return a state in which the command is in order, and all is announced that it needs."""
    phase = next(one for one in Phase if one in verb.phases)
    announced = [verb.keyword, *(one.keyword for one in verb.parameters), "BINARYMIME"]
    state = State(
        phase=phase,
        dialect=verb.dialect or Dialect.SMTP,
        extensions=Extensions(tuple((word, ()) for word in announced if word)),
    )
    if phase is not Phase.CONNECTED:
        state = state._replace(identity="me.example")
    if phase in (Phase.MAIL, Phase.RCPT):
        state = state._replace(sender="me@example.org")
    return state


def written(verb: Verb) -> str:
    """Return a whole line of the command without parameters."""
    match verb.argument:
        case Argument.NONE | Argument.OPTIONAL | Argument.COMMAND:
            return verb.name
        case Argument.PATH:
            return f"{verb.beginning}a@b.example>"
        case Argument.OCTETS:
            return f"{verb.name} 5"
        case Argument.ATTRIBUTES:
            return f"{verb.name} NAME=x"
        case _:
            return f"{verb.name} word"


def test_what_is_no_command_among_the_contexts_is_named_here() -> None:
    others = set(Context) - {verb.context for verb in ROWS}
    assert others == {
        Context.CONNECT, Context.AUTH_STEP, Context.DATA_END, Context.BDAT_LAST, Context.UNKNOWN,
    }  # fmt: skip
    assert set(CONTEXT_WORDS) == set(Context)
    assert len(CONTEXTS) == len(ROWS)


@each_row(ROWS, called=lambda verb: verb.name)
def test_the_syntax_is_that_of_the_kind_of_argument(verb: Verb) -> None:
    name, _, rest = verb.syntax.partition(" ")
    assert name == verb.name
    assert (rest == "") is (verb.argument is Argument.NONE)
    assert rest.startswith("[") is (verb.argument in (Argument.OPTIONAL, Argument.COMMAND))
    assert verb.syntax.startswith(verb.beginning or name)
    assert bool(verb.beginning) is bool(verb.address) is (verb.argument is Argument.PATH)
    assert re.match(r"RFC [0-9]+ |Postfix ", verb.reference)
    assert verb.summary
    assert verb.phases


@verbs
def test_a_command_is_offered_and_told_where_it_fits(verb: Verb) -> None:
    state = fitting(verb)
    found = {first_word(one.text): one for one in completions("", state, Hints())}
    assert found[verb.name].fits
    assert found[verb.name].meaning == verb.summary
    line = written(verb)
    assert hint(line, state).syntax == verb.syntax
    assert objection(verb, state) == ""
    told = " ".join(hint(line, state).warnings)
    assert "expected" not in told
    assert "known" not in told


@verbs
def test_what_a_step_proposes_of_a_command_is_what_completion_does(verb: Verb) -> None:
    offered = next(
        one.text
        for one in completions(verb.name.lower(), fitting(verb), Hints())
        if first_word(one.text) == verb.name
    )
    assert offered.startswith(typed(verb.name)) or verb.argument is Argument.HOST


@verbs
def test_a_command_that_is_not_announced_is_told_with_the_code_to_expect(verb: Verb) -> None:
    bare = fitting(verb)._replace(extensions=Extensions(), identity="me.example")
    expected = f"not announced: {verb.unannounced} expected" if verb.keyword else ""
    assert objection(verb, bare) == expected


@verbs
def test_a_command_of_the_other_dialect_is_told(verb: Verb) -> None:
    for dialect in Dialect:
        told = objection(verb, fitting(verb)._replace(dialect=dialect))
        assert told.startswith("500 expected") is (verb.dialect not in (None, dialect))


@with_parameters
def test_parameters_are_offered_behind_the_argument_and_explained(verb: Verb) -> None:
    state = fitting(verb)
    offered = {one.text: one for one in completions(f"{written(verb)} ", state, Hints())}
    assert list(offered) == [one.name for one in verb.parameters]
    for one in verb.parameters:
        assert offered[one.name].fits
        assert offered[one.name].meaning.startswith(one.meaning)
        values = completions(f"{written(verb)} {one.name}", state, Hints())
        assert [value.text for value in values] == list(one.values)
        facts = explain_word(one.name)
        assert facts is not None
        assert any(use.meaning == one.meaning for use in facts.uses)


@with_parameters
def test_a_parameter_that_is_not_announced_is_warned_of_with_its_code(verb: Verb) -> None:
    bare = fitting(verb)._replace(extensions=Extensions((((verb.keyword or ""), ()),)))
    for one in verb.parameters:
        value = "x" if one.name.endswith("=") else ""
        warnings = hint(f"{written(verb)} {one.name}{value}", bare).warnings
        name = one.name.removesuffix("=")
        told = f"{name} not announced: {verb.odd_parameter} expected"
        assert (told in warnings) is (one.keyword is not None)


@pytest.mark.parametrize("verb", ROWS, ids=lambda verb: verb.name)
def test_a_reply_to_a_command_answers_that_command(verb: Verb) -> None:
    command = read_line(written(verb), fitting(verb).phase)
    assert command.context is verb.context
    assert replies_owed(fitting(verb), command) == 1
    assert ends_group(written(verb)) is not verb.goes_on


@pytest.mark.parametrize("verb", ROWS, ids=lambda verb: verb.name)
@pytest.mark.parametrize("reply", ["250 ok", "454 no", "500 no", "501 no", "502 no", "550 no"])
def test_a_reply_to_a_command_is_explained_for_it(verb: Verb, reply: str) -> None:
    state = fitting(verb)
    found = annotate(answered(verb.context, reply, state, written(verb)))
    assert found.context is verb.context
    assert found.meaning
    assert found.references


READ_ELSEWHERE = {"EHLO", "LHLO", "QUIT"}
"""Commands of which a 250 or 221 is read by a rule of its own."""


@each_row(ROWS, called=lambda verb: verb.name)
def test_the_table_of_replies_knows_every_command(verb: Verb) -> None:
    assert verb.context in SUCCESS_ROWS or verb.name in READ_ELSEWHERE
    assert verb.context in CONTEXT_ROWS or verb.name in {"RSET", "NOOP"}
    assert verb.keyword is None or verb.keyword in KEYWORDS


@verbs
def test_a_command_is_read_as_one_in_a_pasted_session(verb: Verb) -> None:
    dialogue = Dialogue()
    lines = (written(verb), "250 ok")
    found = [one for number, line in enumerate(lines, 1) for one in dialogue.line(line, number)]
    assert [one.context for one in (*found, *dialogue.flush())] == [verb.context]
