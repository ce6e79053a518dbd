"""What a refusal blames in the line that was sent, where its text names it: a parameter, a place.

The cause is known by then; this puts the words of the fault that the text names in place of those
of the cause at large: not "the MAIL line is malformed", but which of its parameters is.
"""

from __future__ import annotations

import re

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.rules.situation import Finding, Situation
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import VERBS, Context, Parameter, Verb


class Fault(NamedTuple):
    """A fault that texts name, and the words for it. No `contexts`: after any command."""

    contexts: frozenset[Context]
    causes: frozenset[Cause]
    text: str
    title: str
    meaning: str
    steps: str


C = Cause
FORM = frozenset({C.SYNTAX_ERROR, C.PARAMETER_UNSUPPORTED, C.NOT_IMPLEMENTED})
_ANY: frozenset[Context] = frozenset()
_MAIL, _RCPT = frozenset({Context.MAIL}), frozenset({Context.RCPT})
_PATH = _MAIL | _RCPT
_LOGIN = frozenset({Context.AUTH, Context.AUTH_STEP})
_CHUNKS = frozenset({Context.BDAT, Context.BDAT_LAST})
_LOOKUP = _RCPT | {Context.VRFY, Context.EXPN}


FAULTS: tuple[Fault, ...] = (
    Fault(_ANY, FORM, r"\butf-?8\b(?! support)", "Bad UTF-8",
      "the line contains octets that are not valid UTF-8",
      "the line again in ASCII or valid UTF-8"),
    Fault(_ANY, FORM, r"\bnul\b|null (?:byte|character|octet)s?\b", "NUL in the line",
      "the line contains a NUL octet, which no SMTP command may", "the line again without NUL"),
    Fault(_PATH, FORM, r"\b(?:path|address|mailbox|local[ -]part|domain) (?:is )?too long",
      "Address too long", "the address is longer than allowed: 64 octets before @, 255 after it",
      "{verb} with a shorter address; QUIT"),
    Fault(_ANY, FORM, r"\bline (?:is )?too long|too long (?:a )?line|\bline length\b",
      "Line too long",
      "the line is longer than the server accepts; 512 octets with CR LF are the rule",
      "a shorter line"),
    Fault(_PATH, FORM,
      r"(?:restricted|illegal|invalid|bad) characters? in (?:the )?(?:address|local)",
      "Characters in address", "the address contains a character that this server does not accept",
      "{verb} with an address without % ! / | or spaces; QUIT"),
    Fault(_LOOKUP, FORM, r"(?:must|should) (?:contain|have|include) a domain|domain (?:is )?missing"
      r"|missing (?:a )?domain|fully[ -]qualified (?:recipient )?address",
      "Domain missing", "the address has no domain; the full address is required",
      "{verb} with the full address, user@domain"),
    Fault(_LOGIN, frozenset({C.SYNTAX_ERROR, C.AUTH_MECHANISM}),
      r"missing (?:sasl )?mechanism|mechanism (?:parameter|name)? ?(?:is )?missing"
      r"|no(?:t enough value|thing behind auth)|no mechanism (?:given|specified)|syntax: auth",
      "Mechanism missing", "AUTH came without the name of a mechanism",
      "AUTH PLAIN, or another mechanism that EHLO lists"),
    Fault(_LOGIN, frozenset({C.BAD_SEQUENCE}), r"transaction", "AUTH out of order",
      "AUTH is not possible inside a mail transaction", "RSET, then AUTH; QUIT"),
    Fault(frozenset({Context.STARTTLS}), frozenset({C.BAD_SEQUENCE}),
      r"already|active|in tls|secured", "TLS is on",
      "TLS is already on; STARTTLS works once a session", "EHLO {client}"),
    Fault(_MAIL, frozenset({C.MESSAGE_TOO_LARGE}), r"fixed maximum|message size",
      "Message too large",
      "the message is larger than this server accepts", "EHLO shows SIZE; a smaller message; QUIT"),
    Fault(frozenset({Context.DATA}), frozenset({C.BAD_SEQUENCE}), r"\bbdat\b", "DATA after BDAT",
      "a message begun with BDAT ends with BDAT too; send NO message text now",
      "BDAT 0 LAST ends it; RSET gives it up"),
    Fault(_CHUNKS, frozenset({C.NOT_IMPLEMENTED, C.SYNTAX_ERROR}),
      r"unrecogni[sz]ed|unknown|not (?:implemented|recogni[sz]ed|supported)|command error",
      "BDAT not offered", "the server does not know BDAT: EHLO does not list CHUNKING",
      "RSET; send the message with DATA; QUIT"),
    Fault(_CHUNKS, FORM, r"missing|size|syntax|argument", "BDAT malformed",
      "BDAT wants the octets of the chunk, and LAST with the last one", "BDAT 1024 LAST; QUIT"),
    Fault(frozenset({Context.ETRN}), FORM, r"syntax|parameter|argument|domain", "ETRN malformed",
      "ETRN wants the domain whose queue is to be started", "ETRN example.org"),
    Fault(_ANY, frozenset({C.SYNTAX_ERROR, C.BAD_SEQUENCE}),
      r"\b\d+ (?:unrecogni[sz]ed|unknown|bad|invalid) commands|unrecogni[sz]ed commands",
      "Too many unknown commands",
      "too many commands that the server does not know; it closes",
      "connect again, with commands that it knows"),
    Fault(_RCPT, frozenset({C.BAD_SEQUENCE}), r"sender not yet|need mail|no mail (?:from|command)",
      "MAIL missing", "MAIL must come first",
      "MAIL FROM:<you@domain>; if MAIL was sent, its reply says why it was not accepted"),
    Fault(frozenset({Context.QUIT}), FORM | {C.UNKNOWN}, r"argument|parameter|syntax",
      "QUIT refused", "QUIT takes no argument; the session may be open still", "QUIT; :close"),
)  # fmt: skip
"""Each with the text that names it; the first that fits counts."""


