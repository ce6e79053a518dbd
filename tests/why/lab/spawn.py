"""A command for each connection to a UNIX socket, which is its input and output.

    python spawn.py SOCKET COMMAND ...

Postfix's own `spawn` insists on another user than root, who may not be able to run our Python.
"""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
from typing import Final

SOCKET, *COMMAND = sys.argv[1:] or [""]

BACKLOG: Final = 64


class Handler(socketserver.BaseRequestHandler):
    """Run the command until the client is gone."""

    def handle(self) -> None:
        """Run it."""
        subprocess.run(COMMAND, stdin=self.request, stdout=self.request, check=False)


class Server(socketserver.ThreadingUnixStreamServer):
    """Listens until it is ended."""

    request_queue_size = BACKLOG
    daemon_threads = True


if __name__ == "__main__":
    os.umask(0)  # Postfix asks as a user of its own
    with Server(SOCKET, Handler) as server:
        server.serve_forever()
