"""The values of `{{name}}` while a script runs."""

from __future__ import annotations

from collections.abc import Mapping

from smtpprobe.client import Client
from smtpprobe.errors import UsageError
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.script.values import BadValueError, Expansion, expanded, expansions


class RunValues:
    """What the names stand for now: our own name, what is connected, revealed secrets.

    `expanding` tells whether message text and lines sent as they stand are expanded too.
    """

    def __init__(
        self, client: Client, name: str, target: Target | None, secrets: Mapping[str, str]
    ) -> None:
        self._client = client
        self._name = name
        self._target = target
        self._secrets = secrets
        self._revealed: dict[str, str] = {}
        self.expanding = True

    def reveal(self, secret: str) -> None:
        """Give a declared secret its value.

        Raises:
            UsageError: it has none.
        """
        if secret not in self._secrets:
            raise UsageError(
                f"the secret {secret} has no value",
                f"set the environment variable SMTPPROBE_SECRET_{secret}",
            )
        self._revealed[secret] = self._secrets[secret]

    def missing(self, text: str) -> list[Expansion]:
        """Return the names in a line that have no value."""
        values = self._values() if "{{" in text else {}
        return [found for found in expansions(text) if found.name not in values]

    def always(self, text: str) -> str:
        """Return the text expanded; names without a value stay as they are."""
        return expanded(text, self._values()) if "{{" in text else text

    def free(self, text: str) -> str:
        """Return a line of a message, or one sent as it stands: expanded if that is on."""
        return self.always(text) if self.expanding else text

    def line(self, text: str) -> str:
        """Return a command line expanded.

        Raises:
            BadValueError: a value would break the line.
        """
        found = self.always(text)
        if any(character in found for character in "\r\n\0"):
            raise BadValueError("value holds a line break")
        return found

    def _values(self) -> dict[str, str]:
        state = self._client.state
        target = state.target or self._target
        values = {"client": self._name, **self._revealed}
        if state.host:
            values |= {"host": literal(state.host), "port": str(state.port)}
        if target is not None and target.domain is not None:
            values["domain"] = target.domain
        return values


def literal(host: str) -> str:
    """Return a host as SMTP writes it: an address in brackets (RFC 5321 4.1.3)."""
    try:
        target = parse_target(f"[{host}]")
    except UsageError:
        return host
    return target.literal if target.kind is TargetKind.ADDRESS else host
