"""Runs a program as if it were installed, though it only lies unpacked in a folder.

Some look for their files under /usr, /etc and /var and nowhere else. Each of these runs in a mount
namespace of its own, in which the unpacked packages lie over the system's /usr, and folders of the
run over /etc, /var and /run; nobody else sees that. In its own process namespace it takes along
whatever it started.
"""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.servers import lab, unpacked
from tests.servers.more.stand import HOSTNAME

APART: Final = (
    *("unshare", "--mount", "--uts", "--pid"),
    *("--fork", "--kill-child", "--mount-proc"),
)

ACCOUNTS: Final = {"passwd": "{0}:x:{1}:{1}::/var/empty:/bin/sh\n", "group": "{0}:x:{1}:\n"}
"""The files that tell of users, and the line of one."""

OVER: Final = """
set -e
hostname {hostname}
for top in usr etc var; do
    mkdir -p "{home}/$top" "{home}/work-$top"
    lower="/$top"
    [ -d "{root}/$top" ] && lower="{root}/$top:/$top"
    mount -t overlay none -o "lowerdir=$lower,upperdir={home}/$top,workdir={home}/work-$top" "/$top"
done
mount -t tmpfs none /run
{first}
exec {command}
"""


@contextmanager
def running(
    root: Path,
    home: Path,
    command: Sequence[str | Path],
    port: int,
    *,
    users: Mapping[str, int] | None = None,
    first: str = "",
    env: Mapping[str, str] | None = None,
    ready: Callable[[], bool] | None = None,
) -> Iterator[None]:
    """Run a program that greets on a port until the block ends.

    What lies in `home / "etc"` and `home / "var"` is what it finds there. `users`, with the numbers
    of each, exist for it alone; `first` are lines of shell to run before it, there.
    """
    (home / "etc").mkdir(exist_ok=True)
    for file, form in (
        ("passwd", "{0}:x:{1}:{1}::/var/empty:/bin/sh\n"),
        ("group", "{0}:x:{1}:\n"),
    ):
        known = Path("/etc", file).read_text()
        more = [form.format(*user) for user in (users or {}).items()]
        own = [line for line in more if f"\n{line.split(':')[0]}:" not in known]
        (home / "etc" / file).write_text(known + "".join(own))
    (home / "etc/hosts").write_text(f"{lab.HOST} {HOSTNAME} localhost\n")
    script = home / "start.sh"
    said = shlex.join(str(word) for word in command)
    script.write_text(
        OVER.format(root=root, home=home, hostname=HOSTNAME, first=first, command=said)
    )
    with lab.daemon(
        [*APART, "sh", script],
        ready=ready or (lambda: lab.first_line(port, within=10).startswith(b"220")),
        folder=home,
        env={"PATH": unpacked.PATH, "HOME": str(home), "LC_ALL": "C.UTF-8", **(env or {})},
        within=30,
    ) as process:
        first_inside = children(process.pid)
        try:
            yield
        finally:  # one that changed its user does not hear that its parent is gone
            for pid in first_inside:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def children(parent: int) -> list[int]:
    """Return the processes that a process has started itself."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found
