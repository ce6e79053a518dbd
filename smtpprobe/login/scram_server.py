"""SCRAM from the server's side, by scramp, for the practice server.

The library's server keeps its state; here it is made again for each message, so that the caller
keeps the messages only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scramp.core import ScramMechanism
from scramp.utils import ScramException

from smtpprobe.protocol.auth.channel_binding import END_POINT
from smtpprobe.protocol.auth.mechanisms import MECHANISMS
from smtpprobe.protocol.auth.sasl import LoginRefused

SALT = b"practice makes perfect"
"""Published as the password is: it guards nothing."""


def scram_answer(
    mechanism: str,
    credentials: tuple[str, str],
    messages: Sequence[str],
    nonce: str,
    bindings: Mapping[str, bytes],
) -> str:
    """Return the server's answer to the last of a client's messages: its first or its final one.

    `credentials` are the user and the password that log in, `nonce` is the server's, `bindings` are
    the channel bindings by their names.

    Raises:
        LoginRefused: the client is refused; the text is the error of RFC 5802 7.
    """
    user, password = credentials
    row = ScramMechanism(mechanism)
    known = row.make_auth_info(password, salt=SALT)
    flag, comma, rest = messages[0].partition(",")
    kind = flag.removeprefix("p=") if flag.startswith("p=") else END_POINT
    if kind not in bindings:
        raise LoginRefused("unsupported-channel-binding-type")
    bound = (END_POINT, bindings[kind]) if MECHANISMS[mechanism].binds else None
    server = row.make_server(lambda name: known if name.lower() == user else None, bound, nonce)
    # as in `scram`: under the one name that the library knows
    first = f"p={END_POINT}" if flag.startswith("p=") else flag
    try:
        server.set_client_first(f"{first}{comma}{rest}")
        if flag.startswith("p="):
            server.gs2_header.cb_name.cb_name = kind
        said = server.get_server_first()
        if len(messages) == 1:
            return str(said)
        server.set_client_final(messages[1])
        return str(server.get_server_final())
    except ScramException as error:
        told = error.server_error
        raise LoginRefused(told.value if told else "other-error") from None
