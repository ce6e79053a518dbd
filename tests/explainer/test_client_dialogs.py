"""What mail clients show of a reply is read without the clients' own labels."""

from __future__ import annotations

import json

import pytest

from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.formats.client_dialog import answers, with_status, without_labels
from smtpprobe.explainer.formats.text import TextLines
from smtpprobe.explainer.input.found_reply import Found
from tests.explainer.test_subcommand import explain

ENGLISH = (
    "Your message was not sent. Subject 'offer', Account: 'mail.example.com', "
    "Server: 'mail.example.com', Protocol: SMTP, Server Response: '550 5.7.1 Unable to relay', "
    "Port: 25, Secure(SSL): No, Server Error: 550, Error Number: 0x800CCC79"
)
ADVICE = "Please check the message recipient jo@example.org and try again."
PORTUGUESE = """Assunto 'proposta'
Erro de Servidor: 454
Resposta do Servidor: 454 4.7.1 <jo@example.org>: Relay access denied
Servidor: 'smtp.example.com'
Protocolo: SMTP
Porta: 25
Segura (SSL): Não"""


def read(text: str) -> list[Found]:
    """Return the replies found in a text, as in a file."""
    reader = TextLines()
    found = []
    for number, line in enumerate(text.encode().split(b"\n"), 1):
        found += reader.read(line, number)
    return [*found, *reader.close()]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ENGLISH, "550 5.7.1 Unable to relay"),
        (PORTUGUESE, "454 4.7.1 <jo@example.org>: Relay access denied"),
        ("Réponse du serveur : '553 5.7.1 <a@b.example>: refusé', Port : 587",
         "553 5.7.1 <a@b.example>: refusé"),
        ('Serverantwort: "554 kein Relay", Port: 25, Serverfehler: 554', "554 kein Relay"),
        ("El servidor respondió: 550 no existe", "550 no existe"),
        ("'Cannot send the message. The server responded: 550 5.1.0 sender rejected'",
         "550 5.1.0 sender rejected"),
        ("Mailbox unavailable. The server response was: 5.7.1 Unable to relay",
         "5.7.1 Unable to relay"),
        (f"The mail server responded:  5.1.1 <jo@example.org>: User unknown. {ADVICE}",
         "5.1.1 <jo@example.org>: User unknown"),
        ("Erreur de serveur : 550", "550"),
        ("Server Error: 451, Error Number: 0x800CCC6A", "451"),
    ],
)  # fmt: skip
def test_what_follows_the_label_is_the_reply(text: str, told: str) -> None:
    assert [one.text for one in answers(text)] == [told]
    assert [one.text for one in read(f"Hello,\n\n{text}\n\nregards\n")] == [told]


def test_lines_of_an_answer_stay_lines_of_one_reply() -> None:
    text = "The server responded: 550-5.7.1 one\n550 5.7.1 two\nWhat now?"
    assert [one.text for one in answers(text)] == ["550-5.7.1 one\n550 5.7.1 two"]


def test_a_label_within_a_servers_own_line_is_no_label() -> None:
    line = "550 5.1.1 Rejected, the server responded: 554 no such user"
    assert answers(line) == []
    assert [one.text for one in read(line)] == [line]


def test_a_line_knows_its_number() -> None:
    assert [one.line for one in read(f"\n\nHello\n{PORTUGUESE}")] == [6]


def test_labels_behind_a_reply_are_cut() -> None:
    behind = "550 5.7.1 Unable to relay', Port: 25, Server Error: 550, Error Number: 0x800CCC79"
    assert without_labels(behind) == "550 5.7.1 Unable to relay"
    assert without_labels("554 Blocked, see: port 25, Error: x") == (
        "554 Blocked, see: port 25, Error: x"
    )


@pytest.mark.parametrize(
    ("text", "cause", "retry", "failure"),
    [
        ("5.1.1 szn; User hasn't got the service mapped", "unknown-recipient", "after-change",
         "hard"),
        ("5.2.2 szn; Quota", "mailbox-full", "after-change", "hard"),
        ("5.7.1 zebra; crosses the river", "policy", "after-change", "hard"),
        ("4.2.2 zebra; crosses the river", "mailbox-full", "later-same", "soft"),
        ("Reason: 5.1.1 zebra", "unknown-recipient", "after-change", "hard"),
        ("The server responded: 5.7.1 <DATA>: only 10 messages per day", "rate-limited",
         "after-change", "hard"),
        ("Erreur de serveur : 550", "unknown", "after-change", "hard"),
        (ENGLISH, "relay-denied", "after-change", "hard"),
        (PORTUGUESE, "relay-denied", "after-change", "soft"),
    ],
)  # fmt: skip
def test_an_answer_without_a_code_has_the_class_of_its_status(
    text: str, cause: str, retry: str, failure: str
) -> None:
    told = json.loads(explain("--jsonl", "--", text).stdout)
    assert (told["cause"], told["retry"], told["failure"]) == (cause, retry, failure)
    assert not any("server-error" in one for one in told["why"]["against"])


@pytest.mark.parametrize("text", ["Exim 4.96.2 is out", "version: 4.96.2", "5.9.1 is none", ""])
def test_a_version_is_no_status(text: str) -> None:
    assert with_status(text) is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Sorry, no mailbox here by that name. (#5.1.1)", "unknown-recipient"),
        ("User disk quota exceeded. (#4.3.0)", "mailbox-full"),
        ("This message is looping: it already has my line. (#5.4.6)", "loop-detected"),
        ("sorry, recipient mailbox is full (#5.2.2 - chkuser)", "mailbox-full"),
    ],
)
def test_words_before_a_status_code_in_brackets_are_read(text: str, cause: str) -> None:
    found = with_status(text)
    assert found is not None
    assert found.text.startswith(("4.", "5."))
    assert explained(found).cause.value == cause
