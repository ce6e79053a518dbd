"""Replies of each language are read, in UTF-8, in Latin-1 and without the marks on letters."""

from __future__ import annotations

import unicodedata

import pytest

from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.knowledge.language.spoken import LETTERS, MARKERS, SCRIPTS, load
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.verbs import Context
from tests.knowledge.language.said import SAID

MODULES = sorted({*MARKERS, *(name for _, _, names in SCRIPTS for name in names)})
ALL = [(code, *said) for code, many in SAID.items() for said in many]


def explained(command: str, reply: str) -> Annotation:
    return explain_reply(unfold(reply), Context[command])


@pytest.mark.parametrize(("code", "command", "reply", "cause"), ALL)
def test_a_reply_is_read_in_its_language(code: str, command: str, reply: str, cause: str) -> None:
    found = explained(command, reply)
    assert found.cause.value in cause.split("|"), found.why
    assert found.cause.value == "unknown" or found.language == code


@pytest.mark.parametrize("code", SAID)
def test_octets_of_latin_1_say_the_same(code: str) -> None:
    for command, reply, _ in SAID[code]:
        try:
            octets = reply.encode("latin-1")
        except UnicodeEncodeError:
            continue
        for line in (octets, octets[:4] + reply[4:].upper().encode("latin-1", "replace")):
            if b"?" in line:
                continue
            found = explain_reply(parse_reply(line + b"\r\n"), Context[command])
            assert found.cause is explained(command, reply).cause, line


ENCODED = [
    ("zh-Hans", "gbk"), ("zh-Hant", "big5"), ("ja", "shift_jis"), ("ja", "euc_jp"),
    ("ko", "euc_kr"), ("ru", "koi8_r"), ("ru", "cp1251"), ("ru", "iso8859_5"), ("uk", "koi8_u"),
    ("uk", "cp1251"), ("pl", "iso8859_2"), ("pl", "cp1250"), ("cs", "iso8859_2"),
    ("hu", "cp1250"), ("tr", "iso8859_9"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "encoding"), ENCODED)
def test_octets_of_a_language_s_own_encodings_say_the_same(code: str, encoding: str) -> None:
    for command, reply, _ in SAID[code]:
        try:
            octets = reply.encode(encoding)
        except UnicodeEncodeError:
            continue
        found = explain_reply(parse_reply(octets + b"\r\n"), Context[command])
        assert found.cause is explained(command, reply).cause, reply


def test_octets_that_make_no_words_are_named_and_nothing_is_claimed() -> None:
    found = explain_reply(parse_reply(b"550 \xff\xfe\x81\x30\x82\xa0\xe9\r\n"), Context.DATA_END)
    assert found.cause is Cause.UNKNOWN
    assert found.language == ""


@pytest.mark.parametrize("code", SAID)
def test_a_reply_without_the_marks_on_its_letters_says_the_same(code: str) -> None:
    for command, reply, _ in SAID[code]:
        plain = unicodedata.normalize("NFKD", reply).encode("ascii", "ignore").decode()
        if len(plain) == len(reply):  # a script that is not Latin loses more than marks
            assert explained(command, plain).cause is explained(command, reply).cause, plain


def test_each_language_has_its_replies_and_denials_among_them() -> None:
    assert set(SAID) == {load(module).code for module in MODULES}
    for many in SAID.values():
        assert len(many) >= 12
        assert sum(cause == "unknown" for *_, cause in many) >= 3


def test_letters_call_for_languages_that_there_are() -> None:
    assert set(LETTERS) <= set(MODULES)


def test_letters_that_call_for_a_language_are_beyond_ascii() -> None:
    assert [module for module, letters in LETTERS.items() if any(map(str.isascii, letters))] == []
