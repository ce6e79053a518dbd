"""What each part of the program goes by where nobody says otherwise."""

from __future__ import annotations

from typing import Any

from smtpprobe.cli import launch
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.client import ConnectOptions
from smtpprobe.net.connect import Endpoint
from smtpprobe.net.dial import DialOptions
from smtpprobe.net.tls.context import Demand
from smtpprobe.settings.defaults import DEFAULTS
from smtpprobe.settings.settings import Settings, commented_file
from smtpprobe.starttls.arguments import read_words
from smtpprobe.starttls.collect.options import Gathering
from tests.docs.settings import page


def reach() -> dict[str, Any]:
    """Return what each part of the program goes by where nobody says otherwise."""
    words = main_parser().read(["--no-config", "mx.example"])
    settings = launch.settings_of(words)
    # what is looked at before a connection: files, names of ciphers
    plain = settings._replace(cert="", key="", ciphers="", groups="", proxy="")
    checked = starttls_parser().read(["--no-config", "--ca-file=", "mx.example"])
    read = read_words(checked, {}, client=str, settings=launch.settings_of(checked))
    return {
        "rows": DEFAULTS,
        "fields": Settings()._asdict(),
        "settings": settings._asdict(),
        "sessions": launch.connect_options(words, plain, verify=False)._asdict(),
        "API": ConnectOptions()._asdict(),
        "connection": Endpoint("192.0.2.1", 25).limit,
        "dialling": DialOptions().limit,
        "handshake": Demand("mx.example").limit,
        "check": _limits(read.gathering),
        "check's own": _limits(Gathering("me.example")),
        "help": " ".join(main_parser().help_page().split()),
        "page": page(),
        "file": commented_file(),
    }


def _limits(gathering: Any) -> dict[str, float]:
    names = ("connect", "handshake", "greeting")
    return {f"{name}_timeout": getattr(gathering, f"{name}_limit") for name in names}
