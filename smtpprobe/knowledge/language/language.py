"""What a language is: its words for each concept, and how they are found in a text."""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

WITHOUT_BLANKS = "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
"""Letters and stops of scripts that put no blanks between words, as a range of a pattern."""

URL = r"\b(?:https?://|www\.)[^\s>\]]+"
MAILBOX = r"[^\s<>@:;,()\[\]\"']+@[^\s<>:;,\])\"']*[a-z0-9\]]"
ADDRESS = r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7})(?![\w:])"
_NO_HOST = (
    r"(?!(?:resolver|storedrv|routing|smtpsend|queue|agent|win|heuristics|trojan|worm|bulk)\.)"
)
"""How names begin that are written with dots and name no host: Exchange's errors, viruses."""
HOST = rf"(?<![\w@]){_NO_HOST}[\w-]*[a-z][\w-]*(?:\.[\w-]+)+"
HEADER = (
    r"\b(?:from|to|cc|date|subject|reply-to|message-id|received|delivered-to|list-unsubscribe"
    r"|mime-version|content-type|return-path):(?=\s|$)"
)

MARKS = {"url": "\x01u", "mailbox": "\x01m", "ip": "\x01i", "site": "\x01h", "header": "\x01f"}
"""Tokens that stand for what is no word; each is a concept of its own."""

END, PAUSE = "\x02.", "\x02,"
"""Tokens that part sentences, and clauses of one."""

Word: TypeAlias = tuple[str, bool]
"""A word of a phrase, and whether it is only the beginning of one."""


Phrase: TypeAlias = tuple[str, str]
"""A phrase as its table has it behind its first word, and the concept that the whole stands for.

A plain tuple: English has two thousand, which are there before the first reply is read.
"""


class Language(NamedTuple):
    """A language: its phrases by their first word, and whether that is a beginning."""

    code: str
    name: str
    whole: dict[str, list[Phrase]]
    begun: dict[str, list[Phrase]]
    dropped: frozenset[str]


def language(
    code: str, name: str, words: dict[str, str], dropped: str = "", spelt: str = ""
) -> Language:
    """Return a language.

    `words` are the phrases of each concept, parted by `|`; a `*` behind a word stands for any
    ending. `dropped` are words without weight (articles): they may stand inside any phrase.
    `spelt` tells how letters are written where only ASCII is at hand (`ä ae`), as for `respelt`:
    phrases with such letters are known in both forms.
    """
    whole: dict[str, list[Phrase]] = {}
    begun: dict[str, list[Phrase]] = {}
    for concept, phrases in words.items():
        listed = phrases.split("|")
        if spelt:
            listed += respelt(listed, spelt)
        for phrase in listed:
            first, _, rest = phrase.partition(" ")
            letters = first.rstrip("*")
            if not (letters.isascii() and letters.isalpha()):
                first, rest = _first(first, rest)
            if first[-1] == "*":
                begun.setdefault(first[:-1], []).append((rest, concept))
            else:
                whole.setdefault(first, []).append((rest, concept))
    return Language(code, name, whole, begun, frozenset(dropped.split()))


def _first(first: str, rest: str) -> tuple[str, str]:
    """Return the first token of a phrase's first word, and what follows it."""
    ending = "*" if first[-1] == "*" else ""
    pieces = tokens(folded(first.rstrip("*")))
    more = " ".join(pieces[1:]) + ending if len(pieces) > 1 else ""
    rest = " ".join(part for part in (more, rest) if part)
    return pieces[0] + ("" if more else ending), rest


@cache
def words_of(rest: str) -> tuple[Word, ...]:
    """Return the words that follow the first of a phrase."""
    found: list[Word] = []
    for word in folded(rest).split():
        pieces = tokens(word.rstrip("*"))
        found += [(piece, False) for piece in pieces[:-1]]
        found += [(piece, word[-1] == "*") for piece in pieces[-1:]]
    return tuple(found)


def respelt(phrases: list[str], spelt: str) -> list[str]:
    """Return the phrases that have other forms in ASCII, in each of them.

    `spelt` are pairs of a letter and what is written instead, ways to spell parted by `|`; `_`
    stands for nothing.
    """
    found = []
    for way in filter(None, spelt.split("|")):
        pairs = way.replace("_", "").split(" ")
        instead = str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))
        found += [other for one in phrases if (other := one.translate(instead)) != one]
    return found


_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "\u2019": "'",
}  # fmt: skip


