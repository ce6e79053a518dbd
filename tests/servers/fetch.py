"""Bring real mail servers, and what else the tests run, into a cache folder; install nothing.

`make servers` does it.

The packages, and the libraries they need, are downloaded with `apt-get download` and unpacked with
`dpkg -x`. What the machine has installed is neither looked at nor relied on, so the cache is the
same on every machine of a release: only the C library is the machine's own. All that changes
outside the cache folder are the system users the servers insist on, made if missing.

Only the standard library is used here, so that any Python can run it.
"""

from __future__ import annotations

import fcntl
import grp
import importlib.util
import json
import os
import platform
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MORE = "servers-more"
"""The make target that brings servers only to be recorded."""

LAYOUT = 2
"""Raised when what is unpacked changes: each layout has a folder of its own."""

OF_THE_SYSTEM = frozenset({"libc6", "libc-bin", "libgcc-s1"})
"""Parts of the system itself: a second copy in the library path would break the process."""

LIBRARY = re.compile(r"lib|zlib")
"""How the name of a package begins that holds a library."""


def on_an_empty_system(folder: Path) -> tuple[str, ...]:
    """Return options that have apt plan and choose as if nothing were installed, held or half so.

    What it makes of its lists stays in the folder: to make it is most of the time of a call.
    """
    options = ("Dir::State::status=/dev/null", f"Dir::Cache::pkgcache={folder / 'pkgcache.bin'}")
    return tuple(word for option in options for word in ("-o", option))


