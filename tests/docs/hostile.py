"""Writes docs/hostile.md from the catalogue of hostile servers: `python -m tests.docs.hostile`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.sandbox.hostile.catalogue import CATALOGUE, Entry, Kind
from smtpprobe.sandbox.hostile.names import NAMES
from smtpprobe.sandbox.hostile.policies import POLICIES, PolicyEntry, Where
from smtpprobe.sandbox.hostile.stages import STAGES
from smtpprobe.sandbox.hostile.subcommand import POLICY_RESULTS
from tests.hostile.faces import FACES
from tests.hostile.heavy import GROWTH
from tests.hostile.laws import PROMISES

PAGE = Path(__file__).parents[2] / "docs" / "hostile.md"

HEAD = """\
# Hostile servers

Generated from the program's table by `python -m tests.docs.hostile`; a test checks that it is
current.

Each of these servers behaves well except at one stage of a session. To try your own client against
one:

    smtpprobe sandbox --hostile taken-back@rcpt --port 2525

`--hostile NAME@STAGE` takes a name of a table and one of the stages: {stages}.
Without `@STAGE` it is the first stage in the row. Name servers and policy hosts, below, have no
stages.

In the tests every server meets {faces}.
Each time the following must hold:

{promises}

A server that closes at every octet of a whole session is met in the same way.

`make hostile` runs all combinations; every run of the tests has a sixth of them. It also starts
the program itself (`script`, `pipe`, `starttls`, `send`, `why`, `mcp`, API) against a line of 1 GB
without an end and a reply of 1,000,000 lines, and measures its memory: none may need more than
{growth:.0f} MiB beyond an ordinary session.

The column "result" is what a client must make of it: never a success where the server did not
complete its part.
"""


NAME_SERVERS = """
## Name servers

What a name server says of a domain and all below it, over UDP and TCP. `starttls`, `why` and the
tools of `mcp` ask it. None leads to a mail server: so nothing may pass, within the same bounds of
time and memory, and no control character of a name or text reaches the screen. To ask one yourself:

    smtpprobe sandbox --hostile mx-many --port 5353
    smtpprobe starttls --resolver 127.0.0.1:5353 hostile.test

| name | the name server |
|---|---|
"""


POLICY_HOSTS = """
## Policy hosts

What `mta-sts.hostile.test` does when a client fetches its MTA-STS policy over HTTPS. The domain's
other servers are in order and come with it. `starttls` may use a policy only if it came whole, over
a connection that verifies; a policy that was not received is unknown, never "none"; and no control
character of a policy or header reaches a report, in any format.

    smtpprobe sandbox --hostile policy-cut --port 443

"""


def page() -> str:
    """Return the page."""
    promises = "\n".join(f"- {one}" for one in PROMISES)
    *most, last = [f"`{name}`" if name.islower() else name for name in FACES]
    faces = f"{', '.join(most)} and {last}"
    stages = ", ".join(f"`{stage.value}`" for stage in STAGES)
    parts = [HEAD.format(stages=stages, faces=faces, promises=promises, growth=GROWTH)]
    for kind in Kind:
        parts.append(
            f"\n## {kind.value}\n\n| name | the server | at | result |\n|---|---|---|---|\n"
        )
        parts += [_row(entry) for entry in CATALOGUE if entry.kind is kind]
    parts.append(NAME_SERVERS)
    parts += [f"| `{entry.name}` | {entry.does} |\n" for entry in NAMES]
    parts.append(POLICY_HOSTS)
    for where in Where:
        parts.append(f"\n### {where.value}\n\n| name | the policy host | result |\n|---|---|---|\n")
        parts += [_policy(entry) for entry in POLICIES if entry.where is where]
    return "".join(parts)


def _row(entry: Entry) -> str:
    at = ", ".join(stage.value for stage in entry.stages)
    at = "any stage" if entry.stages == STAGES else at
    return f"| `{entry.name}` | {entry.does} | {at} | {entry.outcome.value} |\n"


def _policy(entry: PolicyEntry) -> str:
    return f"| `{entry.name}` | {entry.does} | {POLICY_RESULTS[entry.outcome]} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
