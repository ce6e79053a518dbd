"""What a half-typed line needs: its syntax and what the server will dislike. Nothing is blocked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from smtpprobe.knowledge import path_form
from smtpprobe.knowledge.assist.expected import objection, tls_on
from smtpprobe.knowledge.assist.spelling import nearest_verb
from smtpprobe.knowledge.wording import size
from smtpprobe.lookalikes import named
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import mechanism_named
from smtpprobe.protocol.command import BODY_LINE_OCTETS, COMMAND_OCTETS, first_word
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import VERBS, Argument, Verb

NEAR_LIMIT = COMMAND_OCTETS - 32
"""From this many octets on a command line's length is shown."""


class Hint(NamedTuple):
    """The syntax of the command being typed, and warnings about the line; both may be empty."""

    syntax: str
    warnings: tuple[str, ...] = ()


class _Line(NamedTuple):
    """A typed line taken apart; `path` is what follows FROM: or TO:, None without it."""

    text: str
    verb: str
    argument: str
    state: State

    @property
    def known(self) -> Verb | None:
        return VERBS.get(self.verb)

    @property
    def argument_kind(self) -> Argument | None:
        return self.known.argument if self.known is not None else None

    @property
    def path(self) -> str | None:
        return path_form.path_of(self.argument)


_SIZE = re.compile(r"(?i) SIZE=([0-9]{1,18})")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z")

_Check: TypeAlias = Callable[[_Line], str]


def hint(text: str, state: State) -> Hint:
    """Return syntax and warnings for a line as typed so far."""
    match state.phase:
        case Phase.DATA | Phase.BDAT:
            return Hint("", _body_warnings(text, state))
        case Phase.AUTH:
            odd = text not in ("", "*") and not _BASE64.match(text.strip())
            wrong = ("not base64 yet: :b64 TEXT encodes",) if odd else ()
            return Hint("the answer in base64; * gives up", wrong)
        case _:
            return _command_hint(text, state)


def _body_warnings(text: str, state: State) -> tuple[str, ...]:
    found = []
    if text.startswith(":"):
        found.append("message text; Ctrl-] for commands")
    if state.phase is Phase.DATA and text.startswith(".") and text != ".":
        found.append("the server takes off the first dot: type two")
    octets = _octets(text)
    if octets > BODY_LINE_OCTETS:
        found.append(f"{octets} of {BODY_LINE_OCTETS} octets in a line of text")
    return tuple(found)


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass")) + 2


def _command_hint(text: str, state: State) -> Hint:
    word, _, argument = text.lstrip().partition(" ")
    if not word or word[0] in ":<|>#?":
        return Hint("")
    line = _Line(text, word.upper(), argument.strip(), state)
    if pasted := named(text):  # whatever else seems wrong is wrong for that
        return Hint(line.known.syntax if line.known else "", (pasted,))
    warnings = tuple(told for check in CHECKS if (told := check(line)))
    return Hint(line.known.syntax if line.known else "", warnings)


def _length(line: _Line) -> str:
    octets = _octets(line.text)
    if octets > COMMAND_OCTETS:
        return f"{octets} of {COMMAND_OCTETS} octets: 500 expected"
    return f"{octets} of {COMMAND_OCTETS} octets" if octets >= NEAR_LIMIT else ""


def _spelling(line: _Line) -> str:
    if line.verb in VERBS:
        return ""
    if " " not in line.text and any(name.startswith(line.verb) for name in VERBS):
        return ""
    near = nearest_verb(line.verb)
    return f"did you mean {near}?" if near else f"{line.verb[:20]}: not a known command"


def _fitness(line: _Line) -> str:
    wrong = objection(line.known, line.state) if line.known else ""
    return f"out of order: {wrong}" if wrong.startswith("503") else wrong


def _no_argument(line: _Line) -> str:
    if line.argument_kind is Argument.NONE and line.argument:
        return f"{line.verb} takes no argument: 501 expected"
    return ""


def _name_missing(line: _Line) -> str:
    missing = line.argument_kind is Argument.HOST and not line.argument and " " in line.text
    return "a name is missing: 501 expected" if missing else ""


def _help(line: _Line) -> str:
    return "asks the server; :help is that of smtpprobe" if line.verb == "HELP" else ""


def _colon(line: _Line) -> str:
    wrong = line.argument_kind is Argument.PATH and path_form.lacks_colon(line.argument)
    return "missing :" if wrong else ""


def _space(line: _Line) -> str:
    spaced = line.argument_kind is Argument.PATH and path_form.has_blank(line.argument)
    return "space after the colon" if spaced else ""


def _brackets(line: _Line) -> str:
    if line.argument_kind is not Argument.PATH or not line.path or not line.path.strip():
        return ""
    path = line.path.strip()
    if not path.startswith("<"):
        return "missing <"
    return "missing >" if " " in path and ">" not in path else ""


def _eight_bit(line: _Line) -> str:
    if line.argument_kind is not Argument.PATH or line.argument.isascii():
        return ""
    if "SMTPUTF8" not in line.state.extensions:
        return "8-bit address, but SMTPUTF8 is not announced"
    lacking = line.verb == "MAIL" and " SMTPUTF8" not in line.text.upper()
    return "8-bit address without SMTPUTF8" if lacking else ""


def _clear_login(line: _Line) -> str:
    """Return a warning about a mechanism that sends the secret in clear (RFC 4954 9)."""
    if line.argument_kind is not Argument.MECHANISM or tls_on(line.state):
        return ""
    mechanism = mechanism_named(first_word(line.argument))
    return f"in plaintext: base64 hides no {mechanism.secret.value}" if mechanism.readable else ""


def _too_large(line: _Line) -> str:
    match = _SIZE.search(line.text) if line.verb == "MAIL" else None
    limit = line.state.extensions.size_limit
    if match is None or limit is None or int(match[1]) <= limit:
        return ""
    return f"SIZE above the server's limit, {limit} ({size(limit)}): 552 expected"


def _parameters(line: _Line) -> str:
    if line.known is None or line.state.identity is None:
        return ""
    typed = {word.partition("=")[0].upper() for word in line.argument.split(" ")[1:]}
    missing = [
        parameter.name.rstrip("=")
        for parameter in line.known.parameters
        if parameter.keyword is not None
        and parameter.name.rstrip("=") in typed
        and parameter.keyword not in line.state.extensions
    ]
    code = line.known.odd_parameter
    return f"{', '.join(missing)} not announced: {code} expected" if missing else ""


CHECKS: tuple[_Check, ...] = (
    _spelling,
    _fitness,
    _no_argument,
    _name_missing,
    _help,
    _colon,
    _space,
    _brackets,
    _eight_bit,
    _clear_login,
    _too_large,
    _parameters,
    _length,
)
"""Each returns one warning or nothing; they are shown in this order."""