def system_release() -> str:
    """Return this system and its release, as `debian-12`."""
    release = platform.freedesktop_os_release() if platform.system() == "Linux" else {}
    return f"{release.get('ID', 'other')}-{release.get('VERSION_ID', '0')}"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is brought for one program: its packages, and what it insists on."""

    packages: tuple[str, ...]
    proof: str
    """The file that shows it is there."""
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    as_root: bool = True
    """Whether it is of no use to another user."""
    links: tuple[tuple[str, str], ...] = ()
    """Names, and where each leads, that it looks for beside itself."""
    libraries: tuple[str, ...] = ()
    """Patterns of the folders that hold libraries beside those of the system."""
    target: str = "servers"
    """The make target that brings it."""
    source: str = "apt"
    """Where its packages come from: a row of SOURCES."""


PROMTOOL = "prometheus" if system_release() == "debian-12" else "promtool"
"""What Debian has it in: with the server in 12, by itself since 13."""

ICINGA = f"usr/lib/{platform.machine()}-linux-gnu/icinga2/sbin/icinga2"
"""The program itself; what is in /usr/sbin is a shell script around it."""

BUNDLES = {
    "postfix": Bundle(("postfix",), "usr/lib/postfix/sbin/master", ("postfix",), ("postdrop",)),
    "dovecot": Bundle(
        # 2.4 reads settings by a module of dovecot-core that needs a library of dovecot-sieve
        ("dovecot-core", "dovecot-lmtpd", "dovecot-sieve"),
        "usr/lib/dovecot/lmtp",
        ("dovecot", "dovenull"),
    ),
    "exim": Bundle(("exim4-daemon-light",), "usr/sbin/exim4", ("Debian-exim",)),
    # Cyrus SASL, which Postfix can ask for passwords, and the program that sets one
    "sasl": Bundle(
        ("libsasl2-modules", "libsasl2-modules-db", "sasl2-bin"),
        "usr/sbin/saslpasswd2",
        as_root=False,
    ),
    "unbound": Bundle(("unbound",), "usr/sbin/unbound"),
    # two that Postfix asks at RCPT: greylisting, in Perl, and SPF, in Python
    "postgrey": Bundle(("postgrey",), "usr/sbin/postgrey", as_root=False),
    "policyd-spf": Bundle(
        (
            "postfix-policyd-spf-python",
            "python3-spf-engine",
            "python3-authres",
            "python3-spf",
            "python3-dns",
        ),
        "usr/bin/policyd-spf",
        as_root=False,
    ),
    "microsocks": Bundle(("microsocks",), "usr/bin/microsocks", as_root=False),
    "ip": Bundle(("iproute2",), "usr/bin/ip"),
    "zsh": Bundle(("zsh", "zsh-common"), "usr/bin/zsh", as_root=False),
    # fish finds its data beside itself when both share/fish and etc/fish are there
    "fish": Bundle(
        ("fish", "fish-common"), "usr/bin/fish", as_root=False, links=(("usr/etc", "../etc"),)
    ),
    "swaks": Bundle(("swaks", "libnet-ssleay-perl"), "usr/bin/swaks", as_root=False),
    "pflogsumm": Bundle(("pflogsumm",), "usr/sbin/pflogsumm", as_root=False),
    # it looks in wireshark-common for the table of manufacturers and for its filters
    "tshark": Bundle(("tshark", "wireshark-common"), "usr/bin/tshark", as_root=False),
    # the judges of what is written for them: pages, and the files of examples/monitoring
    "tidy": Bundle(("tidy",), "usr/bin/tidy", as_root=False),
    "promtool": Bundle((PROMTOOL,), "usr/bin/promtool", as_root=False),
    "nagios": Bundle(("nagios4-core",), "usr/sbin/nagios4", as_root=False),
    "icinga": Bundle(
        ("icinga2-bin", "icinga2-common"),
        ICINGA,
        as_root=False,
    ),
    "systemd": Bundle(
        ("systemd",),
        "usr/bin/systemd-analyze",
        as_root=False,
        libraries=("usr/lib/systemd", "usr/lib/*-linux-gnu*/systemd"),
    ),
    "chromium": Bundle(
        ("chromium", "chromium-common", "fontconfig-config", "fonts-dejavu-core"),
        "usr/lib/chromium/chromium",
        as_root=False,
        libraries=("usr/lib/*-linux-gnu*/pulseaudio",),
        target="test-browser",
    ),
}

BUNDLES |= {
    "courier": Bundle(
        (
            "courier-mta",
            "courier-base",
            "courier-authdaemon",
            "courier-authlib",
            "courier-authlib-userdb",
        ),
        "usr/lib/courier/courier/modules/esmtp/courieresmtpd",
        target=MORE,
    ),
    "cyrus": Bundle(("cyrus-common", "cyrus-imapd"), "usr/lib/cyrus/bin/lmtpd", target=MORE),
    "qpsmtpd": Bundle(
        ("qpsmtpd", "libnet-ip-perl", "libio-socket-ssl-perl", "libnet-ssleay-perl"),
        "usr/bin/qpsmtpd-forkserver",
        target=MORE,
    ),
    "msmtpd": Bundle(("msmtp-mta",), "usr/bin/msmtpd", target=MORE),
    "sendmail": Bundle(
        (
            *("sendmail-bin", "sendmail-base", "sendmail-cf", "m4"),
            *("libsasl2-modules", "libsasl2-modules-db", "sasl2-bin"),
        ),
        "usr/libexec/sendmail/sendmail",
        target=MORE,
    ),
    "opensmtpd": Bundle(("opensmtpd",), "usr/sbin/smtpd", target=MORE),
    "dovecot-submission": Bundle(
        ("dovecot-core", "dovecot-submissiond", "dovecot-lmtpd", "dovecot-sieve"),
        "usr/lib/dovecot/submission",
        ("dovecot", "dovenull"),
    ),
    "aiosmtpd": Bundle(
        ("aiosmtpd==1.4.6",), "aiosmtpd/smtp.py", as_root=False, target=MORE, source="pip"
    ),
    # brings the schemas of GitHub's workflows and of GitLab's pipelines
    "check-jsonschema": Bundle(
        ("check-jsonschema==0.39.0",),
        "check_jsonschema/__init__.py",
        as_root=False,
        target=MORE,
        source="pip",
    ),
    "nodemailer": Bundle(
        ("smtp-server@3.21.6",),
        "node_modules/smtp-server/package.json",
        as_root=False,
        target=MORE,
        source="npm",
    ),
    "maildev": Bundle(
        ("maildev@3.0.0",),
        "node_modules/maildev/package.json",
        as_root=False,
        target=MORE,
        source="npm",
    ),
    "haraka": Bundle(
        ("Haraka@3.3.4",),
        "node_modules/Haraka/package.json",
        as_root=False,
        target=MORE,
        source="npm",
    ),
}
"""Servers that are recorded outside CI; see `tests/servers/more`."""


def of_target(target: str) -> list[str]:
    """Return what a make target brings."""
    return [name for name, bundle in BUNDLES.items() if bundle.target == target]


class FetchError(Exception):
    """Something cannot be had on this machine; the text says why."""


def obstacle() -> str | None:
    """Return why this machine cannot have any of it, or None."""
    if platform.system() != "Linux":
        return "the servers are Linux packages"
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        return "the servers come as Debian packages: apt-get and dpkg are needed"
    return None


def obstacle_of(name: str) -> str | None:
    """Return why this machine, or this user, cannot have it, or None."""
    bundle = BUNDLES[name]
    if bundle.source != "apt":
        return None if has_source(bundle.source) else f"{bundle.source} is not on this machine"
    if bundle.as_root and os.geteuid() != 0:
        return obstacle() or "it is run as root, and this is another user"
    return obstacle()


def has_source(name: str) -> bool:
    """Return whether there is npm, or pip: that of this Python, which need not be on the PATH."""
    return bool(importlib.util.find_spec("pip") if name == "pip" else shutil.which(name))


def cache() -> Path:
    """Return the folder that holds what was brought for this system release."""
    top = os.environ.get("SMTPPROBE_SERVER_CACHE")
    base = Path(top) if top else Path(__file__).resolve().parents[2] / ".cache" / "servers"
    return base.absolute() / f"{system_release()}-{platform.machine()}-{LAYOUT}"


def root_of(name: str) -> Path:
    """Return the folder that its packages are unpacked into."""
    return cache() / name


def why_missing(name: str) -> str | None:
    """Return why it cannot be started from the cache, or None when it can."""
    if reason := obstacle_of(name):
        return reason
    if is_ready(name):
        return None
    failure = cache() / f"{name}.failed"
    if failure.is_file():
        return failure.read_text()
    return f"{name} is not in {cache()}: run `make {BUNDLES[name].target}`"


def is_ready(name: str) -> bool:
    """Return whether it is unpacked, as it is asked for now, and its users exist."""
    bundle = BUNDLES[name]
    stamp = root_of(name) / "fetched.json"
    try:
        fetched = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return False
    return (
        fetched.get("asked") == list(bundle.packages)
        and proof_in(root_of(name), bundle) is not None
        and not missing_users(bundle)
        and not missing_groups(bundle)
    )


def proof_in(tree: Path, bundle: Bundle) -> Path | None:
    """Return the file that shows a bundle is there; None without it.

    Programs move between /usr/sbin and /usr/bin from one release of Debian to the next.
    """
    moved = {"usr/sbin": "usr/bin", "usr/bin": "usr/sbin"}
    folder, _, name = bundle.proof.rpartition("/")
    places = (tree / bundle.proof, tree / moved.get(folder, folder) / name)
    return next((place for place in places if place.is_file()), None)


def missing_users(bundle: Bundle) -> list[str]:
    """Return the users it needs and the system lacks."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return [user for user in bundle.users if user not in known]


