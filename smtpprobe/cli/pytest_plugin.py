"""`pytest --smtp-target mx.example.org:25 checks/`: scripts as tests (entry point `pytest11`).

Scripts are collected only where the option is given, or `smtp_target` or `smtp_options` is in
pytest's configuration. Without, a run of pytest loads this module and nothing else of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SUFFIX = ".smtp"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; `smtp_options` are words as on smtpprobe's own command line."""
    group = parser.getgroup("smtpprobe", "SMTP scripts (smtpprobe)")
    target = "run *.smtp files as tests against this server or domain"
    group.addoption("--smtp-target", metavar="TARGET", help=target)
    options = "options of smtpprobe for these runs, as in '--ca-file ca.pem --var to=me@x.example'"
    group.addoption("--smtp-options", metavar="WORDS", help=options)
    parser.addini("smtp_target", f"{target}; empty: where each script connects to", default=None)
    parser.addini("smtp_options", options, default=None)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the collector for a script's cases; None for other files or without the option."""
    if file_path.suffix != SUFFIX:
        return None
    target, options = (_asked(parent.config, name) for name in ("smtp_target", "smtp_options"))
    if target is None and options is None:
        return None
    from smtpprobe.cli.pytest_scripts import ScriptFile  # noqa: PLC0415 - only where it is asked for

    return ScriptFile.from_parent(parent, path=file_path, target=target, options=options or "")


def _asked(config: pytest.Config, name: str) -> str | None:
    given = config.getoption(f"--{name.replace('_', '-')}")
    found = config.getini(name) if given is None else given
    return None if found is None else str(found)
