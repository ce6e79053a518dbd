"""The stages of a whole session, and what a server in order says at each."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Stage(Enum):
    """Where a server speaks; the value is the word on a command line."""

    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    INSIDE = "ehlo-tls"
    AUTH = "auth"
    USER = "auth-user"
    PASSWORD = "auth-password"  # noqa: S105 - the stage
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    QUIT = "quit"


IN_ORDER: Final = {
    Stage.GREETING: b"220 hostile.test ESMTP\r\n",
    Stage.EHLO: b"250-hostile.test\r\n250-SIZE 1000000\r\n250 STARTTLS\r\n",
    Stage.STARTTLS: b"220 2.0.0 go ahead\r\n",
    Stage.INSIDE: b"250-hostile.test\r\n250-SIZE 1000000\r\n250 AUTH LOGIN\r\n",
    Stage.AUTH: b"334 VXNlcm5hbWU6\r\n",
    Stage.USER: b"334 UGFzc3dvcmQ6\r\n",
    Stage.PASSWORD: b"235 2.7.0 welcome\r\n",
    Stage.MAIL: b"250 2.1.0 ok\r\n",
    Stage.RCPT: b"250 2.1.5 ok\r\n",
    Stage.DATA: b"354 go on\r\n",
    Stage.DOT: b"250 2.0.0 queued as HOSTILE1\r\n",
    Stage.QUIT: b"221 2.0.0 bye\r\n",
}
"""What is said where nothing is the matter, in the order of a session."""

STAGES: Final = tuple(IN_ORDER)
LOGIN: Final = (Stage.AUTH, Stage.USER, Stage.PASSWORD)
HELLOS: Final = (Stage.EHLO, Stage.INSIDE)
