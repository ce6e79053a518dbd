"""posttls-finger, the probe of Postfix: the judge beside us, within the lab's network.

Its exit status says next to nothing, so what it logs is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from tests.servers import postfix, unpacked
from tests.servers.network import Network


class Status(Enum):
    """How far it believes in whom it talks to; the value is its own word."""

    VERIFIED = "Verified"
    TRUSTED = "Trusted"
    UNTRUSTED = "Untrusted"
    ANONYMOUS = "Anonymous"
    NO_TLS = "no TLS"
    """There was no handshake, or it failed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it found out."""

    status: Status
    said: str
    """All that it logged."""
    exit_status: int

    @property
    def saw_raw_key(self) -> bool:
        """Return whether it was shown a key without a certificate (RFC 7250).

        From Postfix 3.9 on it asks for one where no record of usage 2 is to be matched.
        """
        return "raw public key fingerprint=" in self.said


CONFIGURATION: Final = """\
compatibility_level = 3.6
shlib_directory = {root}/usr/lib/postfix
meta_directory = {root}/usr/share/postfix
inet_protocols = all
"""

GIVEN_UP: Final = re.compile(
    r"(?m)^posttls-finger: (?:fatal: )?(?:lost connection|EHLO rejected|STARTTLS)"
)
"""How it says that it got no session, with TLS or without."""

ESTABLISHED: Final = re.compile(r": (\w+) TLS connection established to ")


@dataclass(frozen=True, slots=True)
class Finger:
    """The program in a network, and the roots it shall believe."""

    network: Network
    root: Path
    """The folder Postfix is unpacked in."""
    ca_file: Path
    folder: Path
    """Its configuration is here."""

    def judge(self, target: str, level: str = "dane", match: Sequence[str] = ()) -> Verdict:
        """Ask it about a domain, or about a host in brackets, at a security level of Postfix.

        `match` are the names that a certificate may have, instead of those that the level wants.
        What the machine's openssl.cnf forbids is of no account.
        """
        done = self.network.run(
            self.root / "usr/sbin/posttls-finger",
            *("-c", "-l", level, "-F", self.ca_file, "-t", "60", "-T", "60"),
            *("-L", "summary,certmatch", target, *match),
            env=unpacked.path_to(postfix.libraries(self.root))
            | {"MAIL_CONFIG": str(self.folder), "OPENSSL_CONF": "/dev/null"},
        )
        said = done.stdout + done.stderr
        found = ESTABLISHED.findall(said)
        status = Status(found[-1]) if found else Status.NO_TLS
        if status is Status.TRUSTED and "certificate verification failed" in said:
            status = Status.UNTRUSTED  # a chain to a root, of another name: Trusted since 3.9
        return Verdict(status, said, done.returncode)


def configured(network: Network, root: Path, ca_file: Path, folder: Path) -> Finger:
    """Write a configuration into a new folder and return the program that uses it."""
    folder.mkdir()
    main = folder / "main.cf"
    main.write_text(CONFIGURATION.format(root=root))
    postfix.age(main)
    return Finger(network, root, ca_file, folder)
