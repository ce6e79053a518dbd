"""OpenSSL's part of the verdict on a received chain: the path to a trusted root.

It builds the path (pyOpenSSL's `X509StoreContext`) over the trusted roots; purpose, dates and
name are judged in `policy.trust`, so that each has its own reason and the day can be chosen. The
chain decides nothing about the session: that is what `--tls-verify` is for.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from OpenSSL import SSL, crypto

from smtpprobe.net.tls.certificates import chain_facts, issuer_facts
from smtpprobe.policy.trust import UNREADABLE, readable
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath

NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME: dates are judged in `policy.trust`."""

REMEMBERED, REMEMBERED_OCTETS = 128, 8192
"""How many chains are remembered with the paths from them, and how large one may be."""

MOST_CERTIFICATES = 100
"""Longer chains are cut for building a path: no real server sends ten."""


def read_chain(
    ders: tuple[bytes, ...], ca_file: str | None
) -> tuple[tuple[CertificateFacts, ...], TrustPath]:
    """Return what a chain as sent, leaf first, says, and the path from it to a trusted root.

    Neither depends on the day, and the hosts of one provider show one chain: a path is looked for
    once for each state of the CA file. Where there is none it is looked for again, as the system's
    roots may be more by then.
    """
    if sum(map(len, ders)) <= REMEMBERED_OCTETS:
        with suppress(OSError):  # the reason of the path says that the file cannot be read
            found = _read_once(ders, ca_file, _changed(ca_file))
            if found[1].code == 0:
                return found
    return _read(ders, ca_file)


def _read(
    ders: tuple[bytes, ...], ca_file: str | None
) -> tuple[tuple[CertificateFacts, ...], TrustPath]:
    chain = chain_facts(ders)
    return chain, find_path(chain, ca_file)


@lru_cache(maxsize=REMEMBERED)
def _read_once(
    ders: tuple[bytes, ...], ca_file: str | None, _changed: int
) -> tuple[tuple[CertificateFacts, ...], TrustPath]:
    return _read(ders, ca_file)


def find_path(chain: Sequence[CertificateFacts], ca_file: str | None) -> TrustPath:
    """Return the path from a chain as sent, leaf first, to a trusted root, or why there is none."""
    if not chain:
        return TrustPath(reason="no certificate was received")
    leaf = _loaded(chain[0])
    if leaf is None:
        return TrustPath(reason=UNREADABLE)
    try:
        store = _store(ca_file, _changed(ca_file))
    except (OSError, crypto.Error):
        return TrustPath(reason=f"cannot read the CA file {ca_file}")
    if store is None:
        return TrustPath(reason="no CA store on this system (use --ca-file F)")
    rest = (_loaded(facts) for facts in chain[1:MOST_CERTIFICATES])
    sent = [leaf, *(each for each in rest if each is not None)]
    return _path(store, sent, {one.der: one for one in chain}, ca_file or "system")


def path_to(chain: Sequence[CertificateFacts], anchor: CertificateFacts) -> TrustPath:
    """Return the path from a chain as sent, leaf first, to a certificate that is trusted itself.

    That one need not be a root (DANE, RFC 7672 3.1.2).
    """
    leaf, trusted = _loaded(chain[0]), _loaded(anchor)
    if leaf is None or trusted is None:
        return TrustPath(reason=UNREADABLE)
    store = crypto.X509Store()
    store.set_flags(NO_CHECK_TIME | crypto.X509StoreFlags.PARTIAL_CHAIN)
    store.add_cert(trusted)
    rest = (_loaded(facts) for facts in chain[1:MOST_CERTIFICATES])
    sent = [leaf, *(each for each in rest if each is not None)]
    return _path(store, sent, {one.der: one for one in (*chain, anchor)}, "DNS")


def _path(
    store: crypto.X509Store,
    sent: list[crypto.X509],
    known: Mapping[bytes, CertificateFacts],
    named: str,
) -> TrustPath:
    leaf, *rest = sent
    try:
        found = crypto.X509StoreContext(store, leaf, rest).get_verified_chain()
    except crypto.X509StoreContextError as error:
        code, _, message = error.errors
        return TrustPath(int(code), str(message), store=named, openssl=verifier_version())
    ders = (crypto.dump_certificate(_DER, each) for each in found)
    certificates = tuple(known.get(der) or issuer_facts(der) for der in ders)
    return TrustPath(0, "", certificates, named, verifier_version())


_DER = crypto.FILETYPE_ASN1


def _loaded(facts: CertificateFacts) -> crypto.X509 | None:
    """Return a certificate as OpenSSL has it, None when it or our own reader cannot read it."""
    try:
        return crypto.load_certificate(_DER, facts.der) if readable(facts) else None
    except crypto.Error:
        return None


@lru_cache(maxsize=1)
def verifier_version() -> str:
    """Return the version of the OpenSSL that judges: another one than that of `ssl`."""
    return " ".join(SSL.OpenSSL_version(SSL.OPENSSL_VERSION).decode("ascii").split()[:2])


def _changed(ca_file: str | None) -> int:
    return 0 if ca_file is None else os.stat(ca_file).st_mtime_ns  # noqa: PTH116 - for every chain


@lru_cache(maxsize=4)
def _store(ca_file: str | None, _changed: int) -> crypto.X509Store | None:
    """Return the trusted roots, None when there are none; read once per state of the file."""
    store = crypto.X509Store()
    store.set_flags(NO_CHECK_TIME)
    if ca_file is not None:
        store.load_locations(ca_file)
        return store
    file, directory = _system_roots()
    if file is None and directory is None:
        return None
    store.load_locations(file, directory)
    return store


def _system_roots() -> tuple[str | None, str | None]:
    """Return OpenSSL's default file and folder of roots, each None where it is absent or empty."""
    # typed as if always there, yet None when the file or folder is missing
    file, folder = (getattr(ssl.get_default_verify_paths(), name) for name in ("cafile", "capath"))
    hashed = folder and next(Path(folder).glob("????????.[0-9]*"), None)
    return file, folder if hashed else None
