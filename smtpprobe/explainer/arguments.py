"""The arguments of `smtpprobe explain`, read by a table: faster than argparse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.help_text import COLUMNS, exit_codes, folded
from smtpprobe.misspelt import near_option, near_value
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import Context
from smtpprobe.settings.defaults import SETTINGS


class Output(Enum):
    """The form of the answer; the value is the word of its option, empty for the default."""

    GROUPS = ""
    EACH = "--each"
    SUMMARY = "--summary"
    JSON = "--json"
    JSONL = "--jsonl"
    CSV = "--csv"


FORMATS = {output.value.removeprefix("--") or "text": output for output in Output}
"""The words of `--format`."""

COLORS: tuple[str, ...] = next(row[3] for row in SETTINGS if row[0] == "color")

FOR_PROGRAMS = frozenset({Output.JSON, Output.JSONL, Output.CSV})
"""The outputs for programs: UTF-8 in any locale, and nothing beside the data."""


LOCAL = "LOCAL"
"""The value of `--command` for text that answers no command: your own mail server's words."""


class Arguments(NamedTuple):
    """The parsed arguments. `text` is None if not given.

    `local` means that it is a mail server's own words, no reply.
    """

    text: str | None = None
    command: Context | None = None
    local: bool = False
    code: int | None = None
    files: tuple[str, ...] = ()
    replies: str = ""
    check_replies: str = ""
    output: Output = Output.GROUPS
    into: str | None = None
    color: str = "auto"
    quiet: bool = False
    debug: bool = False
    help: bool = False
    version: bool = False


def _command(words: Arguments, value: str) -> Arguments:
    if value.strip().upper() == LOCAL:
        return words._replace(command=None, local=True)
    context = Context.__members__.get(value.strip().upper().replace("-", "_"))
    if context is None:
        known = " ".join((*(member.value for member in Context), LOCAL))
        raise UsageError(f"--command: unknown command {value!r}", f"known: {known}")
    return words._replace(command=context, local=False)


def _code(words: Arguments, value: str) -> Arguments:
    if len(value) != 3 or not (value.isascii() and value.isdigit()):
        raise UsageError(f"--code: {value!r} is not a reply code", "three digits, for example 454")
    return words._replace(code=int(value))


def _file(words: Arguments, value: str) -> Arguments:
    if not value:
        raise UsageError("-f: the file name is empty")
    return words._replace(files=(*words.files, value))


def _named(field: str, option: str) -> Callable[[Arguments, str], Arguments]:
    def read(words: Arguments, value: str) -> Arguments:
        if not value:
            raise UsageError(f"{option}: the file name is empty")
        return words._replace(**{field: value})  # type: ignore[arg-type] # one of its texts

    return read


def _format(words: Arguments, value: str) -> Arguments:
    if value not in FORMATS:
        near = near_value(value, tuple(FORMATS))
        raise UsageError(
            f"--format: {value!r} is not one of {' '.join(FORMATS)}",
            f"did you mean --format {near}?" if near else "",
        )
    return _output(words, FORMATS[value])


def _into(words: Arguments, value: str) -> Arguments:
    if not value:
        raise UsageError("-o: the file name is empty")
    if value == "-":
        return words._replace(into=None)
    if words.into not in (None, value):
        raise UsageError(f"-o: {words.into} and {value}: only one output file is possible")
    return words._replace(into=value)


def _color(words: Arguments, value: str) -> Arguments:
    if value not in COLORS:
        raise UsageError(f"--color: {value!r} is not one of {', '.join(COLORS)}")
    return words._replace(color=value)


class Option(NamedTuple):
    """An option: its names, how it is read, what it does, and its value (`value`).

    `short` is what a shell shows of it, where that is less than `meaning`; `words` are those that
    the value can be, where they are known. `asks` means that it says what to explain.
    """

    names: tuple[str, ...]
    read: Callable[[Arguments, str], Arguments]
    meaning: str
    value: str = ""
    short: str = ""
    words: tuple[str, ...] = ()
    asks: bool = False


