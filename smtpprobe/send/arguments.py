"""The words of `smtpprobe send`, read into an order, a message and how it is reported."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import getaddresses

from smtpprobe.errors import UsageError
from smtpprobe.login.arguments import wish_of
from smtpprobe.login.sources import Wish
from smtpprobe.net.mx_route import a_label
from smtpprobe.protocol.target import (
    Target,
    host_itself,
    lmtp_target,
    one_target,
    parse_target,
    with_port,
)
from smtpprobe.protocol.units import parse_size
from smtpprobe.send.load import Load, check_owner
from smtpprobe.send.message.given_message import Letter, given_message, text_of
from smtpprobe.send.message.source import Source
from smtpprobe.send.order import (
    POINT_WORDS,
    Ending,
    Order,
    Recipient,
    Stop,
    Tls,
    Wishes,
    checked_address,
    checked_line,
    checked_mechanism,
)
from smtpprobe.send.plan import xtext
from smtpprobe.send.talk import Limits
from smtpprobe.settings.option_limits import CHUNK_OCTETS, MESSAGE_SECONDS, REPLY_SECONDS


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for. `target` is None where none can be told from the recipients.

    `eml` is the path of a message that is sent as it is, empty where there is none.
    """

    target: Target | None
    order: Order
    source: Source
    limits: Limits
    login: Wish
    json: bool = False
    output: str | None = None
    quiet: bool = False
    dry_run: bool = False
    as_script: str | None = None
    eml: str = ""
    load: Load | None = None
    warnings: tuple[str, ...] = ()


def read_words(words: argparse.Namespace, client: str) -> Arguments:
    """Return what the words mean; `client` is the name for EHLO.

    Raises:
        UsageError: one cannot be understood, or contradicts another; nothing was sent.
    """
    target = _target(words, _everybody(words))
    mailbox = target.mailbox if target is not None else ""
    to, cc, everybody = recipients_given(words, mailbox)
    order = order_of(words, client, everybody)
    if words.as_script is not None and words.dry_run:
        raise UsageError("--dry-run prints what --as-script FILE saves", "use one of them")
    if words.as_script is not None and words.output is not None:
        raise UsageError("--as-script sends nothing: there is no result for -o", "omit -o")
    source = given_message(words, Letter(_sender(words.sender, client), to, cc, client))
    login = wish_of(words)
    if login.given and order.mechanism is None:
        order = order._replace(mechanism="")
    return Arguments(
        target=target,
        order=order,
        source=source,
        limits=_limits(words.timeout),
        login=login,
        json=words.format == "json",
        output=words.output,
        quiet=bool(words.quiet),
        dry_run=words.dry_run,
        as_script=words.as_script,
        eml="" if words.eml in (None, "-") or words.dkim_key else words.eml,
        load=_load(words, target),
        warnings=login.warnings,
    )


def _everybody(words: argparse.Namespace) -> tuple[str, ...]:
    given = (("--to", words.to), ("--cc", words.cc), ("--bcc", words.bcc))
    return tuple(one for option, texts in given for one in _addresses(texts, option))


