"""The values of `{{ ... }}` while a script runs: what is set, captured, given, and connected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smtpprobe.errors import UsageError
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import TargetKind, parse_target
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.tokens import with_values
from smtpprobe.script.language.values import (
    BadValueError,
    Call,
    Expansion,
    Expression,
    evaluated,
    expanded,
    names_in,
    read_text,
)


class Unset(BadValueError):  # noqa: N818 - says what the name is
    """A name has no value yet; the text says so."""

    def __init__(self, name: str, why: str = "has no value") -> None:
        super().__init__(f'variable "{name}" {why}')
        self.name = name


class Unknowable(Exception):  # noqa: N818 - says what the side is
    """What is asked of the session is not known; the text says why."""


class _Default:
    """A `:let`: the text as written until it is first used, then its value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.value: str | None = None
        self.busy = False


class Scope:
    """The names of one case.

    `facts` gives what is connected, the last reply and the like; it raises KeyError for a name that
    is none of these. `expanding` tells whether message text and lines sent as they are are
    expanded too. `hidden` learns what functions make of secrets.
    """

    def __init__(
        self,
        outside: Outside,
        facts: Callable[[str], str],
        secrets: Mapping[str, str] | None = None,
        *,
        expanding: bool = True,
        hidden: Secrets | None = None,
    ) -> None:
        self.outside, self.facts = outside, facts
        self.secrets = {} if secrets is None else secrets
        self.expanding = expanding
        self.hidden = Secrets() if hidden is None else hidden
        self._defaults: dict[str, _Default] = {}
        self._set: dict[str, str] = {}
        self._captures: dict[str, int] = {}

    @property
    def names(self) -> set[str]:
        """The names that were given a value here."""
        return {*self._defaults, *self._set}

    def let(self, name: str, text: str) -> None:
        """Give a name a default."""
        self._defaults[name] = _Default(text)

    def set(self, name: str, value: str) -> None:
        """Give a name a value, whatever was said of it before."""
        self._set[name] = value

    def capture(self, names: tuple[str, ...], values: Mapping[str, str], line: int) -> None:
        """Set what an expectation captured; names that took no part are unset from here on."""
        for name in names:
            self._captures[name] = line
            self._set.pop(name, None)
        self._set.update(values)

    def reveal(self, secret: str) -> None:
        """Give a declared secret its value.

        Raises:
            UsageError: it has none.
        """
        if secret not in self.secrets:
            raise UsageError(f"the secret {secret} has no value", SECRET_HELP.format(name=secret))
        self._set[secret] = self.secrets[secret]

    def value(self, name: str) -> str:
        """Return the value of a name.

        Raises:
            Unset: it has none.
            Unknowable: it is part of the session, and not known.
        """
        if name in self._set:
            return self._set[name]
        if name in self._captures:
            line = self._captures[name]
            raise Unset(name, f"was not captured (line {line} did not match)")
        if name in self.outside.values:
            return self.outside.values[name]
        if name.startswith("env.") and name[4:] in self.outside.environment:
            return self.outside.environment[name[4:]]
        try:
            return self.facts(name)
        except KeyError:
            return self._default(name)

    def secret(self, name: str) -> str:
        """Return the value of a name; where nothing gave it one, that of the secret of the name.

        Raises:
            Unset: there is neither.
            Unknowable: it is part of the session, and not known.
        """
        try:
            return self.value(name)
        except Unset:
            if name in self.secrets:
                return self.secrets[name]
            raise

    def free(self, text: str) -> str:
        """Return a line of a message, or one sent as is: expanded if that is on.

        What has no value stays as it is.
        """
        return expanded(text, self._or_nothing) if self.expanding else text

    def shown(self, text: str) -> str:
        """Return a text for the report; what has no value is `(unset)`."""
        return expanded(text, lambda found: self._or_nothing(found) or "(unset)")

    def line(self, text: str) -> str:
        """Return a line, or the argument of a command, with its values.

        Raises:
            BadValueError: a value is missing, or would break the line.
            Unknowable: something of the session is not known.
        """
        found = expanded(text, self._strict)
        if found is not text and any(character in found for character in "\r\n\0"):
            raise BadValueError("value contains a line break")
        return found

    def words(self, text: str) -> str:
        """Return an expectation or assertion with its values, taken literally.

        Raises:
            BadValueError: a value is missing, or would break the line.
            Unknowable: something of the session is not known.
        """
        found = with_values(text, self._strict)
        if any(character in found for character in "\r\n\0"):
            raise BadValueError("value contains a line break")
        return found

    def _strict(self, found: Expansion) -> str:
        if found.expression is None:
            raise BadValueError(found.fault)
        value = evaluated(found.expression, self.value)
        if isinstance(found.expression, Call) and self._is_secret(found.expression):
            self.hidden.add(value)
        return value

    def _is_secret(self, expression: Expression) -> bool:
        """Return whether an expression is derived from a secret."""
        values = map(self.value, names_in(expression))
        return any(self.hidden.hide(value) != value for value in values)

    def _or_nothing(self, found: Expansion) -> str | None:
        try:
            return self._strict(found)
        except (BadValueError, Unknowable):
            return None

    def _default(self, name: str) -> str:
        default = self._defaults.get(name)
        if default is None:
            raise Unset(name)
        if default.value is None:
            if default.busy:
                raise BadValueError(f'variable "{name}" refers to itself')
            default.busy = True
            try:
                default.value = self.line(read_text(default.text))
            finally:
                default.busy = False
        return default.value


SECRET_HELP = "set SMTPPROBE_SECRET_{name}, or use --secret {name}=env:NAME or =file:F"  # noqa: S105 - help


def literal(host: str) -> str:
    """Return a host as SMTP writes it: an address in brackets (RFC 5321 4.1.3)."""
    try:
        target = parse_target(f"[{host}]")
    except UsageError:
        return host
    return target.literal if target.kind is TargetKind.ADDRESS else host
