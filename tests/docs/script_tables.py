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
