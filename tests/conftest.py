"""What every test has: the real servers as fixtures, and a watch over processes left behind.

A test that asks for a real server is marked `servers`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings

from tests.contracts.processes import PATIENCE, Watch, left_behind, marked
from tests.program import fork_server_pid, stop_fork_server
from tests.servers import dns_zone, lab, network
from tests.servers import dovecot as dovecot_lab
from tests.servers import exim as exim_lab
from tests.servers import mail_world as mail_worlds
from tests.servers import postfix as postfix_lab
from tests.virtual_time import TidyLoop, VirtualLoop

SERVER_FIXTURES = frozenset({"postfix", "dovecot", "exim", "submission", "mail_world"})


settings.register_profile(
    "any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")  # an example may take as long as a loaded machine needs

HANDED_DOWN = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM)


OURS = (
    *("SMTPPROBE_SERVER_CACHE", "SMTPPROBE_GOLDEN", "SMTPPROBE_TEST_RUN"),
    "SMTPPROBE_HOSTILE",
)
STEERING = (
    *("NO_COLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL", "SSLKEYLOGFILE"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "PYTHONUTF8"),
)
"""What would change what the program says or does."""


def pytest_configure(config: pytest.Config) -> None:
    """Give the programs under test what they have at a terminal of nobody in particular.

    The signals that whoever runs the tests has ignored (`nohup`, the `&` of a shell) would be
    inherited: a handler that does nothing ignores them here alone. The settings of a developer
    would be read: home is an empty folder.
    """
    for number in HANDED_DOWN:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
    home = tempfile.TemporaryDirectory(prefix="smtpprobe-home-")
    config.add_cleanup(home.cleanup)
    for name in (*STEERING, *(one for one in os.environ if one.startswith(("LC_", "SMTPPROBE_")))):
        if name not in OURS:
            os.environ.pop(name, None)
    config.pluginmanager.register(ChildrenOfTests())
    os.environ |= {"HOME": home.name, "TERM": "xterm-256color", "LANG": "C.UTF-8"}


PEERS = frozenset({*SERVER_FIXTURES, "mail_network", "serve_dns", "resolver"})
"""Fixtures whose servers live in other threads and processes, which know real time only."""


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let no time pass in a test but what it waits for, unless real time is of the essence."""
    if item.get_closest_marker("real_time") or PEERS.intersection(item.fixturenames):  # type: ignore[attr-defined]
        return {"real": TidyLoop}
    return {"virtual": VirtualLoop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a real server, so that `-m "not servers"` leaves it out."""
    for item in items:
        if SERVER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.servers)


class ChildrenOfTests:
    """A plugin of its own: hooks of this file are not called for fixtures of the session."""

    def __init__(self) -> None:
        self.watch = Watch()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Let processes that a fixture of several tests started stay."""
        result = yield
        if fixturedef.scope != "function":
            self.watch.these_stay()
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        """Fail a test that left a child: its warning would fall on a test that comes later."""
        result = yield
        self.watch.assert_none_left(but=fork_server_pid())
        return result


@pytest.fixture(scope="session", autouse=True)
def no_process_is_left_behind() -> Iterator[None]:
    """Fail the run (at its last test) when a process it started is still there at its end."""
    mark = marked()
    yield
    stop_fork_server()
    deadline = time.monotonic() + PATIENCE
    while (strays := left_behind(mark)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert strays == []


@pytest.fixture
def serve_dns() -> Iterator[Callable[..., dns_zone.NameServer]]:
    """Serve zones over DNS: `serve_dns({"lab.test": "@ MX 10 mx"}, Faults(...))`."""
    with ExitStack() as stack:

        def serve(
            zones: Mapping[str, str], faults: dns_zone.Faults | None = None
        ) -> dns_zone.NameServer:
            return stack.enter_context(dns_zone.serving(zones, faults or dns_zone.Faults()))

        yield serve


@pytest.fixture(scope="session")
def postfix() -> Iterator[postfix_lab.Postfix]:
    """A real Postfix on loopback; `postfix.ports` has a port for each way it can behave."""
    with postfix_lab.running(lab.required("postfix")) as server:
        yield server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[dovecot_lab.Dovecot]:
    """A real Dovecot on loopback: LMTP over TCP and over a UNIX socket, and answers for AUTH."""
    with dovecot_lab.running(lab.required("dovecot")) as server:
        yield server


@pytest.fixture(scope="session")
def submission(dovecot: dovecot_lab.Dovecot) -> Iterator[postfix_lab.Postfix]:
    """A real Postfix that asks Dovecot about passwords: `ports.submission`, `smtps` and `lax`."""
    with postfix_lab.running(lab.required("postfix"), dovecot.auth_socket) as server:
        yield server


@pytest.fixture(scope="session")
def exim() -> Iterator[exim_lab.Exim]:
    """A real Exim on loopback: no enhanced codes, other words, PRDR, strict about turns."""
    with exim_lab.running(lab.required("exim")) as server:
        yield server


@pytest.fixture(scope="session")
def mail_world() -> Iterator[mail_worlds.MailWorld]:
    """Mail hosts of every kind, DNS, DNSSEC and MTA-STS, in a network of their own if possible."""
    with lab.some_network() as place, mail_worlds.running(place) as running:
        yield running


@pytest.fixture(scope="session")
def mail_network(mail_world: mail_worlds.MailWorld) -> mail_worlds.MailWorld:
    """The mail world in a network of its own: port 25, IPv6, and posttls-finger beside us."""
    if reason := network.why_refused():
        pytest.skip(reason)
    return mail_world
