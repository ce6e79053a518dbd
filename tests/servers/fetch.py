"""Bring real mail servers, and a resolver, into a cache folder without installing them.

`make servers` does it.

The packages, and those of their dependencies which the machine lacks, are downloaded with
`apt-get download` and unpacked with `dpkg -x`. Nothing is installed or configured: a mail server
that belongs to the machine is never looked at. All that changes outside the cache folder are the
system users the servers insist on, made if missing.

Only the standard library is used here, so that any Python can run it.
"""

from __future__ import annotations

import fcntl
import grp
import json
import os
import platform
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYOUT = 1
"""Raised when what is unpacked changes, so that an old cache is fetched anew."""

NEVER_UNPACK = frozenset({"libc6", "libc-bin", "libgcc-s1", "gcc-12-base", "base-files"})
"""Parts of the system itself: a second copy in the library path would break the process."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server: its packages, the file that proves it is there, and its system users."""

    packages: tuple[str, ...]
    proof: str
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    only: str = ""
    """How the file name of a package must begin for its version to be one the lab can run."""


SERVERS = {
    "postfix": Server(("postfix",), "usr/lib/postfix/sbin/master", ("postfix",), ("postdrop",)),
    "dovecot": Server(
        ("dovecot-core", "dovecot-lmtpd"),
        "usr/lib/dovecot/lmtp",
        ("dovecot", "dovenull"),
        only="dovecot-core_1%3a2.3",  # 2.4 reads another configuration language
    ),
    "exim": Server(("exim4-daemon-light",), "usr/sbin/exim4", ("Debian-exim",)),
    "unbound": Server(("unbound",), "usr/sbin/unbound"),
}


class FetchError(Exception):
    """The servers cannot be had on this machine; the text says why."""


def obstacle() -> str | None:
    """Return why this machine cannot have the servers at all, or None."""
    if platform.system() != "Linux":
        return "the servers are Linux packages"
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        return "the servers come as Debian packages: apt-get and dpkg are needed"
    if os.geteuid() != 0:
        return "mail servers start as root, and this is another user"
    return None


def cache() -> Path:
    """Return the folder that holds the servers of this system release."""
    top = os.environ.get("SMTPPROBE_SERVER_CACHE")
    base = Path(top) if top else Path(__file__).resolve().parents[2] / ".cache" / "servers"
    release = platform.freedesktop_os_release() if platform.system() == "Linux" else {}
    name = f"{release.get('ID', 'other')}-{release.get('VERSION_ID', '0')}-{platform.machine()}"
    return base.absolute() / name


def root_of(name: str) -> Path:
    """Return the folder the server's packages are unpacked into."""
    return cache() / name


def why_missing(name: str) -> str | None:
    """Return why the server cannot be started from the cache, or None when it can."""
    if reason := obstacle():
        return reason
    if is_ready(name):
        return None
    failure = cache() / f"{name}.failed"
    if failure.is_file():
        return failure.read_text()
    return f"{name} is not in {cache()}: run `make servers`"


def is_ready(name: str) -> bool:
    """Return whether the server is unpacked and its users exist."""
    server = SERVERS[name]
    stamp = root_of(name) / "fetched.json"
    try:
        fetched = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return False
    return (
        fetched.get("layout") == LAYOUT
        and (root_of(name) / server.proof).is_file()
        and not missing_users(server)
        and not missing_groups(server)
    )


