"""What is between this side and the server, in words: a proxy, the header that was sent."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple


class Via(NamedTuple):
    """The way of a connection; empty where there is nothing of the kind.

    `proxy` names the proxy and who resolves names, `header` the PROXY header sent.
    """

    proxy: str = ""
    header: str = ""


STRAIGHT = Via()
"""Nothing is in between."""
