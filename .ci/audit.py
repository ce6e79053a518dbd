"""Look up known vulnerabilities of every locked package: `make audit`.

pip-audit does it, in an environment of its own that is removed afterwards. It exits 0 and says "No
known vulnerabilities found" also where it could look nothing up, so its JSON decides here: what was
not looked up is named, and is not the same as none known.

Exit codes: 0 none known in any package; 1 some are known; 2 not every package could be looked up.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any, NamedTuple

TOP = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
TOOL = "pip-audit>=2.10,<3"


class Verdict(NamedTuple):
    """The lines to print, and the exit code."""

    lines: tuple[str, ...]
    code: int


Package = tuple[str, str]
"""A name and a version; a name may be locked twice, for older and newer Pythons."""


def locked(text: str) -> set[Package]:
    """Return the packages of a lock."""
    return set(re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text))


def for_any_system(text: str) -> list[str]:
    """Return a lock without its markers, as locks that each name a package once.

    Packages for other systems are looked up too. pip-audit refuses a file that names a package
    twice, as a lock does whose versions differ between Pythons.
    """
    bare = re.sub(r"(?m)^(\S+==[^\s;]+) *;[^\\\n]*", r"\1 ", text)
    parts: list[dict[str, str]] = []
    for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", bare)[1:]:
        name = entry.partition("==")[0]
        part = next((part for part in parts if name not in part), None)
        if part is None:
            parts.append(part := {})
        part[name] = entry
    return ["".join(part.values()) for part in parts]


def verdict(name: str, packages: set[Package], output: str, trouble: str) -> Verdict:
    """Return what pip-audit's JSON says of the packages of a lock.

    `trouble` is its standard error: the reason where there is no JSON at all.
    """
    try:
        found: dict[str, Any] = json.loads(output)
        rows = {(row["name"], row.get("version")): row for row in found["dependencies"]}
        skipped = {row["name"]: row for row in found["dependencies"] if "version" not in row}
    except (ValueError, KeyError, TypeError):
        last = (trouble.strip().splitlines() or ["pip-audit printed nothing"])[-1]
        return Verdict((f"{name}: not audited: {last}",), 2)
    lines: list[str] = []
    known = 0
    missed: dict[str, str] = {}
    for package, version in sorted(packages):
        unknown = skipped.get(package, {"skip_reason": "pip-audit did not report it"})
        row = rows.get((package, version), unknown)
        if reason := row.get("skip_reason"):
            missed[f"{package} {version}"] = reason
        for one in row.get("vulns", ()):
            known += 1
            fixed = ", ".join(one.get("fix_versions", ())) or "no version yet"
            lines.append(f"{package} {version}: {one['id']}, fixed in: {fixed}")
    if missed or not packages:
        reason = next(iter(missed.values()), "the lock names no packages")
        lines += [f"not audited: {', '.join(missed)}", f"the first reason: {reason}"]
    word = "vulnerability" if known == 1 else "vulnerabilities"
    what = f"{known or 'no'} known {word} in {len(packages) - len(missed)} packages"
    left = f", {len(missed)} NOT AUDITED" if missed else ""
    lines.append(f"{name}: {what}{left}" if len(packages) > len(missed) else f"{name}: NOT AUDITED")
    return Verdict(tuple(lines), 1 if known else 2 if missed or not packages else 0)


def main() -> int:
    """Audit each lock; return the worst exit code: known vulnerabilities before missing answers."""
    codes = set()
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        python = Path(place, "bin", "python")
        install = [str(python), "-m", "pip", "install", "--quiet", TOOL]
        if subprocess.run(install, check=False).returncode:
            sys.stderr.write("not audited: pip-audit could not be installed\n")
            return 2
        for name in LOCKS:
            for part in for_any_system((TOP / name).read_text()):
                lock = Path(place, name)
                lock.write_text(part)
                command = (
                    *(str(python), "-m", "pip_audit", "--requirement", str(lock)),
                    *(
                        "--require-hashes",
                        "--disable-pip",
                        "--format=json",
                        "--progress-spinner=off",
                    ),
                )
                done = subprocess.run(
                    command, capture_output=True, text=True, check=False, cwd=place
                )
                found = verdict(name, locked(part), done.stdout, done.stderr)
                sys.stdout.write("".join(f"{line}\n" for line in found.lines))
                codes.add(found.code)
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
