"""Reads one expectation line: `< WHAT [TERM...] [# comment]`, `<~` for a soft one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smtpprobe.errors import UsageError
from smtpprobe.protocol.quantities import parse_size
from smtpprobe.script.problem import Mark, Problem
from smtpprobe.script.steps import (
    AnyReply,
    Codes,
    EnhancedTerm,
    Eof,
    Expect,
    KeywordTerm,
    Place,
    RawLine,
    Term,
    What,
)
from smtpprobe.script.values import STRING, BadValueError, read_string

CODE_HELP = "three digits, 200\N{EN DASH}599, with x as wildcard: 250, 25x, 2xx, 250|251"
TERMS_HELP = "terms: 5.7.1, 5.1.1|5.7.x, +KEYWORD, -KEYWORD, +KEYWORD=VALUE, +KEYWORD>=NUMBER"

_TOKEN = re.compile(r'(?:b64)?"(?:[^"\\]|\\.)*"|/(?:[^/\\]|\\.)*/[a-z]*(?=\s|$)|\S+')
_CODE = re.compile(r"[2-5](?:[0-9][0-9x]|xx)")
_ENHANCED = re.compile(r"[245x]\.(?:[0-9]{1,3}|x)\.(?:[0-9]{1,3}|x)")
_KEYWORD = re.compile(r"([+-])([A-Za-z0-9][A-Za-z0-9-]*)(?:(>=|<=|=)(\S+))?")
_LATER_TERM = re.compile(r'b64"|"|/.*/[a-z]*$|lines=|within$|not$')


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    column: int


class _Bad(Exception):  # noqa: N818 - control flow inside this file
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_expectation(text: str, line: int) -> Expect | Problem:
    """Return the expectation of a line that begins with `<`, or what is wrong with it."""
    try:
        return _Reader(text, line).read()
    except _Bad as bad:
        return bad.problem


class _Reader:
    def __init__(self, text: str, line: int) -> None:
        self._text = text
        self._line = line
        marker = text[:2] if text[1:2] in ("~", "?", "*") else "<"
        self._marker = marker
        found = [
            _Token(match[0], match.start() + 1) for match in _TOKEN.finditer(text, len(marker))
        ]
        remark = next((i for i, token in enumerate(found) if token.text.startswith("#")), None)
        self._tokens = found[:remark]
        self._position = 0

    def read(self) -> Expect:
        marker, rest = self._marker, self._text[len(self._marker) :]
        if marker in ("<?", "<*"):
            raise self._bad("P04", f'"{marker}" is not in this version', _Token(marker, 1))
        if rest and rest[0] not in " \t":
            raise self._bad("P02", f'a space belongs after "{marker}"', _Token(marker, 1))
        if not self._tokens:
            label = 'expected after it: a code, "any" or "eof"'
            raise self._bad("P02", "this is not a reply code", _Token(marker, 1), label)
        first = self._tokens[0]
        what, what_text = self._what()
        terms = tuple(self._terms(what))
        place = Place(self._line, first.column)
        return Expect(place, what, what_text, first.column, terms, marker == "<~")

    def _next(self) -> _Token | None:
        if self._position == len(self._tokens):
            return None
        self._position += 1
        return self._tokens[self._position - 1]

    def _what(self) -> tuple[What, str]:
        token = self._next()
        assert token is not None
        match token.text:
            case "any":
                return AnyReply(), "any"
            case "eof":
                return Eof(), "eof"
            case "line":
                return self._raw_line(token)
            case "none":
                raise self._bad("P04", '"none" is not in this version', token)
            case "not":
                codes = self._next()
                if codes is None:
                    raise self._bad("P02", "this is not a reply code", token, CODE_HELP)
                return Codes(self._codes(codes), negated=True), f"not {codes.text}"
            case _:
                return Codes(self._codes(token)), token.text

    def _codes(self, token: _Token) -> tuple[str, ...]:
        patterns = tuple(token.text.split("|"))
        if not all(_CODE.fullmatch(pattern) for pattern in patterns):
            raise self._bad("P02", "this is not a reply code", token, CODE_HELP)
        return patterns

    def _raw_line(self, token: _Token) -> tuple[What, str]:
        string = self._next()
        if string is None or not STRING.fullmatch(string.text):
            message = '"line" takes a string: < line "..."'
            raise self._bad("P03", message, string or token)
        try:
            octets = read_string(string.text)
        except BadValueError as error:
            raise self._bad("P18", f"bad argument: {error}", string) from None
        return RawLine(octets), f"line {string.text}"

    def _terms(self, what: What) -> list[Term]:
        terms = []
        while (token := self._next()) is not None:
            if isinstance(what, Eof | RawLine):
                word = "eof" if isinstance(what, Eof) else "line"
                raise self._bad("P04", f'"{word}" takes no such term', token)
            terms.append(self._term(token))
        return terms

    def _term(self, token: _Token) -> Term:
        if all(_ENHANCED.fullmatch(part) for part in token.text.split("|")):
            return EnhancedTerm(tuple(token.text.split("|")), token.text, token.column)
        if match := _KEYWORD.fullmatch(token.text):
            return self._keyword(token, match)
        if _LATER_TERM.match(token.text):
            message = f"the term {token.text} is not in this version"
            raise self._bad("P04", message, token, help_=(TERMS_HELP,))
        if token.text[0].isalpha() or token.text[0] in "<'":
            raise self._unquoted(token)
        raise self._bad("P04", f'unknown term "{token.text}"', token, help_=(TERMS_HELP,))

    def _keyword(self, token: _Token, match: re.Match[str]) -> KeywordTerm:
        operator, value = match[3] or "", match[4] or ""
        if operator in (">=", "<="):
            if match[1] == "-":
                raise self._bad("P04", f'unknown term "{token.text}"', token, help_=(TERMS_HELP,))
            try:
                parse_size(value)
            except UsageError as error:
                message = f"bad argument: {error.message}"
                raise self._bad("P18", message, token, error.hint) from None
        return KeywordTerm(
            match[1] == "+", match[2].upper(), operator, value, token.text, token.column
        )

    def _unquoted(self, token: _Token) -> _Bad:
        last = self._tokens[-1]
        start, end = token.column - 1, last.column - 1 + len(last.text)
        words, before = self._text[start:end], self._text[:start]
        return _Bad(
            Problem(
                "P03",
                "text to look for must be quoted",
                (Mark(self._line, token.column, len(words)),),
                (
                    f'{before}"{words}" is the form of a later version',
                    f"as a comment, which asserts nothing: {before.rstrip()}  # {words}",
                ),
            )
        )

    def _bad(
        self, id_: str, message: str, token: _Token, label: str = "", help_: tuple[str, ...] = ()
    ) -> _Bad:
        mark = Mark(self._line, token.column, len(token.text), label)
        return _Bad(Problem(id_, message, (mark,), help_))