def missing_users(server: Server) -> list[str]:
    """Return the users the server needs and the system lacks."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return [user for user in server.users if user not in known]


def missing_groups(server: Server) -> list[str]:
    """Return the groups the server needs and the system lacks; every user has one of its name."""
    known = {entry.gr_name for entry in grp.getgrall()}
    return [group for group in (*server.users, *server.groups) if group not in known]


def run(*command: str, cwd: Path | None = None) -> str:
    """Run a command and return what it printed; FetchError with its last words if it failed."""
    env = os.environ | {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no output"]
        raise FetchError(f"`{' '.join(command)}` failed: {said[-1]}")
    return done.stdout


def wanted(packages: tuple[str, ...]) -> list[str]:
    """Return the packages and those of their dependencies which are not installed.

    apt plans an installation but does not carry it out (`-s`); what it would newly install is
    what the server would miss. Packages it would upgrade or remove are left as they are.
    """
    plan = run("apt-get", "install", "-s", "--no-install-recommends", *packages)
    new = re.findall(r"^Inst (\S+) \((?!\[)", plan, flags=re.MULTILINE)
    return sorted((set(packages) | set(new)) - NEVER_UNPACK)


def download(packages: tuple[str, ...], folder: Path) -> list[str]:
    """Download the packages with their missing dependencies; return the names."""
    names = wanted(packages)
    run("apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", *names, cwd=folder)
    return names


def download_or_update(packages: tuple[str, ...], folder: Path) -> list[str]:
    """Download; when apt's lists are missing or out of date, refresh them and try again."""
    try:
        return download(packages, folder)
    except FetchError:
        run("apt-get", "update", "-q")
        return download(packages, folder)


def unpack(name: str) -> list[str]:
    """Fetch one server into the cache, all or nothing; return the names of its packages."""
    server = SERVERS[name]
    with tempfile.TemporaryDirectory(dir=cache(), prefix=f"{name}-") as scratch:
        debs, tree = Path(scratch, "debs"), Path(scratch, "tree")
        debs.mkdir()
        names = download_or_update(server.packages, debs)
        if not any(deb.name.startswith(server.only) for deb in debs.iterdir()):
            raise FetchError(f"this system's {name} is not the one the lab knows ({server.only})")
        for deb in sorted(debs.glob("*.deb")):
            run("dpkg", "-x", str(deb), str(tree))
        if not (tree / server.proof).is_file():
            raise FetchError(f"the packages of {name} hold no {server.proof}")
        stamp = {"layout": LAYOUT, "packages": sorted(deb.stem for deb in debs.glob("*.deb"))}
        (tree / "fetched.json").write_text(json.dumps(stamp, indent=1))
        tree.chmod(0o755)
        shutil.rmtree(root_of(name), ignore_errors=True)
        tree.rename(root_of(name))
    return names


def make_users(server: Server) -> None:
    """Make the system users and groups which the server insists on and the system lacks."""
    for group in missing_groups(server):
        run("groupadd", "--system", group)
    for user in missing_users(server):
        nobody_can_log_in = ("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
        run("useradd", "--system", "--gid", user, "--no-create-home", *nobody_can_log_in, user)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the cache folder's lock, so that runs side by side do not unpack into each other."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch(name: str) -> str:
    """Make one server ready; return a line that says how it went."""
    failure = cache() / f"{name}.failed"
    failure.unlink(missing_ok=True)
    if is_ready(name):
        return f"{name}: ready"
    try:
        names = unpack(name)
        make_users(SERVERS[name])
    except (FetchError, OSError, subprocess.TimeoutExpired) as error:
        failure.write_text(str(error))
        raise FetchError(f"{name}: {error}") from error
    return f"{name}: fetched {' '.join(names)}"


def main(names: list[str]) -> int:
    """Fetch the named servers (all without names); return the exit status.

    A machine that cannot have them is no error, as the tests then skip: except under CI.
    """
    status = 1 if os.environ.get("CI") == "true" else 0
    if unknown := set(names) - set(SERVERS):
        sys.stderr.write(f"servers: unknown: {' '.join(sorted(unknown))}\n")
        return 2
    if reason := obstacle():
        sys.stdout.write(f"servers: none fetched: {reason}\n")
        return status
    lines: list[str] = []
    failed = False
    with one_at_a_time():
        for name in names or SERVERS:
            try:
                lines.append(fetch(name))
            except FetchError as error:
                failed = True
                lines.append(str(error))
    sys.stdout.writelines(f"servers: {line}\n" for line in lines)
    return status if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