def missing_groups(bundle: Bundle) -> list[str]:
    """Return the groups it needs and the system lacks; every user has one of its name."""
    known = {entry.gr_name for entry in grp.getgrall()}
    return [group for group in (*bundle.users, *bundle.groups) if group not in known]


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


def depended_on(package: str, relations: str) -> list[str]:
    """Return what a package depends on, as `apt-cache depends` lists it; alternatives as well.

    A name in angle brackets is no package; those that stand for it are on the lines below.
    """
    listed = re.search(rf"^{re.escape(package)}\n((?:[ |].*\n)*)", relations, flags=re.MULTILINE)
    each = re.findall(r"Depends: (\S+\n(?: {4}\S+\n)*)", listed[1]) if listed else []
    return " ".join(each).split()


def planned(packages: Sequence[str], folder: Path) -> list[str]:
    """Return the packages and the libraries they need.

    apt plans an installation on an empty system but does not carry it out (`-s`). What else it
    would bring, programs and their configuration, the tests do without: so a library counts that
    is reached through libraries alone.
    """
    plan = run(
        *("apt-get", "install", "-s", "--no-install-recommends"),
        *on_an_empty_system(folder),
        *packages,
    )
    chosen = set(re.findall(r"^Inst (\S+)", plan, flags=re.MULTILINE)) - OF_THE_SYSTEM
    relations = run("apt-cache", "depends", *on_an_empty_system(folder), *sorted(chosen))
    found = set(packages)
    to_ask = list(packages)
    while to_ask:
        more = {name for name in depended_on(to_ask.pop(), relations) if LIBRARY.match(name)}
        to_ask += more & chosen - found
        found |= more & chosen
    return sorted(found)


