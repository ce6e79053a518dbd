"""From parsed words to a running front end: settings, options, targets, signals, exit codes."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smtpprobe.client import ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.login.arguments import wish_of
from smtpprobe.misspelt import SUBCOMMANDS, near_subcommand
from smtpprobe.net.hostname import client_name
from smtpprobe.present.escape import shown
from smtpprobe.present.terminal import wants_colour, write_utf8
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.target import (
    Target,
    TargetKind,
    host_itself,
    is_port,
    one_target,
    parse_target,
    with_port,
)
from smtpprobe.protocol.transport.tls_offer import EVERYTHING, Hidden, TlsOffer
from smtpprobe.settings.configured import may_be_configured
from smtpprobe.settings.settings import (
    KEYS,
    Settings,
    Value,
    config_path,
    load,
    read_value,
    state_path,
)
from smtpprobe.signals import heeded

if TYPE_CHECKING:
    from smtpprobe.protocol.transport.proxy import Proxy
    from smtpprobe.sandbox.practice_server import PracticeServer
    from smtpprobe.sandbox.replay.recorded_connection import RecordedConnection
    from smtpprobe.script.recordings.builder import Recording


def run_session(words: argparse.Namespace, *, literal: bool) -> int:
    """Run the prompt or scripts; return the exit code. `literal`: `--` came before the target.

    Raises:
        ProbeError: what was asked for cannot be done; the caller tells it.
    """
    first = words.positional[0] if words.positional else None
    if first in SUBCOMMANDS and not literal:
        raise UsageError(
            f"{first!r} is a sub-command and must come first",
            f"for a host of that name: smtpprobe -- {first}",
        )
    files, target = files_and_target(words)
    if words.check or words.fmt:
        return _script_tools(words, files, target)
    if words.sandbox and target is not None:
        raise UsageError("--sandbox does not take a target", f"omit {target!r} or --sandbox")
    parsed = parse_target(target) if target is not None else None
    settings = settings_of(words)
    scripted = files is not None or not sys.stdin.isatty()
    begin_own_table(words, settings, at_prompt=not scripted)
    # only where it is needed: it may ask DNS, and wait for it
    if not settings.client:
        settings = settings._replace(client=client_name(words.timeout))
    options = connect_options(words, settings, verify=scripted or settings.tls_verify)
    if scripted:
        code = run_until_done(_scripts(words, files, parsed, settings, options))
        if files is None and code == ExitStatus.NOTHING_CHECKED:
            # `explan 550` is read as a port of a host
            _warn([note] if (note := near_subcommand(first or "")) else [])
        return code
    return run_until_done(_prompt(words, parsed, settings, options))


def begin_own_table(
    words: argparse.Namespace, settings: Settings, *, at_prompt: bool = False
) -> None:
    """Go by the user's own table of replies; errors in a table found by default are reported.

    At the prompt one that is not there yet is looked for too: it may come while the session lasts.
    """
    if not (at_prompt or settings.replies or may_be_configured()):
        use(())
        return
    from smtpprobe.explainer.own_table import begin  # noqa: PLC0415 - only where replies are read

    asked = bool(words.replies)
    for warning in begin(settings.replies, usual=not words.no_config, asked=asked):
        sys.stderr.write(f"smtpprobe: warning: {shown(warning)}\n")


def _script_tools(words: argparse.Namespace, files: list[str] | None, target: str | None) -> int:
    """Check or format scripts, without a network; return the exit code."""
    from smtpprobe.script.batch.given_values import variables_of  # noqa: PLC0415
    from smtpprobe.script.input_file import STANDARD_INPUT  # noqa: PLC0415
    from smtpprobe.script.load import Given  # noqa: PLC0415
    from smtpprobe.script.tools.format import format_files  # noqa: PLC0415
    from smtpprobe.script.tools.static_check import check_files  # noqa: PLC0415 - only when chosen

    if words.check and words.fmt:
        raise UsageError("--check and --fmt cannot be used together", "use one of them")
    if words.diff and not words.fmt:
        raise UsageError("--diff needs --fmt")
    if words.format not in (None, "text", "json") or (words.fmt and words.format == "json"):
        raise UsageError(
            f"--format {words.format} is not supported there", "--check supports only text and json"
        )
    names = files or [STANDARD_INPUT]
    colour = wants_colour(words.color or "auto", os.environ, terminal=sys.stdout.isatty())
    if words.fmt:
        return format_files(names, diff=words.diff, colour=colour)
    given = Given(
        variables_of(words.var, words.vars_file),
        parse_target(target) if target is not None else None,
    )
    machine = words.format == "json"
    return check_files(names, given, machine=machine, strict=words.strict, colour=colour)


async def _scripts(
    words: argparse.Namespace,
    files: list[str] | None,
    target: Target | None,
    settings: Settings,
    options: ConnectOptions,
) -> int:
    from smtpprobe.script.batch.arguments import script_options, with_login  # noqa: PLC0415
    from smtpprobe.script.batch.run import run_scripts  # noqa: PLC0415 - only when chosen

    terminal = sys.stdout.isatty()
    if words.format not in (None, "text"):
        write_utf8(sys.stdout)
    login = wish_of(words)
    _warn(login.warnings)
    how = script_options(words, settings.client)._replace(
        transcript=settings.transcript or None,
        pcap=words.pcap,
        pcap_secrets=words.pcap_secrets,
        colour=wants_colour(settings.color, os.environ, terminal=terminal),
        width=_columns() if terminal else None,
    )
    announced = bool(settings.proxy_protocol)
    async with practice(wanted=words.sandbox, announced=announced) as server:
        if server is not None:
            target, options = practised(server, options, words)
        how = with_login(how, login, target.name if target is not None else "")
        return await run_scripts(files, target, options, how)


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        sys.stderr.write(f"smtpprobe: warning: {shown(warning)}\n")


def _columns() -> int:
    import shutil  # noqa: PLC0415 - heavy, and only on a terminal

    return shutil.get_terminal_size().columns


async def _prompt(
    words: argparse.Namespace, target: Target | None, settings: Settings, options: ConnectOptions
) -> ExitStatus:
    from smtpprobe.repl.run import run  # noqa: PLC0415 - only when chosen

    history = state_path() / "history" if settings.history else None
    colour = wants_colour(settings.color, os.environ, terminal=sys.stdout.isatty())
    announced = bool(settings.proxy_protocol)
    async with practice(wanted=words.sandbox, announced=announced) as server:
        if server is not None:
            target, options = practised(server, options, words)
        capture = (words.pcap, words.pcap_secrets) if words.pcap else None
        return await run(
            target, settings, options, sandbox=server, history=history, colour=colour,
            login=wish_of(words), capture=capture,
        )  # fmt: skip


@asynccontextmanager
async def practice(
    *, wanted: bool, announced: bool = False
) -> AsyncIterator[PracticeServer | None]:
    """Run a practice server for the block where it is wanted; yield it, or None."""
    if not wanted:
        yield None
        return
    from smtpprobe.sandbox.practice_server import PracticeServer  # noqa: PLC0415 - only when chosen

    server = PracticeServer(proxy_protocol=announced)
    try:
        async with server:
            yield server
    except Exception as error:  # the result is the client's: a fault of its server is only told
        if not server.has_failed_by(error):
            raise
        told = shown(f"{type(error).__name__}: {error}")
        sys.stderr.write(f"smtpprobe: warning: the practice server failed: {told}\n")


def practised(
    server: PracticeServer, options: ConnectOptions, words: argparse.Namespace
) -> tuple[Target, ConnectOptions]:
    """Return the target and options of a session with a practice server: its CA is trusted.

    Roots and names that are settings are those of other servers; only options are meant for it.
    """
    target = Target(TargetKind.ADDRESS, server.host, server.port)
    ca_file = options.ca_file if words.ca_file else str(server.ca_file)
    return target, options._replace(ca_file=ca_file, sni=options.sni if words.sni else None)


def run_sandbox(words: argparse.Namespace) -> int:
    """Run a server until it is interrupted; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller tells it.
    """
    from smtpprobe.sandbox.throwaway_ca import Certificate  # noqa: PLC0415 - only when chosen

    common: dict[str, Any] = {
        "host": words.host,
        "port": words.port,
        "certificate": Certificate(words.certificate),
        "out": sys.stdout,
        "colour": wants_colour(words.color or "auto", os.environ, terminal=sys.stdout.isatty()),
        "quiet": bool(words.quiet),
    }
    if words.client_ca and (words.hostile is not None or words.replay is not None):
        raise UsageError(
            "--client-ca is only for the practice server",
            "omit it with --hostile and --replay",
        )
    ports = {name: getattr(words, name) for name in ("submission_port", "smtps_port", "lmtp_port")}
    if words.hostile is not None:
        return _run_hostile(words, ports, common)
    if words.replay is not None:
        return _run_replay(words, ports, common)
    if words.timing:
        raise UsageError("--timing needs --replay", "add --replay FILE")
    from smtpprobe.sandbox.subcommand import serve  # noqa: PLC0415

    dialects = {
        "proxy_protocol": words.proxy_protocol,
        "xclient": words.xclient,
        "client_ca": words.client_ca,
    }
    return run_until_done(serve(**ports, **dialects, **common))


def _run_hostile(words: argparse.Namespace, ports: dict[str, int], common: dict[str, Any]) -> int:
    from smtpprobe.sandbox.hostile.subcommand import read_hostility, serve_hostile  # noqa: PLC0415 - only when chosen

    if words.replay is not None:
        raise UsageError("--hostile and --replay cannot be used together", "use one of them")
    for name, port in ports.items():
        if port:
            raise UsageError(
                f"--{name.replace('_', '-')} is only for the practice server",
                "--hostile listens on one port: use --port N",
            )
    _refuse_dialects(words, "--hostile")
    return run_until_done(serve_hostile(read_hostility(words.hostile), **common))


def _refuse_dialects(words: argparse.Namespace, beside: str) -> None:
    """Raise UsageError for what only the practice server speaks."""
    for name in ("proxy_protocol", "xclient"):
        if getattr(words, name):
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} is only for the practice server", f"leave out {beside}")


def _run_replay(words: argparse.Namespace, ports: dict[str, int], common: dict[str, Any]) -> int:
    from smtpprobe.sandbox.replay.subcommand import serve_replay  # noqa: PLC0415 - only when chosen
    from smtpprobe.script.recordings.load import load_recording  # noqa: PLC0415
    from smtpprobe.script.recordings.read import has_times  # noqa: PLC0415

    for name, port in ports.items():
        if port:
            raise UsageError(
                f"--{name.replace('_', '-')} is only for the practice server",
                "--replay listens on one port: use --port N",
            )
    _refuse_dialects(words, "--replay")
    recording = load_recording(words.replay)
    if words.timing and not has_times(recording):
        raise UsageError(
            f"--timing: {words.replay} has no timestamps",
            "text transcripts have none; record with --transcript FILE.jsonl",
        )
    _warn([f"{words.replay}:{line}: {what}" for line, what in recording.gaps])
    connections = connections_of(recording, timing=words.timing)
    return run_until_done(serve_replay(words.replay, connections, **common))


def connections_of(recording: Recording, *, timing: bool = False) -> list[RecordedConnection]:
    """Return the connections of a recording as a server has them, in the order of their opening."""
    from smtpprobe.sandbox.replay.recorded_connection import recorded_connections  # noqa: PLC0415 - only when chosen

    return [
        connection
        for track in recording.tracks
        for connection in recorded_connections(
            track.events, track.partial, name=track.beside, timing=timing
        )
    ]


def run_starttls(words: argparse.Namespace) -> int:
    """Run `smtpprobe starttls`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller tells it.
    """
    from smtpprobe.starttls.arguments import read_words  # noqa: PLC0415
    from smtpprobe.starttls.reports.formats import Format  # noqa: PLC0415
    from smtpprobe.starttls.subcommand import run  # noqa: PLC0415 - only when chosen

    settings = settings_of(words)
    if settings.proxy:
        raise UsageError(
            f"starttls does not use a proxy, and {settings.shown('proxy')} is configured",
            "SMTPPROBE_PROXY= smtpprobe starttls ... connects directly",
        )
    read = read_words(
        words, os.environ, client=lambda: client_name(words.timeout), settings=settings
    )
    if read.bulk is not None or read.form is not Format.TEXT:
        write_utf8(sys.stdout)
    return run_until_done(run(read))


def files_and_target(words: argparse.Namespace) -> tuple[list[str] | None, str | None]:
    """Return the script files (None without --script) and the target as written.

    Of several words after --script the last one is the target, unless a target is named
    elsewhere or the word is `-`, ends in `.smtp` or names a file or folder that exists.

    Raises:
        UsageError: there are two targets or two ports, or standard input is given twice.
    """
    target = _named_target(words)
    files = None if words.script is None else list(words.script)
    if files is not None and files.count("-") > 1:
        raise UsageError("--script: - is given twice, but standard input can be read only once")
    if files is not None and target is None:
        target = _last_word(files)
    if words.port is None:
        return files, target
    if target is None:
        raise UsageError(
            f"--port {words.port}, but no target", f"for example mx.example.org:{words.port}"
        )
    return files, with_port(target, str(words.port))


def _named_target(words: argparse.Namespace) -> str | None:
    """Return the target that is named outside `--script`, None without one."""
    server = () if words.server is None else (host_itself(words.server),)
    target = () if words.target is None else (words.target,)
    return one_target((*server, *target, *words.positional))


def _last_word(files: list[str]) -> str | None:
    """Take the target, and a number behind it, from the end of the words after `--script`."""
    if len(files) < 2 or _is_file(files[-1]):
        return None
    last = files.pop()
    port = is_port(last) and len(files) > 1 and not _is_file(files[-1])
    return with_port(files.pop(), last) if port else last


def _is_file(word: str) -> bool:
    return word == "-" or word.endswith(".smtp") or Path(word).exists()


def connect_options(
    words: argparse.Namespace, settings: Settings, *, verify: bool
) -> ConnectOptions:
    """Return how connections are made, from words and settings.

    Raises:
        UsageError: a word cannot be understood, or contradicts another.
    """
    if words.insecure and settings.tls_verify:
        raise UsageError("--insecure and --tls-verify cannot be used together", "use one of them")
    if settings.ca_file:
        from smtpprobe.net.tls.strict_context import check_ca_file  # noqa: PLC0415 - needs `ssl`

        check_ca_file(settings.ca_file)
    return ConnectOptions(
        family=words.family,
        bind=words.bind,
        resolver=settings.resolver or None,
        mx=words.mx,
        verify=verify and not words.insecure,
        implicit_tls={"auto": None, "off": False, "implicit": True}[words.tls],
        ca_file=settings.ca_file or None,
        sni=settings.name_sent,
        keylog=words.keylog or os.environ.get("SSLKEYLOGFILE"),
        connect_timeout=settings.connect_timeout,
        handshake_timeout=settings.handshake_timeout,
        greeting_timeout=settings.greeting_timeout,
        timeout=words.timeout,
        client=settings.client,
        proxy_header=settings.proxy_header,
        proxy=proxy_of(words, settings),
        offer=tls_offer(words, settings),
        pace=_pace(words),
    )


def _pace(words: argparse.Namespace) -> Pace | None:
    """Return how octets go out; `send` has no word for it."""
    limits = getattr(words, "octet_rate", None), getattr(words, "segment", None)
    return Pace(*limits) if any(limits) else None


def tls_offer(words: argparse.Namespace, settings: Settings) -> TlsOffer:
    """Return what this side brings to handshakes; asks for the password of an encrypted key.

    Raises:
        UsageError: it cannot be used, or not on this machine.
    """
    offer = settings.offer
    if offer == EVERYTHING:
        return offer
    from smtpprobe.net.tls.offer import check_offer, wants_password  # noqa: PLC0415 - needs `ssl`

    if wants_password(offer):
        from smtpprobe.script.batch.given_values import (  # noqa: PLC0415 - as above
            KEY_PASSWORD,
            secret_values,
            secrets_given,
        )

        key = f"--key {offer.key}" if offer.key else f"--cert {offer.certificate}"
        values = secret_values([(key, KEY_PASSWORD)], secrets_given(getattr(words, "secret", ())))
        offer = offer._replace(password=Hidden(values[KEY_PASSWORD]))
    check_offer(offer)
    return offer


def proxy_of(words: argparse.Namespace, settings: Settings) -> Proxy | None:
    """Return the proxy to connect through; asks for its password where only a user is named.

    Raises:
        UsageError: the password is missing or cannot be sent.
    """
    if not settings.proxy:
        return None
    from smtpprobe.protocol.transport.proxy import check_login, parse_proxy  # noqa: PLC0415

    proxy = parse_proxy(settings.proxy)
    if proxy.password and getattr(words, "proxy", None):
        sys.stderr.write(
            "smtpprobe: warning: --proxy with a password: others on this machine can see it; "
            "write USER@HOST, and it is asked for\n"
        )
    if proxy.user and not proxy.password:
        from smtpprobe.script.batch.given_values import (  # noqa: PLC0415 - as above
            PROXY_PASSWORD,
            secret_values,
            secrets_given,
        )

        given = secrets_given(getattr(words, "secret", ()))
        values = secret_values([(f"--proxy {proxy}", PROXY_PASSWORD)], given)
        proxy = proxy._replace(password=Hidden(values[PROXY_PASSWORD]))
        check_login(proxy)
    return proxy


WAITS = ("connect_timeout", "handshake_timeout", "greeting_timeout")
"""The settings that `--timeout` sets, unless they have been set themselves."""


def settings_of(words: argparse.Namespace) -> Settings:
    """Return the settings, and report errors in their sources.

    Raises:
        UsageError: an option cannot be understood.
    """
    given: dict[str, Value] = {}
    for name, key in KEYS.items():
        value = getattr(words, name, None)
        if value is not None:
            given[name] = read_value(key, value) if isinstance(value, str) else value
    if (limit := words.timeout) is not None:
        for name in WAITS:
            given.setdefault(name, limit)
    if words.config and not Path(words.config).is_file():
        raise UsageError(f"--config: cannot read {words.config}")
    path = Path(words.config) if words.config else None
    if path is None and may_be_configured():
        path = config_path()
    settings, warnings = load(given, path=None if words.no_config else path)
    for warning in warnings:
        sys.stderr.write(f"smtpprobe: warning: {shown(warning)}\n")
    return settings


LOOP_FILES = 3
"""Files that an event loop opens: what it waits with, and a pair of sockets to wake it."""


def check_loop_fits() -> None:
    """Raise OSError where so few files may be open that no event loop can begin.

    asyncio leaves half of one behind, which is reported when it is collected.
    """
    found: list[int] = []
    try:
        for _ in range(LOOP_FILES):
            found.append(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))  # noqa: PERF401 - closed one by one, too
    finally:
        for number in found:
            os.close(number)


def run_until_done(work: Coroutine[Any, Any, int]) -> int:
    """Run a front end to its end; SIGTERM and SIGHUP, unless ignored, cancel it and give 143."""
    terminated = False

    async def supervised() -> int:
        nonlocal terminated
        task = asyncio.current_task()
        assert task is not None

        def terminate() -> None:
            nonlocal terminated
            terminated = True
            task.cancel(ExitStatus.TERMINATED.name)

        loop = asyncio.get_running_loop()
        for number in heeded((signal.SIGTERM, signal.SIGHUP)):
            loop.add_signal_handler(number, terminate)
        return int(await work)

    try:
        check_loop_fits()
    except OSError:
        work.close()
        raise
    try:
        return asyncio.run(supervised())
    except asyncio.CancelledError:
        if terminated:
            return int(ExitStatus.TERMINATED)
        raise
