"""Writes docs/settings.md from the tables of the program: `python -m tests.docs.settings`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.settings.defaults import ENVIRONMENT, EVERYWHERE
from smtpprobe.settings.settings import KEYS, variable, written_value

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"

HEAD = """\
# Settings and environment

Generated from the program's tables by `python -m tests.docs.settings`; a test checks that it is
current.

`:set` at the prompt takes precedence over the option, that over the environment variable, and that
over the key in `config.toml` (`:config init` writes one; see `--config F` and `--no-config`).
Settings apply to the prompt and, where they make sense, to scripts; those with `yes` in the last
column also apply to `smtpprobe starttls`. Invalid values, and variables that begin with
`SMTPPROBE_` but are not listed here, cause a warning. A `ca_file`, `cert` or `key` that cannot be
read is an error, as there is no substitute for it. The password of an encrypted `key` is asked
for, or comes from `SMTPPROBE_SECRET_key_password` or `--secret key_password=file:F`.

| key, `:set` | environment | option | default | meaning | starttls |
|---|---|---|---|---|---|
"""

MIDDLE = """
Other environment variables (NAME is any name you choose):

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
