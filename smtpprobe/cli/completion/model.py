"""The command line's options and arguments as plain data, taken from the parsers themselves."""

from __future__ import annotations

from enum import Enum

from smtpprobe.cli.import_parser import IMPORTED, import_parser
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.mcp_parser import mcp_parser
from smtpprobe.cli.sandbox_parser import sandbox_parser
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.cli.survey_parser import (
    survey_parser,
    survey_plan_parser,
    survey_report_parser,
)
from smtpprobe.cli.why_parser import why_parser
from smtpprobe.command_line.options import Option as TakenOption
from smtpprobe.command_line.parser import Parser
from smtpprobe.explainer import arguments as explain
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.sandbox.hostile.subcommand import BY_NAME


class Kind(Enum):
    """What a word is, so that a shell knows what to offer."""

    NOTHING = "nothing"
    """No value."""
    ANY = "any"
    """Free text: a number, a duration."""
    ONE_OF = "one of"
    FILE = "file"
    HOST = "host"


class Value(NamedTuple):
    """The value of an option, or a positional argument; `many` means that more may follow.

    A file can have `words` that may stand instead.
    """

    kind: Kind = Kind.NOTHING
    name: str = ""
    words: tuple[str, ...] = ()
    many: bool = False


class Option(NamedTuple):
    """An option with all its names, and what it means in a few words."""

    names: tuple[str, ...]
    meaning: str
    value: Value = Value()


class Command(NamedTuple):
    """A sub-command (the main command has no name), its options, and the words without one.

    The last of those words may come again. A name of two words is a command of a sub-command, which
    comes behind it: some shells take the first that fits.
    """

    name: str
    meaning: str
    options: tuple[Option, ...]
    words: tuple[Value, ...]

    @property
    def depth(self) -> int:
        """How many words its name has."""
        return len(self.name.split())

    @property
    def value_of(self) -> dict[str, Value]:
        """The value of each option that takes one, by each of its names."""
        taking = [option for option in self.options if option.value.kind is not Kind.NOTHING]
        return {name: option.value for option in taking for name in option.names}


_KINDS = {
    "F": Kind.FILE, "FILE": Kind.FILE, "FOLDER": Kind.FILE,
    "TARGET": Kind.HOST, "HOST[:PORT]": Kind.HOST, "HOST": Kind.HOST,
}  # fmt: skip
"""What the parsers' metavars mean; any other is free text."""

_FILE = Value(Kind.FILE, "FILE")


def commands() -> tuple[Command, ...]:
    """Return the main command and all sub-commands."""
    host = Value(Kind.HOST, "TARGET")
    of_explain = tuple(map(_of_explain, explain.OPTIONS))
    form = Value(Kind.ONE_OF, "form", IMPORTED)
    return (
        Command("", "prompt and scripts", options_of(main_parser()), (host,)),
        Command("sandbox", "practice server", options_of(sandbox_parser()), ()),
        Command("send", "send a message", options_of(send_parser()), (host._replace(many=True),)),
        Command("explain", "explain replies, logs and bounces", of_explain,
                (Value(Kind.ANY, "TEXT", many=True),)),
        Command("starttls", "check who can deliver over TLS", options_of(starttls_parser()),
                (host._replace(many=True),)),
        Command("why", "why mail to an address does not arrive", options_of(why_parser()),
                (Value(Kind.ANY, "ADDRESS"),)),
        Command("import", "convert another tool's session to a script",
                options_of(import_parser()), (form, _FILE)),
        Command("survey plan", "time of a survey", options_of(survey_plan_parser()), (_FILE,)),
        Command("survey report", "page of a survey", options_of(survey_report_parser()), (_FILE,)),
        Command("survey", "check STARTTLS of any number of domains", options_of(survey_parser()),
                (_FILE._replace(words=("plan", "report")), _FILE)),
        Command("mcp", "serve an AI assistant", options_of(mcp_parser()), ()),
    )  # fmt: skip


def _of_explain(option: explain.Option) -> Option:
    """Return an option of `explain`, which has a table of its own."""
    kind = Kind.ONE_OF if option.words else _KINDS.get(option.value, Kind.ANY)
    value = Value(kind, option.value, option.words) if option.value else Value()
    return Option(option.names, option.short or option.meaning, value)


def options_of(parser: Parser) -> tuple[Option, ...]:
    """Return the options that the help of a parser shows."""
    return tuple(
        Option(option.names, option.meaning, _value(option))
        for option in parser.options
        if option.meaning is not None and not option.positional
    )


def _value(option: TakenOption) -> Value:
    if not option.metavar:
        return Value()
    if option.choices:
        return Value(Kind.ONE_OF, option.dest, option.choices, option.many)
    if option.dest == "hostile":
        return Value(Kind.ONE_OF, option.metavar, tuple(BY_NAME))
    return Value(_KINDS.get(option.metavar, Kind.ANY), option.metavar, (), option.many)
