"""How far the session with one address came, from its facts: the greeting, TLS, what is behind it.

A handshake is not yet delivery: where EHLO inside TLS gets no 250, no mail is delivered.
"""

from __future__ import annotations

from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Connect,
    End,
    Fact,
    Said,
    unknown,
)
from smtpprobe.starttls.refused_ehlo import shuts_out, wants_another_name

_UNREACHED = {
    Connect.SILENT: Because.NO_GREETING,
    Connect.CLOSED: Because.NO_GREETING,
    Connect.INTERRUPTED: Because.INTERRUPTED,
    Connect.EXCLUDED: Because.EXCLUDED,
}

_BABBLE = {
    Connect.TLS_AT_ONCE: "the port expects implicit TLS and does not speak plaintext SMTP",
    Connect.ENDLESS: "its greeting never ends",
}
"""What is said instead of a greeting."""

BAD_HELLO = "EHLO gets an invalid reply"

_WITHOUT_CERTIFICATE = ("handshake_failure", "bad_certificate", "no_certificate")
"""Alerts of TLS 1.2 to a client that has no certificate (RFC 5246 7.4.6)."""


def misspoken(address: AddressFacts) -> str:
    """Return why the answers of a server are not SMTP; empty if they are."""
    if address.connect in _BABBLE:
        return _BABBLE[address.connect]
    replies = (address.greeting, None if address.implicit_tls else address.hello)
    greeting = address.greeting
    odd = greeting is not None and _halfway(greeting)
    if odd or any(said is not None and not _coded(said) for said in replies):
        return Because.NOT_SMTP.value
    if address.implicit_tls or address.before is not None or address.by_helo:
        return ""
    hello = address.hello
    endless = address.end is End.ENDLESS and hello is None
    return BAD_HELLO if endless or (hello is not None and _halfway(hello)) else ""


def _coded(said: Said) -> bool:
    return said.code is not None and said.code >= 200


def _halfway(said: Said) -> bool:
    """Return whether a reply asks to go on (3yz), which neither a greeting nor EHLO can have."""
    return said.code is not None and 300 <= said.code < 400


def speaks(address: AddressFacts) -> Fact:
    """Return whether an SMTP session came about, as far as a good answer to EHLO."""
    if address.connect is Connect.TLS_FAILED:
        return YES
    if address.connect in _BABBLE:
        return NO
    if address.connect is not Connect.OK:
        because = _UNREACHED.get(address.connect, Because.NO_CONNECTION)
        return unknown(because, address.reason)
    if misspoken(address):
        return NO
    if address.before is not None or (address.by_helo and not address.implicit_tls):
        return YES
    for said in (address.greeting, address.hello):
        if said is not None and not said.good:
            return unknown(Because.REJECTED, said.line)
    return unknown(_broken_off(address, Because.NO_HELLO), address.ended)


def _broken_off(address: AddressFacts, otherwise: Because) -> Because:
    return Because.INTERRUPTED if address.interrupted else otherwise


def encrypted(address: AddressFacts) -> Fact:
    """Return whether TLS works there; also for a server that says no more once inside."""
    if address.tls is not None and address.tls.ok:
        return YES
    spoke = speaks(address)
    if not spoke.yes:
        return spoke if not spoke.no else unknown(Because.NOT_SMTP)
    if address.tls is not None and address.tls.late and address.hasty:
        return unknown(Because.HASTY, address.tls.reason)
    if address.tls is not None or address.starttls.advertised.no:
        return NO
    reply = address.starttls.reply
    refused = reply is not None and reply.code != End.CLOSING.value
    if refused or (reply is None and address.end is End.ENDLESS):
        return NO
    return unknown(_broken_off(address, Because.ENDED), address.ended)


def inside(address: AddressFacts) -> Fact:
    """Return whether SMTP goes on inside TLS, as far as a good answer to EHLO there.

    What a server may say to this client alone (4yz, a greeting or a first EHLO refused) leaves it
    unknown, and so does silence where the user has cut the usual time short.
    """
    if address.tls is None or not address.tls.ok:
        return unknown(Because.NO_TLS)
    if address.implicit_tls:
        return _from_the_start(address)
    if address.after is not None:
        return YES
    return _hello_failed(address, address.inside)


def _from_the_start(address: AddressFacts) -> Fact:
    spoke = speaks(address)
    hello = address.hello
    if spoke.yes or spoke.no or (hello is None and address.end is None):
        return spoke
    about_us = hello is not None and (
        wants_another_name(hello.code, hello.text) or shuts_out(hello.code, hello.enhanced)
    )
    return spoke if about_us else _hello_failed(address, hello)


def _hello_failed(address: AddressFacts, hello: Said | None) -> Fact:
    if address.interrupted:
        return unknown(Because.INTERRUPTED)
    passing = hello is not None and hello.code is not None and 400 <= hello.code < 500
    if passing or address.end is End.CLOSING:
        return unknown(Because.REJECTED, address.ended)
    if address.end is End.SILENT and address.hasty:
        return unknown(Because.HASTY, address.ended)
    return NO if address.ended else unknown(Because.NO_HELLO)


def varies(address: AddressFacts) -> bool:
    """Return whether STARTTLS is listed in one connection to it and not in another."""
    return len(set(address.listings)) > 1


def stuck(address: AddressFacts) -> str:
    """Return in a clause why nothing can follow inside TLS; for an address where that is so."""
    reply = address.hello if address.implicit_tls else address.inside
    return address.ended if reply is None else f"the reply to EHLO inside TLS is {reply.line}"


def demanded(address: AddressFacts) -> Fact:
    """Return whether the server requires a client certificate.

    With TLS 1.3 the client learns of it behind its handshake (RFC 8446 4.4.2.4).
    """
    if address.tls is None:
        return unknown(Because.NO_TLS)
    asked, alert = address.tls.negotiated.client_certificate, address.tls.negotiated.alert
    if "certificate_required" in (alert, address.alert):
        return YES
    if asked is False or inside(address).yes:
        return NO
    if asked is None:
        return unknown(Because.NOT_SEEN if address.tls.ok else Because.NO_TLS)
    replies = (address.greeting, address.hello if address.implicit_tls else address.inside)
    named = any(said and not said.good and "certificate" in said.text.lower() for said in replies)
    refused = not address.tls.ok and alert in _WITHOUT_CERTIFICATE
    return YES if named or refused else unknown(Because.ENDED, address.ended or address.reason)
