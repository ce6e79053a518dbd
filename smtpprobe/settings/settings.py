"""Settings from their four sources: `:set`, option, environment, file; and how each is read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from smtpprobe.digits import whole_number
from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.target import parse_server
from smtpprobe.protocol.transport.proxy import masked_proxy, parse_proxy
from smtpprobe.protocol.transport.proxy_header import ProxyHeader, parse_header
from smtpprobe.protocol.transport.tls_offer import TlsOffer
from smtpprobe.protocol.units import parse_limit, written_duration
from smtpprobe.settings.defaults import DEFAULTS, ENVIRONMENT, OF_THE_TESTS, SETTINGS

Value: TypeAlias = str | bool | int | float


class Key(NamedTuple):
    """One setting: its name, how its text is read, and what it means."""

    name: str
    kind: str
    default: Value
    values: tuple[str, ...]
    meaning: str


KEYS: dict[str, Key] = {row[0]: Key(*row) for row in SETTINGS}


_MOST = 999_999_999
"""The largest number that a setting takes."""


class Settings(NamedTuple):
    """The settings of the prompt. Times are in seconds; `KEYS` says what each field means."""

    client: str = DEFAULTS["client"]
    tls_verify: bool = DEFAULTS["tls_verify"]
    ca_file: str = DEFAULTS["ca_file"]
    sni: str = DEFAULTS["sni"]
    cert: str = DEFAULTS["cert"]
    key: str = DEFAULTS["key"]
    tls_min: str = DEFAULTS["tls_min"]
    tls_max: str = DEFAULTS["tls_max"]
    ciphers: str = DEFAULTS["ciphers"]
    groups: str = DEFAULTS["groups"]
    proxy: str = DEFAULTS["proxy"]
    proxy_protocol: str = DEFAULTS["proxy_protocol"]
    resolver: str = DEFAULTS["resolver"]
    connect_timeout: float = DEFAULTS["connect_timeout"]
    handshake_timeout: float = DEFAULTS["handshake_timeout"]
    greeting_timeout: float = DEFAULTS["greeting_timeout"]
    annotate: str = DEFAULTS["annotate"]
    replies: str = DEFAULTS["replies"]
    hints: str = DEFAULTS["hints"]
    toolbar: bool = DEFAULTS["toolbar"]
    ghost: bool = DEFAULTS["ghost"]
    theme: str = DEFAULTS["theme"]
    color: str = DEFAULTS["color"]
    prompt: str = DEFAULTS["prompt"]
    quiet: bool = DEFAULTS["quiet"]
    on_eof: str = DEFAULTS["on_eof"]
    lockstep: bool = DEFAULTS["lockstep"]
    history: bool = DEFAULTS["history"]
    history_ignore_space: bool = DEFAULTS["history_ignore_space"]
    show_secrets: bool = DEFAULTS["show_secrets"]
    paste_confirm: int = DEFAULTS["paste_confirm"]
    editing_mode: str = DEFAULTS["editing_mode"]
    editor: str = DEFAULTS["editor"]
    plain: bool = DEFAULTS["plain"]
    bell: bool = DEFAULTS["bell"]
    transcript: str = DEFAULTS["transcript"]

    def changed(self, name: str, text: str) -> Settings:
        """Return the settings with one changed, its value read from text.

        Raises:
            UsageError: no such setting, or no such value; nearest names are in the hint.
        """
        return _settings(self._asdict() | {name: read_value(known_key(name), text)})

    @property
    def name_sent(self) -> str | None:
        """The name sent in SNI instead of the host's: None for the host's, empty for none."""
        return None if not self.sni else "" if self.sni == "none" else self.sni

    @property
    def offer(self) -> TlsOffer:
        """What this side brings to handshakes; the password of its key is not a setting."""
        return TlsOffer(
            certificate=self.cert,
            key=self.key,
            oldest=self.tls_min,
            newest=self.tls_max,
            ciphers=self.ciphers,
            groups=self.groups,
        )

    @property
    def proxy_header(self) -> ProxyHeader | None:
        """The PROXY header to send first, None for none."""
        return parse_header(self.proxy_protocol) if self.proxy_protocol else None

    def shown(self, name: str) -> str:
        """Return a setting's value as one would write it."""
        text = written_value(known_key(name), getattr(self, name))
        return masked_proxy(text) if name == "proxy" else text


def known_key(name: str) -> Key:
    """Return the setting of that name; raises UsageError that names the nearest one."""
    if name not in KEYS:
        import difflib  # noqa: PLC0415 - only for what is wrong

        near = difflib.get_close_matches(name, KEYS, 1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(KEYS)}"
        raise UsageError(f"unknown setting {name!r}", hint)
    return KEYS[name]


_BOOLEANS = {
    "on": True, "true": True, "yes": True, "1": True,
    "off": False, "false": False, "no": False, "0": False,
}  # fmt: skip


def read_value(key: Key, text: str) -> Value:
    """Return the value that a text means for a setting.

    Raises:
        UsageError: the text is none of its values.
    """
    match key.kind:
        case "bool":
            if text.lower() not in _BOOLEANS:
                raise UsageError(f"{key.name}: {text!r} is neither on nor off")
            return _BOOLEANS[text.lower()]
        case "choice":
            if text not in key.values:
                raise UsageError(f"{key.name}: {text!r} is not one of {', '.join(key.values)}")
            return text
        case "duration":
            return parse_limit(text, key.name)
        case kind if kind in _FOUND and text:
            return _FOUND[key.kind](text, key.name)
        case "number":
            if (found := whole_number(text, _MOST)) is None:
                raise UsageError(f"{key.name}: {text!r} is not a number up to {_MOST}")
            return found
        case _:
            return text


