"""Writes docs/settings.md from the tables of the program: `python -m tests.docs.settings`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.settings.rows import ENVIRONMENT, EVERYWHERE
from smtpprobe.settings.settings import KEYS, variable, written_value

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"

HEAD = """\
# Settings and environment

Made from the tables of the program by `python -m tests.docs.settings`; a test checks that it is
current.

A setting is what `:set` says at the prompt, else the option, else the variable of the environment,
else the key in `config.toml` (`:config init` writes one; `--config F`, `--no-config`), else the
default. All of them hold for the prompt and for scripts, as far as these have such a thing; those
with `yes` in the last column for `smtpprobe starttls` too. A value that cannot be understood is
warned about, and so is a variable that begins with `SMTPPROBE_` and is not listed here. A `ca_file`
that cannot be read is an error, as no other roots can stand for it.

| key, `:set` | environment | option | default | meaning | starttls |
|---|---|---|---|---|---|
"""

MIDDLE = """
What else the environment tells (NAME is a name of your own):

| environment | meaning |
|---|---|
"""


def page() -> str:
    """Return the page."""
    rows = []
    for key in KEYS.values():
        option = "--" + key.name.replace("_", "-")
        default = written_value(key, key.default)
        values = f" ({', '.join(key.values)})" if key.values else ""
        reaches = "yes" if key.name in EVERYWHERE else ""
        if key.kind == "bool":
            option = f"{option}`, `--no{option[1:]}"
        cells = (f"`{key.name}`", f"`{variable(key.name)}`", f"`{option}`",
                 f"`{default}`" if default else "", f"{key.meaning}{values}", reaches)  # fmt: skip
        rows.append("| " + " | ".join(cells) + " |\n")
    others = [f"| `{name}` | {meaning} |\n" for name, meaning in ENVIRONMENT]
    return "".join((HEAD, *rows, MIDDLE, *others))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