def download(packages: Sequence[str], folder: Path) -> list[Path]:
    """Download the packages and the libraries they need, unless they are there; return the files.

    What stands between the blanks of `apt-get download --print-uris` is the address, the name of
    the file, its size and its hash.
    """
    as_root = ("-o", "APT::Sandbox::User=root")
    command = ("apt-get", "download", "-q", *as_root, *on_an_empty_system(folder))
    names = planned(packages, folder)
    files = [line.split()[1] for line in run(*command, "--print-uris", *names).splitlines()]
    run(*command, *names, cwd=folder)
    return [folder / name for name in files]


def download_or_update(packages: Sequence[str], folder: Path) -> list[Path]:
    """Download; when apt's lists are missing or out of date, refresh them and try again."""
    try:
        return download(packages, folder)
    except FetchError:
        with REFRESHING:
            run("apt-get", "update", "-q")
        return download(packages, folder)


REFRESHING = threading.Lock()
"""Held while apt's lists are refreshed, or users made: of each the system has one lock."""


def merge(tree: Path) -> None:
    """Move what packages still have beside /usr to where a merged system has it."""
    for name in ("bin", "sbin", "lib"):
        if (tree / name).is_dir():
            shutil.copytree(tree / name, tree / "usr" / name, symlinks=True, dirs_exist_ok=True)
            shutil.rmtree(tree / name)


def unpack(name: str, debs: Path) -> list[str]:
    """Fetch one bundle into the cache, all or nothing; return the names of its packages."""
    bundle = BUNDLES[name]
    if reason := obstacle_of(name):
        raise FetchError(reason)
    with tempfile.TemporaryDirectory(dir=cache(), prefix=f"{name}-") as scratch:
        tree = Path(scratch, "tree")
        brought = SOURCES[bundle.source](bundle.packages, debs, tree)
        for link, target in bundle.links:
            (tree / link).symlink_to(target)
        if proof_in(tree, bundle) is None:
            raise FetchError(f"the packages of {name} hold no {bundle.proof}")
        stamp = {"asked": bundle.packages, "packages": brought}
        (tree / "fetched.json").write_text(json.dumps(stamp, indent=1))
        tree.chmod(0o755)
        shutil.rmtree(root_of(name), ignore_errors=True)
        tree.rename(root_of(name))
    return brought


