"""The settings of the program as plain rows, from which options, file keys and help are made.

Nothing is imported here, so that `--help` stays fast.
"""

SETTINGS = (
    # name, kind, default, values, meaning
    ("client", "text", "", (), "name sent in EHLO; empty: the full name of this machine"),
    ("tls_verify", "bool", False, (), "a certificate that does not verify fails the handshake"),
    ("ca_file", "file", "", (), "trusted roots instead of the system's, as PEM"),
    ("sni", "text", "", (), "name sent in SNI and wanted in the certificate; none: no SNI is sent"),
    ("resolver", "server", "", (), "DNS server instead of the system's, HOST[:PORT]"),
    ("connect_timeout", "duration", 10.0, (), "limit for a TCP connection, each address anew"),
    ("handshake_timeout", "duration", 30.0, (), "limit for a TLS handshake"),
    ("greeting_timeout", "duration", 60.0, (), "limit for the greeting, each address anew"),
    ("annotate", "choice", "brief", ("off", "brief", "full"), "how much is said under a reply"),
    ("hints", "choice", "toolbar", ("toolbar", "line", "off"), "where a typed line's hint goes"),
    ("toolbar", "bool", True, (), "the line at the bottom"),
    ("ghost", "bool", True, (), "the expected next command in grey"),
    ("theme", "choice", "auto", ("auto", "dark", "light", "mono"), "colours of the prompt"),
    ("color", "choice", "auto", ("auto", "always", "never"), "colour; auto obeys NO_COLOR"),
    ("prompt", "text", "{host} {tls}{state}> ", (), "fields: host port domain tls state rcpt"),
    ("quiet", "bool", False, (), "no banner"),
    ("on_eof", "choice", "quit", ("quit", "close", "ask"), "what Ctrl-D on an empty line does"),
    ("lockstep", "bool", True, (), "a line waits until the reply before it has come"),
    ("history", "bool", True, (), "keep a history file (0600, without secrets and bodies)"),
    ("history_ignore_space", "bool", True, (), "lines that begin with a space are not kept"),
    ("show_secrets", "bool", False, (), "leave a typed initial response on the screen"),
    ("paste_confirm", "number", 20, (), "ask before a paste of more lines; 0: always"),
    ("editing_mode", "choice", "emacs", ("emacs", "vi"), "keys of the line editor"),
    ("editor", "text", "", (), "editor of :edit; empty: $VISUAL, $EDITOR, vi"),
    ("plain", "bool", False, (), "plain prompt: no line editing, no cursor movement"),
    ("bell", "bool", False, (), "bell on 4xx, 5xx and close"),
    (
        "transcript",
        "text",
        "",
        (),
        "record every session; {host}, {date}, of scripts {file} in the path",
    ),
)

SWITCHED_OFF = {
    "toolbar": "no line at the bottom",
    "ghost": "no grey text: what comes next is not proposed",
    "lockstep": "send a line at once, also while the reply before it has not come",
    "history": "keep no history file; lines come back in this session only",
    "history_ignore_space": "keep lines that begin with a space in the history, too",
}
"""What `--no-...` does, for each switch that is on unless it is switched off."""

EVERYWHERE = frozenset(
    {"client", "ca_file", "sni", "resolver", "color"}
    | {"connect_timeout", "handshake_timeout", "greeting_timeout"}
)
"""The settings that `smtpprobe starttls` goes by as well; the prompt and scripts go by all."""

ENVIRONMENT = (
    # name, meaning
    ("SMTPPROBE_SECRET_NAME", "the secret NAME of scripts and of the prompt, as --secret NAME=..."),
    ("SMTPPROBE_VAR_NAME", "the variable NAME of scripts, as --var NAME=..."),
    ("SSLKEYLOGFILE", "append TLS secrets for Wireshark to this file, as --keylog"),
    ("NO_COLOR", "if not empty: no colour where --color is auto"),
    ("VISUAL, EDITOR", "the editor of :edit, where the setting editor is empty"),
    ("XDG_CONFIG_HOME", "where smtpprobe/config.toml is looked for (~/.config)"),
    ("XDG_STATE_HOME", "where the history of the prompt is kept (~/.local/state)"),
)
"""What else the environment tells; NAME stands for a name of the user's own."""

OF_THE_TESTS = ("SMTPPROBE_SERVER_CACHE", "SMTPPROBE_GOLDEN", "SMTPPROBE_TEST_")
"""What the tests of the repository go by: names, or how they begin."""
