"""Writes the grammars for editors from the tables of colouring: `python -m tests.docs.editors`.

Bodies behind `:flush` and BDAT need counting, which these grammars cannot do; Pygments and the
prompt can.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from smtpprobe.script.highlight.grammar import CLASSES, DATA, TAKES_354, Ink, Rule, ScriptLine

FOLDER = Path(__file__).parents[2] / "docs" / "editors"
MADE = "made by `python -m tests.docs.editors` from smtpprobe/script/highlight/grammar.py"

SCOPES = {
    Ink.PLAIN: "meta.line",
    Ink.COMMENT: "comment.line.number-sign",
    Ink.MARKER: "punctuation.definition.line",
    Ink.LOCAL: "keyword.other.local",
    Ink.WORD: "keyword.operator.word",
    Ink.OPERATOR: "keyword.operator",
    Ink.CODE: "constant.numeric.code",
    Ink.ENHANCED: "constant.numeric.enhanced",
    Ink.KEYWORD: "constant.other.keyword",
    Ink.NUMBER: "constant.numeric",
    Ink.STRING: "string.quoted.double",
    Ink.REGEX: "string.regexp",
    Ink.EXPANSION: "variable.other.expansion",
    Ink.VERB: "keyword.control.verb",
    Ink.PATH: "entity.name.path",
    Ink.PARAMETER: "entity.other.attribute-name",
    Ink.REPLY: "string.unquoted.reply",
    Ink.BODY: "string.unquoted.heredoc",
}
GROUPS = {
    Ink.PLAIN: "Normal",
    Ink.COMMENT: "Comment",
    Ink.MARKER: "Delimiter",
    Ink.LOCAL: "PreProc",
    Ink.WORD: "Operator",
    Ink.OPERATOR: "Operator",
    Ink.CODE: "Number",
    Ink.ENHANCED: "Float",
    Ink.KEYWORD: "Constant",
    Ink.NUMBER: "Number",
    Ink.STRING: "String",
    Ink.REGEX: "String",
    Ink.EXPANSION: "Identifier",
    Ink.VERB: "Statement",
    Ink.PATH: "Directory",
    Ink.PARAMETER: "Type",
    Ink.REPLY: "Special",
    Ink.BODY: "String",
}
REFUSES = r"(?!{accepts})(?:<[~?* \t]|[2-5][0-9][0-9](?:[ -]|$))".replace("{accepts}", TAKES_354)


# TextMate


def textmate() -> str:
    """Return the grammar for editors that read TextMate's (VS Code, Sublime Text, GitHub)."""
    grammar = {
        "information_for_contributors": [MADE],
        "name": "smtpprobe",
        "scopeName": "source.smtpprobe",
        "fileTypes": ["smtp"],
        "patterns": [
            {"include": "#message"},
            *({"include": f"#{line_class.name.lower()}"} for line_class in CLASSES),
        ],
        "repository": {
            "message": _message(),
            **{line_class.name.lower(): _line(line_class) for line_class in CLASSES},
        },
    }
    return json.dumps(grammar, indent=2, ensure_ascii=False) + "\n"


def _message() -> dict[str, object]:
    r"""DATA, the expectation right under it, then the body; none where 354 is not expected.

    `\G` is the start of the line under DATA, as long as that line's end belongs to `begin`.
    """
    asked = {
        "begin": rf"\G(?={_textmate(TAKES_354)})",
        "patterns": [
            {**_line(line_class), "begin": rf"\G(?={line_class.value.begins})"}
            for line_class in (ScriptLine.EXPECTATION, ScriptLine.SERVER_LINE)
        ],
    }
    return {
        "begin": f"(?i)^({DATA.removesuffix('$')})\\n",
        "beginCaptures": {"1": {"name": _scope(Ink.VERB)}},
        "end": rf"\G(?={_textmate(REFUSES)})|(?<=^\.)$",
        "patterns": [_body(asked), _body({"begin": r"\G(?=[\s\S])", "patterns": []})],
    }


def _body(above: dict[str, Any]) -> dict[str, object]:
    line = {
        "name": _scope(Ink.BODY),
        "begin": r"^(?!\.$)",
        "end": "$",
        "patterns": [_rule(rule) for rule in ScriptLine.BODY.value.inside],
    }
    return {
        "begin": above["begin"],
        "end": r"^(\.)$",
        "endCaptures": {"1": {"name": _scope(Ink.MARKER)}},
        "patterns": [*above["patterns"], line],
    }


def _line(line_class: ScriptLine) -> dict[str, object]:
    rule = line_class.value
    return {
        "name": _scope(rule.rest),
        "begin": f"^(?={rule.begins or '.'})",
        "end": "$",
        "patterns": [_rule(inside) for inside in rule.inside],
    }


def _rule(rule: Rule) -> dict[str, object]:
    pattern = f"(?i:{rule.pattern})" if rule.any_case else rule.pattern
    return {"match": _textmate(pattern), "name": _scope(rule.ink)}


def _textmate(pattern: str) -> str:
    """Return a pattern for lines that have their ends."""
    return pattern.replace(r"[^ \t|]", r"[^ \t|\n]")


