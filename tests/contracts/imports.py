"""Which module may import what: the tables, and the reader of syntax trees that applies them.

Every import counts, wherever it stands: in a function, under TYPE_CHECKING, in a `try`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE: Final = "smtpprobe"

LAYERS: Final = (
    ("digits", "exits", "named_tuple", "secret_variables", "signals"),
    ("hidden_answer",),
    ("errors", "help_text", "lookalikes"),
    ("misspelt",),
    ("command_line",),
    ("protocol",),
    ("knowledge", "policy", "settings", "login", "atomic_file", "progress_line"),
    ("net",),
    ("client", "sandbox", "about"),
    ("send",),
    ("script", "starttls", "explainer", "present"),
    ("why", "survey"),
    ("repl", "api", "assistant"),
    ("sync",),
    ("cli",),
    ("__main__",),
)
"""Lowest first. A folder (or a module beside the folders) imports itself and lower layers."""

ALSO_ALLOWED: Final = frozenset(
    {
        ("sandbox", "present"),
        ("send", "present"),
        ("script", "present"),
        ("starttls", "present"),
        ("explainer", "present"),
        ("explainer", "script"),
        ("explainer", "starttls"),
    }
)
"""Pairs (importer, imported) on top of the layers: `present` is pure, so any layer may import it.

`explainer` reads recordings, and `script` is what reads them; findings are a table of `starttls`.
"""

FORBIDDEN: Final = frozenset(
    {
        ("client", "knowledge"),
        ("net", "knowledge"),
        ("present", "client"),
        ("present", "net"),
        ("present", "sandbox"),
        ("repl", "net"),
    }
)
"""Pairs (importer, imported) that the layers would let pass."""

PURE: Final = (
    "command_line.help_page",
    "command_line.options",
    "digits",
    "errors",
    "exits",
    "explainer.arguments",
    "explainer.explain",
    "explainer.formats",
    "explainer.input.found_reply",
    "explainer.cache",
    "explainer.report",
    "help_text",
    "lookalikes",
    "misspelt",
    "named_tuple",
    "knowledge",
    "policy",
    "present",
    "protocol",
    "sandbox.framing",
    "sandbox.handler",
    "sandbox.notices",
    "sandbox.practice",
    "sandbox.replay.recorded_connection",
    "sandbox.replay.session",
    "script.highlight",
    "script.importers",
    "script.language",
    "script.lint",
    "script.parser",
    "script.recordings.builder",
    "script.recordings.json_lines",
    "script.recordings.packets",
    "script.recordings.read",
    "script.recordings.text",
    "script.reports",
    "script.results",
    "script.runner.default_expectations",
    "script.runner.matching",
    "script.runner.owed_replies",
    "script.runner.run_settings",
    "script.runner.session_values",
    "script.runner.variables",
    "script.tools.plan",
    "send.message.composed",
    "send.dialogue",
    "send.judge",
    "send.login",
    "send.message.content",
    "send.order",
    "send.plan",
    "send.redact",
    "send.reports",
    "send.script_text",
    "send.unasked",
    "settings.option_limits",
    "settings.defaults",
    "starttls.facts",
    "starttls.finding",
    "starttls.finding_table",
    "starttls.judge",
    "starttls.progress",
    "starttls.refused_ehlo",
    "starttls.reports",
    "starttls.sender_kinds",
    "starttls.suite_classes",
    "why.at_prompt",
    "survey.contact",
    "survey.estimate.estimate",
    "survey.places",
    "survey.report.changes",
    "survey.report.figures",
    "survey.report.page",
    "why.causes",
    "why.diagnose",
    "why.fact_table",
    "why.facts",
    "why.history",
    "why.local_part",
    "why.plan",
    "why.reports",
    "why.request",
    "why.shown_address",
)
"""Modules, or folders of them, that do no I/O, read no clock and know no third party.

