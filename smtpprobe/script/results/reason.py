"""Why a check did not pass: one closed list, its ids in machine formats, and what each means. Pure.

Whoever decides something about a check asks for its reason; its message is for people alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Reason(Enum):
    """Why a check did not pass; the value is its id in every machine format.

    F: what came is not what was expected. T: it cannot be known. N: there was nothing to check.
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
            "text to look for must be quoted; a string ends at a quote in its braces",
            '`"..."` or `/.../`, and its end; `:let` gives what stands in the braces a name',
        ),
        Reason.BAD_TERM: Words(
            "unknown term, or one that does not go with what stands before it", "see Terms"
        ),
        Reason.ENDLESS_BODY: Words(
            "the message body never ends", "a line holding only `.`, or `< 5xx` under DATA"
        ),
        Reason.BAD_REGEX: Words("bad regular expression", "the caret is at the place"),
        Reason.NO_VALUE: Words(
            "a variable has no value", "`:let`, a capture above, `--var`, SMTPPROBE_VAR_NAME"
        ),
        Reason.CHUNK_SIZE: Words(
            "BDAT announces another number of octets than follow", "the right count is told"
        ),
        Reason.BAD_HOLD: Words(
            "`:hold` and `:flush` belong together; only lines for the server stand between"
        ),
        Reason.BAD_BLOCK: Words("a block is not closed, or `:end` closes none"),
        Reason.NO_LAST_LINE: Words(
            "the server lines of a reply have no last one", "`250 ` with a space"
        ),
        Reason.UNSURE_DATA: Words(
            "whether a message follows DATA must be certain", "`< 354` or `< 5xx`"
        ),
        Reason.DATA_NOT_LAST: Words("DATA must be the last held line", "`> DATA`"),
        Reason.KEYWORD_ELSEWHERE: Words("a keyword term on a reply that is not EHLO's"),
        Reason.STEP_BEFORE_CASE: Words("only settings may stand before the first `:case`"),
        Reason.SAME_CASE: Words("a case of this name exists already"),
        Reason.STRAY_REPLY_LINE: Words("a `|` line without an expectation above"),
        Reason.BAD_ARGUMENT: Words("bad argument", "how the command is written is told"),
        Reason.UNREADABLE: Words("a file cannot be read, or files include each other too deep"),
        Reason.BAD_OCTETS: Words(
            "NUL, or CR without LF, cannot stand in a script", r'`:raw "...\0..."`'
        ),
        Reason.EMPTY_FOLDER: Words("a folder holds no scripts", "`*.smtp` in it or below"),
        Reason.TOO_LARGE: Words("larger than 16 MiB", "`:data FILE` sends a large message"),
        Reason.GREETING: Words("the greeting is another than expected"),
        Reason.REFUSED: Words("refused, where something else is expected"),
        Reason.ACCEPTED: Words("accepted, where something else is expected"),
        Reason.UNEXPECTED_REFUSAL: Words("no expectation, and refused", "`< 530` if that is right"),
        Reason.ENHANCED_CODE: Words("another enhanced status code, or none"),
        Reason.KEYWORD: Words("the EHLO reply lacks or has a keyword, or its number is another"),
        Reason.TEXT: Words("a text is or is not there"),
        Reason.LATE: Words("the reply came late, or not in time"),
        Reason.UNSOLICITED: Words("a reply that nothing asked for", "see When a reply is owed"),
        Reason.CLOSED: Words("the connection was closed, or was not"),
        Reason.NOT_SENT: Words(
            "not sent: a variable was never captured, its value cannot be sent, "
            "STARTTLS gave no TLS"
        ),
        Reason.DIFFERENT: Words("an assertion, reply lines, or a number of lines are not as said"),
        Reason.OVER_LIMIT: Words("the run took too long, or the certificate expires soon"),
        Reason.REGEX: Words("a regular expression was given up on a text"),
        Reason.MALFORMED: Words(
            "a reply was cut off by the end of the connection, or has several codes"
        ),
        Reason.PLAINTEXT: Words(
            "plaintext behind the 220 of STARTTLS", "`:assert tls.surplus contains ...`"
        ),
        Reason.UNRESOLVED: Words("a name cannot be resolved"),
        Reason.UNREACHED: Words("no address can be connected to"),
        Reason.NO_GREETING: Words("no greeting", "`--greeting-timeout 5m`"),
        Reason.HANDSHAKE: Words("the TLS handshake failed"),
        Reason.NO_REPLY: Words("no reply in time: it cannot be told"),
        Reason.UNKNOWN: Words("what is asserted is unknown"),
        Reason.BROKEN_OFF: Words("input or output failed, or the run was cut short"),
        Reason.EMPTY: Words("the script is empty"),
        Reason.NO_KEYWORD: Words("skipped: a required keyword is not announced"),
        Reason.NO_MAIL: Words("the domain takes no mail (null MX, RFC 7505)"),
    }
)


class Trouble(Enum):
    """Why something could not be told; the value is the word in JSON."""

    NO_ANSWER = "no-answer"
    """Nothing came within a limit: a reply, a handshake, a connection, an answer of DNS."""
    FAILED = "failed"
    """It was refused, broke off, or cannot be had."""
