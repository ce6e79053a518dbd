"""Languages: their tables are sound, only those that a text calls for are loaded, all are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.evidence.patterns import PATTERNS, names_of
from smtpprobe.knowledge.language import vocabulary
from smtpprobe.knowledge.language.concepts import CONCEPTS
from smtpprobe.knowledge.language.english import LANGUAGE as ENGLISH_ITSELF
from smtpprobe.knowledge.language.english import WORDS as ENGLISH
from smtpprobe.knowledge.language.language import language, read_tokens, words_of
from smtpprobe.knowledge.language.reading import reading
from smtpprobe.knowledge.language.spoken import MARKERS, SCRIPTS, languages_of, load
from smtpprobe.knowledge.language.stems import STEMS
from smtpprobe.knowledge.language.vocabulary.german import WORDS as GERMAN
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.verbs import Context
from tests.corpus.replies.rows import rows
from tests.each_row import each_row
from tests.knowledge.language import stems

MODULES = sorted({*MARKERS, *(name for _, _, names in SCRIPTS for name in names)})


def test_every_file_of_the_vocabulary_is_a_language_that_can_be_suspected() -> None:
    files = {path.stem for path in Path(vocabulary.__path__[0]).rglob("*.py")}
    assert files - {"__init__"} == set(MODULES)


@each_row(["english", *MODULES])
def test_a_language_has_words_for_known_concepts_alone(module: str) -> None:
    known = ENGLISH_ITSELF if module == "english" else load(module)
    phrases = [
        one for table in (known.whole, known.begun) for many in table.values() for one in many
    ]
    assert {concept for _, concept in phrases} <= CONCEPTS
    assert {"box", "unknown", "full", "spam"} <= {concept for _, concept in phrases}


def test_every_concept_of_a_pattern_is_known() -> None:
    groups = {group for one in PATTERNS for group in (*one.groups, one.but)}
    names = {name for group in groups for name in names_of(group)}
    assert {name.lstrip("-") for name in names if name[0] != "@"} <= CONCEPTS


def hits(text: str) -> list[tuple[str, bool, bool]]:
    return [(one.concept, one.denied, one.supposed) for one in reading(text).hits]


def test_not_turns_the_next_state_and_no_denies_the_next_thing() -> None:
    assert ("full", True, False) in hits("the mailbox is not full")
    assert ("box", False, False) in hits("the mailbox is not full")
    assert ("ptr", True, False) in hits("there is no ptr")
    assert ("accepted", True, False) in hits("we do not accept this")


def test_what_is_supposed_or_pointed_to_is_marked() -> None:
    assert ("blocked", False, True) in hits("if you were blocked, write to us")
    assert ("spam", False, True) in hits("see our page about spam")
    assert ("full", False, False) in hits("mailbox full, see our page about spam")


def test_the_purpose_of_a_tool_that_has_failed_is_not_said_of_the_message() -> None:
    assert ("infected", False, True) in hits("the virus scanner has crashed")
    assert ("infected", False, False) in hits("the virus scanner found a virus")


def test_names_links_and_addresses_are_marks() -> None:
    found = reading("jo@spam.example at quota.example [192.0.2.1], see https://x.example/virus")
    assert [one.concept for one in found.hits] == ["mailbox", "site", "ip", "url"]


def test_words_without_weight_may_stand_in_a_phrase() -> None:
    made = language("xx", "X", {"full": "box full"}, "the is")
    [(rest, concept)] = made.whole["box"]
    assert concept == "full"
    assert words_of(rest) == (("full", False),)
    assert hits("the box is full") == [("box", False, False), ("full", False, False)]


def test_letters_that_ascii_lacks_are_known_in_both_forms() -> None:
    for text in ("550 Empfänger unbekannt", "550 Empfaenger unbekannt", "550 EMPFÄNGER UNBEKANNT"):
        found = explain_reply(unfold(text), Context.RCPT)
        assert (found.cause.value, found.language) == ("unknown-recipient", "de")


def test_octets_that_are_no_utf8_are_read_as_latin_1() -> None:
    reply = parse_reply("550 Empfänger unbekannt\r\n".encode("latin-1"))
    found = explain_reply(reply, Context.RCPT)
    assert (found.cause.value, found.language) == ("unknown-recipient", "de")


READ = (
    ("RCPT", "550 Das Konto des Empfängers wurde deaktiviert", "mailbox-disabled"),
    ("RCPT", "552 Postfach voll", "mailbox-full"),
    ("RCPT", "552 Der Speicherplatz des Empfängers ist erschöpft", "mailbox-full"),
    ("RCPT", "550 Benutzer nicht gefunden", "unknown-recipient"),
    ("RCPT", "550 Kein Postfach mit diesem Namen", "unknown-recipient"),
    ("DATA_END", "552 Die Nachricht ist zu groß", "message-too-large"),
    ("DATA_END", "554 Die Nachricht enthält einen Virus", "virus"),
    ("DATA_END", "550 Spam erkannt", "spam-content"),
    ("MAIL", "450 Zu viele Nachrichten in der letzten Stunde", "rate-limited"),
    ("CONNECT", "554 Ihre IP steht auf einer Sperrliste", "ip-blocked"),
    ("RCPT", "530 Anmeldung erforderlich", "auth-required"),
    ("MAIL", "530 Verschlüsselung erforderlich", "tls-required"),
    ("RCPT", "450 Das Postfach ist nicht voll", "unknown"),
)


@pytest.mark.parametrize(("context", "reply", "cause"), READ)
def test_german_is_read(context: str, reply: str, cause: str) -> None:
    assert explain_reply(unfold(reply), Context[context]).cause.value == cause


ENGLISH_TEXT = "mailbox full, try again later"


def test_english_alone_loads_no_other_language() -> None:
    assert languages_of(ENGLISH_TEXT, read_tokens(ENGLISH_TEXT)) == ()
    code = (
        "import sys; from smtpprobe.knowledge.offline import explain_reply;"
        "from smtpprobe.knowledge.rules.unfold import unfold;"
        "explain_reply(unfold(sys.argv[1]));"
        "found = {name: one for name, one in sys.modules.items() if '.vocabulary.' in name};"
        "print([name.rpartition('.')[2] for name, one in found.items() if hasattr(one, 'WORDS')])"
    )
    for reply, loaded in (
        ("550 5.1.1 user unknown", []),
        ("554 5.7.1 Service unavailable; client blocked, see https://example.org/de/liste", []),
        ("550 Destinataire inconnu", ["french"]),
        ("552 邮箱已满", ["chinese_simplified"]),
    ):
        command = [sys.executable, "-c", code, reply]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == str(loaded), reply


def test_replies_in_english_call_for_no_other_language() -> None:
    called = {
        row.reply: [one.code for one in languages_of(row.reply.lower(), found)]
        for row in rows("tune")
        if row.language == "en" and (found := read_tokens(row.reply.lower()))
    }
    assert len(called) > 1000
    foreign = {reply for reply, codes in called.items() if codes}
    assert all(not reply.isascii() or "Rechazo temporal" in reply for reply in foreign), foreign


def test_a_word_that_looks_foreign_makes_no_english_text_foreign() -> None:
    for text in (
        "550 you have to prove who you are, mailbox unknown",
        "554 prove that the sender exists",
    ):
        assert languages_of(text, read_tokens(text)) != ()
        assert {hit.language for hit in reading(text).hits} == {"en"}


def test_words_of_five_letters_call_for_their_language() -> None:
    written = {modules: words.split() for modules, words in STEMS.items()}
    assert stems.grouped() == written, "python -m tests.knowledge.language.stems"


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = reading(text.lower())
    assert all(0 <= one.start < one.end <= len(found.tokens) for one in found.hits)


def test_words_of_german_are_not_copied_from_english() -> None:
    assert GERMAN["full"] != ENGLISH["full"]