def with_named_fault(seen: Situation, found: Finding) -> Finding:
    """Return the finding in the words of what the text blames; as it is where it blames nothing.

    What follows from the line that was sent is closer still, and stays.
    """
    by_evidence = found.why.speaks_for or found.row.cause is Cause.UNKNOWN
    if seen.klass not in (4, 5) or found.provider is not None or not by_evidence:
        return found
    parameter = _parameter(seen, found.row.cause)
    if parameter is not None and (verb := _verb(seen)) is not None:
        title, meaning, steps = _words(seen, verb, parameter)
        return _reworded(found, title, meaning, steps, parameter.source)
    if (name := _extra_parameter(seen, found.row.cause)) and seen.context is not None:
        title, meaning = f"{name} refused", f"the server does not accept the parameter {name}"
        steps = f"{seen.context.value} again without {name}; QUIT"
        return _reworded(found, title, meaning, steps, "")
    for fault in FAULTS:
        fits = not fault.contexts or seen.context in fault.contexts
        if fits and found.row.cause in fault.causes and re.search(fault.text, seen.text):
            return _reworded(found, fault.title, fault.meaning, fault.steps, "")
    return found


def _reworded(found: Finding, title: str, meaning: str, steps: str, source: str) -> Finding:
    """Return the same verdict in other words."""
    own = found.row.source
    row = found.row._replace(
        title=title, meaning=meaning, steps=steps, source=f"{own}; {source}" if source else own
    )
    return found._replace(row=row, more="")


def _verb(seen: Situation) -> Verb | None:
    return VERBS.get(seen.context.value) if seen.context is not None else None


def _parameter(seen: Situation, cause: Cause) -> Parameter | None:
    """Return the parameter of this command that the text names."""
    verb = _verb(seen)
    if cause not in FORM or verb is None or seen.context not in _PATH:
        return None
    words = re.findall(r"[a-z][a-z0-9-]*", re.sub(_PATHS, " ", seen.text))
    named = {parameter.name.rstrip("=").lower(): parameter for parameter in verb.parameters}
    spelled_out = (word for word in words if word in named and word not in _PLAIN_WORDS)
    found = next(spelled_out, "")
    if not found and "size" in words and "size=" in _sent(seen):
        found = "size"
    if not found and re.search(_MESSAGE_SIZE, seen.text):
        found = "size"
    return named.get(found)


def _extra_parameter(seen: Situation, cause: Cause) -> str:
    """Return the parameter of MAIL or RCPT that is refused, as far as that is certain; or nothing.

    The text names it; or it is about parameters, and one alone was sent that EHLO did not announce.
    """
    if not seen.live or cause not in FORM or seen.context not in _PATH:
        return ""
    words = _sent(seen).rpartition(">")[2].split()
    sent = [
        word.partition("=")[0] for word in words if re.match(r"[a-z][a-z0-9-]{0,19}(=|$)", word)
    ]
    text = re.findall(r"[a-z][a-z0-9-]*", re.sub(_PATHS, " ", seen.text))
    unannounced = [name for name in sent if not _announced(seen, name)]
    known = cause is Cause.SYNTAX_ERROR and bool(seen.before.extensions)
    about = len(unannounced) == 1 and (cause is Cause.PARAMETER_UNSUPPORTED or known)
    named = [name for name in sent if name in text and name not in _PLAIN_WORDS]
    return next(iter(named or (unannounced if about else [])), "").upper()


def _announced(seen: Situation, name: str) -> bool:
    """Return whether EHLO listed the extension that a parameter belongs to."""
    verb = _verb(seen)
    known = verb.parameters if verb is not None else ()
    offered = seen.before.extensions
    return any(
        one.name.rstrip("=").lower() == name and (one.keyword is None or one.keyword in offered)
        for one in known
    )


_PATHS = r"<[^<>]*>|\S+@\S+"
_PLAIN_WORDS = frozenset({"by", "size"})
"""Names of parameters that are words of English as well."""
_MESSAGE_SIZE = r"\bmessage size syntax|\bsyntax: .*size=|\bsize (?:parameter|value)\b"


def _sent(seen: Situation) -> str:
    command = seen.exchange.command
    return command.text.lower() if command is not None else ""


def _words(seen: Situation, verb: Verb, parameter: Parameter) -> tuple[str, str, str]:
    """Return title, meaning and steps for a parameter that is refused."""
    name = parameter.name.rstrip("=")
    if "combin" in seen.text:
        meaning = f"values of {name} that cannot be combined were sent together"
    elif parameter.name.endswith("="):
        meaning = f"the value of {name} is not one that the server accepts"
    else:
        meaning = f"the server does not accept {name} here"
    values = [f"{name}={value}" for value in parameter.values[:2] if not value.endswith(";")]
    again = " or ".join(values) or (f"a valid value of {name}" if "=" in parameter.name else "")
    steps = f"{verb.name} again with {again}" if again else f"{verb.name} again without {name}"
    return (
        f"{name} refused",
        meaning,
        f"{steps}; or without it; QUIT" if again else f"{steps}; QUIT",
    )