def _switch(**changed: object) -> Callable[[Arguments, str], Arguments]:
    return lambda words, _value: words._replace(**changed)  # type: ignore[arg-type] # its fields


def _form(output: Output) -> Callable[[Arguments, str], Arguments]:
    return lambda words, _value: _output(words, output)


OPTIONS = (
    Option(("--code",), _code, "a reply code: its meaning for each command", "N", asks=True),
    Option(
        ("--command",),
        _command,
        "command that TEXT is the reply to: CONNECT EHLO STARTTLS AUTH AUTH-STEP MAIL RCPT DATA "
        "DATA-END BDAT ... UNKNOWN; LOCAL for a message from your mail server itself, not a reply",
        "WORD",
        "command that the reply answers",
        (*(context.value for context in Context), LOCAL),
        asks=True,
    ),
    Option(
        ("-f", "--file"),
        _file,
        "logs of Postfix, Exim, Sendmail, qmail, OpenSMTPD, Exchange, Haraka, hMailServer, the "
        "journal; JSON of KumoMTA, SES, Mailgun, Postmark, SendGrid and others; debug logs of "
        "PHPMailer and Nodemailer; bounces and mailboxes; sessions pasted from "
        "telnet, openssl, swaks; transcripts; one reply per line. Formats are detected by content; "
        ".gz .bz2 .xz are decompressed; may be repeated; - is standard input",
        "FILE",
        "logs, bounces, sessions, transcripts",
        asks=True,
    ),
    Option(
        ("--replies",),
        _named("replies", "--replies"),
        "your own table of replies, which wins over smtpprobe's; usual: replies.toml in the "
        "configuration folder",
        "FILE",
        "your own table of replies",
        asks=True,
    ),
    Option(
        ("--check-replies",),
        _named("check_replies", "--check-replies"),
        "show what is wrong with a table of replies, and explain nothing",
        "FILE",
        "check a table of replies",
        asks=True,
    ),
    Option(("--each",), _form(Output.EACH), "explain every reply"),
    Option(("--summary",), _form(Output.SUMMARY), "tables: replies by cause, by blame, by host"),
    Option(("--json",), _form(Output.JSON), "JSON array, one object per reply"),
    Option(("--jsonl",), _form(Output.JSONL), "JSON lines, one object per reply"),
    Option(("--csv",), _form(Output.CSV), "CSV with a header, one row per reply"),
    Option(
        ("--format",),
        _format,
        f"one of: {' '.join(FORMATS)}",
        "FORM",
        "output format",
        tuple(FORMATS),
    ),
    Option(
        ("-o", "--output"),
        _into,
        "write to a file, completely or not at all",
        "FILE",
        "write to a file",
    ),
    Option(
        ("--color",),
        _color,
        f"{', '.join(COLORS)}; auto obeys NO_COLOR",
        "WHEN",
        "auto obeys NO_COLOR",
        COLORS,
    ),
    Option(("--quiet",), _switch(quiet=True), "do not show progress on standard error"),
    Option(("--debug",), _switch(debug=True), "show tracebacks"),
    Option(("--version",), _switch(version=True), "show the version"),
    Option(("-h", "--help"), _switch(help=True), "show this help"),
)
"""Every option, in the order of the help; completion in shells is made of it too."""

BY_NAME = {name: option for option in OPTIONS for name in option.names}


