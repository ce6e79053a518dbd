"""The direction of imports, and who may know which outside thing."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

import smtpprobe
from smtpprobe import net
from tests.contracts.imports import (
    LAYERS,
    PURE,
    imports,
    is_among,
    module_name,
    unit,
    violations,
)
from tests.each_row import each_row

TOP = Path(__file__).parents[2] / "smtpprobe"
MODULES = {module_name(path, TOP): path for path in sorted(TOP.rglob("*.py"))}
HELD = [module for module in MODULES if is_among(module, PURE)]


@each_row(MODULES)
def test_a_module_imports_only_what_its_place_allows(module: str) -> None:
    path = MODULES[module]
    source = path.read_text(encoding="utf-8")
    assert violations(source, module, is_folder=path.name == "__init__.py") == []


def test_every_module_has_a_layer() -> None:
    housed = {name for names in LAYERS for name in names}
    assert {unit(module) for module in MODULES} - {"__init__"} <= housed


@each_row(HELD)
def test_a_pure_module_that_asks_the_system_is_found(module: str) -> None:
    path = MODULES[module]
    changed = path.read_text(encoding="utf-8") + "\nimport os\n"
    found = violations(changed, module, is_folder=path.name == "__init__.py")
    assert [text.rpartition(": ")[2] for text in found] == ["a pure module imports os"]


def test_every_module_that_says_it_is_pure_is_held_to_it() -> None:
    says = {
        module
        for module, path in MODULES.items()
        if (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
        .split("\n\n", maxsplit=1)[0]
        .endswith("Pure.")
    }
    assert says <= {*HELD}


def test_every_name_in_the_table_of_pure_things_is_there() -> None:
    assert [name for name in PURE if not any(is_among(module, (name,)) for module in MODULES)] == []


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("protocol.reply", "import asyncio", "a pure module imports asyncio"),
        ("protocol.reply", "from os import path", "a pure module imports os"),
        ("starttls.judge.tls", "from pathlib import Path", "a pure module imports pathlib"),
        (
            "script.language.values",
            "from smtpprobe.script.runner.send import send",
            "a pure module imports script.runner.send.send, which is not",
        ),
        ("present.spans", "import rich.text", "a pure module imports the third-party rich"),
        ("script.language", "def f():\n    import time", "a pure module imports time"),
        ("protocol.reply", "from smtpprobe.net import wire", "protocol is below net"),
        ("protocol.reply", "from ..net.wire import Wire", "protocol is below net"),
        ("protocol", "from ..net import wire", "protocol is below net"),
        (
            "knowledge.rules",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import smtpprobe.client",
            "knowledge is below client",
        ),
        ("present.view", "from smtpprobe.client import Client", "present must not import client"),
        ("repl.repl", "from smtpprobe.net.dial import dial", "repl must not import net"),
        (
            "knowledge.rules",
            "import smtpprobe.policy.certificate_names",
            "knowledge is below policy",
        ),
        ("client", "import aiosmtplib", "aiosmtplib belongs to net.wire"),
        ("net.dial", "import dns.resolver", "dns belongs to net.dns"),
        ("run", "from prompt_toolkit import prompt", "prompt_toolkit belongs to repl.ui"),
        ("net.dial", "import trustme", "trustme belongs to sandbox"),
        ("net.dial", "from smtpprobe.attic import old", "attic has no layer"),
        ("net.dial", "from smtpprobe import Client", "Client has no layer"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str, wrong: str) -> None:
    found = violations(source, module, is_folder=module == "protocol")
    assert [text.rpartition(": ")[2] for text in found] == [wrong]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("protocol.reply", "import re, enum\nfrom dataclasses import dataclass"),
        ("net.wire", "import aiosmtplib.protocol\nfrom smtpprobe.protocol.reply import Reply"),
        ("net.tls_verdict", "from OpenSSL import crypto\nfrom cryptography import x509"),
        ("script.runner", "import asyncio\nfrom smtpprobe.present import spans"),
        ("repl.ui.full", "import prompt_toolkit\nfrom . import keys\nfrom ..client import Client"),
        ("cli", "from smtpprobe import __version__\nfrom smtpprobe.cli.launch import run_session"),
    ],
)
def test_an_allowed_import_is_left_alone(module: str, source: str) -> None:
    assert violations(source, module) == []


def test_a_name_is_imported_from_the_module_that_defines_it() -> None:
    """With mypy's `no_implicit_reexport` only `__all__` could hand on what another module has."""
    assert [path for path in MODULES.values() if "__all__" in path.read_text()] == []


@pytest.mark.parametrize("package", [smtpprobe, net], ids=lambda package: package.__name__)
def test_a_name_that_is_found_on_first_use_is_where_type_checkers_find_it(
    package: ModuleType,
) -> None:
    source = Path(str(package.__file__)).read_text(encoding="utf-8")
    told = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("smtpprobe.")
        for alias in node.names
    }
    homes: dict[str, str] = package._HOMES  # the table that the module goes by
    assert {f"{package.__name__}.{home}.{name}" for name, home in homes.items()} == told
    assert all(hasattr(package, name) for name in homes)


def test_a_relative_import_is_read_from_the_folder_it_stands_in() -> None:
    def read(source: str, module: str, *, is_folder: bool) -> list[str]:
        return [one.module for one in imports(source, module, is_folder=is_folder)]

    assert read("from . import b", "net.a", is_folder=False) == ["smtpprobe.net.b"]
    assert read("from .b import c", "net", is_folder=True) == ["smtpprobe.net.b.c"]
    assert read("from ..x.y import z", "net.a", is_folder=False) == ["smtpprobe.x.y.z"]
