"""The grammar for highlighting scripts: line classes, and the tokens in each; plain tables.

The patterns keep to what the regular expressions of Python, Oniguruma (TextMate) and, translated,
vim have in common, as the grammars of editors are made from these tables. Each either consumes
what it has looked at or fails within a character or a pair of brackets, so that colouring takes
linear time on any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smtpprobe.protocol.verbs import VERBS


class Ink(Enum):
    """What a piece of text is; the value is the name of its style."""

    PLAIN = "plain"
    COMMENT = "comment"
    MARKER = "marker"
    LOCAL = "local"
    WORD = "word"
    OPERATOR = "operator"
    CODE = "code"
    ENHANCED = "enhanced"
    KEYWORD = "keyword"
    NUMBER = "number"
    STRING = "string"
    REGEX = "regex"
    EXPANSION = "expansion"
    VERB = "verb"
    PATH = "path"
    PARAMETER = "parameter"
    REPLY = "reply"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Rule:
    """Text that matches the pattern has this ink; with `any_case`, in any letter case."""

    ink: Ink
    pattern: str
    any_case: bool = False


@dataclass(frozen=True, slots=True)
class LineRule:
    """A class of lines: how it begins, its tokens, the ink of the rest."""

    begins: str
    inside: tuple[Rule, ...]
    rest: Ink = Ink.PLAIN


_EXPANSION = Rule(Ink.EXPANSION, r'\{\{(?:[^{}]*|[ \t]*"\{\{"[ \t]*)\}\}')
_STRING = Rule(Ink.STRING, r'(?:b64)?"(?:[^"\\]|\\.)*"?')
_REGEX = Rule(Ink.REGEX, r"(?<!\S)/(?:[^/\\]|\\.)*/?[ismx]*")
_CODE = Rule(Ink.CODE, r"(?<![^ \t|])[2-5][0-9x][0-9x](?![^ \t|])")
_ENHANCED = Rule(Ink.ENHANCED, r"(?<![^ \t|])[245x]\.(?:[0-9]{1,3}|x)\.(?:[0-9]{1,3}|x)(?![^ \t|])")
_KEYWORD = Rule(Ink.KEYWORD, r"(?<!\S)[+-][A-Za-z0-9][A-Za-z0-9-]*")
_OPERATOR = Rule(Ink.OPERATOR, r"[<>=!]=|[<>=|]")
_NUMBER = Rule(Ink.NUMBER, r"(?<![^ \t=])[0-9][0-9.]*(?:ms|s|m|k|M|G)?(?![A-Za-z0-9.])")
_VERB = Rule(Ink.VERB, rf"^(?:{'|'.join(VERBS)})(?!\S)", any_case=True)
_EXACT_VERB = Rule(Ink.VERB, rf"(?<=^> )(?:{'|'.join(VERBS)})(?!\S)", any_case=True)
_PATH = Rule(Ink.PATH, r"<[^<>{}]*>")
_PARAMETER = Rule(Ink.PARAMETER, r"(?<=[ \t])[A-Za-z0-9-]+[=:]")

_SENT = (_PARAMETER, _PATH, _EXPANSION)
_TERMS = (
    Rule(Ink.COMMENT, r"(?<!\S)#.*"),
    _STRING,
    _REGEX,
    Rule(Ink.WORD, r"(?<!\S)(?:any|eof|none|line|not|for|within)(?!\S)|(?<!\S)lines(?==)"),
    _CODE,
    _ENHANCED,
    _KEYWORD,
    _NUMBER,
    _EXPANSION,
    _OPERATOR,
)
_ARGUMENTS = (
    _STRING,
    _REGEX,
    Rule(Ink.WORD, r"(?<!\S)(?:in|every|on|off|not|contains|matches|verify)(?!\S)"),
    Rule(Ink.PARAMETER, r"(?<!\S)(?:--[a-z][a-z-]*|severity)"),
    _NUMBER,
    _EXPANSION,
    _OPERATOR,
)


_CODES = r"(?:[^ \t|]+\|)*3[5x][4x](?![^ \t|])"
TAKES_354 = rf'354(?:[ -]|$)|<~?[ \t]+(?:any(?!\S)|line[ \t]+"354|{_CODES}|not[ \t]+(?!{_CODES}))'
"""How a line begins under DATA that lets the message follow: a 354 meets it."""

DATA = r"DATA[ \t]*$"
"""A line, in any letter case, under which a message may follow."""


class ScriptLine(Enum):
    """What a line is; the first whose beginning fits, but in a body, which knows two only."""

    COMMENT = LineRule("#", (), Ink.COMMENT)
    LOCAL = LineRule(":", (Rule(Ink.LOCAL, r"^:[a-z0-9]*!?"), *_ARGUMENTS))
    EXPECTATION = LineRule("<", (Rule(Ink.MARKER, r"^<[~?*]?"), *_TERMS))
    REPLY_TEXT = LineRule(r"\|", (Rule(Ink.MARKER, r"^\|"), _EXPANSION), Ink.REPLY)
    EXACT = LineRule(">", (Rule(Ink.MARKER, "^>"), _EXACT_VERB, *_SENT))
    SERVER_LINE = LineRule(
        "[2-5][0-9][0-9](?:[ -]|$)",
        (
            Rule(Ink.CODE, "^[2-5][0-9][0-9]"),
            Rule(Ink.ENHANCED, r"(?<=^[0-9]{3}[ -])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?!\S)"),
        ),
        Ink.REPLY,
    )
    WIRE = LineRule("", (_VERB, *_SENT))
    BODY = LineRule("", (_EXPANSION,), Ink.BODY)
    OCTETS = LineRule("", (), Ink.BODY)
    END_OF_BODY = LineRule(r"\.$", (Rule(Ink.MARKER, r"^\."),))


CLASSES = (
    ScriptLine.COMMENT,
    ScriptLine.LOCAL,
    ScriptLine.EXPECTATION,
    ScriptLine.REPLY_TEXT,
    ScriptLine.EXACT,
    ScriptLine.SERVER_LINE,
    ScriptLine.WIRE,
)
"""The classes outside bodies, in the order in which they are tried."""
