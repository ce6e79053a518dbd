"""What a server announces in its EHLO reply (RFC 5321 4.1.1.1), as data."""

from __future__ import annotations

from smtpprobe.digits import whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from smtpprobe.protocol.reply import Reply

MOST_OCTETS = 10**20 - 1
"""RFC 1870 3: a limit of SIZE has up to 20 digits."""


class Extensions:
    """The keywords of an EHLO or LHLO reply in order, each with its parameters.

    A collection of the keywords, which are in upper case; parameters are as they came. An
    `AUTH=PLAIN` line of old servers is read as AUTH with the parameter PLAIN.
    """

    __slots__ = ("announced",)

    def __init__(self, announced: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> None:
        self.announced: Final = announced

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Extensions) and self.announced == other.announced

    def __hash__(self) -> int:
        return hash(self.announced)

    def __repr__(self) -> str:
        return f"Extensions({self.announced!r})"

    def __contains__(self, keyword: str) -> bool:
        return any(keyword.upper() == known for known, _ in self.announced)

    def __len__(self) -> int:
        return len(self.keywords)

    @property
    def keywords(self) -> tuple[str, ...]:
        """Each keyword once, in the order of the reply."""
        return tuple(dict.fromkeys(keyword for keyword, _ in self.announced))

    def parameters(self, keyword: str) -> tuple[str, ...]:
        """Return the parameters of a keyword, those of repeated lines joined; () without any."""
        found = (values for known, values in self.announced if known == keyword.upper())
        return tuple(dict.fromkeys(value for values in found for value in values))

    @property
    def size_limit(self) -> int | None:
        """The limit of SIZE in octets (RFC 1870 3); None when none is declared (absent, or 0)."""
        values = self.parameters("SIZE")
        return (whole_number(values[0], MOST_OCTETS) if values else None) or None

    @property
    def auth_mechanisms(self) -> tuple[str, ...]:
        """SASL mechanisms in upper case, in the order announced (RFC 4954 3)."""
        return tuple(value.upper() for value in self.parameters("AUTH"))

    @property
    def limits(self) -> dict[str, str]:
        """The limits of LIMITS (RFC 9422 3): name to value."""
        pairs = (value.partition("=") for value in self.parameters("LIMITS"))
        return {name.upper(): value for name, _, value in pairs}


def parse_extensions(reply: Reply) -> Extensions:
    """Return what an accepted EHLO or LHLO reply announces; its first line is the greeting."""
    found = []
    for text in reply.texts[1:]:
        words = text.split()
        if not words:
            continue
        keyword = words[0].upper()
        if keyword.startswith("AUTH="):
            words = ["AUTH", words[0][len("AUTH=") :], *words[1:]]
            keyword = "AUTH"
        found.append((keyword, tuple(word for word in words[1:] if word)))
    return Extensions(tuple(found))
