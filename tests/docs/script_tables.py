"""What docs/script-language.md lists: samples that are read by the tests, and what they mean."""

from __future__ import annotations

LINES = {
    "": "an empty line is layout",
    "# relay test": "a comment",
    ":timeout 10s": "a local command: done here, never sent",
    "< 250 2.1.5": "an expectation on a reply",
    "| PIPELINING": "how the text of a reply line begins; stands under an expectation",
    "> DATA": "sent as it stands, at once: no reply is awaited, no message, no handshake",
    ">": "an empty line is sent",
    "250-SIZE 1000": "a line of a server: an expectation on the code",
    "RCPT TO:<a@b.example>": "anything else goes to the server, and one reply belongs to it",
}
"""Samples of lines outside a message."""

MARKERS = {
    "<": "must match; takes the next reply",
    "<~": "a miss is a warning; looks at the reply taken last, or takes the next one",
    "<?": "takes the next reply if it matches, else leaves it; waits for `:grace`",
    "<*": "takes replies as long as they match, none included; waits for `:grace`",
}

WHATS = {
    "250": "this code",
    "25x": "`x` is any digit, also `5xx`",
    "250|251": "one of these codes",
    "not 250|251": "a reply with none of these codes",
    "any": "any well-formed reply",
    "eof": "the server closes the connection",
    "none for 2s": "nothing comes for so long, and the connection stays up; lines above that are "
    "still owed a reply are then owed none",
    'line "EHLO"': "one raw line with these octets in it, which need not be a reply or a whole one",
    "line /^EHLO/": "one raw line in which this is found",
}

TERMS = {
    "5.7.1": "enhanced status code: at least one line carries one, and all that do fit; `5.7.x`, "
    "`5.1.1|5.7.x`",
    '"queued"': "this occurs in the text; capitals count",
    'b64"Username:"': "the text is the base64 of this",
    "/queued as (?<id>[0-9A-Z]+)/i": "found in the text; flags `i s m x`; a named group becomes a "
    "variable",
    'not "queued"': "does not occur; also `not /.../`",
    "+PIPELINING": "the EHLO reply announces this",
    "-AUTH": "the EHLO reply does not announce this",
    "+AUTH=PLAIN": "announced with this parameter; `-AUTH=PLAIN`: without",
    "+SIZE>=10M": "the first parameter as a number; also `<=`",
    "lines=3": "the reply has so many lines",
    "within 5s": "the whole reply is there so long after what was sent",
}

LOCALS = {
    "connect": "close what is open and connect; without a target to the current one",
    "close": "close, sending nothing",
    "shutdown": "say that nothing more will be sent, and go on reading",
    "tls": "handshake now; a certificate that does not verify fails the handshake, or is shown",
    "timeout": "how long a reply may take",
    "grace": "how long `<?` and `<*` wait, and what follows a `:raw` of several lines",
    "sleep": "wait",
    "title": "the title of the report",
    "echo": "show a text in the report",
    "expand": "replace `{{...}}` in `>` lines and messages",
    "implicit": "expect 2xx or 3xx of a line with no expectation",
    "continue": "go on after a failed expectation",
    "raw": "send these octets and nothing else, at once; see When a reply is owed",
    "secret": "a variable that is shown nowhere; from `--secret`, SMTPPROBE_SECRET_NAME, or asked",
    "on": "go on with the connection of this name; the first one is `main`",
    "let": "a variable, evaluated at its first use; `--var` and SMTPPROBE_VAR_NAME override it",
    "assert": "something of the session must be so",
    "require": "skip the case when the EHLO that counts does not announce this",
    "case": "a test point with a connection of its own",
    "finally": "from here to the end of the case also after a failure",
    "for": "the lines to `:end` once for each word and each number of a range: `1..20`, `01..20` "
    'with two digits each; `"1..20"` is a word',
    "repeat": "the lines to `:end` so many times",
    "retry": "the lines to `:end` until all goes well, at most so many times",
    "end": "the end of a block",
    "include": "the lines of a file, its path relative to the file that names it",
    "hold": "collect lines to send them in one write",
    "flush": "send what was held; the expectations stand under it, in order",
    "data": "DATA, and a file as the message, its dots stuffed",
    "bdat": "a file in chunks",
    "auth": "log in; the password is the secret `password`; not in clear where a STARTTLS of the "
    "script gave no TLS, except with `--clear`",
}

