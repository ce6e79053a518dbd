"""A server that says all again that it was told: the secrets of a login in every spelling.

It offers STARTTLS and every mechanism, takes or refuses each login by the user's name, and puts
what it has learnt into challenges and into all replies that follow. What a program shows or keeps
of such a session is where a secret would be found.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import html
import json
import re
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import trustme

from smtpprobe.login.scram_server import SALT, scram_answer
from smtpprobe.protocol.auth.channel_binding import END_POINT

GOOD, BAD = "good@parrot.test", "bad@parrot.test"
PASSWORD = "tan'sta\"%afl&9<é"
MECHANISMS = (
    *("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER"),
)
TOKENS = ("XOAUTH2", "OAUTHBEARER")
CHALLENGE = b"<1896.697170952@parrot.test>"
KEPT = 60
"""Lines of one reply at most that are said again."""


def b64(text: str | bytes) -> str:
    """Return the base64 of a text."""
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def at_offsets(text: str | bytes) -> list[str]:
    """Return what is the same in the base64 of all that holds a text, for each place in three."""
    octets = text.encode() if isinstance(text, str) else text
    return [
        b64(b"x" * shift + octets + b"xxx")[(0, 2, 3)[shift] : (shift + len(octets)) * 8 // 6]
        for shift in range(3)
    ]


def spelt(text: str) -> list[str]:
    """Return a secret as it is written in places of all kinds."""
    quoted = quote(text, safe="")
    return [
        text, b64(text), *at_offsets(text), quoted,
        re.sub("%..", lambda pair: pair[0].lower(), quoted), json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1], html.escape(text),
        html.escape(text).replace("x27", "39"), text.replace("'", "\\'"),
    ]  # fmt: skip


def scram_keys() -> Iterator[bytes]:
    """Yield what stands for the password in SCRAM: salted, client, stored and server key."""
    for digest in ("sha1", "sha256"):
        salted = hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), SALT, 4096)
        client = hmac.digest(salted, b"Client Key", digest)
        yield from (salted, client, hashlib.new(digest, client).digest())
        yield hmac.digest(salted, b"Server Key", digest)


def forms() -> list[str]:
    """Return what nobody may find: of the password, of what proves it, of what goes out."""
    users = (GOOD, BAD)
    lines = [
        *(f"\0{user}\0{PASSWORD}" for user in users),
        *(f"user={user}\1auth=Bearer {PASSWORD}\1\1" for user in users),
    ]
    digest = hmac.digest(PASSWORD.encode(), CHALLENGE, "md5").hex()
    keys = [form for key in scram_keys() for form in (b64(key), key.hex(), *at_offsets(key))]
    return [*spelt(PASSWORD), *map(b64, lines), digest, *at_offsets(digest), *keys]


FORMS = tuple(dict.fromkeys(forms()))

_RUN = re.compile(r"[A-Za-z0-9+/]{8,}")
_ESCAPES = re.compile(r"\\x([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})|%([0-9A-Fa-f]{2})|\\M-")


def found_in(artefact: bytes, more: tuple[str, ...] = ()) -> list[str]:
    """Return the secrets that stand in an artefact, in whatever spelling; `more` are others."""
    text = artefact.decode("utf-8", "replace")
    unescaped = html.unescape(text)
    bare = _ESCAPES.sub(
        lambda found: chr(int(next(filter(None, found.groups()), "0"), 16)), unescaped
    )
    decoded = (_decoded(run) for run in _RUN.findall(text.replace("\\", "")))
    views = (text, unescaped, bare, bare.replace("\\", ""), *chain.from_iterable(decoded))
    return [form for form in (*FORMS, *more) if any(form in view for view in views)]


def _decoded(run: str) -> Iterator[str]:
    for start in range(4):
        part = run[start:]
        yield base64.b64decode(part[: len(part) - len(part) % 4]).decode("utf-8", "replace")


@dataclass
class Parrot:
    """A parrot that listens; `heard` is what clients said, `proofs` what of it proves a login.

    One that is `silent` says nothing again.
    """

    port: int
    ca_file: Path
    silent: bool = False
    heard: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)


@dataclass
class _Call:
    """One client."""

    parrot: Parrot
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    end_point: bytes
    told: list[str] = field(default_factory=list)
    tls: bool = False

    async def line(self) -> str:
        octets = await self.reader.readline()
        if not octets:
            raise ConnectionError
        text = octets.decode("utf-8", "surrogateescape").rstrip("\r\n")
        self.parrot.heard.append(text)
        return text

    def say(self, *lines: str) -> None:
        code, last = lines[0][:3], len(lines) - 1
        texts = [line[4:] if number == 0 else line for number, line in enumerate(lines)]
        self.writer.write(
            b"".join(
                f"{code}{' ' if number == last else '-'}{text}\r\n".encode("utf-8", "replace")
                for number, text in enumerate(texts)
            )
        )

    def again(self, reply: str) -> None:
        """Say a reply, and behind it all that was heard and all that the secret is."""
        told = [] if self.parrot.silent else self.told[:KEPT]
        self.say(reply, *(one.replace("\r", "").replace("\n", "") for one in told))

    def learn(self, answer: str) -> None:
        """Take an answer of a login, as it stands and decoded."""
        try:
            text = base64.b64decode(answer, validate=True).decode("utf-8", "replace")
        except ValueError:
            text = ""
        proofs = re.findall(r"\bp=(\S+)| ([0-9a-f]{32})$", text)
        self.parrot.proofs += [*filter(None, chain.from_iterable(proofs)), answer]
        self.told += [answer, text, *filter(None, chain.from_iterable(proofs))]

    async def ask(self, challenge: str) -> str:
        self.say(f"334 {b64(challenge)}")
        answer = await self.line()
        if challenge != "Username:":
            self.learn(answer)
        return base64.b64decode(answer).decode("utf-8", "replace")


@asynccontextmanager
async def parrot(folder: Path) -> AsyncIterator[Parrot]:
    """Run one on loopback; its certificate is of the CA in `ca_file`."""
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1")
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issued.configure_cert(context)
    der = ssl.PEM_cert_to_DER_cert(issued.cert_chain_pems[0].bytes().decode())
    end_point = hashlib.sha256(der).digest()
    bird = Parrot(0, ca_file)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = _Call(bird, reader, writer, end_point)
        try:
            await _talk(call, context)
        except (ConnectionError, ssl.SSLError, TimeoutError):
            pass
        finally:
            call.writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        bird.port = server.sockets[0].getsockname()[1]
        yield bird


async def _talk(call: _Call, context: ssl.SSLContext) -> None:
    call.say("220 parrot.test ESMTP")
    while True:
        line = await call.line()
        match line.upper().split()[:1]:
            case ["EHLO"]:
                offers = f"AUTH {' '.join(MECHANISMS)}" if call.tls else "STARTTLS"
                told = [] if call.parrot.silent else call.told[:KEPT]
                call.say("250 parrot.test", "8BITMIME", *told, offers)
            case ["STARTTLS"]:
                call.say("220 go on")
                await call.writer.start_tls(context)
                call.tls, call.told = True, []
            case ["AUTH"]:
                await _login(call, line)
            case ["DATA"]:
                call.again("354 go on")
                while await call.line() != ".":
                    pass
                call.again("250 2.0.0 queued as PARROT1")
            case ["QUIT"]:
                call.again("221 2.0.0 bye")
                return
            case _:
                call.again("250 2.0.0 ok")


async def _login(call: _Call, line: str) -> None:
    _, mechanism, *initial = line.split()
    call.told = spelt(PASSWORD)
    given = ""
    if initial:
        call.learn(initial[0])
        given = base64.b64decode(initial[0]).decode("utf-8", "replace")
    match mechanism.upper():
        case "PLAIN":
            given = given or await call.ask("")
        case "LOGIN":
            given = given or await call.ask("Username:")
            await call.ask("Password:")
        case "CRAM-MD5":
            given = await call.ask(CHALLENGE.decode())
        case "XOAUTH2" | "OAUTHBEARER":
            given = given or await call.ask("")
            if BAD in given:
                told = {"status": "401", "why": f"the token {PASSWORD} is old", "was": given}
                await call.ask(json.dumps(told))
        case scram:
            messages = [given or await call.ask("")]
            known = (GOOD if GOOD in messages[0] else BAD, PASSWORD)
            bindings = {END_POINT: call.end_point}
            first = scram_answer(scram, known, messages, "parrotsNonce", bindings)
            messages.append(await call.ask(first))
            if GOOD in given:
                given = messages[0]
                try:
                    last = scram_answer(scram, known, messages, "parrotsNonce", bindings)
                except Exception:  # noqa: BLE001 - the answer is a refusal
                    last = "e=other-error"
                await call.ask(last)
    call.again("235 2.7.0 welcome" if GOOD in given else "535 5.7.8 no")
