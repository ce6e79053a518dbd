"""Reads one expectation line: a marker (`<`, `<~`, `<?`, `<*`), WHAT, TERMs, a comment. Pure."""

from __future__ import annotations

import re

from smtpprobe.errors import UsageError
from smtpprobe.protocol.units import parse_duration, parse_size
from smtpprobe.script.language.assertion import CompileRegex
from smtpprobe.script.language.matchers import (
    AnyReply,
    Codes,
    EnhancedTerm,
    Eof,
    KeywordTerm,
    LinesTerm,
    Nothing,
    Pattern,
    PatternTerm,
    RawLine,
    Term,
    TextTerm,
    What,
    WithinTerm,
)
from smtpprobe.script.language.problem import Mark, Problem
from smtpprobe.script.language.steps import Expect, Mode, Place, marker_of
from smtpprobe.script.language.tokens import REGEX, Token, tokens
from smtpprobe.script.language.values import STRING, BadValueError, read_string

CODE_HELP = "three digits, 200\N{EN DASH}599, with x as wildcard: 250, 25x, 2xx, 250|251"
TERMS_HELP = (
    'terms: 5.7.1, 5.1.1|5.7.x, "text", /regex/i, not "text", b64"text", +KEYWORD, -KEYWORD, '
    "+KEYWORD=VALUE, +KEYWORD>=NUMBER, lines=N, within 5s"
)
AFTER_MARKER = 'followed by a code, "any", "eof", "none for 2s" or "line"'

_CODE = r"[2-5](?:[0-9][0-9x]|xx)"
_ENHANCED = r"[245x]\.(?:[0-9]{1,3}|x)\.(?:[0-9]{1,3}|x)"
_KEYWORD = r"([+-])([A-Za-z0-9][A-Za-z0-9-]*)(?:(>=|<=|=)(\S+))?"
_MARKERS = {mode.value: mode for mode in Mode}


class _Bad(Exception):  # noqa: N818 - control flow inside this file
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_expectation(text: str, place: Place, compile_regex: CompileRegex) -> Expect | Problem:
    """Return the expectation of a line that begins with `<`, or what is wrong with it."""
    try:
        return _Reader(text, place, compile_regex).read()
    except _Bad as bad:
        return bad.problem


