"""What docs/script-language.md lists: samples that are read by the tests, and what they mean."""

from __future__ import annotations

LINES = {
    "": "an empty line, ignored",
    "# relay test": "a comment",
    ":timeout 10s": "a local command: run by smtpprobe, never sent",
    "< 250 2.1.5": "an expectation on a reply",
    "| PIPELINING": "the beginning of a line of reply text; goes below an expectation",
    "> DATA": "sent verbatim and immediately: waits for no reply, starts no message or handshake",
    ">": "sends an empty line",
    "250-SIZE 1000": "a line of a server reply: an expectation on its code",
    "RCPT TO:<a@b.example>": "anything else goes to the server and gets one reply",
}
"""Samples of lines outside a message."""

MARKERS = {
    "<": "must match; consumes the next reply",
    "<~": "a mismatch is a warning; checks the last consumed reply, or consumes the next one",
    "<?": "consumes the next reply if it matches, else leaves it; waits for `:grace`",
    "<*": "consumes any number of replies that match; waits for `:grace`",
}

WHATS = {
    "250": "this code",
    "25x": "`x` is any digit, also `5xx`",
    "250|251": "one of these codes",
    "not 250|251": "any other code",
    "any": "any well-formed reply",
    "eof": "the server closes the connection",
    "none for 2s": "nothing arrives within this time and the connection stays open; replies "
    "still due for lines above are no longer expected",
    'line "EHLO"': "one raw line that contains these octets; it need not be a complete reply",
    "line /^EHLO/": "one raw line that matches",
}

TERMS = {
    "5.7.1": "enhanced status code: at least one line has one, and all of them match; `5.7.x`, "
    "`5.1.1|5.7.x`",
    '"queued"': "the text contains this; case-sensitive",
    'b64"Username:"': "the text is the base64 of this",
    "/queued as (?<id>[0-9A-Z]+)/i": "found in the text; flags `i s m x`; a named group sets a "
    "variable",
    'not "queued"': "not in the text; also `not /.../`",
    "+PIPELINING": "the EHLO reply lists this",
    "-AUTH": "the EHLO reply does not list this",
    "+AUTH=PLAIN": "listed with this parameter; `-AUTH=PLAIN`: without it",
    "+SIZE>=10M": "the first parameter as a number; also `<=`",
    "lines=3": "the reply has this many lines",
    "within 5s": "the complete reply arrives within this time",
}

LOCALS = {
    "connect": "connect (closes an open connection); without a target, to the current one",
    "close": "close the connection without QUIT",
    "shutdown": "half-close: send FIN (inside TLS close_notify) and keep reading",
    "tls": "TLS handshake now; enforce certificates, or only show them",
    "timeout": "time limit for a reply",
    "grace": "how long `<?` and `<*` wait, and a `:raw` of several lines for its replies",
    "rate": "send at most N octets per second, N per TCP segment; from here on",
    "sleep": "wait",
    "title": "the title of the report",
    "echo": "print text to the report",
    "expand": "also replace `{{...}}` in `>` lines and messages",
    "implicit": "require 2xx or 3xx for lines without an expectation",
    "continue": "continue after a failed expectation",
    "raw": "send exactly these octets, immediately; see When a reply is due",
    "secret": "a variable that is never shown; from `--secret`, SMTPPROBE_SECRET_NAME, or a prompt",
    "on": "switch to the connection of this name; the first one is `main`",
    "let": "a variable, evaluated at its first use; `--var` and SMTPPROBE_VAR_NAME override it",
    "assert": "check a property of the session",
    "require": "skip the case if the relevant EHLO does not list this",
    "case": "a test case with its own connection",
    "finally": "run the rest of the case even after a failure",
    "for": "run the lines up to `:end` once for each word or number of a range: `1..20`, `01..20` "
    'with two digits each; `"1..20"` is a word',
    "repeat": "run the lines up to `:end` N times",
    "retry": "run the lines up to `:end` until every check passes, at most N times",
    "end": "the end of a block",
    "include": "insert the lines of a file; the path is relative to the including file",
    "hold": "collect lines to send them in one write",
    "flush": "send the collected lines; the expectations follow, in order",
    "data": "send DATA and a file as the message, dot-stuffed",
    "bdat": "send a file in BDAT chunks",
    "auth": "log in with the secret `password` (XOAUTH2 and OAUTHBEARER: `token`), by this "
    "mechanism or the strongest announced; not in the clear after a STARTTLS that did not start "
    "TLS, unless `--clear` is given; see [logins](#logins)",
}

FUNCTIONS = {
    "b64": "base64",
    "plain": "the response of AUTH PLAIN",
    "cram": "the response of CRAM-MD5 to the last challenge",
    "xoauth2": "the response of XOAUTH2",
    "oauthbearer": "the response of OAUTHBEARER (RFC 7628)",
    "repeat": "the text, repeated",
    "uuid": "a new UUID each time",
}

NAMES = {
    "host": "the connected host; addresses as literals: `[192.0.2.1]`, `[IPv6:2001:db8::1]`",
    "port": "its port",
    "domain": "the domain of the target; unset for a host: use `:let domain = ...`",
    "client": "the EHLO name, `--client`",
    "run.id": "letters and digits unique to this run",
    "run.date": "start of the run, as in a Date header",
    "last.code": "the code of the last reply",
    "last.text": "its text",
    "last.challenge": "a 334 decoded",
}