def from_apt(packages: Sequence[str], debs: Path, tree: Path) -> list[str]:
    """Unpack Debian packages and their libraries into a folder; return their names."""
    files = download_or_update(packages, debs)
    for deb in files:
        run("dpkg", "-x", str(deb), str(tree))
    merge(tree)
    return sorted(deb.stem for deb in files)


def from_npm(packages: Sequence[str], _: Path, tree: Path) -> list[str]:
    """Put Node packages and what they need into a folder, running none of their scripts."""
    tree.mkdir()
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev")
    run("npm", "install", *quiet, "--prefix", str(tree), *packages)
    return sorted(path.parent.name for path in tree.glob("node_modules/*/package.json"))


def from_pip(packages: Sequence[str], _: Path, tree: Path) -> list[str]:
    """Put Python packages and what they need into a folder."""
    run(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tree), *packages)
    return sorted(path.stem for path in tree.glob("*.dist-info"))


SOURCES: dict[str, Callable[[Sequence[str], Path, Path], list[str]]] = {
    "apt": from_apt,
    "npm": from_npm,
    "pip": from_pip,
}
"""What brings packages into a folder that does not exist yet, and names what it brought."""


def make_users(bundle: Bundle) -> None:
    """Make the system users and groups which it insists on and the system lacks."""
    for group in missing_groups(bundle):
        run("groupadd", "--system", group)
    for user in missing_users(bundle):
        nobody_can_log_in = ("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
        run("useradd", "--system", "--gid", user, "--no-create-home", *nobody_can_log_in, user)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the cache folder's lock, so that runs side by side do not unpack into each other."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch(name: str, debs: Path) -> str:
    """Make one bundle ready; return a line that says how it went."""
    failure = cache() / f"{name}.failed"
    failure.unlink(missing_ok=True)
    if is_ready(name):
        return f"{name}: ready"
    try:
        brought = unpack(name, debs)
        with REFRESHING:
            make_users(BUNDLES[name])
    except (FetchError, OSError, subprocess.TimeoutExpired) as error:
        failure.write_text(str(error))
        raise FetchError(f"{name}: {error}") from error
    packages = BUNDLES[name].packages
    return f"{name}: fetched {' '.join(packages)} and {len(brought) - len(packages)} libraries"


def main(names: list[str]) -> int:
    """Fetch bundles, each by its name or its make target's; return the exit status.

    Without names those of `make servers`.

    A machine that cannot have them is no error, as the tests then skip: except under CI.
    """
    status = 1 if os.environ.get("CI") == "true" else 0
    names = [one for name in names or ["servers"] for one in of_target(name) or [name]]
    if unknown := set(names) - set(BUNDLES):
        sys.stderr.write(f"servers: unknown: {' '.join(sorted(unknown))}\n")
        return 2
    if reason := obstacle():
        sys.stdout.write(f"servers: none fetched: {reason}\n")
        return status
    with one_at_a_time():
        told = all_of(names)
    sys.stdout.writelines(f"servers: {line}\n" for line, _ in told)
    return 0 if all(ready for _, ready in told) else status


def all_of(names: Sequence[str]) -> list[tuple[str, bool]]:
    """Make bundles ready, one a processor at a time; return for each a line, and whether it is.

    Each of those at work has a folder for what it downloads, as libraries come with many bundles.
    """
    count = min(len(names), os.cpu_count() or 1)
    with ExitStack() as stack:
        folders: SimpleQueue[Path] = SimpleQueue()
        for _ in range(count):
            made = tempfile.TemporaryDirectory(dir=cache(), prefix="debs-")
            folders.put(Path(stack.enter_context(made)))
        pool = stack.enter_context(ThreadPoolExecutor(count))

        def one(name: str) -> tuple[str, bool]:
            debs = folders.get()
            try:
                return fetch(name, debs), True
            except FetchError as error:
                return str(error), False
            finally:
                folders.put(debs)

        return list(pool.map(one, names))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
