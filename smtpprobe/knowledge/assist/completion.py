"""Completion of SMTP lines: what can be typed here, with its meaning; misfits come last."""

from __future__ import annotations

from smtpprobe.knowledge.assist.expected import Names, expected, mechanisms, objection
from smtpprobe.knowledge.assist.missing_arguments import (
    NULL_SENDER,
    blank_path,
    placeholder,
    shown_blank,
)
from smtpprobe.knowledge.assist.spelling import nearest_verb
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS
from smtpprobe.knowledge.tables.success import SUCCESS_ROWS
from smtpprobe.knowledge.wording import plain, size
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import MECHANISMS
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import VALUE_KEYWORDS, VERBS, Argument, Context, Parameter, Verb


class Hints(NamedTuple):
    """Material for proposals: names to fill in and the last exchange.

    `client` is the EHLO name, `domain` the mail domain meant by the target (None: none is),
    `last_sender` the sender of the last MAIL, `last_host` the target connected to last,
    `addresses` the recipients used before, latest first.
    """

    client: str = "your.host.name"
    domain: str | None = None
    last_sender: str | None = None
    last_host: str | None = None
    addresses: tuple[str, ...] = ()
    last: Exchange | None = None

    @property
    def names(self) -> Names:
        """What to fill in."""
        recipient = f"postmaster@{self.domain}" if self.domain else ""
        return Names(self.client, self.last_sender or "", recipient)


class Completion(NamedTuple):
    """One proposal: `text` replaces the line from `start` (<= 0, from its end) on.

    `fits` is False for what the server has not announced or would answer with an error. `name` is
    its label, if the text does not say it.
    """

    text: str
    start: int
    meaning: str
    fits: bool = True
    name: str = ""


HEADERS = (
    ("From: ", "author"),
    ("To: ", "recipients, as shown"),
    ("Subject: ", "subject"),
    ("Date: ", "required (RFC 5322 3.6)"),
    ("Message-ID: ", "unique to each message"),
    ("Reply-To: ", "where answers go"),
    ("Cc: ", "copies, as shown"),
    ("MIME-Version: 1.0", "begins MIME (RFC 2045 4)"),
    ("Content-Type: ", "for example text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding: ", "7bit, 8bit, quoted-printable, base64"),
)
"""Header names offered in a message."""


def completions(text: str, state: State, hints: Hints) -> list[Completion]:
    """Return the proposals for a line typed up to the cursor, what fits first."""
    match state.phase:
        case Phase.DATA:
            return _headers(text) if not state.body.headers_ended else []
        case Phase.AUTH:
            return [Completion("*", -len(text), "gives up the login")] if text in ("", "*") else []
        case Phase.BDAT | Phase.GREETING | Phase.TLS | Phase.CLOSED:
            return []
        case _:
            return _command(text, state, hints)


def _command(text: str, state: State, hints: Hints) -> list[Completion]:
    if text.startswith("<"):
        return _codes(text, hints)
    word, blank, _ = text.partition(" ")
    if not blank:
        return _verbs(text, state, hints)
    verb = VERBS.get(word.upper())
    found = [] if verb is None else _behind(verb, text, state, hints)
    return sorted(found, key=lambda completion: not completion.fits)


def _matching(word: str, found: list[Completion]) -> list[Completion]:
    return [one for one in found if one.text.upper().startswith(word.upper()) and one.text != word]


def _headers(text: str) -> list[Completion]:
    found = [Completion(name, -len(text), meaning) for name, meaning in HEADERS]
    return _matching(text, found)


def _verbs(text: str, state: State, hints: Hints) -> list[Completion]:
    likely = [
        _typed(step.command, VERBS[step.command.split(" ", 1)[0]], text, state)
        for step in expected(state, hints.names)
        if step.command.split(" ", 1)[0] in VERBS
    ]
    others = [_typed(_beginning(verb), verb, text, state) for verb in VERBS.values()]
    seen = {one.text.split(" ", 1)[0] for one in likely}
    rest = [one for one in others if one.text.split(" ", 1)[0] not in seen]
    rest.sort(key=lambda one: not one.fits)
    return _matching(text, likely + rest) or _meant(text)


def _meant(text: str) -> list[Completion]:
    """Return the command that is likely meant by a word that none begins with."""
    near = nearest_verb(text)
    return [Completion(near, -len(text), f"did you mean {near}?")] if near else []


def _beginning(verb: Verb) -> str:
    """Return what is proposed of a command: as much of it as is the same for everybody."""
    if verb.argument is Argument.PATH:
        return blank_path(verb)
    return verb.name if verb.argument.can_be_left_out else verb.name + " "


