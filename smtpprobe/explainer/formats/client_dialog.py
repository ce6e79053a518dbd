"""Replies in the error messages of mail clients: a label, then the server's reply.

Outlook, Windows Mail, Thunderbird, Apple Mail and .NET show a reply among their own labels, in
the reader's language. The labels are no words of the server: `Server error: 550` says 550.
"""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.explainer.formats.dialogue_line import code_of, read_said
from smtpprobe.explainer.input.found_reply import Found

ANSWER_LABELS = (
    *("server response", "server responded", "server response was", "server replied"),
    *("resposta do servidor", "servidor respondeu", "respuesta del servidor"),
    *("servidor respondió", "servidor de correo respondió", "servidor de e-mail respondeu"),
    *("réponse du serveur", "serveur a répondu", "serveur de messagerie a répondu"),
    *("serverantwort", "antwort des servers", "server antwortete", "server hat geantwortet"),
    *("risposta del server", "server ha risposto", "server di posta ha risposto"),
    *("antwoord van de server", "antwoord van server", "server antwoordde", "serversvar"),
    *("odpowiedź serwera", "serwer odpowiedział", "odpověď serveru", "server odpověděl"),
    *("ответ сервера", "сервер ответил", "відповідь сервера", "sunucu yan\u0131t\u0131"),
    *("サーバーの応答", "服务器响应", "伺服器回應", "서버 응답"),
)
"""Labels before a server's own words."""

NUMBER_LABELS = (
    *("server error", "erro de servidor", "erro do servidor", "error del servidor"),
    *("error de servidor", "erreur de serveur", "erreur du serveur", "serverfehler"),
    *("errore del server", "errore server", "serverfout", "serverfel", "błąd serwera"),
    *("chyba serveru", "ошибка сервера", "помилка сервера", "sunucu hatas\u0131"),
    *("サーバー エラー", "サーバーエラー", "服务器错误", "伺服器錯誤", "서버 오류"),
)
"""Labels before its code alone."""

PORT_LABELS = ("port", "porta", "puerto", "poort", "порт", "ポート", "端口", "連接埠", "포트")
"""What Outlook appends to the reply."""

ANSWER_CHARACTERS = 4096
"""How many characters of a reply are read."""

STATUS = r"[245]\.[0-7]\.[0-9]{1,3}(?![0-9.])"
"""An enhanced status code (RFC 3463 2): what clients show that leave the code out."""

_BEGUN = re.compile(rf"(?:[2-5][0-9]{{2}}(?=[ -]|$|\s*['\"])|{STATUS})", re.MULTILINE)
_ADVICE = re.compile(r"\.?\s+Please check the message recipient .{0,400}$", re.DOTALL)
_COLON = "[:\uff1a]"
_QUOTES = "'\"\u2018\u2019\u201c\u201d«»"


def _labels(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return how an answer begins behind its label, a code behind its own, and what follows."""
    answer = re.compile(rf"(?i)(?:{_labels(ANSWER_LABELS)})\s*{_COLON}\s*([{_QUOTES}]?)\s*")
    number = re.compile(
        rf"(?i)(?:{_labels(NUMBER_LABELS)})\s*{_COLON}\s*([2-5][0-9]{{2}})\b(?![.-])"
    )
    behind = re.compile(
        rf"(?i)[{_QUOTES}]?\s*,\s*(?:(?:{_labels(PORT_LABELS)})\s*{_COLON}\s*[0-9]{{1,5}}\b"
        rf"|(?:{_labels(NUMBER_LABELS)})\s*{_COLON}\s*[0-9]{{3}}\b).*",
        re.DOTALL,
    )
    return answer, number, behind


def has_labels(text: str) -> bool:
    """Return whether a text may hold such a label; quick, for texts that have none."""
    low = text.lower()
    return any(name in low for name in (*ANSWER_LABELS, *NUMBER_LABELS))


def without_labels(reply: str) -> str:
    """Return a reply without the labels that a client has put behind it."""
    return _forms()[2].sub("", reply)


def answers(text: str, number: int = 0) -> list[Found]:
    """Return the replies that labels of a client announce; `number` is the text's first line.

    An answer counts before a code alone; a line that itself is a reply is left to others.
    """
    if not has_labels(text):
        return []
    answer, code, _ = _forms()
    found = []
    for match in answer.finditer(text):
        told = _told(text[match.end() : match.end() + ANSWER_CHARACTERS], quote=match[1])
        if told and not _in_reply(text, match.start()):
            found.append(_found(told, number + text.count("\n", 0, match.start())))
    if found:
        return found
    return [
        Found(match[1], line=number + text.count("\n", 0, match.start()) if number else 0)
        for match in code.finditer(text)
        if not _in_reply(text, match.start())
    ]


def _in_reply(text: str, place: int) -> bool:
    """Return whether the line of a place is a server's own."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    said = read_said(line)
    return said.by == "server" or code_of(said.text.strip()) is not None


def _found(told: str, line: int) -> Found:
    klass = 0 if told[:3].isdigit() else int(told[0])
    return Found(told, line=line, klass=klass)


def _told(behind: str, *, quote: str) -> str:
    """Return the answer at the beginning of a text; empty if there is none."""
    if not _BEGUN.match(behind):
        return ""
    behind = _forms()[2].sub("", behind)
    if quote:
        end = re.search(rf"[{_QUOTES}](?=\s*(?:[,.)]|$))", behind, re.MULTILINE)
        lines = (behind[: end.start()] if end is not None else behind).split("\n")
        if code_of(lines[0]) is None or not all(code_of(line) for line in lines):
            lines = [" ".join(" ".join(lines).split())]
        return "\n".join(line.strip() for line in lines)
    first, *rest = behind.split("\n")
    lines = [first.strip()]
    for line in rest:
        if code_of(first) is None or code_of(line.strip()) != code_of(first):
            break
        lines.append(line.strip())
    told = _ADVICE.sub("", "\n".join(lines))
    odd = told[-1] in _QUOTES and told.count(told[-1]) == 1
    return told[:-1].rstrip() if odd else told


def with_status(text: str) -> Found | None:
    """Return the text that begins with an enhanced status code alone; None if there is none.

    qmail and its kin end with it, in brackets: `Sorry, no mailbox here by that name. (#5.1.1)`.
    """
    match = _BARE.search(text)
    if match is None:
        return None
    klass = int(match[1][0])
    if _CLOSED.fullmatch(text, match.end()):
        before = text[: match.start()].rstrip("(# ")
        return Found(f"{match[1]} {before}".strip(), klass=klass)
    return Found(text[match.start(1) :].strip(), klass=klass)


_CLOSED = re.compile(r"\s*(?:- [a-z]+)?\s*\)[\s.]*")
"""What follows a status code that ends a text, `- chkuser` included."""


_BARE = re.compile(rf"(?:^|[:(#{_QUOTES}]\s*)({STATUS.replace('[245]', '[45]', 1)})(?=[\s,:;)-]|$)")
