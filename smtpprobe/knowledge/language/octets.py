"""Octets that are no UTF-8, in the encoding in which they make words."""

from __future__ import annotations

from functools import lru_cache

from smtpprobe.knowledge.language.language import read_tokens
from smtpprobe.knowledge.language.reading import letters_covered
from smtpprobe.knowledge.language.spoken import load

ENCODINGS: dict[str, tuple[str, ...]] = {
    "gb18030": ("chinese_simplified",),
    "big5": ("chinese_traditional",),
    "shift_jis": ("japanese",),
    "euc_jp": ("japanese",),
    "iso2022_jp": ("japanese",),
    "euc_kr": ("korean",),
    "koi8_r": ("russian",),
    "koi8_u": ("ukrainian",),
    "cp1251": ("russian", "ukrainian"),
    "iso8859_5": ("russian",),
    "iso8859_2": ("polish", "czech", "hungarian"),
    "cp1250": ("polish", "czech", "hungarian"),
    "iso8859_9": ("turkish",),
}
"""The encodings that servers use beside UTF-8 and Latin-1, and the languages written in each."""

WORD = 4
"""How many letters more have to be words: fewer fit by chance. A Chinese letter counts as two."""


SAMPLE = 300
"""How many letters are looked at to find the encoding."""


@lru_cache(maxsize=16)
def in_words(text: str) -> str:
    """Return a text with its octets that are no UTF-8 as letters, where these make words.

    Of several encodings it is the one that makes the most, compared with Latin-1. Where none does,
    the text stays as it is: who reads it takes them for Latin-1.
    """
    octets = text.encode("utf-8", "surrogateescape")
    latin = octets.decode("latin-1")
    asked = {module for modules in ENCODINGS.values() for module in modules}
    as_latin = {module: _covered(latin, module) for module in asked}
    best, found = 0, text
    for name, modules in ENCODINGS.items():
        way = _decoded(octets, name)
        if way is None or way == latin:
            continue
        for module in modules:
            more = _covered(way, module) - as_latin[module]
            if more > best:
                best, found = more, way
    return found if best >= WORD else text


def _decoded(octets: bytes, encoding: str) -> str | None:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return None


def _covered(text: str, module: str) -> int:
    """Return how many letters of a text stand in words of a language, wide ones counted twice."""
    return letters_covered(read_tokens(text[:SAMPLE].lower()), load(module))
