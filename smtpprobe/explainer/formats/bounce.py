"""Replies quoted in prose: the bounces of Postfix, Exim, qmail and Exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpprobe.explainer.formats.stages import POSTFIX, exim_stage
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import Context

MARKS = (
    " said:",
    " refused to talk to me:",
    "error from remote mail",
    "Remote host said:",
    "emote server returned",
    "emote Server returned",
    "smtp;",
    " ##",
)
"""Words of which every known quote has one: a quick first test."""

_REPLY = r"[2-5][0-9]{2}(?:[ -]|(?=$))"

_POSTFIX = re.compile(
    r"(?:<(?P<recipient>[^<>\s]{1,320})>[^:<]{0,300}: )?(?:[a-z ]{0,40}: )?"
    r"(?:host|server) (?P<host>[^\s\[]+)\[[^\]]*\](?::[0-9]+)? "
    r"(?:said|(?P<refused>refused to talk to me)): "
    rf"(?P<reply>{_REPLY}.*?)(?: \(in reply to (?P<asked>[^)]*)\)\)?|$)",
    re.DOTALL,
)
_EXIM = re.compile(
    r"(?:host (?P<above>\S+) \[[^\]]*\](?::[0-9]+)?\n\s*)?"
    r"(?:SMTP|LMTP) error from remote mail(?:er| server) after (?P<stage>[^\n]{1,400}?):\s+"
    r"(?:host (?P<host>\S+) \[[^\]]*\](?::[0-9]+)?:\s+)?"
    rf"(?P<reply>{_REPLY}[^\n]*(?:\n[ \t]{{4,}}\S[^\n]*)*)"
)
_QMAIL = re.compile(rf"Remote host said: (?P<reply>{_REPLY}[^\n]*(?:\n[2-5][0-9]{{2}}[ -][^\n]*)*)")
_QMAIL_STAGES = (
    ("but greeting failed", Context.CONNECT),
    ("but my name was rejected", Context.EHLO),
    ("but sender was rejected", Context.MAIL),
    ("does not like recipient", Context.RCPT),
    ("failed on DATA command", Context.DATA),
    ("failed after I sent the message", Context.DATA_END),
)
_EXCHANGE = (
    re.compile(rf"[Rr]emote [Ss]erver returned '[^']{{0,80}}?(?P<reply>{_REPLY}[^']*)'?"),
    re.compile(rf"(?:(?<!\S)(?P<host>\S{{1,255}}) )?#(?P<reply>{_REPLY}[^#]*)##"),
    re.compile(rf"smtp; ?(?P<reply>{_REPLY}(?:<[^<>\n]*>|[^>\n]|\n[ \t]+(?=\S))*)"),
)
_MAILBOX = re.compile(r"<?([^\s<>@:]{1,64}@[A-Za-z0-9._-]{1,255})>?:?")


def quoted(lines: Sequence[str], number: int) -> list[Found]:
    """Return the replies that a paragraph of prose quotes; `number` is its first line's."""
    text = "\n".join(_without_marks(lines))
    if not any(mark in text for mark in MARKS):
        return []
    for form in (_postfix, _exim, _qmail, _exchange):
        if found := list(form(text, number)):
            return found
    return []


_MARKS = (re.compile(r"(?:>+ ){1,9}|>+$"), re.compile(r">{1,9}"))
"""The marks of a quotation: with a blank on every line, or without one."""


def _without_marks(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a paragraph without the marks that a mail client quotes them with."""
    if not all(line.startswith(">") for line in lines):
        return lines
    mark = next(one for one in _MARKS if all(map(one.match, lines)))
    return [mark.sub("", line, count=1) for line in lines]


def _at(text: str, position: int, number: int) -> int:
    return number + text.count("\n", 0, position)


def _joined(reply: str) -> str:
    return " ".join(reply.split())


def _postfix(text: str, number: int) -> Iterator[Found]:
    begin = number
    for item in re.split(r"\n(?=[^ \t])", text):
        if match := _POSTFIX.search(_joined(item)):
            asked = match["asked"]
            context = POSTFIX.get(asked.encode("ascii", "replace")) if asked else None
            if match["refused"] and context is None:
                context = Context.CONNECT
            yield Found(match["reply"], context, match["host"], match["recipient"], None, begin)
        begin += item.count("\n") + 1


def _exim(text: str, number: int) -> Iterator[Found]:
    end = 0
    for match in _EXIM.finditer(text):
        stage = match["stage"]
        mailbox = re.search(r"TO:<([^>]*)>", stage) or _MAILBOX.search(text, end, match.start())
        yield Found(
            "\n".join(line.strip() for line in match["reply"].split("\n")),
            exim_stage(stage.encode("ascii", "replace")),
            match["host"] or match["above"],
            mailbox[1] if mailbox else None,
            None,
            _at(text, match.start("reply"), number),
        )
        end = match.end()


def _qmail(text: str, number: int) -> Iterator[Found]:
    end = 0
    for match in _QMAIL.finditer(text):
        before = text[end : match.start()]
        mailbox = _MAILBOX.search(before)
        host = re.search(r"(?:Connected to )?([0-9a-fA-F.:]{3,45}) (?:but|does|failed)", before)
        yield Found(
            match["reply"],
            next((context for words, context in _QMAIL_STAGES if words in before), None),
            host[1] if host else None,
            mailbox[1] if mailbox else None,
            None,
            _at(text, match.start("reply"), number),
        )
        end = match.end()


def _exchange(text: str, number: int) -> Iterator[Found]:
    mailbox = _MAILBOX.search(text)
    for pattern in _EXCHANGE:
        found = list(pattern.finditer(text))
        for match in found:
            host = match.groupdict().get("host")
            yield Found(
                _joined(match["reply"]),
                None,
                host.strip("<") or None if host else None,
                mailbox[1] if mailbox else None,
                None,
                _at(text, match.start("reply"), number),
            )
        if found:
            return