def _file(text: str, name: str) -> str:
    path = os.path.expanduser(text)  # noqa: PTH111 - kept as it was written otherwise
    if not os.access(path, os.R_OK):
        option = f"--{name.replace('_', '-')}"
        raise UsageError(
            f"cannot read {path}", f"it comes from {option}, {variable(name)} or {name}"
        )
    return path


def _server(text: str, _name: str) -> str:
    parse_server(text)
    return text


def _proxy(text: str, _name: str) -> str:
    parse_proxy(text)
    return text


def _proxy_header(text: str, _name: str) -> str:
    parse_header(text)
    return text


_FOUND = {"file": _file, "server": _server, "proxy": _proxy, "proxy_header": _proxy_header}
"""How the text of a setting is read that names something outside the program."""


def written_value(key: Key, value: Value) -> str:
    """Return a value as one would write it in the file or after `:set`."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return written_duration(float(value)) if key.kind == "duration" else str(value)


def config_path() -> Path:
    """Return where the configuration file is looked for."""
    import platformdirs  # noqa: PLC0415 - not needed with --no-config

    return platformdirs.user_config_path("smtpprobe") / "config.toml"


def state_path() -> Path:
    """Return the folder of the history file."""
    import platformdirs  # noqa: PLC0415 - as above

    return platformdirs.user_state_path("smtpprobe")


OURS = "SMTPPROBE_"


def variable(name: str) -> str:
    """Return the variable of the environment that holds a setting."""
    return OURS + name.upper()


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Return a sentence for each variable of our name that means nothing, without its value."""
    settings = {variable(name) for name in KEYS}
    forms = [name.removesuffix("NAME") for name, _ in ENVIRONMENT if name.startswith(OURS)]
    unknown = [
        name
        for name in sorted(environment)
        if name.startswith(OURS)
        and name not in settings
        and not name.startswith((*forms, *OF_THE_TESTS))
    ]
    return [f"{name} is not a setting; {_near(name.removeprefix(OURS), forms)}" for name in unknown]


def _near(name: str, forms: list[str]) -> str:
    """Return what may have been meant by a variable, whose name is given without ours before it."""
    import difflib  # noqa: PLC0415 - only for what is wrong

    if near := difflib.get_close_matches(name.lower(), KEYS, 1):
        return f"did you mean {variable(near[0])}?"
    kind, _, rest = name.partition("_")
    kinds = {form.removeprefix(OURS).strip("_"): form for form in forms}
    if (near := difflib.get_close_matches(kind, kinds, 1)) and rest:
        return f"did you mean {kinds[near[0]]}{rest}?"
    if name in _SECRETS:
        return f"did you mean {OURS}SECRET_{name.lower()}?"
    return "see docs/settings.md"


_SECRETS = ("PASSWORD", "TOKEN")


class Loaded(NamedTuple):
    """Settings, and the errors in their sources: a sentence each."""

    settings: Settings
    warnings: tuple[str, ...]


def load(
    options: Mapping[str, Value],
    environment: Mapping[str, str] = os.environ,
    path: Path | None = None,
) -> Loaded:
    """Return the settings: option before environment before file before default.

    `options` holds values already read; `path` None reads no file. What cannot be understood is
    left at its default, with a warning; so is an unknown SMTPPROBE_ variable.

    Raises:
        UsageError: a file cannot be read: who is trusted, or who one is, is nothing to do without.
    """
    warnings: list[str] = []
    found: dict[str, Value] = {}
    texts = dict(_file_texts(path, warnings)) if path is not None else {}
    texts |= {
        name: (variable(name), environment[variable(name)])
        for name in KEYS
        if variable(name) in environment
    }
    warnings += unknown_variables(environment)
    for name, (source, text) in texts.items():
        if name in options:
            continue
        try:
            found[name] = read_value(KEYS[name], text)
        except UsageError as error:
            if KEYS[name].kind == "file":
                raise UsageError(f"{source}: {error.message}", error.hint) from error
            warnings.append(f"{source}: {error.message}; using the default")
    found |= options
    return Loaded(_settings(found), tuple(warnings))


def _settings(values: dict[str, Any]) -> Settings:
    return Settings(**values)


def _file_texts(path: Path, warnings: list[str]) -> list[tuple[str, tuple[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        warnings.append(f"{path}: {error}; using the defaults")
        return []
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        warnings.append(f"{path}: {error}; using the defaults")
        return []
    found = []
    for name, value in table.items():
        try:
            found.append((known_key(name).name, (str(path), _as_text(value))))
        except UsageError as error:
            warnings.append(f"{path}: {error.message}; {error.hint}")
    return found


def _as_text(value: Any) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def commented_file() -> str:
    """Return a configuration file with every setting as a comment."""
    rows = ["# smtpprobe settings; remove the # from a line to change it", ""]
    for key in KEYS.values():
        values = f" ({', '.join(key.values)})" if key.values else ""
        text = written_value(key, key.default)
        plain = key.kind == "number"
        shown = str(key.default).lower() if key.kind == "bool" else text
        quoted = shown if plain or key.kind == "bool" else f'"{text}"'
        rows += [f"# {key.meaning}{values}", f"# {key.name} = {quoted}", ""]
    return "\n".join(rows)
