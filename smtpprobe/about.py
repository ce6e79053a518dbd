"""What is installed here and where it reads its settings: for --version and bug reports."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from smtpprobe import __version__
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.tls.versions import openssl_versions
from smtpprobe.settings.settings import config_path, state_path

LIBRARIES = (
    "aiosmtplib", "cryptography", "dnspython", "h11", "idna", "prompt_toolkit", "pygments",
    "pyOpenSSL", "regex", "scramp",
)  # fmt: skip
"""What a bug may be in beside us, by the names of the distributions."""


class About(NamedTuple):
    """One thing that is said: a label, and a text without control characters of our own."""

    label: str
    text: str


def about(environment: Mapping[str, str] = os.environ) -> list[About]:
    """Return all of it but the version: Python, OpenSSL, libraries, files.

    Of the environment the names are given and no values, which may be secrets.
    """
    variables = sorted(one for one in environment if one.startswith("SMTPPROBE_"))
    name, release = platform.system(), platform.release()
    implementation = platform.python_implementation()
    system = f"{name} {release} {platform.machine()}"
    return [
        About("installed in", str(Path(__file__).parent)),
        About("Python", f"{platform.python_version()} {implementation} ({sys.executable})"),
        About("system", f"{system}, {_distribution()}" if _distribution() else system),
        About("TLS", openssl_versions()),
        About("libraries", ", ".join(_library(name) for name in LIBRARIES)),
        About("settings", _file(config_path())),
        About("replies", _file(config_path().parent / "replies.toml")),
        About("history", _file(state_path() / "history")),
        *([About("environment", ", ".join(variables))] if variables else []),
    ]


def about_text() -> str:
    """Return what `--version` prints; its first line is the version alone."""
    return "".join(
        (f"smtpprobe {__version__}\n", *(f"  {one.label:<13} {one.text}\n" for one in about()))
    )


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} of an unknown version"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return ""


def _file(path: Path) -> str:
    try:
        readable = os.access(path, os.R_OK)
        return f"{path} ({'there' if readable else 'cannot be read' if path.exists() else 'none'})"
    except OSError as error:
        return f"{path} ({error.strerror})"
