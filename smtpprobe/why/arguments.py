"""The arguments of `smtpprobe why`, as a request and as options of collecting."""

from __future__ import annotations

import argparse
import os
import re
import stat
from dataclasses import dataclass
from errno import EISDIR
from pathlib import Path

from smtpprobe.atomic_file import check_writable
from smtpprobe.errors import UsageError
from smtpprobe.login.arguments import wish_of
from smtpprobe.login.sources import NO_WISH, Wish
from smtpprobe.net.connect import Connector, direct
from smtpprobe.net.mx_route import a_label
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.policy.addresses import is_address, no_mail_network
from smtpprobe.protocol.target import (
    SUBMISSION_PORT,
    Target,
    TargetKind,
    host_itself,
    parse_server,
    parse_target,
)
from smtpprobe.send.order import checked_address, checked_mechanism
from smtpprobe.settings.option_limits import POLICY_SECONDS, REPLY_SECONDS
from smtpprobe.settings.settings import Settings
from smtpprobe.starttls.arguments import read_pins
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.why.request import Kind, Request


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for, and how it is shown. `output` is a file, None for standard output."""

    request: Request
    gathering: Gathering
    json: bool = False
    letter: bool = False
    plan: bool = False
    output: str | None = None
    quiet: bool = False
    color: str = "auto"
    login: Wish = NO_WISH
    mechanism: str | None = None
    """None: no login."""


def read_words(words: argparse.Namespace, settings: Settings) -> Arguments:
    """Return what the words mean; `settings.client` is the name for EHLO.

    Raises:
        UsageError: one cannot be understood, or contradicts another; nothing was asked.
    """
    if settings.ca_file:
        check_ca_file(settings.ca_file)
    if words.output is not None:
        check_writable(words.output)
    _fitting(words)
    if [*words.log, words.paste].count("-") > 1:
        raise UsageError("standard input can be read only once", "give --log or --paste a file")
    for option, file in (*(("--log", file) for file in words.log), ("--paste", words.paste)):
        _check_readable(option, file)
    kind, relay, spare = _way(words.via)
    login, mechanism = _login(words)
    recipient = _one([*([words.recipient] if words.recipient else []), *spare])
    return Arguments(
        _request(words, settings, recipient, kind, relay),
        _gathering(words, settings),
        json=words.format == "json",
        letter=words.letter,
        plan=words.plan,
        output=words.output,
        quiet=bool(words.quiet),
        color=settings.color,
        login=login,
        mechanism=mechanism,
    )


def _login(words: argparse.Namespace) -> tuple[Wish, str | None]:
    """Return where the credentials come from, and the mechanism: None for no login."""
    login = wish_of(words)
    mechanism = None if words.auth is None else checked_mechanism(words.auth)
    if login.given and mechanism is None:
        mechanism = ""
    by_host = words.via is not None and words.via[0] == Kind.SUBMISSION.value
    if mechanism is not None and not by_host:
        raise UsageError("a login is for submission", "--via submission HOST")
    return login, mechanism


def _fitting(words: argparse.Namespace) -> None:
    """See that what was asked for goes together."""
    forms = (("--plan", words.plan), ("--letter", words.letter), ("--json", words.format == "json"))
    chosen = [name for name, given in forms if given]
    if len(chosen) > 1:
        raise UsageError(f"{' and '.join(chosen)} cannot be used together", "use one of them")
    by_host = words.via is not None and words.via[0] == Kind.SUBMISSION.value
    if by_host and words.port is not None:
        raise UsageError(
            "-p is the port of the MX hosts", f"write --via submission HOST:{words.port}"
        )


def _check_readable(option: str, file: str | None) -> None:
    """See that a file can be read before any server is asked; a pipe keeps what is in it."""
    if file is None or file == "-":
        return
    path = Path(file)
    try:
        if stat.S_ISREG(path.stat().st_mode):
            path.open("rb").close()
        elif path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    except OSError as error:
        raise UsageError(f"{option} {file}: {error.strerror}") from None


def _one(found: list[str]) -> str:
    if not found:
        raise UsageError("no recipient given", "for example smtpprobe why user@example.org")
    if len(found) > 1:
        raise UsageError(f"one recipient at a time, not {', '.join(found)}")
    return found[0]


def _way(via: list[str] | None) -> tuple[Kind, Target | None, list[str]]:
    """Return by which way, to which host, and what followed that is neither."""
    if via is None:
        return Kind.MX, None, []
    words = [kind.value for kind in Kind]
    if via[0] not in words:
        host = via[0] if "." in via[0] else "HOST"
        raise UsageError(
            f"--via {via[0]}: neither {' nor '.join(words)}",
            f"--via {Kind.SUBMISSION.value} {host}",
        )
    if via[0] == Kind.MX.value:
        if hosts := [word for word in via[1:] if "@" not in word]:
            raise UsageError(
                f"--via mx {hosts[0]}: mx takes no host, it goes to the MX hosts of the recipient",
                f"omit {hosts[0]}; to talk to it alone: smtpprobe '{host_itself(hosts[0])}'",
            )
        return Kind.MX, None, via[1:]
    if len(via) == 1 or not via[1] or "@" in via[1]:
        raise UsageError("--via submission needs a host", "--via submission smtp.example.org")
    return Kind.SUBMISSION, _host(via[1], "--via", SUBMISSION_PORT), via[2:]


def _host(text: str, option: str, port: int) -> Target:
    try:
        found = parse_target(text)
    except UsageError as error:
        raise UsageError(f"{option}: {error.message}", error.hint) from None
    if found.kind is TargetKind.DOMAIN:
        return Target(TargetKind.HOST, found.name, port)
    if found.kind not in (TargetKind.HOST, TargetKind.ADDRESS):
        raise UsageError(f"{option} {text}: not a host", "for example [192.0.2.1] or host:587")
    bare = ":" not in text.rpartition("]")[2] and not text.startswith("smtps://")
    return found._replace(port=port) if bare and option == "--via" else found


def _request(
    words: argparse.Namespace,
    settings: Settings,
    recipient: str,
    kind: Kind,
    relay: Target | None,
) -> Request:
    address = checked_address(recipient, "ADDRESS")
    local, at, written = address.rpartition("@")
    if not (local and at and written):
        raise UsageError(f"{recipient!r} is not an address", "write user@example.org")
    if "@" in local and not local.startswith('"'):
        raise UsageError(f"one recipient at a time, not {recipient}", "write user@example.org")
    if written.startswith("["):
        target = parse_target(written)._replace(port=words.port or 25)
        domain = written
    else:
        domain = _domain(written, recipient)
        target = Target(TargetKind.DOMAIN, domain, words.port or 25)
    if written.startswith("[") and not is_address(target.name):
        raise UsageError(f"{recipient!r} is not an address", "write user@example.org")
    way = relay or target
    if way.kind is TargetKind.ADDRESS and words.family not in (None, 6 if ":" in way.name else 4):
        raise UsageError(f"{way.name}: excluded by -{words.family}", f"omit -{words.family}")
    control = _host(words.control, "--control", 25) if words.control is not None else None
    return Request(
        address,
        local,
        domain,
        way=way,
        sender=_sender(words.sender),
        author=_author(words.header_from),
        client=settings.client,
        kind=kind,
        control=control,
        other_resolver=_resolver(words.other_resolver),
        public_address=_public(words.public_address),
        lists=tuple(_name(zone, "--dnsbl", "zen.example.org") for zone in words.dnsbl),
        selectors=tuple(_selector(name) for name in words.dkim_selector),
        log=tuple(words.log),
        paste=words.paste,
        family=words.family,
        rcpt=not words.no_rcpt,
        catch_all=words.catch_all,
        bounces=words.bounces,
        wait=words.wait or 0.0,
        size=words.size,
        level=words.level,
    )


def _sender(text: str | None) -> str | None:
    if text is None:
        return None
    found = checked_address(text, "--from")
    local, at, domain = found.rpartition("@")
    if not found:
        return found
    if not (at and local and domain):
        raise UsageError(f"--from {text!r} is not an address", "me@example.org, or '<>'")
    written = domain.startswith("[")
    return f"{local}@{domain if written else _domain(domain, f'--from {text}')}"


def _author(text: str | None) -> str:
    if text is None:
        return ""
    return _domain(checked_address(text, "--header-from").rpartition("@")[2], "--header-from")


def _domain(written: str, text: str) -> str:
    """Return a domain in A-labels; `text` is what it was given in."""
    try:
        found = parse_target(written.rstrip("."))
    except UsageError:
        found = None
    if found is None or found.kind is not TargetKind.DOMAIN or found.name != written.rstrip("."):
        raise UsageError(f"{text}: {written!r} is not a domain", "write user@example.org")
    return a_label(found.name)


_LABELS = re.compile(r"[\w-]{1,63}(\.[\w-]{1,63})*\.?")


def _name(text: str, option: str, example: str) -> str:
    if not _LABELS.fullmatch(text):
        raise UsageError(f"{option} {text!r}: not a name in DNS", f"for example {example}")
    return text.rstrip(".")


def _selector(text: str) -> str:
    if "._domainkey" in text:
        alone = text.partition("._domainkey")[0]
        raise UsageError(
            f"--dkim-selector {text}: not the selector alone", f"--dkim-selector {alone}"
        )
    return _name(text, "--dkim-selector", "s1, the s= of the signature")


def _resolver(text: str | None) -> str:
    if text is None:
        return ""
    try:
        parse_server(text)
    except UsageError as error:
        raise UsageError(f"--other-{error.message}", error.hint) from None
    return text


def _public(text: str | None) -> str:
    if text is None:
        return ""
    if not is_address(text):
        raise UsageError(f"--public-address {text}: not an IP address", "for example 192.0.2.1")
    if network := no_mail_network(text):
        raise UsageError(
            f"--public-address {text}: others never see an address of {network}",
            "give the one that NAT turns it into",
        )
    return text


def _gathering(
    words: argparse.Namespace, settings: Settings, connector: Connector = direct
) -> Gathering:
    limit = words.timeout
    return Gathering(
        client=settings.client,
        connector=connector,
        family=words.family,
        bind=words.bind,
        port=words.port,
        resolver=settings.resolver or None,
        trust_ad=words.trust_ad,
        pins=read_pins(words.resolve),
        ca_file=settings.ca_file or None,
        connect_limit=settings.connect_timeout,
        handshake_limit=settings.handshake_timeout,
        reply_limit=limit or REPLY_SECONDS,
        greeting_limit=settings.greeting_timeout,
        policy_limit=min(limit or POLICY_SECONDS, POLICY_SECONDS),
        lookup_limit=limit,
        caa=False,
    )