FUNCTIONS = {
    "b64": "base64",
    "plain": "the response of AUTH PLAIN",
    "cram": "the response of CRAM-MD5 to the last challenge",
    "xoauth2": "the response of XOAUTH2",
    "repeat": "the text so many times",
    "uuid": "a new UUID each time",
}

NAMES = {
    "host": "what is connected, an address as a literal: `[192.0.2.1]`, `[IPv6:2001:db8::1]`",
    "port": "its port",
    "domain": "the domain of the target; of a host none: `:let domain = ...`",
    "client": "the EHLO name, `--client`",
    "run.id": "letters and digits that no other run has",
    "run.date": "when the run began, as in a Date header",
    "last.code": "the code of the last reply",
    "last.text": "its text",
    "last.challenge": "a 334 decoded",
}

MESSAGES = {
    "P01": ("unknown local command", "another name, or `> ...` to send the line"),
    "P02": ("this is not a reply code", "three digits from 200 to 599, `x` for any digit"),
    "P03": (
        "text to look for must be quoted; a string ends at a quote in its braces",
        '`"..."` or `/.../`, and its end; `:let` gives what stands in the braces a name',
    ),
    "P04": ("unknown term, or one that does not go with what stands before it", "see Terms"),
    "P05": ("the message body never ends", "a line holding only `.`, or `< 5xx` under DATA"),
    "P06": ("bad regular expression", "the caret is at the place"),
    "P07": ("a variable has no value", "`:let`, a capture above, `--var`, SMTPPROBE_VAR_NAME"),
    "P08": ("BDAT announces another number of octets than follow", "the right count is told"),
    "P09": ("`:hold` and `:flush` belong together; only lines for the server stand between", ""),
    "P10": ("a block is not closed, or `:end` closes none", ""),
    "P11": ("the server lines of a reply have no last one", "`250 ` with a space"),
    "P12": ("whether a message follows DATA must be certain", "`< 354` or `< 5xx`"),
    "P13": ("DATA must be the last held line", "`> DATA`"),
    "P14": ("a keyword term on a reply that is not EHLO's", ""),
    "P15": ("only settings may stand before the first `:case`", ""),
    "P16": ("a case of this name exists already", ""),
    "P17": ("a `|` line without an expectation above", ""),
    "P18": ("bad argument", "how the command is written is told"),
    "P19": ("a file cannot be read, or files include each other too deep", ""),
    "P20": ("NUL, or CR without LF, cannot stand in a script", r'`:raw "...\0..."`'),
    "P21": ("a folder holds no scripts", "`*.smtp` in it or below"),
    "P22": ("larger than 16 MiB", "`:data FILE` sends a large message"),
    "F01": ("the greeting is another than expected", ""),
    "F02": ("refused, where something else is expected", ""),
    "F03": ("accepted, where something else is expected", ""),
    "F04": ("no expectation, and refused", "`< 530` if that is right"),
    "F05": ("another enhanced status code, or none", ""),
    "F06": ("the EHLO reply lacks or has a keyword, or its number is another", ""),
    "F07": ("a text is or is not there", ""),
    "F08": ("the reply came late, or not in time", ""),
    "F09": ("a reply that nothing asked for", "see When a reply is owed"),
    "F10": ("the connection was closed, or was not", ""),
    "F11": (
        "not sent: a variable was never captured, its value cannot be sent, STARTTLS gave no TLS",
        "",
    ),
    "F12": ("an assertion, reply lines, or a number of lines are not as said", ""),
    "F13": ("the run took too long, or the certificate expires soon", ""),
    "F14": ("a regular expression was given up on a text", ""),
    "F15": ("a reply was cut off by the end of the connection, or has several codes", ""),
    "F16": ("plaintext behind the 220 of STARTTLS", "`:assert tls.surplus contains ...`"),
    "T01": ("a name cannot be resolved", ""),
    "T02": ("no address can be connected to", ""),
    "T03": ("no greeting", "`--greeting-timeout 5m`"),
    "T04": ("the TLS handshake failed", ""),
    "T05": ("no reply in time: it cannot be told", ""),
    "T06": ("what is asserted is unknown", ""),
    "T07": ("input or output failed, or the run was cut short", ""),
    "N01": ("the script is empty", ""),
    "N02": ("skipped: a required keyword is not announced", ""),
    "N03": ("the domain takes no mail (null MX, RFC 7505)", ""),
}
"""What each id of the machine formats stands for, and what to do."""
