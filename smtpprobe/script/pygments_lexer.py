"""The script language for Pygments: pygmentize, Sphinx and whatever else draws with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    _TokenType,
)

from smtpprobe.script.highlight.grammar import Ink
from smtpprobe.script.highlight.highlight import inked

TOKENS: dict[Ink, _TokenType] = {
    Ink.PLAIN: Text,
    Ink.COMMENT: Comment.Single,
    Ink.MARKER: Punctuation,
    Ink.LOCAL: Keyword.Reserved,
    Ink.WORD: Operator.Word,
    Ink.OPERATOR: Operator,
    Ink.CODE: Number.Integer,
    Ink.ENHANCED: Number.Float,
    Ink.KEYWORD: Name.Constant,
    Ink.NUMBER: Number,
    Ink.STRING: String.Double,
    Ink.REGEX: String.Regex,
    Ink.EXPANSION: String.Interpol,
    Ink.VERB: Keyword,
    Ink.PATH: Name.Namespace,
    Ink.PARAMETER: Name.Attribute,
    Ink.REPLY: Generic.Output,
    Ink.BODY: String.Heredoc,
}


class SmtpProbeLexer(Lexer):
    """Colours scripts and text transcripts of smtpprobe."""

    name = "smtpprobe"
    aliases: ClassVar[list[str]] = ["smtpprobe", "smtp"]
    filenames: ClassVar[list[str]] = ["*.smtp"]
    mimetypes: ClassVar[list[str]] = ["text/x-smtpprobe"]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"stripnl": False, "ensurenl": False} | options)

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Yield where each piece begins, its token and its text; together they are the text."""
        at = 0
        for ink, piece in inked(text):
            yield at, TOKENS[ink], piece
            at += len(piece)
