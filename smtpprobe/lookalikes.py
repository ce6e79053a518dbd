"""Characters pasted where ASCII is meant: typographic quotes, odd spaces, what is invisible.

Office programs, chats and web pages put them in; on a screen they are hardly seen.
"""

from __future__ import annotations

from functools import cache

from smtpprobe.named_tuple import NamedTuple

_INSTEAD_OF = {
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02",
    "'": "\u2018\u2019\u201a\u201b\uff07",
    "<": "\u2039\u2329\u3008\uff1c\u27e8",
    ">": "\u203a\u232a\u3009\uff1e\u27e9",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d",
    "a space": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000",
    "@": "\uff20\ufe6b",
    ":": "\uff1a\ufe55",
    ".": "\uff0e\u3002\ufe52",
    "=": "\uff1d",
    "": "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
    "\ufeff",
}
"""What is meant, and the characters that look like it; those of the empty text cannot be seen."""


class Lookalike(NamedTuple):
    """A character at a place of a text, from 1, and what it looks like; empty: like nothing."""

    place: int
    character: str
    meant: str

    def __str__(self) -> str:
        import unicodedata  # noqa: PLC0415 - rarely needed

        name = unicodedata.name(self.character, "").lower()
        instead = f", not {self.meant}" if self.meant else ", which is invisible"
        return f"character {self.place} is U+{ord(self.character):04X} ({name}){instead}"


def lookalike(text: str) -> Lookalike | None:
    """Return the first character that was most likely pasted; None where there is none."""
    if text.isascii():
        return None
    meant = _meant()
    return next(
        (Lookalike(at, one, meant[one]) for at, one in enumerate(text, 1) if one in meant), None
    )


def named(text: str) -> str:
    """Return what `lookalike` found, in words; empty where there is none."""
    return str(found) if (found := lookalike(text)) else ""


@cache
def _meant() -> dict[str, str]:
    return {one: meant for meant, characters in _INSTEAD_OF.items() for one in characters}
