"""Steps that are several commands: a file as a message or in chunks, a whole login."""

from __future__ import annotations

from itertools import islice

from smtpprobe.protocol.auth.sasl import Login
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.script.language.steps import Auth, BdatFile, DataFile
from smtpprobe.script.runner.case_log import Missed
from smtpprobe.script.runner.connection import Connection
from smtpprobe.script.runner.default_expectations import CHUNK, DATA
from smtpprobe.script.runner.owed_replies import Owed
from smtpprobe.script.runner.sent_files import SentFile
from smtpprobe.script.runner.waits.arrival import upcoming
from smtpprobe.script.runner.waits.implied import wait_for_owed
from smtpprobe.script.runner.waits.misses import timed_out


async def send_data(connection: Connection, step: DataFile, file: SentFile) -> bool:
    """Send DATA and, after a 354, a file; return whether it ended the message: a reply is due then.

    Raises:
        Stop: there was no 354 (Missed, where the case goes on), or the message does not go out.
    """
    place = step.place
    await connection.out(read_line("DATA", connection.client.state.phase), place)
    await wait_for_owed(connection.listener, (Owed(place, len(":data"), DATA),))
    if connection.client.state.phase is not Phase.DATA:
        raise Missed
    for command in file.message(step):
        await connection.out(command, place, step.pace)
    return step.dot and step.stop_after is None


def told_of_line_ends(step: DataFile, file: SentFile) -> str:
    """Return what is told of bare CR and LF in a message; empty where all is as usual.

    A file whose lines all end with LF is text as this system writes it.
    """
    ends = file.ends
    if not ends.bare or not (step.raw or ends.crlf or ends.cr):
        return ""
    done = "sent as is" if step.raw else "sent as CRLF; --raw keeps them"
    return f"{step.path}: {ends.bare}: {done}"


async def send_chunks(connection: Connection, step: BdatFile, file: SentFile) -> None:
    """Send a file in BDAT chunks, each after the 250 to the one before; the last reply is due.

    Raises:
        Stop: a chunk was refused (Missed, where the case goes on), or does not go out.
    """
    for chunk in file.chunks(step.chunk):
        line = read_line(chunk.line, connection.client.state.phase)
        first = [Command(octets, Kind.BODY) for octets in islice(chunk.portions, 1)]
        await connection.out_together([line, *first], step.place)
        for octets in chunk.portions:
            await connection.out(Command(octets, Kind.BODY), step.place)
        if not chunk.last:
            await wait_for_owed(connection.listener, (Owed(step.place, len(":bdat"), CHUNK),))
            taken = connection.listener.taken
            if taken is None or taken.reply.code != 250 or taken.reply.flaw:
                raise Missed


async def log_in(connection: Connection, step: Auth, login: Login) -> None:
    """Run a SASL mechanism up to the reply that is no challenge, which is due.

    A challenge that cannot be answered gives the login up, whatever the server says to that.

    Raises:
        Stop: something does not go out.
    """
    command: Command | None = read_line(login.line, connection.client.state.phase)
    while command is not None:
        await connection.out(command, step.place)
        if login.given_up:
            return  # its reply is due like any other
        exchange = await upcoming(connection.listener)
        if exchange is None and not step.under.last and connection.client.state.awaiting:
            timed_out(connection.listener, step.place)
        command = None if exchange is None else login.after(exchange.reply)
        if exchange is not None and command is not None:
            connection.inbox.discard(exchange)
