"""Write what smtpprobe is made of, into dist/: `make sbom`.

`smtpprobe.cdx.json` is a CycloneDX document of the locked packages that a user gets, each with its
version and licence; `licences.txt` lists them for people. The environment that it is made from is
installed from the lock and removed afterwards. The same commit gives the same octets.

Exit code 1: a package names no licence.
"""

from __future__ import annotations

import json
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from dist import TOP, commit_time, locked, needed, run

TOOL = "cyclonedx-bom>=7.2,<8"
OUTPUT = TOP / "dist"


def licence(component: dict[str, Any]) -> str:
    """Return the licences of a component in a line, as SPDX expressions where it has them."""
    found = []
    for one in component.get("licenses", ()):
        named = one.get("license", {})
        found.append(one.get("expression") or named.get("id") or named.get("name") or "")
    short = (name.removeprefix("License :: ").removeprefix("OSI Approved :: ") for name in found)
    declared = [name for name in dict.fromkeys(short) if name and "\n" not in name]
    return " AND ".join(declared)


def rows(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, version and licence of each package in a CycloneDX document."""
    return sorted(
        (one["name"], one["version"], licence(one)) for one in document.get("components", ())
    )


def main() -> int:
    """Write both files; return the exit code."""
    OUTPUT.mkdir(exist_ok=True)
    path = OUTPUT / "smtpprobe.cdx.json"
    with tempfile.TemporaryDirectory() as place:
        tools, target = Path(place, "tools"), Path(place, "target")
        venv.create(tools, with_pip=True)
        venv.create(target)
        python = tools / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", TOOL)
        lock = Path(place, "lock.txt")
        lock.write_text("\n".join(locked(needed())) + "\n")
        into = (python, "-m", "pip", "--python", target / "bin" / "python", "install", "--quiet")
        run(*into, "--no-deps", "--require-hashes", "--requirement", lock)
        run(
            *(tools / "bin" / "cyclonedx-py", "environment", "--pyproject", TOP / "pyproject.toml"),
            *("--output-reproducible", "--output-file", path, target / "bin" / "python"),
            SOURCE_DATE_EPOCH=commit_time(),
        )
    found = rows(json.loads(path.read_text()))
    lines = [f"{name} {version}: {named or 'no licence named'}\n" for name, version, named in found]
    (OUTPUT / "licences.txt").write_text("".join(lines))
    sys.stdout.write("".join(lines))
    return 0 if found and all(named for *_, named in found) else 1


if __name__ == "__main__":
    sys.exit(main())
