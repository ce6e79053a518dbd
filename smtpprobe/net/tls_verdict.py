"""OpenSSL's verdict on a chain that came, and what goes beside it: purpose, dates, name.

OpenSSL builds the path (pyOpenSSL's `X509StoreContext`) over the trusted roots; purpose and
dates are looked at here, so that each has its own reason and the day can be chosen. The chain
decides nothing about the session: that is what `--tls-verify` is for.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from OpenSSL import crypto

from smtpprobe.net.tls_certificates import load, serves_tls
from smtpprobe.policy.names import is_address, matches
from smtpprobe.protocol.tls_facts import CertificateFacts, Verdict

if TYPE_CHECKING:
    from cryptography import x509

NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME: dates are judged here."""

NOT_YET_VALID, EXPIRED, INVALID_PURPOSE = 9, 10, 26
"""OpenSSL's numbers (X509_V_ERR_...) for what is judged here."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether path, purpose and dates hold; None when nothing could judge."""

    trusted: bool | None
    reason: str = ""
    code: int | None = None


def judge(
    chain: tuple[CertificateFacts, ...], reference: str, at: datetime, ca_file: str | None
) -> Verdict:
    """Return the verdict on a chain as sent, leaf first, on a day (UTC).

    Roots are those of `ca_file`, else the system's. Without any the chain is neither trusted nor
    not.
    """
    if not chain:
        return Verdict(reason="no certificate came")
    trust = _trust(chain, at, ca_file)
    name_matches, name_reason = _name(chain[0], reference)
    return Verdict(trust.trusted, trust.reason, trust.code, name_matches, name_reason)


def _trust(chain: tuple[CertificateFacts, ...], at: datetime, ca_file: str | None) -> Trust:
    certificates = [load(facts.der) for facts in chain]
    leaf, *rest = certificates
    if leaf is None:
        return Trust(None, "the certificate cannot be read")
    try:
        store = _store(ca_file, _changed(ca_file))
    except (OSError, crypto.Error):
        return Trust(None, f"the CA file {ca_file} cannot be read")
    if store is None:
        return Trust(None, "no store of trusted roots on this system (--ca-file names one)")
    sent = [leaf, *(each for each in rest if each is not None)]
    path, failure = _path(store, sent)
    if failure is not None:
        return failure
    return _purpose(path) or _dates(path, at) or Trust(trusted=True, code=0)


def _path(
    store: crypto.X509Store, sent: list[x509.Certificate]
) -> tuple[list[x509.Certificate], Trust | None]:
    """Return the path from leaf to root, or OpenSSL's reason why there is none."""
    leaf, *rest = (crypto.X509.from_cryptography(each) for each in sent)
    try:
        found = crypto.X509StoreContext(store, leaf, rest).get_verified_chain()
    except crypto.X509StoreContextError as error:
        code, _, message = error.errors
        return [], Trust(trusted=False, reason=str(message), code=int(code))
    return [each.to_cryptography() for each in found], None


def _purpose(path: list[x509.Certificate]) -> Trust | None:
    below_root = path[:-1] or path
    if all(serves_tls(each) for each in below_root):
        return None
    return Trust(trusted=False, reason="not meant for TLS servers (purpose)", code=INVALID_PURPOSE)


def _dates(path: Iterable[x509.Certificate], at: datetime) -> Trust | None:
    for depth, each in enumerate(path):
        whose = "the certificate" if depth == 0 else "a certificate of its issuer"
        if at > each.not_valid_after_utc:
            day = f"{each.not_valid_after_utc:%Y-%m-%d}"
            return Trust(trusted=False, reason=f"{whose} expired on {day}", code=EXPIRED)
        if at < each.not_valid_before_utc:
            day = f"{each.not_valid_before_utc:%Y-%m-%d}"
            reason = f"{whose} is not valid before {day}"
            return Trust(trusted=False, reason=reason, code=NOT_YET_VALID)
    return None


def _name(leaf: CertificateFacts, reference: str) -> tuple[bool | None, str]:
    if not reference:
        return None, "no name to compare with (--sni gives one)"
    if matches(reference, leaf.names, leaf.addresses):
        return True, ""
    if is_address(reference):
        return False, f"the address {reference} is not in the certificate"
    if not leaf.names:
        return False, "the certificate has no DNS names"
    more = f" and {len(leaf.names) - 3} more" if len(leaf.names) > 3 else ""
    return False, f"it is for {', '.join(leaf.names[:3])}{more}"


def _changed(ca_file: str | None) -> int:
    return 0 if ca_file is None else Path(ca_file).stat().st_mtime_ns


@lru_cache(maxsize=4)
def _store(ca_file: str | None, _changed: int) -> crypto.X509Store | None:
    """Return the trusted roots, None when there are none; read once for a file as it stands."""
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
