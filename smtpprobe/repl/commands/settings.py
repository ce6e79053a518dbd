"""Local commands about the prompt itself: settings, annotations, leaving."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from smtpprobe.errors import UsageError
from smtpprobe.explainer.own_table import named_path, take_up
from smtpprobe.present import spans
from smtpprobe.present.escape import escaped
from smtpprobe.present.reply import Detail
from smtpprobe.protocol.transport.proxy import Proxy, check_login, parse_proxy
from smtpprobe.protocol.transport.tls_offer import Hidden
from smtpprobe.script.batch.given_values import KEY_PASSWORD, PROXY_PASSWORD
from smtpprobe.secret_variables import SECRET
from smtpprobe.settings.settings import KEYS, Settings, commented_file, config_path, known_key

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

AT_START_ONLY = frozenset({"editing_mode", "plain", "quiet", "history", "color", "transcript"})
"""Settings that are looked at when the program starts."""


def show_detail(session: Session, detail: Detail) -> None:
    """Change how much to explain under each reply."""
    session.view.detail = detail
    session.settings = session.settings._replace(annotate=detail.value)
    session.say(f"annotations: {detail.value}")


def next_detail(session: Session) -> None:
    """Brief, full, off, and round again (F2)."""
    order = (Detail.BRIEF, Detail.FULL, Detail.OFF)
    show_detail(session, order[(order.index(session.view.detail) + 1) % len(order)])


async def annotate(session: Session, argument: str) -> None:
    """`:annotate [off|brief|full]`."""
    values = {detail.value: detail for detail in Detail}
    if argument and argument not in values:
        raise UsageError(f"annotate: {argument!r} is not one of {', '.join(values)}")
    show_detail(session, values.get(argument, session.view.detail))


async def set_(session: Session, argument: str) -> None:
    """`:set [KEY [VALUE]]`."""
    name, _, value = argument.partition(" ")
    if not name:
        session.show([_row(session, known) for known in KEYS])
        return
    key = known_key(name)
    if value:
        if name == "client" and value.strip() in _EMPTY:
            raise UsageError("client: EHLO needs a name", ":set client me.example")
        before = session.settings
        session.settings = before.changed(name, _EMPTY.get(value.strip(), value.strip()))
        try:
            apply(session, name)
        except UsageError:
            session.settings = before
            raise
    session.show([_row(session, key.name)])
    if value and name in AT_START_ONLY:
        session.say(f"{name} takes effect at the next start (--{name.replace('_', '-')})")


_EMPTY = {'""': "", "''": ""}
"""How an empty value is written, and shown."""


def apply(session: Session, name: str) -> None:
    """Pass a changed setting on to the parts that have a copy of it."""
    settings = session.settings
    match name:
        case "annotate":
            session.view.detail = Detail(settings.annotate)
        case "replies":
            take_up(named_path(settings.replies))
        case _ if name in _OFFERED:
            session.client.offer(settings.offer._replace(password=_key_password()))
        case "ca_file":
            session.client.trust(settings.ca_file or None)
        case _ if (made := _MADE.get(name)) is not None:
            option, make = made
            session.client.options = session.client.options._replace(**{option: make(settings)})
        case _ if (field := _OF_CONNECTIONS.get(name)) is not None:
            changed: dict[str, Any] = {field: getattr(settings, name)}
            if changed[field] == "":
                changed[field] = None
            session.client.options = session.client.options._replace(**changed)
        case _:
            pass  # looked up when it is needed


_OFFERED = frozenset({"cert", "key", "tls_min", "tls_max", "ciphers", "groups"})
"""The settings of what this side brings to handshakes."""


def _proxy(text: str) -> Proxy | None:
    """Return the proxy; the password of a user named alone is a secret of the environment."""
    if not text:
        return None
    proxy = parse_proxy(text)
    if proxy.user and not proxy.password:
        variable = f"{SECRET}{PROXY_PASSWORD}"
        proxy = proxy._replace(password=Hidden(os.environ.get(variable, "")))
        if not proxy.password:
            raise UsageError(
                f"proxy {proxy}: the password is missing",
                f"set {variable} before the start, or start with --proxy, which asks for it",
            )
        check_login(proxy)
    return proxy


def _key_password() -> Hidden:
    return Hidden(os.environ.get(f"{SECRET}{KEY_PASSWORD}", ""))


_MADE: dict[str, tuple[str, Callable[[Settings], Any]]] = {
    "client": ("client", lambda settings: settings.client),
    "proxy": ("proxy", lambda settings: _proxy(settings.proxy)),
    "proxy_protocol": ("proxy_header", lambda settings: settings.proxy_header),
    "sni": ("sni", lambda settings: settings.name_sent),
}
"""The settings that an option of connections is made of: its name, and how."""


_OF_CONNECTIONS = {
    "tls_verify": "verify",
    "resolver": "resolver",
    "connect_timeout": "connect_timeout",
    "handshake_timeout": "handshake_timeout",
    "greeting_timeout": "greeting_timeout",
}
"""The settings that are options of connections, by their names there."""


def _row(session: Session, name: str) -> spans.Line:
    key = KEYS[name]
    values = f" ({'|'.join(key.values)})" if key.values else ""
    value = session.settings.shown(name) or '""'
    return (
        spans.Span(spans.PLAIN, f"{name} = {escaped(value)}"),
        spans.Span(spans.NOTICE, f"   # {key.meaning}{values}"),
    )


async def config(session: Session, argument: str) -> None:
    """`:config init`."""
    path = config_path()
    if argument != "init":
        raise UsageError(f"config: {argument!r}", f":config init writes {path}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(commented_file())
    except FileExistsError:
        raise UsageError(f"{path} already exists", "nothing was written") from None
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    session.say(f"written: {path}")


async def quit_(session: Session, _argument: str) -> None:
    """`:quit`."""
    session.exit_keys.end_of_input(insist=True)


async def quit_now(session: Session, _argument: str) -> None:
    """`:quit!`."""
    session.leave()
