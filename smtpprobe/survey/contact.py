"""Who answers for a survey: those who are contacted must be able to find it, or it does not start.

A mail server's log shows the address and the EHLO name. So the contact has to be at the domain of
the EHLO name, or a page on it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from smtpprobe.errors import UsageError

EXAMPLE = "for example --client scan.example.org --contact abuse@example.org"


def check_contact(contact: str | None, client: str) -> str:
    """Return the contact of a survey whose EHLO name is `client`.

    Raises:
        UsageError: there is none, or it cannot be found from the EHLO name.
    """
    if not contact:
        raise UsageError(
            "a survey needs --contact: those who are contacted must be able to reach you", EXAMPLE
        )
    if client.count(".") == 0 or client.startswith("["):
        raise UsageError(
            f"--client {client}: not a fully qualified host name, so nobody finds you by it",
            EXAMPLE,
        )
    host = _host_of(contact)
    if not host:
        raise UsageError(f"--contact {contact}: not a mail address or a web page", EXAMPLE)
    if not _related(client.lower().rstrip("."), host.lower().rstrip(".")):
        raise UsageError(
            f"--contact {contact}: not at the domain of the EHLO name {client}, "
            "which is all that a mail log shows",
            EXAMPLE,
        )
    return contact


def _host_of(contact: str) -> str:
    if "://" in contact:
        parts = urlsplit(contact)
        return parts.hostname or "" if parts.scheme in ("http", "https") else ""
    local, at, domain = contact.rpartition("@")
    return domain if at and local and "." in domain else ""


def _related(client: str, host: str) -> bool:
    """Return whether one is the other or above it, or both have the parent of the EHLO name."""
    parent = client.partition(".")[2]
    return (
        client == host
        or client.endswith(f".{host}")
        or host.endswith(f".{client}")
        or (parent.count(".") > 0 and host.endswith(f".{parent}"))
    )
