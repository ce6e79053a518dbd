"""Checks the connected peer: its session is used, and stays open."""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.net.clock import now
from smtpprobe.net.hostname import client_name
from smtpprobe.policy.dane import Chain
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.target import Target, host_target
from smtpprobe.settings.option_limits import POLICY_SECONDS, REPLY_SECONDS
from smtpprobe.starttls.collect.address import hello_inside, talk
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.smtp_session import SmtpSession, said
from smtpprobe.starttls.facts import NO, YES, AddressFacts, Upgrade
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.starttls.judge.options import JudgeOptions


def gathering_of(options: ConnectOptions) -> Gathering:
    """Return how facts are gathered with the options of a session."""
    return Gathering(
        client=options.client or client_name(options.timeout),
        family=options.family,
        bind=options.bind,
        resolver=options.resolver,
        sni=options.sni,
        ca_file=options.ca_file,
        keylog=options.keylog,
        connect_limit=options.connect_timeout,
        handshake_limit=options.handshake_timeout,
        reply_limit=options.timeout or REPLY_SECONDS,
        greeting_limit=options.greeting_timeout,
        policy_limit=min(options.timeout or POLICY_SECONDS, POLICY_SECONDS),
        lookup_limit=options.timeout,
    )


async def check_target(target: Target, options: ConnectOptions) -> Report:
    """Return the report on a target, from new connections.

    Raises:
        ProbeError: it cannot be checked.
    """
    shared = await open_shared(gathering_of(options), Limits(), (target,))
    try:
        return judge(await collect(target, shared), JudgeOptions(sni=options.sni), now())
    finally:
        await shared.close()


def can_be_used(state: State) -> bool:
    """Return whether the live session can be used: no transaction is open, no login under way."""
    quiet = state.phase in (Phase.CONNECTED, Phase.READY) and not state.pending
    return quiet and state.sender is None


async def check_peer(client: Client) -> Report:
    """Return the report on the connected peer.

    Its session is used where that is possible (EHLO, STARTTLS and EHLO are sent as needed), and
    stays open; else the peer gets a new connection.

    Raises:
        ProbeError: it cannot be checked.
    """
    state, options = client.state, client.options
    assert state.target is not None
    target = host_target(state.target, state.host)
    ip = state.peer.rpartition(":")[0].removeprefix("[").removesuffix("]")
    how = replace(gathering_of(options), pins={(state.host.lower(), target.port): ip})
    shared = await open_shared(how, Limits(), (target,))
    if can_be_used(state):
        shared.live = await live_facts(client, how, ip)
    try:
        return judge(await collect(target, shared), JudgeOptions(sni=options.sni), now())
    finally:
        await shared.close()


async def live_facts(client: Client, how: Gathering, ip: str) -> AddressFacts:
    """Return the facts of the connected address; TLS that is on already is taken as it is."""
    state = client.state
    implicit = bool(state.target and state.target.implicit_tls)
    facts = AddressFacts(ip, state.port, implicit, connections=0)
    session = SmtpSession(client, how.reply_limit)
    try:
        if state.tls is None or facts.implicit_tls:
            return await talk(session, facts, how)
        facts = _inside(facts, state)
        return facts if facts.after is not None else await hello_inside(session, facts, how)
    finally:
        session.leave()


def _inside(facts: AddressFacts, state: State) -> AddressFacts:
    """Return the facts of a session inside TLS, from what it has shown so far."""
    assert state.tls is not None
    before = lines_of(state.previous_extensions)
    upgrade = Upgrade(advertised=YES if "STARTTLS" in state.previous_extensions else NO)
    return facts._replace(
        greeting=said(state.greeting) if state.greeting is not None else None,
        before=before,
        after=lines_of(state.extensions) if state.extensions.announced else None,
        starttls=upgrade,
        tls=state.tls,
        chain=Chain(state.tls.chain),
    )


def lines_of(extensions: Extensions) -> tuple[str, ...]:
    """Return the lines of an EHLO reply, rebuilt from its keywords."""
    return tuple(" ".join((keyword, *values)) for keyword, values in extensions.announced)
