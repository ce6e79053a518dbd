"""Real runs of every outcome, for the formats that report them."""

from __future__ import annotations

from smtpprobe.errors import ScriptError
from smtpprobe.sandbox.faults import Step
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.results import BrokenScript, Report, ScriptResult
from tests.script.runs import run, told

EHLO = (b"EHLO", b"250-mx.example\r\n250 PIPELINING\r\n")
NOOP = (b"NOOP", b"250 ok\r\n")
REFUSED = (b"RCPT", b"554 5.7.1 <bob@other.example>: Relay access denied\r\n")
HOSTILE = (
    b'550 a|b <x>&"y" ]]> \\ # SKIP \x1b[2J \x00 \xff \xef\xbf\xbe \xe2\x80\xae {} not ok 1 - z\r\n'
)

SCRIPTS: dict[str, tuple[str, list[Step]]] = {
    "ok.smtp": ("NOOP\n< 250\n", told(NOOP)),
    "soft.smtp": ("NOOP\n< 250\n<~ 250 2.0.0\n", told(NOOP)),
    "bad.smtp": ("RCPT TO:<bob@other.example>\n< 250 2.1.5\n", told(REFUSED)),
    "skip.smtp": (":require STARTTLS\nEHLO x\nMAIL FROM:<>\n", told(EHLO)),
    "slow.smtp": (":timeout 50ms\nRSET\n", told()),
    "empty.smtp": ("# nothing\n", told()),
    "cases.smtp": (
        (
            ':case "null # sender"\nNOOP\n:case "open relay"\nRCPT TO:<bob@other.example>\n< 250\n'
            ':case "inside TLS"\n:require STARTTLS\nEHLO x\nMAIL FROM:<>\n:case "twice"\n'
            ":repeat 2\nNOOP\n< 250\n:end\n"
        ),
        told(NOOP),
    ),
    "hostile.smtp": ("NOOP\n< 250\n", told((b"NOOP", HOSTILE))),
}


async def result(name: str) -> ScriptResult:
    text, server = SCRIPTS[name]
    if name != "cases.smtp":
        return (await run(text, server))._replace(name=name)
    servers = [told(NOOP), told(REFUSED), told(EHLO), told(NOOP, NOOP)]
    return (await run(text, *servers))._replace(name=name)


def broken(name: str = "broken.smtp") -> BrokenScript:
    try:
        parse("NOOP\n:nonsense | # x\n< 2500\n", name)
    except ScriptProblems as error:
        return BrokenScript(name, error)
    raise AssertionError


def unreadable(name: str = "gone.smtp") -> BrokenScript:
    return BrokenScript(name, ScriptError(f"cannot read {name}: No such file or directory"))


async def report_of(*names: str) -> Report:
    runs: list[ScriptResult | BrokenScript] = []
    for name in names:
        match name:
            case "broken.smtp":
                runs.append(broken())
            case "gone.smtp":
                runs.append(unreadable())
            case _:
                runs.append(await result(name))
    return Report(tuple(runs), sum(one.seconds for one in runs if isinstance(one, ScriptResult)))


EVERYTHING = (*SCRIPTS, "broken.smtp", "gone.smtp")
