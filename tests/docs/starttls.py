"""Writes docs/starttls.md from the tables of the program: `python -m tests.docs.starttls`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.starttls.facts import Because
from smtpprobe.starttls.finding_table import ROWS, WHO, Row
from smtpprobe.starttls.reports.text import SENDERS

PAGE = Path(__file__).parents[2] / "docs" / "starttls.md"

HEAD = """\
# `smtpprobe starttls`: senders, findings, JSON

Made from the tables of the program by `python -m tests.docs.starttls`; a test checks that it is
current. `smtpprobe explain dane.no-match` shows one finding.

## Senders

"""

SENDER_TEXTS = {
    "opportunistic": "takes TLS where it works, with any certificate; else it sends in clear.",
    "pkix": "sends only over TLS, to a certificate of a public root that names the MX host: "
    "Postfix at `verify`, and at `secure` with `match=hostname`, which else looks for the domain.",
    "dane": "goes by TLSA records where DNSSEC protects them (RFC 7672); else as the first.",
    "sts": "goes by the policy of the domain (RFC 8461); in other modes than enforce as the first.",
}

FINDING_HEAD = """
## Findings

F fail, W warn, N note, U unknown: a fact that is needed could not be had. A failing finding, and
with `--fail-on warn` a warning one, makes the exit code 1; else an unknown one makes it 4. With
`--level` what does not touch that kind of sender fails nothing.

| finding | level | means | who is affected | what to do | source |
|---|---|---|---|---|---|
"""

REASON_HEAD = """
## Why a fact can be unknown

Unknown is never shown as no. In JSON the reason stands beside the field, in `<field>_reason`.

"""

TAIL = """
## JSON

`--json` writes one object, or an array for several targets; `--jsonl` and lists write one object a
line. The schema is [schemas/starttls-1.json](schemas/starttls-1.json), its name in `schema` is
`smtpprobe/starttls/1`. New fields may come within version 1; a changed meaning makes version 2. A
field that can be unknown is the word `yes`, `no` or `unknown` (`resolver.validating`); one that is
always known is `true` or `false` (`interrupted`, `tls.ok`), and one of DNS is left out where no
answer came (`null_mx`). A list of EHLO that is unknown is null, with the reason in
`before_reason` or `after_reason`: an empty one says that nothing is listed. `tls.ok` tells of
the handshake, `tls.usable` of EHLO inside it. In `would_deliver` `partial` says that some such
senders deliver to the address and some do not. With `--deep`, `tls.classes` tells which kinds of
suites and groups are accepted, `tls.complete` whether all was asked and answered, and
`tls.not_asked` what was not. `result` is `ok`, `fail`, `inconclusive` or
`nothing`. Lists add `seq`, the number of the line; a line that is no target has `error` in place
of the rest.

Of each certificate `chain` (as sent) and `verified_chain` (the path to a trusted root; empty
without one) tell `serial`, `cert_sha256`, `cert_sha1`, `common_name`, `san` and `san_by_type`,
`key_type`, `key_bits`, `signature_hash`, `key_usage`, `extended_key_usage`, `ca`, `ocsp_urls`,
`issuer_urls`, `crl_urls`, `must_staple`, `sct_count`, and with `--pem` the certificate itself as
`pem`. A number, text or list that cannot be read is null with the reason in `<field>_reason`,
never left out, so that a field has one type; null without a reason: the certificate does not say.
A finding has in `affects` the kinds of sender whose delivery it touches, and the same in words in
`who`. `smtpprobe` is the version of the program.

JSON is UTF-8 in any locale, whatever a server sends. In what it sent (`greeting`, `ended`, `text`,
`ehlo`, `surplus_after_220`, names in certificates, TXT and CAA records, HTTP fields) `\\xNN` stands
for one octet: one that is no UTF-8, or one of a character that could drive a terminal. TAB stays,
as does LF between the lines of a reply. A backslash that would read as such is `\\x5c`, no other.
So no octet is lost: put it back for each `\\xNN` and take the rest as UTF-8. Sentences (`message`,
`fix`, `*_reason`) are for people: they have the same escapes without that care for backslashes.

Strict readers take it. DuckDB: `select * from read_json('results.jsonl')`. Arrow wants one type for
a field, and `dns.mx.rrset` has rows of a number and a name, so tell it what to read:
`pyarrow.json.read_json(file, parse_options=ParseOptions(explicit_schema=schema,
unexpected_field_behavior="ignore"))`; the same records stand in `dns.mx.records`, a field a type.
"""


def page() -> str:
    """Return the page as it should be."""
    senders = "".join(
        f"- **{name}** (`--level {sender.value}`) {SENDER_TEXTS[sender.value]}\n"
        for sender, name in SENDERS.items()
    )
    findings = "".join(map(_row, ROWS))
    reasons = "".join(f"- {because.value}\n" for because in Because)
    return HEAD + senders + FINDING_HEAD + findings + REASON_HEAD + reasons + TAIL


def _row(row: Row) -> str:
    cells = (
        f"`{row.id}`",
        row.levels or row.level,
        row.meaning,
        WHO[row.affects],
        row.fix,
        row.reference,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
