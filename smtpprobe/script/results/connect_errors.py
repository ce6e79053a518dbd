"""Says why a script has no connection: the name, the domain's own word, or each address. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.errors import LookupFailed, NoMailService, ProbeError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.attempts import UNDIALLED, Attempt, Outcome, silent_program
from smtpprobe.protocol.target import Target
from smtpprobe.script.results.reason import Reason, Trouble

FIVE_MINUTES = "RFC 5321 4.5.3.2.1 allows a server five minutes: use --greeting-timeout 5m"


class Unconnected(NamedTuple):
    """Why there is no connection; `more` is a line for each address that was dialled."""

    reason: Reason
    message: str
    help: str = ""
    more: tuple[str, ...] = ()
    trouble: Trouble = Trouble.FAILED


def unconnected(error: ProbeError, target: Target, tried: Sequence[Attempt]) -> Unconnected:
    """Return the message of a script whose target could not be reached."""
    dialled = [one for one in tried if one.outcome not in UNDIALLED]
    match error:
        case NoMailService():
            message = f"{target.name} accepts no mail (null MX, RFC 7505)"
            return Unconnected(Reason.NO_MAIL, message, error.hint)
        case LookupFailed():
            told = f"cannot resolve {_named(target, error)}"
            return Unconnected(
                Reason.UNRESOLVED, told, error.hint, trouble=_trouble(late=error.late)
            )
        case _ if len(dialled) == 1 and dialled[0].outcome is Outcome.NO_GREETING:
            told = f"no greeting {_within(dialled[0])}"
            help_ = silent_program(target, dialled[0]) or FIVE_MINUTES
            return Unconnected(Reason.NO_GREETING, told, help_, trouble=Trouble.NO_ANSWER)
        case _ if dialled:
            silent = any(one.outcome is Outcome.NO_GREETING for one in dialled)  # its line says so
            help_ = "" if silent else error.hint
            trouble = _trouble(late=all(map(_is_late, dialled)))
            return Unconnected(
                Reason.UNREACHED, _where(target, dialled), help_, _lines(dialled), trouble
            )
        case _:
            return Unconnected(Reason.UNREACHED, error.message, error.hint)


def _trouble(*, late: bool) -> Trouble:
    return Trouble.NO_ANSWER if late else Trouble.FAILED


def _is_late(attempt: Attempt) -> bool:
    """Return whether an attempt ended because nothing came within its limit."""
    silent = attempt.outcome in (Outcome.TIMED_OUT, Outcome.NO_GREETING)
    return silent or (attempt.tls is not None and attempt.tls.late)


def _named(target: Target, error: LookupFailed) -> str:
    """Return what went wrong with a name, which the message may begin with already."""
    named = error.about in (target.name, str(target))
    return error.message if named else f"{target.name}: {error.message}"


def _where(target: Target, dialled: Sequence[Attempt]) -> str:
    hosts = {(one.host.name, one.port) for one in dialled}
    host, port = dialled[0].host.name, dialled[0].port
    shown = str(target) if len(hosts) > 1 else f"{host}:{port}" if port else host
    return f"cannot connect to {shown}"


def _lines(dialled: Sequence[Attempt]) -> tuple[str, ...]:
    if len(dialled) == 1 and dialled[0].address in ("", dialled[0].host.name):
        return (_how(dialled[0]),)  # the address is in the message already
    several = len({one.host.name for one in dialled}) > 1
    rows = [(_address(one, several=several), _how(one)) for one in dialled]
    width = max(len(address) for address, _ in rows)
    return tuple(f"{address:<{width}}  {how}" for address, how in rows)


def _address(attempt: Attempt, *, several: bool) -> str:
    address = attempt.address or attempt.host.name
    named = several and attempt.address not in ("", attempt.host.name)
    return f"{attempt.host.name} {address}" if named else address


def _how(attempt: Attempt) -> str:
    told = attempt.outcome.value
    match attempt.outcome:
        case Outcome.NO_GREETING:
            allows = "RFC 5321 4.5.3.2.1 allows five minutes: use --greeting-timeout 5m"
            return f"{told} {_within(attempt)} ({allows})"
        case Outcome.TIMED_OUT if attempt.within is not None:
            return f"{told} after {attempt.within:g}s"
        case _:
            return f"{told}: {attempt.reason}" if attempt.reason else told


def _within(attempt: Attempt) -> str:
    """Return within which time no greeting was received, and how much of one."""
    came = f" ({attempt.octets} octets of one came)" if attempt.octets else ""
    return f"within {attempt.within or 0:g}s{came}"
