"""A real Dovecot on loopback: LMTP, and the socket where Postfix asks about passwords.

Dovecot looks for two things where the package would have been installed. The reader of its
configuration is run by hand, so that nobody has to find it; and copies of the main library and of
the two readers, made in the folder of the run, look for modules beside the sockets instead of
under /usr/lib.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import lab, unpacked
from tests.servers.dovecot_dialect import DIALECTS, Dialect
from tests.servers.server_log import KeepsLog

HOSTNAME: Final = "lmtp.lab.test"
DOMAIN: Final = "lab.test"

PASSWORDS: Final = {"alice": "wonderland", "bob": "builder"}
"""Users and their passwords; each has a mailbox."""

FULL: Final = "full"
"""A mailbox that is over its quota, which LMTP says only after the message."""

"""How each version that the lab knows is told the same things."""

MODULES: Final = re.compile(rb"/usr/lib/dovecot/modules([^\0]*)\0")


@dataclass(frozen=True, slots=True)
class Dovecot(KeepsLog):
    """The running server, as a test sees it."""

    host: str
    lmtp_port: int
    lmtp_socket: Path
    """LMTP over a UNIX socket."""
    auth_socket: Path
    hostname: str
    domain: str
    """Mail for alice, bob and full here is accepted; nobody else exists."""
    ca_file: Path
    log: Path
    pid: int


def patched(file: Path, folder: Path) -> Path:
    """Put a copy of a library or program into the folder that has modules in its working folder."""

    def here(found: re.Match[bytes]) -> bytes:
        return (b"modules" + found[1]).ljust(len(found[0]), b"\0")

    octets, count = MODULES.subn(here, file.read_bytes())
    assert count, f"{file} names no modules"
    folder.mkdir(exist_ok=True)
    copy = folder / file.name
    copy.write_bytes(octets)
    copy.chmod(0o755)
    return copy


def dialect(root: Path, env: Mapping[str, str]) -> Dialect:
    """Return what the unpacked version has of its own; without it skip the test, or fail it."""
    command: list[str | Path] = [root / "usr/sbin/dovecot", "--version"]
    version = subprocess.check_output(command, env=env, text=True)
    known = DIALECTS.get(".".join(version.split(".")[:2]))
    return known or lab.missing(f"the lab knows Dovecot {' and '.join(DIALECTS)}, not {version}")


def write_configuration(
    dialect: Dialect, root: Path, home: Path, port: int, library_path: str, *, more: str = ""
) -> lab.Identity:
    """Write dovecot.conf, the users and a certificate; return the certificate's files."""
    certificate = lab.identity(home, HOSTNAME, "localhost", lab.HOST)
    users = [f"{name}:{password}::::::" for name, password in PASSWORDS.items()]
    users.append(f"{FULL}:{FULL}::::::{dialect.few_octets}")
    (home / "users").write_text("".join(f"{user}\n" for user in users))
    (home / "dovecot.conf").write_text(
        dialect.configuration.format(
            root=root,
            home=home,
            host=lab.HOST,
            port=port,
            hostname=HOSTNAME,
            domain=DOMAIN,
            library_path=library_path,
            certificate_file=certificate.certificate_file,
            key_file=certificate.key_file,
        )
        + more
    )
    return certificate


@contextmanager
def once(root: Path, more: Callable[[str], str] = lambda _: "") -> Iterator[Dovecot]:
    """Run Dovecot on a port that was free a moment ago; StartError when it no longer is."""
    with lab.home("dovecot") as home:
        (port,) = lab.free_ports(1)
        (home / "run").mkdir()
        (home / "run" / "modules").symlink_to(root / "usr/lib/dovecot/modules")
        (home / "mail").mkdir()
        (home / "mail").chmod(0o777)
        patched(root / "usr/lib/dovecot/libdovecot.so.0", home / "lib")
        patched(root / "usr/lib/dovecot/config", home / "bin")
        doveconf = patched(root / "usr/bin/doveconf", home / "bin")
        # from 2.4 on the service for quotas is linked with a module
        private = tuple(f"usr/lib/dovecot{part}" for part in ("", "/modules", "/modules/old-stats"))
        env = unpacked.environment([home / "lib", *unpacked.libraries(root, *private)])
        spoken = dialect(root, env)
        certificate = write_configuration(
            spoken, root, home, port, env["LD_LIBRARY_PATH"], more=more(spoken.version)
        )
        configuration = home / "dovecot.conf"
        with lab.daemon(
            [
                *("env", "-C", home / "run", doveconf, *spoken.reader(configuration)),
                *(root / "usr/sbin/dovecot", "-F", "-c", configuration),
            ],
            ready=lambda: lab.first_line(port).startswith(b"220 "),
            folder=home,
            env=env,
        ) as process:
            yield Dovecot(
                host=lab.HOST,
                lmtp_port=port,
                lmtp_socket=home / "run" / "lmtp",
                auth_socket=home / "run" / "auth-client",
                hostname=HOSTNAME,
                domain=DOMAIN,
                ca_file=certificate.ca_file,
                log=home / "dovecot.log",
                pid=process.pid,
            )


@contextmanager
def running(root: Path, more: Callable[[str], str] = lambda _: "") -> Iterator[Dovecot]:
    """Run Dovecot out of the folder it was unpacked in, until the block ends.

    `more` gives further lines of its configuration, for the version that it is told: 2.3, 2.4.
    """
    with lab.persistently(lambda: once(root, more)) as server:
        yield server
