"""`make audit` and `make sbom`: what could not be looked up is never "none known"."""

from __future__ import annotations

import importlib.util
import json
import sys
from types import ModuleType
from typing import Any

import pytest

from tests.contracts.lock import BUILD, DEV, REPOSITORY, RUN


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> Any:
    return loaded("audit", monkeypatch)


@pytest.fixture
def sbom(monkeypatch: pytest.MonkeyPatch) -> Any:
    return loaded("sbom", monkeypatch)


def loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a program of .ci as a module, for the length of a test."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location(f"ci_{name}", REPOSITORY / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


PACKAGES = {("h11", "0.16.0"), ("idna", "3.20")}
CLEAN = {"name": "h11", "version": "0.16.0", "vulns": []}
HIT = {"name": "idna", "version": "3.20", "vulns": [{"id": "PYSEC-1", "fix_versions": ["4.0"]}]}
SKIPPED = {"name": "idna", "skip_reason": "Dependency not found on PyPI"}

CASES = {
    "all audited": ([CLEAN, HIT | {"vulns": []}], 0, "no known vulnerabilities in 2 packages"),
    "a vulnerability": ([CLEAN, HIT], 1, "1 known vulnerability in 2 packages"),
    "a package was skipped": ([CLEAN, SKIPPED], 2, "1 packages, 1 NOT AUDITED"),
    "another version was looked up": ([CLEAN, HIT | {"version": "3.21"}], 2, "1 NOT AUDITED"),
    "a package is missing": ([CLEAN], 2, "1 packages, 1 NOT AUDITED"),
    "a vulnerability beside one skipped": ([HIT, SKIPPED | {"name": "h11"}], 1, "1 NOT AUDITED"),
    "none could be looked up": ([SKIPPED, SKIPPED | {"name": "h11"}], 2, "lock: NOT AUDITED"),
}


@pytest.mark.parametrize("case", CASES)
def test_only_a_whole_audit_says_that_nothing_is_known(audit: Any, case: str) -> None:
    rows, code, words = CASES[case]
    found = audit.verdict("lock", PACKAGES, json.dumps({"dependencies": rows, "fixes": []}), "")
    assert found.code == code
    assert words in found.lines[-1]


@pytest.mark.parametrize("output", ["", "{}", "[]", "No known vulnerabilities found"])
def test_without_an_answer_nothing_is_audited(audit: Any, output: str) -> None:
    found = audit.verdict("lock", PACKAGES, output, "Traceback\nConnectionError: no route")
    assert found == audit.Verdict(("lock: not audited: ConnectionError: no route",), 2)


@pytest.mark.parametrize("name", [RUN, BUILD, DEV])
def test_every_package_of_the_lock_is_looked_up_whatever_its_system(audit: Any, name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if "==" in line.split("#")[0].split(";")[0]]
    assert len(audit.locked(text)) == len(pinned) > 5
    parts = audit.for_any_system(text)
    assert set().union(*map(audit.locked, parts)) == audit.locked(text)
    assert ";" not in "".join(parts)


def test_a_package_locked_twice_is_looked_up_in_two_parts(audit: Any) -> None:
    old = "a==1 ; python_version < '3.13' \\\n    --hash=sha256:1\n"
    new, other = "a==2 \\\n    --hash=sha256:2\n", "b==3\n"
    assert audit.for_any_system(f"# a lock\n{old}{new}{other}") == [
        "a==1 \\\n    --hash=sha256:1\nb==3\n", new,
    ]  # fmt: skip


def test_licences_are_read_in_every_form_of_cyclonedx(sbom: Any) -> None:
    forms = ({"expression": "MIT OR Apache-2.0"}, {"license": {"id": "MIT"}},
             {"license": {"name": "License :: OSI Approved :: BSD License"}})  # fmt: skip
    assert [sbom.licence({"licenses": [form]}) for form in forms] == [
        "MIT OR Apache-2.0", "MIT", "BSD License",
    ]  # fmt: skip
    assert sbom.licence({}) == ""