Of ours they import one another only, so that what they use is as pure as they are.
"""

NOT_IN_PURE: Final = frozenset(
    {
        *("asyncio", "fcntl", "os", "pathlib", "random", "secrets", "select", "shutil", "signal"),
        *("socket", "ssl", "subprocess", "sys", "tempfile", "threading", "time"),
    }
)

KEEPERS: Final = {
    "OpenSSL": ("net.tls",),
    "aiosmtplib": ("net.wire",),
    "cattrs": ("survey.codec",),
    "cryptography": ("net.tls",),
    "dask": ("survey.engine",),
    "distributed": ("survey.engine",),
    "dns": ("net.dns",),
    "duckdb": ("survey",),
    "h11": ("net.https", "net.proxied"),
    "idna": ("net", "policy"),
    "keyring": ("login",),
    "msgpack": ("survey.codec",),
    "mcp": ("assistant.server",),
    "mcp_types": ("assistant.server",),
    "platformdirs": ("settings",),
    "prompt_toolkit": ("repl.ui",),
    "pyarrow": ("survey",),
    "pydantic": ("assistant.server",),
    "pytest": ("cli.pytest_plugin", "cli.pytest_scripts"),
    "pygments": ("repl", "script.pygments_lexer"),
    "python_socks": ("net.proxied",),
    "scramp": ("login",),
    "spf": ("net.spf",),
    "ssl": ("net", "sandbox"),
    "trustme": ("sandbox",),
}
"""The modules, or beginnings of their names, that may import each outside thing."""

ANYBODY_FROM_TOP: Final = frozenset({"__version__"})
"""What may be imported from the package itself; the rest of it is there for users."""


@dataclass(frozen=True, slots=True)
class Import:
    """One name imported: `module` is dotted and absolute."""

    line: int
    module: str


def module_name(path: Path, top: Path) -> str:
    """Return a file's dotted name below the package: `net.wire`, `protocol`, `__init__`."""
    parts = path.relative_to(top).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports(source: str, module: str, *, is_folder: bool = False) -> Iterator[Import]:
    """Yield what a module's source imports; relative imports are made absolute.

    `module` is its name below the package; `is_folder` says that it is an `__init__.py`.
    """
    above = [PACKAGE, *module.split(".")]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            up = node.level - (1 if is_folder else 0)
            base = above[: len(above) - up] if node.level else []
            origin = ".".join([*base, *((node.module or "").split(".") if node.module else [])])
            for alias in node.names:
                yield Import(node.lineno, f"{origin}.{alias.name}")


def unit(module: str) -> str:
    """Return what a module belongs to: its folder, or itself beside the folders."""
    return module.split(".", maxsplit=1)[0]


def is_among(module: str, names: tuple[str, ...]) -> bool:
    """Return whether a module is one of the names or in a folder of that name."""
    return any(f"{module}.".startswith(f"{name}.") for name in names)


def layer(name: str) -> int | None:
    """Return on which layer a folder or module lives, or None for one without."""
    return next((level for level, names in enumerate(LAYERS) if name in names), None)


def inside(importer: str, imported: str) -> str | None:
    """Return what is wrong with an import from within the package, or None."""
    here, there = unit(importer), unit(imported)
    if there in ANYBODY_FROM_TOP or importer == "__init__":
        return None  # the front door names the public API
    if here != there and (wrong := between(here, there)):
        return wrong
    if is_among(importer, PURE) and not is_among(imported, PURE):
        return f"a pure module imports {imported}, which is not"
    return None


def between(here: str, there: str) -> str | None:
    """Return what is wrong with an import from one folder into another, or None."""
    lower, upper = layer(there), layer(here)
    if lower is None:
        return f"{there} has no layer"
    if upper is None:
        return f"{here} has no layer"
    if (here, there) in FORBIDDEN:
        return f"{here} must not import {there}"
    if lower >= upper and (here, there) not in ALSO_ALLOWED:
        return f"{here} is below {there}"
    return None


def outside(importer: str, imported: str) -> str | None:
    """Return what is wrong with an import of something that is not ours, or None."""
    top = unit(imported)
    keepers = KEEPERS.get(top)
    if keepers and not any(importer.startswith(keeper) for keeper in keepers):
        return f"{top} belongs to {', '.join(keepers)}"
    if is_among(importer, PURE):
        if top in NOT_IN_PURE:
            return f"a pure module imports {top}"
        if top not in sys.stdlib_module_names:
            return f"a pure module imports the third-party {top}"
    return None


def violations(source: str, module: str, *, is_folder: bool = False) -> list[str]:
    """Return the broken contracts of one module, each with its line."""
    found = []
    for one in imports(source, module, is_folder=is_folder):
        ours = one.module.partition(f"{PACKAGE}.")[2] if unit(one.module) == PACKAGE else ""
        wrong = inside(module, ours) if ours else outside(module, one.module)
        if wrong:
            found.append(f"{module}:{one.line}: {wrong}")
    return found
