"""Every option of swaks, and what does the same in `smtpprobe send`; or why nothing does. Pure.

A table: the importer of command lines and docs/swaks.md are made of it.
"""

from __future__ import annotations

from enum import Enum

from smtpprobe.named_tuple import NamedTuple


class Takes(Enum):
    """What follows an option of swaks."""

    NOTHING = "nothing"
    VALUE = "value"
    MAYBE = "maybe"
    """A value, unless the next word begins with a hyphen."""


class Row(NamedTuple):
    """One option of swaks.

    `option` is the one that does the same here: with its value, where `passes`. `does` says in the
    page what does it where that is more than an option, or why nothing does. Without an option
    it is dropped, with a warning if it `matters`. `example` is a use that a test runs.
    """

    names: tuple[str, ...]
    takes: Takes
    option: str = ""
    does: str = ""
    matters: bool = True
    example: str = ""

    @property
    def passes(self) -> bool:
        """Whether the value goes with the option."""
        return self.takes is not Takes.NOTHING


NOTHING, VALUE, MAYBE = Takes.NOTHING, Takes.VALUE, Takes.MAYBE

SHOWN = "always shown, without marks; `--quiet`, `--json`, `--annotate off`"
XCLIENT = "XCLIENT at the prompt or in a script"

OPTIONS = (
    # the target
    Row(("server", "s"), VALUE, "--server"),
    Row(("port", "p"), VALUE, "--port"),
    Row(("copy-routing",), VALUE, does="`TARGET`: the domain whose MX hosts are used"),
    Row(("4",), NOTHING, "-4"),
    Row(("6",), NOTHING, "-6"),
    Row(("local-interface", "li"), VALUE, "--bind"),
    Row(("local-port", "lport", "lp"), VALUE, does="`--bind ADDR:PORT`"),
    Row(("socket",), VALUE, does="`unix:PATH` as TARGET, `lmtp+unix:PATH` with LMTP"),
    Row(("pipe",), VALUE, does="`pipe:COMMAND` as TARGET"),
    Row(("timeout",), VALUE, "--timeout", example="--timeout 20s"),
    Row(("protocol",), VALUE, does="SMTP, ESMTP: as ever; SMTPS, ESMTPS: `--starttls`; SSMTP: "
        "`--tls implicit`; LMTP: `lmtp://HOST`; with A: `--auth auto`", example="--protocol ESMTP"),
    # the envelope and the session
    Row(("from", "f"), MAYBE, "--from", example="--from me@client.example"),
    Row(("to", "t"), VALUE, "--to", example="--to a@x.example,b@x.example"),
    Row(("cc",), VALUE, "--cc"),
    Row(("bcc",), VALUE, "--bcc"),
    Row(("helo", "ehlo", "lhlo", "h"), VALUE, "--ehlo", example="--helo client.example"),
    Row(("quit-after", "quit", "q"), VALUE, "--quit-after", example="--quit-after RCPT"),
    Row(("drop-after", "drop", "da"), VALUE, "--drop-after", example="--drop-after MAIL"),
    Row(("drop-after-send", "das"), VALUE, "--drop-after-send", example="--drop-after-send MAIL"),
    Row(("pipeline",), NOTHING, "--pipeline", example="--pipeline"),
    Row(("prdr",), NOTHING, "--prdr", example="--prdr"),
    # TLS
    Row(("tls",), NOTHING, "--starttls"),
    Row(("tls-optional", "tlso"), NOTHING, does="what happens without an option", matters=False),
    Row(("tls-optional-strict", "tlsos"), NOTHING, matters=False,
        does="what happens without an option: a handshake that fails ends the delivery"),
    Row(("tls-on-connect", "tlsc"), NOTHING, "--tls-on-connect"),
    Row(("tls-protocol", "tlsp"), VALUE, does="`--tls-min`, `--tls-max`"),
    Row(("tls-cipher",), VALUE, "--ciphers"),
    Row(("tls-verify",), NOTHING, "--tls-verify"),
    Row(("tls-verify-ca",), NOTHING, "--tls-verify"),
    Row(("tls-verify-host",), NOTHING, "--tls-verify"),
    Row(("tls-verify-target",), VALUE, does="`--sni NAME`: sent and wanted in the certificate"),
    Row(("tls-ca-path",), VALUE, "--ca-file"),
    Row(("tls-cert",), VALUE, "--cert"),
    Row(("tls-key",), VALUE, "--key"),
    Row(("tls-chain",), VALUE, does="`--cert F`: the intermediates follow in the same file"),
    Row(("tls-get-peer-cert",), MAYBE, does="`smtpprobe starttls --pem --json`"),
    Row(("tls-get-peer-chain",), MAYBE, does="`smtpprobe starttls --pem --json`"),
    Row(("tls-sni",), VALUE, "--sni"),
    # AUTH
    Row(("auth", "a"), MAYBE, "--auth", does="`--auth MECH`, `--auth auto`"),
    Row(("auth-optional", "ao"), MAYBE, "--auth", does="`--auth`: always required"),
    Row(("auth-optional-strict", "aos"), MAYBE, "--auth", does="`--auth`: always required"),
    Row(("auth-user", "au"), MAYBE, "--auth-user"),
    Row(("auth-password", "ap"), MAYBE, "--auth-password",
        does="`--auth-password-from env:NAME`, `file:F`, `netrc`, `keyring`, `prompt`; "
        "`--auth-password` with a warning: others can see it"),
    Row(("auth-map", "am"), VALUE, does="nothing: a mechanism has one name"),
    Row(("auth-extra", "ae"), VALUE, does="nothing: it is for mechanisms that are not here "
        "(NTLM, DIGEST-MD5)"),
    Row(("auth-hide-password", "ahp"), MAYBE, does="passwords are always hidden", matters=False),
    Row(("auth-plaintext", "apt"), NOTHING, does="challenges are always decoded", matters=False),
    Row(("protect-prompt", "pp"), NOTHING, does="a prompt never echoes", matters=False),
    # the message
    Row(("data", "d"), VALUE, "--eml", does="`--eml F`; tokens such as `%DATE%` are not replaced: "
        "`--header`, `--body`, `--attach` compose"),
    Row(("body",), MAYBE, "--body", example="--body hello"),
    Row(("attach",), VALUE, "--attach"),
    Row(("attach-name",), MAYBE, does="the name is that of the file"),
    Row(("attach-type",), VALUE, "--attach-type"),
    Row(("attach-body",), VALUE, does="`--eml F` for several bodies (multipart/alternative)"),
    Row(("header",), VALUE, "--header", example="--header 'Subject: x'"),
    Row(("add-header", "ah"), VALUE, "--add-header", example="--add-header 'X-Test: 1'"),
    Row(("dump-as-body", "dab"), MAYBE, does="nothing: `--dry-run` shows what would be sent"),
    Row(("dump-as-body-shows-password", "dabsp"), NOTHING, does="nothing"),
    Row(("no-data-fixup", "ndf"), NOTHING, does="`:data FILE --raw` in a script: `send` never "
        "sends a message without its dot"),
    Row(("no-strip-from", "nsf"), NOTHING, does="a `From ` line is never stripped", matters=False),
    # PROXY and XCLIENT
    Row(("proxy",), VALUE, does="`--proxy-protocol 'v1|v2 SRC:PORT DST:PORT'`"),
    *(Row((f"proxy-{name}",), VALUE, does="`--proxy-protocol 'v1|v2 SRC:PORT DST:PORT'`")
      for name in ("version", "family", "command", "protocol", "source", "source-port", "dest",
                   "dest-port")),
    Row(("xclient",), VALUE, does=XCLIENT),
    *(Row((f"xclient-{name}",), VALUE, does=XCLIENT)
      for name in ("name", "addr", "port", "proto", "destaddr", "destport", "helo", "login",
                   "reverse-name")),
    *(Row((f"xclient-{name}",), NOTHING, does=XCLIENT)
      for name in ("delim", "optional", "optional-strict", "before-starttls", "no-verify")),
    # what is shown
    Row(("suppress-data", "n"), NOTHING, does="only the beginning of a message is shown",
        matters=False),
    Row(("silent", "S"), MAYBE, "--quiet", does="`--quiet`: the result only"),
    Row(("show-time-lapse", "stl"), MAYBE, does="each reply's time is always shown", matters=False),
    Row(("show-raw-text", "raw"), NOTHING, does="`--pcap F`; `:last -x` at the prompt",
        matters=False),
    Row(("no-hints", "nth"), NOTHING, does=SHOWN, matters=False),
    Row(("no-send-hints", "nsh"), NOTHING, does=SHOWN, matters=False),
    Row(("no-receive-hints", "nrh"), NOTHING, does=SHOWN, matters=False),
    Row(("no-info-hints", "nih"), NOTHING, does=SHOWN, matters=False),
    Row(("hide-receive", "hr"), NOTHING, does=SHOWN, matters=False),
    Row(("hide-send", "hs"), NOTHING, does=SHOWN, matters=False),
    Row(("hide-informational", "hi"), NOTHING, does=SHOWN, matters=False),
    Row(("hide-all", "ha"), NOTHING, "--quiet", does="`--quiet`; the exit code shows the result"),
    Row(("output", "output-file"), VALUE, does="`--transcript F` records the session",
        matters=False),
    Row(("output-file-stdout",), VALUE, does="`> F`", matters=False),
    Row(("output-file-stderr",), VALUE, does="`2> F`", matters=False),
    Row(("dump",), MAYBE, "--dry-run", does="`--dry-run` prints the dialogue as a script"),
    Row(("dump-mail",), NOTHING, "--dry-run", does="`--dry-run` prints the dialogue as a script"),
    # the program
    Row(("config",), MAYBE, does="`--config F`: another form, see settings.md"),
    Row(("support",), NOTHING, does="nothing: what is missing is reported when needed",
        matters=False),
    Row(("force-getpwuid",), NOTHING, does="nothing", matters=False),
    Row(("version",), NOTHING, "--version"),
    Row(("help",), NOTHING, "--help"),
    Row(("trigger-deprecation",), MAYBE, does="nothing", matters=False),
)  # fmt: skip
"""The options in the order of the page."""

BY_NAME = {name: row for row in OPTIONS for name in row.names}