def read_words(argv: Sequence[str]) -> Arguments:
    """Return the parsed arguments.

    Raises:
        UsageError: an option is unknown, lacks its value, or contradicts another.
    """
    words = Arguments()
    texts: list[str] = []
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            texts += rest
            break
        if word == "-":
            words = _file(words, word)
        elif not word.startswith("-"):
            texts.append(word)
        elif word in BY_NAME and not BY_NAME[word].value:
            words = BY_NAME[word].read(words, "")
        elif word[:2] in ("-f", "-o") and len(word) > 2:
            words = BY_NAME[word[:2]].read(words, word[2:])
        elif name in BY_NAME and BY_NAME[name].value:
            if not equals and not rest:
                raise UsageError(f"{name} needs a value", "see smtpprobe explain --help")
            words = BY_NAME[name].read(words, value if equals else rest.pop(0))
        else:
            near = near_option([word], BY_NAME)
            raise UsageError(f"{word}: unknown option", near or "see smtpprobe explain --help")
    return _checked(words._replace(text=" ".join(texts) if texts else None))


def _output(words: Arguments, output: Output) -> Arguments:
    if words.output not in (Output.GROUPS, output):
        first, second = (one.value or "--format text" for one in (words.output, output))
        raise UsageError(f"{first} and {second} cannot be used together")
    return words._replace(output=output)


def _checked(words: Arguments) -> Arguments:
    if words.help or words.version:
        return words
    asked = [
        name
        for name, given in (
            ("TEXT", words.text is not None),
            ("--code", words.code is not None),
            ("-f", bool(words.files)),
            ("--check-replies", bool(words.check_replies)),
        )
        if given
    ]
    if len(asked) > 1:
        raise UsageError(f"{asked[0]} and {asked[1]}: use one of them",
                         "a reply with spaces needs no quotes; a file needs -f")  # fmt: skip
    if (words.command is not None or words.local) and words.text is None:
        raise UsageError("--command needs the reply in TEXT", "add the reply")
    return words


_EXITS = {
    ExitStatus.OK: "something was explained",
    ExitStatus.CHECK_FAILED: "--check-replies found errors",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    ExitStatus.CANNOT_TELL: "cannot read a file",
    ExitStatus.NOTHING_CHECKED: "no reply found",
    ExitStatus.INTERRUPTED: "interrupted; counts so far are shown",
}

_COLUMN = 22
"""Where the meanings begin in the help."""


def help_text() -> str:
    """Return the help of `explain`."""
    return f"""\
usage: smtpprobe explain [OPTIONS] TEXT...
       smtpprobe explain [OPTIONS] -f FILE...
       ... | smtpprobe explain [OPTIONS]

Explain a mail server's reply: what it means, who has to act, whether a retry
helps, and what to do now. Reads single replies, logs, bounces and sessions.

what to explain:
  TEXT                a reply (550 5.7.1 "Relay access denied"), an enhanced
                      status code (5.7.26), a command or extension (STARTTLS)
{_listed(asks=True)}

output:
  (default)           one block per cause: count, example, advice; worst first
{_listed(asks=False)}

examples:
  smtpprobe explain 550 5.7.1 "Relay access denied"
  smtpprobe explain --command RCPT "450 4.2.0 <u@example.org>: Greylisted"
  smtpprobe explain --code 454
  smtpprobe explain 5.7.26 --json | jq '.[0].meanings'
  smtpprobe explain dane.no-match           a finding of smtpprobe starttls
  smtpprobe explain -f /var/log/mail.log.1.gz --summary
  journalctl -u postfix -o short-iso | smtpprobe explain
  smtpprobe explain -f mail.log --jsonl | jq 'select(.blame == "your-ip")'

{exit_codes(_EXITS)}
"""


def _listed(*, asks: bool) -> str:
    rows = [option for option in OPTIONS if option.asks is asks]
    return "\n".join(line for option in rows for line in _help_lines(option))


def _help_lines(option: Option) -> list[str]:
    """Return an option with its meaning beside it."""
    head = f"  {', '.join(option.names)} {option.value}".rstrip()
    first, *rest = folded(option.meaning.split(), COLUMNS - _COLUMN)
    return [f"{head:{_COLUMN}}{first}", *(" " * _COLUMN + line for line in rest)]
