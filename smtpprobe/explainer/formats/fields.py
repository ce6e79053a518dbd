"""Cuts fields out of a line of octets, faster than patterns."""

from __future__ import annotations


def between(line: bytes, before: bytes, after: bytes, start: int = 0) -> bytes | None:
    """Return the text between two marks, the first from `start` on; None without both."""
    begin = line.find(before, start)
    if begin < 0:
        return None
    begin += len(before)
    end = line.find(after, begin)
    return line[begin:end] if end >= 0 else None


def text(octets: bytes | None) -> str | None:
    """Return octets as text in which nothing is lost (surrogateescape); None and empty as None."""
    return octets.decode("utf-8", "surrogateescape") if octets else None


_DIGITS = frozenset(b"0123456789")


def is_reply(octets: bytes) -> bool:
    """Return whether octets begin as a reply of SMTP does: three digits, then blank, `-` or end.

    The first digit is 2 to 5 (RFC 5321 4.2.1) and the second 0 to 5 or, as some send, up to 9.
    """
    return (
        len(octets) >= 3
        and 0x32 <= octets[0] <= 0x35
        and octets[1] in _DIGITS
        and octets[2] in _DIGITS
        and octets[3:4] in (b" ", b"-", b"")
    )


_ID_OCTETS = 24


def queue_id(line: bytes) -> str | None:
    """Return the queue id that Postfix and Sendmail write behind the program: `...[77]: 4F1C2A: `.

    None if the line has none (`NOQUEUE`), or something else there.
    """
    name = between(line, b"]: ", b": ")
    if name is None or not 5 <= len(name) <= _ID_OCTETS or not name.isalnum() or name == b"NOQUEUE":
        return None
    return name.decode("ascii", "replace")
