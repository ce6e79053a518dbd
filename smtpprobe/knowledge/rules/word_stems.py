"""What a refusal is about by the words that meet in a clause, whatever their order and endings.

A rule holds if a clause has a word of each group and none of its exceptions. Words are
beginnings: `relay` is relay, relayed, relaying; with `_` behind it a word stands alone, and `_`
inside parts two neighbours. Rules stand from the narrow to the wide. They are asked when no
phrase is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.rules.clauses import clauses
from smtpprobe.knowledge.rules.phrases import TextRule
from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.protocol.verbs import Context


@dataclass(frozen=True, slots=True)
class StemRule:
    """Groups of alternative word beginnings that must meet, exceptions, and the cause they show.

    `only` and `never` are contexts; without `only` any is meant, also one that is not known.
    """

    groups: tuple[str, ...]
    cause: Cause
    but: str = ""
    codes: str = "45"
    only: frozenset[Context] = frozenset()
    never: frozenset[Context] = frozenset()


_LOGIN = frozenset({Context.AUTH, Context.AUTH_STEP})
_TLS = frozenset({Context.STARTTLS})
_MAIL = frozenset({Context.MAIL})
_BEFORE_TEXT = frozenset({Context.MAIL, Context.RCPT, Context.DATA, Context.CONNECT, Context.EHLO})
_NOT_AT = _LOGIN | _TLS | _MAIL | {Context.CONNECT, Context.EHLO, Context.HELO, Context.LHLO}

_NO = "no_|not_|never|without|lack|unable|fail|miss|refus|reject|denied|deny|forbid|prohibit|"
_NO += "disallow|block|bad_|invalid|broken"
_WHO = "user|mailbox|recipient|address|account|person|destination|inbox|maildrop|local_part"
_BOX = "mailbox|inbox|box_|account|recipient|user|maildrop|mail_file"
_SENDER = (
    "sender|mail_from|return_path|return-path|envelope_from|originator|reverse-path|from_address"
)
_CHECKS = "spf|dkim|dmarc|authentic"
_YOURS = (
    "ip-address|your_ip|your_network|your_host|your_server|your_range|your_subnet|connections_from|"
)
_YOURS += "connection_from|client_host|ip_|your_provider|network"

STEM_RULES: tuple[StemRule, ...] = (
    # Your address.
    StemRule((f"{_NO}|mismatch|generic", "reverse|rdns|ptr_"), Cause.NO_REVERSE_DNS),
    # Too much, too fast, too many.
    StemRule(("slow_down|too_fast|too_often|too_frequent|sent_enough|tomorrow",),
             Cause.RATE_LIMITED),
    StemRule(
        (
            ("rate_|rates_|hour|per_minute|last_minute|a_minute|per_day|a_day|today|daily|volume|"
            "frequen|send_quota|sending|outgoing|outbound"),
            "too_|exceed|limit|high|allowance|quota|reach|used_up",
        ),
        Cause.RATE_LIMITED,
        "recipients|size",
    ),
    StemRule(("one_recipient|single_recipient",), Cause.TOO_MANY_RECIPIENTS),
    StemRule(
        ("recipients", "number|many|limit|max|over_|only|exceed"), Cause.TOO_MANY_RECIPIENTS,
        "hour|day_|daily|minute",
    ),
    StemRule(
        (
            "connections|sessions",
            "open_|max|many|limit|parallel|concurrent|simultan|number|already",
        ),
        Cause.TOO_MANY_CONNECTIONS,
    ),
    # The message, once it has been sent.
    StemRule(
        (
            "attach|archive|zip_|file|macro|executable|script_|content-type|media",
            f"{_NO}|banned|remove|danger",
        ),
        Cause.CONTENT_REJECTED,
        "file_system|spool|configur|mail_file",
        never=_BEFORE_TEXT | _LOGIN | _TLS,
    ),
    StemRule(("worm_|virus|malware|trojan",), Cause.VIRUS, "scan",
             never=_BEFORE_TEXT | _LOGIN | _TLS),
    StemRule(
        ("spam|junk|phish|scam|unsolicited|bulk_mail",), Cause.SPAM_CONTENT,
        "ip-address|your_ip|list|scanner|crash", never=_BEFORE_TEXT | _LOGIN | _TLS,
    ),
    StemRule(
        ("loop|circle",), Cause.LOOP_DETECTED, "loopback", never=_LOGIN | _TLS,
    ),
    StemRule(
        ("received", "lines|headers|many"), Cause.LOOP_DETECTED, never=_BEFORE_TEXT | _LOGIN | _TLS
    ),
    StemRule(
        (
            "header|mime|message-id|charset|line_ends|line_endings",
            f"{_NO}|two_|duplicate|malformed|violat|illegal|several|multiple|must",
        ),
        Cause.MALFORMED_MESSAGE,
        f"{_CHECKS}|forged|spoof",
        codes="5",
        never=_BEFORE_TEXT | _LOGIN | _TLS,
    ),
    StemRule(
        ("size|big_|bigger|large|bytes|megabytes|mb_", "over_|limit|exceed|max|too_|than|under_"),
        Cause.MESSAGE_TOO_LARGE,
        f"quota|{_BOX.replace('recipient|user|', '')}|storage",
        never=_LOGIN | _TLS,
    ),
    # Encryption and login.
    StemRule(
        (
            "unsecure|insecure|unencrypt|not_secure|clear-text|cleartext|plaintext",
            "connection|session|channel|mail|transport",
        ),
        Cause.TLS_REQUIRED,
        never=_TLS,
    ),
    StemRule(("pop_before_smtp|pop-before-smtp|check_for_new_mail|check_your_mail",),
             Cause.AUTH_REQUIRED),
    StemRule(
        ("clear|plain|unencrypt|insecure", "login|auth|password", "not_|disallow|refus|forbid|no_"),
        Cause.TLS_REQUIRED,
        _CHECKS.replace("|authentic", ""),
    ),
    StemRule(
        (
            "only|insist|must|need|require|mandatory|please|demand|use_|first|start_|not_",
            "encrypt|tls_|starttls|ssl_|secure_connection",
        ),
        Cause.TLS_REQUIRED,
        "attach|archive|unavailable|can_not|could_not",
        never=_TLS | {Context.DATA_END, Context.BDAT_LAST},
    ),
    StemRule(
        (
            "password|secret|credential|login|log_in|user|account",
            "wrong|bad_|invalid|incorrect|fail|not_valid|lock|disabled|unknown|not_match|expired",
        ),
        Cause.AUTH_FAILED,
        only=_LOGIN,
    ),
    StemRule(
        ("password|credential|login_", "wrong|bad_|invalid|incorrect|fail|not_valid|not_match"),
        Cause.AUTH_FAILED,
        "required",
        never=_NOT_AT | {Context.RCPT},
    ),
    StemRule(
        (
            "sign_in|log_in|login|logged_in|log_on|authentic|unauthentic|password",
            "must|need|require|have_to|first|before|only|please|may_not|not_|turn_on|enable|switch_on",
        ),
        Cause.AUTH_REQUIRED,
        "fail|wrong|incorrect|invalid|spf|dkim|dmarc|sender|domain|message",
        never=_LOGIN,
    ),
    # The sender.
    StemRule(("from_|header|sender|domain", "forged|spoof|imperson|fake"),
             Cause.SENDER_AUTH_FAILED),
    StemRule(
        (_SENDER, f"{_NO}|unknown|bogus|empty|null_|list_|unaccept|can_not|nonexist|non-exist"),
        Cause.SENDER_REJECTED,
        f"{_CHECKS}|ip-address|dynamic|reputation|volume|quota|too_many|too_much|recipient|relay|list_members",
    ),
    StemRule(
        ("domain|host_|address", "not_|no_|unknown|invalid", "found|exist|such|resolv|know|dns"),
        Cause.SENDER_REJECTED,
        only=_MAIL,
    ),
    # Room.
    StemRule(
        (
            "disk|spool|partition|file_system|filesystem|queue",
            "full_|out_of|no_space|no_room|not_enough|insufficient|low_",
        ),
        Cause.STORAGE_FULL,
    ),
    StemRule(
        ("quota", "exceed|exhaust|used|full_|over_|reach|limit|out_of|no_more|beyond"),
        Cause.MAILBOX_FULL,
        "your_|sending|message_quota",
        never=_NOT_AT,
    ),
    StemRule(("storage_limit|over_quota|overquota|mailbox_limit",), Cause.MAILBOX_FULL,
             "your_", never=_NOT_AT),
    StemRule(
        (_BOX, "full_|no_space|no_room|no_more|storage_limit|out_of_space|not_enough"),
        Cause.MAILBOX_FULL,
        never=_NOT_AT,
    ),
    # The recipient and its domain.
    StemRule(("relay", "unauthori|illegal|attempt|open_"), Cause.RELAY_DENIED, never=_NOT_AT),
    StemRule(
        (
            f"{_BOX}|subscription|customer|address",
            ("disabled|inactive|suspend|deactivat|closed|terminat|deleted|removed|lock|expired|frozen|cancel|"
            "no_longer_a|no_longer_valid|no_longer_in_use|not_active|been_blocked|blocked_by_the_adm"),
        ),
        Cause.MAILBOX_DISABLED,
        "your_account|blocklist|ip-address",
        never=_NOT_AT,
    ),
    StemRule(
        ("left_the|no_longer_work|retired|no_longer_with|no_longer_employ",),
        Cause.RECIPIENT_MOVED,
        never=_NOT_AT,
    ),
    StemRule(
        ("address|mailbox|user|recipient", "moved|changed|new_address|relocated"),
        Cause.RECIPIENT_MOVED,
        never=_NOT_AT,
    ),
    StemRule(("no_route|not_route|unrouteable_domain",), Cause.UNKNOWN_DOMAIN, never=_NOT_AT),
    StemRule(
        ("domain", "rout|mx_|dns|such|found|exist|resolv|unknown", "no_|not_|unable|unknown|non"),
        Cause.UNKNOWN_DOMAIN,
        "your_|ip-address",
        never=_NOT_AT,
    ),
    StemRule(
        (
            "domain|mail_for",
            "not_|no_",
            "host|local|handle|serve|responsible|ours_|our_|take|deliver",
        ),
        Cause.RELAY_DENIED,
        "your_|ip-address|mailbox|user|account",
        never=_NOT_AT,
    ),
    StemRule(
        ("nobody|no_one|not_know_any|never_heard_of|no_person|no_user|no_mailbox|no_account|not_one_of_our|no_such_person",),
        Cause.UNKNOWN_RECIPIENT,
        never=_NOT_AT,
    ),
    StemRule(
        (_WHO, "unknown|nonexist|non-exist|inexist|invalid|unrecogni|unrout"),
        Cause.UNKNOWN_RECIPIENT,
        "ip-address|your_|ip_address|client|syntax|character|sender",
        never=_NOT_AT,
    ),
    StemRule(
        (
            _WHO,
            "not_|no_|never|unable|fail",
            "found|find|know|exist|present|such|recogni|directory|valid_|match|registered|on_file|configured|of_ours",
        ),
        Cause.UNKNOWN_RECIPIENT,
        "ip-address|your_|ip_address|client|sender|tls|password|answer",
        never=_NOT_AT,
    ),
    StemRule(
        ("not_have|no_|has_no|have_no", "mailbox|account|inbox|mail_drop|maildrop|named_|called_"),
        Cause.UNKNOWN_RECIPIENT,
        "space|room|access|your_|permission",
        never=_NOT_AT,
    ),
    # A block of your address, when nothing else is meant.
    StemRule(("you_are_block|you_are_banned|you_have_been_block|you_have_been_banned",),
             Cause.IP_BLOCKED),
    StemRule(
        ("dynamic|residential|dial|consumer|broadband|dsl_", "address|ip_|ips_|range|host|network"),
        Cause.IP_BLOCKED,
    ),
    StemRule(
        (
            f"{_YOURS}|your_address",
            "banned|block|blacklist|listed|list_|appear|abuse|spam|junk|reputation|refus|reject|denied|deny",
        ),
        Cause.IP_BLOCKED,
        "user|mailbox|quota",
    ),
    # Form and order of the commands.
    StemRule(
        ("too_soon|too_early|wrong_order|out_of_sequence|say_hello|before_the_greeting",),
        Cause.BAD_SEQUENCE,
        codes="5",
    ),
    StemRule(
        (
            "illegal|invalid|missing|bad_|malformed|parse|bogus|unbalanced|wrong",
            "character|syntax|bracket|address|host_name|hostname|argument|parameter|quot",
        ),
        Cause.SYNTAX_ERROR,
        "header|message|ip_",
        codes="5",
        never=frozenset({Context.DATA_END, Context.BDAT_LAST}),
    ),
    # Their server.
    StemRule(
        ("maintenance|reboot|shutdown|shut_down|overload|going_down|shutting|busy|high_load",),
        Cause.SERVICE_UNAVAILABLE,
        codes="4",
    ),
    StemRule(
        ("silent|idle|inactiv|no_command|timeout|timed_out|too_slow|took_too_long|waited",),
        Cause.TIMEOUT,
        "account|user|mailbox",
        codes="4",
    ),
    StemRule(
        (
            ("ldap|directory|database|disk|backend|back-end|spool|lookup|internal|milter|socket|"
            "configur|went_wrong|filter|scanner|server_error"),
            ("fail|error|not_|unavailable|unexpected|wrong|down_|timeout|crash|problem|exception|"
            "offline"),
        ),
        Cause.SERVER_ERROR,
        codes="4",
    ),
    StemRule(
        (
            "internal|database|backend|back-end|ldap|configur|unexpected|milter|software",
            "fail|error|exception|crash|fault",
        ),
        Cause.SERVER_ERROR,
        codes="5",
    ),
    # A rule, and no more is said.
    StemRule(
        (("not_want|has_blocked_you|restrict|member|subscriber|moderat|whitelist|allow-list|allowlist|forbidden|our_rules|"
         "only_from_within|only_from_inside|mail_only_from|policy|policies|house_rules"),),
        Cause.POLICY,
    ),
)  # fmt: skip
"""Written from the wording of refusals at large; each cause brings its own source."""

SOURCE = "common wording of refusals"


def stem_rule(situation: Situation) -> TextRule | None:
    """Return what the words of the reply's clauses show together, as a rule without a phrase."""
    parts = clauses(situation.text)
    if not parts:
        return None
    for rule in STEM_RULES:
        if _in_reach(rule, situation) and any(_meets(rule, part) for part in parts):
            return TextRule("", rule.codes, rule.cause, SOURCE)
    return None


def _in_reach(rule: StemRule, situation: Situation) -> bool:
    if str(situation.klass) not in rule.codes:
        return False
    if situation.context in rule.never:
        return False
    return not rule.only or situation.context in rule.only


def _meets(rule: StemRule, clause: str) -> bool:
    if not all(_any(group, clause) for group in rule.groups):
        return False
    return not rule.but or not _any(rule.but, clause)


def _any(group: str, clause: str) -> bool:
    return any(word in clause for word in _beginnings(group))


@cache
def _beginnings(group: str) -> tuple[str, ...]:
    return tuple(f" {word.replace('_', ' ')}" for word in group.split("|"))
