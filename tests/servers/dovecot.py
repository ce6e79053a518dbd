"""A real Dovecot on loopback: LMTP, and the socket where Postfix asks about passwords.

Dovecot looks for two things where the package would have been installed. The reader of its
configuration is run by hand, so that nobody has to find it; and a copy of its main library, made
in the folder of the run, looks for modules beside the sockets instead of under /usr/lib.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import lab

HOSTNAME: Final = "lmtp.lab.test"
DOMAIN: Final = "lab.test"

PASSWORDS: Final = {"alice": "wonderland", "bob": "builder"}
"""Users and their passwords; each has a mailbox."""

FULL: Final = "full"
"""A mailbox that is over its quota, which LMTP says only after the message."""

CONFIGURATION: Final = """\
base_dir = {home}/run
state_dir = {home}/state
libexec_dir = {root}/usr/lib/dovecot
mail_plugin_dir = {root}/usr/lib/dovecot/modules
import_environment = LD_LIBRARY_PATH={library_path}
instance_name = smtpprobe-lab
log_path = {home}/dovecot.log
listen = {host}
protocols = lmtp
mail_location = mbox:{home}/mail/%n:INBOX={home}/mail/%n/inbox
first_valid_uid = 1

ssl = yes
ssl_cert = <{certificate_file}
ssl_key = <{key_file}

disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_username_format = %Ln
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = passwd-file
  args = {home}/users
  default_fields = uid=dovecot gid=dovecot home={home}/mail/%n
}}

service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{  # no waiting after a wrong password
    mode = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {port}
  }}
  unix_listener lmtp {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@{domain}
  hostname = {hostname}
  mail_plugins = quota
}}
plugin {{
  quota = count:User quota
  quota_vsizes = yes
}}
"""

MODULES: Final = b"/usr/lib/dovecot/modules\0"


@dataclass(frozen=True, slots=True)
class Dovecot:
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

    def log_text(self) -> str:
        """Return what has been logged so far."""
        return self.log.read_text(errors="replace")


def patch_library(root: Path, folder: Path) -> None:
    """Put a copy of the main library into the folder that loads modules from the working folder."""
    library = (root / "usr/lib/dovecot/libdovecot.so.0").read_bytes()
    assert MODULES in library
    folder.mkdir()
    here = b"modules".ljust(len(MODULES), b"\0")
    (folder / "libdovecot.so.0").write_bytes(library.replace(MODULES, here))


def write_configuration(root: Path, home: Path, port: int, library_path: str) -> lab.Identity:
    """Write dovecot.conf, the users and a certificate; return the certificate's files."""
    certificate = lab.identity(home, HOSTNAME, "localhost", lab.HOST)
    users = [f"{name}:{password}::::::" for name, password in PASSWORDS.items()]
    users.append(f"{FULL}:{FULL}::::::userdb_quota_rule=*:bytes=10")
    (home / "users").write_text("".join(f"{user}\n" for user in users))
    (home / "dovecot.conf").write_text(
        CONFIGURATION.format(
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
    )
    return certificate


@contextmanager
def once(root: Path) -> Iterator[Dovecot]:
    """Run Dovecot on a port that was free a moment ago; StartError when it no longer is."""
    with lab.home("dovecot") as home:
        (port,) = lab.free_ports(1)
        (home / "run").mkdir()
        (home / "run" / "modules").symlink_to(root / "usr/lib/dovecot/modules")
        (home / "mail").mkdir()
        (home / "mail").chmod(0o777)
        patch_library(root, home / "lib")
        private = ("usr/lib/dovecot", "usr/lib/dovecot/modules/old-stats")
        library_path = f"{home / 'lib'}:{lab.library_path(root, *private)}"
        certificate = write_configuration(root, home, port, library_path)
        configuration = ("-c", home / "dovecot.conf")
        read_configuration = ("-f", "service=master", *configuration, "-m", "master", "-p", "-e")
        with lab.daemon(
            [
                *(root / "usr/bin/doveconf", *read_configuration),
                *(root / "usr/sbin/dovecot", "-F", *configuration),
            ],
            ready=lambda: lab.first_line(port).startswith(b"220 "),
            folder=home,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LD_LIBRARY_PATH": library_path},
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
def running(root: Path) -> Iterator[Dovecot]:
    """Run Dovecot out of the folder it was unpacked in, until the block ends."""
    with lab.persistently(lambda: once(root)) as server:
        yield server
