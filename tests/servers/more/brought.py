"""What was brought for a server: where it lies, and which version it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import unquote

from tests.servers import fetch
from tests.servers.more.stand import CannotStandError


def folder_of(name: str) -> Path:
    """Return the folder that a bundle was brought into; CannotStandError without it."""
    if reason := fetch.why_missing(name):
        raise CannotStandError(reason)
    return fetch.root_of(name)


def packaged(bundle: str, package: str) -> str:
    """Return the version of a Debian package that was brought."""
    stamp = json.loads((folder_of(bundle) / "fetched.json").read_text())
    found = next(name for name in stamp["packages"] if name.startswith(f"{package}_"))
    return f"{unquote(found.split('_')[1])}, Debian"


def of_npm(bundle: str, package: str) -> str:
    """Return the version of a Node package that was brought, as it says itself."""
    manifest = folder_of(bundle) / "node_modules" / package / "package.json"
    return f"{json.loads(manifest.read_text())['version']}, npm"


def node() -> str:
    """Return where Node is; CannotStandError without it."""
    found = shutil.which("node")
    if found is None:
        raise CannotStandError("node is not on this machine")
    return found