def recipients_given(
    words: argparse.Namespace, mailbox: str = ""
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return whom the header names in To and in Cc, and all recipients.

    `mailbox` is the recipient where none is named.

    Raises:
        UsageError: there is none, or one cannot be an address.
    """
    everybody = _everybody(words)
    if everybody:
        return _addresses(words.to, "--to"), _addresses(words.cc, "--cc"), everybody
    if not mailbox:
        raise UsageError("no recipient given", "--to user@example.org")
    alone = (checked_address(mailbox, "TARGET"),)
    return alone, (), alone


def order_of(words: argparse.Namespace, client: str, recipients: Sequence[str]) -> Order:
    """Return the order that the options of `send.options` give.

    Raises:
        UsageError: one cannot be understood, or contradicts another.
    """
    if words.starttls and words.no_starttls:
        raise UsageError("--starttls and --no-starttls cannot be used together", "use one of them")
    return Order(
        client=client,
        sender=_with_ascii_domain(_sender(words.sender, client)),
        recipients=_recipients(recipients, words.orcpt),
        tls=Tls.REQUIRED if words.starttls else Tls.NEVER if words.no_starttls else Tls.OFFERED,
        mechanism=None if words.auth is None else checked_mechanism(words.auth),
        wishes=_wishes(words),
        pipeline=words.pipeline,
        chunk=_chunk(words),
        stop=_stop(words),
        force=words.force,
    )


def _load(words: argparse.Namespace, target: Target | None) -> Load | None:
    if words.repeat == 1:
        if words.rate is not None:
            raise UsageError("--rate needs --repeat N", "add --repeat N")
        return None
    if target is not None:
        check_owner(target, owned=words.yes_i_own_this_server)
    return Load(words.repeat, words.rate)


def _limits(given: float | None) -> Limits:
    if given is not None:
        return Limits(given, given, given)
    return Limits(REPLY_SECONDS, MESSAGE_SECONDS, REPLY_SECONDS)


def _target(words: argparse.Namespace, recipients: Sequence[str]) -> Target | None:
    """Return where the mail goes: what was named, else the domain of all recipients."""
    server = () if words.server is None else (host_itself(words.server),)
    named = one_target((*server, *words.targets))
    if named is not None and words.sandbox:
        raise UsageError("--sandbox does not take a target", f"omit {named!r} or --sandbox")
    if words.sandbox:
        return None
    if words.lhlo is not None and named is None:
        raise UsageError("--lhlo needs a server that speaks LMTP", "add lmtp://HOST:24")
    if named is None:
        domain = one_domain(recipients)
        if domain is None and recipients:
            raise UsageError(
                "no target given, and the recipients are of several domains",
                "name a server: smtpprobe send --to ... mx.example.org:25",
            )
        if domain is None:
            return None
        named = domain
    written = named if words.port is None else with_port(named, str(words.port))
    return parse_target(lmtp_target(written) if words.lhlo is not None else written)


def one_domain(addresses: Sequence[str]) -> str | None:
    """Return the domain of all addresses; None where there are several or none."""
    found = {address.rpartition("@")[2].lower() for address in addresses}
    return found.pop() if len(found) == 1 else None


def _addresses(given: Iterable[str], option: str) -> tuple[str, ...]:
    """Return the addresses of an option that may come several times, each a list with commas.

    `@FILE` reads them from a file, a line each.
    """
    found: list[str] = []
    for text in given:
        if text.startswith("@"):
            lines = text_of(text[1:], option).splitlines()
            found += [line for line in lines if line.strip()]
        elif '"' in text or "<" in text:
            checked_line(text, option)
            found += [address for _, address in getaddresses([text]) if address]
        else:
            found += [one for one in text.split(",") if one.strip(" ")]
    return tuple(checked_address(one, option) for one in found)


def _sender(given: str | None, client: str) -> str:
    if given is None:
        return f"{_user()}@{client}"
    return checked_address(given, "--from")


def _user() -> str:
    import getpass  # noqa: PLC0415 - only where no sender is given

    try:
        return re.sub(r"[^0-9A-Za-z._-]", "", getpass.getuser()) or "postmaster"
    except (KeyError, OSError, ImportError):  # a user without a name
        return "postmaster"


def _with_ascii_domain(address: str) -> str:
    """Return an address with its domain as DNS has it: what a server without SMTPUTF8 takes."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{a_label(domain)}" if at and not domain.isascii() else address


def _recipients(addresses: Sequence[str], originals: Sequence[str]) -> tuple[Recipient, ...]:
    """Return the recipients; ORCPT is given once for each, or as `auto` for all."""
    if originals and list(originals) != ["auto"] and len(originals) != len(addresses):
        raise UsageError(
            f"--orcpt: {len(originals)} for {len(addresses)} recipients", "one each, or auto"
        )
    plain = tuple(Recipient(_with_ascii_domain(one)) for one in addresses)
    if not originals:
        return plain
    given = addresses if list(originals) == ["auto"] else originals
    return tuple(
        one._replace(original=_original(text)) for one, text in zip(plain, given, strict=True)
    )


def _original(text: str) -> str:
    """Return an ORCPT as on the wire: a type, and the address as xtext (RFC 3461 4.2)."""
    kind, semicolon, address = checked_line(text, "--orcpt").partition(";")
    if not semicolon:
        kind, address = ("rfc822" if text.isascii() else "utf-8"), text
    return f"{kind};{xtext(address) if kind.lower() != 'utf-8' else address}"


def _wishes(words: argparse.Namespace) -> Wishes:
    hold = ""
    if words.hold_for is not None and words.hold_until is not None:
        raise UsageError("--hold-for and --hold-until cannot be used together", "use one of them")
    if words.hold_for is not None:
        hold = f"HOLDFOR={words.hold_for}"
    elif words.hold_until is not None:
        hold = f"HOLDUNTIL={checked_line(words.hold_until, '--hold-until')}"
    return Wishes(
        notify=_notify(words.notify),
        ret=(words.ret or "").upper(),
        envid=checked_line(words.envid or "", "--envid"),
        body=(words.body_type or "").upper(),
        utf8=words.smtputf8,
        require_tls=words.requiretls,
        priority=words.mt_priority,
        by=_by(words.deliverby),
        hold=hold,
        prdr=words.prdr,
        mail=tuple(checked_line(one, "--mail-param") for one in words.mail_param),
        rcpt=tuple(checked_line(one, "--rcpt-param") for one in words.rcpt_param),
    )


def _notify(given: str | None) -> str:
    """Return the value of NOTIFY (RFC 3461 4.1)."""
    if given is None:
        return ""
    words = [word.strip().upper() for word in given.split(",")]
    known = {"NEVER", "SUCCESS", "FAILURE", "DELAY"}
    if not set(words) <= known or ("NEVER" in words and len(words) > 1):
        raise UsageError(
            f"--notify {given}: not a value", "never, or some of success,failure,delay"
        )
    return ",".join(words)


def _by(given: str | None) -> str:
    """Return the value of BY (RFC 2852 4)."""
    if given is None:
        return ""
    if not re.fullmatch(r"(?i)-?[0-9]{1,9};[NR]T?", given):
        raise UsageError(f"--deliverby {given}: not a value", "seconds and mode, such as '120;R'")
    return given.upper()


def _chunk(words: argparse.Namespace) -> int | None:
    if words.chunk_size is None:
        binary = (words.body_type or "").upper() == "BINARYMIME"
        return CHUNK_OCTETS if words.chunking or binary else None
    size = parse_size(words.chunk_size)
    if not size:
        raise UsageError(f"--chunk-size {words.chunk_size}: a chunk has at least one octet")
    return size


def _stop(words: argparse.Namespace) -> Stop | None:
    given = [
        (option, getattr(words, name), ending)
        for option, name, ending in (
            ("--quit-after", "quit_after", Ending.QUIT),
            ("--drop-after", "drop_after", Ending.DROP),
            ("--drop-after-send", "drop_after_send", Ending.DROP_UNANSWERED),
        )
        if getattr(words, name) is not None
    ]
    if not given:
        return None
    if len(given) > 1:
        names = " and ".join(option for option, *_ in given)
        raise UsageError(f"{names} cannot be used together", "use one of them")
    option, word, ending = given[0]
    point = POINT_WORDS.get(word.lower())
    if point is None:
        known = ", ".join(dict.fromkeys(one.value for one in POINT_WORDS.values()))
        raise UsageError(f"{option} {word}: no such point", f"one of {known}")
    return Stop(point, ending)
