"""Why a check did not pass: one closed list, its ids in machine formats, and what each means. Pure.

Code decides by the reason of a check; its message is for people alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple


class Reason(Enum):
    """Why a check did not pass; the value is its id in every machine format.

    F: the reply is not what was expected. T: inconclusive. N: nothing to check.
    P: the script cannot be read, which may show only where a value has been put into a line.
    """

    UNKNOWN_COMMAND = "P01"
    BAD_CODE = "P02"
    UNQUOTED = "P03"
    BAD_TERM = "P04"
    ENDLESS_BODY = "P05"
    BAD_REGEX = "P06"
    NO_VALUE = "P07"
    CHUNK_SIZE = "P08"
    BAD_HOLD = "P09"
    BAD_BLOCK = "P10"
    NO_LAST_LINE = "P11"
    UNSURE_DATA = "P12"
    DATA_NOT_LAST = "P13"
    KEYWORD_ELSEWHERE = "P14"
    STEP_BEFORE_CASE = "P15"
    SAME_CASE = "P16"
    STRAY_REPLY_LINE = "P17"
    BAD_ARGUMENT = "P18"
    UNREADABLE = "P19"
    BAD_OCTETS = "P20"
    EMPTY_FOLDER = "P21"
    TOO_LARGE = "P22"

    GREETING = "F01"
    REFUSED = "F02"
    ACCEPTED = "F03"
    UNEXPECTED_REFUSAL = "F04"
    ENHANCED_CODE = "F05"
    KEYWORD = "F06"
    TEXT = "F07"
    LATE = "F08"
    UNSOLICITED = "F09"
    CLOSED = "F10"
    NOT_SENT = "F11"
    DIFFERENT = "F12"
    OVER_LIMIT = "F13"
    REGEX = "F14"
    MALFORMED = "F15"
    PLAINTEXT = "F16"
    UNRESOLVED = "T01"
    UNREACHED = "T02"
    NO_GREETING = "T03"
    HANDSHAKE = "T04"
    NO_REPLY = "T05"
    UNKNOWN = "T06"
    BROKEN_OFF = "T07"
    EMPTY = "N01"
    NO_KEYWORD = "N02"
    NO_MAIL = "N03"


class Words(NamedTuple):
    """What a reason means, and what to write where that is right; empty where there is nothing."""

    meaning: str
    remedy: str = ""


WORDS: Mapping[Reason, Words] = MappingProxyType(
    {
        Reason.UNKNOWN_COMMAND: Words(
            "unknown local command", "another name, or `> ...` to send the line"
        ),
        Reason.BAD_CODE: Words(
            "this is not a reply code", "three digits from 200 to 599, `x` for any digit"
        ),
        Reason.UNQUOTED: Words(
            "text to look for must be in quotes; a string ends at a quote in its braces",
            '`"..."` or `/.../`, and a closing quote; use `:let` for the value in braces',
        ),
        Reason.BAD_TERM: Words("unknown term, or one not allowed there", "see Terms"),
        Reason.ENDLESS_BODY: Words(
            "the message body never ends", "a line containing only `.`, or `< 5xx` below DATA"
        ),
        Reason.BAD_REGEX: Words("bad regular expression", "the caret marks the place"),
        Reason.NO_VALUE: Words(
            "a variable has no value", "`:let`, a capture above, `--var`, SMTPPROBE_VAR_NAME"
        ),
        Reason.CHUNK_SIZE: Words(
            "BDAT announces a different number of octets than follow",
            "the message gives the right count",
        ),
        Reason.BAD_HOLD: Words(
            "`:hold` and `:flush` belong together, with only lines for the server in between"
        ),
        Reason.BAD_BLOCK: Words("a block is not closed, or `:end` closes none"),
        Reason.NO_LAST_LINE: Words(
            "the server lines of a reply lack the last one", "`250 ` with a space"
        ),
        Reason.UNSURE_DATA: Words(
            "it must be certain whether a message follows DATA", "`< 354` or `< 5xx`"
        ),
        Reason.DATA_NOT_LAST: Words("DATA must be the last held line", "`> DATA`"),
        Reason.KEYWORD_ELSEWHERE: Words("a keyword term on a reply to another command than EHLO"),
        Reason.STEP_BEFORE_CASE: Words("only settings may come before the first `:case`"),
        Reason.SAME_CASE: Words("duplicate case name"),
        Reason.STRAY_REPLY_LINE: Words("a `|` line without an expectation above"),
        Reason.BAD_ARGUMENT: Words("bad argument", "the message shows the syntax"),
        Reason.UNREADABLE: Words("a file cannot be read, or files are included too deeply"),
        Reason.BAD_OCTETS: Words(
            "NUL, or CR without LF, is not allowed in a script", r'`:raw "...\0..."`'
        ),
        Reason.EMPTY_FOLDER: Words("a folder contains no scripts", "`*.smtp` in it or below"),
        Reason.TOO_LARGE: Words("larger than 16 MiB", "`:data FILE` sends a large message"),
        Reason.GREETING: Words("unexpected greeting"),
        Reason.REFUSED: Words("refused, where something else is expected"),
        Reason.ACCEPTED: Words("accepted, where something else is expected"),
        Reason.UNEXPECTED_REFUSAL: Words("no expectation, and refused", "`< 530` if that is right"),
        Reason.ENHANCED_CODE: Words("a different enhanced status code, or none"),
        Reason.KEYWORD: Words("the EHLO reply lacks or has a keyword, or has a different number"),
        Reason.TEXT: Words("text is missing, or is present but must not be"),
        Reason.LATE: Words("the reply was late, or did not arrive in time"),
        Reason.UNSOLICITED: Words("an unsolicited reply", "see When a reply is due"),
        Reason.CLOSED: Words("the connection was closed, or was not"),
        Reason.NOT_SENT: Words(
            "not sent: a variable was not captured, its value cannot be sent, "
            "or STARTTLS did not start TLS"
        ),
        Reason.DIFFERENT: Words(
            "an assertion failed, or the lines of a reply or their number differ"
        ),
        Reason.OVER_LIMIT: Words("the run took too long, or the certificate expires soon"),
        Reason.REGEX: Words("a regular expression took too long on a text"),
        Reason.MALFORMED: Words(
            "a reply was cut off by the end of the connection, or has several codes"
        ),
        Reason.PLAINTEXT: Words(
            "plaintext after the 220 to STARTTLS", "`:assert tls.surplus contains ...`"
        ),
        Reason.UNRESOLVED: Words("a name cannot be resolved"),
        Reason.UNREACHED: Words("no address can be connected to"),
        Reason.NO_GREETING: Words("no greeting", "`--greeting-timeout 5m`"),
        Reason.HANDSHAKE: Words("the TLS handshake failed"),
        Reason.NO_REPLY: Words("no reply in time: inconclusive"),
        Reason.UNKNOWN: Words("an asserted value is unknown"),
        Reason.BROKEN_OFF: Words("input or output failed, or the run was stopped"),
        Reason.EMPTY: Words("the script is empty"),
        Reason.NO_KEYWORD: Words("skipped: a required keyword is not announced"),
        Reason.NO_MAIL: Words("the domain does not accept mail (null MX, RFC 7505)"),
    }
)


class Trouble(Enum):
    """Why a check was inconclusive; the value is the word in JSON."""

    NO_ANSWER = "no-answer"
    """Nothing came within a limit: a reply, a handshake, a connection, an answer of DNS."""
    FAILED = "failed"
    """It was refused, broke off, or cannot be had."""
