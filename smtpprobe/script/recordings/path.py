"""Where a session or a script is recorded to: a path with its fields filled in."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterable

from smtpprobe.protocol.target import Target
from smtpprobe.script.parser.source import SUFFIX

_APART = re.compile(r"[\s/\0]+")
"""The characters that no file name gets."""


def transcript_path(pattern: str, target: Target | None, stem: str = "", variant: str = "") -> str:
    """Return a path with `{host}`, `{date}` and `{file}` filled in.

    `stem` is the script's name, `variant` distinguishes its runs against several targets.
    """
    host = _part(target.name) if target is not None else "offline"
    file = f"{stem}-{_part(variant)}" if variant else stem
    date = time.strftime("%Y-%m-%dT%H%M%S")
    fields = {"{host}": host, "{date}": date} | ({"{file}": file} if stem else {})
    for field, value in fields.items():
        pattern = pattern.replace(field, value)
    return pattern


def stems(names: Iterable[str]) -> dict[str, str]:
    """Return the replacement of `{file}` for each script: its name without folder.

    Scripts of the same name in several folders keep as much of these as they are called by.
    """
    short = {name: os.path.basename(name).removesuffix(SUFFIX) for name in names}  # noqa: PTH119 - also "standard input"
    often = Counter(short.values())
    return {
        name: stem if often[stem] == 1 else _part(name.removesuffix(SUFFIX))
        for name, stem in short.items()
    }


def _part(text: str) -> str:
    return _APART.sub("_", text.strip("/"))
