"""Every setting as a row: its name, kind, default, values and meaning; options and help use them.

Nothing is imported here, so that `--help` stays fast.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TLS_VERSIONS = ("any", "1.0", "1.1", "1.2", "1.3")

SETTINGS = (
    # name, kind, default, values, meaning
    ("client", "text", "", (), "EHLO name; empty: fully qualified name of this machine"),
    ("tls_verify", "bool", False, (), "abort the handshake if the certificate does not verify"),
    ("ca_file", "file", "", (), "trust these CA certificates (PEM) instead of the system store"),
    ("sni", "text", "", (), "server name for SNI and certificate check; none: send no SNI"),
    ("cert", "file", "", (), "client certificate (PEM file), followed by intermediates"),
    ("key", "file", "", (), "private key for --cert (PEM file); empty: in the --cert file"),
    ("tls_min", "choice", "any", TLS_VERSIONS, "oldest TLS version to offer"),
    ("tls_max", "choice", "any", TLS_VERSIONS, "newest TLS version to offer"),
    ("ciphers", "text", "", (), "ciphers to offer up to TLS 1.2, as OpenSSL lists them"),
    ("groups", "text", "", (), "key exchange group to offer, such as x25519 or secp384r1"),
    (
        "proxy",
        "proxy",
        "",
        (),
        "proxy to connect through: socks5|socks5h|http://[USER@]HOST[:PORT]",
    ),
    (
        "proxy_protocol",
        "proxy_header",
        "",
        (),
        "PROXY header to send first: v1|v2 [SRC[:PORT] [DST[:PORT]]]",
    ),
    ("resolver", "server", "", (), "DNS server to use instead of the system resolver"),
    ("connect_timeout", "duration", 10.0, (), "timeout for the TCP connection to each address"),
    ("handshake_timeout", "duration", 30.0, (), "timeout for the TLS handshake"),
    ("greeting_timeout", "duration", 60.0, (), "timeout for the greeting of each address"),
    (
        "annotate",
        "choice",
        "brief",
        ("off", "brief", "full"),
        "how much to explain below each reply",
    ),
    ("replies", "text", "", (), "own table of replies; empty: replies.toml beside config.toml"),
    ("hints", "choice", "toolbar", ("toolbar", "line", "off"), "where to show hints while typing"),
    ("toolbar", "bool", True, (), "status line at the bottom"),
    ("ghost", "bool", True, (), "suggest the next command in grey"),
    ("theme", "choice", "auto", ("auto", "dark", "light", "mono"), "colours of the prompt"),
    ("color", "choice", "auto", ("auto", "always", "never"), "use colour; auto obeys NO_COLOR"),
    (
        "prompt",
        "text",
        "{host} {tls}{state}> ",
        (),
        "prompt template; fields: {host} {port} {domain} {tls} {state} {rcpt} {line}",
    ),
    ("quiet", "bool", False, (), "do not print the banner"),
    ("on_eof", "choice", "quit", ("quit", "close", "ask"), "what Ctrl-D does on an empty line"),
    ("lockstep", "bool", True, (), "wait for each reply before sending the next line"),
    ("history", "bool", True, (), "keep a history file (mode 0600, no secrets, no message bodies)"),
    (
        "history_ignore_space",
        "bool",
        True,
        (),
        "keep lines that begin with a space out of the history",
    ),
    ("show_secrets", "bool", False, (), "do not mask an initial response typed after AUTH"),
    ("paste_confirm", "number", 20, (), "confirm pastes of more than N lines; 0: every paste"),
    ("editing_mode", "choice", "emacs", ("emacs", "vi"), "key bindings of the line editor"),
    ("editor", "text", "", (), "editor for :edit; empty: $VISUAL, $EDITOR, vi"),
    ("plain", "bool", False, (), "plain prompt: no line editing, no cursor movement"),
    ("bell", "bool", False, (), "ring the bell on 4xx, 5xx and close"),
    (
        "transcript",
        "text",
        "",
        (),
        "record each session to this file; {host}, {date} and, for scripts, {file} are expanded",
    ),
)

DEFAULTS: dict[str, Any] = {name: default for name, _, default, *_ in SETTINGS}
"""The default of each setting: the only place where it is defined."""

SWITCHED_OFF = {
    "toolbar": "hide the status line",
    "ghost": "do not suggest the next command in grey",
    "lockstep": "send each line immediately, without waiting for replies",
    "history": "do not keep a history file",
    "history_ignore_space": "also keep lines that begin with a space in the history",
}
"""What `--no-...` does, for each switch that is on unless it is switched off."""

EVERYWHERE = frozenset(
    {"client", "ca_file", "sni", "resolver", "color"}
    | {"connect_timeout", "handshake_timeout", "greeting_timeout"}
)
"""The settings that `smtpprobe starttls` goes by as well; the prompt and scripts go by all."""

ENVIRONMENT = (
    # name, meaning
    ("SMTPPROBE_SECRET_NAME", "secret NAME for scripts and the prompt, same as --secret NAME=..."),
    ("SMTPPROBE_VAR_NAME", "variable NAME for scripts, same as --var NAME=..."),
    ("SSLKEYLOGFILE", "append TLS session keys to this file for Wireshark, same as --keylog"),
    ("NO_COLOR", "if set and not empty, no colour with --color auto"),
    ("VISUAL, EDITOR", "editor for :edit if the setting editor is empty"),
    ("XDG_CONFIG_HOME", "directory of smtpprobe/config.toml (~/.config)"),
    ("XDG_STATE_HOME", "directory of smtpprobe/history (~/.local/state)"),
)
"""Other environment variables; NAME is a name that the user chooses."""

OF_THE_TESTS = ("SMTPPROBE_SERVER_CACHE", "SMTPPROBE_GOLDEN", "SMTPPROBE_TEST_")
"""What the tests of the repository go by: names, or how they begin."""
