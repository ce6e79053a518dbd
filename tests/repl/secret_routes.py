"""Every way in which credentials get into a session at the prompt: a row a route.

A row is a way of typing, a mechanism and what the server says. What is left behind by each is
looked through by `test_secret_routes`, whatever the artifact.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

USER, PASSWORD = "bob", "tan'sta%afl!9"
CHALLENGE = b"<1896.697170952@postoffice.example.net>"
CTRL_BRACKET, CTRL_D, ENTER = "\x1d", "\x04", "\r"


def b64(text: str | bytes) -> str:
    """Return the base64 of a text."""
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


DIGEST = hmac.digest(PASSWORD.encode(), CHALLENGE, "md5").hex()
PLAIN = b64(f"\0{USER}\0{PASSWORD}")
CRAM = b64(f"{USER} {DIGEST}")
BEARER = b64(f"user={USER}\1auth=Bearer {PASSWORD}\1\1")
OAUTH = b64(f"n,a={USER},\1host=mx.example\1port=587\1auth=Bearer {PASSWORD}\1\1")
PROOF = b64(hmac.digest(PASSWORD.encode(), b"client-final", "sha256"))
SCRAM = b64(f"c=biws,r=fyko+d2lbbFgONRv9,p={PROOF}")
RESPONSE = hmac.digest(PASSWORD.encode(), b"digest-md5", "md5").hex()
DIGEST_MD5 = b64(f'username="{USER}",realm="x",nonce="OA6",response={RESPONSE},qop=auth')
NTLM = b64(b"NTLMSSP\0\3\0\0\0" + hmac.digest(PASSWORD.encode(), b"ntlm", "sha256"))
SALT, NONCE = b"a salt of SCRAM.", "fyko"
SCRAM_FIRST = b64(f"r={NONCE}+more,s={b64(SALT)},i=4096")


def scram_keys(digest: str) -> tuple[bytes, ...]:
    """Return what the password can be replaced by in SCRAM, or guessed from (RFC 5802 3)."""
    salted = hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), SALT, 4096)
    client = hmac.digest(salted, b"Client Key", digest)
    return salted, client, hashlib.new(digest, client).digest()


SCRAM_KEYS = tuple(
    shown
    for digest in ("sha1", "sha256")
    for key in scram_keys(digest)
    for shown in (b64(key), key.hex())
)
USER64, PASSWORD64 = b64(USER), b64(PASSWORD)

SECRETS = (PASSWORD, DIGEST, PROOF, RESPONSE, PLAIN, CRAM, BEARER, OAUTH, SCRAM, DIGEST_MD5, NTLM,
           PASSWORD64, *SCRAM_KEYS)  # fmt: skip
"""What nobody may find: the password, what proves it, and the strings of each mechanism."""


@dataclass(frozen=True, slots=True)
class Paste:
    """Text that is pasted, not typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys as they are, no Enter behind them."""

    keys: str


@dataclass(frozen=True, slots=True)
class Route:
    """A way for credentials to get in.

    `types` are lines (or what is no line), `says` the replies to the lines that the server hears,
    `hears` what it has to have heard in the end, and `not_hears` what it must not. `shown` tells
    that the screen shows it, as nobody promises otherwise.
    """

    name: str
    types: tuple[str | Paste | Keys, ...]
    says: tuple[bytes, ...] = (b"535 5.7.8 no",)
    hears: str = ""
    not_hears: str = ""
    shown: bool = False


NAME = b"334 VXNlcm5hbWU6"
WORD = b"334 UGFzc3dvcmQ6"
MORE = b"334 "
SCRAM_ASKS = b"334 " + SCRAM_FIRST.encode()
REFUSED_TOKEN = b"334 " + b64('{"status":"invalid_token"}').encode()
CRAM_ASKS = b"334 " + base64.b64encode(CHALLENGE)
NO, YES, ODD = b"535 5.7.8 no", b"235 2.7.0 welcome", b"500 5.5.1 unknown command"
LOGIN = (NAME, WORD, NO)

ROUTES = (
    # AUTH as it should be, each mechanism
    Route("an initial response, refused", (f"AUTH PLAIN {PLAIN}",), (NO,), PLAIN),
    Route("an initial response, accepted", (f"AUTH PLAIN {PLAIN}",), (YES,), PLAIN),
    Route("in small letters, with blanks", (f"auth  plain  {PLAIN} ",), (NO,), PLAIN),
    Route("PLAIN at 334", ("AUTH PLAIN", PLAIN), (MORE, NO), PLAIN),
    Route("LOGIN step by step", ("AUTH LOGIN", USER64, PASSWORD64), LOGIN, PASSWORD64),
    Route("LOGIN with the name at once", (f"AUTH LOGIN {USER64}", PASSWORD64), (WORD, NO),
          PASSWORD64),
    Route("LOGIN with :b64", ("AUTH LOGIN", f":b64 {USER}", f":b64 {PASSWORD}"), LOGIN, PASSWORD64),
    Route("LOGIN without base64", ("AUTH LOGIN", USER, PASSWORD), LOGIN, PASSWORD),
    Route("LOGIN by > lines", ("AUTH LOGIN", f"> {USER64}", f"> {PASSWORD64}"), LOGIN, PASSWORD64),
    Route("LOGIN by :raw", ("AUTH LOGIN", f':raw "{USER64}\\r\\n"', f':raw "{PASSWORD64}\\r\\n"'),
          LOGIN, PASSWORD64),
    Route("LOGIN by :raw without a line end", ("AUTH LOGIN", USER64, f':raw "{PASSWORD64}"',
          ':raw "\\r\\n"'), LOGIN, PASSWORD64),
    Route("CRAM-MD5", ("AUTH CRAM-MD5", CRAM), (CRAM_ASKS, NO), CRAM),
    Route("XOAUTH2", (f"AUTH XOAUTH2 {BEARER}", ">"), (b"334 eyJzdGF0dXMiOiI0MDAifQ==", NO),
          BEARER),
    Route("XOAUTH2 at 334", ("AUTH XOAUTH2", BEARER), (MORE, NO), BEARER),
    Route("OAUTHBEARER", (f"AUTH OAUTHBEARER {OAUTH}",), (NO,), OAUTH),
    Route("SCRAM-SHA-256", (f"AUTH SCRAM-SHA-256 {b64('n,,n=bob,r=fyko')}", SCRAM),
          (b"334 cj1meWtvK2QybGJiRmdPTlJ2OSxzPWFiYyxpPTQwOTY=", NO), SCRAM),
    Route("DIGEST-MD5", ("AUTH DIGEST-MD5", DIGEST_MD5), (b"334 cmVhbG09Ingi", NO), DIGEST_MD5),
    Route("NTLM", ("AUTH NTLM TlRMTVNTUAABAAAA", NTLM), (b"334 TlRMTVNTUAACAAAA", NO), NTLM),
    Route("a mechanism that nobody knows", (f"AUTH X-NEW {PASSWORD64}",), (NO,), PASSWORD64),
    # AUTH with a slip
    Route("AUTH, a tab, PLAIN", (Paste(f"AUTH\tPLAIN\t{PLAIN}"), ""), (NO,), PLAIN),
    Route("AUTH=PLAIN", (f"AUTH=PLAIN {PLAIN}",), (ODD,), PLAIN),
    Route("AUHT PLAIN", (f"AUHT PLAIN {PLAIN}",), (ODD,), PLAIN),
    Route("AUTHPLAIN", (f"AUTHPLAIN {PLAIN}",), (ODD,), PLAIN),
    Route("no AUTH", (f"PLAIN {PLAIN}",), (ODD,), PLAIN),
    Route("no mechanism", (f"AUTH {PLAIN}",), (b"504 5.5.4 unrecognized type",), PLAIN),
    Route("AUHT LOGIN and what belongs to it", ("AUHT LOGIN", USER64, "n", PASSWORD64, "n"), (ODD,),
          not_hears=PASSWORD64),
    Route("no base64", (f"AUTH PLAIN {USER} {PASSWORD}",), (NO,), PASSWORD),
    Route("as in IMAP", (f"a1 LOGIN {USER} {PASSWORD}",), (ODD,), PASSWORD),
    Route("as in POP3", (f"USER {USER}", f"PASS {PASSWORD}"), (ODD, ODD), PASSWORD),
    Route("as it stands", (f"> AUTH PLAIN {PLAIN}",), (NO,), PLAIN),
    Route("as it stands, with a slip", (f"> AUHT PLAIN {PLAIN}",), (ODD,), PLAIN),
    Route("raw", (f':raw "AUTH PLAIN {PLAIN}\\r\\n"',), (NO,), PLAIN),
    Route("raw, several lines", (f':raw "AUTH LOGIN\\r\\n{USER64}\\r\\n{PASSWORD64}\\r\\n"',),
          LOGIN, PASSWORD64),
    # what :auth asks for, and what it is told too soon
    *(Route(f":auth {mechanism}", (f":auth {mechanism} {USER} --force", PASSWORD), says)
      for mechanism, says in (
          ("PLAIN", (NO,)), ("LOGIN", LOGIN), ("CRAM-MD5", (CRAM_ASKS, NO)),
          ("XOAUTH2", (REFUSED_TOKEN, NO)), ("OAUTHBEARER", (REFUSED_TOKEN, NO)),
          (f"SCRAM-SHA-1 --nonce {NONCE}", (SCRAM_ASKS, NO)),
          (f"SCRAM-SHA-256 --nonce {NONCE}", (SCRAM_ASKS, NO)))),
    Route(":auth that picks", (":auth", USER, PASSWORD), (NO,), PLAIN),
    Route(":auth with an unknown option", (f":auth PLAIN {USER} --password {PASSWORD}",),
          not_hears="AUTH"),
    Route(":auth without a mechanism", (f":auth {USER} {PASSWORD}",), not_hears="AUTH"),
    Route(":auth of SCRAM that is accepted without proof",
          (f":auth SCRAM-SHA-256 {USER} --force --nonce {NONCE}", PASSWORD), (SCRAM_ASKS, YES)),
    Route(":auth with the password", (f":auth PLAIN {USER} {PASSWORD}",), not_hears="AUTH"),
    Route(":atuh with the password", (f":atuh PLAIN {USER} {PASSWORD}",), not_hears="AUTH"),
    Route(":login", (f":login {USER} {PASSWORD}",), not_hears=PASSWORD),
    Route(":b64 that is no command", (f":b46 {PASSWORD}", f":B64 {PASSWORD}", f":b {PASSWORD}",
          f": b64 {PASSWORD}", f":base64 {PASSWORD}"), not_hears=PASSWORD64),
    Route(":b64 and a tab", (Paste(f":b64\t{PASSWORD}"), ""), not_hears=PASSWORD64),
    Route(":secret with its value", (f":secret password {PASSWORD}",), not_hears=PASSWORD),
    Route("the local prompt", (Keys(f"{CTRL_BRACKET}AUTH PLAIN {PLAIN}{ENTER}"),), not_hears=PLAIN),
    Route(":explain", (f":explain AUTH PLAIN {PLAIN}", f":explain {PASSWORD64}"), not_hears=PLAIN),
    Route(":help", (f":help AUTH PLAIN {PLAIN}",), not_hears=PLAIN),
    Route(":echo", (f":echo AUTH PLAIN {PLAIN}",), not_hears=PLAIN, shown=True),
    Route("a remark", (f"# AUTH PLAIN {PLAIN}",), not_hears=PLAIN),
    Route(":secret", (":secret word", PASSWORD, 'AUTH PLAIN {{plain("bob", word)}}'), (NO,), PLAIN),
    Route(":let", (f':let word = "{PASSWORD}"', 'AUTH PLAIN {{plain("bob", word)}}'), (NO,), PLAIN,
          shown=True),
    # after the login is over
    Route("an answer after a refusal, not sent", ("AUTH LOGIN", PASSWORD64, "n"), (NO,),
          not_hears=PASSWORD64),
    Route("an answer after a refusal, sent", ("AUTH LOGIN", PASSWORD64, "y"), (NO, ODD),
          PASSWORD64),
    Route("a password after a refusal, not sent", ("AUTH LOGIN", PASSWORD, "n"), (NO,),
          not_hears=PASSWORD),
    Route("a password after a refusal, sent", ("AUTH LOGIN", PASSWORD, "y"), (NO, ODD), PASSWORD),
    Route("a > line after a refusal", ("AUTH LOGIN", f"> {PASSWORD64}", "n"), (NO,),
          not_hears=PASSWORD64),
    Route(":raw after a refusal", ("AUTH LOGIN", f':raw "{PASSWORD64}\\r\\n"', "n"), (NO,),
          not_hears=PASSWORD64),
    Route(":b64 after a refusal", ("AUTH LOGIN", f":b64 {PASSWORD}"), (NO,), not_hears=PASSWORD64),
    Route("an answer after 501 in the middle", ("AUTH LOGIN", USER64, PASSWORD64, "n"),
          (NAME, b"501 5.5.2 cannot decode"), not_hears=PASSWORD64),
    Route("an answer after *", ("AUTH LOGIN", "*", PASSWORD64, "n"), (NAME, b"501 5.7.0 cancelled"),
          not_hears=PASSWORD64),
    Route("an answer after success", ("AUTH LOGIN", USER64, PASSWORD64), (NAME, YES, ODD),
          PASSWORD64),
    Route("typed ahead of the refusal",
          (Keys(f"AUTH LOGIN{ENTER}{USER64}{ENTER}{PASSWORD64}{ENTER}"),), (NO,),
          not_hears=PASSWORD64),
    Route(":b64 ahead of the refusal", (Keys(f"AUTH LOGIN{ENTER}:b64 {PASSWORD}{ENTER}"),), (NO,),
          not_hears=PASSWORD64),
    # together, pasted, from files
    Route("held", (":hold", "AUTH LOGIN", USER64, PASSWORD64, ":flush"), LOGIN, PASSWORD64),
    Route("held PLAIN", (":hold", "NOOP", f"AUTH PLAIN {PLAIN}", ":flush"), (b"250 ok", NO), PLAIN),
    Route("held and dropped", (":hold", f"AUTH PLAIN {PLAIN}", Keys("\x03")), not_hears=PLAIN),
    Route("a paste", (Paste(f"AUTH LOGIN\r{USER64}\r{PASSWORD64}\r"),), LOGIN, PASSWORD64),
    Route("a paste that is refused", (Paste(f"AUTH LOGIN\r{USER64}\r{PASSWORD64}\r"),), (NO,),
          not_hears=PASSWORD64),
    Route("a paste that is asked about", (Paste(f"AUTH PLAIN {PLAIN}\r" + "NOOP\r" * 30), "d"),
          not_hears=PLAIN),
    Route("a paste with :b64", (Paste(f"AUTH LOGIN\r:b64 {USER}\r:b64 {PASSWORD}\r"), "d"),
          not_hears=PASSWORD64),
    Route("a paste, raw", (Paste(f"AUTH LOGIN\r:b64 {USER}\r{PASSWORD64}\r"), "r", "n"),
          (NO, ODD, ODD), not_hears=PASSWORD64),
    Route(":paste", (":paste", Keys(f"NOOP{ENTER}AUTH PLAIN {PLAIN}{CTRL_D}")), (b"250 ok", NO),
          PLAIN),
    Route("a script", (":run {folder}/login.smtp",), (NO, b"250 ok"), PLAIN),
    Route("the editor", (":edit",), (NO, b"250 ok"), PLAIN),
    # said again by the server
    Route("the password said again", (f"AUTH PLAIN {PLAIN}",),
          (f"535 5.7.8 {USER}: '{PASSWORD}' is wrong".encode(),), PLAIN),
    Route("the base64 said again", (f"AUTH PLAIN {PLAIN}",), (f"535 {PLAIN} is wrong".encode(),),
          PLAIN),
    Route("what was decoded said again", (f"AUTH PLAIN {PLAIN}",),
          (b"535 \0" + f"{USER}\0{PASSWORD}".encode() + b" is wrong",), PLAIN),
    Route("said again in a URL", (f"AUTH PLAIN {PLAIN}",),
          (b"535 https://example.net/?p=tan%27sta%25afl%219",), PLAIN),
    Route("a digest said again", ("AUTH CRAM-MD5", CRAM), (CRAM_ASKS, b"535 5.7.8 digest "
          + DIGEST.encode() + b" is wrong (" + DIGEST.upper().encode() + b")"), CRAM),
    Route("a token said again", (f"AUTH XOAUTH2 {BEARER}",),
          (f"535 token {PASSWORD} is old".encode(),), BEARER),
    Route("a proof said again", (f"AUTH SCRAM-SHA-256 {b64('n,,n=bob,r=fyko')}", SCRAM),
          (b"334 cj1meWs=", f"535 p={PROOF}".encode()), SCRAM),
    Route("a line said again", (f"AUHT PLAIN {PLAIN}",),
          (f"500 what is AUHT PLAIN {PLAIN}".encode(),), PLAIN),
    Route("said again, drop by drop", (f"AUTH PLAIN {PLAIN}",),
          (b"535-5.7.8 tan", b"'sta", b"%afl!9 is wrong\r\n535 5.7.8 no"), PLAIN),
    Route("said again in an unasked line", (f"AUTH PLAIN {PLAIN}", "NOOP"),
          (NO, f"250 ok\r\n421 4.7.0 too many tries with {PASSWORD}".encode()), PLAIN),
    Route("half typed when the server closes", (Keys(f"AUTH LOGIN{ENTER}AUTH PLAIN {PLAIN}"),),
          (b"421 4.7.0 bye",), not_hears=PLAIN, shown=True),
)  # fmt: skip


_RUN = re.compile(r"[A-Za-z0-9+/]{8,}")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\x([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})")


def found_in(artifact: bytes) -> list[str]:
    """Return the secrets that stand in an artifact, in whatever spelling."""
    views = [view.lower() for view in _views(artifact)]
    return [secret for secret in SECRETS if any(secret.lower().encode() in one for one in views)]


def _views(octets: bytes) -> Iterator[bytes]:
    """Return the octets, what their escapes stand for, and what base64 in them decodes to."""
    yield octets
    yield _PERCENT.sub(lambda match: bytes.fromhex(match[1].decode()), octets)
    yield _ESCAPE.sub(lambda match: bytes.fromhex((match[1] or match[2]).decode()), octets)
    yield octets.replace(b"\\", b"")
    yield _PERCENT.sub(lambda match: match[0], octets).replace(b" ", b"")
    yield b"".join(bytes.fromhex(pair.decode()) for pair in re.findall(rb"\b[0-9a-f]{2}\b", octets))
    runs = _RUN.findall(octets.decode("utf-8", "replace"))
    yield from chain.from_iterable(_decoded(run) for run in runs)


def _decoded(run: str) -> Iterator[bytes]:
    for start in range(4):
        part = run[start:]
        part = part[: len(part) - len(part) % 4]
        yield base64.b64decode(part)
