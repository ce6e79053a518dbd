"""What smtpprobe itself is asked to do with each server: a check, a message, a cause, a script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import lab
from tests.servers.more.recorder import SOURCE, anonymous
from tests.servers.more.situations import CLIENT
from tests.servers.more.stand import DOMAIN, PASSWORD, USER, Stand

JOBS: Final = ("starttls", "send", "why", "script", "pipe")
"""The names of the jobs, in the order of `asked`."""

JOB: Final = "# job "
EXIT: Final = "# exit "

SCRIPT: Final = """\
{hello} probe.example.com
< 250
RCPT TO:<ghost@{domain}>
< 5xx
QUIT
< 221
"""

PIPED: Final = "{hello} probe.example.com\nNOOP\nRSET\nQUIT\n"

CHANGING: Final[Mapping[str, str]] = {
    r"\b\d+(\.\d+)? m?s\b": "1 ms",
    r"\b\d+\.\d+s\b": "0.00s",
    r"\d{6} days left": "355000 days left",
    r"queue id [0-9A-Za-z-]+": "queue id 0A1B2C3D4E",
    r"<\d+\.\d+\.\d+@": "<1.2.3@",
    r"[0-9a-f]{64}": "0" * 64,
}
"""What differs from run to run, by patterns, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One run of the program: its words, and what goes to its standard input."""

    words: Sequence[str]
    given: str = ""


def asked(stand: Stand, folder: Path) -> dict[str, Asked]:
    """Return what is asked of one server, by the name of the job."""
    target = f"{stand.scheme}://[{stand.host}]:{stand.port}"
    recipient = f"{USER}@{stand.domain}"
    hello = "LHLO" if stand.lmtp else "EHLO"
    there = ("--no-config", "--bind", SOURCE, "--client", CLIENT, "--timeout", "20s")
    trust = ("--ca-file", str(stand.ca_file)) if stand.ca_file else ()
    named = ("--sni", stand.certified)
    given = ("--auth-user", stand.login, "--auth-password-from", "env:LAB_PASSWORD")
    login = given if stand.for_senders else ()
    script = folder / "check.smtp"
    script.write_text(SCRIPT.format(hello=hello, domain=stand.domain))
    envelope = ("--from", "bob@example.com")
    message = (*envelope, "--to", recipient, "--subject", "hello", "--body", "A message.")
    place = f"[{stand.host}]:{stand.port}"
    via = (*envelope, "--via", "submission", f"smtps://{place}" if stand.implicit_tls else place)
    return {
        "starttls": Asked(("starttls", *there, *trust, *named, target)),
        "send": Asked(
            (
                "send",
                *there,
                *trust,
                *named,
                *login,
                *message,
                target,
            )
        ),
        "why": Asked(("why", *there, *trust, *login, *via, recipient)),
        "script": Asked((*there, *trust, *named, "--script", str(script), target)),
        "pipe": Asked((*there, *trust, *named, target), PIPED.format(hello=hello)),
    }


def run(stand: Stand) -> str:
    """Return what came of all jobs at a server: command lines, exit codes, what was written."""
    parts = []
    with lab.home("own-jobs") as folder:
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        env |= {"LAB_PASSWORD": PASSWORD, "NO_COLOR": "1"}
        for name, job in asked(stand, folder).items():
            done = subprocess.run(
                (Path(sys.executable).with_name("smtpprobe"), *job.words),
                **({"input": job.given} if job.given else {"stdin": subprocess.DEVNULL}),
                env=env,
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )
            line = " ".join(job.words)
            parts.append(f"{JOB}{name}\n$ smtpprobe {line}\n{EXIT}{done.returncode}\n")
            parts.append(done.stdout + done.stderr)
        text = "".join(parts).replace(str(folder), "/lab")
    if stand.ca_file:
        text = text.replace(str(stand.ca_file), "ca.pem")
    text = re.sub(rf"(:|port ){stand.port}\b", rf"\g<1>{stand.seen_port}", text)
    names = {**stand.names, re.escape(stand.domain): DOMAIN}
    return anonymous(anonymous(text, CHANGING), names)
