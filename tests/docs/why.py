"""Writes docs/why.md from the tables of the program: `python -m tests.docs.why`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smtpprobe.why.causes import ROWS as CAUSES
from smtpprobe.why.causes import Cause
from smtpprobe.why.collect.allowance import AT_A_TIME, IN_ALL, MOST_RECIPIENTS
from smtpprobe.why.diagnose.table import ROWS, Certainty, Row
from smtpprobe.why.plan import PLAN

PAGE = Path(__file__).parents[2] / "docs" / "why.md"

HEAD = """\
# Why does mail not arrive? `smtpprobe why`

Generated from the program's tables by `python -m tests.docs.why`; a test checks that it is
current.

```sh
smtpprobe why user@example.org --from me@example.net
```

It follows the mail step by step and ends with one verdict: the cause, who has to act, what to do
now, what was ruled out and how, what is still open. Exit 0: the mail would be accepted; 1: it
would not, however long one waits; 4: nobody can tell from here, or it is refused for now only.
Options: [options.md](options.md#smtpprobe-why).

**No message is ever sent**: RCPT is followed by RSET and QUIT; `--no-rcpt` stops before MAIL. At
most {at_a_time} to an address at a time and {in_all} in all, {recipients} RCPT
commands to a host; a host that says 421 is left alone. The last line counts what was done.

## How sure it is

- **The cause** was looked up or tried: DNS answered, a connection failed, two tries differed in
  one thing.
- **Most likely** rests on the words of a reply or of a log.
- **Cannot tell** names what would settle it.

Replies lie: a blocked sender gets "user unknown", a blocked host that access is
denied. So a refusal is followed by two more tries, in the same session where the server allows
it:

| the recipient, from <> | postmaster, from the same sender | so it is |
|---|---|---|
| accepted | | this sender |
| refused | accepted | this recipient |
| refused | refused | our host, for every sender and recipient |

Without `--from` the null sender is used, and compared with another one. Where postmaster is
spared from a block, which is common, words that name a reason of the host (a list, reverse DNS,
EHLO) still count.

What cannot be seen from here is unknown, never no. Behind NAT our public address, its PTR and SPF
are unknown unless `--public-address` gives it or the server's EHLO reply shows it.

## What it says of us

- **Our address** is that of the socket where it is public. Behind NAT (private addresses,
  100.64.0.0/10, fc00::/7) and through a relay it is unknown, unless `--public-address` gives it or
  a server shows it in its replies; the line says which. PTR, SPF and lists rest on it.
- **PTR, EHLO name**: does a name of the address lead back to it (FCrDNS), does it look like that
  of a line to a home; does the name in EHLO resolve, and to our address?
- **SPF** (RFC 7208) is evaluated by pyspf, with the resolver of this run: for the sender's domain,
  or for the name in EHLO where the sender is <>. The term that matched is named; temperror is
  unknown, permerror says what is wrong with the record.
- **DMARC** (RFC 9989): the policy that applies to the sender's domain, also if it is inherited, and
  for which names SPF or DKIM has to pass. It is assumed that From: has the sender's
  domain, unless `--header-from` gives another: then whether SPF can count for that one is told.
- **DKIM**: with `--dkim-selector` whether there is a key that verifiers can use. There is no
  message, so no signature is verified.
- **Return path**: where bounces go, by DNS. Whether that host accepts them, `--bounces` asks it:
  MAIL FROM:<>, RCPT TO the sender, as receivers do that call back.
- **Lists** are asked with `--dnsbl` only. A list that does not have its test entries (RFC 5782 5),
  or refuses the resolver (127.255.255.x), is unknown: neither listed nor clean.

## What it reads in logs

`--log FILE` takes every format that [explain](explain.md) knows, packed ones too, `-` for standard
input, and several files in any order: attempts are ordered by their times. Told are the attempts
for the recipient by day, the latest reply and what it means, when it was last delivered and what
failed first since then. What a filter on the same machine has accepted is not delivered yet.
`--paste FILE` is a bounce, a session or a few lines; a reply in it that names nobody is taken for
one to this recipient.

A refusal in a log decides only where RCPT is accepted now and the refusal came after DATA.

## The plan

`smtpprobe why user@example.org --plan` shows it for a request, without a network. Steps that do
not rest on each other run side by side.

| step | does | when | after |
|---|---|---|---|
"""

CAUSE_HEAD = """
## Verdicts

The `cause` in `--json` ([schema](schemas/why-1.json)) is in this table. Where a single reply shows
it, the word is that of [replies.md](replies.md).

| cause | means | who acts | exit | what to do | source |
|---|---|---|---|---|---|
"""

TABLE_HEAD = """
## The decision table

The first row that holds is the verdict.

| if | cause | certainty |
|---|---|---|
"""

END = """
## With more

- `--log /var/log/mail.log` reads what has happened: how often, until when it was delivered, what
  the latest reply was. A refusal after DATA is found only there, since no message is sent.
- `--other-resolver HOST`: where DNS gives no answer, is it the zone or our resolver? Asked are
  that resolver, ours without DNSSEC validation, and each name server that the zone is delegated
  to, which is named if it does not answer for the zone. Without the option none of them is asked.
- `--via submission HOST --auth-user NAME`: the way of a mail program, with a login: its password
  comes from `--auth-password-from`, the environment or the terminal, as with [send](send.md), goes
  out only as `send` lets it, and is shown nowhere. A login that is refused is not tried again.
- `--control HOST`: where no MX answers, is outgoing port 25 blocked? The host should be one that
  is known to be up.
- `--wait 6m` confirms greylisting by a second try, `--catch-all` tries a recipient that is made
  up.
- `--size N` announces the size of the message, `--dnsbl ZONE` asks a list about our address (many
  lists refuse public resolvers), `--dkim-selector NAME` looks up a key.
- `--letter` writes a text for the other postmaster: facts, times, their replies verbatim, nothing
  about our inside.
- `:why` at the prompt: the verdict on what the session has shown; tries from <> or to postmaster
  count.
"""


def page() -> str:
    """Return the page."""
    head = HEAD.replace(
        "{at_a_time}", "one connection" if AT_A_TIME == 1 else f"{AT_A_TIME} connections"
    )
    head = head.replace("{in_all}", str(IN_ALL)).replace("{recipients}", str(MOST_RECIPIENTS))
    parts = [head, *(_step(number) for number in range(len(PLAN)))]
    parts += [CAUSE_HEAD, *map(_cause, CAUSES), TABLE_HEAD, *_rows(ROWS), END]
    return "".join(parts)


def _step(number: int) -> str:
    row = PLAN[number]
    after = ", ".join(one.value for one in row.after)
    return f"| {row.step.value} | {_cell(row.does)} | {_cell(row.when)} | {after} |\n"


def _cause(cause: Cause) -> str:
    steps = "; ".join(cause.now)
    cells = (f"`{cause.id}`", _cell(cause.title), cause.who.value, str(cause.exit), _cell(steps))
    return f"| {' | '.join((*cells, cause.source))} |\n"


_SURE = {Certainty.SHOWN: "the cause", Certainty.LIKELY: "most likely", Certainty.OPEN: "open"}


def _rows(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        yield f"| {_cell(row.when)} | `{row.cause}` | {_SURE[row.certainty]} |\n"


def _cell(text: str) -> str:
    """Return a text for a cell: placeholders in words, signs of Markdown escaped."""
    text = text.replace("{sender}", "ADDRESS")
    for name in (
        *("recipient", "domain", "sender_domain", "host", "client", "reply", "detail", "relay"),
        *(
            "port",
            "other_port",
            "other_host",
            "spf_error",
            "login",
            "author",
            "question",
            "family",
            "ip",
        ),
    ):
        text = text.replace("{" + name + "}", name.upper())
    for name, words in _PLACEHOLDERS.items():
        text = text.replace("{" + name + "}", words)
    for sign in "\\|<>*_`":
        text = text.replace(sign, f"\\{sign}")
    return text


_PLACEHOLDERS = {
    "at": "DOMAIN",
    "ours": "OUR-ADDRESS",
    "lame": "NAME-SERVERS",
    "postmaster": "the postmaster of DOMAIN",
    "operator": "the operator of RELAY",
    "record": "MX record",
    "starttls": "smtpprobe starttls DOMAIN",
    "reverse": "REVERSE-NAME",
    "loop": "NAME -> NAME",
    "dial": "[IP]:PORT",
    "spf": "SPF-RECORD",
}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