def _scope(ink: Ink) -> str:
    return f"{SCOPES[ink]}.smtpprobe"


# vim

_VIM_HEAD = f"""\
" Vim syntax file: smtpprobe scripts and transcripts
" {MADE}
" In ~/.vim/syntax/smtpprobe.vim, with this in ~/.vim/ftdetect/smtpprobe.vim:
"   autocmd BufRead,BufNewFile *.smtp setfiletype smtpprobe

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax sync fromstart

"""


_VIM_MESSAGE = """\
syntax region smtpprobeBody start='^' matchgroup=smtpprobeMarker end='^\\.$' contained
    \\ contains={body}
syntax match smtpprobeRefused '{refused}.*$' contained contains=@smtpprobeExpected
syntax match smtpprobeAsked '{asked}.*$' contained contains=@smtpprobeExpected
    \\ nextgroup=smtpprobeBody skipnl
syntax match smtpprobeData '{data}' skipnl
    \\ nextgroup=smtpprobeBody,smtpprobeRefused,smtpprobeAsked
syntax cluster smtpprobeExpected contains={expected}
"""


def vim() -> str:
    """Return the syntax file for vim; of what fits the same place vim takes the last."""
    lines = [line for line_class in reversed(CLASSES) for line in _vim_line(line_class)]
    lines += _vim_rules("Body", ScriptLine.BODY)
    expected = (ScriptLine.EXPECTATION, ScriptLine.SERVER_LINE)
    message = _VIM_MESSAGE.format(
        body=_names("Body", ScriptLine.BODY),
        refused=vim_pattern(f"^{REFUSES}"),
        asked=vim_pattern(f"^(?:{TAKES_354})"),
        data=vim_pattern(f"^{DATA}", any_case=True),
        expected=",".join(_names(_name(one), one) for one in expected),
    )
    return "\n".join([_VIM_HEAD, *lines, message, _vim_links()])


def _vim_line(line_class: ScriptLine) -> list[str]:
    rule, name = line_class.value, _name(line_class)
    contains = f" contains={_names(name, line_class)}" if rule.inside else ""
    whole = vim_pattern(f"^(?={rule.begins or '.'})")
    return [f"syntax match smtpprobe{name} '{whole}.*$'{contains}", *_vim_rules(name, line_class)]


def _vim_rules(name: str, line_class: ScriptLine) -> list[str]:
    found = []
    for at, rule in reversed(list(enumerate(line_class.value.inside))):
        pattern = vim_pattern(rule.pattern, any_case=rule.any_case)
        found.append(f"syntax match smtpprobe{name}{at} '{pattern}' contained")
    return found


def _names(name: str, line_class: ScriptLine) -> str:
    return ",".join(f"smtpprobe{name}{at}" for at in range(len(line_class.value.inside)))


def _name(line_class: ScriptLine) -> str:
    return line_class.name.title().replace("_", "")


def _vim_links() -> str:
    links = {"Data": Ink.VERB, "Marker": Ink.MARKER, "Body": Ink.BODY}
    for line_class in (*CLASSES, ScriptLine.BODY):
        links.setdefault(_name(line_class), line_class.value.rest)
        links |= {
            f"{_name(line_class)}{at}": rule.ink for at, rule in enumerate(line_class.value.inside)
        }
    lines = [f"highlight default link smtpprobe{name} {GROUPS[ink]}" for name, ink in links.items()]
    return "\n".join([*lines, "", 'let b:current_syntax = "smtpprobe"', ""])


def vim_pattern(pattern: str, *, any_case: bool = False) -> str:
    r"""Return a pattern of the tables in vim's form, `\v` (very magic)."""
    translated, rest = _vim_part(pattern)
    assert not rest, pattern
    return ("\\v\\c" if any_case else "\\v") + translated


_GROUPS_IN_VIM = (
    ("(?:", "%(", ")"),
    ("(?<!", "%(", ")@<!"),
    ("(?<=", "%(", ")@<="),
    ("(?=", "%(", ")@="),
    ("(?!", "%(", ")@!"),
)


def _vim_part(pattern: str) -> tuple[str, str]:
    """Translate up to the bracket that closes this part; return it and what follows."""
    found = ""
    while pattern and not pattern.startswith(")"):
        taken, pattern = _vim_piece(pattern)
        found += taken
    return found, pattern


def _vim_piece(pattern: str) -> tuple[str, str]:
    if pattern.startswith("\\"):
        return pattern[:2], pattern[2:]
    if pattern.startswith("["):
        end = pattern.index("]", 2)
        return pattern[: end + 1], pattern[end + 1 :]
    for begins, opened, closed in _GROUPS_IN_VIM:
        if pattern.startswith(begins):
            inside, rest = _vim_part(pattern[len(begins) :])
            return f"{opened}{inside}{closed}", rest[1:]
    character = pattern[0]
    return (f"\\{character}" if character in "<>=@&~%" else character), pattern[1:]


PAGES = {"smtpprobe.tmLanguage.json": textmate, "smtpprobe.vim": vim}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, made in PAGES.items():
        (FOLDER / file).write_text(made(), encoding="utf-8")