def folded(text: str) -> str:
    """Return a text in lower case without the marks on its Latin letters.

    Octets that are no UTF-8 are taken for Latin-1.
    """
    if text.isascii():
        return text
    import unicodedata  # noqa: PLC0415 - a text in ASCII needs none of it

    found = []
    for char in unicodedata.normalize("NFC", re.sub(_WIDE, _narrow, text)):
        letter = letter_of(char)
        if letter in _LETTERS:
            found.append(_LETTERS[letter])
        elif ord(letter) < _LATIN_END or _MORE_LATIN <= ord(letter) < _MORE_LATIN_END:
            found.append(unicodedata.normalize("NFKD", letter)[0])
        elif unicodedata.combining(letter) == 0:
            found.append(letter)
    return "".join(found)


_WIDE = "[\uff00-\uffef]+"


def _narrow(wide: re.Match[str]) -> str:
    """Return letters of full or half width in their common form."""
    import unicodedata  # noqa: PLC0415 - see above

    return unicodedata.normalize("NFKC", wide[0]).lower()


def letter_of(char: str) -> str:
    """Return a character of a text in lower case; an octet that is no UTF-8 is one of Latin-1."""
    point = ord(char)
    return chr(point - 0xDC00).lower() if 0xDC80 <= point <= 0xDCFF else char


_LATIN_END, _MORE_LATIN, _MORE_LATIN_END = 0x250, 0x1E00, 0x1F00

_PARTS = r"[.;!?]|[,:()\[\]{}\"\n|]| - | -- "
_PLAIN_TOKEN = re.compile(rf"[a-z]+|\d+|\x01[umihf]|{_PARTS}")
"""A token of a text in ASCII, as most are: quick to make."""


@cache
def _any_token() -> re.Pattern[str]:
    """Return the pattern of a token in any script; where one has no blanks, that is a letter."""
    parts = "[\u3002\u3001]"
    word = rf"(?:(?![{WITHOUT_BLANKS}])[^\W\d_])+"
    letter = rf"(?![\d_])[{WITHOUT_BLANKS}](?<=\w)"
    return re.compile(rf"{parts}|{letter}|{word}|\d+|\x01[umihf]|{_PARTS}")


_ENDS = frozenset(".;!?\u3002")
_PAUSES = frozenset(',:()[]{}"\n|\u3001') | {" - ", " -- "}
_SHORT = r"\b(?:can't|cannot)\b|\bwon't\b|n't\b"
_SPELT = {"can't": "can not", "cannot": "can not", "won't": "will not", "n't": " not"}


def tokens(text: str) -> list[str]:
    """Return the words of a folded text, its numbers, and tokens for what parts them.

    Where a script has no blanks between words, each letter is a token.
    """
    found = []
    pattern = _PLAIN_TOKEN if text.isascii() else _any_token()
    for piece in pattern.findall(text):
        if piece in _ENDS:
            found.append(END)
        elif piece in _PAUSES:
            found.append(PAUSE)
        else:
            found.append(piece)
    return found


@cache
def _seam() -> re.Pattern[str]:
    """Return the pattern of where a script without blanks meets a name in ASCII."""
    return re.compile(f"(?<=[{WITHOUT_BLANKS}])(?=[!-~])|(?<=[!-~])(?=[{WITHOUT_BLANKS}])")


def without_names(text: str) -> str:
    """Return a text in lower case without its links, mailboxes and host names."""
    text = re.sub(URL, " ", text)
    text = re.sub(MAILBOX, "@", text)
    return re.sub(HOST, "@", text)


def read_tokens(text: str) -> list[str]:
    """Return the tokens of a reply's text in lower case: names and addresses become marks.

    What they spell says nothing of the cause: a host may be called `spam`, a mailbox `quota`.
    """
    text = folded(text).replace("\x01", " ").replace("\x02", " ")
    if not text.isascii():
        text = _seam().sub(" ", text)
    if "://" in text or "www." in text:
        text = re.sub(URL, " \x01u ", text)
    if "@" in text:
        text = re.sub(MAILBOX, " \x01m ", text)
    if text.count(".") > 2 or text.count(":") > 2:
        text = re.sub(ADDRESS, " \x01i ", text)
    if "." in text:
        text = re.sub(HOST, " \x01h ", text)
    if "\x01" in text:
        text = re.sub(r"[\[(<{]\s*(\x01[umih])\s*[\])>}]", r" \1 ", text)
    if ":" in text:
        text = re.sub(HEADER, " \x01f ", text)
    if "'" in text or "cannot" in text:
        text = re.sub(_SHORT, lambda match: _SPELT[match[0]], text)
    return tokens(text)