def _typed(command: str, verb: Verb, text: str, state: State) -> Completion:
    wrong = objection(verb, state)
    name = shown_blank(command) if placeholder(command) else ""
    return Completion(command, -len(text), wrong or verb.summary, not wrong, name)


def _behind(verb: Verb, text: str, state: State, hints: Hints) -> list[Completion]:
    """Return the proposals behind a verb: for its argument, then for its parameters."""
    word = text.rpartition(" ")[2]
    if verb.argument is Argument.PATH:
        if ">" not in text:
            return _paths(verb, text, hints)
    elif text.count(" ") == 1 or verb.argument is Argument.ATTRIBUTES:
        return _matching(word, _arguments(verb, word, state, hints))
    return _parameters(verb, word, state)


def _arguments(verb: Verb, word: str, state: State, hints: Hints) -> list[Completion]:
    match verb.argument:
        case Argument.HOST:
            return [Completion(hints.client, -len(word), "this host's name")]
        case Argument.MECHANISM:
            return _mechanisms(word, state)
        case Argument.ATTRIBUTES:
            names = state.extensions.parameters(verb.keyword or "")
            return [Completion(plain(name) + "=", -len(word), "announced") for name in names]
        case Argument.COMMAND:
            return [Completion(one.name, -len(word), one.summary) for one in VERBS.values()]
        case _:
            return []


def _mechanisms(word: str, state: State) -> list[Completion]:
    announced = mechanisms(state)
    found = [Completion(plain(name), -len(word), "announced") for name in announced]
    return found + [
        Completion(one.name, -len(word), "not announced: 504 expected", fits=False)
        for one in MECHANISMS.values()
        if one.common and one.name not in announced
    ]


def _parameters(verb: Verb, word: str, state: State) -> list[Completion]:
    name, equals, value = word.partition("=")
    for parameter in verb.parameters:
        if equals and parameter.name == f"{name.upper()}=":
            return _matching(
                value, [_value(one, value, parameter, state) for one in parameter.values]
            )
    return _matching(word, [_parameter(one, word, verb, state) for one in verb.parameters])


def _value(one: str, typed: str, parameter: Parameter, state: State) -> Completion:
    keyword = VALUE_KEYWORDS.get(one)
    if keyword is not None and keyword not in state.extensions:
        return Completion(one, -len(typed), "not announced: 555 expected", fits=False)
    return Completion(one, -len(typed), parameter.meaning)


def _paths(verb: Verb, text: str, hints: Hints) -> list[Completion]:
    names, blank = hints.names, blank_path(verb)
    if verb.context is Context.MAIL:
        known: tuple[str, ...] = (names.sender,) if names.sender else ()
        empty = [Completion(blank, -len(text), f"{blank}, as bounces have", name=NULL_SENDER)]
    else:
        known = tuple(dict.fromkeys((*hints.addresses, names.recipient)))
        empty = []
    found = []
    if "<" not in text:
        found.append(Completion(blank, -len(text), verb.syntax, name=shown_blank(blank)))
    used = (*hints.addresses, hints.last_sender)
    found += [
        Completion(
            f"{verb.beginning}{one}>",
            -len(text),
            "used before" if one in used else "of the target",
        )
        for one in known
        if one
    ]
    return _matching(text, found + empty)


def _parameter(parameter: Parameter, word: str, verb: Verb, state: State) -> Completion:
    announced = parameter.keyword is None or parameter.keyword in state.extensions
    meaning = parameter.meaning if announced else f"not announced: {verb.odd_parameter} expected"
    limit = state.extensions.size_limit
    if announced and parameter.name == "SIZE=" and limit is not None:
        meaning = f"{meaning}; limit {limit} ({size(limit)})"
    return Completion(parameter.name, -len(word), meaning, announced)


def _codes(text: str, hints: Hints) -> list[Completion]:
    """Proposals behind `<`: the codes usual for the last command, the last enhanced code."""
    word = text[1:].rpartition(" ")[2]
    last = hints.last
    if last is None or last.context is None:
        return []
    usual = {*SUCCESS_ROWS.get(last.context, {}), *CONTEXT_ROWS.get(last.context, {})}
    found = [
        Completion(str(code), -len(word), CODES[code].row.title)
        for code in sorted(usual & CODES.keys() | {last.reply.code or 0} & CODES.keys())
    ]
    if last.reply.enhanced is not None:
        found.append(Completion(str(last.reply.enhanced), -len(word), "as in the last reply"))
    found += [
        Completion(f"+{plain(keyword)}", -len(word), "announced")
        for keyword in last.after.extensions.keywords
    ]
    return _matching(word, found)