class _Reader:
    def __init__(self, text: str, place: Place, compile_regex: CompileRegex) -> None:
        self._text = text
        self._place = place
        self._compile = compile_regex
        self._marker = marker_of(text)
        found = tokens(text, len(self._marker))
        remark = next((i for i, token in enumerate(found) if token.text.startswith("#")), None)
        self._tokens = found[:remark]
        self._position = 0
        self._within: float | None = None

    def read(self) -> Expect:
        marker, rest = self._marker, self._text[len(self._marker) :]
        if rest and rest[0] not in " \t":
            raise self._bad("P02", f'a space is missing after "{marker}"', Token(marker, 1))
        if not self._tokens:
            raise self._bad("P02", "this is not a reply code", Token(marker, 1), AFTER_MARKER)
        first = self._tokens[0]
        what, what_text = self._what()
        mode = _MARKERS[marker]
        if mode is not Mode.MUST and isinstance(what, Nothing):
            raise self._bad("P04", f'"none" cannot be used with "{marker}"', first)
        terms = tuple(self._terms(what))
        place = self._place._replace(column=first.column)
        return Expect(place, what, what_text, first.column, terms, mode, within=self._within)

    def _next(self) -> Token | None:
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
                return self._nothing(token)
            case "not":
                codes = self._next()
                if codes is None:
                    raise self._bad("P02", "this is not a reply code", token, CODE_HELP)
                return Codes(self._codes(codes), negated=True), f"not {codes.text}"
            case _:
                return Codes(self._codes(token)), token.text

    def _codes(self, token: Token) -> tuple[str, ...]:
        patterns = tuple(token.text.split("|"))
        if not all(re.fullmatch(_CODE, pattern) for pattern in patterns):
            raise self._bad("P02", "this is not a reply code", token, CODE_HELP)
        return patterns

    def _nothing(self, token: Token) -> tuple[What, str]:
        word, duration = self._next(), self._next()
        if word is None or word.text != "for" or duration is None:
            raise self._bad("P04", "the duration is missing", token, "< none for 2s")
        return Nothing(self._seconds(duration)), f"none for {duration.text}"

    def _seconds(self, token: Token) -> float:
        try:
            return parse_duration(token.text)
        except UsageError as error:
            message = f"bad argument: {error.message}"
            raise self._bad("P18", message, token, error.hint) from None

    def _raw_line(self, token: Token) -> tuple[What, str]:
        string = self._next()
        if string is not None and (match := re.fullmatch(REGEX, string.text)):
            return RawLine(pattern=self._pattern(string, match)), f"line {string.text}"
        if string is None or not re.fullmatch(STRING, string.text):
            message = '"line" takes a string or a regex: < line "..."'
            raise self._bad("P03", message, string or token)
        return RawLine(self._octets(string, string.text)), f"line {string.text}"

    def _octets(self, token: Token, string: str) -> bytes:
        try:
            return read_string(string)
        except BadValueError as error:
            raise self._bad("P18", f"bad argument: {error}", token) from None

    def _pattern(self, token: Token, match: re.Match[str]) -> Pattern:
        unknown = next((flag for flag in match[2] if flag not in "ismx"), "")
        if unknown:
            message = f'bad regular expression: unknown flag "{unknown}"; known: i s m x'
            raise self._bad("P06", message, token)
        try:
            return self._compile(match[1], match[2])
        except BadValueError as error:
            if error.at is not None:
                token = Token(match[0][error.at + 1 :][:1], token.column + 1 + error.at)
            raise self._bad("P06", f"bad regular expression: {error}", token) from None

    def _terms(self, what: What) -> list[Term]:
        terms = []
        while (token := self._next()) is not None:
            term = self._term(token)
            only_within = isinstance(what, Eof | RawLine) and isinstance(term, WithinTerm)
            if isinstance(what, Eof | RawLine | Nothing) and not only_within:
                word = self._tokens[0].text
                raise self._bad("P04", f'"{word}" does not take such a term', token)
            terms.append(term)
        return terms

    def _term(self, token: Token) -> Term:
        text, column = token.text, token.column
        if all(re.fullmatch(_ENHANCED, part) for part in text.split("|")):
            return EnhancedTerm(tuple(text.split("|")), text, column)
        if match := re.fullmatch(_KEYWORD, text):
            return self._keyword(token, match)
        if match := re.fullmatch(REGEX, text):
            return PatternTerm(self._pattern(token, match), text, column)
        if re.fullmatch(STRING, text) or re.fullmatch(STRING, text.removeprefix("b64")):
            wanted = self._string(token, text.removeprefix("b64"))
            return TextTerm(wanted, text, column, encoded=text.startswith("b64"))
        match text:
            case "not":
                return self._absent(token)
            case "within":
                return self._limit(token)
            case _ if text.startswith("lines="):
                return self._lines(token)
        if text[0].isalpha() or text[0] in "<'\"":
            raise self._unquoted(token)
        if text[0] == "/":
            rest = Token(self._text[token.column - 1 : self._tokens[-1].end - 1], token.column)
            raise self._bad("P06", 'bad regular expression: no "/" ends it', rest)
        raise self._bad("P04", f'unknown term "{text}"', token, help_=(TERMS_HELP,))

    def _string(self, token: Token, string: str) -> str:
        return self._octets(token, string).decode("utf-8", "surrogateescape")

    def _absent(self, token: Token) -> Term:
        """Read what follows `not`."""
        what = self._next()
        if what is not None:
            text = f"not {what.text}"
            if match := re.fullmatch(REGEX, what.text):
                return PatternTerm(self._pattern(what, match), text, token.column, present=False)
            if re.fullmatch(STRING, what.text):
                return TextTerm(self._string(what, what.text), text, token.column, present=False)
        message = '"not" goes before a text or a regex: not "queued"'
        raise self._bad("P04", message, what or token, help_=(TERMS_HELP,))

    def _limit(self, token: Token) -> Term:
        duration = self._next()
        if duration is None:
            raise self._bad("P04", "the duration is missing: within 5s", token)
        self._within = self._seconds(duration)
        return WithinTerm(self._within, f"within {duration.text}", token.column)

    def _lines(self, token: Token) -> Term:
        number = token.text.removeprefix("lines=")
        if not number.isascii() or not number.isdigit() or len(number) > 6:
            raise self._bad("P18", "bad argument: lines=N takes a number", token)
        return LinesTerm(int(number), token.text, token.column)

    def _keyword(self, token: Token, match: re.Match[str]) -> KeywordTerm:
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

    def _unquoted(self, token: Token) -> _Bad:
        last = self._tokens[-1]
        start, end = token.column - 1, last.end - 1
        words, before = self._text[start:end], self._text[:start]
        open_ = words.startswith(('"', 'b64"'))
        label = "the string is not closed" if open_ else ""
        mark = Mark(self._place.line, token.column, len(words), label, file=self._place.file)
        words = words.removeprefix("b64").removeprefix('"') if open_ else words
        escaped = re.sub(r"[.^$*+?{}\[\]\\|()/]", r"\\\g<0>", words)
        string, regex = f'{before}"{words}"', f"{before}/{escaped}/i"
        return _Bad(
            Problem(
                "P03",
                "text to look for must be in quotes",
                (mark,),
                (f"{string:<{len(regex)}}  substring", f"{regex:<{len(string)}}  regex"),
            )
        )

    def _bad(
        self, id_: str, message: str, token: Token, label: str = "", help_: tuple[str, ...] = ()
    ) -> _Bad:
        mark = Mark(self._place.line, token.column, len(token.text), label, file=self._place.file)
        return _Bad(Problem(id_, message, (mark,), help_))
