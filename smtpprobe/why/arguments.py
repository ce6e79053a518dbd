"""The arguments of `smtpprobe why`, as a request and as options of collecting."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from smtpprobe.atomic_file import check_writable
from smtpprobe.errors import UsageError
from smtpprobe.net.connect import Connector, direct
from smtpprobe.net.mx_route import a_label
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.policy.addresses import is_address
from smtpprobe.protocol.target import SUBMISSION_PORT, Target, TargetKind, parse_target
from smtpprobe.send.order import checked_address
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


def read_words(words: argparse.Namespace, settings: Settings) -> Arguments:
    """Return what the words mean; `settings.client` is the name for EHLO.

    Raises:
        UsageError: one cannot be understood, or contradicts another; nothing was asked.
    """
    if settings.ca_file:
        check_ca_file(settings.ca_file)
    if words.output is not None:
        check_writable(words.output)
    if [*words.log, words.paste].count("-") > 1:
        raise UsageError("standard input can be read only once", "give --log or --paste a file")
    kind, relay, spare = _way(words.via)
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
    )


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
        raise UsageError(f"--via {via[0]}: neither {' nor '.join(words)}", "--via submission HOST")
    if via[0] == Kind.MX.value:
        return Kind.MX, None, via[1:]
    if len(via) == 1:
        raise UsageError("--via submission needs a host", "--via submission smtp.example.org")
    return Kind.SUBMISSION, _host(via[1], "--via", SUBMISSION_PORT), via[2:]


def _host(text: str, option: str, port: int) -> Target:
    found = parse_target(text)
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
    if written.startswith("["):
        target = parse_target(written)._replace(port=words.port or 25)
        domain = written
    else:
        domain = a_label(written.rstrip("."))
        target = Target(TargetKind.DOMAIN, domain, words.port or 25)
    if written.startswith("[") and not is_address(target.name):
        raise UsageError(f"{recipient!r} is not an address", "write user@example.org")
    control = _host(words.control, "--control", 25) if words.control else None
    return Request(
        address,
        local,
        domain,
        way=relay or target,
        sender=_sender(words.sender),
        client=settings.client,
        kind=kind,
        control=control,
        public_address=_public(words.public_address),
        lists=tuple(words.dnsbl),
        selectors=tuple(words.dkim_selector),
        log=tuple(words.log),
        paste=words.paste,
        rcpt=not words.no_rcpt,
        catch_all=words.catch_all,
        wait=words.wait or 0.0,
        size=words.size,
        level=words.level,
    )


def _sender(text: str | None) -> str | None:
    if text is None:
        return None
    found = checked_address(text, "--from")
    local, at, domain = found.rpartition("@")
    if not at:
        if found:
            raise UsageError(f"--from {text!r} is not an address", "me@example.org, or '<>'")
        return found
    return f"{local}@{a_label(domain)}"


def _public(text: str | None) -> str:
    if text is None:
        return ""
    if not is_address(text):
        raise UsageError(f"--public-address {text}: not an IP address", "for example 192.0.2.1")
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
