"""Servers that are Node programs or libraries, run as their documentation shows it."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from subprocess import Popen
from typing import Final

from tests.servers import fetch, lab, unpacked
from tests.servers.more.brought import folder_of, node, of_npm
from tests.servers.more.stand import (
    HOSTNAME,
    IDLE,
    MINUTES,
    PASSWORD,
    SIZE_LIMIT,
    USER,
    Stand,
    over_tls,
)

HERE: Final = Path(__file__).parent


def running(
    command: Sequence[str | Path],
    port: int,
    home: Path,
    env: Mapping[str, str],
    *,
    implicit_tls: bool = False,
) -> AbstractContextManager[Popen[bytes]]:
    """Run a program that greets on a port until the block ends."""
    return lab.daemon(
        command,
        ready=partial(lab.greets, port, implicit_tls=implicit_tls, within=10),
        folder=home,
        env={"PATH": f"{Path(command[0]).parent}:{unpacked.PATH}", "HOME": str(home), **env},
        within=60,
    )


def when(implicit_tls: bool) -> Sequence[str]:
    """Return the word by which our own programs are told so."""
    return ("implicit-tls",) if implicit_tls else ()


@contextmanager
def aiosmtpd(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run aiosmtpd with STARTTLS or TLS from the first octet, and AUTH."""
    root = folder_of("aiosmtpd")
    with lab.home("aiosmtpd") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, HOSTNAME)
        program = (sys.executable, "-m", "tests.servers.more.aiosmtpd_program", str(port))
        files = (made.certificate_file, made.key_file)
        command: list[str | Path] = [*program, *files, *when(implicit_tls)]
        env = {"PYTHONPATH": f"{root}:{Path.cwd()}"}
        with running(command, port, home, env, implicit_tls=implicit_tls):
            product, version = fetch.BUNDLES["aiosmtpd"].packages[0].split("==")
            yield over_tls(
                Stand(port, f"{product} {version}, PyPI", ca_file=made.ca_file), implicit_tls
            )


@contextmanager
def smtp_server(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run Nodemailer's smtp-server with STARTTLS or TLS from the first octet, and AUTH."""
    root, program = folder_of("nodemailer"), HERE / "smtp_server_program.js"
    with lab.home("nodemailer") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, HOSTNAME)
        files = (made.certificate_file, made.key_file)
        command: list[str | Path] = [node(), program, str(port), *files, *when(implicit_tls)]
        env = {"NODE_PATH": str(root / "node_modules")}
        with running(command, port, home, env, implicit_tls=implicit_tls):
            version = f"smtp-server {of_npm('nodemailer', 'smtp-server')}"
            yield over_tls(Stand(port, version, ca_file=made.ca_file), implicit_tls)


@contextmanager
def maildev(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run maildev, which shows developers the mail of their program.

    AUTH in clear and no STARTTLS, or TLS from the first octet.
    """
    program = folder_of("maildev") / "node_modules/maildev/dist/bin/maildev.js"
    with lab.home("maildev") as home:
        port, web = lab.free_ports(2)
        command = (node(), program, "--smtp", str(port), "--ip", lab.HOST, "--web", str(web))
        login = ("--incoming-user", USER, "--incoming-pass", PASSWORD, "--web-ip", lab.HOST)
        made = lab.identity(home, HOSTNAME)
        pair = ("--incoming-cert", made.certificate_file, "--incoming-key", made.key_file)
        secure = ("--incoming-secure", *pair) if implicit_tls else ()
        with running((*command, *login, *secure), port, home, {}, implicit_tls=implicit_tls):
            here = {
                rf"\b{re.escape(socket.gethostname())}\b": HOSTNAME,
                "Nice to meet you, .*": MET,
            }
            version = f"maildev {of_npm('maildev', 'maildev')}"
            stand = Stand(port, version, 1025, for_senders=True, idle=MINUTES, names=here)
            trust = made.ca_file if implicit_tls else None
            yield over_tls(replace(stand, ca_file=trust), implicit_tls)


MET: Final = "Nice to meet you, probe.example.com"
"""What maildev says to a client whose name it has looked up."""

HARAKA: Final = {
    "host_list": "example.net\n",
    "me": f"{HOSTNAME}\n",
    "plugins": "rcpt_to.in_host_list\nauth/flat_file\ntls\nqueue/test\n",
    "auth_flat_file.ini": f"[core]\nmethods=PLAIN,LOGIN,CRAM-MD5\n[users]\n{USER}={PASSWORD}\n",
    "log.ini": "[main]\nlevel=warn\n",
}
"""What stands in its folder of configuration, beside `smtp.ini` and the certificate."""


@contextmanager
def haraka(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run Haraka for the lab's domain, with STARTTLS or TLS from the first octet, and AUTH."""
    root = folder_of("haraka") / "node_modules"
    with lab.home("haraka") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, HOSTNAME)
        (home / "config").mkdir()
        (home / "queue").mkdir()
        for name, text in HARAKA.items():
            (home / "config" / name).write_text(text)
        settings = f"listen={lab.HOST}:{port}\nnodes=0\ninactivity_timeout={IDLE}\n"
        settings += f"smtps_port={port}\n" if implicit_tls else ""
        (home / "config" / "smtp.ini").write_text(settings)
        limits = (root / "Haraka/config/connection.ini").read_text()  # a part alone is not enough
        limits = limits.replace("bytes=26214400", f"bytes={SIZE_LIMIT}")
        (home / "config" / "connection.ini").write_text(limits)
        tls = f"[main]\nkey={made.key_file}\ncert={made.certificate_file}\n"
        (home / "config" / "tls.ini").write_text(tls)
        command = (node(), root / "Haraka/haraka.js")
        env = {"HARAKA": str(home), "NODE_PATH": str(root), "TMPDIR": str(home)}
        with running(command, port, home, env, implicit_tls=implicit_tls):
            version = f"Haraka {of_npm('haraka', 'Haraka')}"
            yield over_tls(Stand(port, version, ca_file=made.ca_file), implicit_tls)
