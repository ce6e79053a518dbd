"""In how many replies of each cause a sign stood, of those that people have read.

`READ` counts all of them. A sign is a word, a concept that words stand for (`=full`; denied:
`-full`; supposed: `?full`), a code, or the place in the session. A reply that may have several
causes counts in shares. Written by `python -m tests.corpus.replies.likeness`.
"""

from __future__ import annotations

READ: dict[str, float] = {
    "unknown-recipient": 396.3,
    "mailbox-full": 207.1,
    "mailbox-disabled": 159.0,
    "recipient-moved": 21.1,
    "unknown-domain": 60.5,
    "no-mail-service": 21.6,
    "relay-denied": 138.0,
    "auth-required": 91.4,
    "auth-failed": 138.4,
    "auth-mechanism": 54.2,
    "tls-required": 84.9,
    "tls-unavailable": 48.7,
    "ip-blocked": 373.7,
    "no-reverse-dns": 104.6,
    "rate-limited": 201.1,
    "greylisted": 75.9,
    "too-many-recipients": 55.7,
    "too-many-connections": 71.8,
    "sender-rejected": 285.7,
    "sender-auth-failed": 150.0,
    "spam-content": 231.0,
    "virus": 51.7,
    "content-rejected": 120.4,
    "malformed-message": 86.4,
    "message-too-large": 110.1,
    "policy": 262.2,
    "syntax-error": 225.2,
    "bad-sequence": 161.3,
    "not-implemented": 60.7,
    "parameter-unsupported": 39.2,
    "smtputf8-unsupported": 18.8,
    "loop-detected": 51.0,
    "server-error": 219.5,
    "storage-full": 43.3,
    "service-unavailable": 117.9,
    "timeout": 36.5,
    "network-error": 43.6,
    "unknown": 684.4,
}

SIGNS: dict[str, str] = {
    "-accepted": (
        "policy 18.8, sender-rejected 16.2, ip-blocked 13.6, content-rejected 8.3, "
        "sender-auth-failed 8, no-reverse-dns 7.8, relay-denied 7.8, unknown 7.8, "
        "malformed-message 7.7, spam-content 6.4, unknown-recipient 4.5, "
        "mailbox-disabled 3.2, auth-failed 2.8, no-mail-service 2.3, mailbox-full 2, "
        "syntax-error 2, parameter-unsupported 1.3, auth-required 1, "
        "message-too-large 1, rate-limited 1, not-implemented 0.5, server-error 0.5, "
        "unknown-domain 0.5, virus 0.5, service-unavailable 0.3"
    ),
    "-blocked": "unknown 24, unknown-recipient 1",
    "-box": "unknown-recipient 1.5, mailbox-disabled 0.5",
    "-certificate": "tls-unavailable 2.5, tls-required 0.5",
    "-checks": "sender-auth-failed 6",
    "-command": "syntax-error 4.5, bad-sequence 1.5",
    "-disabled": "unknown 12",
    "-dns": (
        "sender-rejected 8, unknown-domain 3.7, network-error 1.7, no-reverse-dns 1, "
        "no-mail-service 0.3, unknown 0.3"
    ),
    "-domain": (
        "no-reverse-dns 1, relay-denied 1, mailbox-disabled 0.5, policy 0.5, "
        "sender-rejected 0.5, syntax-error 0.5"
    ),
    "-exists": (
        "unknown-recipient 35, no-reverse-dns 8, unknown 6.5, sender-rejected 4.3, "
        "server-error 4, syntax-error 1.5, unknown-domain 1.5, greylisted 1, "
        "mailbox-disabled 1, ip-blocked 0.5, not-implemented 0.5, relay-denied 0.5, "
        "rate-limited 0.3, policy 0.2"
    ),
    "-file": "content-rejected 1, parameter-unsupported 1",
    "-full": "unknown 26",
    "-greylisted": "unknown 4, server-error 1",
    "-group": (
        "policy 0.8, ip-blocked 0.5, mailbox-disabled 0.2, unknown 0.2, unknown-recipient 0.2"
    ),
    "-header": "malformed-message 7",
    "-infected": (
        "unknown 23, message-too-large 2, content-rejected 1, malformed-message 1, "
        "spam-content 1, virus 1"
    ),
    "-judged": "unknown 8",
    "-large": "unknown 5, content-rejected 0.5, policy 0.5",
    "-list": "unknown 11",
    "-listed": (
        "unknown 7, relay-denied 2.3, unknown-recipient 2, ip-blocked 1.8, policy "
        "1.7, server-error 1.5, sender-rejected 1.2, spam-content 1, "
        "service-unavailable 0.5"
    ),
    "-local": (
        "relay-denied 22.7, unknown-domain 3.8, unknown-recipient 3.8, no-reverse-dns "
        "2, sender-rejected 1.5, auth-required 0.5, ip-blocked 0.5, policy 0.5, "
        "no-mail-service 0.3, recipient-moved 0.3"
    ),
    "-login": (
        "auth-required 4.3, auth-failed 1, sender-auth-failed 1, relay-denied 0.8, "
        "server-error 0.5, sender-rejected 0.3"
    ),
    "-many": "auth-mechanism 1.5, mailbox-full 1, syntax-error 0.5",
    "-mechanism": "auth-mechanism 1.5, auth-failed 0.5",
    "-message": (
        "auth-required 2.2, ip-blocked 1, mailbox-full 1, malformed-message 1, "
        "server-error 0.7, policy 0.5, service-unavailable 0.5, sender-rejected 0.3, "
        "unknown 0.3, no-mail-service 0.2, unknown-domain 0.2"
    ),
    "-messages": (
        "mailbox-full 1, policy 0.8, content-rejected 0.5, sender-rejected 0.3, unknown 0.3"
    ),
    "-missing": "malformed-message 2, syntax-error 1",
    "-over": "unknown 15, tls-required 1",
    "-own": "sender-rejected 9, relay-denied 1, spam-content 1",
    "-passes": (
        "sender-auth-failed 10, unknown-recipient 2.3, policy 0.7, content-rejected "
        "0.3, malformed-message 0.3, unknown 0.3"
    ),
    "-password": "sender-auth-failed 10",
    "-ptr": "no-reverse-dns 28",
    "-reached": (
        "server-error 31.7, unknown 5.5, service-unavailable 3.7, sender-rejected "
        "3.5, network-error 3.2, bad-sequence 2, mailbox-disabled 2, "
        "sender-auth-failed 2, tls-unavailable 1.5, content-rejected 1, "
        "malformed-message 1, not-implemented 1, syntax-error 0.8, auth-failed 0.5, "
        "parameter-unsupported 0.5, relay-denied 0.5, storage-full 0.5, timeout 0.5, "
        "unknown-domain 0.5, virus 0.5, no-reverse-dns 0.3, policy 0.3"
    ),
    "-refused": "policy 2, sender-rejected 1",
    "-relay": "relay-denied 7",
    "-required": (
        "sender-auth-failed 1.5, malformed-message 1, sender-rejected 1, bad-sequence "
        "0.5, policy 0.5, unknown-recipient 0.5"
    ),
    "-resolves": ("no-reverse-dns 4.2, sender-rejected 4.2, unknown-domain 1.2, syntax-error 0.2"),
    "-sender": "sender-rejected 2, policy 1",
    "-spam": (
        "unknown 20, spam-content 2.8, message-too-large 2, ip-blocked 1.3, "
        "auth-mechanism 1, content-rejected 1, greylisted 1, malformed-message 1, "
        "policy 0.8"
    ),
    "-syntax": "malformed-message 1.5, smtputf8-unsupported 0.5",
    "-temporary": "server-error 0.8, unknown 0.8, greylisted 0.2, service-unavailable 0.2",
    "-tls": "tls-unavailable 2.5, not-implemented 0.5",
    "-unknown": "unknown 4",
    "-unlock": "auth-failed 1, policy 0.5, rate-limited 0.5",
    "-vague": (
        "unknown 5.3, mailbox-disabled 2.5, policy 2.4, mailbox-full 1, spam-content "
        "1, ip-blocked 0.9, sender-rejected 0.6, content-rejected 0.5, server-error "
        "0.5, syntax-error 0.2"
    ),
    "-wait": "bad-sequence 1, server-error 1, service-unavailable 1",
    "-you": (
        "policy 1.2, not-implemented 1, relay-denied 1, mailbox-disabled 0.8, "
        "unknown-recipient 0.8, sender-rejected 0.2"
    ),
    "400": "unknown 4",
    "421": (
        "too-many-connections 63.8, service-unavailable 54.6, rate-limited 44.9, "
        "ip-blocked 26.5, no-reverse-dns 18, timeout 17.7, server-error 17.5, "
        "bad-sequence 9.3, policy 8.6, tls-required 8.5, unknown 8.4, "
        "sender-auth-failed 6, greylisted 5.2, network-error 4.2, syntax-error 3.9, "
        "storage-full 3.2, spam-content 2.6, sender-rejected 2.3, malformed-message "
        "2, auth-failed 1.3, not-implemented 0.9, tls-unavailable 0.5, "
        "unknown-recipient 0.5, no-mail-service 0.3, too-many-recipients 0.2"
    ),
    "422": (
        "mailbox-full 2, auth-mechanism 1, unknown-recipient 1, policy 0.2, "
        "server-error 0.2, service-unavailable 0.2, unknown 0.2"
    ),
    "430": "auth-required 2, bad-sequence 1",
    "432": (
        "too-many-connections 3, auth-mechanism 2.5, rate-limited 2, auth-failed 0.5, "
        "server-error 0.5, service-unavailable 0.5"
    ),
    "435": "server-error 4",
    "450": (
        "unknown 132.8, rate-limited 67.7, greylisted 50.7, service-unavailable 24, "
        "server-error 21, ip-blocked 16.4, no-reverse-dns 14.7, policy 12.1, "
        "content-rejected 10.2, sender-auth-failed 9, sender-rejected 8.1, "
        "syntax-error 8.1, unknown-recipient 7.2, mailbox-disabled 6.7, network-error "
        "5.4, mailbox-full 5.3, message-too-large 5, smtputf8-unsupported 4, "
        "unknown-domain 3.8, auth-failed 3, auth-mechanism 3, parameter-unsupported "
        "3, tls-required 3, storage-full 2.3, too-many-recipients 2, "
        "too-many-connections 1.8, malformed-message 1.5, timeout 1.5, "
        "recipient-moved 1.2, spam-content 1.2, bad-sequence 1, loop-detected 1, "
        "no-mail-service 1, not-implemented 1, tls-unavailable 1"
    ),
    "451": (
        "server-error 122.5, unknown 74.8, rate-limited 26.8, service-unavailable "
        "23.4, greylisted 17.5, sender-rejected 7.2, ip-blocked 6.2, timeout 4.8, "
        "too-many-recipients 4.3, spam-content 3.9, sender-auth-failed 3.5, "
        "storage-full 3.5, tls-required 3.5, no-reverse-dns 3.2, auth-mechanism 3, "
        "relay-denied 2, policy 1.6, mailbox-full 1.5, auth-failed 1, "
        "mailbox-disabled 1, malformed-message 1, syntax-error 0.8, network-error "
        "0.7, bad-sequence 0.5, tls-unavailable 0.5, unknown-domain 0.5, "
        "unknown-recipient 0.5, parameter-unsupported 0.3, too-many-connections 0.3, "
        "auth-required 0.2, content-rejected 0.2, no-mail-service 0.2"
    ),
    "452": (
        "mailbox-full 51, too-many-recipients 39.8, storage-full 27.3, rate-limited "
        "13.2, server-error 2.3, unknown 2, mailbox-disabled 1.3, message-too-large "
        "1, no-reverse-dns 1, policy 0.8, too-many-connections 0.8, "
        "service-unavailable 0.3"
    ),
    "454": (
        "tls-unavailable 31.5, server-error 10.5, auth-failed 10, relay-denied 5, "
        "rate-limited 3.5, bad-sequence 1, ip-blocked 1, unknown 1, not-implemented "
        "0.5, syntax-error 0.5, tls-required 0.5"
    ),
    "455": "parameter-unsupported 5",
    "457": "greylisted 1, unknown 1",
    "458": "server-error 2.2, not-implemented 0.2, policy 0.2, unknown 0.2",
    "459": "policy 3.2, parameter-unsupported 0.2, syntax-error 0.2, unknown 0.2",
    "460": "rate-limited 2",
    "498": "unknown-domain 1.3, network-error 0.3, unknown 0.3",
    "500": (
        "syntax-error 26.9, not-implemented 22.4, bad-sequence 6.6, unknown 4.5, "
        "malformed-message 3, loop-detected 2, message-too-large 2, "
        "parameter-unsupported 2, smtputf8-unsupported 1.5, mailbox-full 1, "
        "relay-denied 1, server-error 1, tls-unavailable 1, auth-mechanism 0.3, "
        "content-rejected 0.2, policy 0.2, spam-content 0.2"
    ),
    "501": (
        "syntax-error 116.8, parameter-unsupported 7.8, sender-rejected 6, "
        "auth-failed 4.7, auth-mechanism 3.2, unknown-recipient 2.8, policy 2.3, "
        "bad-sequence 2, ip-blocked 1.2, smtputf8-unsupported 0.8, spam-content 0.7, "
        "unknown-domain 0.7, no-reverse-dns 0.5, not-implemented 0.5, tls-required "
        "0.5, tls-unavailable 0.5"
    ),
    "502": (
        "not-implemented 29.1, bad-sequence 7.7, tls-unavailable 4, syntax-error 3.8, "
        "policy 1.4, relay-denied 1, auth-mechanism 0.8, auth-failed 0.2, "
        "mailbox-disabled 0.2, sender-rejected 0.2, unknown 0.2, unknown-recipient "
        "0.2"
    ),
    "503": (
        "bad-sequence 108.7, auth-mechanism 5.5, not-implemented 2.3, relay-denied "
        "2.3, auth-required 1.3, tls-unavailable 1.3, sender-rejected 1, syntax-error "
        "0.8, unknown-recipient 0.8, auth-failed 0.5, parameter-unsupported 0.5, "
        "tls-required 0.5, unknown 0.3"
    ),
    "504": (
        "auth-mechanism 17, parameter-unsupported 8.2, syntax-error 5.2, policy 1, "
        "tls-required 1, not-implemented 0.7, sender-rejected 0.5, "
        "smtputf8-unsupported 0.5"
    ),
    "505": "auth-required 2, mailbox-disabled 1, sender-rejected 1",
    "521": (
        "no-mail-service 4, malformed-message 3, bad-sequence 2, ip-blocked 2, "
        "no-reverse-dns 1, policy 1, syntax-error 1, unknown-recipient 1"
    ),
    "523": "tls-required 4.5, bad-sequence 1, auth-mechanism 0.5",
    "524": "tls-required 2, unknown-recipient 1",
    "525": "auth-failed 3.3, ip-blocked 0.3, policy 0.3",
    "530": "auth-required 44.5, tls-required 35.5, relay-denied 2, sender-rejected 1",
    "534": "auth-mechanism 9.5, auth-failed 1.5",
    "535": (
        "auth-failed 91.2, auth-mechanism 3.3, policy 2.7, syntax-error 0.8, "
        "mailbox-disabled 0.3, relay-denied 0.3, service-unavailable 0.3"
    ),
    "538": "tls-required 4.8, auth-mechanism 0.8, not-implemented 0.3",
    "540": "mailbox-disabled 2, unknown-recipient 2",
    "543": "policy 0.8, unknown 0.5, ip-blocked 0.3, spam-content 0.3",
    "550": (
        "unknown 361.9, unknown-recipient 325.1, sender-rejected 177.7, policy 158, "
        "mailbox-disabled 129.5, ip-blocked 123.8, sender-auth-failed 121, "
        "spam-content 100.3, relay-denied 78.5, content-rejected 64.2, no-reverse-dns "
        "53.1, malformed-message 42, unknown-domain 38.7, syntax-error 33.1, "
        "rate-limited 31.1, auth-required 28.1, virus 23.1, mailbox-full 20.5, "
        "loop-detected 17.3, server-error 15.4, tls-required 11.8, recipient-moved "
        "10.5, message-too-large 9.5, auth-failed 9, smtputf8-unsupported 6.5, "
        "too-many-recipients 5.3, bad-sequence 4.9, no-mail-service 4.5, "
        "network-error 4.2, service-unavailable 3.5, parameter-unsupported 3.3, "
        "auth-mechanism 2, not-implemented 2, storage-full 2, timeout 2, greylisted "
        "1.5, tls-unavailable 1.5, too-many-connections 0.5"
    ),
    "551": (
        "recipient-moved 9.3, unknown-recipient 4.3, relay-denied 2.3, ip-blocked 1, "
        "mailbox-disabled 1, mailbox-full 1, spam-content 1, unknown 1, policy 0.5, "
        "sender-rejected 0.5, server-error 0.5, service-unavailable 0.5"
    ),
    "552": (
        "mailbox-full 90.5, message-too-large 82.1, content-rejected 6.8, virus 4.5, "
        "malformed-message 4.1, spam-content 3.7, storage-full 3.5, rate-limited 2.3, "
        "too-many-recipients 2, server-error 1.5, unknown 1.5, sender-rejected 1.3, "
        "policy 1.2, loop-detected 1, mailbox-disabled 1, unknown-recipient 1"
    ),
    "553": (
        "sender-rejected 46.7, ip-blocked 15.6, syntax-error 13.2, policy 11.5, "
        "unknown-recipient 11.3, relay-denied 11, auth-required 6.6, spam-content "
        "4.2, auth-failed 3.8, unknown 3.3, smtputf8-unsupported 3, unknown-domain "
        "2.8, content-rejected 2.7, sender-auth-failed 2, mailbox-disabled 1.4, "
        "no-reverse-dns 1, parameter-unsupported 1, tls-required 1"
    ),
    "554": (
        "ip-blocked 175, spam-content 111.4, unknown 71.6, policy 46.9, "
        "content-rejected 36, relay-denied 30.5, malformed-message 29.8, "
        "sender-rejected 27.2, virus 23.8, loop-detected 22, bad-sequence 15.7, "
        "unknown-recipient 13.8, no-reverse-dns 12.1, server-error 11.4, mailbox-full "
        "11.2, service-unavailable 9.4, sender-auth-failed 8, mailbox-disabled 7.8, "
        "rate-limited 7.6, syntax-error 4.6, message-too-large 4.5, tls-required 4.3, "
        "no-mail-service 4.2, auth-required 3.9, tls-unavailable 3, auth-failed 2.7, "
        "auth-mechanism 1, smtputf8-unsupported 1, storage-full 1, "
        "too-many-connections 1, too-many-recipients 1, parameter-unsupported 0.3, "
        "unknown-domain 0.2"
    ),
    "555": (
        "parameter-unsupported 7.5, syntax-error 5, policy 0.5, sender-rejected 0.5, "
        "smtputf8-unsupported 0.5"
    ),
    "556": (
        "no-mail-service 6, sender-auth-failed 0.5, sender-rejected 0.5, "
        "unknown-domain 0.5, unknown-recipient 0.5"
    ),
    "571": (
        "auth-required 2, ip-blocked 2, relay-denied 2, policy 1.3, unknown 1.3, "
        "spam-content 0.7, sender-rejected 0.3, virus 0.3"
    ),
    "572": "sender-rejected 2, unknown 1",
    "591": "unknown 1.5, spam-content 0.5",
    "=abused": "auth-failed 1, policy 1",
    "=accepted": (
        "policy 19.6, mailbox-full 9.5, rate-limited 9.3, bad-sequence 8.5, "
        "sender-rejected 8.3, ip-blocked 5.7, server-error 5.5, relay-denied 5.2, "
        "content-rejected 5, message-too-large 4, unknown-recipient 4, timeout 3.5, "
        "tls-required 3.5, spam-content 3.2, syntax-error 3, too-many-recipients 3, "
        "service-unavailable 2.2, loop-detected 2, no-reverse-dns 1.8, auth-required "
        "1.5, sender-auth-failed 1.4, unknown 1.4, malformed-message 1.3, greylisted "
        "1.2, mailbox-disabled 1.2, auth-failed 1, tls-unavailable 1, virus 1, "
        "network-error 0.5, storage-full 0.5, too-many-connections 0.5, "
        "unknown-domain 0.5"
    ),
    "=address": (
        "unknown-recipient 66.5, syntax-error 33.3, ip-blocked 27.9, sender-rejected "
        "27.5, policy 12.9, mailbox-disabled 9.8, no-reverse-dns 9.6, rate-limited "
        "7.3, malformed-message 4.5, unknown 4.2, too-many-connections 4, greylisted "
        "3.2, recipient-moved 3, sender-auth-failed 2.8, spam-content 2.1, "
        "relay-denied 1.8, smtputf8-unsupported 1.5, auth-required 1.3, server-error "
        "1.1, bad-sequence 1, mailbox-full 1, no-mail-service 0.7, content-rejected "
        "0.5, parameter-unsupported 0.5, service-unavailable 0.5, network-error 0.3"
    ),
    "=already": "bad-sequence 5, loop-detected 3",
    "=apppass": "auth-failed 4, auth-mechanism 4",
    "=bad": (
        "ip-blocked 21.3, sender-rejected 9.2, syntax-error 9, spam-content 4.9, "
        "policy 3.5, rate-limited 3.5, no-reverse-dns 3, network-error 1.7, "
        "sender-auth-failed 1.5, auth-failed 1.3, storage-full 1.3, not-implemented "
        "1, parameter-unsupported 1, service-unavailable 0.9, content-rejected 0.8, "
        "unknown 0.5, server-error 0.3, timeout 0.3, tls-unavailable 0.3, "
        "unknown-recipient 0.3, greylisted 0.2"
    ),
    "=bareline": "malformed-message 8.8, bad-sequence 0.8, syntax-error 0.3",
    "=blocked": (
        "ip-blocked 85.2, sender-rejected 23.7, policy 22.4, spam-content 18.7, "
        "content-rejected 14, mailbox-disabled 7.2, no-reverse-dns 5.3, "
        "sender-auth-failed 4, rate-limited 3.8, virus 3.1, unknown 2.9, "
        "too-many-connections 2, auth-failed 1.7, malformed-message 1.5, syntax-error "
        "1, tls-unavailable 1, smtputf8-unsupported 0.5, greylisted 0.3, relay-denied "
        "0.3, unknown-recipient 0.2"
    ),
    "=box": (
        "mailbox-full 117.3, mailbox-disabled 105.9, unknown-recipient 54.2, unknown "
        "50.4, policy 16.8, sender-rejected 13.5, service-unavailable 10.1, "
        "auth-failed 10, server-error 9.9, rate-limited 6.2, storage-full 4, "
        "syntax-error 3, ip-blocked 2.1, message-too-large 1.5, relay-denied 1.5, "
        "smtputf8-unsupported 1.5, recipient-moved 1.2, content-rejected 1, "
        "spam-content 0.8, auth-required 0.7, unknown-domain 0.7, no-mail-service 0.5"
    ),
    "=busy": (
        "service-unavailable 11, server-error 1.7, mailbox-disabled 1, "
        "too-many-connections 1, unknown 0.3"
    ),
    "=callout": (
        "sender-rejected 12.8, server-error 0.8, mailbox-disabled 0.5, mailbox-full "
        "0.5, network-error 0.3"
    ),
    "=certificate": (
        "tls-unavailable 5, tls-required 3.1, auth-required 0.6, policy 0.6, "
        "server-error 0.5, ip-blocked 0.2"
    ),
    "=checker": (
        "server-error 71.8, unknown-recipient 15.3, spam-content 11, policy 10.2, "
        "service-unavailable 8.8, no-reverse-dns 7.2, ip-blocked 6.4, virus 4.5, "
        "sender-rejected 3.8, message-too-large 3.5, unknown 3.1, greylisted 2, "
        "loop-detected 2, tls-unavailable 2, auth-required 1.8, network-error 1.8, "
        "mailbox-full 1.5, sender-auth-failed 1.2, auth-failed 1, auth-mechanism 1, "
        "storage-full 1, timeout 1, unknown-domain 0.8, relay-denied 0.6, "
        "mailbox-disabled 0.3, content-rejected 0.2"
    ),
    "=checks": (
        "sender-auth-failed 109.3, virus 7.5, rate-limited 3.5, sender-rejected 1, "
        "server-error 1, content-rejected 0.8, malformed-message 0.8"
    ),
    "=clear": "tls-required 8, content-rejected 0.8, malformed-message 0.8, policy 0.3",
    "=client": (
        "ip-blocked 187.8, no-reverse-dns 34.8, too-many-connections 26.5, unknown "
        "24.8, policy 13.8, rate-limited 13.3, sender-auth-failed 8.1, "
        "sender-rejected 6.3, relay-denied 4.5, spam-content 3, greylisted 1.5, "
        "network-error 1.5, server-error 1.5, auth-failed 1, syntax-error 1, "
        "tls-required 1, tls-unavailable 1, timeout 0.5, unknown-domain 0.5, "
        "auth-required 0.3, no-mail-service 0.3, service-unavailable 0.3, "
        "bad-sequence 0.2, mailbox-disabled 0.2, unknown-recipient 0.2"
    ),
    "=command": (
        "syntax-error 34.1, bad-sequence 25, not-implemented 12.9, "
        "parameter-unsupported 7, tls-required 6, auth-required 2.8, policy 2.4, "
        "auth-mechanism 2.3, server-error 2.3, unknown-recipient 1.6, unknown 0.9, "
        "content-rejected 0.5, malformed-message 0.5, smtputf8-unsupported 0.5, "
        "network-error 0.3, rate-limited 0.2, sender-rejected 0.2, spam-content 0.2"
    ),
    "=connections": (
        "too-many-connections 55.7, ip-blocked 24.8, tls-required 15.5, network-error "
        "13.8, rate-limited 13.7, timeout 10.2, server-error 6, no-reverse-dns 5.5, "
        "bad-sequence 5, policy 4.2, service-unavailable 3.5, syntax-error 2.3, "
        "auth-required 1, tls-unavailable 0.8, unknown 0.7, auth-failed 0.5, "
        "sender-auth-failed 0.5, sender-rejected 0.5, unknown-recipient 0.5, "
        "greylisted 0.3, mailbox-disabled 0.3, not-implemented 0.3, "
        "too-many-recipients 0.2"
    ),
    "=country": (
        "ip-blocked 6.2, policy 2.8, no-reverse-dns 0.5, sender-rejected 0.2, syntax-error 0.2"
    ),
    "=disabled": (
        "mailbox-disabled 119.3, unknown-recipient 12.6, policy 9.8, auth-failed 6.8, "
        "mailbox-full 6.1, service-unavailable 5.1, sender-rejected 4.1, "
        "auth-mechanism 2.8, ip-blocked 2.8, not-implemented 2.8, content-rejected "
        "2.5, tls-unavailable 1.5, no-mail-service 1.2, recipient-moved 1.2, "
        "spam-content 1.2, malformed-message 1, no-reverse-dns 1, bad-sequence 0.8, "
        "syntax-error 0.8, unknown-domain 0.6, tls-required 0.5, unknown 0.5, "
        "parameter-unsupported 0.3, rate-limited 0.3, smtputf8-unsupported 0.3, "
        "greylisted 0.2, relay-denied 0.2, sender-auth-failed 0.2, server-error 0.2"
    ),
    "=disk": "storage-full 15.7, server-error 4.7, service-unavailable 0.7",
    "=dislike": (
        "policy 8.3, sender-rejected 7.1, ip-blocked 1, mailbox-disabled 0.8, "
        "spam-content 0.2, unknown 0.2, unknown-recipient 0.2"
    ),
    "=dns": (
        "sender-rejected 15.8, ip-blocked 10.8, unknown-domain 7.6, no-reverse-dns "
        "6.6, sender-auth-failed 5.5, spam-content 5, network-error 4.8, "
        "too-many-connections 4, server-error 3.4, rate-limited 2.8, relay-denied 2, "
        "syntax-error 2, policy 1.3, loop-detected 1.2, greylisted 1, "
        "service-unavailable 1, timeout 0.8, unknown 0.8, mailbox-disabled 0.5, "
        "mailbox-full 0.5, too-many-recipients 0.5, unknown-recipient 0.2"
    ),
    "=domain": (
        "unknown-domain 32.6, sender-rejected 30.2, relay-denied 27.9, syntax-error "
        "19.8, sender-auth-failed 13.6, policy 11.4, rate-limited 10.8, tls-required "
        "8, ip-blocked 4.8, spam-content 4.5, unknown 4.5, no-mail-service 3.9, "
        "server-error 3.9, too-many-recipients 3.5, unknown-recipient 3.2, "
        "content-rejected 2.7, no-reverse-dns 2.4, network-error 2, auth-required "
        "1.5, loop-detected 0.8, mailbox-disabled 0.8, auth-failed 0.6, "
        "too-many-connections 0.5"
    ),
    "=down": (
        "service-unavailable 59.8, tls-unavailable 15, server-error 14.7, "
        "too-many-connections 2.5, rate-limited 2, unknown 1.3, greylisted 1.2, "
        "mailbox-disabled 1, ip-blocked 0.7, storage-full 0.5, no-mail-service 0.3"
    ),
    "=early": "bad-sequence 6.5, ip-blocked 0.5",
    "=errors": (
        "bad-sequence 8.3, syntax-error 4.8, not-implemented 2.3, unknown 0.5, "
        "greylisted 0.3, policy 0.3, rate-limited 0.3"
    ),
    "=exists": (
        "unknown 20.7, ip-blocked 9.1, sender-rejected 8.2, unknown-recipient 7.8, "
        "virus 6.5, spam-content 6.2, malformed-message 5.5, policy 4.3, rate-limited "
        "3, sender-auth-failed 2.5, server-error 2.5, auth-required 2, "
        "not-implemented 2, too-many-connections 2, auth-failed 1.8, content-rejected "
        "1.8, no-reverse-dns 1.5, relay-denied 1.3, syntax-error 1.2, auth-mechanism "
        "1, service-unavailable 1, tls-unavailable 1, unknown-domain 1, network-error "
        "0.5, smtputf8-unsupported 0.5, loop-detected 0.3, mailbox-disabled 0.3, "
        "no-mail-service 0.2"
    ),
    "=failed": (
        "server-error 78.6, auth-failed 46.5, sender-auth-failed 42.3, unknown 37.9, "
        "network-error 18.4, timeout 15.7, sender-rejected 12, no-reverse-dns 9.2, "
        "policy 6.6, mailbox-full 6.5, rate-limited 6.3, service-unavailable 6.2, "
        "unknown-recipient 5.8, tls-unavailable 5.5, unknown-domain 5.4, ip-blocked "
        "4.6, syntax-error 3.1, tls-required 3, malformed-message 2, spam-content "
        "1.9, storage-full 1.8, bad-sequence 1.5, auth-required 1.3, mailbox-disabled "
        "1.3, loop-detected 1, relay-denied 1, auth-mechanism 0.8, not-implemented "
        "0.5"
    ),
    "=fast": (
        "rate-limited 49.4, sender-auth-failed 6.5, ip-blocked 4.1, "
        "too-many-connections 2.8, policy 2.1, greylisted 1.2, no-reverse-dns 1, "
        "sender-rejected 1, tls-required 1, spam-content 0.5, unknown-recipient 0.2"
    ),
    "=file": (
        "content-rejected 63.5, spam-content 7.2, policy 5.9, message-too-large 4.8, "
        "virus 4.3, server-error 3.8, mailbox-full 3, storage-full 2, "
        "mailbox-disabled 1.3, rate-limited 1, unknown-recipient 1, malformed-message "
        "0.8, loop-detected 0.5, not-implemented 0.5, smtputf8-unsupported 0.5, "
        "syntax-error 0.5, greylisted 0.2, unknown 0.2"
    ),
    "=forbidden": (
        "relay-denied 39.8, content-rejected 28.5, policy 18.2, sender-rejected 13.1, "
        "ip-blocked 12.8, sender-auth-failed 10.8, auth-required 5.2, bad-sequence 4, "
        "rate-limited 4, spam-content 4, malformed-message 2, auth-failed 1.8, "
        "not-implemented 1.5, syntax-error 1.2, unknown-recipient 1.2, auth-mechanism "
        "1, tls-required 1, too-many-recipients 1, unknown 1, smtputf8-unsupported "
        "0.5, mailbox-disabled 0.3"
    ),
    "=foreign": (
        "policy 6.2, relay-denied 5, ip-blocked 1.3, content-rejected 1, "
        "sender-rejected 0.9, spam-content 0.9, auth-failed 0.3, sender-auth-failed "
        "0.2"
    ),
    "=forged": (
        "sender-auth-failed 5.7, policy 1.7, unknown-recipient 1.5, sender-rejected "
        "1.4, ip-blocked 0.8, mailbox-disabled 0.5, syntax-error 0.2, unknown 0.2"
    ),
    "=full": (
        "mailbox-full 145, storage-full 7, rate-limited 6.8, mailbox-disabled 1.5, "
        "server-error 1.3, message-too-large 1, policy 0.5, unknown-recipient 0.5, "
        "service-unavailable 0.3"
    ),
    "=gone": "recipient-moved 5, mailbox-disabled 2.5, unknown-recipient 2.5",
    "=greylisted": "greylisted 48, server-error 4.5, service-unavailable 0.5",
    "=group": (
        "policy 32.8, ip-blocked 8, sender-rejected 6.8, unknown-recipient 1.5, "
        "mailbox-full 1, message-too-large 1, spam-content 0.8, auth-required 0.5, "
        "content-rejected 0.5, mailbox-disabled 0.5, unknown 0.5"
    ),
    "=harvest": (
        "unknown-recipient 2.8, rate-limited 1.4, ip-blocked 0.8, policy 0.8, bad-sequence 0.2"
    ),
    "=header": (
        "malformed-message 39.4, sender-auth-failed 7.9, loop-detected 5, policy 4.9, "
        "content-rejected 4.2, sender-rejected 4.1, spam-content 3.3, syntax-error 3, "
        "unknown-recipient 2, message-too-large 1.3, mailbox-disabled 1, "
        "smtputf8-unsupported 1, mailbox-full 0.5, auth-required 0.3"
    ),
    "=hellofirst": "bad-sequence 16",
    "=helo": (
        "syntax-error 43.6, bad-sequence 6, sender-rejected 4.9, policy 4.3, "
        "ip-blocked 2.1, spam-content 1.8, no-reverse-dns 1, timeout 1, auth-required "
        "0.5, relay-denied 0.5, unknown-domain 0.2"
    ),
    "=infected": (
        "virus 47.3, spam-content 2.8, content-rejected 2.5, server-error 1.5, "
        "service-unavailable 0.5, sender-rejected 0.3"
    ),
    "=internal": (
        "server-error 45.2, storage-full 3.3, service-unavailable 3.1, no-reverse-dns "
        "3, unknown 2.5, mailbox-full 2, tls-unavailable 1, mailbox-disabled 0.7, "
        "unknown-recipient 0.7, network-error 0.5, policy 0.5, content-rejected 0.3, "
        "malformed-message 0.3, sender-rejected 0.3, unknown-domain 0.3, "
        "not-implemented 0.2"
    ),
    "=invalid": (
        "syntax-error 51.9, unknown-recipient 37, sender-auth-failed 17.3, "
        "sender-rejected 13.5, auth-failed 10.3, bad-sequence 9.4, malformed-message "
        "5.7, unknown-domain 3.3, tls-required 3, content-rejected 2.7, auth-required "
        "2.5, policy 2.3, not-implemented 2.2, unknown 2.1, rate-limited 2, "
        "no-reverse-dns 1.8, ip-blocked 1.7, server-error 1.2, mailbox-disabled 1, "
        "network-error 0.8, auth-mechanism 0.7, parameter-unsupported 0.5, "
        "tls-unavailable 0.5, timeout 0.3, too-many-recipients 0.2"
    ),
    "=ip": (
        "ip-blocked 142, no-reverse-dns 39.3, rate-limited 16, sender-auth-failed 13, "
        "policy 10.6, too-many-connections 8.7, network-error 7.2, sender-rejected "
        "7.1, relay-denied 6.4, server-error 6.3, unknown 5.8, unknown-recipient 4.5, "
        "syntax-error 4, greylisted 3, auth-required 2.6, malformed-message 2.5, "
        "timeout 2.5, spam-content 1.4, auth-failed 1.2, service-unavailable 1.2, "
        "message-too-large 1, smtputf8-unsupported 1, too-many-recipients 1, "
        "unknown-domain 1, mailbox-disabled 0.5, tls-required 0.5, tls-unavailable "
        "0.5, content-rejected 0.2"
    ),
    "=jailed": (
        "ip-blocked 3.8, content-rejected 1.2, policy 0.8, rate-limited 0.8, virus "
        "0.8, auth-failed 0.3, spam-content 0.2"
    ),
    "=judged": (
        "spam-content 65.6, virus 20.5, loop-detected 14, rate-limited 8.1, "
        "ip-blocked 7.6, unknown 6, policy 4.3, content-rejected 2.5, sender-rejected "
        "2.4, malformed-message 2, auth-failed 1.2, unknown-recipient 1.2, "
        "bad-sequence 1, message-too-large 1, no-reverse-dns 0.5, relay-denied 0.5, "
        "sender-auth-failed 0.5"
    ),
    "=kind": (
        "ip-blocked 22.9, no-reverse-dns 2.3, policy 0.6, auth-required 0.3, "
        "relay-denied 0.3, sender-rejected 0.2, syntax-error 0.2"
    ),
    "=large": (
        "message-too-large 70, syntax-error 12, malformed-message 5.5, mailbox-full "
        "3, too-many-connections 2, sender-auth-failed 1, content-rejected 0.5"
    ),
    "=lasting": "ip-blocked 2",
    "=later": (
        "greylisted 48.2, service-unavailable 44.3, unknown 38.2, rate-limited 30.7, "
        "server-error 29, too-many-connections 8.8, ip-blocked 8.1, mailbox-full 6.5, "
        "storage-full 4.5, spam-content 3.8, policy 2.9, auth-failed 2.5, "
        "no-reverse-dns 2.2, too-many-recipients 1.3, network-error 1.2, "
        "auth-mechanism 1, timeout 1, unknown-domain 0.8, content-rejected 0.6, "
        "mailbox-disabled 0.6, message-too-large 0.5, parameter-unsupported 0.3, "
        "sender-rejected 0.3, bad-sequence 0.2, recipient-moved 0.2"
    ),
    "=line": (
        "malformed-message 9.5, syntax-error 7.5, ip-blocked 1.5, server-error 1, "
        "rate-limited 0.5, service-unavailable 0.5, too-many-connections 0.5"
    ),
    "=link": (
        "spam-content 19.6, content-rejected 7.1, sender-rejected 1.2, policy 0.9, "
        "malformed-message 0.2"
    ),
    "=list": (
        "ip-blocked 110.8, sender-rejected 16.2, spam-content 11.2, policy 7.1, "
        "content-rejected 1.2, unknown-recipient 1.2, server-error 1, "
        "mailbox-disabled 0.2"
    ),
    "=listed": (
        "ip-blocked 105.7, sender-rejected 25.2, spam-content 14.3, policy 5.8, "
        "content-rejected 3.4, greylisted 2, server-error 1.9, mailbox-disabled 1.2, "
        "unknown-recipient 0.9, loop-detected 0.8, unknown-domain 0.5, unknown 0.2"
    ),
    "=local": (
        "ip-blocked 4, sender-rejected 3.3, unknown-recipient 3.3, server-error 2.7, "
        "auth-required 2.5, policy 1.9, syntax-error 1.3, relay-denied 1, "
        "tls-unavailable 1, mailbox-full 0.5, message-too-large 0.5, unknown 0.5, "
        "content-rejected 0.3, sender-auth-failed 0.3, spam-content 0.3, "
        "no-mail-service 0.2, unknown-domain 0.2"
    ),
    "=locked": (
        "mailbox-disabled 9.8, auth-failed 3.5, service-unavailable 3.3, server-error "
        "0.8, policy 0.5"
    ),
    "=login": (
        "auth-required 77.1, auth-failed 61.2, sender-auth-failed 16.3, "
        "auth-mechanism 15.8, server-error 9.7, policy 9.5, relay-denied 7.8, "
        "rate-limited 7.7, bad-sequence 5.5, sender-rejected 5.5, syntax-error 4, "
        "tls-required 3.5, no-reverse-dns 2.5, not-implemented 2.1, ip-blocked 1, "
        "unknown-recipient 0.3, no-mail-service 0.2, unknown-domain 0.2"
    ),
    "=loop": "loop-detected 45, server-error 2.7, unknown-domain 1, network-error 0.3",
    "=mailbox": (
        "unknown-recipient 122.6, sender-rejected 56.9, mailbox-full 44, "
        "mailbox-disabled 40.6, policy 24.8, unknown 23.4, ip-blocked 23.2, "
        "relay-denied 22.5, greylisted 16.4, recipient-moved 11, server-error 10.8, "
        "rate-limited 10.7, sender-auth-failed 7.5, no-reverse-dns 6, syntax-error "
        "5.5, spam-content 5.2, unknown-domain 5.1, service-unavailable 4, "
        "auth-required 3.2, no-mail-service 3, auth-failed 2.4, loop-detected 2, "
        "network-error 1.2, malformed-message 1, tls-required 1, content-rejected "
        "0.7, too-many-connections 0.7, message-too-large 0.5, smtputf8-unsupported "
        "0.5, timeout 0.3, virus 0.3"
    ),
    "=mailfirst": "bad-sequence 16, tls-required 1",
    "=malformed": (
        "malformed-message 23, syntax-error 5.5, policy 4, sender-auth-failed 4, "
        "sender-rejected 2.5"
    ),
    "=many": (
        "rate-limited 97, too-many-connections 62.2, too-many-recipients 42.2, "
        "message-too-large 30.1, mailbox-full 12.8, bad-sequence 11.4, ip-blocked "
        "10.2, loop-detected 5, service-unavailable 4.3, syntax-error 4.3, policy "
        "3.9, sender-auth-failed 3, malformed-message 2.4, auth-failed 2.3, "
        "content-rejected 2.1, not-implemented 1.8, sender-rejected 1.5, "
        "unknown-recipient 1.5, mailbox-disabled 1.3, spam-content 1.2, network-error "
        "1, timeout 1, unknown 1, auth-required 0.3, greylisted 0.3, "
        "parameter-unsupported 0.3, server-error 0.3"
    ),
    "=mechanism": (
        "auth-mechanism 20.2, auth-failed 5.8, syntax-error 1.8, tls-required 1.3, "
        "auth-required 0.5, policy 0.5, relay-denied 0.5, not-implemented 0.3"
    ),
    "=message": (
        "spam-content 124.3, unknown 53.5, message-too-large 52.5, policy 49.4, "
        "ip-blocked 48.6, sender-auth-failed 41.7, rate-limited 36.4, "
        "malformed-message 35.6, virus 31.7, sender-rejected 30.7, content-rejected "
        "25.7, mailbox-full 23.2, loop-detected 16.5, server-error 14.7, "
        "auth-required 12.7, relay-denied 11.9, mailbox-disabled 10.7, bad-sequence "
        "8.3, service-unavailable 7.7, no-reverse-dns 7.3, syntax-error 7.1, "
        "unknown-recipient 6.7, tls-required 5, parameter-unsupported 4.3, greylisted "
        "3.5, network-error 3.5, no-mail-service 3, storage-full 3, "
        "too-many-recipients 3, too-many-connections 2.5, unknown-domain 2.5, timeout "
        "2.2, auth-failed 1.7, smtputf8-unsupported 1"
    ),
    "=messages": (
        "rate-limited 52.3, ip-blocked 8.2, policy 5.1, mailbox-full 4, "
        "malformed-message 3.3, mailbox-disabled 3.2, service-unavailable 2.7, "
        "too-many-connections 2.5, no-reverse-dns 2.3, spam-content 2.1, "
        "message-too-large 2, content-rejected 1.7, sender-rejected 1.5, relay-denied "
        "1, smtputf8-unsupported 1, unknown-recipient 0.8, unknown 0.6, "
        "no-mail-service 0.3, too-many-recipients 0.3, not-implemented 0.2, "
        "sender-auth-failed 0.2, server-error 0.2, syntax-error 0.2"
    ),
    "=missing": (
        "no-reverse-dns 18, malformed-message 12.2, syntax-error 10.2, "
        "unknown-recipient 5.2, sender-rejected 4.6, sender-auth-failed 4, "
        "relay-denied 2.8, policy 2.2, auth-required 1.8, unknown 1.2, bad-sequence "
        "1, service-unavailable 1, smtputf8-unsupported 1, ip-blocked 0.9, "
        "auth-mechanism 0.5, rate-limited 0.5, content-rejected 0.2, spam-content "
        "0.2, unknown-domain 0.2"
    ),
    "=moved": (
        "recipient-moved 9.8, mailbox-disabled 2.1, unknown-recipient 2, "
        "too-many-recipients 1.5, ip-blocked 1.3, server-error 1.1, policy 0.8, "
        "service-unavailable 0.6, unknown-domain 0.5, relay-denied 0.3"
    ),
    "=nameserver": "unknown-domain 1.8, sender-rejected 1, network-error 0.8, server-error 0.3",
    "=nested": "bad-sequence 10, loop-detected 1",
    "=new": "greylisted 5",
    "=nobody": (
        "unknown-recipient 113.5, sender-rejected 3.8, bad-sequence 3.3, relay-denied "
        "2.3, policy 1.3, mailbox-disabled 1, server-error 1, spam-content 1, unknown "
        "1, mailbox-full 0.5, not-implemented 0.5, service-unavailable 0.5, "
        "syntax-error 0.5, ip-blocked 0.3, rate-limited 0.3"
    ),
    "=nodomain": (
        "unknown-domain 13.6, sender-rejected 4.1, syntax-error 3.6, network-error "
        "2.3, unknown-recipient 0.5, policy 0.3, unknown 0.3, no-reverse-dns 0.2"
    ),
    "=nomail": (
        "no-mail-service 11.6, sender-rejected 4, mailbox-disabled 2.3, ip-blocked "
        "2.2, policy 1.2, message-too-large 1, no-reverse-dns 1, unknown-domain 0.3, "
        "relay-denied 0.2"
    ),
    "=nomechanism": "syntax-error 1.5, auth-mechanism 0.5",
    "=noroom": (
        "storage-full 23.2, mailbox-full 21.5, server-error 4.7, mailbox-disabled 1, "
        "rate-limited 1, service-unavailable 0.7, message-too-large 0.5, "
        "unknown-recipient 0.5"
    ),
    "=only": (
        "policy 20.1, auth-required 18, bad-sequence 15.2, tls-required 12.5, "
        "sender-rejected 4.8, relay-denied 3.8, spam-content 3.7, service-unavailable "
        "3.3, rate-limited 3.2, auth-mechanism 1.5, sender-auth-failed 1.4, "
        "content-rejected 1, mailbox-full 1, message-too-large 1, no-reverse-dns 1, "
        "too-many-recipients 1, unknown 0.9, ip-blocked 0.8, auth-failed 0.5, "
        "parameter-unsupported 0.5, server-error 0.5, storage-full 0.5, syntax-error "
        "0.5, unknown-recipient 0.5, mailbox-disabled 0.3, malformed-message 0.3, "
        "network-error 0.3, timeout 0.3, greylisted 0.2, no-mail-service 0.2"
    ),
    "=onward": (
        "server-error 3.8, service-unavailable 1.3, smtputf8-unsupported 1, unknown "
        "0.8, network-error 0.3, policy 0.3, unknown-recipient 0.3"
    ),
    "=order": ("bad-sequence 19.3, syntax-error 2.3, auth-failed 1, server-error 1, unknown 0.3"),
    "=organisation": (
        "rate-limited 3.3, auth-failed 3, relay-denied 2, policy 0.7, unknown-domain "
        "0.7, auth-mechanism 0.5, server-error 0.5, unknown-recipient 0.5, "
        "service-unavailable 0.3, auth-required 0.2, no-mail-service 0.2"
    ),
    "=over": (
        "rate-limited 68.3, mailbox-full 37.3, message-too-large 21.1, "
        "too-many-connections 11, too-many-recipients 7.5, loop-detected 6, timeout "
        "5.5, spam-content 3, tls-required 3, policy 2.9, malformed-message 2.6, "
        "ip-blocked 2.3, network-error 2, sender-auth-failed 2, server-error 2, "
        "storage-full 2, syntax-error 1, tls-unavailable 1, content-rejected 0.8, "
        "auth-failed 0.5, service-unavailable 0.5, mailbox-disabled 0.3, "
        "parameter-unsupported 0.3"
    ),
    "=own": (
        "sender-rejected 12.1, sender-auth-failed 2.2, ip-blocked 1, "
        "too-many-recipients 1, policy 0.6, auth-failed 0.5, spam-content 0.3, "
        "relay-denied 0.2"
    ),
    "=param": (
        "parameter-unsupported 6.3, syntax-error 4.5, policy 0.5, content-rejected "
        "0.3, malformed-message 0.3"
    ),
    "=passes": (
        "sender-auth-failed 6, unknown 6, sender-rejected 5, spam-content 2.5, "
        "ip-blocked 2, loop-detected 2, content-rejected 1.5, unknown-recipient 1.5, "
        "mailbox-full 1, malformed-message 1, not-implemented 1, policy 1, "
        "server-error 1, unknown-domain 0.5"
    ),
    "=password": (
        "auth-failed 44.7, sender-auth-failed 2, policy 1.4, auth-required 1.3, "
        "auth-mechanism 1, server-error 1, tls-required 1, too-many-connections 1, "
        "unknown 1, unknown-recipient 1, sender-rejected 0.9, rate-limited 0.5, "
        "mailbox-disabled 0.2"
    ),
    "=peer": (
        "ip-blocked 50, no-reverse-dns 22.2, too-many-connections 15, policy 12.4, "
        "auth-required 12.2, sender-rejected 11.2, rate-limited 8.8, relay-denied "
        "6.3, unknown 5.2, unknown-domain 4.1, greylisted 3, unknown-recipient 3, "
        "network-error 2.8, syntax-error 2.4, bad-sequence 2, spam-content 1.9, "
        "service-unavailable 1.8, server-error 1.6, tls-required 1.6, auth-failed "
        "1.3, content-rejected 1.3, no-mail-service 1.2, mailbox-disabled 1, "
        "sender-auth-failed 1, smtputf8-unsupported 1, tls-unavailable 1, "
        "loop-detected 0.5, auth-mechanism 0.3, malformed-message 0.3, "
        "parameter-unsupported 0.3"
    ),
    "=period": (
        "rate-limited 66.8, greylisted 7.2, ip-blocked 6.3, unknown 4.2, "
        "mailbox-disabled 3.3, service-unavailable 2.5, auth-failed 2.3, "
        "sender-rejected 1.5, unknown-recipient 1.3, server-error 1.2, "
        "malformed-message 1, message-too-large 1, timeout 1, tls-unavailable 1, "
        "too-many-connections 1, policy 0.8, content-rejected 0.6, auth-required 0.5, "
        "loop-detected 0.5, relay-denied 0.5, too-many-recipients 0.5, "
        "recipient-moved 0.3, spam-content 0.3"
    ),
    "=phishing": (
        "spam-content 24.1, content-rejected 2.3, sender-auth-failed 1.2, policy 0.6, "
        "virus 0.5, sender-rejected 0.2"
    ),
    "=ptr": (
        "no-reverse-dns 61.7, ip-blocked 1.8, relay-denied 1, syntax-error 0.8, "
        "policy 0.7, sender-auth-failed 0.5, server-error 0.5"
    ),
    "=queue": (
        "timeout 4.7, unknown 4.7, network-error 3.7, mailbox-disabled 1, "
        "mailbox-full 1, rate-limited 1, sender-rejected 1, storage-full 1"
    ),
    "=quota": (
        "mailbox-full 36.5, unknown 15.5, rate-limited 7, mailbox-disabled 1, "
        "message-too-large 1, server-error 1, storage-full 1"
    ),
    "=rate": (
        "rate-limited 16.8, spam-content 1, too-many-connections 1, policy 0.7, "
        "auth-failed 0.5, mailbox-disabled 0.3, sender-rejected 0.3, "
        "unknown-recipient 0.3"
    ),
    "=rcptfirst": "bad-sequence 18.5, unknown-recipient 1.5",
    "=reached": (
        "unknown 18, policy 12.5, unknown-recipient 12.1, ip-blocked 10.6, "
        "rate-limited 10.3, server-error 9.3, too-many-connections 8.3, mailbox-full "
        "8, mailbox-disabled 6.2, service-unavailable 6, auth-failed 4, loop-detected "
        "4, network-error 3.8, sender-rejected 3.8, too-many-recipients 3.5, "
        "sender-auth-failed 2.8, timeout 2.7, auth-required 2.2, relay-denied 1.6, "
        "unknown-domain 1.4, recipient-moved 1.3, tls-required 1.2, content-rejected "
        "1, spam-content 1, syntax-error 1, tls-unavailable 1, auth-mechanism 0.8, "
        "storage-full 0.5, virus 0.5, bad-sequence 0.3, greylisted 0.3, "
        "no-reverse-dns 0.3, not-implemented 0.3"
    ),
    "=recipient": (
        "unknown-recipient 91.9, mailbox-full 45.8, policy 18.6, mailbox-disabled "
        "14.9, too-many-recipients 14.5, sender-rejected 10.3, unknown 9.6, "
        "syntax-error 7.8, server-error 6.4, unknown-domain 6.3, rate-limited 5.5, "
        "ip-blocked 5.3, relay-denied 5.1, bad-sequence 5, storage-full 3, "
        "no-mail-service 2.4, tls-required 2, service-unavailable 1.9, auth-required "
        "1.7, greylisted 1.7, loop-detected 1, message-too-large 1, recipient-moved "
        "1, sender-auth-failed 1, tls-unavailable 1, network-error 0.8, "
        "content-rejected 0.5, timeout 0.5, too-many-connections 0.5"
    ),
    "=recipients": (
        "too-many-recipients 40.2, rate-limited 12, unknown-recipient 9, policy 8.6, "
        "ip-blocked 6.2, sender-rejected 2.8, malformed-message 2.5, tls-required 2, "
        "unknown 1.9, bad-sequence 1.7, content-rejected 1, not-implemented 1, "
        "smtputf8-unsupported 1, server-error 0.7, parameter-unsupported 0.3, "
        "service-unavailable 0.3, too-many-connections 0.3, spam-content 0.2"
    ),
    "=refused": (
        "ip-blocked 76, spam-content 67.7, sender-rejected 56.1, unknown 50, policy "
        "47, content-rejected 23.4, no-reverse-dns 21.7, sender-auth-failed 17.8, "
        "relay-denied 15.8, unknown-recipient 15.1, server-error 11.2, virus 11, "
        "auth-failed 7.7, rate-limited 7.5, mailbox-disabled 6.9, malformed-message "
        "5.2, syntax-error 4.8, auth-required 4.2, mailbox-full 4.2, network-error "
        "3.7, greylisted 2.8, bad-sequence 2.5, tls-required 2.5, service-unavailable "
        "2.2, auth-mechanism 1, message-too-large 1, unknown-domain 0.9, "
        "tls-unavailable 0.5, no-mail-service 0.3, too-many-recipients 0.3"
    ),
    "=relay": (
        "relay-denied 94.4, auth-required 9.3, ip-blocked 5.8, unknown-recipient 3.7, "
        "no-reverse-dns 3.3, rate-limited 3, auth-failed 2.4, policy 2.2, "
        "sender-rejected 2.1, unknown-domain 0.3, auth-mechanism 0.2, not-implemented "
        "0.2"
    ),
    "=repeated": "rate-limited 1.8, policy 0.8, spam-content 0.3",
    "=replyto": (
        "malformed-message 2, sender-rejected 1.9, policy 1.2, spam-content 1.2, "
        "unknown-recipient 1, network-error 0.8, timeout 0.5, content-rejected 0.3, "
        "server-error 0.3, unknown 0.3, sender-auth-failed 0.2"
    ),
    "=report": (
        "ip-blocked 9, rate-limited 2.8, sender-rejected 1.8, policy 1.6, "
        "spam-content 0.8, unknown 0.8, unknown-recipient 0.8, auth-failed 0.2, "
        "mailbox-disabled 0.2"
    ),
    "=reputation": (
        "ip-blocked 29.3, sender-rejected 5.3, rate-limited 3.8, spam-content 1.8, "
        "policy 1.5, greylisted 0.7, server-error 0.5"
    ),
    "=required": (
        "auth-required 56, tls-required 51.9, syntax-error 29.5, ip-blocked 18.6, "
        "bad-sequence 17, sender-rejected 15.5, policy 12.8, greylisted 10.8, "
        "sender-auth-failed 10, auth-mechanism 7.8, spam-content 7.2, relay-denied "
        "5.9, service-unavailable 5.9, mailbox-full 5.5, malformed-message 5.5, "
        "smtputf8-unsupported 5.5, unknown-recipient 5.3, rate-limited 5.1, "
        "auth-failed 4.5, tls-unavailable 4.5, unknown 4.5, no-reverse-dns 3.5, "
        "content-rejected 2.8, mailbox-disabled 2.3, too-many-recipients 2, "
        "server-error 1.8, parameter-unsupported 1.5, loop-detected 1, "
        "too-many-connections 0.8, virus 0.5, not-implemented 0.3"
    ),
    "=resolves": (
        "unknown-recipient 6, policy 5.9, sender-rejected 3.9, message-too-large 2.5, "
        "ip-blocked 2.3, auth-required 1.3, server-error 1.3, no-reverse-dns 1.2, "
        "unknown-domain 1, content-rejected 0.8, spam-content 0.8, mailbox-full 0.5, "
        "syntax-error 0.2"
    ),
    "=route": "unknown-domain 4.8, network-error 2.5, relay-denied 0.3, server-error 0.3",
    "=rule": (
        "policy 55.8, sender-auth-failed 23.5, ip-blocked 14.1, content-rejected 9.3, "
        "spam-content 7.1, sender-rejected 6.2, unknown-recipient 6.1, rate-limited "
        "5, malformed-message 4, relay-denied 4, server-error 4, mailbox-disabled "
        "3.7, no-reverse-dns 3.5, unknown 3.2, syntax-error 2.8, auth-required 1.5, "
        "too-many-recipients 1.5, greylisted 1.2, auth-failed 0.9, tls-required 0.5, "
        "tls-unavailable 0.5, parameter-unsupported 0.3, virus 0.2"
    ),
    "=samelogin": "sender-rejected 5, auth-failed 1",
    "=scored": (
        "spam-content 24.8, content-rejected 5.2, ip-blocked 3, policy 2.8, "
        "sender-rejected 2, storage-full 2, server-error 1, virus 0.8, unknown 0.5"
    ),
    "=sender": (
        "sender-rejected 163.7, policy 19.9, sender-auth-failed 17.8, ip-blocked "
        "14.8, syntax-error 13.5, rate-limited 13.3, auth-required 6, greylisted 6, "
        "spam-content 6, no-reverse-dns 4, relay-denied 3.2, auth-failed 2.3, "
        "bad-sequence 2, message-too-large 2, too-many-connections 2, server-error "
        "1.8, malformed-message 1.2, smtputf8-unsupported 1, network-error 0.8, "
        "timeout 0.5, content-rejected 0.3, unknown 0.3, virus 0.3"
    ),
    "=sending": (
        "rate-limited 47.8, ip-blocked 13.7, auth-required 11.9, policy 11.9, "
        "sender-rejected 10.6, sender-auth-failed 5, no-reverse-dns 4.7, "
        "malformed-message 4.5, bad-sequence 3.2, spam-content 2.9, relay-denied 2.4, "
        "smtputf8-unsupported 1.5, auth-failed 1.4, network-error 1.3, timeout 1, "
        "tls-required 1, mailbox-disabled 0.8, too-many-connections 0.8, mailbox-full "
        "0.5, message-too-large 0.5, unknown 0.5, server-error 0.3, "
        "too-many-recipients 0.3, greylisted 0.2"
    ),
    "=server": (
        "ip-blocked 51.5, service-unavailable 50.3, server-error 41, spam-content "
        "16.1, relay-denied 16, unknown-recipient 15.7, policy 14.9, sender-rejected "
        "13.2, no-reverse-dns 9.7, rate-limited 8.7, greylisted 8.2, "
        "message-too-large 7.5, unknown 7, content-rejected 6.6, unknown-domain 5, "
        "no-mail-service 4.6, sender-auth-failed 4.5, auth-failed 4.3, "
        "mailbox-disabled 4.3, storage-full 4, auth-required 3.9, syntax-error 3.1, "
        "mailbox-full 3, network-error 3, not-implemented 2.5, tls-unavailable 2.5, "
        "too-many-connections 2.5, auth-mechanism 1.5, bad-sequence 1.5, tls-required "
        "1.5, malformed-message 1.3, parameter-unsupported 1, too-many-recipients 1, "
        "timeout 0.5"
    ),
    "=several": (
        "malformed-message 5.8, unknown-recipient 3.5, too-many-recipients 2.3, "
        "sender-auth-failed 1, sender-rejected 1, spam-content 1, "
        "parameter-unsupported 0.8, policy 0.8, server-error 0.8, syntax-error 0.5, "
        "content-rejected 0.3"
    ),
    "=signer": (
        "malformed-message 4.5, smtputf8-unsupported 2, unknown 1.5, "
        "unknown-recipient 1.3, loop-detected 1, mailbox-full 1, syntax-error 0.8, "
        "message-too-large 0.5, sender-rejected 0.5, server-error 0.5, unknown-domain "
        "0.3"
    ),
    "=silent": (
        "timeout 24.3, mailbox-disabled 10, network-error 7.5, server-error 5.8, "
        "sender-auth-failed 1, too-many-connections 0.7, auth-failed 0.5, "
        "service-unavailable 0.5, rate-limited 0.3, unknown-domain 0.3"
    ),
    "=site": (
        "ip-blocked 83.2, sender-rejected 38.2, sender-auth-failed 33.7, policy 30.9, "
        "unknown-domain 22.4, unknown 20.9, relay-denied 19.5, network-error 18.7, "
        "spam-content 15.8, rate-limited 14.1, server-error 14.1, unknown-recipient "
        "12.5, service-unavailable 11.8, content-rejected 10.8, no-reverse-dns 10.8, "
        "syntax-error 7, timeout 6.7, mailbox-full 6.5, too-many-connections 6.5, "
        "auth-required 6, auth-failed 5.8, no-mail-service 4.3, tls-required 4.3, "
        "greylisted 4, loop-detected 3.7, message-too-large 3.5, virus 3.3, "
        "bad-sequence 3.2, malformed-message 3, tls-unavailable 2.5, storage-full "
        "1.5, mailbox-disabled 1.2, not-implemented 1.2, smtputf8-unsupported 1, "
        "too-many-recipients 1, auth-mechanism 0.8, parameter-unsupported 0.6"
    ),
    "=size": (
        "message-too-large 54.3, mailbox-full 10, syntax-error 7, malformed-message "
        "3.8, too-many-recipients 1.5, parameter-unsupported 1, storage-full 1, "
        "policy 0.8, auth-failed 0.5"
    ),
    "=spam": (
        "spam-content 132.7, ip-blocked 35.7, policy 11.3, sender-rejected 10.5, "
        "rate-limited 10.2, sender-auth-failed 3.5, auth-failed 2.8, "
        "malformed-message 2.2, content-rejected 1.9, virus 1.8, no-reverse-dns 1.5, "
        "mailbox-disabled 1.1, unknown-recipient 1.1, greylisted 0.5, relay-denied "
        "0.5, smtputf8-unsupported 0.5, syntax-error 0.5, too-many-connections 0.3, "
        "unknown 0.2"
    ),
    "=span": "rate-limited 4",
    "=syntax": (
        "syntax-error 59.8, malformed-message 5, sender-rejected 2.8, "
        "smtputf8-unsupported 2.5, auth-failed 2, content-rejected 1.3, spam-content "
        "1.3, policy 1.2, parameter-unsupported 1, not-implemented 0.8, "
        "unknown-recipient 0.7, auth-mechanism 0.3, ip-blocked 0.2"
    ),
    "=temporary": (
        "server-error 27.7, unknown 18.1, tls-unavailable 18, rate-limited 17.8, "
        "service-unavailable 16.6, ip-blocked 12.5, greylisted 9.2, mailbox-disabled "
        "9.1, mailbox-full 5.6, auth-failed 3.5, sender-auth-failed 2.5, "
        "too-many-connections 2.5, policy 2.3, no-reverse-dns 2, sender-rejected 1.5, "
        "unknown-recipient 1.3, bad-sequence 1.2, not-implemented 1.2, spam-content "
        "1.2, storage-full 1, auth-required 0.5, message-too-large 0.5, relay-denied "
        "0.5, content-rejected 0.2, syntax-error 0.2"
    ),
    "=tls": (
        "tls-required 62.7, tls-unavailable 35.3, bad-sequence 7.3, not-implemented "
        "3.2, syntax-error 2.5, auth-mechanism 1.3, auth-required 0.3, policy 0.3"
    ),
    "=tlsalready": "bad-sequence 5",
    "=unasked": "bad-sequence 5.8, syntax-error 0.8, not-implemented 0.3",
    "=unavailable": (
        "ip-blocked 23.1, service-unavailable 14.7, tls-unavailable 10.3, unknown "
        "7.1, unknown-recipient 6.2, server-error 6, greylisted 5.2, sender-rejected "
        "4.8, policy 4.4, not-implemented 3.7, no-reverse-dns 3, auth-mechanism 2.3, "
        "spam-content 2.3, mailbox-disabled 2.2, rate-limited 1.6, mailbox-full 1, "
        "sender-auth-failed 1, too-many-connections 1, bad-sequence 0.7, "
        "content-rejected 0.5"
    ),
    "=unimplemented": (
        "not-implemented 17.2, syntax-error 7.8, parameter-unsupported 6.2, "
        "auth-mechanism 4.7, bad-sequence 3.3, tls-unavailable 2, too-many-recipients "
        "1.3, policy 1, smtputf8-unsupported 1, tls-required 0.5, content-rejected "
        "0.3, malformed-message 0.3, server-error 0.3"
    ),
    "=unknown": (
        "unknown-recipient 194.6, sender-rejected 41.7, unknown-domain 19.5, "
        "auth-mechanism 9, no-reverse-dns 8.3, syntax-error 7.6, "
        "parameter-unsupported 6.6, greylisted 5, mailbox-disabled 3.5, policy 3, "
        "relay-denied 3, ip-blocked 2.3, not-implemented 2.3, unknown 2.1, "
        "rate-limited 1.9, mailbox-full 0.5, sender-auth-failed 0.5, recipient-moved "
        "0.3, bad-sequence 0.2"
    ),
    "=unlock": (
        "auth-failed 3.5, policy 0.7, ip-blocked 0.2, sender-rejected 0.2, "
        "spam-content 0.2, unknown-recipient 0.2"
    ),
    "=unproven": "sender-rejected 5.5, policy 0.5",
    "=url": (
        "ip-blocked 63.3, unknown 29, rate-limited 14.4, spam-content 13.5, policy "
        "9.4, mailbox-disabled 5.5, mailbox-full 5.5, sender-auth-failed 5.5, "
        "unknown-recipient 5.5, malformed-message 5, sender-rejected 4.9, "
        "auth-required 4.5, content-rejected 4.2, greylisted 4, auth-failed 3.8, "
        "relay-denied 3.3, syntax-error 3, virus 2.5, too-many-connections 2.2, "
        "auth-mechanism 1, loop-detected 1, message-too-large 1, network-error 1, "
        "no-reverse-dns 1, server-error 1, too-many-recipients 1, tls-required 0.5, "
        "tls-unavailable 0.5"
    ),
    "=user": (
        "unknown-recipient 73.5, mailbox-full 51.5, mailbox-disabled 28, rate-limited "
        "27.9, sender-rejected 23.5, policy 23, server-error 18.8, unknown 18.6, "
        "auth-failed 15, ip-blocked 10.5, syntax-error 9, tls-required 7, "
        "service-unavailable 4.8, spam-content 3.8, relay-denied 3.2, "
        "message-too-large 3, recipient-moved 2.7, auth-required 2.3, bad-sequence "
        "2.2, sender-auth-failed 1.5, no-reverse-dns 1, smtputf8-unsupported 1, "
        "storage-full 1, auth-mechanism 0.5, content-rejected 0.5, "
        "too-many-recipients 0.5, greylisted 0.3, no-mail-service 0.3, "
        "too-many-connections 0.3, unknown-domain 0.3, not-implemented 0.2"
    ),
    "=utf8": (
        "smtputf8-unsupported 8.3, syntax-error 2.8, malformed-message 1.5, "
        "parameter-unsupported 1.3"
    ),
    "=vague": (
        "unknown 176.5, unknown-recipient 74.4, mailbox-full 36, policy 32.4, "
        "syntax-error 31.2, ip-blocked 30.8, server-error 26.4, greylisted 22.3, "
        "rate-limited 21, bad-sequence 19.2, mailbox-disabled 19.2, spam-content "
        "17.5, malformed-message 13.8, sender-rejected 12.8, message-too-large 12.5, "
        "auth-failed 12.3, network-error 8.7, relay-denied 8.7, sender-auth-failed "
        "8.4, content-rejected 6.6, tls-required 6.5, loop-detected 6, "
        "service-unavailable 5.8, timeout 5, auth-mechanism 4.5, not-implemented 4.5, "
        "virus 4.5, unknown-domain 3.9, smtputf8-unsupported 3.8, no-reverse-dns 3.5, "
        "parameter-unsupported 2.8, storage-full 2.5, too-many-connections 2.3, "
        "auth-required 2, recipient-moved 2, too-many-recipients 1.5, no-mail-service "
        "1, tls-unavailable 1"
    ),
    "=wait": (
        "greylisted 31.2, rate-limited 6, timeout 3.3, service-unavailable 2.5, "
        "unknown 2.3, spam-content 2, auth-failed 1.3, ip-blocked 1.2, bad-sequence "
        "1, too-many-connections 0.5, network-error 0.3, policy 0.3"
    ),
    "=who": (
        "mailbox-full 7, unknown-recipient 2, recipient-moved 1, mailbox-disabled 0.5, policy 0.5"
    ),
    "=wrong": (
        "auth-failed 40.2, no-reverse-dns 6.8, sender-auth-failed 4.5, "
        "unknown-recipient 4.2, syntax-error 3.8, relay-denied 2.3, policy 2.2, "
        "sender-rejected 1.5, auth-required 0.8, ip-blocked 0.6, auth-mechanism 0.5, "
        "content-rejected 0.5, tls-required 0.5, tls-unavailable 0.5, unknown 0.5, "
        "mailbox-disabled 0.3, rate-limited 0.3, recipient-moved 0.3, unknown-domain "
        "0.3, malformed-message 0.2"
    ),
    "=you": (
        "ip-blocked 29.4, rate-limited 27.1, sender-rejected 19.4, bad-sequence 16.2, "
        "policy 15.2, unknown 12.5, unknown-recipient 12, relay-denied 9.8, "
        "auth-required 8.9, no-reverse-dns 5.3, spam-content 4.2, "
        "too-many-connections 3.8, mailbox-disabled 3.5, mailbox-full 3, syntax-error "
        "2.6, tls-required 2.5, auth-failed 2.3, not-implemented 2.3, greylisted 2, "
        "server-error 2, auth-mechanism 1.5, content-rejected 1, message-too-large 1, "
        "service-unavailable 1, timeout 1, too-many-recipients 1, sender-auth-failed "
        "0.3"
    ),
    "=your": (
        "policy 19.1, rate-limited 16, ip-blocked 15.6, spam-content 15.5, unknown "
        "13.5, sender-rejected 13.3, no-reverse-dns 7.7, sender-auth-failed 6.7, "
        "auth-required 6.5, auth-failed 6.4, message-too-large 6, mailbox-disabled "
        "4.9, content-rejected 4.8, syntax-error 3.9, server-error 3.2, "
        "malformed-message 2.8, virus 2.8, relay-denied 2.7, greylisted 2.2, "
        "auth-mechanism 1.5, too-many-recipients 1.5, bad-sequence 1.3, "
        "unknown-recipient 1.3, service-unavailable 1.2, mailbox-full 1, tls-required "
        "1, smtputf8-unsupported 0.5"
    ),
    "?accepted": "rate-limited 3",
    "?address": "unknown 4, auth-required 0.3, relay-denied 0.3, unknown-recipient 0.3",
    "?blocked": "unknown 10, ip-blocked 1",
    "?box": "unknown 4, policy 0.5, sender-rejected 0.5",
    "?checks": "sender-auth-failed 10, unknown 6, ip-blocked 1, sender-rejected 1",
    "?client": (
        "unknown 9, ip-blocked 2.7, sender-rejected 1.5, spam-content 1.2, "
        "content-rejected 0.2, policy 0.2, server-error 0.2"
    ),
    "?domain": ("sender-auth-failed 4, auth-required 0.3, relay-denied 0.3, unknown-recipient 0.3"),
    "?exists": "unknown-recipient 3.3, auth-required 0.3, relay-denied 0.3",
    "?failed": "ip-blocked 1, unknown-recipient 1",
    "?full": "unknown 5",
    "?greylisted": "greylisted 3, server-error 2",
    "?infected": "server-error 5, unknown 4",
    "?later": "greylisted 2, service-unavailable 1",
    "?list": "ip-blocked 2.5, server-error 1.5, service-unavailable 0.5, spam-content 0.5",
    "?listed": "ip-blocked 2.5, spam-content 0.5",
    "?login": "sender-auth-failed 2",
    "?message": (
        "policy 2.3, rate-limited 2, sender-auth-failed 2, sender-rejected 1.5, "
        "relay-denied 1, ip-blocked 0.5, malformed-message 0.5, unknown 0.5, "
        "content-rejected 0.3, spam-content 0.3"
    ),
    "?nobody": "unknown-recipient 3",
    "?period": "greylisted 2, mailbox-disabled 1",
    "?reached": (
        "spam-content 2, ip-blocked 1.8, unknown-recipient 1.3, policy 0.8, "
        "auth-required 0.3, relay-denied 0.3, unknown 0.3"
    ),
    "?recipient": "ip-blocked 1, mailbox-disabled 1",
    "?relay": "unknown 4",
    "?report": "spam-content 2",
    "?required": (
        "spam-content 1.7, ip-blocked 1.5, sender-rejected 0.8, content-rejected 0.7, "
        "policy 0.5, auth-failed 0.3, greylisted 0.2, sender-auth-failed 0.2"
    ),
    "?resolves": "relay-denied 1, sender-rejected 1",
    "?sender": ("ip-blocked 2, policy 1, spam-content 1, rate-limited 0.5, sender-auth-failed 0.5"),
    "?server": (
        "ip-blocked 2.8, no-reverse-dns 1.3, spam-content 0.5, auth-required 0.3, "
        "policy 0.3, relay-denied 0.3, unknown-recipient 0.3"
    ),
    "?spam": (
        "unknown 8, server-error 1, policy 0.9, spam-content 0.9, content-rejected "
        "0.7, ip-blocked 0.2, sender-rejected 0.2"
    ),
    "?syntax": (
        "spam-content 1.7, content-rejected 0.7, greylisted 0.2, policy 0.2, sender-auth-failed 0.2"
    ),
    "?user": "unknown 4, rate-limited 2",
    "?vague": (
        "ip-blocked 4.5, policy 2.2, spam-content 1.7, sender-rejected 1.5, "
        "rate-limited 1, relay-denied 1, content-rejected 0.7, malformed-message 0.5, "
        "unknown 0.5, greylisted 0.2, sender-auth-failed 0.2"
    ),
    "?you": (
        "unknown 9, unknown-recipient 4, greylisted 3, ip-blocked 2, "
        "service-unavailable 1, spam-content 1, policy 0.5, sender-rejected 0.5"
    ),
    "?your": (
        "unknown 4, ip-blocked 3, policy 2, spam-content 0.7, sender-rejected 0.5, "
        "no-reverse-dns 0.3, content-rejected 0.2, server-error 0.2"
    ),
    "@any": (
        "unknown 129, syntax-error 42.7, ip-blocked 32, not-implemented 25.3, "
        "bad-sequence 24.8, rate-limited 21, server-error 19.5, policy 18.2, "
        "sender-auth-failed 18, unknown-recipient 17, timeout 13.3, sender-rejected "
        "13, tls-required 11, auth-required 10.3, auth-mechanism 10, "
        "malformed-message 8, message-too-large 8, relay-denied 8, "
        "service-unavailable 8, spam-content 8, too-many-recipients 8, auth-failed 7, "
        "greylisted 6, no-reverse-dns 6, unknown-domain 5.7, parameter-unsupported "
        "5.3, mailbox-full 5, too-many-connections 4.3, network-error 4, "
        "mailbox-disabled 3.3, storage-full 2.7, smtputf8-unsupported 2.5, "
        "content-rejected 2, loop-detected 2, no-mail-service 2, recipient-moved 1, "
        "tls-unavailable 1, virus 1"
    ),
    "@any421": (
        "timeout 9.3, rate-limited 8, server-error 7.3, bad-sequence 5.4, ip-blocked "
        "5, service-unavailable 4.3, too-many-connections 4.3, sender-auth-failed 4, "
        "syntax-error 3.4, no-reverse-dns 3, network-error 2.3, policy 2, "
        "tls-required 2, not-implemented 0.9, storage-full 0.3, unknown 0.2"
    ),
    "@any430": "auth-required 1, bad-sequence 1",
    "@any435": "server-error 2",
    "@any450": (
        "ip-blocked 11, unknown 8, greylisted 3, rate-limited 3, sender-rejected 3, "
        "server-error 1.8, storage-full 1.3, network-error 1, no-reverse-dns 1, "
        "sender-auth-failed 1, spam-content 1, syntax-error 1, tls-unavailable 1, "
        "unknown-recipient 1, service-unavailable 0.8"
    ),
    "@any451": (
        "unknown 6, server-error 5.8, timeout 4, rate-limited 3, service-unavailable "
        "2.8, greylisted 2, auth-mechanism 1, ip-blocked 1, malformed-message 1, "
        "relay-denied 1, sender-rejected 1, tls-required 1, too-many-recipients 1, "
        "bad-sequence 0.5, syntax-error 0.5, mailbox-disabled 0.3"
    ),
    "@any452": ("too-many-recipients 7, mailbox-full 1, rate-limited 1, storage-full 1, unknown 1"),
    "@any454": "rate-limited 2, auth-failed 1, relay-denied 1, server-error 1, unknown 1",
    "@any457": "greylisted 1, unknown 1",
    "@any498": "unknown-domain 1.3, network-error 0.3, unknown 0.3",
    "@any500": (
        "syntax-error 22.6, not-implemented 10.1, bad-sequence 1.6, "
        "smtputf8-unsupported 1.5, unknown 0.8, server-error 0.5"
    ),
    "@any501": "syntax-error 5.5, sender-rejected 1, not-implemented 0.5",
    "@any502": "not-implemented 12, syntax-error 3, bad-sequence 1.7, policy 0.3",
    "@any503": "bad-sequence 8, auth-mechanism 2",
    "@any504": (
        "parameter-unsupported 3.3, auth-mechanism 1, tls-required 1, not-implemented "
        "0.3, syntax-error 0.3"
    ),
    "@any505": "auth-required 2",
    "@any521": "bad-sequence 1, ip-blocked 1, malformed-message 1, policy 1",
    "@any523": "bad-sequence 1, tls-required 1",
    "@any530": "auth-required 4, tls-required 1",
    "@any534": "auth-mechanism 3",
    "@any535": "auth-failed 5, auth-mechanism 1",
    "@any550": (
        "unknown 83.7, unknown-recipient 15, sender-auth-failed 12, ip-blocked 11, "
        "policy 11, syntax-error 5.3, malformed-message 5, rate-limited 4, "
        "relay-denied 4, spam-content 4, message-too-large 3, sender-rejected 3, "
        "unknown-domain 2.3, mailbox-full 2, no-reverse-dns 2, bad-sequence 1.3, "
        "mailbox-disabled 1, not-implemented 1, recipient-moved 1, network-error 0.3"
    ),
    "@any552": (
        "message-too-large 4, content-rejected 1, mailbox-full 1, spam-content 1, "
        "unknown 1, unknown-recipient 1, virus 1"
    ),
    "@any553": (
        "sender-rejected 3, unknown-domain 2, auth-required 1, ip-blocked 1, policy "
        "1, smtputf8-unsupported 1, tls-required 1, unknown 1"
    ),
    "@any554": (
        "unknown 14, bad-sequence 3.3, ip-blocked 2, loop-detected 2, "
        "mailbox-disabled 2, spam-content 2, tls-required 2, auth-required 1.3, "
        "content-rejected 1, mailbox-full 1, malformed-message 1, message-too-large "
        "1, relay-denied 1, sender-auth-failed 1, sender-rejected 1, policy 0.3"
    ),
    "@any555": "parameter-unsupported 1, syntax-error 1",
    "@any556": "no-mail-service 2",
    "@any571": "auth-required 1, policy 1, relay-denied 1, unknown 1",
    "@any572": "sender-rejected 1, unknown 1",
    "@auth": (
        "auth-failed 109.5, auth-mechanism 39.5, bad-sequence 16, syntax-error 15.3, "
        "server-error 12.5, tls-required 10.8, rate-limited 6.3, not-implemented 4.5, "
        "policy 3.5, auth-required 1, service-unavailable 1, unknown 1, ip-blocked "
        "0.7, relay-denied 0.3"
    ),
    "@auth421": "rate-limited 3.3, auth-failed 1.3, service-unavailable 1, ip-blocked 0.3",
    "@auth432": "auth-mechanism 1.5, auth-failed 0.5",
    "@auth435": "server-error 2",
    "@auth450": "auth-failed 1, auth-mechanism 1",
    "@auth451": "auth-mechanism 2, rate-limited 1.5, server-error 1.5, auth-failed 1",
    "@auth454": "auth-failed 9, server-error 9, rate-limited 1.5, syntax-error 0.5",
    "@auth500": "not-implemented 1.3, auth-mechanism 0.3, syntax-error 0.3",
    "@auth501": "syntax-error 13.2, auth-failed 4.7, auth-mechanism 3.2",
    "@auth502": "not-implemented 1.3, auth-mechanism 0.8, syntax-error 0.5, policy 0.3",
    "@auth503": (
        "bad-sequence 16, auth-mechanism 3.5, not-implemented 1.5, auth-failed 0.5, "
        "tls-required 0.5"
    ),
    "@auth504": "auth-mechanism 16",
    "@auth523": "tls-required 3.5, auth-mechanism 0.5",
    "@auth525": "auth-failed 2.3, ip-blocked 0.3, policy 0.3",
    "@auth530": "tls-required 3, auth-required 1",
    "@auth534": "auth-mechanism 6.5, auth-failed 1.5",
    "@auth535": (
        "auth-failed 82.2, auth-mechanism 2.3, policy 2.3, syntax-error 0.8, relay-denied 0.3"
    ),
    "@auth538": "tls-required 2.8, auth-mechanism 0.8, not-implemented 0.3",
    "@auth550": "auth-failed 2.5, unknown 1, policy 0.5",
    "@auth554": "auth-failed 2, auth-mechanism 1",
    "@connect": (
        "ip-blocked 235, no-reverse-dns 58.2, too-many-connections 56.7, "
        "service-unavailable 50.2, rate-limited 23.5, policy 18.6, unknown 13.3, "
        "bad-sequence 10.2, no-mail-service 9.2, server-error 8.2, timeout 3.5, "
        "spam-content 1.6, sender-rejected 1.3, tls-required 1.1, relay-denied 1, "
        "storage-full 1, greylisted 0.8, network-error 0.8, unknown-recipient 0.7, "
        "auth-required 0.6, syntax-error 0.5, tls-unavailable 0.5, auth-failed 0.3, "
        "unknown-domain 0.2"
    ),
    "@connect421": (
        "too-many-connections 55.2, service-unavailable 41.9, rate-limited 20.4, "
        "ip-blocked 13.1, no-reverse-dns 10, unknown 6.3, server-error 4, timeout "
        "3.5, bad-sequence 3.2, storage-full 1, network-error 0.5, policy 0.5, "
        "tls-required 0.5, tls-unavailable 0.5, no-mail-service 0.3"
    ),
    "@connect450": (
        "no-reverse-dns 3.1, service-unavailable 2.8, bad-sequence 1, server-error 1, "
        "greylisted 0.8, policy 0.8, ip-blocked 0.6, unknown 0.5, network-error 0.2, "
        "unknown-domain 0.2"
    ),
    "@connect451": (
        "no-reverse-dns 2, server-error 2, ip-blocked 1.5, service-unavailable 1, rate-limited 0.5"
    ),
    "@connect501": "policy 1.5, ip-blocked 0.5",
    "@connect521": (
        "no-mail-service 4, ip-blocked 1, no-reverse-dns 1, bad-sequence 0.5, syntax-error 0.5"
    ),
    "@connect550": (
        "ip-blocked 60.9, no-reverse-dns 31.2, policy 4.1, rate-limited 1.8, "
        "no-mail-service 1, unknown 0.7, sender-rejected 0.5, server-error 0.5, "
        "spam-content 0.5, unknown-recipient 0.3, auth-required 0.2, tls-required 0.2"
    ),
    "@connect553": "ip-blocked 7.5, no-reverse-dns 1, relay-denied 0.5",
    "@connect554": (
        "ip-blocked 145.9, policy 11.4, no-reverse-dns 9, bad-sequence 5.5, "
        "no-mail-service 3.8, service-unavailable 3.8, unknown 3.6, spam-content 1.1, "
        "too-many-connections 1, sender-rejected 0.8, rate-limited 0.7, relay-denied "
        "0.5, server-error 0.5, auth-failed 0.3, auth-required 0.3, tls-required 0.3, "
        "unknown-recipient 0.3"
    ),
    "@connect571": "ip-blocked 2",
    "@data": (
        "bad-sequence 27.5, syntax-error 4, unknown 3, storage-full 2, timeout 2, "
        "unknown-recipient 1.5, sender-auth-failed 1, server-error 1, "
        "service-unavailable 1, unknown-domain 1"
    ),
    "@data421": "timeout 2, service-unavailable 1",
    "@data451": "server-error 1, storage-full 1, unknown 1",
    "@data500": "bad-sequence 1, unknown 1",
    "@data501": "syntax-error 4",
    "@data503": "bad-sequence 19.5, unknown-recipient 0.5",
    "@data554": "bad-sequence 6, sender-auth-failed 1, unknown-recipient 1",
    "@end": (
        "spam-content 210.5, unknown 168, content-rejected 97, sender-auth-failed "
        "86.4, malformed-message 76.1, message-too-large 70.6, server-error 70.6, "
        "policy 61.2, virus 49.7, loop-detected 38, sender-rejected 32.7, "
        "rate-limited 25.4, mailbox-full 21, storage-full 13.8, ip-blocked 13.3, "
        "service-unavailable 11.4, unknown-recipient 5.6, bad-sequence 4.8, "
        "syntax-error 4.2, too-many-connections 3.8, mailbox-disabled 2.2, greylisted "
        "2.1, not-implemented 2, no-reverse-dns 1.8, smtputf8-unsupported 1.5, "
        "network-error 1.3, relay-denied 1.3, timeout 1, auth-failed 0.8, "
        "too-many-recipients 0.5, auth-required 0.3"
    ),
    "@end421": (
        "rate-limited 7, server-error 3.7, service-unavailable 3.7, spam-content 2.3, "
        "malformed-message 2, sender-auth-failed 2, storage-full 1.8, sender-rejected "
        "1.3, ip-blocked 1, network-error 1, policy 0.8, timeout 0.5, "
        "too-many-connections 0.5, unknown 0.3"
    ),
    "@end432": "too-many-connections 3",
    "@end450": (
        "unknown 9.2, ip-blocked 4, server-error 2.2, sender-auth-failed 1, "
        "sender-rejected 1, service-unavailable 0.7, malformed-message 0.5, "
        "network-error 0.3, rate-limited 0.3, content-rejected 0.2, policy 0.2, "
        "spam-content 0.2"
    ),
    "@end451": (
        "server-error 52.4, unknown 47.6, service-unavailable 6, spam-content 3.7, "
        "rate-limited 3.2, storage-full 2.5, greylisted 1.9, sender-auth-failed 1, "
        "policy 0.8, timeout 0.5, ip-blocked 0.3, mailbox-disabled 0.3, "
        "too-many-connections 0.3, content-rejected 0.2"
    ),
    "@end452": "storage-full 7, mailbox-full 4.5, rate-limited 2, server-error 1.5",
    "@end500": (
        "malformed-message 3, loop-detected 2, message-too-large 2, unknown 1.8, "
        "not-implemented 1, relay-denied 1, syntax-error 1, server-error 0.5, "
        "content-rejected 0.2, policy 0.2, spam-content 0.2"
    ),
    "@end501": "syntax-error 2",
    "@end503": "bad-sequence 4",
    "@end521": "malformed-message 2, bad-sequence 0.5, syntax-error 0.5",
    "@end550": (
        "spam-content 89.8, unknown 86.7, sender-auth-failed 77.4, content-rejected "
        "53.5, policy 37.2, malformed-message 36, virus 22.1, sender-rejected 19.7, "
        "loop-detected 15, ip-blocked 6.4, rate-limited 5.9, unknown-recipient 4.6, "
        "server-error 4, message-too-large 3, no-reverse-dns 1.8, storage-full 1, "
        "mailbox-disabled 0.9, auth-failed 0.8, smtputf8-unsupported 0.5, "
        "too-many-recipients 0.5, auth-required 0.3, relay-denied 0.3, syntax-error "
        "0.3, greylisted 0.2"
    ),
    "@end551": "mailbox-full 1, spam-content 1",
    "@end552": (
        "message-too-large 62.1, mailbox-full 13.5, content-rejected 5.8, "
        "malformed-message 4.1, virus 3.5, spam-content 2.7, server-error 1.5, "
        "rate-limited 1.3, policy 1.2, loop-detected 1, storage-full 0.5, unknown "
        "0.5, sender-rejected 0.3"
    ),
    "@end553": (
        "spam-content 4.2, policy 3.7, content-rejected 2.7, sender-rejected 1.5, "
        "sender-auth-failed 1"
    ),
    "@end554": (
        "spam-content 104.8, content-rejected 34.2, malformed-message 28.5, virus "
        "23.8, unknown 20.1, loop-detected 20, policy 16.3, sender-rejected 7.5, "
        "rate-limited 5.6, server-error 4.8, sender-auth-failed 4, message-too-large "
        "3.5, mailbox-full 2, ip-blocked 1.2, mailbox-disabled 1, service-unavailable "
        "1, smtputf8-unsupported 1, storage-full 1, unknown-recipient 1, bad-sequence "
        "0.3, syntax-error 0.3"
    ),
    "@end571": "spam-content 0.7, policy 0.3, sender-rejected 0.3, unknown 0.3, virus 0.3",
    "@hello": (
        "syntax-error 52.1, not-implemented 6, bad-sequence 5.3, policy 3.8, "
        "sender-rejected 2.8, no-reverse-dns 1.8, ip-blocked 1.5, message-too-large "
        "1, storage-full 1, timeout 1, spam-content 0.5, unknown 0.3"
    ),
    "@hello500": "not-implemented 3, bad-sequence 1, syntax-error 1",
    "@hello501": "syntax-error 34.5, no-reverse-dns 0.5",
    "@hello502": "not-implemented 3",
    "@hello503": "bad-sequence 4.3, syntax-error 0.3, unknown 0.3",
    "@hello504": "syntax-error 2",
    "@hello550": (
        "syntax-error 11.5, policy 1.5, no-reverse-dns 1, sender-rejected 1, "
        "ip-blocked 0.5, spam-content 0.5"
    ),
    "@hello554": (
        "policy 1.8, sender-rejected 1.8, syntax-error 0.8, ip-blocked 0.5, no-reverse-dns 0.2"
    ),
    "@hello555": "syntax-error 1.5, policy 0.5",
    "@local": (
        "network-error 28.8, mailbox-full 22, unknown-recipient 21, unknown-domain "
        "12, timeout 10.5, server-error 8.8, loop-detected 7.7, message-too-large 6, "
        "mailbox-disabled 5.6, policy 4.8, auth-failed 4.1, tls-unavailable 3.8, "
        "unknown 3.6, tls-required 3.5, no-mail-service 1.3, sender-rejected 1.1, "
        "ip-blocked 1, smtputf8-unsupported 1, too-many-recipients 1, auth-mechanism "
        "0.8, auth-required 0.8, service-unavailable 0.7, storage-full 0.5, "
        "syntax-error 0.5, not-implemented 0.2"
    ),
    "@mail": (
        "sender-rejected 164.9, unknown 110, rate-limited 57.9, syntax-error 42.3, "
        "tls-required 36.5, auth-required 30.8, bad-sequence 30.5, policy 21.7, "
        "sender-auth-failed 21.1, parameter-unsupported 18.7, ip-blocked 17.2, "
        "message-too-large 16, storage-full 11.5, auth-failed 10.6, "
        "service-unavailable 9.8, server-error 6.5, no-reverse-dns 5.3, "
        "too-many-connections 5.2, spam-content 4.7, relay-denied 4.3, "
        "smtputf8-unsupported 3.3, unknown-domain 1.7, recipient-moved 1, "
        "content-rejected 0.7, mailbox-disabled 0.7, greylisted 0.5, tls-unavailable "
        "0.5, malformed-message 0.3, timeout 0.3, too-many-recipients 0.3, "
        "no-mail-service 0.2"
    ),
    "@mail421": (
        "rate-limited 2.8, too-many-connections 2.8, ip-blocked 1.5, "
        "service-unavailable 1, policy 0.5, server-error 0.5, unknown 0.5, timeout "
        "0.3"
    ),
    "@mail450": (
        "rate-limited 26.5, unknown 9, service-unavailable 5.5, syntax-error 1.5, "
        "too-many-connections 1.5, sender-rejected 1, greylisted 0.5, server-error "
        "0.5"
    ),
    "@mail451": (
        "rate-limited 15.3, unknown 9, server-error 4.2, sender-rejected 3.5, "
        "service-unavailable 3.3, sender-auth-failed 1.5, tls-required 1.5, "
        "ip-blocked 1.3, no-reverse-dns 1, tls-unavailable 0.5, auth-required 0.2, "
        "no-mail-service 0.2, policy 0.2, unknown-domain 0.2"
    ),
    "@mail452": (
        "storage-full 8.5, rate-limited 2.8, message-too-large 1, "
        "too-many-connections 0.8, server-error 0.5, too-many-recipients 0.3"
    ),
    "@mail460": "rate-limited 2",
    "@mail500": "parameter-unsupported 2, bad-sequence 1, syntax-error 1",
    "@mail501": (
        "syntax-error 27.8, parameter-unsupported 7.3, sender-rejected 4.7, "
        "bad-sequence 1, policy 0.8, ip-blocked 0.3, smtputf8-unsupported 0.3, "
        "spam-content 0.3, unknown-domain 0.3"
    ),
    "@mail502": (
        "bad-sequence 2, auth-failed 0.2, mailbox-disabled 0.2, policy 0.2, sender-rejected 0.2"
    ),
    "@mail503": (
        "bad-sequence 26, auth-required 1, sender-rejected 1, parameter-unsupported "
        "0.5, syntax-error 0.5"
    ),
    "@mail504": (
        "parameter-unsupported 3, policy 0.5, sender-rejected 0.5, "
        "smtputf8-unsupported 0.5, syntax-error 0.5"
    ),
    "@mail530": "tls-required 30.5, auth-required 18, relay-denied 0.5",
    "@mail535": "auth-failed 2",
    "@mail550": (
        "sender-rejected 105, unknown 81.5, sender-auth-failed 17.1, policy 14.5, "
        "ip-blocked 9.5, auth-required 8, rate-limited 7, no-reverse-dns 4.3, "
        "syntax-error 4, auth-failed 3.7, relay-denied 3.6, spam-content 3.6, "
        "tls-required 3.5, smtputf8-unsupported 2, unknown-domain 1.2, bad-sequence "
        "0.5, mailbox-disabled 0.5, content-rejected 0.3, server-error 0.3"
    ),
    "@mail552": "message-too-large 15, storage-full 3, sender-rejected 1",
    "@mail553": (
        "sender-rejected 39.1, syntax-error 4.5, auth-failed 3.8, auth-required 2.6, "
        "ip-blocked 2.2, policy 1.5, sender-auth-failed 1, relay-denied 0.2"
    ),
    "@mail554": (
        "unknown 10, sender-rejected 5.4, policy 3.4, ip-blocked 2.2, rate-limited "
        "1.3, sender-auth-failed 1, syntax-error 1, spam-content 0.8, server-error "
        "0.5, auth-failed 0.3, content-rejected 0.3, malformed-message 0.3, "
        "parameter-unsupported 0.3"
    ),
    "@mail555": (
        "parameter-unsupported 4.5, syntax-error 1.5, sender-rejected 0.5, smtputf8-unsupported 0.5"
    ),
    "@other": (
        "not-implemented 8.6, policy 6.5, syntax-error 5.6, bad-sequence 5, "
        "server-error 2.2, unknown 1.5, timeout 1, parameter-unsupported 0.6"
    ),
    "@other458": "server-error 1.2, not-implemented 0.2, policy 0.2, unknown 0.2",
    "@other459": "policy 2.2, parameter-unsupported 0.2, syntax-error 0.2, unknown 0.2",
    "@other500": "not-implemented 5, bad-sequence 1",
    "@other501": "syntax-error 4",
    "@other502": "not-implemented 3",
    "@other503": "bad-sequence 3",
    "@other550": "policy 3, bad-sequence 1, syntax-error 1",
    "@rcpt": (
        "unknown-recipient 350.6, unknown 254.7, mailbox-full 159.1, mailbox-disabled "
        "147.1, policy 124, relay-denied 123, server-error 89.6, ip-blocked 73, "
        "sender-rejected 70, rate-limited 67.1, greylisted 66.5, syntax-error 54, "
        "auth-required 47.6, too-many-recipients 45.9, unknown-domain 39.9, "
        "service-unavailable 35.8, no-reverse-dns 31.4, sender-auth-failed 23.6, "
        "bad-sequence 22.2, content-rejected 20.8, tls-required 20.5, recipient-moved "
        "19.1, parameter-unsupported 14.7, not-implemented 10.8, storage-full 10.8, "
        "smtputf8-unsupported 10.5, no-mail-service 8.9, network-error 8.7, "
        "message-too-large 8.5, auth-failed 6, spam-content 5.8, auth-mechanism 4, "
        "timeout 3.8, loop-detected 3.3, malformed-message 2, too-many-connections "
        "1.8, tls-unavailable 1, virus 1"
    ),
    "@rcpt421": (
        "tls-required 6, ip-blocked 5.6, greylisted 5.2, no-reverse-dns 5, policy "
        "4.7, rate-limited 3.3, server-error 2, service-unavailable 1.7, "
        "sender-rejected 1, too-many-connections 1, unknown 1, bad-sequence 0.7, "
        "syntax-error 0.5, unknown-recipient 0.5, network-error 0.3, spam-content "
        "0.2, too-many-recipients 0.2"
    ),
    "@rcpt422": "mailbox-full 2, unknown-recipient 1",
    "@rcpt432": "rate-limited 2, server-error 0.5, service-unavailable 0.5",
    "@rcpt450": (
        "unknown 106.1, greylisted 46.4, rate-limited 37.8, server-error 15.5, "
        "service-unavailable 14.3, no-reverse-dns 10.6, content-rejected 10, policy "
        "10, sender-auth-failed 7, mailbox-disabled 6.7, unknown-recipient 6.2, "
        "syntax-error 5.6, mailbox-full 5.3, message-too-large 5, "
        "smtputf8-unsupported 4, network-error 3.8, unknown-domain 3.6, "
        "sender-rejected 3.1, parameter-unsupported 3, tls-required 3, auth-failed 2, "
        "auth-mechanism 2, too-many-recipients 2, timeout 1.5, recipient-moved 1.2, "
        "loop-detected 1, malformed-message 1, no-mail-service 1, not-implemented 1, "
        "storage-full 1, ip-blocked 0.8, too-many-connections 0.3"
    ),
    "@rcpt451": (
        "server-error 54.6, greylisted 13.5, unknown 11.2, service-unavailable 10.2, "
        "rate-limited 3.3, too-many-recipients 3.3, sender-rejected 2.8, ip-blocked "
        "2, mailbox-full 1.5, relay-denied 1, sender-auth-failed 1, tls-required 1, "
        "network-error 0.7, policy 0.5, unknown-recipient 0.5, mailbox-disabled 0.3, "
        "parameter-unsupported 0.3, timeout 0.3, no-reverse-dns 0.2, spam-content "
        "0.2, syntax-error 0.2, unknown-domain 0.2"
    ),
    "@rcpt452": (
        "mailbox-full 45.5, too-many-recipients 32.5, storage-full 8.8, rate-limited "
        "7.3, mailbox-disabled 1.3, unknown 1, policy 0.8, server-error 0.3, "
        "service-unavailable 0.3"
    ),
    "@rcpt454": "relay-denied 4, ip-blocked 1",
    "@rcpt455": "parameter-unsupported 3",
    "@rcpt500": "not-implemented 2, mailbox-full 1, syntax-error 1",
    "@rcpt501": (
        "syntax-error 21.8, unknown-recipient 2.8, parameter-unsupported 0.5, "
        "smtputf8-unsupported 0.5, ip-blocked 0.3, sender-rejected 0.3, spam-content "
        "0.3, unknown-domain 0.3"
    ),
    "@rcpt502": (
        "not-implemented 6.8, bad-sequence 2, relay-denied 1, policy 0.5, "
        "syntax-error 0.2, unknown 0.2, unknown-recipient 0.2"
    ),
    "@rcpt503": "bad-sequence 17, relay-denied 2.3, auth-required 0.3, unknown-recipient 0.3",
    "@rcpt504": "syntax-error 2, parameter-unsupported 1.5, policy 0.5",
    "@rcpt530": "auth-required 21.5, relay-denied 1.5, tls-required 1",
    "@rcpt535": "auth-failed 2, mailbox-disabled 0.3, policy 0.3, service-unavailable 0.3",
    "@rcpt540": "mailbox-disabled 2, unknown-recipient 2",
    "@rcpt550": (
        "unknown-recipient 305.2, mailbox-disabled 127.1, unknown 108.4, policy 86.2, "
        "relay-denied 70.5, sender-rejected 48.5, ip-blocked 35.5, unknown-domain "
        "34.2, auth-required 19.5, mailbox-full 18.5, sender-auth-failed 14.6, "
        "no-reverse-dns 12.8, rate-limited 12.4, syntax-error 10.9, server-error "
        "10.6, content-rejected 10.3, recipient-moved 9.5, tls-required 7.5, "
        "too-many-recipients 4.8, smtputf8-unsupported 4, network-error 3.8, "
        "message-too-large 3.5, no-mail-service 3.5, service-unavailable 3.5, "
        "parameter-unsupported 3.3, loop-detected 2.3, auth-failed 2, auth-mechanism "
        "2, bad-sequence 2, timeout 2, spam-content 1.9, greylisted 1.3, "
        "malformed-message 1, not-implemented 1, storage-full 1, virus 1, "
        "too-many-connections 0.5"
    ),
    "@rcpt551": (
        "recipient-moved 8.3, unknown-recipient 4.3, relay-denied 2.3, "
        "mailbox-disabled 1, policy 0.5, sender-rejected 0.5, server-error 0.5, "
        "service-unavailable 0.5"
    ),
    "@rcpt552": "mailbox-full 76, too-many-recipients 2, mailbox-disabled 1, rate-limited 1",
    "@rcpt553": (
        "unknown-recipient 11.3, relay-denied 10.2, syntax-error 8.2, policy 5.3, "
        "ip-blocked 4.3, sender-rejected 3.1, auth-required 3, unknown 2.3, "
        "smtputf8-unsupported 2, mailbox-disabled 1.4, parameter-unsupported 1, "
        "unknown-domain 0.8"
    ),
    "@rcpt554": (
        "relay-denied 29, unknown 23.9, ip-blocked 23.1, policy 13.7, "
        "unknown-recipient 11.5, sender-rejected 10.7, mailbox-full 8.2, server-error "
        "5.5, mailbox-disabled 4.8, service-unavailable 4.6, no-reverse-dns 2.8, "
        "spam-content 2.7, syntax-error 2.5, auth-required 2.2, tls-required 2, "
        "sender-auth-failed 1, tls-unavailable 1, too-many-recipients 1, bad-sequence "
        "0.5, content-rejected 0.5, no-mail-service 0.3, unknown-domain 0.2"
    ),
    "@rcpt555": "parameter-unsupported 2, syntax-error 1",
    "@rcpt556": "no-mail-service 4, unknown-domain 0.5, unknown-recipient 0.5",
    "@rcpt571": "auth-required 1, relay-denied 1",
    "@tls": (
        "tls-unavailable 41.8, bad-sequence 14.8, syntax-error 4, not-implemented "
        "3.3, tls-required 1.5, server-error 0.5"
    ),
    "@tls454": (
        "tls-unavailable 31.5, bad-sequence 1, not-implemented 0.5, server-error 0.5, "
        "tls-required 0.5"
    ),
    "@tls500": "bad-sequence 1, tls-unavailable 1",
    "@tls501": "syntax-error 4, bad-sequence 1, tls-required 0.5, tls-unavailable 0.5",
    "@tls502": "tls-unavailable 4, not-implemented 2, bad-sequence 1",
    "@tls503": "bad-sequence 10.8, tls-unavailable 1.3, not-implemented 0.8",
    "@tls550": "tls-unavailable 1.5, tls-required 0.5",
    "@tls554": "tls-unavailable 2",
    "X.0.0": (
        "unknown 38.7, bad-sequence 7, syntax-error 6.2, server-error 2.3, "
        "malformed-message 2, policy 1.3, unknown-recipient 1.3, auth-failed 1.2, "
        "mailbox-full 1, auth-mechanism 0.7, tls-required 0.5, tls-unavailable 0.5, "
        "service-unavailable 0.3"
    ),
    "X.1.0": (
        "unknown-recipient 4.3, sender-rejected 3.5, policy 1.8, no-reverse-dns 1, "
        "rate-limited 1, unknown 1, ip-blocked 0.3"
    ),
    "X.1.1": (
        "unknown-recipient 114.8, mailbox-disabled 5.5, policy 2.7, mailbox-full 2.5, "
        "greylisted 2.2, sender-rejected 1.7, no-reverse-dns 1, relay-denied 1, "
        "spam-content 1, too-many-recipients 1, unknown 0.8, server-error 0.6, "
        "auth-required 0.3, network-error 0.3, recipient-moved 0.3, unknown-domain "
        "0.2"
    ),
    "X.1.10": "no-mail-service 3, unknown-recipient 3",
    "X.1.2": (
        "unknown-domain 6.2, syntax-error 1.2, unknown-recipient 1.2, no-reverse-dns "
        "1, relay-denied 0.5"
    ),
    "X.1.3": ("syntax-error 15.8, unknown-recipient 1.3, smtputf8-unsupported 0.5, policy 0.3"),
    "X.1.4": "unknown-recipient 3.3, syntax-error 0.3, unknown 0.3",
    "X.1.6": "recipient-moved 8.8, mailbox-disabled 0.8, unknown-recipient 0.3",
    "X.1.7": "syntax-error 10, sender-rejected 4",
    "X.1.8": (
        "sender-rejected 21.5, no-reverse-dns 1, policy 0.5, server-error 0.5, syntax-error 0.5"
    ),
    "X.2.0": (
        "greylisted 5.5, mailbox-full 3, sender-rejected 1.8, unknown 1.5, "
        "server-error 1.3, message-too-large 1, rate-limited 1, unknown-recipient 1, "
        "policy 0.8, mailbox-disabled 0.3, service-unavailable 0.3, spam-content 0.3"
    ),
    "X.2.1": (
        "mailbox-disabled 29.2, rate-limited 15.2, service-unavailable 4.8, "
        "unknown-recipient 4, ip-blocked 1.2, server-error 0.9, too-many-connections "
        "0.5, unknown 0.3, greylisted 0.2, recipient-moved 0.2, spam-content 0.2"
    ),
    "X.2.2": (
        "mailbox-full 74, rate-limited 1, unknown-recipient 1, mailbox-disabled 0.5, "
        "message-too-large 0.5"
    ),
    "X.2.252": "sender-rejected 2",
    "X.2.3": "message-too-large 10, syntax-error 2",
    "X.2.4": "server-error 2, unknown-recipient 1",
    "X.3.0": (
        "server-error 40.2, ip-blocked 8, service-unavailable 4.2, unknown 4, "
        "rate-limited 2.3, storage-full 2.3, unknown-recipient 2.3, not-implemented "
        "1.3, too-many-recipients 1.3, sender-rejected 1, tls-unavailable 1, "
        "parameter-unsupported 0.7, mailbox-disabled 0.3, policy 0.3, syntax-error "
        "0.3, too-many-connections 0.3"
    ),
    "X.3.1": ("storage-full 14.7, server-error 2.7, message-too-large 1, service-unavailable 0.7"),
    "X.3.2": (
        "service-unavailable 16.8, too-many-connections 10.5, rate-limited 4.5, "
        "ip-blocked 4.2, server-error 3.5, no-mail-service 2.6, policy 1.6, "
        "greylisted 1.5, timeout 1, storage-full 0.5, relay-denied 0.2"
    ),
    "X.3.3": (
        "tls-unavailable 5, parameter-unsupported 2, auth-mechanism 1.3, "
        "not-implemented 0.8, syntax-error 0.5, bad-sequence 0.3"
    ),
    "X.3.4": (
        "message-too-large 31.1, malformed-message 1.1, rate-limited 1, policy 0.6, "
        "content-rejected 0.2"
    ),
    "X.3.5": "server-error 15.5, service-unavailable 0.5",
    "X.4.0": (
        "loop-detected 3, network-error 2.3, server-error 1.3, service-unavailable 1, "
        "unknown-domain 0.3"
    ),
    "X.4.1": (
        "network-error 6, unknown-recipient 2.3, server-error 1.8, relay-denied 1.7, "
        "timeout 1.3, unknown-domain 1.2, policy 1, service-unavailable 0.7"
    ),
    "X.4.14": "loop-detected 2",
    "X.4.2": "timeout 9, network-error 3, rate-limited 2.5, too-many-connections 0.5",
    "X.4.3": "server-error 4, service-unavailable 1, unknown-domain 1",
    "X.4.4": (
        "server-error 1.2, unknown-domain 1.2, mailbox-disabled 1, auth-required 0.2, "
        "no-mail-service 0.2, policy 0.2"
    ),
    "X.4.5": (
        "service-unavailable 9.8, too-many-connections 4.5, rate-limited 3.3, "
        "storage-full 1.5, server-error 0.8"
    ),
    "X.4.6": "loop-detected 13",
    "X.4.7": "timeout 3",
    "X.5.0": (
        "bad-sequence 15.4, unknown 3.5, server-error 2.2, unknown-recipient 2, "
        "not-implemented 1.8, syntax-error 1.6, sender-auth-failed 1, sender-rejected "
        "1, parameter-unsupported 0.5, malformed-message 0.3, tls-unavailable 0.3, "
        "policy 0.2"
    ),
    "X.5.1": (
        "bad-sequence 56.9, not-implemented 16.2, syntax-error 7.8, auth-required "
        "7.5, tls-required 2.5, auth-mechanism 2, parameter-unsupported 2, "
        "unknown-recipient 1.2, tls-unavailable 1, policy 0.6, ip-blocked 0.5, "
        "unknown 0.5, mailbox-disabled 0.2"
    ),
    "X.5.2": (
        "syntax-error 27.3, malformed-message 5.3, not-implemented 4.3, bad-sequence "
        "2.5, auth-failed 1.5, parameter-unsupported 1.5, sender-rejected 1, "
        "auth-mechanism 0.8, content-rejected 0.3, unknown 0.3"
    ),
    "X.5.3": ("too-many-recipients 21.3, rate-limited 2.8, policy 0.5, too-many-connections 0.3"),
    "X.5.4": (
        "syntax-error 23.9, parameter-unsupported 13.1, auth-mechanism 6.3, "
        "server-error 2.5, ip-blocked 2, tls-required 1.5, auth-failed 1.3, "
        "sender-rejected 1, smtputf8-unsupported 1, tls-unavailable 0.5, "
        "not-implemented 0.3, policy 0.2, unknown 0.2"
    ),
    "X.5.5": "parameter-unsupported 2",
    "X.5.6": "syntax-error 3",
    "X.6.0": (
        "malformed-message 25, content-rejected 1, policy 0.5, server-error 0.5, "
        "smtputf8-unsupported 0.5, syntax-error 0.5"
    ),
    "X.6.1": ("content-rejected 4.2, malformed-message 1.2, parameter-unsupported 0.3, policy 0.3"),
    "X.6.10": "smtputf8-unsupported 2",
    "X.6.11": "malformed-message 2",
    "X.6.2": "content-rejected 2",
    "X.6.3": "content-rejected 2",
    "X.6.4": "content-rejected 2",
    "X.6.5": "content-rejected 2",
    "X.6.6": "content-rejected 2",
    "X.6.7": "smtputf8-unsupported 6.5, malformed-message 0.5",
    "X.6.8": "smtputf8-unsupported 2",
    "X.6.9": "smtputf8-unsupported 2, policy 1.5, content-rejected 0.5",
    "X.7.0": (
        "rate-limited 19.9, ip-blocked 19.4, auth-required 17.8, tls-required 17, "
        "policy 14.3, too-many-connections 11.2, auth-failed 9.9, content-rejected "
        "9.8, server-error 8.5, spam-content 7.1, tls-unavailable 5.5, bad-sequence "
        "5.4, syntax-error 5.1, virus 4, not-implemented 3.5, sender-rejected 2.3, "
        "no-reverse-dns 2.2, service-unavailable 1.8, timeout 1.7, relay-denied 1.5, "
        "auth-mechanism 1.3, parameter-unsupported 1, sender-auth-failed 1, unknown "
        "0.8, mailbox-disabled 0.7, unknown-recipient 0.5, network-error 0.3, "
        "too-many-recipients 0.2, unknown-domain 0.2"
    ),
    "X.7.1": (
        "ip-blocked 104.4, spam-content 90.4, policy 89.7, sender-rejected 68, "
        "rate-limited 46.9, relay-denied 41.2, content-rejected 35.9, "
        "sender-auth-failed 32, greylisted 28.2, virus 26.1, no-reverse-dns 22.7, "
        "unknown 17.8, malformed-message 13.8, unknown-recipient 11, auth-required "
        "10.5, server-error 10.5, syntax-error 8.3, mailbox-disabled 8.1, "
        "tls-required 5.1, auth-failed 3.7, message-too-large 3, service-unavailable "
        "2.9, too-many-recipients 2, unknown-domain 1.3, too-many-connections 1.2, "
        "loop-detected 1, mailbox-full 1, not-implemented 1, no-mail-service 0.8, "
        "smtputf8-unsupported 0.5, timeout 0.5, recipient-moved 0.3, bad-sequence 0.2"
    ),
    "X.7.10": "tls-required 7, auth-mechanism 1, bad-sequence 1",
    "X.7.11": "tls-required 2.3, auth-mechanism 0.3, not-implemented 0.3",
    "X.7.12": "auth-mechanism 2.5, auth-failed 0.5",
    "X.7.13": "auth-failed 3",
    "X.7.133": "policy 2.5, auth-required 0.5",
    "X.7.139": "auth-failed 4.5, policy 0.5",
    "X.7.14": "policy 3, auth-failed 1",
    "X.7.15": "policy 2",
    "X.7.16": "message-too-large 2",
    "X.7.17": "policy 2",
    "X.7.18": "policy 2",
    "X.7.19": "policy 2",
    "X.7.2": "policy 2",
    "X.7.20": "sender-auth-failed 4",
    "X.7.21": "sender-auth-failed 2",
    "X.7.22": "sender-auth-failed 2",
    "X.7.23": "sender-auth-failed 8, no-reverse-dns 1",
    "X.7.24": "sender-auth-failed 6.5, server-error 1, rate-limited 0.5",
    "X.7.25": "no-reverse-dns 18.5, ip-blocked 0.5",
    "X.7.26": "sender-auth-failed 15",
    "X.7.27": "sender-rejected 4.5, sender-auth-failed 1, policy 0.5",
    "X.7.28": "rate-limited 9.3, ip-blocked 0.8, policy 0.5, spam-content 0.3",
    "X.7.29": "sender-auth-failed 2, tls-required 1",
    "X.7.3": (
        "auth-failed 5.5, content-rejected 2.5, auth-mechanism 1.5, tls-required 1.5, "
        "rate-limited 1.3, policy 0.5, spam-content 0.5, server-error 0.3, "
        "service-unavailable 0.3"
    ),
    "X.7.30": "sender-auth-failed 2, tls-required 2",
    "X.7.32": "sender-auth-failed 2",
    "X.7.4": "auth-mechanism 7, parameter-unsupported 2, ip-blocked 0.5, syntax-error 0.5",
    "X.7.5": (
        "content-rejected 2, sender-auth-failed 1.5, server-error 0.5, tls-required "
        "0.5, tls-unavailable 0.5"
    ),
    "X.7.500": "rate-limited 2.2, ip-blocked 0.8, service-unavailable 0.7, server-error 0.3",
    "X.7.506": "syntax-error 1.5, policy 0.5",
    "X.7.507": "policy 1.3, ip-blocked 0.3, sender-rejected 0.3",
    "X.7.509": "sender-auth-failed 2",
    "X.7.511": "ip-blocked 1.5, sender-rejected 0.5",
    "X.7.512": "malformed-message 2",
    "X.7.513": "policy 1.5, ip-blocked 0.5",
    "X.7.515": "sender-auth-failed 1.5, policy 0.5",
    "X.7.54": "relay-denied 2",
    "X.7.57": "auth-required 3",
    "X.7.6": "content-rejected 2",
    "X.7.60": "sender-rejected 1.5, auth-failed 0.5",
    "X.7.606": "ip-blocked 2",
    "X.7.64": "relay-denied 2",
    "X.7.650": "rate-limited 2, ip-blocked 1",
    "X.7.7": "content-rejected 2",
    "X.7.750": "sender-rejected 1.5, policy 0.5",
    "X.7.8": "auth-failed 26.3, policy 1.5, auth-mechanism 0.8, syntax-error 0.3",
    "X.7.9": (
        "auth-mechanism 7.5, sender-auth-failed 3, auth-required 1, auth-failed 0.5, "
        "content-rejected 0.3, malformed-message 0.3, policy 0.3"
    ),
    "aaaa": "sender-rejected 3, network-error 0.5, unknown-domain 0.5",
    "aadress": "ip-blocked 2",
    "aanmelden": "auth-failed 1, auth-required 1",
    "ab": "unknown 4, spam-content 2, relay-denied 1",
    "abc": (
        "mailbox-full 2.5, ip-blocked 1.5, policy 1.2, mailbox-disabled 1, "
        "no-reverse-dns 1, unknown 0.8, rate-limited 0.5, sender-rejected 0.5, "
        "unknown-recipient 0.5, greylisted 0.2, service-unavailable 0.2"
    ),
    "abgelehnt": "spam-content 2, ip-blocked 1",
    "able": "rate-limited 1, unknown-domain 1",
    "aborted": (
        "unknown 9, unknown-recipient 1.5, auth-failed 1, auth-mechanism 1, "
        "mailbox-full 1, malformed-message 1, message-too-large 1, server-error 1, "
        "syntax-error 1, mailbox-disabled 0.5"
    ),
    "about": (
        "unknown 8.5, policy 1.5, relay-denied 1.5, ip-blocked 1, sender-rejected 1, "
        "server-error 1, service-unavailable 1, malformed-message 0.5, rate-limited "
        "0.5, unknown-recipient 0.5"
    ),
    "above": "mailbox-full 1, message-too-large 1, spam-content 1",
    "absender": "greylisted 2, policy 1, sender-rejected 1",
    "absenders": "sender-rejected 2",
    "abuse": (
        "ip-blocked 5, spam-content 2.2, sender-rejected 1.5, policy 1.2, unknown "
        "0.8, unknown-recipient 0.8, auth-failed 0.2, mailbox-disabled 0.2"
    ),
    "accept": (
        "sender-rejected 5.3, ip-blocked 4.2, no-reverse-dns 3.5, policy 3.4, "
        "spam-content 2.3, no-mail-service 2, syntax-error 2, unknown-recipient 1.6, "
        "server-error 1.5, service-unavailable 1.5, unknown 1.2, mailbox-disabled "
        "1.1, content-rejected 1, message-too-large 1, auth-failed 0.5, "
        "too-many-connections 0.5, parameter-unsupported 0.3"
    ),
    "accepted": (
        "malformed-message 7.7, ip-blocked 6.2, sender-auth-failed 6, "
        "content-rejected 5.5, policy 5.2, unknown 5.2, no-reverse-dns 4, "
        "relay-denied 4, spam-content 3.8, bad-sequence 3, mailbox-disabled 2.6, "
        "auth-failed 2, sender-rejected 1.6, auth-required 1, tls-required 1, "
        "unknown-recipient 0.6, no-mail-service 0.3, service-unavailable 0.3"
    ),
    "accepter": "mailbox-full 1, virus 1",
    "accepting": (
        "service-unavailable 2.9, policy 2.3, content-rejected 2, mailbox-disabled "
        "1.8, no-reverse-dns 1, no-mail-service 0.7, sender-rejected 0.5, ip-blocked "
        "0.3, mailbox-full 0.2, unknown 0.2"
    ),
    "accepts": (
        "policy 1.8, mailbox-disabled 1.3, no-mail-service 1, tls-required 1, "
        "sender-rejected 0.5, content-rejected 0.3"
    ),
    "access": (
        "ip-blocked 19.7, policy 17.9, relay-denied 7.3, sender-rejected 7, "
        "sender-auth-failed 4.5, unknown-recipient 3.9, auth-failed 3.1, unknown 2.7, "
        "auth-required 2.2, malformed-message 2, server-error 2, no-reverse-dns 1.5, "
        "syntax-error 1.5, spam-content 0.8, mailbox-disabled 0.5, rate-limited 0.5, "
        "parameter-unsupported 0.3, unknown-domain 0.3, tls-required 0.2"
    ),
    "account": (
        "mailbox-disabled 26.5, unknown-recipient 13.4, mailbox-full 10.3, "
        "auth-failed 8.8, sender-rejected 8.2, policy 7.2, rate-limited 6.2, unknown "
        "2.5, relay-denied 1.2, unknown-domain 0.7, ip-blocked 0.5, auth-required "
        "0.3, server-error 0.3, service-unavailable 0.3, spam-content 0.3"
    ),
    "accounts": "policy 1, sender-rejected 0.5, unknown-recipient 0.5",
    "acl": "ip-blocked 2",
    "action": (
        "unknown 19, unknown-recipient 6, greylisted 4, ip-blocked 2, mailbox-full 2, "
        "rate-limited 1.5, malformed-message 1, message-too-large 1, policy 1, "
        "relay-denied 1, auth-failed 0.5, content-rejected 0.5, mailbox-disabled 0.5, "
        "sender-rejected 0.3, server-error 0.3, unknown-domain 0.3"
    ),
    "activated": (
        "mailbox-disabled 1.8, policy 1.2, unknown-recipient 0.5, auth-failed 0.2, "
        "sender-rejected 0.2"
    ),
    "active": (
        "mailbox-disabled 5.5, unknown-recipient 2.5, bad-sequence 2, service-unavailable 1"
    ),
    "addr": "bad-sequence 3",
    "address": (
        "unknown-recipient 98.1, sender-rejected 59, syntax-error 45.4, ip-blocked "
        "35.1, mailbox-full 23, mailbox-disabled 22.4, policy 19.8, greylisted 17.4, "
        "no-reverse-dns 12.1, rate-limited 11.8, unknown 10.1, sender-auth-failed "
        "8.7, server-error 6.6, recipient-moved 6.5, malformed-message 4.8, "
        "relay-denied 4.7, no-mail-service 3.7, auth-required 3.2, unknown-domain 3, "
        "spam-content 2.9, service-unavailable 2, network-error 1.8, "
        "smtputf8-unsupported 1.5, bad-sequence 1, tls-required 1, auth-failed 0.7, "
        "content-rejected 0.5, parameter-unsupported 0.5, timeout 0.5, "
        "too-many-connections 0.3"
    ),
    "addressee": "unknown-recipient 4",
    "addresses": (
        "ip-blocked 4.3, policy 3.8, unknown-recipient 3.3, sender-rejected 2, "
        "malformed-message 1.8, not-implemented 1, relay-denied 1, content-rejected "
        "0.3, rate-limited 0.3"
    ),
    "adi": "auth-failed 1, sender-rejected 1, syntax-error 1, unknown-domain 1",
    "administracyjnie": "mailbox-disabled 2",
    "administrative": (
        "policy 3, sender-rejected 1.5, content-rejected 0.5, unknown 0.5, unknown-recipient 0.5"
    ),
    "administrator": (
        "policy 4.5, unknown 4, mailbox-disabled 2, sender-auth-failed 2, "
        "relay-denied 1.3, no-reverse-dns 1, not-implemented 1, server-error 1, "
        "ip-blocked 0.5, auth-required 0.3, unknown-recipient 0.3"
    ),
    "adres": (
        "ip-blocked 3, unknown-recipient 3, unknown 2, no-reverse-dns 1, "
        "sender-rejected 1, too-many-connections 1"
    ),
    "adresa": "ip-blocked 2, unknown 1, unknown-recipient 1",
    "adresi": "unknown-recipient 2, sender-rejected 1",
    "adresiniz": "ip-blocked 3, no-reverse-dns 1, unknown 1",
    "adress": (
        "ip-blocked 2, no-reverse-dns 1, too-many-connections 1, unknown 1, policy "
        "0.5, sender-rejected 0.5"
    ),
    "adresse": (
        "ip-blocked 6.5, unknown-recipient 6, unknown 2.3, sender-rejected 2.2, "
        "rate-limited 1.8, syntax-error 1.5, too-many-connections 1.3, no-reverse-dns "
        "1, recipient-moved 1, policy 0.7, server-error 0.3, service-unavailable 0.3"
    ),
    "adressen": "ip-blocked 3, policy 0.5, sender-rejected 0.5",
    "adresu": "no-reverse-dns 2, too-many-connections 1",
    "after": (
        "bad-sequence 4.5, greylisted 3, timeout 1.8, policy 1.5, syntax-error 1.5, "
        "network-error 1.3, service-unavailable 1, storage-full 1, tls-unavailable 1, "
        "auth-failed 0.8, unknown 0.8, auth-required 0.5, server-error 0.5, "
        "ip-blocked 0.3, rate-limited 0.3"
    ),
    "again": (
        "unknown 16.3, server-error 16.2, greylisted 15, service-unavailable 12.8, "
        "rate-limited 11.2, ip-blocked 4.7, too-many-connections 4.3, storage-full 4, "
        "mailbox-full 3.5, spam-content 2.5, no-reverse-dns 2.2, auth-failed 2, "
        "policy 1.3, too-many-recipients 1.3, auth-mechanism 1, network-error 0.8, "
        "unknown-domain 0.8, message-too-large 0.5, timeout 0.5, "
        "parameter-unsupported 0.3, content-rejected 0.2, mailbox-disabled 0.2, "
        "recipient-moved 0.2"
    ),
    "against": "ip-blocked 1, server-error 1",
    "ago": "auth-failed 1, sender-rejected 1",
    "akzeptiert": "sender-rejected 1.5, policy 1, content-rejected 0.5",
    "alan": "sender-rejected 1, unknown-domain 1, mailbox-full 0.5, storage-full 0.5",
    "alias": (
        "unknown-recipient 4.3, server-error 2, policy 1.7, ip-blocked 0.3, "
        "mailbox-disabled 0.3, relay-denied 0.3"
    ),
    "alici": "unknown-recipient 2, too-many-recipients 1",
    "aligned": "sender-auth-failed 2",
    "alignment": "sender-auth-failed 2",
    "all": (
        "sender-auth-failed 8, unknown-recipient 3.5, service-unavailable 2.5, "
        "ip-blocked 2, bad-sequence 1.5, too-many-connections 1.5, malformed-message "
        "1, message-too-large 1, no-mail-service 1, rate-limited 1, server-error 1, "
        "policy 0.5, unknown 0.5"
    ),
    "allow": (
        "policy 5, parameter-unsupported 1, sender-rejected 1, ip-blocked 0.5, "
        "not-implemented 0.5, rate-limited 0.5, too-many-recipients 0.5"
    ),
    "allowable": "timeout 3, policy 0.5, rate-limited 0.5",
    "allowed": (
        "relay-denied 16, policy 11.5, sender-rejected 8.3, ip-blocked 7.8, "
        "mailbox-full 7, bad-sequence 6, content-rejected 4.8, sender-auth-failed "
        "3.8, malformed-message 3, syntax-error 3, spam-content 2.8, auth-required "
        "2.7, rate-limited 2, too-many-recipients 2, unknown-recipient 1.2, "
        "auth-mechanism 1, tls-required 1, unknown 0.7, mailbox-disabled 0.3"
    ),
    "allows": "policy 0.8, too-many-recipients 0.5, ip-blocked 0.3, sender-rejected 0.3",
    "alone": "malformed-message 1, syntax-error 1",
    "already": "bad-sequence 18, loop-detected 4, too-many-connections 1",
    "als": "spam-content 3",
    "although": (
        "ip-blocked 1.2, loop-detected 0.5, server-error 0.5, policy 0.2, "
        "sender-rejected 0.2, syntax-error 0.2"
    ),
    "amavis": "server-error 2",
    "amount": "malformed-message 1.5, spam-content 1, smtputf8-unsupported 0.5",
    "an": (
        "rate-limited 5.8, policy 4.2, ip-blocked 4.1, unknown-recipient 4, "
        "auth-failed 3.3, auth-required 2.5, mailbox-disabled 2.5, server-error 2.5, "
        "auth-mechanism 2, sender-rejected 1.7, unknown 1.3, bad-sequence 1, "
        "content-rejected 1, mailbox-full 1, sender-auth-failed 1, "
        "service-unavailable 1, spam-content 0.7, tls-required 0.5, unknown-domain "
        "0.5, syntax-error 0.2"
    ),
    "and": (
        "ip-blocked 8.4, sender-auth-failed 7.8, sender-rejected 6.4, spam-content "
        "5.9, policy 5.8, unknown-recipient 5, no-reverse-dns 4.7, content-rejected "
        "4.2, auth-failed 3.7, mailbox-disabled 3.5, relay-denied 3.5, mailbox-full "
        "3, bad-sequence 2, auth-required 1.5, auth-mechanism 1, malformed-message 1, "
        "syntax-error 0.8, rate-limited 0.7, message-too-large 0.5, network-error "
        "0.5, timeout 0.5, tls-required 0.5, tls-unavailable 0.5, virus 0.5, "
        "no-mail-service 0.3, unknown-domain 0.3, server-error 0.2, unknown 0.2"
    ),
    "anmeldung": "auth-failed 1, auth-required 1",
    "ann": "server-error 1, unknown 1",
    "announce": "unknown-recipient 1.2, mailbox-disabled 0.2, policy 0.2, unknown 0.2",
    "anonymous": "auth-required 2",
    "another": (
        "service-unavailable 4.7, server-error 1.7, mailbox-disabled 0.7, "
        "no-reverse-dns 0.2, policy 0.2, sender-rejected 0.2, syntax-error 0.2"
    ),
    "answer": ("server-error 4.3, network-error 1.8, unknown-domain 0.5, service-unavailable 0.3"),
    "answered": (
        "mailbox-full 1, unknown-recipient 1, mailbox-disabled 0.3, "
        "service-unavailable 0.3, unknown 0.3"
    ),
    "anti": "spam-content 3, ip-blocked 1, sender-auth-failed 1",
    "antispam": (
        "spam-content 3, ip-blocked 1.5, server-error 1, content-rejected 0.5, policy "
        "0.5, greylisted 0.2, rate-limited 0.2"
    ),
    "antivirus": "server-error 5",
    "antyspamowy": "spam-content 2",
    "anvandaren": "rate-limited 1, unknown-recipient 1",
    "any": (
        "unknown 4, no-mail-service 1.3, unknown-recipient 1.3, auth-mechanism 1, "
        "rate-limited 1, sender-rejected 1, syntax-error 1, mailbox-disabled 0.8, "
        "network-error 0.5, policy 0.5, timeout 0.5, recipient-moved 0.3, "
        "relay-denied 0.3, unknown-domain 0.3"
    ),
    "app": "auth-failed 3, auth-mechanism 2",
    "appears": "spam-content 3, ip-blocked 1.5, rate-limited 0.5",
    "application": "content-rejected 5, auth-mechanism 2, auth-failed 1",
    "approved": "policy 1, sender-rejected 1",
    "aqui": "relay-denied 2",
    "ar": (
        "unknown 5, content-rejected 1, ip-blocked 1, mailbox-disabled 1, "
        "mailbox-full 1, message-too-large 1, service-unavailable 1, tls-unavailable "
        "1"
    ),
    "are": (
        "policy 14.5, content-rejected 11.3, ip-blocked 9.8, sender-rejected 9.4, "
        "unknown 8.8, relay-denied 7.1, malformed-message 6, syntax-error 5.3, "
        "bad-sequence 4.5, rate-limited 4.5, unknown-recipient 3.8, "
        "too-many-recipients 3.3, service-unavailable 3, auth-required 2.2, "
        "auth-failed 2, too-many-connections 2, spam-content 1.8, tls-required 1.5, "
        "tls-unavailable 1.5, not-implemented 1.3, sender-auth-failed 1.2, greylisted "
        "1, mailbox-full 1, no-reverse-dns 1, virus 0.5, auth-mechanism 0.3"
    ),
    "arg": "syntax-error 2",
    "argument": "syntax-error 7.5, parameter-unsupported 1.5",
    "arguments": "syntax-error 7.5, parameter-unsupported 0.5",
    "as": (
        "spam-content 18.8, sender-rejected 12.3, ip-blocked 8.8, policy 8.2, "
        "content-rejected 2.5, relay-denied 2.5, unknown-recipient 2.5, mailbox-full "
        "2, rate-limited 1.7, sender-auth-failed 1.6, auth-required 1.5, virus 1.5, "
        "bad-sequence 1, no-reverse-dns 1, server-error 1, too-many-recipients 1, "
        "mailbox-disabled 0.8, service-unavailable 0.7, auth-failed 0.5, "
        "loop-detected 0.5, no-mail-service 0.2, unknown 0.2, unknown-domain 0.2"
    ),
    "ascii": "smtputf8-unsupported 4.5, malformed-message 1, syntax-error 0.5",
    "ask": (
        "unknown 7.3, policy 3.6, server-error 3, ip-blocked 2.8, mailbox-full 1, "
        "no-reverse-dns 1, content-rejected 0.5, auth-failed 0.2, mailbox-disabled "
        "0.2, sender-rejected 0.2"
    ),
    "asn": "ip-blocked 2",
    "assistance": "ip-blocked 5, no-reverse-dns 1, policy 1",
    "associated": "unknown-recipient 3",
    "at": (
        "ip-blocked 14.1, unknown-recipient 7.8, spam-content 6.6, bad-sequence 5, "
        "rate-limited 4.5, server-error 4.5, mailbox-disabled 3.6, policy 3.2, "
        "content-rejected 3.1, mailbox-full 3, sender-rejected 3, service-unavailable "
        "3, too-many-recipients 3, sender-auth-failed 2, too-many-connections 1.5, "
        "auth-required 1, malformed-message 1, no-mail-service 1, no-reverse-dns 1, "
        "recipient-moved 1, auth-failed 0.8, message-too-large 0.5, storage-full 0.5, "
        "syntax-error 0.5, unknown 0.5, relay-denied 0.3"
    ),
    "attachment": (
        "content-rejected 12.2, spam-content 1, virus 1, message-too-large 0.5, "
        "policy 0.5, greylisted 0.2, server-error 0.2, unknown 0.2"
    ),
    "attachments": (
        "content-rejected 9.9, policy 2.9, message-too-large 2.8, mailbox-full 0.5, "
        "mailbox-disabled 0.3, spam-content 0.3, malformed-message 0.2"
    ),
    "attack": (
        "rate-limited 1.4, syntax-error 1, ip-blocked 0.5, policy 0.5, "
        "unknown-recipient 0.5, bad-sequence 0.2"
    ),
    "attempts": "rate-limited 2.5, auth-failed 1.5, policy 1",
    "attr": (
        "server-error 1.2, loop-detected 1, auth-required 0.2, no-mail-service 0.2, "
        "policy 0.2, unknown-domain 0.2"
    ),
    "attrbl": "ip-blocked 2",
    "aucun": "unknown 1, unknown-recipient 1",
    "auf": "ip-blocked 3, mailbox-full 1, policy 1, storage-full 1, unknown 1",
    "aup": (
        "ip-blocked 5, no-reverse-dns 3, message-too-large 1, rate-limited 1, "
        "too-many-connections 1, too-many-recipients 1, policy 0.3, sender-rejected "
        "0.3, spam-content 0.3"
    ),
    "autenticacao": "auth-failed 1, auth-required 1",
    "autenticacion": "auth-failed 1, auth-required 1",
    "autenticazione": "auth-failed 1, auth-required 1",
    "auth": (
        "auth-mechanism 7.6, auth-failed 6.6, auth-required 6.1, bad-sequence 3.8, "
        "syntax-error 3.5, sender-rejected 3.3, server-error 2, tls-required 1.5, "
        "not-implemented 1.4, ip-blocked 1.3, relay-denied 0.5, policy 0.3"
    ),
    "authenticate": (
        "auth-required 4.5, sender-auth-failed 4, server-error 3, relay-denied 1.5, "
        "sender-rejected 1, auth-failed 0.5, auth-mechanism 0.5"
    ),
    "authenticated": (
        "auth-required 8.5, bad-sequence 4, sender-auth-failed 3, policy 1.5, "
        "sender-rejected 1.5, auth-failed 0.5, relay-denied 0.5, syntax-error 0.5"
    ),
    "authentication": (
        "auth-failed 29, auth-required 25.2, sender-auth-failed 15, auth-mechanism "
        "14.2, policy 6.3, relay-denied 4.3, server-error 3.5, sender-rejected 2.8, "
        "no-reverse-dns 1.5, rate-limited 1.5, tls-required 1.3, syntax-error 1, "
        "not-implemented 0.7, bad-sequence 0.3, unknown-recipient 0.3"
    ),
    "authentification": "auth-failed 3, auth-required 3",
    "authorization": "unknown-recipient 3",
    "authorized": (
        "policy 3.7, ip-blocked 3.3, sender-rejected 2.8, malformed-message 2, "
        "sender-auth-failed 2, auth-required 1, auth-failed 0.5, relay-denied 0.3, "
        "unknown 0.3"
    ),
    "autorizzati": "ip-blocked 1, policy 1",
    "aux": "mailbox-full 3, mailbox-disabled 0.5, unknown-recipient 0.5",
    "available": (
        "tls-unavailable 8.3, service-unavailable 5, ip-blocked 4, no-reverse-dns 3, "
        "not-implemented 2.7, unknown-recipient 2.5, mailbox-disabled 2, "
        "auth-mechanism 1.8, server-error 1.5, unknown 1.5, auth-failed 1, "
        "mailbox-full 1, rate-limited 1, too-many-connections 1, bad-sequence 0.7"
    ),
    "average": "service-unavailable 2",
    "avez": "rate-limited 1, unknown-recipient 1",
    "away": (
        "unknown 6.1, ip-blocked 2.6, policy 2.1, relay-denied 2, spam-content 1.2, "
        "unknown-recipient 1, mailbox-disabled 0.5, sender-rejected 0.5"
    ),
    "az": "ip-blocked 2, message-too-large 1, spam-content 1, unknown 1, virus 1",
    "back": (
        "greylisted 6.2, unknown 5.2, service-unavailable 3.8, loop-detected 1.7, "
        "server-error 1.3, rate-limited 1.2, mailbox-disabled 1, unknown-recipient 1, "
        "unknown-domain 0.7, too-many-connections 0.5, network-error 0.3"
    ),
    "backend": "server-error 2.5, network-error 0.5",
    "backup": ("relay-denied 1, mailbox-disabled 0.3, server-error 0.3, service-unavailable 0.3"),
    "bad": (
        "syntax-error 14.3, ip-blocked 9.3, sender-rejected 4.3, auth-failed 3.3, "
        "unknown-recipient 3.3, no-reverse-dns 3, network-error 2.2, policy 1.8, "
        "unknown-domain 1.5, bad-sequence 1.3, not-implemented 1.3, malformed-message "
        "1, parameter-unsupported 1, rate-limited 0.8, service-unavailable 0.3, "
        "timeout 0.3, tls-unavailable 0.3, unknown 0.3"
    ),
    "badmailfrom": "sender-rejected 2",
    "baglanti": "ip-blocked 1, tls-required 1, too-many-connections 1",
    "banned": (
        "ip-blocked 7.7, content-rejected 6.8, sender-rejected 4, policy 2.2, "
        "auth-failed 0.3, no-reverse-dns 0.3, rate-limited 0.3, spam-content 0.3"
    ),
    "banner": "bad-sequence 2",
    "bare": "malformed-message 5, bad-sequence 0.5, server-error 0.5",
    "barelinefeedsareillegal": "malformed-message 2",
    "barracuda": "ip-blocked 2, unknown-recipient 1",
    "basarisiz": "auth-failed 1, sender-auth-failed 1",
    "base": "syntax-error 4, auth-failed 2, server-error 1.5, service-unavailable 0.5",
    "based": "policy 2, ip-blocked 1.5, sender-auth-failed 1, content-rejected 0.5",
    "basic": "auth-failed 2.5, auth-mechanism 0.5",
    "bay": ("ip-blocked 1.3, rate-limited 0.5, spam-content 0.5, no-reverse-dns 0.3, policy 0.3"),
    "bayes": "spam-content 2",
    "bd": "unknown 4",
    "bdat": "bad-sequence 4",
    "be": (
        "unknown 10.7, server-error 6.3, syntax-error 6.2, ip-blocked 6, "
        "malformed-message 5.5, unknown-recipient 4.7, policy 4.2, sender-auth-failed "
        "4, sender-rejected 3.8, spam-content 3.8, bad-sequence 3, rate-limited 3, "
        "tls-required 2.8, content-rejected 2.3, mailbox-disabled 2, tls-unavailable "
        "2, auth-required 1.8, service-unavailable 1.8, parameter-unsupported 1.5, "
        "unknown-domain 1.4, loop-detected 1, mailbox-full 1, network-error 0.8, "
        "no-reverse-dns 0.6, auth-mechanism 0.5, timeout 0.5, virus 0.5"
    ),
    "because": (
        "sender-auth-failed 10, ip-blocked 8.2, content-rejected 3.8, spam-content "
        "3.7, policy 3.4, sender-rejected 2.7, rate-limited 2.5, virus 2.5, "
        "malformed-message 2, mailbox-disabled 1.5, auth-failed 1.2, no-reverse-dns "
        "1, tls-required 1, greylisted 0.7, auth-required 0.5, server-error 0.5, "
        "service-unavailable 0.5, unknown-recipient 0.3"
    ),
    "been": (
        "ip-blocked 17.5, spam-content 10.9, mailbox-disabled 9.6, sender-auth-failed "
        "9.5, sender-rejected 8.5, rate-limited 7.2, policy 6.5, content-rejected "
        "2.8, greylisted 2.3, virus 2.2, loop-detected 2, timeout 1.8, "
        "unknown-recipient 1.8, malformed-message 1.5, mailbox-full 1, no-reverse-dns "
        "1, recipient-moved 1, relay-denied 1, tls-required 1, unknown 0.6, "
        "auth-failed 0.5, network-error 0.5, smtputf8-unsupported 0.5, "
        "service-unavailable 0.3, too-many-connections 0.3"
    ),
    "beendet": "tls-required 1, ip-blocked 0.5, policy 0.5",
    "before": (
        "bad-sequence 13.7, auth-required 7.5, spam-content 3.2, tls-required 2, "
        "policy 1.2, loop-detected 1, unknown-recipient 0.8, ip-blocked 0.7, "
        "relay-denied 0.5, sender-rejected 0.3, content-rejected 0.2, greylisted 0.2, "
        "rate-limited 0.2, sender-auth-failed 0.2, unknown 0.2"
    ),
    "behind": "malformed-message 1, syntax-error 1, unknown-recipient 1",
    "being": (
        "mailbox-disabled 3.2, server-error 1.9, rate-limited 1.3, "
        "service-unavailable 1.2, spam-content 1, policy 0.7, auth-failed 0.3, "
        "auth-required 0.3, greylisted 0.3, ip-blocked 0.3, no-mail-service 0.3, "
        "relay-denied 0.3, unknown-recipient 0.3, recipient-moved 0.2"
    ),
    "bekannt": "unknown-recipient 2",
    "believe": "ip-blocked 1, unknown-recipient 1, policy 0.5, sender-rejected 0.5",
    "belong": "sender-rejected 3, relay-denied 1, too-many-recipients 1",
    "belongs": "ip-blocked 1, policy 0.3, sender-rejected 0.3, spam-content 0.3",
    "benutzer": (
        "mailbox-full 1, unknown-recipient 1, policy 0.3, sender-rejected 0.3, unknown 0.3"
    ),
    "benutzername": "auth-failed 2",
    "bereikbaar": "server-error 2",
    "bericht": "message-too-large 1, spam-content 1, unknown 1, virus 1",
    "beschikbaar": (
        "tls-unavailable 1, mailbox-disabled 0.3, service-unavailable 0.3, unknown 0.3"
    ),
    "beskeden": "message-too-large 1, spam-content 1, virus 1",
    "best": (
        "spam-content 2.7, sender-rejected 1.7, policy 1.2, sender-auth-failed 1, "
        "loop-detected 0.5, rate-limited 0.5, server-error 0.5"
    ),
    "bestaat": "unknown-recipient 3, sender-rejected 1",
    "between": "malformed-message 1, auth-required 0.5, policy 0.5",
    "big": "message-too-large 7",
    "bin": "server-error 1.5, unknown 0.5",
    "binarymime": "parameter-unsupported 2.5, syntax-error 0.5",
    "bit": (
        "malformed-message 4, sender-auth-failed 1, smtputf8-unsupported 1, "
        "syntax-error 1, content-rejected 0.5, parameter-unsupported 0.5"
    ),
    "bitte": (
        "service-unavailable 2.8, greylisted 2.3, rate-limited 1, server-error 0.5, unknown 0.3"
    ),
    "bl": "ip-blocked 3",
    "black": (
        "ip-blocked 9.3, sender-rejected 3.1, policy 1.1, content-rejected 0.5, "
        "spam-content 0.5, mailbox-disabled 0.2, unknown-recipient 0.2"
    ),
    "blacklist": (
        "ip-blocked 10, unknown 4, sender-rejected 1.5, policy 1, server-error 1, spam-content 0.5"
    ),
    "blacklisted": (
        "ip-blocked 17.9, sender-rejected 6.2, spam-content 1.8, content-rejected 1, "
        "server-error 1, policy 0.5, unknown 0.2, unknown-domain 0.2, "
        "unknown-recipient 0.2"
    ),
    "blank": "malformed-message 3, syntax-error 1, unknown-recipient 1",
    "bloccato": ("mailbox-disabled 1, unknown 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3"),
    "block": (
        "ip-blocked 14, policy 3.2, spam-content 2.7, sender-rejected 1.7, "
        "no-reverse-dns 1, unknown-recipient 1, content-rejected 0.5"
    ),
    "blocked": (
        "ip-blocked 60.7, spam-content 17.4, policy 15.3, sender-rejected 14.8, "
        "unknown 9.9, content-rejected 8.4, mailbox-disabled 4.5, no-reverse-dns 4, "
        "sender-auth-failed 4, virus 3.1, greylisted 2.3, malformed-message 1.5, "
        "rate-limited 1.5, auth-failed 1, tls-unavailable 1, server-error 0.5, "
        "smtputf8-unsupported 0.5, unknown-recipient 0.5"
    ),
    "blocking": "content-rejected 1, spam-content 1",
    "blocklist": "sender-rejected 4, ip-blocked 3, spam-content 2, policy 1, server-error 1",
    "blocklisting": "ip-blocked 1.5, policy 0.5",
    "blokovana": "ip-blocked 1, unknown 1",
    "bloqueada": "mailbox-disabled 1, unknown 1",
    "bloqueado": "ip-blocked 1.3, spam-content 1, unknown 1, policy 0.3, sender-rejected 0.3",
    "bloquee": "ip-blocked 1, unknown 1",
    "bob": (
        "recipient-moved 5, unknown-recipient 4, mailbox-full 3, auth-failed 2, "
        "mailbox-disabled 2, sender-rejected 1, server-error 1, unknown 1"
    ),
    "body": (
        "parameter-unsupported 5.3, syntax-error 3, malformed-message 2.3, "
        "spam-content 1.7, message-too-large 1.5, content-rejected 1, "
        "sender-auth-failed 1, mailbox-full 0.5, server-error 0.5, storage-full 0.5, "
        "policy 0.3, sender-rejected 0.3"
    ),
    "bogus": "syntax-error 1.5, unknown-recipient 1, sender-rejected 0.5",
    "boite": (
        "mailbox-full 5.5, unknown 2, mailbox-disabled 1.5, storage-full 0.5, unknown-recipient 0.5"
    ),
    "both": "relay-denied 1, sender-auth-failed 1",
    "bounce": (
        "sender-rejected 2.1, mailbox-full 1, virus 1, policy 0.6, syntax-error 0.5, "
        "rate-limited 0.3, mailbox-disabled 0.2, unknown-recipient 0.2"
    ),
    "bounced": (
        "policy 2.8, mailbox-disabled 1.3, unknown-recipient 1.2, sender-rejected 0.3, unknown 0.3"
    ),
    "bounces": "sender-rejected 2.2, policy 1.2, rate-limited 0.3, too-many-recipients 0.3",
    "boundary": "malformed-message 3",
    "box": (
        "mailbox-full 4, mailbox-disabled 2.2, policy 0.8, spam-content 0.5, "
        "unknown-recipient 0.5, no-mail-service 0.3, server-error 0.3, "
        "service-unavailable 0.3"
    ),
    "brackets": "syntax-error 1.2, ip-blocked 0.2, policy 0.2, sender-rejected 0.2",
    "brak": (
        "no-reverse-dns 1, mailbox-full 0.5, storage-full 0.5, ip-blocked 0.3, policy "
        "0.3, unknown 0.3"
    ),
    "brevladan": "unknown 1, unknown-recipient 1",
    "brim": "mailbox-full 2",
    "broken": (
        "malformed-message 2, no-reverse-dns 2, server-error 2, network-error 1, "
        "loop-detected 0.5, service-unavailable 0.5"
    ),
    "browser": "auth-failed 1.5, auth-mechanism 1, policy 0.5",
    "brukeren": "unknown-recipient 3",
    "bulk": (
        "spam-content 7.1, policy 1.1, rate-limited 0.3, content-rejected 0.2, "
        "malformed-message 0.2"
    ),
    "bulunamadi": "unknown-recipient 2, sender-rejected 1",
    "busy": (
        "service-unavailable 14.5, too-many-connections 2.5, rate-limited 1.7, "
        "server-error 0.8, greylisted 0.5, ip-blocked 0.3, mailbox-disabled 0.3, "
        "unknown 0.3"
    ),
    "but": (
        "sender-auth-failed 6.7, unknown-recipient 2.5, sender-rejected 2.2, "
        "ip-blocked 2, policy 1.8, smtputf8-unsupported 1.5, syntax-error 1.5, "
        "auth-required 1.3, message-too-large 1, no-reverse-dns 1, relay-denied 1, "
        "content-rejected 0.5, malformed-message 0.5, rate-limited 0.5, tls-required "
        "0.5, tls-unavailable 0.5"
    ),
    "buzon": "mailbox-full 3.5, mailbox-disabled 2, unknown 1, storage-full 0.5",
    "by": (
        "policy 26.9, ip-blocked 26.7, spam-content 24.8, sender-rejected 15.4, "
        "unknown-recipient 11.4, mailbox-disabled 5.1, unknown 4.8, virus 4.5, "
        "content-rejected 4.1, greylisted 4, sender-auth-failed 4, network-error 3.3, "
        "tls-required 2.5, relay-denied 2.3, auth-failed 1.8, rate-limited 1.7, "
        "tls-unavailable 1.5, not-implemented 1, smtputf8-unsupported 1, syntax-error "
        "0.8, no-mail-service 0.7, service-unavailable 0.7, unknown-domain 0.7, "
        "malformed-message 0.3, parameter-unsupported 0.3, server-error 0.3, timeout "
        "0.3"
    ),
    "bye": (
        "unknown 4.2, bad-sequence 1.8, unknown-recipient 1.5, ip-blocked 1, "
        "auth-failed 0.5, rate-limited 0.5, not-implemented 0.2, syntax-error 0.2"
    ),
    "byla": "mailbox-disabled 1, spam-content 1",
    "bytes": (
        "message-too-large 4.3, mailbox-full 2, malformed-message 0.8, syntax-error 0.5, policy 0.3"
    ),
    "caixa": "mailbox-full 4, unknown 1, unknown-recipient 1",
    "call": (
        "unknown 4, mailbox-full 1, server-error 1, service-unavailable 1, "
        "too-many-connections 1, auth-failed 0.2, mailbox-disabled 0.2, policy 0.2, "
        "rate-limited 0.2, sender-rejected 0.2"
    ),
    "called": "sender-rejected 1, unknown-recipient 1",
    "callout": (
        "sender-rejected 4.8, server-error 0.8, mailbox-disabled 0.5, mailbox-full "
        "0.5, network-error 0.3"
    ),
    "came": (
        "mailbox-disabled 1, sender-auth-failed 1, unknown-recipient 1, bad-sequence "
        "0.3, malformed-message 0.3, syntax-error 0.3"
    ),
    "can": (
        "server-error 11.7, no-reverse-dns 9.1, syntax-error 4.8, unknown-recipient "
        "4, mailbox-full 3.5, rate-limited 3.5, relay-denied 3.2, sender-rejected "
        "3.2, malformed-message 3, spam-content 2.5, unknown 2.5, ip-blocked 2.3, "
        "mailbox-disabled 2.2, auth-failed 2, storage-full 2, policy 1.6, "
        "auth-mechanism 1.5, content-rejected 1.5, unknown-domain 1.5, bad-sequence "
        "1, parameter-unsupported 1, sender-auth-failed 1, smtputf8-unsupported 1, "
        "network-error 0.7, service-unavailable 0.7, message-too-large 0.5, "
        "tls-required 0.5, tls-unavailable 0.5, virus 0.5"
    ),
    "cancelled": (
        "mailbox-disabled 1.3, auth-failed 0.8, syntax-error 0.8, auth-mechanism 0.3, "
        "no-mail-service 0.3, unknown-domain 0.3"
    ),
    "capacity": "mailbox-full 1, service-unavailable 0.5, too-many-connections 0.5",
    "card": "content-rejected 1, policy 1",
    "carries": "message-too-large 1, virus 1",
    "case": "unknown 4, spam-content 1",
    "casella": "mailbox-disabled 2, mailbox-full 2, unknown 1, unknown-recipient 1",
    "ce": (
        "unknown-recipient 2, mailbox-disabled 1, mailbox-full 1, relay-denied 1, "
        "sender-auth-failed 1, service-unavailable 1, virus 1"
    ),
    "certificate": (
        "tls-unavailable 7.5, tls-required 3.6, auth-required 0.6, policy 0.6, "
        "server-error 0.5, ip-blocked 0.2"
    ),
    "cette": "bad-sequence 1, policy 1, unknown-recipient 1",
    "chain": "content-rejected 1, spam-content 1",
    "change": (
        "policy 0.5, rate-limited 0.5, sender-rejected 0.5, auth-failed 0.2, mailbox-disabled 0.2"
    ),
    "changes": "bad-sequence 1.5, auth-failed 0.5",
    "channel": (
        "too-many-connections 4.5, bad-sequence 2, network-error 0.5, "
        "service-unavailable 0.5, timeout 0.5, tls-required 0.5, tls-unavailable 0.5"
    ),
    "character": "syntax-error 3.5, malformed-message 1, smtputf8-unsupported 0.5",
    "characteristics": "spam-content 1.3, content-rejected 0.3, policy 0.3",
    "characters": (
        "malformed-message 4.5, smtputf8-unsupported 1.5, syntax-error 1.3, policy "
        "0.3, unknown-recipient 0.3"
    ),
    "check": (
        "sender-auth-failed 6.5, unknown-recipient 5.8, auth-required 3.3, ip-blocked "
        "2.5, server-error 2, relay-denied 1.8, sender-rejected 1.8, policy 1.5, "
        "unknown 1.3, auth-failed 1, spam-content 0.5, tls-required 0.5, "
        "unknown-domain 0.3"
    ),
    "checked": "server-error 2.5, service-unavailable 0.5",
    "checking": (
        "unknown-recipient 2, sender-rejected 1, server-error 0.5, service-unavailable 0.5"
    ),
    "checks": "sender-auth-failed 2, spam-content 1",
    "cheia": "mailbox-full 2, unknown 1",
    "chez": "unknown-recipient 2",
    "chiusura": "tls-required 1, ip-blocked 0.5, policy 0.5",
    "cime": "ip-blocked 2, unknown 1",
    "cimzett": "unknown-recipient 2, mailbox-full 1, too-many-recipients 1",
    "circles": "loop-detected 2",
    "clamav": "virus 3.5, spam-content 0.5",
    "clarify": "ip-blocked 3.3, policy 0.3, unknown 0.3",
    "classification": "spam-content 2.5, virus 0.5",
    "classified": "spam-content 2.5, content-rejected 1, policy 0.5",
    "clean": "content-rejected 1, mailbox-full 1, sender-rejected 1",
    "clear": "tls-required 2",
    "client": (
        "ip-blocked 38.5, no-reverse-dns 13.1, policy 9.6, auth-required 9.4, "
        "sender-rejected 8.8, unknown 4.7, rate-limited 2.5, relay-denied 2.3, "
        "greylisted 2, sender-auth-failed 1.8, syntax-error 1.8, spam-content 1.4, "
        "auth-failed 1.3, tls-required 1.1, bad-sequence 1, content-rejected 0.5, "
        "server-error 0.5, tls-unavailable 0.5, too-many-connections 0.5, "
        "auth-mechanism 0.3, unknown-recipient 0.3"
    ),
    "clients": (
        "auth-required 2, too-many-connections 2, no-reverse-dns 1, ip-blocked 0.5, policy 0.5"
    ),
    "clientsubmit": "too-many-connections 2",
    "closed": (
        "mailbox-disabled 8.8, policy 2.8, unknown-recipient 1.8, ip-blocked 1, "
        "service-unavailable 1, bad-sequence 0.5, sender-rejected 0.5, syntax-error "
        "0.5"
    ),
    "closing": (
        "too-many-connections 5.5, timeout 4.5, tls-required 2, policy 1.7, "
        "bad-sequence 1.5, rate-limited 1.5, ip-blocked 0.8, network-error 0.5, "
        "service-unavailable 0.5, unknown-recipient 0.5, not-implemented 0.3, "
        "syntax-error 0.3, too-many-recipients 0.2"
    ),
    "cloudmark": "ip-blocked 2, content-rejected 0.5, policy 0.5",
    "cmsmtp": "ip-blocked 5, no-reverse-dns 2, too-many-connections 1",
    "code": (
        "unknown 5, network-error 2.5, rate-limited 1, ip-blocked 0.5, no-reverse-dns "
        "0.5, timeout 0.5"
    ),
    "cok": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "colon": "malformed-message 1, syntax-error 1",
    "com": "rate-limited 1, unknown-recipient 1",
    "come": (
        "greylisted 7.2, unknown 5.2, service-unavailable 4.2, rate-limited 1.8, "
        "spam-content 1, tls-required 1, too-many-connections 1, server-error 0.5, "
        "policy 0.2, relay-denied 0.2, sender-auth-failed 0.2, sender-rejected 0.2"
    ),
    "comes": "tls-required 1, policy 0.3, sender-auth-failed 0.3, sender-rejected 0.3",
    "command": (
        "syntax-error 27, bad-sequence 22.7, not-implemented 13.5, tls-required 6, "
        "server-error 3.3, auth-required 2.5, sender-rejected 2.4, auth-mechanism "
        "2.2, policy 2.2, timeout 1.5, unknown-recipient 1.3, unknown 1.2, "
        "spam-content 0.6, content-rejected 0.5, no-reverse-dns 0.5, "
        "parameter-unsupported 0.5, ip-blocked 0.3, network-error 0.3, rate-limited "
        "0.2, unknown-domain 0.2"
    ),
    "commands": (
        "bad-sequence 7.8, syntax-error 2.5, not-implemented 1, auth-required 0.3, policy 0.3"
    ),
    "comme": "spam-content 1, unknown 1",
    "comment": "unknown 4",
    "communicating": "network-error 1.5, timeout 0.5",
    "como": "spam-content 2",
    "company": (
        "recipient-moved 1.3, ip-blocked 0.3, mailbox-disabled 0.3, policy 0.3, "
        "sender-rejected 0.3, unknown-recipient 0.3"
    ),
    "complaints": (
        "ip-blocked 2.5, rate-limited 2.3, spam-content 0.5, policy 0.3, sender-rejected 0.3"
    ),
    "complete": "sender-rejected 2.5, server-error 0.5",
    "completed": "unknown 4",
    "compliant": "malformed-message 8",
    "compte": "mailbox-disabled 3.5, unknown 1, unknown-recipient 0.5",
    "con": "unknown-recipient 3",
    "concurrent": "too-many-connections 7.8, service-unavailable 0.8, rate-limited 0.3",
    "conexiones": "ip-blocked 1, too-many-connections 1",
    "conexoes": "ip-blocked 1, too-many-connections 1",
    "configuration": "server-error 4.5, tls-unavailable 1, service-unavailable 0.5",
    "configured": (
        "rate-limited 2.5, relay-denied 1.5, unknown-recipient 1.5, ip-blocked 1, "
        "tls-unavailable 1, auth-required 0.7, unknown-domain 0.7, auth-failed 0.5, "
        "mailbox-disabled 0.5, too-many-connections 0.5, no-mail-service 0.2, policy "
        "0.2, server-error 0.2"
    ),
    "confirm": "auth-failed 1, ip-blocked 0.3, policy 0.3, unknown 0.3",
    "conform": "sender-rejected 1, auth-failed 0.5, syntax-error 0.5",
    "connect": (
        "network-error 5.2, ip-blocked 2.3, timeout 2, server-error 1.7, rate-limited "
        "0.5, too-many-connections 0.5, unknown-domain 0.5, policy 0.3, "
        "sender-rejected 0.3, service-unavailable 0.3, unknown 0.3"
    ),
    "connected": "too-many-connections 2",
    "connecting": (
        "bad-sequence 1, ip-blocked 1, network-error 0.3, server-error 0.3, timeout 0.3"
    ),
    "connection": (
        "network-error 14.2, ip-blocked 11.8, timeout 11.2, tls-required 9.5, "
        "rate-limited 6, server-error 5.7, too-many-connections 3.8, policy 3.2, "
        "bad-sequence 2.5, syntax-error 0.8, tls-unavailable 0.8, service-unavailable "
        "0.7, unknown 0.7, auth-failed 0.5, no-reverse-dns 0.5, sender-auth-failed "
        "0.5, sender-rejected 0.5, unknown-recipient 0.5, not-implemented 0.3, "
        "too-many-recipients 0.2"
    ),
    "connections": (
        "too-many-connections 21.3, ip-blocked 6.8, rate-limited 6.8, no-reverse-dns "
        "5, service-unavailable 1.8, tls-required 1, policy 0.5, greylisted 0.3, "
        "no-mail-service 0.3"
    ),
    "connector": (
        "auth-required 0.3, policy 0.3, relay-denied 0.3, server-error 0.3, "
        "tls-required 0.3, unknown-domain 0.3"
    ),
    "connessione": "tls-required 1, ip-blocked 0.5, policy 0.5",
    "connessioni": "ip-blocked 1, too-many-connections 1",
    "connexion": "ip-blocked 2, tls-required 1",
    "connexions": "too-many-connections 3",
    "consentito": "content-rejected 1, relay-denied 1",
    "consider": "message-too-large 1, spam-content 1",
    "considerato": "spam-content 1, unknown 1",
    "considere": "spam-content 1, unknown 1",
    "considered": "spam-content 3, virus 1",
    "consultar": "server-error 1.5, unknown 0.5",
    "conta": "mailbox-disabled 4, unknown 1",
    "contact": (
        "ip-blocked 8.7, unknown 8.3, policy 5.7, rate-limited 3, spam-content 3, "
        "sender-auth-failed 2, mailbox-disabled 1.5, no-reverse-dns 1.3, relay-denied "
        "1.1, greylisted 1, sender-rejected 0.8, content-rejected 0.5, auth-required "
        "0.3, unknown-recipient 0.3, auth-failed 0.2, unknown-domain 0.2"
    ),
    "contain": "content-rejected 1, spam-content 1, sender-rejected 0.5, syntax-error 0.5",
    "contained": "content-rejected 0.8, spam-content 0.8, virus 0.3",
    "contains": (
        "malformed-message 9.5, virus 7.3, spam-content 6, content-rejected 4.7, "
        "policy 1.2, ip-blocked 1.1, no-reverse-dns 0.8, sender-rejected 0.6, "
        "server-error 0.5, syntax-error 0.2"
    ),
    "content": (
        "spam-content 23.2, content-rejected 13.7, policy 4.3, server-error 4, virus "
        "1.8, malformed-message 1"
    ),
    "contents": "spam-content 2, policy 0.5, syntax-error 0.5",
    "contiene": "spam-content 1, virus 1",
    "contient": "spam-content 1, virus 1",
    "control": (
        "loop-detected 0.5, server-error 0.5, ip-blocked 0.2, policy 0.2, "
        "sender-rejected 0.2, spam-content 0.2"
    ),
    "controle": "sender-auth-failed 1, unknown 1",
    "conversation": "network-error 1, timeout 1",
    "conversion": (
        "server-error 0.6, content-rejected 0.3, malformed-message 0.3, policy 0.2, "
        "syntax-error 0.2, unknown 0.2"
    ),
    "correct": "unknown-recipient 1, ip-blocked 0.5, policy 0.5",
    "correo": "unknown-recipient 2, loop-detected 1, relay-denied 1",
    "corresponding": "no-reverse-dns 2",
    "cota": "mailbox-full 1, unknown 1",
    "could": (
        "unknown 10.2, server-error 8.3, sender-rejected 4.8, unknown-recipient 2.2, "
        "tls-unavailable 2, ip-blocked 1, service-unavailable 1, unknown-domain 1, "
        "sender-auth-failed 0.5, storage-full 0.5, tls-required 0.5, network-error "
        "0.3, not-implemented 0.2, syntax-error 0.2"
    ),
    "count": "loop-detected 4, sender-auth-failed 1, content-rejected 0.5, policy 0.5",
    "country": "ip-blocked 4, policy 1.5, no-reverse-dns 0.5",
    "cowaa": "ip-blocked 3",
    "cowecpnvm": "spam-content 2",
    "cr": "malformed-message 2.3, bad-sequence 0.3, syntax-error 0.3",
    "cram": "auth-mechanism 2",
    "crashed": "server-error 2",
    "create": (
        "server-error 2, loop-detected 1, storage-full 1, mailbox-full 0.5, message-too-large 0.5"
    ),
    "credential": "auth-failed 1, too-many-connections 1",
    "credentials": "auth-failed 4.3, relay-denied 1.8, auth-required 0.8",
    "credit": "content-rejected 1.5, policy 1.5",
    "cs": "spam-content 1.2, content-rejected 0.2, policy 0.2, unknown 0.2",
    "cuda": "server-error 1, unknown-recipient 1, policy 0.5, unknown 0.5",
    "cuenta": "mailbox-disabled 1.5, unknown-recipient 1.5, unknown 1",
    "cuota": "mailbox-full 2, unknown 1",
    "current": "unknown-recipient 1, mailbox-full 0.5, message-too-large 0.5",
    "currently": (
        "ip-blocked 6, service-unavailable 2.8, mailbox-disabled 2, greylisted 1.8, "
        "mailbox-full 1, tls-unavailable 1, unknown-recipient 1, auth-required 0.5, "
        "relay-denied 0.5, rate-limited 0.2, unknown 0.2"
    ),
    "customer": (
        "policy 3.8, unknown-recipient 3, mailbox-disabled 2.3, mailbox-full 2, "
        "rate-limited 2, relay-denied 1, sender-rejected 0.8, content-rejected 0.5, "
        "ip-blocked 0.5, no-mail-service 0.3, spam-content 0.3, unknown-domain 0.3"
    ),
    "customers": "ip-blocked 1, syntax-error 1, auth-required 0.5, policy 0.5",
    "da": "ip-blocked 1, relay-denied 0.5, unknown-domain 0.5",
    "daemon": "server-error 1, service-unavailable 1",
    "daily": "rate-limited 6",
    "dans": "rate-limited 2, bad-sequence 1, greylisted 1, service-unavailable 1, virus 1",
    "das": "mailbox-full 3, unknown 2, mailbox-disabled 1, unknown-recipient 1",
    "data": (
        "bad-sequence 8.5, syntax-error 5.5, malformed-message 5.3, policy 3.2, "
        "auth-failed 2, message-too-large 2, timeout 2, content-rejected 1.7, "
        "sender-rejected 1.3, network-error 1, unknown-recipient 0.5, auth-required "
        "0.3, spam-content 0.3, unknown 0.3"
    ),
    "database": (
        "server-error 10.5, ip-blocked 2, service-unavailable 1, unknown-recipient 1, unknown 0.5"
    ),
    "databytes": "message-too-large 2",
    "date": "malformed-message 2, server-error 1",
    "day": "rate-limited 4.5, ip-blocked 0.5",
    "days": (
        "network-error 1.3, timeout 1.3, mailbox-disabled 1, mailbox-full 1, "
        "sender-rejected 1, unknown 0.3"
    ),
    "dccowab": "rate-limited 2",
    "dd": "unknown-recipient 1.5, unknown 1, mailbox-disabled 0.5",
    "de": (
        "rate-limited 10.3, unknown-recipient 7, ip-blocked 6.2, server-error 5.8, "
        "mailbox-full 5.5, sender-rejected 3.3, too-many-connections 3.3, auth-failed "
        "3, content-rejected 3, loop-detected 3, spam-content 2.3, mailbox-disabled "
        "2, no-reverse-dns 2, relay-denied 2, unknown 1.3, auth-required 1, "
        "greylisted 1, message-too-large 1, sender-auth-failed 1, too-many-recipients "
        "1, service-unavailable 0.8, policy 0.5, storage-full 0.5"
    ),
    "deactivated": (
        "mailbox-disabled 3.2, sender-rejected 0.2, unknown 0.2, unknown-recipient 0.2"
    ),
    "deaktiviert": "mailbox-disabled 1.5, unknown-recipient 0.5",
    "debe": "auth-required 1, tls-required 1",
    "decision": "unknown 4.5, policy 0.5",
    "declare": "message-too-large 1, smtputf8-unsupported 1",
    "declared": "message-too-large 1, spam-content 1",
    "declined": "unknown 4",
    "decode": "syntax-error 2.5, auth-failed 1.5, server-error 1",
    "deferred": (
        "unknown 10.3, ip-blocked 4.5, rate-limited 4.5, network-error 2, "
        "sender-rejected 1, service-unavailable 0.8, greylisted 0.5, server-error "
        "0.5, spam-content 0.5, timeout 0.5, unknown-domain 0.5, mailbox-disabled "
        "0.3, policy 0.2"
    ),
    "defined": (
        "policy 0.8, sender-auth-failed 0.5, auth-required 0.3, ip-blocked 0.3, "
        "relay-denied 0.3, sender-rejected 0.3, unknown-recipient 0.3"
    ),
    "degil": "unknown 4, unknown-recipient 1",
    "degli": "ip-blocked 1, policy 1, server-error 0.5, unknown 0.5",
    "del": "mailbox-full 3, sender-rejected 3, server-error 2, storage-full 2",
    "delayed": (
        "greylisted 1.3, rate-limited 1.3, ip-blocked 0.3, network-error 0.3, timeout "
        "0.3, unknown 0.3"
    ),
    "delete": "unknown 4, mailbox-full 1",
    "deleted": "mailbox-disabled 1, mailbox-full 1",
    "deliver": (
        "relay-denied 2.2, rate-limited 2, sender-rejected 1.3, greylisted 1.2, "
        "server-error 1.2, unknown-recipient 1.2, ip-blocked 1, mailbox-full 1, "
        "policy 0.7, unknown 0.5, mailbox-disabled 0.3, no-reverse-dns 0.3, "
        "syntax-error 0.3, content-rejected 0.2, unknown-domain 0.2"
    ),
    "delivered": (
        "unknown 9.5, policy 2.1, rate-limited 2, ip-blocked 1.6, mailbox-disabled "
        "1.5, loop-detected 1, mailbox-full 1, spam-content 1, sender-rejected 0.6, "
        "content-rejected 0.5, syntax-error 0.2"
    ),
    "delivering": (
        "server-error 1.5, unknown 1.1, mailbox-disabled 0.6, unknown-recipient 0.3, "
        "policy 0.2, sender-rejected 0.2"
    ),
    "delivery": (
        "unknown 14.4, policy 5.5, unknown-recipient 3.8, mailbox-full 3, "
        "service-unavailable 2.6, ip-blocked 2, malformed-message 2, mailbox-disabled "
        "1.8, spam-content 1.2, rate-limited 1, sender-rejected 0.8, server-error "
        "0.8, auth-required 0.5, network-error 0.5, timeout 0.5, content-rejected "
        "0.2, greylisted 0.2, sender-auth-failed 0.2"
    ),
    "dem": "mailbox-full 1, storage-full 1",
    "demand": "bad-sequence 2",
    "demands": "auth-mechanism 1, auth-required 1, tls-required 0.5, tls-unavailable 0.5",
    "deneyin": "greylisted 1, service-unavailable 1",
    "denied": (
        "relay-denied 23.3, policy 19.9, ip-blocked 15.3, unknown 11.9, "
        "sender-rejected 7.4, sender-auth-failed 5.5, unknown-recipient 4.8, "
        "no-reverse-dns 4.5, server-error 4, auth-failed 3.6, spam-content 3.3, "
        "auth-required 3, malformed-message 2, syntax-error 1.8, content-rejected "
        "1.5, unknown-domain 0.7, mailbox-disabled 0.5, rate-limited 0.5, greylisted "
        "0.3, parameter-unsupported 0.3"
    ),
    "denies": "relay-denied 1, sender-rejected 1",
    "deny": "ip-blocked 2, sender-rejected 1.5, policy 0.5",
    "depasse": "mailbox-full 2, rate-limited 2, unknown 2",
    "depassee": "rate-limited 2",
    "depuis": "rate-limited 1.3, too-many-connections 1.3, ip-blocked 0.3",
    "der": "policy 1.2, server-error 1, ip-blocked 0.8, sender-rejected 0.7, unknown 0.3",
    "des": "mailbox-full 3, sender-rejected 2, server-error 0.5, service-unavailable 0.5",
    "desactivee": "mailbox-disabled 1.5, unknown 1, unknown-recipient 0.5",
    "desativada": "mailbox-disabled 2",
    "desconhecido": "unknown-recipient 2, unknown-domain 1",
    "desconocido": "unknown-recipient 2, unknown-domain 1",
    "desde": "ip-blocked 1, too-many-connections 1",
    "destinataire": (
        "unknown-recipient 4.5, mailbox-full 3.5, service-unavailable 0.7, unknown "
        "0.7, mailbox-disabled 0.5, storage-full 0.5, greylisted 0.3, ip-blocked 0.3, "
        "policy 0.3, sender-rejected 0.3, server-error 0.3"
    ),
    "destinatario": (
        "mailbox-full 4, unknown-recipient 3.5, ip-blocked 1, mailbox-disabled 1, "
        "policy 1, sender-rejected 1, syntax-error 0.5"
    ),
    "destinatarios": "too-many-recipients 2",
    "destination": (
        "unknown-recipient 5.8, syntax-error 1.5, unknown-domain 1.5, "
        "too-many-recipients 1.3, mailbox-full 1, tls-unavailable 1, network-error "
        "0.5, parameter-unsupported 0.3, policy 0.3, server-error 0.3, unknown 0.3"
    ),
    "det": "unknown-recipient 3, server-error 0.5, unknown 0.5",
    "details": (
        "unknown 6, ip-blocked 4.5, policy 2.5, malformed-message 1, relay-denied 1, "
        "sender-rejected 1"
    ),
    "detectado": "loop-detected 2, unknown 2, virus 2, spam-content 1",
    "detecte": "ip-blocked 1, spam-content 1, unknown 1, virus 1",
    "detected": (
        "spam-content 7.9, rate-limited 6.2, loop-detected 5, virus 4.5, policy 2.7, "
        "sender-rejected 2.4, content-rejected 2, malformed-message 2, ip-blocked "
        "1.8, auth-failed 1.2, no-reverse-dns 0.5, sender-auth-failed 0.5, "
        "unknown-recipient 0.2"
    ),
    "detectee": "loop-detected 1, spam-content 1",
    "device": "server-error 1.5, storage-full 1.5",
    "deze": "content-rejected 1, policy 1, unknown-recipient 1",
    "di": "rate-limited 3, loop-detected 1, spam-content 1",
    "dial": "ip-blocked 4",
    "dialup": "ip-blocked 3",
    "diario": "rate-limited 2",
    "dictionary": (
        "rate-limited 1.4, ip-blocked 0.5, policy 0.5, unknown-recipient 0.5, bad-sequence 0.2"
    ),
    "did": (
        "sender-auth-failed 5.3, unknown-recipient 2, mailbox-disabled 1, "
        "malformed-message 1, server-error 1, auth-required 0.3, sender-rejected 0.3"
    ),
    "die": (
        "message-too-large 2, sender-rejected 2, server-error 1.5, spam-content 1, "
        "unknown-recipient 1, relay-denied 0.5, unknown 0.5, unknown-domain 0.5"
    ),
    "died": "server-error 1.5, unknown 0.5",
    "diese": "policy 1.5, unknown-recipient 1, ip-blocked 0.5",
    "din": ("ip-blocked 6, unknown 3, too-many-connections 2, no-reverse-dns 1, rate-limited 1"),
    "direccion": "unknown-recipient 2, ip-blocked 1.3, sender-rejected 1.3, policy 0.3",
    "direct": "mailbox-full 4.5, mailbox-disabled 0.5",
    "directly": "ip-blocked 2.3, policy 0.3, relay-denied 0.3",
    "directory": (
        "unknown-recipient 10.5, server-error 2.2, mailbox-full 1, mailbox-disabled "
        "0.7, ip-blocked 0.3, policy 0.3"
    ),
    "disabled": (
        "mailbox-disabled 15.6, auth-failed 4.5, not-implemented 2, policy 1.2, "
        "auth-mechanism 1, mailbox-full 0.8, sender-rejected 0.5, unknown-recipient "
        "0.5, parameter-unsupported 0.3, rate-limited 0.3, smtputf8-unsupported 0.3, "
        "syntax-error 0.3, relay-denied 0.2, unknown-domain 0.2"
    ),
    "discarded": "rate-limited 1, virus 1",
    "disco": "storage-full 2",
    "disconnecting": "timeout 3",
    "disk": "storage-full 9, mailbox-full 6, server-error 2",
    "diskspace": "mailbox-full 2",
    "display": "policy 0.9, sender-rejected 0.9, spam-content 0.9, sender-auth-failed 0.2",
    "disponibile": "tls-unavailable 1, greylisted 0.3, service-unavailable 0.3, unknown 0.3",
    "dit": "unknown-recipient 2, mailbox-disabled 1, relay-denied 1",
    "dkim": "sender-auth-failed 38, rate-limited 1, sender-rejected 1, server-error 1",
    "dmarc": "sender-auth-failed 24.5, server-error 0.5",
    "dns": (
        "no-reverse-dns 45.1, sender-rejected 8.7, ip-blocked 7.7, unknown-domain 6, "
        "sender-auth-failed 3, server-error 2.6, syntax-error 2.5, network-error 2.1, "
        "policy 1.2, unknown 0.5, content-rejected 0.2, spam-content 0.2, "
        "unknown-recipient 0.2"
    ),
    "dnsbl": "ip-blocked 9.7, sender-rejected 0.7, spam-content 0.7",
    "dnsbls": "ip-blocked 1.5, policy 0.5",
    "do": (
        "relay-denied 8, unknown 6, unknown-recipient 5.3, no-reverse-dns 4.8, "
        "sender-rejected 4.5, ip-blocked 3.8, policy 3.3, not-implemented 3, "
        "no-mail-service 2, auth-required 1, content-rejected 1, greylisted 1, "
        "mailbox-disabled 1, mailbox-full 1, message-too-large 1, "
        "parameter-unsupported 1, sender-auth-failed 1, server-error 1, "
        "smtputf8-unsupported 1, too-many-connections 1, unknown-domain 1, "
        "syntax-error 0.8, rate-limited 0.3"
    ),
    "documents": "content-rejected 3",
    "does": (
        "sender-rejected 23.2, unknown-recipient 22, sender-auth-failed 9.3, policy "
        "8.2, no-reverse-dns 7.8, syntax-error 4.5, unknown-domain 3.5, server-error "
        "3.3, auth-failed 3.1, ip-blocked 2, malformed-message 2, no-mail-service 2, "
        "mailbox-disabled 1, mailbox-full 1, network-error 0.8, relay-denied 0.8, "
        "auth-required 0.6, tls-required 0.5, tls-unavailable 0.5, "
        "parameter-unsupported 0.3, recipient-moved 0.3, service-unavailable 0.3, "
        "spam-content 0.3, auth-mechanism 0.2, not-implemented 0.2"
    ),
    "dolu": "mailbox-full 2, unknown 1",
    "domain": (
        "sender-rejected 71.8, unknown-domain 23.1, sender-auth-failed 20.1, "
        "relay-denied 17.8, rate-limited 14.8, syntax-error 14.5, policy 12.1, "
        "spam-content 8.4, unknown-recipient 5, ip-blocked 4.7, unknown 4.5, "
        "no-mail-service 4.2, tls-required 4, no-reverse-dns 3.6, network-error 3.5, "
        "server-error 3, content-rejected 2.7, too-many-recipients 2.5, auth-required "
        "1.9, mailbox-disabled 0.9, too-many-connections 0.5, auth-failed 0.3"
    ),
    "domaine": (
        "relay-denied 2, sender-rejected 2, sender-auth-failed 1, unknown-domain 1, "
        "ip-blocked 0.5, policy 0.5"
    ),
    "domains": (
        "relay-denied 5.8, sender-rejected 3.8, too-many-recipients 2.3, policy 0.8, "
        "auth-required 0.5, parameter-unsupported 0.3, server-error 0.3"
    ),
    "doman": "sender-rejected 1, unknown-domain 1",
    "domein": "relay-denied 1, sender-rejected 1, unknown-domain 1",
    "domena": "unknown-domain 2.5, sender-rejected 2, relay-denied 0.5",
    "dominio": (
        "unknown-domain 3.5, sender-rejected 3, relay-denied 2.5, ip-blocked 1, "
        "policy 1, tls-required 1, unknown-recipient 1"
    ),
    "doorsturen": "relay-denied 2",
    "dot": ("syntax-error 1.8, sender-rejected 0.5, bad-sequence 0.3, malformed-message 0.3"),
    "double": "unknown-recipient 2",
    "down": (
        "service-unavailable 7, rate-limited 3, server-error 1.5, mailbox-disabled 1, "
        "unknown 1, storage-full 0.5"
    ),
    "drop": "ip-blocked 1, unknown-recipient 1",
    "dsn": (
        "policy 1.8, parameter-unsupported 1, spam-content 0.5, content-rejected 0.3, "
        "sender-rejected 0.3"
    ),
    "dt": "spam-content 8.5, ip-blocked 1, greylisted 0.5",
    "du": (
        "mailbox-full 2.5, rate-limited 2, server-error 1.3, unknown 1.3, "
        "message-too-large 1, spam-content 1, unknown-recipient 1, ip-blocked 0.5, "
        "policy 0.5, storage-full 0.5, service-unavailable 0.3"
    ),
    "due": (
        "ip-blocked 13.3, spam-content 12, mailbox-disabled 7.1, rate-limited 6.7, "
        "sender-rejected 6.2, sender-auth-failed 5, policy 4.9, content-rejected 3.6, "
        "server-error 2.5, mailbox-full 2, virus 1.8, tls-unavailable 1, unknown 0.8, "
        "unknown-recipient 0.6, malformed-message 0.5, greylisted 0.2"
    ),
    "duplicate": (
        "malformed-message 2, content-rejected 1, parameter-unsupported 0.5, syntax-error 0.5"
    ),
    "during": (
        "bad-sequence 3, mailbox-disabled 1.3, auth-required 1, server-error 0.3, "
        "service-unavailable 0.3"
    ),
    "dvcmq": "auth-failed 2",
    "dynamic": "ip-blocked 6, no-reverse-dns 1",
    "each": ("no-reverse-dns 1, sender-rejected 1, rate-limited 0.5, too-many-connections 0.5"),
    "echec": "auth-failed 1, sender-auth-failed 1",
    "een": "ip-blocked 1, unknown 1",
    "effect": "ip-blocked 1.5, greylisted 1, rate-limited 1, policy 0.5",
    "ehlo": "syntax-error 10.5, bad-sequence 10, timeout 1, no-reverse-dns 0.5",
    "ei": ("unknown 6, unknown-recipient 5, sender-rejected 2, content-rejected 1, relay-denied 1"),
    "eicar": "virus 10.5, content-rejected 0.5",
    "einen": "ip-blocked 1, spam-content 1",
    "eingestuft": "spam-content 2",
    "einmal": "service-unavailable 2.3, greylisted 1.3, server-error 1, unknown 0.3",
    "eintrag": "no-reverse-dns 1, sender-rejected 1",
    "either": "sender-auth-failed 7, unknown-recipient 3",
    "el": (
        "mailbox-full 3.5, unknown 3, rate-limited 2, relay-denied 2, storage-full "
        "1.5, mailbox-disabled 1, message-too-large 1, no-reverse-dns 1, server-error "
        "1, spam-content 1, virus 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3"
    ),
    "elenco": "ip-blocked 1, policy 1",
    "eller": "auth-failed 3",
    "em": "greylisted 1, ip-blocked 1, rate-limited 1, service-unavailable 1",
    "email": (
        "ip-blocked 13, unknown-recipient 10.6, policy 8.9, sender-auth-failed 8.5, "
        "spam-content 8.5, sender-rejected 7.9, mailbox-disabled 4.6, mailbox-full 3, "
        "auth-required 1.8, rate-limited 1.5, syntax-error 1.5, relay-denied 1.2, "
        "content-rejected 1, message-too-large 1, no-reverse-dns 1, tls-required 1, "
        "virus 1, server-error 0.8, unknown 0.8, auth-failed 0.3, "
        "parameter-unsupported 0.3, recipient-moved 0.3, greylisted 0.2, "
        "service-unavailable 0.2"
    ),
    "emails": (
        "rate-limited 2, mailbox-disabled 1.5, policy 1, content-rejected 0.5, "
        "sender-rejected 0.5, unknown-recipient 0.5"
    ),
    "empfanger": (
        "too-many-recipients 1, unknown-recipient 1, ip-blocked 0.3, policy 0.3, "
        "sender-rejected 0.3"
    ),
    "empfangers": "mailbox-full 2",
    "employee": "mailbox-disabled 1, mailbox-full 1",
    "empty": "syntax-error 2, sender-rejected 1.5, unknown-recipient 1, policy 0.5",
    "en": (
        "ip-blocked 5, service-unavailable 2, virus 2, greylisted 1, mailbox-disabled "
        "1, mailbox-full 1, storage-full 1"
    ),
    "enabled": (
        "auth-mechanism 1.3, bad-sequence 0.3, not-implemented 0.3, auth-required "
        "0.2, no-mail-service 0.2, policy 0.2, server-error 0.2, unknown-domain 0.2"
    ),
    "encode": "server-error 2",
    "encoded": "malformed-message 1.5, smtputf8-unsupported 0.5",
    "encoding": "malformed-message 1.5, smtputf8-unsupported 0.5",
    "encontrado": "sender-rejected 1, unknown-recipient 1",
    "encountered": "network-error 1.5, server-error 1, timeout 0.5",
    "encrypt": "tls-required 2",
    "encrypted": "tls-required 6, content-rejected 0.5, virus 0.5",
    "encryption": "tls-required 3.3, auth-mechanism 0.3, not-implemented 0.3",
    "end": "malformed-message 1, network-error 0.5, timeout 0.5",
    "ended": "malformed-message 1, mailbox-disabled 0.5, recipient-moved 0.5",
    "endereco": "unknown-recipient 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3",
    "ending": "content-rejected 1, malformed-message 0.5, syntax-error 0.5",
    "engellendi": "ip-blocked 1.3, policy 0.3, unknown 0.3",
    "engine": "spam-content 3, server-error 1, tls-unavailable 1",
    "enough": (
        "mailbox-full 5, rate-limited 2, auth-mechanism 1.5, storage-full 1, "
        "syntax-error 1, too-many-recipients 1, bad-sequence 0.5"
    ),
    "entregar": "mailbox-full 1, unknown-recipient 1",
    "entries": (
        "sender-rejected 2, sender-auth-failed 1.5, no-reverse-dns 1, rate-limited "
        "0.5, ip-blocked 0.2, policy 0.2, unknown 0.2, unknown-domain 0.2, "
        "unknown-recipient 0.2"
    ),
    "entry": (
        "no-reverse-dns 10.8, ip-blocked 1.3, sender-rejected 1, syntax-error 1, "
        "unknown-recipient 1, policy 0.8"
    ),
    "envelope": (
        "sender-rejected 6.8, sender-auth-failed 1.3, policy 0.8, mailbox-disabled "
        "0.3, relay-denied 0.3, server-error 0.3, service-unavailable 0.3, unknown "
        "0.3, unknown-recipient 0.3"
    ),
    "envio": "rate-limited 4, ip-blocked 1",
    "envios": "rate-limited 2",
    "envoi": "rate-limited 3",
    "equal": "sender-rejected 1.5, auth-failed 0.5",
    "er": (
        "mailbox-full 6, unknown 4, ip-blocked 3, mailbox-disabled 3, auth-required "
        "2, message-too-large 2, relay-denied 2, service-unavailable 2, "
        "content-rejected 1, spam-content 1, unknown-recipient 1"
    ),
    "erforderlich": "auth-required 1, tls-required 1",
    "erlaubt": "content-rejected 2",
    "erneut": "greylisted 1, rate-limited 1, server-error 0.5, service-unavailable 0.5",
    "errati": "auth-failed 2",
    "erreichbar": "server-error 1, service-unavailable 1",
    "erreicht": "rate-limited 2",
    "erro": "rate-limited 1, server-error 1",
    "error": (
        "server-error 36.8, syntax-error 27.8, bad-sequence 22.7, unknown 19.5, "
        "network-error 7.8, auth-failed 7.3, message-too-large 6.5, policy 5.9, "
        "malformed-message 5.8, unknown-recipient 5.5, ip-blocked 5.3, rate-limited "
        "5.3, unknown-domain 4.5, sender-auth-failed 4.2, not-implemented 4, "
        "auth-mechanism 3.5, loop-detected 3.5, mailbox-full 3.5, sender-rejected "
        "3.2, spam-content 2.5, service-unavailable 2.3, smtputf8-unsupported 1.8, "
        "timeout 1.8, tls-unavailable 1.5, too-many-connections 1.5, "
        "too-many-recipients 1.5, mailbox-disabled 1.3, parameter-unsupported 1.3, "
        "no-reverse-dns 1, relay-denied 1, storage-full 1, tls-required 1, "
        "content-rejected 0.5"
    ),
    "errors": (
        "syntax-error 4.3, bad-sequence 3.8, not-implemented 1.3, unknown 0.5, "
        "greylisted 0.3, policy 0.3, rate-limited 0.3"
    ),
    "es": (
        "sender-rejected 1.5, policy 1, server-error 1, service-unavailable 1, "
        "unknown 1, content-rejected 0.5"
    ),
    "esaurito": "storage-full 1.5, mailbox-full 1, server-error 0.5",
    "ese": "unknown-recipient 3",
    "eset": "greylisted 1, spam-content 1",
    "esmtp": (
        "ip-blocked 4.3, service-unavailable 3.3, no-reverse-dns 1, "
        "parameter-unsupported 0.5, syntax-error 0.5, no-mail-service 0.3"
    ),
    "espacio": "storage-full 1.5, mailbox-full 0.5",
    "esse": "rate-limited 1, unknown-recipient 1",
    "est": (
        "unknown 8, ip-blocked 4, sender-rejected 2, unknown-recipient 2, "
        "mailbox-full 1, relay-denied 1, sender-auth-failed 1, tls-required 1, "
        "server-error 0.5, service-unavailable 0.5"
    ),
    "esta": (
        "unknown 6.5, ip-blocked 3, mailbox-disabled 2, mailbox-full 2, policy 2, "
        "rate-limited 1, relay-denied 1, server-error 0.5"
    ),
    "este": "mailbox-full 1, unknown-recipient 1",
    "estetty": "ip-blocked 1, unknown 1",
    "ete": "mailbox-disabled 1, spam-content 1",
    "evaluating": "sender-auth-failed 1.5, server-error 0.5",
    "example": "server-error 1, policy 0.5, sender-rejected 0.5",
    "excedida": "mailbox-full 1, unknown 1",
    "excedido": "rate-limited 3, mailbox-full 1",
    "exceed": "mailbox-full 5.5, ip-blocked 1, message-too-large 0.5",
    "exceeded": (
        "rate-limited 34.3, mailbox-full 27, too-many-connections 9, "
        "message-too-large 7.5, loop-detected 6, timeout 5, too-many-recipients 2.5, "
        "policy 2, network-error 1.5, server-error 1.3, spam-content 1, "
        "service-unavailable 0.8, auth-failed 0.5, content-rejected 0.5, "
        "mailbox-disabled 0.5, storage-full 0.5"
    ),
    "exceeds": (
        "message-too-large 22.1, mailbox-full 3, malformed-message 2.1, spam-content "
        "1, policy 0.6, content-rejected 0.2"
    ),
    "exception": (
        "mailbox-full 2, server-error 2, rate-limited 1, ip-blocked 0.3, policy 0.3, "
        "spam-content 0.3"
    ),
    "excessive": "rate-limited 1.2, ip-blocked 0.2, policy 0.2, unknown-recipient 0.2",
    "exchange": "auth-mechanism 1, message-too-large 1, storage-full 1",
    "exchanger": (
        "sender-rejected 1, ip-blocked 0.3, loop-detected 0.3, no-reverse-dns 0.3, "
        "policy 0.3, server-error 0.3, unknown-domain 0.3"
    ),
    "exe": "content-rejected 8",
    "executable": "content-rejected 2.5, virus 0.5",
    "exhausted": "mailbox-full 2, rate-limited 2",
    "exist": (
        "unknown-recipient 21.4, sender-rejected 11.3, unknown-domain 2.5, "
        "syntax-error 2, policy 1, ip-blocked 0.5, unknown 0.5, mailbox-disabled 0.3, "
        "rate-limited 0.3"
    ),
    "existe": "unknown-recipient 8, unknown 2, sender-rejected 1",
    "existent": "sender-rejected 1, no-reverse-dns 0.5, syntax-error 0.5",
    "existiert": "sender-rejected 2.3, unknown-recipient 2, policy 0.3, unknown 0.3",
    "exists": (
        "unknown 12, unknown-recipient 2, auth-required 0.5, malformed-message 0.5, "
        "network-error 0.5, policy 0.5, smtputf8-unsupported 0.5, unknown-domain 0.5"
    ),
    "expected": "bad-sequence 4, malformed-message 1, syntax-error 1",
    "expecting": "syntax-error 2",
    "expediteur": (
        "sender-rejected 4.8, greylisted 1, syntax-error 0.5, ip-blocked 0.3, spam-content 0.3"
    ),
    "expired": (
        "mailbox-disabled 5.2, timeout 4.2, network-error 2.2, auth-failed 1, policy "
        "0.9, unknown 0.6, mailbox-full 0.5, sender-rejected 0.5, server-error 0.5, "
        "service-unavailable 0.5, tls-required 0.5, tls-unavailable 0.5, "
        "unknown-recipient 0.5, too-many-connections 0.3, no-mail-service 0.2"
    ),
    "explanation": "malformed-message 1, no-reverse-dns 1",
    "expn": "not-implemented 4",
    "extended": "mailbox-disabled 1, mailbox-full 1",
    "external": "policy 2, relay-denied 1",
    "extortion": "spam-content 2",
    "fail": (
        "sender-auth-failed 9, rate-limited 1.8, no-reverse-dns 1, sender-rejected 1, "
        "server-error 1, service-unavailable 1, auth-failed 0.8, auth-required 0.5, "
        "relay-denied 0.5, unknown 0.5, unknown-recipient 0.5, ip-blocked 0.3"
    ),
    "failed": (
        "unknown 22.6, auth-failed 21, sender-rejected 14.2, server-error 11.6, "
        "sender-auth-failed 9.3, unknown-recipient 6.5, mailbox-full 5.5, "
        "no-reverse-dns 4.5, policy 3.5, tls-unavailable 3.5, rate-limited 2.8, "
        "network-error 2.3, syntax-error 2.1, tls-required 2, spam-content 1.2, "
        "ip-blocked 1.1, bad-sequence 1, message-too-large 1, service-unavailable 1, "
        "auth-mechanism 0.8, auth-required 0.8, mailbox-disabled 0.8, unknown-domain "
        "0.8, relay-denied 0.5, storage-full 0.5, timeout 0.5, content-rejected 0.3"
    ),
    "fails": "sender-auth-failed 5",
    "failure": (
        "server-error 11.2, unknown 6, auth-failed 5, no-reverse-dns 3.8, policy 2.5, "
        "service-unavailable 1.7, unknown-domain 1.6, ip-blocked 1.2, network-error "
        "1.2, rate-limited 1, sender-auth-failed 1, tls-required 0.5, tls-unavailable "
        "0.5, unknown-recipient 0.5, content-rejected 0.3, malformed-message 0.3, "
        "sender-rejected 0.3, spam-content 0.2"
    ),
    "falha": "auth-failed 1, sender-auth-failed 1",
    "fallado": "auth-failed 1, sender-auth-failed 1",
    "falsch": "auth-failed 2",
    "falta": "mailbox-disabled 2, no-reverse-dns 1",
    "faqs": "content-rejected 0.7, policy 0.7, spam-content 0.7",
    "fast": "rate-limited 2.3, greylisted 0.3, policy 0.3",
    "favor": "greylisted 2",
    "fazla": "too-many-connections 1, too-many-recipients 1",
    "feel": "ip-blocked 1, auth-mechanism 0.5, tls-required 0.5",
    "fehlgeschlagen": "sender-auth-failed 2, auth-failed 1",
    "feketelistan": "ip-blocked 1, unknown 1",
    "field": "malformed-message 2.3, content-rejected 0.3, policy 0.3",
    "fields": "loop-detected 2",
    "file": (
        "server-error 8.8, storage-full 4.3, content-rejected 2.5, mailbox-full 2.5, "
        "message-too-large 2.5, virus 1.5, unknown-recipient 1, loop-detected 0.5, "
        "not-implemented 0.5, syntax-error 0.5, service-unavailable 0.3"
    ),
    "files": "content-rejected 2.5, virus 0.5",
    "filter": (
        "server-error 5.5, spam-content 4.3, policy 2.2, content-rejected 1.1, "
        "ip-blocked 1.1, sender-rejected 1.1, timeout 0.5, unknown 0.2"
    ),
    "filtered": (
        "policy 2.3, ip-blocked 1.5, content-rejected 1.3, spam-content 1.3, sender-rejected 0.5"
    ),
    "filtering": (
        "spam-content 4.3, policy 0.5, content-rejected 0.3, mailbox-disabled 0.2, "
        "no-mail-service 0.2, server-error 0.2, service-unavailable 0.2"
    ),
    "filters": "spam-content 2, server-error 1, policy 0.5, sender-rejected 0.5",
    "find": "no-reverse-dns 4, unknown-recipient 4, unknown-domain 1",
    "findes": "sender-rejected 1, unknown-recipient 1",
    "fine": (
        "sender-rejected 1.5, spam-content 1.5, ip-blocked 1, malformed-message 1, "
        "sender-auth-failed 1, content-rejected 0.5, policy 0.5"
    ),
    "finnes": "unknown-recipient 3, sender-rejected 1",
    "finns": "unknown-recipient 2, ip-blocked 1, sender-rejected 1",
    "firma": "sender-auth-failed 2",
    "first": (
        "bad-sequence 24, tls-required 10, auth-required 7, greylisted 4, "
        "relay-denied 1.5, auth-failed 0.5, auth-mechanism 0.5, policy 0.5"
    ),
    "five": "greylisted 2",
    "fix": "no-reverse-dns 5",
    "fixed": "message-too-large 15",
    "flph": "ip-blocked 3, no-reverse-dns 3",
    "foi": "unknown 1.5, mailbox-disabled 1, server-error 0.5",
    "following": (
        "unknown-recipient 1, bad-sequence 0.5, syntax-error 0.5, mailbox-disabled "
        "0.3, policy 0.3, sender-rejected 0.3"
    ),
    "foo": "syntax-error 5.8, not-implemented 3.8, parameter-unsupported 3.3",
    "for": (
        "rate-limited 27.3, relay-denied 25.1, no-reverse-dns 25, ip-blocked 24.4, "
        "policy 22, sender-rejected 20.5, mailbox-full 17.8, sender-auth-failed 15.5, "
        "unknown 13.2, auth-failed 11.8, unknown-recipient 11.4, spam-content 10.7, "
        "greylisted 10.2, mailbox-disabled 9.6, unknown-domain 9.5, auth-required "
        "7.8, message-too-large 7.5, service-unavailable 7.4, server-error 7, timeout "
        "5.8, too-many-recipients 5.5, network-error 5.3, too-many-connections 5.2, "
        "syntax-error 4, tls-required 3.8, content-rejected 3.6, auth-mechanism 3.3, "
        "loop-detected 2.7, not-implemented 2.6, bad-sequence 2.3, malformed-message "
        "2.3, smtputf8-unsupported 2, storage-full 2, virus 1.5, recipient-moved 1, "
        "no-mail-service 0.8, tls-unavailable 0.5"
    ),
    "forbidden": (
        "ip-blocked 3.2, content-rejected 1.8, policy 1.6, spam-content 0.8, "
        "auth-required 0.5, relay-denied 0.5, sender-rejected 0.2, syntax-error 0.2"
    ),
    "forbindelse": "tls-required 2",
    "foreign": (
        "relay-denied 3, policy 0.6, sender-rejected 0.6, spam-content 0.6, sender-auth-failed 0.2"
    ),
    "forest": "too-many-connections 1.5, service-unavailable 0.5",
    "forged": (
        "no-reverse-dns 3.5, sender-auth-failed 2.3, unknown-recipient 1, policy 0.8, "
        "ip-blocked 0.5, relay-denied 0.5, sender-rejected 0.3"
    ),
    "forgery": (
        "mailbox-disabled 0.5, sender-rejected 0.5, unknown-recipient 0.5, policy 0.2, unknown 0.2"
    ),
    "form": "ip-blocked 1, auth-required 0.3, policy 0.3, sender-rejected 0.3",
    "forsok": "greylisted 1.5, service-unavailable 1, unknown 0.5",
    "fortiguard": "ip-blocked 1, content-rejected 0.5, spam-content 0.5",
    "forward": "ip-blocked 6.5, no-reverse-dns 4, server-error 1, sender-rejected 0.5",
    "forwarding": (
        "loop-detected 2.5, policy 2, mailbox-disabled 1.5, relay-denied 1, "
        "recipient-moved 0.5, server-error 0.5"
    ),
    "found": (
        "unknown-recipient 20.5, ip-blocked 8, unknown-domain 7.6, sender-rejected "
        "5.1, server-error 4.8, unknown 4, spam-content 3.8, virus 3.5, "
        "no-reverse-dns 2.2, content-rejected 1.8, policy 1.7, network-error 1.5, "
        "malformed-message 1, sender-auth-failed 1, syntax-error 0.6, "
        "mailbox-disabled 0.5, loop-detected 0.3"
    ),
    "framework": "sender-auth-failed 4",
    "fraud": (
        "policy 0.6, spam-content 0.6, content-rejected 0.3, sender-auth-failed 0.2, "
        "sender-rejected 0.2"
    ),
    "free": "storage-full 1.5, mailbox-full 1, message-too-large 0.5",
    "freemail": "policy 0.8, sender-rejected 0.5, content-rejected 0.3, spam-content 0.3",
    "frequency": "rate-limited 3",
    "from": (
        "ip-blocked 51.3, sender-rejected 37, rate-limited 26.5, policy 23.4, "
        "sender-auth-failed 12.7, too-many-connections 11.7, no-reverse-dns 11.5, "
        "spam-content 7.8, bad-sequence 7, malformed-message 6.8, syntax-error 5.2, "
        "auth-required 3.8, network-error 2.5, relay-denied 2.3, auth-failed 1.9, "
        "mailbox-disabled 1.2, loop-detected 1, parameter-unsupported 1, "
        "tls-unavailable 1, server-error 0.8, unknown-recipient 0.8, content-rejected "
        "0.7, service-unavailable 0.7, greylisted 0.6, smtputf8-unsupported 0.5, "
        "timeout 0.5, too-many-recipients 0.5, no-mail-service 0.2"
    ),
    "frozen": "mailbox-disabled 3",
    "fuld": "mailbox-full 2, unknown 1",
    "full": (
        "mailbox-full 34.5, unknown 10, storage-full 7, server-error 1, "
        "mailbox-disabled 0.5, message-too-large 0.5, unknown-recipient 0.5"
    ),
    "fully": "syntax-error 6.5, sender-rejected 1.5",
    "fur": (
        "policy 1.5, sender-rejected 1.5, ip-blocked 1, no-reverse-dns 1, "
        "rate-limited 1, tls-required 1"
    ),
    "further": "policy 2",
    "garbage": (
        "server-error 1, bad-sequence 0.2, ip-blocked 0.2, policy 0.2, rate-limited "
        "0.2, unknown 0.2"
    ),
    "gateway": (
        "relay-denied 3.5, spam-content 2.3, content-rejected 1.8, policy 0.8, "
        "server-error 0.5, service-unavailable 0.5, unknown-recipient 0.5"
    ),
    "gave": (
        "bad-sequence 1, sender-rejected 1, unknown-recipient 1, auth-failed 0.5, syntax-error 0.5"
    ),
    "gb": "mailbox-full 2, message-too-large 1",
    "gcdp": "policy 2",
    "geblokkeerd": "ip-blocked 1, unknown 1",
    "gebruiker": "unknown-recipient 2",
    "gecersiz": "sender-auth-failed 1, syntax-error 1, unknown-recipient 1",
    "gedetecteerd": "loop-detected 1, spam-content 1",
    "geen": "unknown 2, no-reverse-dns 1, unknown-recipient 1",
    "gefunden": "unknown 1, unknown-recipient 1",
    "generic": "no-reverse-dns 1.5, ip-blocked 0.5",
    "gepruft": "unknown 0.8, server-error 0.5, greylisted 0.3, service-unavailable 0.3",
    "germs": "virus 2",
    "gesperrt": "unknown 2, ip-blocked 0.3, policy 0.3, sender-rejected 0.3",
    "get": ("ip-blocked 1.8, no-reverse-dns 1, policy 0.5, sender-rejected 0.3, spam-content 0.3"),
    "gets": "rate-limited 4, too-many-connections 1",
    "gevonden": "unknown 1, unknown-recipient 1, virus 1",
    "geweigerd": "ip-blocked 1.3, policy 0.3, unknown 0.3",
    "give": "bad-sequence 1, syntax-error 1",
    "given": (
        "unknown 4.2, bad-sequence 2, syntax-error 2, network-error 0.5, timeout 0.5, "
        "greylisted 0.2, rate-limited 0.2, service-unavailable 0.2, spam-content 0.2"
    ),
    "gmail": (
        "rate-limited 6, sender-auth-failed 3, malformed-message 1.5, no-reverse-dns "
        "1, policy 1, spam-content 1, ip-blocked 0.5, sender-rejected 0.5, "
        "smtputf8-unsupported 0.5"
    ),
    "go": (
        "unknown 6.1, ip-blocked 5.1, rate-limited 3.5, unknown-recipient 2, "
        "auth-failed 1.8, sender-rejected 1.8, policy 1.4, spam-content 1.2, "
        "auth-required 1, bad-sequence 1, mailbox-disabled 1, message-too-large 1, "
        "relay-denied 1, tls-required 1, too-many-recipients 1, auth-mechanism 0.5, "
        "sender-auth-failed 0.5"
    ),
    "goes": "loop-detected 1, unknown-recipient 1, content-rejected 0.5, policy 0.5",
    "going": "service-unavailable 4, loop-detected 1",
    "gonderen": "sender-rejected 2",
    "gonderim": "rate-limited 2",
    "gone": "unknown-recipient 1, policy 0.5, rate-limited 0.5",
    "goodbye": "bad-sequence 1.7, syntax-error 1.7, timeout 1, not-implemented 0.7",
    "google": ("message-too-large 2.6, malformed-message 0.6, policy 0.6, content-rejected 0.2"),
    "got": "spam-content 1, network-error 0.5, timeout 0.5",
    "gralistet": "greylisted 2",
    "grande": "message-too-large 2",
    "graylist": "greylisted 2",
    "greet": (
        "ip-blocked 0.8, bad-sequence 0.5, policy 0.2, sender-rejected 0.2, syntax-error 0.2"
    ),
    "greeting": (
        "network-error 2.5, bad-sequence 2, timeout 0.5, no-reverse-dns 0.3, policy "
        "0.3, syntax-error 0.3"
    ),
    "greylist": "server-error 2, greylisted 1",
    "greylisted": "greylisted 16",
    "greylisting": "greylisted 12, server-error 5.5, unknown 4, service-unavailable 0.5",
    "group": (
        "policy 5, ip-blocked 1, message-too-large 1, auth-required 0.5, sender-rejected 0.5"
    ),
    "gsmtp": (
        "rate-limited 9.8, sender-auth-failed 7, policy 6.4, bad-sequence 5.7, "
        "malformed-message 5.1, auth-failed 4.3, syntax-error 4.3, spam-content 4, "
        "mailbox-full 3.5, auth-required 3.2, ip-blocked 3.2, server-error 2.8, "
        "no-reverse-dns 2.5, sender-rejected 2.2, tls-required 2, message-too-large "
        "1.6, auth-mechanism 1.5, mailbox-disabled 1.5, unknown-recipient 1.5, "
        "not-implemented 1.3, timeout 1.3, relay-denied 1.2, loop-detected 1, "
        "service-unavailable 1, content-rejected 0.8, too-many-recipients 0.8, "
        "smtputf8-unsupported 0.5, unknown 0.5, virus 0.5, network-error 0.3, "
        "parameter-unsupported 0.3, too-many-connections 0.3"
    ),
    "gssapi": "auth-mechanism 2",
    "gtube": "spam-content 2",
    "guidelines": (
        "no-reverse-dns 1.5, content-rejected 1, message-too-large 1, "
        "sender-auth-failed 1, rate-limited 0.5"
    ),
    "ha": (
        "rate-limited 4, unknown 2, mailbox-disabled 1.5, auth-failed 1, mailbox-full "
        "1, sender-auth-failed 1, spam-content 1, virus 1, ip-blocked 0.7, policy "
        "0.7, sender-rejected 0.7, unknown-recipient 0.5"
    ),
    "had": (
        "sender-auth-failed 1, spam-content 1, bad-sequence 0.5, policy 0.5, "
        "syntax-error 0.5, too-many-recipients 0.5"
    ),
    "hand": "network-error 0.5, server-error 0.5, timeout 0.5, unknown-domain 0.5",
    "handle": "relay-denied 2.5, tls-unavailable 1, unknown-domain 1, unknown-recipient 0.5",
    "handshake": "tls-required 2, tls-unavailable 2",
    "har": ("mailbox-full 4, rate-limited 1, relay-denied 1, server-error 0.5, unknown 0.5"),
    "hard": (
        "sender-auth-failed 2, network-error 0.5, unknown-domain 0.5, "
        "mailbox-disabled 0.2, policy 0.2, sender-rejected 0.2, unknown-recipient 0.2"
    ),
    "harvest": "unknown-recipient 1.3, ip-blocked 0.3, policy 0.3",
    "has": (
        "ip-blocked 22.5, rate-limited 20.5, sender-rejected 20.2, spam-content 15.9, "
        "mailbox-disabled 14.7, mailbox-full 14, sender-auth-failed 13, policy 12.3, "
        "unknown-recipient 6.3, malformed-message 6, recipient-moved 6, "
        "too-many-connections 5.8, unknown 4.8, no-reverse-dns 4.5, content-rejected "
        "4.3, loop-detected 3, unknown-domain 3, no-mail-service 2.7, syntax-error "
        "2.5, auth-failed 2.4, server-error 2.2, virus 2.2, message-too-large 2, "
        "service-unavailable 2, tls-required 2, smtputf8-unsupported 1.5, greylisted "
        "1.3, storage-full 1, tls-unavailable 1, too-many-recipients 1, timeout 0.8, "
        "bad-sequence 0.5, network-error 0.5, auth-required 0.2"
    ),
    "hat": ("ip-blocked 1.8, mailbox-full 1, rate-limited 0.5, policy 0.3, sender-rejected 0.3"),
    "have": (
        "unknown-recipient 12.5, no-reverse-dns 8.5, sender-rejected 8, ip-blocked 5, "
        "rate-limited 3.5, auth-required 3, policy 3, spam-content 2, auth-failed "
        "1.5, relay-denied 1.5, greylisted 1, mailbox-full 1, not-implemented 1, "
        "syntax-error 1, timeout 1, too-many-connections 1, too-many-recipients 1, "
        "unknown 0.5"
    ),
    "having": "malformed-message 2",
    "hay": "storage-full 1, unknown-recipient 1",
    "he": "recipient-moved 1, unknown-recipient 1, mailbox-disabled 0.5, policy 0.5",
    "header": (
        "malformed-message 29.2, sender-auth-failed 5.6, loop-detected 4, policy 2.8, "
        "sender-rejected 2.1, content-rejected 1.7, spam-content 1, message-too-large "
        "0.8, smtputf8-unsupported 0.5, auth-required 0.3"
    ),
    "headers": "malformed-message 8.5, loop-detected 1, spam-content 0.5",
    "healthy": "server-error 1, service-unavailable 1",
    "heard": "unknown-recipient 1, not-implemented 0.5, syntax-error 0.5",
    "hello": "bad-sequence 2, spam-content 1, syntax-error 1",
    "helo": (
        "syntax-error 36.3, bad-sequence 14, sender-rejected 4.7, policy 4.1, "
        "ip-blocked 1.8, no-reverse-dns 1, spam-content 0.8, auth-required 0.5, "
        "relay-denied 0.5, unknown-domain 0.2"
    ),
    "helohost": "syntax-error 1.5, policy 0.5",
    "help": (
        "unknown 4.3, ip-blocked 3.8, not-implemented 2.7, spam-content 2.2, policy "
        "1.5, content-rejected 0.7, parameter-unsupported 0.7, syntax-error 0.7, "
        "greylisted 0.2, sender-auth-failed 0.2"
    ),
    "here": (
        "unknown-recipient 19.7, relay-denied 5.8, unknown 4, content-rejected 3.3, "
        "sender-rejected 2.6, malformed-message 2.5, policy 2.1, auth-mechanism 2, "
        "loop-detected 2, tls-unavailable 2, ip-blocked 1.9, auth-required 1.3, "
        "no-mail-service 1.3, not-implemented 1, parameter-unsupported 1, "
        "too-many-connections 1, unknown-domain 0.8, mailbox-disabled 0.7, "
        "auth-failed 0.5, no-reverse-dns 0.5, spam-content 0.5, bad-sequence 0.3, "
        "recipient-moved 0.3, sender-auth-failed 0.3, syntax-error 0.3"
    ),
    "hesap": "mailbox-disabled 1, unknown 1, unknown-recipient 1",
    "het": (
        "unknown 4, greylisted 1, message-too-large 1, rate-limited 1, "
        "sender-rejected 1, service-unavailable 1, virus 1"
    ),
    "heure": "rate-limited 3",
    "high": "spam-content 4, rate-limited 3.3, service-unavailable 2.3, server-error 0.3",
    "him": "mailbox-full 2",
    "his": "mailbox-full 6, policy 0.5, sender-rejected 0.5",
    "hit": "rate-limited 1, content-rejected 0.3, sender-rejected 0.3, spam-content 0.3",
    "hittades": "unknown 1, virus 1",
    "hl": "ip-blocked 3.5, too-many-connections 3, rate-limited 2.5",
    "hold": (
        "mailbox-disabled 1.3, mailbox-full 1, content-rejected 0.5, policy 0.5, "
        "service-unavailable 0.3, unknown 0.3"
    ),
    "home": (
        "mailbox-full 3, server-error 1.7, ip-blocked 1, mailbox-disabled 0.7, "
        "unknown-recipient 0.7"
    ),
    "hop": "loop-detected 4, server-error 1, smtputf8-unsupported 1",
    "hops": "loop-detected 12",
    "hora": "rate-limited 4",
    "host": (
        "ip-blocked 40.9, no-reverse-dns 21.5, unknown-domain 11, policy 10.9, "
        "sender-rejected 6.2, too-many-connections 6, unknown 5.8, relay-denied 5, "
        "syntax-error 4.7, network-error 4.5, unknown-recipient 2.7, greylisted 2, "
        "server-error 1.6, content-rejected 1.3, auth-required 1.2, bad-sequence 1.2, "
        "no-mail-service 1.2, mailbox-disabled 1, sender-auth-failed 1, "
        "smtputf8-unsupported 1, spam-content 0.9, loop-detected 0.5, rate-limited "
        "0.5, tls-required 0.5, tls-unavailable 0.5, malformed-message 0.3, "
        "parameter-unsupported 0.3, timeout 0.3, service-unavailable 0.2"
    ),
    "hosted": (
        "relay-denied 2.3, unknown-domain 1, sender-rejected 0.8, auth-required 0.5, "
        "no-mail-service 0.5, sender-auth-failed 0.3, policy 0.2, server-error 0.2"
    ),
    "hosting": (
        "ip-blocked 1, mailbox-disabled 0.2, policy 0.2, relay-denied 0.2, unknown-domain 0.2"
    ),
    "hostname": "no-reverse-dns 5.3, syntax-error 5.3, policy 0.3",
    "hosts": (
        "ip-blocked 2.5, no-reverse-dns 2.5, greylisted 1, network-error 0.5, unknown-domain 0.5"
    ),
    "hour": ("rate-limited 17, service-unavailable 1, ip-blocked 0.5, too-many-recipients 0.5"),
    "hours": (
        "rate-limited 4, network-error 0.8, timeout 0.8, policy 0.3, sender-rejected "
        "0.3, spam-content 0.3, unknown 0.3"
    ),
    "html": "content-rejected 2.3, policy 0.3, spam-content 0.3",
    "hylattiin": "spam-content 2",
    "ib": "auth-mechanism 1, ip-blocked 1, no-reverse-dns 1",
    "icc": "too-many-connections 3",
    "id": (
        "malformed-message 10.5, spam-content 7, unknown 6.2, content-rejected 5, "
        "unknown-recipient 3.3, virus 3, server-error 2.8, auth-failed 2, "
        "smtputf8-unsupported 2, policy 1.8, sender-auth-failed 1.2, loop-detected 1, "
        "relay-denied 1, sender-rejected 0.8, syntax-error 0.8, message-too-large "
        "0.5, rate-limited 0.5, mailbox-disabled 0.3, network-error 0.3, "
        "service-unavailable 0.3, unknown-domain 0.3, greylisted 0.2"
    ),
    "identified": "spam-content 3, ip-blocked 1.5, bad-sequence 1, relay-denied 0.5",
    "identity": "ip-blocked 2, bad-sequence 1.5, auth-failed 0.5",
    "idle": "timeout 3",
    "if": (
        "unknown 8, ip-blocked 2, sender-auth-failed 2, spam-content 2, "
        "no-reverse-dns 1, rate-limited 1, syntax-error 1, unknown-recipient 1, "
        "policy 0.5, sender-rejected 0.5"
    ),
    "ifc": "rate-limited 2",
    "igen": "greylisted 2.5, unknown 0.5",
    "ihr": "ip-blocked 2, rate-limited 1",
    "ihre": (
        "ip-blocked 1.3, no-reverse-dns 1, spam-content 1, unknown 1, policy 0.3, "
        "sender-rejected 0.3"
    ),
    "ihrer": "too-many-connections 1, ip-blocked 0.5, rate-limited 0.5",
    "ihu": "ip-blocked 3",
    "ikke": (
        "unknown 4, unknown-recipient 4, relay-denied 2, sender-rejected 2, content-rejected 1"
    ),
    "il": (
        "ip-blocked 4.3, unknown 2.5, rate-limited 2, unknown-recipient 2, policy "
        "1.3, tls-required 1, virus 1, server-error 0.5, sender-rejected 0.3"
    ),
    "illegal": "content-rejected 2, syntax-error 1.5, unknown-recipient 1, auth-failed 0.5",
    "images": "content-rejected 1.5, policy 0.5",
    "impersonation": "policy 0.7, sender-rejected 0.7, spam-content 0.7",
    "implemented": (
        "not-implemented 5.5, parameter-unsupported 2, syntax-error 1, smtputf8-unsupported 0.5"
    ),
    "imposed": (
        "ip-blocked 1, mailbox-full 1, policy 0.8, unknown-recipient 0.8, "
        "sender-rejected 0.2, unknown 0.2"
    ),
    "impossibile": "unknown-recipient 2, server-error 0.5, unknown 0.5",
    "impossible": (
        "unknown-recipient 2, mailbox-full 1, relay-denied 1, virus 1, server-error "
        "0.3, service-unavailable 0.3, unknown 0.3"
    ),
    "in": (
        "ip-blocked 37.6, unknown-recipient 26.4, greylisted 17.5, sender-rejected "
        "15.6, content-rejected 14, rate-limited 13.3, spam-content 12.1, "
        "auth-required 11.7, policy 11.7, syntax-error 11.4, server-error 11.2, "
        "relay-denied 8.7, malformed-message 7.9, bad-sequence 7.5, unknown 7, "
        "too-many-recipients 5.5, sender-auth-failed 4.8, auth-failed 4.7, "
        "service-unavailable 4.3, mailbox-full 4, too-many-connections 4, "
        "loop-detected 3.8, mailbox-disabled 3.7, virus 3, timeout 2.8, "
        "smtputf8-unsupported 2.5, auth-mechanism 2, storage-full 2, unknown-domain "
        "1.5, network-error 1.2, recipient-moved 1, tls-required 1, no-reverse-dns "
        "0.3, no-mail-service 0.2"
    ),
    "inactive": "mailbox-disabled 11, mailbox-full 2, unknown-recipient 1",
    "inactivity": "mailbox-disabled 6",
    "inbox": "mailbox-full 6.5, mailbox-disabled 0.5",
    "incident": (
        "spam-content 1.7, ip-blocked 1, content-rejected 0.7, greylisted 0.2, policy "
        "0.2, sender-auth-failed 0.2"
    ),
    "incoming": (
        "mailbox-disabled 1.3, mailbox-full 1, policy 0.5, unknown-recipient 0.3, "
        "auth-required 0.2, no-mail-service 0.2, server-error 0.2, unknown-domain 0.2"
    ),
    "inconnu": "unknown-recipient 3.5, greylisted 1, unknown-domain 1, mailbox-disabled 0.5",
    "incorrect": "auth-failed 6.5, sender-rejected 1, auth-mechanism 0.5",
    "incorrecte": "syntax-error 1.5, sender-rejected 0.5",
    "indicate": "loop-detected 2",
    "indirizzo": (
        "unknown-recipient 2, ip-blocked 1.3, mailbox-disabled 1, "
        "too-many-connections 1, unknown 1, policy 0.3, sender-rejected 0.3"
    ),
    "indisponible": (
        "tls-unavailable 1, service-unavailable 0.8, server-error 0.5, greylisted 0.3, unknown 0.3"
    ),
    "inesistente": "sender-rejected 1, unknown-recipient 1",
    "infected": "virus 6",
    "info": "sender-rejected 2, syntax-error 2, unknown-recipient 1",
    "information": (
        "rate-limited 5, ip-blocked 4.2, policy 2.4, auth-failed 2.3, auth-required "
        "2, mailbox-disabled 2, content-rejected 1.5, sender-auth-failed 1.5, "
        "spam-content 1.5, unknown-recipient 1, sender-rejected 0.8, auth-mechanism "
        "0.5, server-error 0.2"
    ),
    "ingen": "unknown-recipient 3, unknown 2",
    "initial": "network-error 2.5, timeout 0.5",
    "input": (
        "timeout 1.5, server-error 1.2, syntax-error 0.8, auth-failed 0.5, "
        "network-error 0.5, policy 0.2, unknown 0.2"
    ),
    "installed": "tls-unavailable 1, server-error 0.5, unknown-domain 0.5",
    "instant": "mailbox-full 1, service-unavailable 1",
    "instead": (
        "ip-blocked 1.3, recipient-moved 1, server-error 0.5, unknown-domain 0.5, "
        "policy 0.3, relay-denied 0.3"
    ),
    "instructions": "relay-denied 1, sender-rejected 1",
    "insufficient": (
        "storage-full 6.3, server-error 1.8, ip-blocked 1, mailbox-full 0.5, "
        "service-unavailable 0.3"
    ),
    "inte": (
        "unknown 5, unknown-recipient 4, server-error 2, content-rejected 1, "
        "relay-denied 1, sender-rejected 1, tls-unavailable 1"
    ),
    "intentelo": "greylisted 3, rate-limited 1",
    "internal": (
        "server-error 7, ip-blocked 2.2, policy 2.2, greylisted 1, network-error 1, "
        "unknown 1, timeout 0.5, unknown-domain 0.5, no-mail-service 0.2, "
        "relay-denied 0.2"
    ),
    "interne": "server-error 2",
    "internet": (
        "ip-blocked 3.1, spam-content 1.5, policy 0.6, no-reverse-dns 0.3, "
        "no-mail-service 0.2, relay-denied 0.2"
    ),
    "interno": "server-error 3",
    "interrupted": "server-error 1.3, service-unavailable 0.3, unknown 0.3",
    "introduce": "bad-sequence 3",
    "introuvable": "sender-rejected 2, unknown-recipient 1",
    "invalid": (
        "syntax-error 23.9, unknown-recipient 23, bad-sequence 9.4, malformed-message "
        "8.7, sender-rejected 8.5, auth-failed 5.2, auth-required 3.3, tls-required "
        "3, sender-auth-failed 2.3, not-implemented 2.2, unknown 2.1, rate-limited 2, "
        "unknown-domain 2, relay-denied 1.8, policy 1.4, server-error 1.2, "
        "mailbox-disabled 1, ip-blocked 0.8, auth-mechanism 0.7, content-rejected "
        "0.7, no-reverse-dns 0.5, parameter-unsupported 0.5, tls-unavailable 0.5, "
        "too-many-recipients 0.2"
    ),
    "invalide": "auth-failed 1, sender-auth-failed 1, sender-rejected 1, syntax-error 1",
    "ip": (
        "ip-blocked 148.4, no-reverse-dns 32.4, unknown 31.3, too-many-connections "
        "16.7, rate-limited 12.8, policy 11.5, sender-auth-failed 7.1, "
        "sender-rejected 6.5, relay-denied 3.5, spam-content 3.5, server-error 1.7, "
        "network-error 1.5, auth-failed 1, syntax-error 1, timeout 0.5, "
        "unknown-domain 0.5, auth-required 0.3, content-rejected 0.2, "
        "mailbox-disabled 0.2, unknown-recipient 0.2"
    ),
    "ips": "ip-blocked 3.3, no-reverse-dns 1.3, rate-limited 0.3",
    "ipv": (
        "sender-auth-failed 2.5, no-reverse-dns 2, ip-blocked 0.8, "
        "parameter-unsupported 0.3, policy 0.3"
    ),
    "is": (
        "ip-blocked 71.5, sender-rejected 49.9, mailbox-full 45.2, mailbox-disabled "
        "44.7, unknown-recipient 40, unknown 39.3, policy 32, sender-auth-failed "
        "24.8, relay-denied 22, spam-content 21.7, malformed-message 17.9, "
        "server-error 17.7, rate-limited 17, service-unavailable 16.4, syntax-error "
        "16.2, message-too-large 16, auth-required 12.3, auth-failed 10.2, "
        "tls-required 10, content-rejected 8.5, bad-sequence 7.2, storage-full 7, "
        "auth-mechanism 6.5, no-reverse-dns 5.8, not-implemented 5, loop-detected "
        "4.5, smtputf8-unsupported 4, no-mail-service 3.6, parameter-unsupported 3.3, "
        "too-many-recipients 3.3, greylisted 3.2, tls-unavailable 3, unknown-domain "
        "2.9, network-error 2.8, recipient-moved 1.6, too-many-connections 1, virus "
        "0.6, timeout 0.3"
    ),
    "ismeretlen": "unknown-recipient 2",
    "isp": "ip-blocked 2.3, no-reverse-dns 1, auth-required 0.3, relay-denied 0.3",
    "issue": (
        "tls-required 6, auth-required 2.5, content-rejected 1.5, relay-denied 1, "
        "sender-rejected 1, auth-mechanism 0.5, virus 0.5"
    ),
    "issued": "bad-sequence 3, auth-required 0.3, policy 0.3, tls-required 0.3",
    "ist": (
        "mailbox-full 3, unknown 3, server-error 2, service-unavailable 2, ip-blocked "
        "1, message-too-large 1, unknown-recipient 1, relay-denied 0.5, "
        "unknown-domain 0.5"
    ),
    "istnieje": "unknown-recipient 3, sender-rejected 1",
    "it": (
        "sender-auth-failed 6.7, unknown-recipient 6.3, spam-content 4.3, ip-blocked "
        "3, malformed-message 3, policy 3, server-error 3, unknown 3, loop-detected "
        "2.5, virus 2, content-rejected 1.8, sender-rejected 1.7, mailbox-full 1.5, "
        "message-too-large 1.5, auth-required 1.3, no-mail-service 1.3, auth-failed "
        "1.2, bad-sequence 1, not-implemented 1, service-unavailable 1, "
        "smtputf8-unsupported 1, syntax-error 1, rate-limited 0.7, mailbox-disabled "
        "0.5, relay-denied 0.5"
    ),
    "its": (
        "mailbox-full 6, no-reverse-dns 3, policy 2.8, content-rejected 2, "
        "relay-denied 2, message-too-large 1, sender-auth-failed 1, sender-rejected "
        "1, service-unavailable 1, mailbox-disabled 0.5, network-error 0.5, "
        "rate-limited 0.5, spam-content 0.5, tls-required 0.5, tls-unavailable 0.5, "
        "unknown-domain 0.5, unknown-recipient 0.5, virus 0.5, greylisted 0.3, "
        "ip-blocked 0.3"
    ),
    "iwencgc": "ip-blocked 2",
    "jdoe": "unknown-recipient 1.3, mailbox-disabled 0.3, server-error 0.3",
    "je": "ip-blocked 2, mailbox-full 1, message-too-large 1, tls-required 1",
    "jest": (
        "unknown 4, mailbox-disabled 2, relay-denied 1.5, message-too-large 1, "
        "server-error 0.5, service-unavailable 0.5, unknown-domain 0.5"
    ),
    "jmeno": "auth-failed 1, syntax-error 1",
    "jo": (
        "unknown-recipient 3.3, mailbox-full 2, sender-rejected 2, server-error 0.5, "
        "unknown 0.5, mailbox-disabled 0.3, recipient-moved 0.3"
    ),
    "jointe": "content-rejected 2",
    "js": "content-rejected 2.5, virus 0.5",
    "junk": "spam-content 3, ip-blocked 2",
    "junkmail": "ip-blocked 2",
    "just": ("message-too-large 1, service-unavailable 1, sender-rejected 0.5, server-error 0.5"),
    "kapcsolat": "tls-required 1, too-many-connections 1",
    "kara": "ip-blocked 1, unknown 1",
    "karma": "ip-blocked 2",
    "kasutajat": "unknown-recipient 3",
    "kayttajan": "mailbox-full 1, unknown 1",
    "kb": "message-too-large 2, mailbox-full 1",
    "keep": "message-too-large 1, network-error 0.3, timeout 0.3, unknown 0.3",
    "kein": "unknown 2, no-reverse-dns 1",
    "keine": ("mailbox-full 1, policy 0.8, content-rejected 0.5, sender-rejected 0.3, unknown 0.3"),
    "kesobb": "greylisted 1, service-unavailable 1",
    "key": "auth-failed 1, sender-auth-failed 1, policy 0.5, rate-limited 0.5",
    "keyword": (
        "content-rejected 0.5, spam-content 0.5, ip-blocked 0.3, no-reverse-dns 0.3, policy 0.3"
    ),
    "kiintio": "mailbox-full 1, unknown 1",
    "kim": "server-error 1, unknown 1",
    "kimlik": "auth-failed 1, auth-required 1",
    "kiri": "spam-content 2, message-too-large 1, unknown 1, virus 1",
    "klassifisert": "spam-content 2",
    "know": "unknown-recipient 2, auth-mechanism 1, not-implemented 0.5, syntax-error 0.5",
    "known": (
        "unknown-recipient 5, spam-content 2, auth-failed 1, greylisted 1, policy 1, "
        "sender-rejected 1, server-error 1, unknown 1"
    ),
    "konnte": "unknown-recipient 1, server-error 0.5, unknown 0.5",
    "konto": "mailbox-disabled 7, unknown 1, unknown-recipient 1",
    "kontoen": "mailbox-disabled 3",
    "kontot": "mailbox-disabled 1, unknown 1",
    "kravs": "auth-required 1, tls-required 1",
    "kullanici": "auth-failed 1, unknown-recipient 1, server-error 0.5, unknown 0.5",
    "kutusu": "mailbox-full 1, unknown 1, unknown-recipient 1",
    "kvota": "mailbox-full 1, unknown 1",
    "kvote": "mailbox-full 2",
    "la": (
        "unknown 6, unknown-recipient 3.5, sender-auth-failed 2, mailbox-full 1.5, "
        "server-error 1.5, auth-failed 1, message-too-large 1, tls-required 1, "
        "ip-blocked 0.5, mailbox-disabled 0.5, policy 0.5, service-unavailable 0.5, "
        "storage-full 0.5"
    ),
    "large": (
        "message-too-large 9, unknown 4, mailbox-full 1, sender-auth-failed 1, "
        "content-rejected 0.5, policy 0.5"
    ),
    "larger": "message-too-large 2.5, mailbox-full 0.5",
    "last": (
        "rate-limited 2.5, mailbox-disabled 2.3, sender-rejected 1, auth-required "
        "0.5, ip-blocked 0.5, network-error 0.5, relay-denied 0.5, timeout 0.5, "
        "recipient-moved 0.3, unknown-recipient 0.3"
    ),
    "later": (
        "server-error 20.7, unknown 19.1, service-unavailable 16.8, rate-limited "
        "13.4, greylisted 11.3, mailbox-full 4, ip-blocked 3.6, storage-full 3.5, "
        "too-many-connections 3.3, spam-content 2, no-reverse-dns 1.8, policy 1.5, "
        "auth-failed 1, network-error 0.8, timeout 0.5, mailbox-disabled 0.3, "
        "bad-sequence 0.2, unknown-domain 0.2"
    ),
    "ldap": "server-error 3, unknown-recipient 1.5, auth-failed 0.5",
    "le": (
        "unknown 5, unknown-recipient 2, sender-rejected 1.3, mailbox-full 1, "
        "relay-denied 1, spam-content 1, virus 1, ip-blocked 0.3, policy 0.3"
    ),
    "learn": "auth-required 1, ip-blocked 1",
    "lee": "server-error 1, unknown 1",
    "left": (
        "mailbox-full 3, recipient-moved 1.3, message-too-large 1, server-error 1, "
        "storage-full 1, mailbox-disabled 0.3, unknown-recipient 0.3"
    ),
    "legitimate": (
        "sender-auth-failed 2, policy 0.3, sender-rejected 0.3, too-many-recipients 0.3"
    ),
    "leitud": "unknown-recipient 2",
    "less": "rate-limited 1, message-too-large 0.5, storage-full 0.5",
    "let": "relay-denied 1, sender-auth-failed 1, content-rejected 0.5, virus 0.5",
    "letezik": "sender-rejected 1, unknown-recipient 1",
    "letter": "rate-limited 1, content-rejected 0.5, spam-content 0.5",
    "letters": "content-rejected 1, smtputf8-unsupported 1, spam-content 1",
    "lettres": "mailbox-full 3, mailbox-disabled 0.5, unknown-recipient 0.5",
    "level": "ip-blocked 2, sender-auth-failed 1.5, policy 1, tls-required 0.5",
    "lf": "malformed-message 5.5, bad-sequence 0.5",
    "lib": "no-reverse-dns 1, sender-rejected 0.5, unknown-domain 0.5",
    "license": "server-error 0.8, service-unavailable 0.8, policy 0.2, unknown 0.2",
    "liian": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "liiga": "message-too-large 1, too-many-connections 1, unknown 1",
    "lijst": "policy 1, unknown 1",
    "like": (
        "spam-content 5.3, ip-blocked 2, loop-detected 2, bad-sequence 1, "
        "sender-rejected 1, policy 0.8, no-reverse-dns 0.5, content-rejected 0.3"
    ),
    "likely": "spam-content 3.3, ip-blocked 1, policy 0.3, sender-rejected 0.3",
    "limit": (
        "rate-limited 31.5, message-too-large 20.6, mailbox-full 16.5, "
        "too-many-connections 9, too-many-recipients 6.5, policy 1.6, "
        "malformed-message 1.1, ip-blocked 1, unknown 1, content-rejected 0.8, "
        "server-error 0.5, service-unavailable 0.5, timeout 0.5"
    ),
    "limite": "rate-limited 13, message-too-large 1",
    "limited": (
        "rate-limited 9, sender-auth-failed 6.5, ip-blocked 2, no-reverse-dns 1, "
        "tls-required 1, too-many-connections 0.5"
    ),
    "limits": (
        "message-too-large 2, rate-limited 1.8, ip-blocked 0.5, mailbox-disabled 0.3, "
        "mailbox-full 0.3"
    ),
    "line": (
        "malformed-message 13, syntax-error 7.5, server-error 1.5, "
        "smtputf8-unsupported 0.5, unknown 0.5"
    ),
    "linefeeds": "malformed-message 2",
    "lines": "loop-detected 2, service-unavailable 0.5, too-many-connections 0.5",
    "link": "spam-content 7.2, content-rejected 2.2, malformed-message 0.2, policy 0.2",
    "links": "spam-content 2.8, content-rejected 1.8, policy 0.3",
    "list": (
        "ip-blocked 22.8, policy 21.5, sender-rejected 13.6, unknown-recipient 6.5, "
        "relay-denied 4.8, mailbox-disabled 2.2, spam-content 1.8, recipient-moved 1, "
        "auth-required 0.5, content-rejected 0.5, too-many-recipients 0.5, "
        "loop-detected 0.3, network-error 0.3, unknown-domain 0.3, unknown 0.2"
    ),
    "lista": "ip-blocked 5, greylisted 4, policy 3",
    "liste": "ip-blocked 4.5, policy 3.5, greylisted 2, sender-rejected 1, spam-content 1",
    "listed": (
        "ip-blocked 26.1, sender-rejected 8.7, spam-content 5.6, unknown 4, "
        "content-rejected 1.1, policy 1.1, greylisted 1, loop-detected 0.5, "
        "server-error 0.5, mailbox-disabled 0.2, unknown-recipient 0.2"
    ),
    "listede": "ip-blocked 1, unknown 1",
    "listee": "ip-blocked 2",
    "listing": "ip-blocked 2, server-error 0.5, service-unavailable 0.5",
    "lists": "policy 1, not-implemented 0.5, sender-rejected 0.5",
    "literal": "syntax-error 1, server-error 0.5, unknown 0.5",
    "lleno": "mailbox-full 2, unknown 1",
    "load": "service-unavailable 7.3, server-error 1.3, rate-limited 0.3",
    "loaded": "tls-unavailable 1.5, server-error 0.5",
    "local": (
        "unknown-recipient 9, relay-denied 7.7, policy 5.2, ip-blocked 3.6, "
        "syntax-error 3.3, auth-required 2.9, server-error 2.5, sender-rejected 2.2, "
        "spam-content 2, smtputf8-unsupported 1, tls-unavailable 1, content-rejected "
        "0.7, mailbox-full 0.5, message-too-large 0.5, unknown 0.5, recipient-moved "
        "0.3"
    ),
    "localhost": "syntax-error 2, sender-rejected 1",
    "location": "ip-blocked 1.8, policy 0.8, sender-rejected 0.2, syntax-error 0.2",
    "locked": (
        "mailbox-disabled 10.2, service-unavailable 3.7, auth-failed 3.5, "
        "server-error 1.2, policy 0.5"
    ),
    "log": (
        "auth-required 3.8, auth-failed 3, rate-limited 2.5, auth-mechanism 2, "
        "bad-sequence 1, mailbox-disabled 1, tls-required 1, relay-denied 0.5, "
        "server-error 0.5, sender-auth-failed 0.3, sender-rejected 0.3"
    ),
    "logged": "auth-required 2, bad-sequence 1, relay-denied 0.5, sender-rejected 0.5",
    "login": (
        "auth-failed 8.5, auth-required 4.8, auth-mechanism 2.5, rate-limited 1.5, "
        "sender-rejected 1.3, policy 1, server-error 1, relay-denied 0.8, "
        "syntax-error 0.5"
    ),
    "logins": (
        "rate-limited 2.2, auth-failed 1.2, tls-required 1, ip-blocked 0.7, "
        "auth-mechanism 0.3, not-implemented 0.3, policy 0.3"
    ),
    "long": (
        "syntax-error 9.5, timeout 4.7, malformed-message 4.5, message-too-large 1.5, "
        "mailbox-disabled 1, server-error 1, content-rejected 0.5, network-error 0.3, "
        "rate-limited 0.3, too-many-connections 0.3, unknown 0.3"
    ),
    "longer": (
        "mailbox-disabled 3.7, recipient-moved 3.3, syntax-error 2.5, "
        "unknown-recipient 2.3, message-too-large 2, no-mail-service 1.3, "
        "server-error 1, malformed-message 0.5, content-rejected 0.3, policy 0.3, "
        "relay-denied 0.3, unknown-domain 0.3"
    ),
    "looking": "ip-blocked 0.5, network-error 0.5, no-reverse-dns 0.5, unknown-domain 0.5",
    "looks": "spam-content 4, loop-detected 2, ip-blocked 1.5, no-reverse-dns 0.5",
    "lookup": (
        "no-reverse-dns 7.8, server-error 4.2, unknown-recipient 4, ip-blocked 1, "
        "service-unavailable 1, network-error 0.8, unknown-domain 0.8, relay-denied "
        "0.5"
    ),
    "lookups": "sender-auth-failed 1, server-error 1",
    "loop": "loop-detected 20.8, server-error 0.8, unknown-domain 0.3",
    "looping": "loop-detected 4",
    "loops": "loop-detected 1.3, server-error 1.3, unknown-domain 0.3",
    "lost": "network-error 3.3, server-error 2.8, timeout 1, auth-failed 0.5, unknown 0.3",
    "low": (
        "ip-blocked 2.5, rate-limited 1.7, sender-rejected 1.7, storage-full 1.3, "
        "spam-content 0.9, policy 0.7, service-unavailable 0.5, server-error 0.3, "
        "greylisted 0.2, unknown 0.2"
    ),
    "loydy": "sender-rejected 1, unknown-recipient 1",
    "lpn": "sender-auth-failed 2",
    "lub": "mailbox-disabled 2, auth-failed 1",
    "machine": (
        "relay-denied 2.8, no-mail-service 1.2, auth-required 0.5, mailbox-disabled "
        "0.3, server-error 0.3, service-unavailable 0.3, ip-blocked 0.2, policy 0.2"
    ),
    "macros": "content-rejected 3",
    "mail": (
        "ip-blocked 42.9, policy 36.8, bad-sequence 32.3, sender-rejected 30.8, "
        "rate-limited 25.4, sender-auth-failed 20.8, relay-denied 19.5, spam-content "
        "18.3, auth-required 17.7, unknown 17, mailbox-full 13.8, mailbox-disabled "
        "12.2, loop-detected 11.7, unknown-recipient 11.2, syntax-error 9.3, "
        "no-mail-service 8.6, malformed-message 8.2, server-error 8.2, "
        "service-unavailable 7.8, message-too-large 7, content-rejected 5.9, "
        "tls-required 5, unknown-domain 4.5, no-reverse-dns 3.2, virus 3, greylisted "
        "2.9, auth-failed 2.4, storage-full 2, parameter-unsupported 1.5, "
        "network-error 1.3, tls-unavailable 1, too-many-connections 1"
    ),
    "mailbox": (
        "mailbox-full 52, unknown-recipient 37.9, mailbox-disabled 35.5, unknown 15, "
        "service-unavailable 7.6, policy 5.8, server-error 5.2, sender-rejected 4.8, "
        "syntax-error 3, message-too-large 2, smtputf8-unsupported 1.5, auth-failed "
        "1.2, ip-blocked 1.2, recipient-moved 1.2, storage-full 0.5, auth-required "
        "0.3"
    ),
    "maildir": "mailbox-full 4",
    "maildrop": "server-error 1.5, unknown 0.5",
    "mailer": "policy 0.8, spam-content 0.8, rate-limited 0.2, sender-rejected 0.2",
    "mailfrom": "sender-rejected 1.5, spam-content 0.5",
    "mailgateway": "ip-blocked 2",
    "mailing": "policy 1.5, unknown-recipient 1, sender-rejected 0.5",
    "mails": (
        "rate-limited 14.8, spam-content 1.6, policy 1.1, ip-blocked 1, mailbox-full "
        "1, message-too-large 1, sender-auth-failed 0.2, sender-rejected 0.2"
    ),
    "maintenance": "service-unavailable 3",
    "mais": "rate-limited 2, service-unavailable 1",
    "malformed": "malformed-message 4, syntax-error 4",
    "malware": "virus 2, content-rejected 1",
    "mancante": "no-reverse-dns 2",
    "manga": "too-many-connections 1, too-many-recipients 1",
    "mange": "too-many-connections 2, too-many-recipients 1",
    "many": (
        "rate-limited 26.9, too-many-connections 19.8, too-many-recipients 12, "
        "loop-detected 11, bad-sequence 8.9, ip-blocked 5, syntax-error 3.8, "
        "mailbox-full 3, auth-failed 1.8, not-implemented 1.8, policy 1.7, "
        "unknown-recipient 1.5, malformed-message 1, sender-auth-failed 1, unknown 1, "
        "sender-rejected 0.8, content-rejected 0.5, auth-required 0.3, greylisted "
        "0.3, service-unavailable 0.3, spam-content 0.3"
    ),
    "map": "server-error 2, unknown-recipient 1",
    "mapping": ("no-reverse-dns 1, policy 0.2, server-error 0.2, syntax-error 0.2, unknown 0.2"),
    "marked": (
        "spam-content 2, unknown-recipient 1.5, mailbox-disabled 0.8, policy 0.2, "
        "sender-rejected 0.2, unknown 0.2"
    ),
    "marking": "content-rejected 1, policy 1",
    "mas": "greylisted 2, rate-limited 1, service-unavailable 1",
    "mass": "policy 0.8, spam-content 0.8, rate-limited 0.2, sender-rejected 0.2",
    "match": (
        "unknown-recipient 3, no-reverse-dns 2, auth-failed 1.3, sender-rejected 1, "
        "tls-required 0.5, tls-unavailable 0.5, auth-required 0.3, relay-denied 0.3"
    ),
    "matched": (
        "ip-blocked 1.3, sender-auth-failed 1, spam-content 1, policy 0.8, sender-rejected 0.8"
    ),
    "matches": "spam-content 1, server-error 0.5, unknown-recipient 0.5",
    "max": (
        "rate-limited 5, loop-detected 3, message-too-large 2.5, too-many-connections "
        "2, too-many-recipients 1, mailbox-full 0.5, network-error 0.5, timeout 0.5"
    ),
    "maximo": "message-too-large 1, rate-limited 1",
    "maximum": (
        "message-too-large 15, too-many-connections 4.5, mailbox-full 2, "
        "too-many-recipients 2, malformed-message 1, content-rejected 0.5, policy "
        "0.5, service-unavailable 0.5"
    ),
    "may": (
        "policy 6.8, rate-limited 5, spam-content 3.3, ip-blocked 2.9, relay-denied "
        "2.9, sender-rejected 2.6, auth-required 2.5, loop-detected 2, mailbox-full "
        "2, content-rejected 1.3, sender-auth-failed 1.2, unknown-recipient 1.2, "
        "bad-sequence 1, network-error 0.5, timeout 0.5, tls-required 0.5, unknown "
        "0.5, unknown-domain 0.5, auth-failed 0.3, no-reverse-dns 0.3"
    ),
    "mb": "message-too-large 14, mailbox-full 3.5, storage-full 0.5",
    "mc": ("ip-blocked 1.3, rate-limited 0.5, spam-content 0.5, no-reverse-dns 0.3, policy 0.3"),
    "md": "auth-mechanism 3",
    "me": (
        "ip-blocked 2, bad-sequence 1, no-reverse-dns 1, parameter-unsupported 1, "
        "relay-denied 1, loop-detected 0.5, server-error 0.5"
    ),
    "means": "ip-blocked 1.5, policy 0.5",
    "mechanism": (
        "auth-mechanism 7.2, syntax-error 3.3, tls-required 1.3, auth-failed 0.8, "
        "auth-required 0.5, relay-denied 0.5, not-implemented 0.3"
    ),
    "med": "unknown-recipient 3",
    "meddelandet": (
        "unknown 1.5, message-too-large 1, rate-limited 1, spam-content 1, virus 1, "
        "server-error 0.5"
    ),
    "meet": "sender-auth-failed 2, no-reverse-dns 1.5, policy 0.5",
    "megtelt": "mailbox-full 2",
    "meldingen": "spam-content 2, message-too-large 1, virus 1",
    "member": (
        "policy 1.8, mailbox-full 1, unknown-recipient 1, sender-rejected 0.8, spam-content 0.3"
    ),
    "members": "policy 4, sender-rejected 1",
    "memory": "server-error 1.7, storage-full 1.7, service-unavailable 0.7",
    "mensagem": (
        "spam-content 2, unknown 1.5, mailbox-full 1, message-too-large 1, "
        "rate-limited 1, virus 1, server-error 0.5"
    ),
    "mensaje": "spam-content 2, message-too-large 1, unknown 1, virus 1",
    "mensajes": "mailbox-full 1, rate-limited 1",
    "message": (
        "spam-content 76.1, message-too-large 50.5, unknown 32.8, malformed-message "
        "31.9, sender-auth-failed 23.6, policy 23.4, content-rejected 19.5, "
        "rate-limited 13.5, mailbox-full 12.5, sender-rejected 12, virus 10.2, "
        "loop-detected 10, ip-blocked 8.8, server-error 8.2, too-many-recipients 7, "
        "no-reverse-dns 4.5, network-error 4.2, service-unavailable 3.3, timeout 3.2, "
        "unknown-recipient 2.8, bad-sequence 2, storage-full 2, mailbox-disabled 1.8, "
        "too-many-connections 1.5, relay-denied 1, smtputf8-unsupported 1, "
        "tls-required 1, unknown-domain 1, greylisted 0.7, syntax-error 0.2"
    ),
    "messagerie": "unknown-recipient 2",
    "messages": (
        "rate-limited 19.2, mailbox-full 6, ip-blocked 5.2, policy 3.8, "
        "malformed-message 3.3, mailbox-disabled 2.9, no-reverse-dns 2.3, "
        "service-unavailable 2.3, too-many-connections 2.2, content-rejected 1.7, "
        "message-too-large 1, sender-rejected 1, unknown 0.8, spam-content 0.5, "
        "no-mail-service 0.3, too-many-recipients 0.3, unknown-recipient 0.3, "
        "not-implemented 0.2, server-error 0.2, syntax-error 0.2"
    ),
    "messaggio": (
        "spam-content 2, message-too-large 1, rate-limited 1, unknown 1, "
        "unknown-recipient 1, virus 1"
    ),
    "method": "auth-mechanism 3",
    "mi": "rate-limited 2.5, sender-auth-failed 2, too-many-connections 0.5",
    "micro": "ip-blocked 2, unknown 0.5, unknown-recipient 0.5",
    "migrated": (
        "mailbox-disabled 0.6, server-error 0.6, service-unavailable 0.6, recipient-moved 0.2"
    ),
    "mime": "malformed-message 4.8, content-rejected 1.8, sender-auth-failed 0.3",
    "min": "spam-content 2, greylisted 1",
    "minut": "greylisted 2.5, unknown 0.5",
    "minute": (
        "rate-limited 1.5, server-error 0.5, service-unavailable 0.5, too-many-connections 0.5"
    ),
    "minuten": "greylisted 4",
    "minuter": "greylisted 1.5, unknown 0.5",
    "minutes": (
        "greylisted 9.2, rate-limited 3.8, auth-failed 2.3, ip-blocked 1.3, "
        "service-unavailable 1, auth-required 0.5, relay-denied 0.5, "
        "too-many-connections 0.5, content-rejected 0.2, server-error 0.2, unknown "
        "0.2"
    ),
    "minuti": "greylisted 2.5, unknown 0.5",
    "minutos": "greylisted 2",
    "minutter": "greylisted 2",
    "misconfigured": "server-error 2",
    "mislukt": "auth-failed 1, sender-auth-failed 1",
    "mismatched": (
        "no-reverse-dns 1, malformed-message 0.2, policy 0.2, sender-auth-failed 0.2, "
        "sender-rejected 0.2"
    ),
    "mismatches": (
        "sender-auth-failed 1.8, sender-rejected 0.8, ip-blocked 0.2, no-reverse-dns 0.2"
    ),
    "missing": (
        "malformed-message 8.2, syntax-error 7.8, bad-sequence 2, no-reverse-dns 2, "
        "sender-rejected 1.2, policy 0.7, auth-mechanism 0.5, ip-blocked 0.5, "
        "unknown-recipient 0.5, mailbox-disabled 0.3, server-error 0.3, "
        "content-rejected 0.2, spam-content 0.2, unknown 0.2, unknown-domain 0.2"
    ),
    "misslyckades": "auth-failed 1, sender-auth-failed 1",
    "mistake": "unknown 4, unknown-recipient 1",
    "mitglieder": "policy 1.5, sender-rejected 0.5",
    "mixed": "content-rejected 2",
    "mnoho": "too-many-connections 1, too-many-recipients 1",
    "mode": (
        "auth-mechanism 2, policy 1.9, smtputf8-unsupported 1.5, unknown 1.4, "
        "ip-blocked 1.2, spam-content 1.2, unknown-recipient 1, content-rejected 0.5, "
        "sender-rejected 0.5, syntax-error 0.5, greylisted 0.3, server-error 0.3, "
        "service-unavailable 0.3, storage-full 0.3"
    ),
    "moderation": "policy 1.5, content-rejected 0.5",
    "moderator": "policy 1, content-rejected 0.5, unknown 0.5",
    "modtager": "unknown-recipient 2",
    "moment": (
        "too-many-connections 2.5, service-unavailable 1.5, not-implemented 1, "
        "rate-limited 1, server-error 1, message-too-large 0.5, storage-full 0.5"
    ),
    "monday": "service-unavailable 1, policy 0.5, unknown 0.5",
    "monta": "too-many-connections 1, too-many-recipients 1",
    "months": "mailbox-disabled 3",
    "more": (
        "rate-limited 9, policy 6.5, ip-blocked 6, mailbox-disabled 3.5, unknown 3.1, "
        "auth-required 3, unknown-recipient 3, sender-auth-failed 2.5, auth-failed "
        "2.3, sender-rejected 2.2, message-too-large 2, spam-content 1.8, "
        "auth-mechanism 1.5, content-rejected 1.5, server-error 1.5, "
        "too-many-recipients 1.3, mailbox-full 1, malformed-message 1, relay-denied "
        "1, bad-sequence 0.5, network-error 0.5, syntax-error 0.5, timeout 0.5, "
        "service-unavailable 0.3"
    ),
    "most": "too-many-connections 1.5, rate-limited 0.5",
    "mot": "auth-failed 2",
    "mottagare": "too-many-recipients 1, unknown-recipient 1",
    "mottagaren": "mailbox-full 1, unknown-recipient 1",
    "mottaker": "unknown-recipient 2",
    "mottakeren": "mailbox-full 2, unknown-recipient 1",
    "moved": ("recipient-moved 5, mailbox-disabled 0.3, server-error 0.3, service-unavailable 0.3"),
    "moving": "service-unavailable 1.3, mailbox-disabled 0.3, server-error 0.3",
    "ms": "content-rejected 2",
    "msdownload": "content-rejected 4",
    "msg": (
        "malformed-message 4.5, smtputf8-unsupported 2, loop-detected 1, relay-denied "
        "1, syntax-error 0.8, message-too-large 0.5, sender-rejected 0.5, "
        "server-error 0.5, unknown 0.5, unknown-domain 0.3, unknown-recipient 0.3"
    ),
    "mta": (
        "ip-blocked 2, service-unavailable 1.3, mailbox-disabled 1, mailbox-full 1, "
        "policy 0.5, unknown 0.5, network-error 0.3, server-error 0.3"
    ),
    "much": (
        "rate-limited 5, ip-blocked 4.8, message-too-large 2, service-unavailable 2, "
        "spam-content 0.8, auth-failed 0.5, too-many-connections 0.5, sender-rejected "
        "0.3"
    ),
    "muito": "message-too-large 1, rate-limited 1",
    "multipart": "content-rejected 2",
    "multiple": (
        "too-many-recipients 2.3, content-rejected 0.3, malformed-message 0.3, "
        "parameter-unsupported 0.3, policy 0.3, server-error 0.3"
    ),
    "must": (
        "sender-rejected 9.5, tls-required 9.3, bad-sequence 5, auth-required 4.8, "
        "sender-auth-failed 4, syntax-error 3.5, ip-blocked 2.5, malformed-message 2, "
        "no-reverse-dns 1.5, policy 1.3, auth-mechanism 1, loop-detected 1, "
        "mailbox-disabled 1, smtputf8-unsupported 1, tls-unavailable 1, auth-failed "
        "0.5, content-rejected 0.5, parameter-unsupported 0.5, unknown 0.5, "
        "unknown-recipient 0.5"
    ),
    "mustas": "ip-blocked 3",
    "mx": (
        "sender-rejected 20.5, ip-blocked 7.8, unknown-domain 5.8, spam-content 5, "
        "too-many-connections 4, network-error 3.8, rate-limited 2.8, "
        "sender-auth-failed 2.5, no-mail-service 2.3, relay-denied 2, server-error "
        "1.5, loop-detected 1.3, greylisted 1, no-reverse-dns 1, service-unavailable "
        "1, policy 0.8, timeout 0.8, unknown 0.6, mailbox-disabled 0.5, mailbox-full "
        "0.5, too-many-recipients 0.5"
    ),
    "mxgmx": "ip-blocked 1, no-reverse-dns 1",
    "my": (
        "relay-denied 2.5, message-too-large 2, sender-rejected 2, "
        "smtputf8-unsupported 1, auth-required 0.5, loop-detected 0.5, server-error "
        "0.5, mailbox-disabled 0.3, policy 0.3, unknown-recipient 0.3"
    ),
    "myohemmin": "greylisted 1, service-unavailable 1",
    "myself": "loop-detected 0.8, server-error 0.8, unknown-domain 0.3",
    "na": "ip-blocked 2, auth-failed 1, sender-auth-failed 1, virus 1",
    "naam": "syntax-error 1, unknown-recipient 1",
    "nachricht": "spam-content 4, message-too-large 2",
    "nachrichten": "mailbox-full 1, rate-limited 1, policy 0.3, sender-rejected 0.3, unknown 0.3",
    "nadawcy": "sender-rejected 2",
    "nalezen": "unknown 1, unknown-recipient 1",
    "name": (
        "unknown-recipient 16, syntax-error 15.8, no-reverse-dns 12.8, "
        "sender-rejected 8.1, unknown-domain 7.5, network-error 2.7, policy 2.6, "
        "relay-denied 2, spam-content 2, sender-auth-failed 1.2, auth-required 1, "
        "smtputf8-unsupported 1, ip-blocked 0.8, server-error 0.8, not-implemented "
        "0.5, tls-required 0.5, tls-unavailable 0.5, timeout 0.3"
    ),
    "named": "too-many-recipients 1, unknown-recipient 1",
    "nameless": "no-reverse-dns 2",
    "nao": (
        "unknown 5.5, relay-denied 2, unknown-recipient 2, server-error 1.5, "
        "content-rejected 1, ip-blocked 1, no-reverse-dns 1, sender-rejected 1"
    ),
    "nature": "spam-content 2",
    "ne": "unknown-recipient 2, mailbox-full 1, server-error 1",
    "nebyl": "unknown 1, unknown-recipient 1",
    "necessaria": "auth-required 2",
    "need": (
        "bad-sequence 10, syntax-error 5, auth-required 2.5, sender-rejected 1, "
        "smtputf8-unsupported 1, relay-denied 0.5"
    ),
    "needed": ("tls-required 2, auth-failed 1, auth-mechanism 1, auth-required 1, bad-sequence 1"),
    "needs": (
        "auth-mechanism 0.5, malformed-message 0.5, smtputf8-unsupported 0.5, syntax-error 0.5"
    ),
    "neexistuje": "unknown-recipient 2, sender-rejected 1",
    "negra": "ip-blocked 2",
    "neither": "relay-denied 1, sender-auth-failed 1, sender-rejected 1",
    "nell": "ip-blocked 1, policy 1",
    "nem": "unknown 2, content-rejected 1, sender-rejected 1, unknown-recipient 1",
    "nemesis": "ip-blocked 2, no-reverse-dns 1",
    "nenhum": "unknown 1, unknown-recipient 1",
    "neni": (
        "unknown 5, relay-denied 1, tls-unavailable 1, unknown-recipient 1, "
        "server-error 0.5, service-unavailable 0.5"
    ),
    "nera": "ip-blocked 2",
    "nessun": "unknown-recipient 2, unknown 1",
    "nested": "bad-sequence 5",
    "network": (
        "ip-blocked 8.5, network-error 1.5, tls-unavailable 1, rate-limited 0.5, "
        "spam-content 0.5, too-many-connections 0.5, unknown-domain 0.5, "
        "no-mail-service 0.3, policy 0.3, service-unavailable 0.3"
    ),
    "never": (
        "unknown-recipient 2, syntax-error 1.3, policy 0.7, network-error 0.5, "
        "not-implemented 0.5, parameter-unsupported 0.5, timeout 0.5, no-reverse-dns "
        "0.3, sender-rejected 0.3, too-many-recipients 0.3"
    ),
    "new": (
        "mailbox-disabled 3.8, recipient-moved 2.5, rate-limited 2.3, greylisted 1.3, "
        "service-unavailable 1.3, auth-required 1, mailbox-full 1, server-error 0.3, "
        "too-many-connections 0.3"
    ),
    "newly": "content-rejected 0.8, spam-content 0.8, policy 0.3",
    "news": "unknown-recipient 1, policy 0.5, sender-rejected 0.5",
    "next": "server-error 1, smtputf8-unsupported 1, timeout 1",
    "nicht": (
        "unknown-recipient 5, sender-rejected 4, content-rejected 2, policy 2, "
        "server-error 1.5, unknown 1.5, ip-blocked 1, service-unavailable 1, "
        "tls-unavailable 1"
    ),
    "nie": (
        "unknown 6, unknown-recipient 4, auth-failed 1, sender-auth-failed 1, "
        "sender-rejected 1, server-error 1, relay-denied 0.5, unknown-domain 0.5"
    ),
    "nieaktywne": "mailbox-disabled 3",
    "nieprawidlowy": "auth-failed 1, sender-auth-failed 1, unknown-recipient 1",
    "niet": (
        "unknown 4.3, unknown-recipient 4, relay-denied 3, server-error 2, "
        "content-rejected 1, sender-rejected 1, tls-unavailable 1, mailbox-disabled "
        "0.3, service-unavailable 0.3"
    ),
    "nimekirjas": "ip-blocked 3, greylisted 1",
    "nincs": "unknown 1, unknown-recipient 1",
    "ningun": "unknown-recipient 2, unknown 1",
    "no": (
        "unknown-recipient 61, unknown 41.9, no-reverse-dns 20, bad-sequence 17.3, "
        "sender-rejected 15.8, syntax-error 11.3, malformed-message 11, relay-denied "
        "9.9, unknown-domain 9.9, server-error 8.4, policy 8.3, mailbox-disabled 7.8, "
        "ip-blocked 7.1, content-rejected 6.8, sender-auth-failed 6, tls-unavailable "
        "6, no-mail-service 5.5, mailbox-full 4.5, network-error 4, auth-failed 3.5, "
        "recipient-moved 3, storage-full 3, auth-required 2.7, message-too-large 2.5, "
        "not-implemented 2.3, timeout 2.3, service-unavailable 2, spam-content 1.8, "
        "rate-limited 1, auth-mechanism 0.5, tls-required 0.5, parameter-unsupported "
        "0.3"
    ),
    "nobody": (
        "unknown-recipient 6, spam-content 1, mailbox-disabled 0.3, no-mail-service 0.3, policy 0.3"
    ),
    "noch": "service-unavailable 2.3, greylisted 1.3, unknown 1.3, server-error 1",
    "node": "policy 1.2, not-implemented 0.2, server-error 0.2, unknown 0.2",
    "noire": "ip-blocked 2, sender-rejected 1, spam-content 1",
    "nom": "syntax-error 1, unknown-recipient 1",
    "nombre": "unknown-recipient 2, rate-limited 1, syntax-error 1",
    "nome": "auth-failed 2, syntax-error 2, unknown-recipient 2",
    "non": (
        "unknown 5.3, relay-denied 4.8, policy 3.5, syntax-error 3.5, "
        "smtputf8-unsupported 3, sender-rejected 2.5, ip-blocked 2, mailbox-disabled "
        "2, malformed-message 2, unknown-domain 1.5, unknown-recipient 1.3, "
        "auth-failed 1, content-rejected 1, sender-auth-failed 1, server-error 1, "
        "tls-unavailable 1, no-reverse-dns 0.5, auth-required 0.3, greylisted 0.3, "
        "service-unavailable 0.3"
    ),
    "none": "sender-auth-failed 3, ip-blocked 1, policy 1",
    "nonexistent": (
        "unknown-recipient 1, ip-blocked 0.5, network-error 0.5, rate-limited 0.5, "
        "unknown-domain 0.5"
    ),
    "nope": "unknown 5.5, greylisted 0.5",
    "nor": "sender-rejected 2.5, relay-denied 1, sender-auth-failed 1, auth-required 0.5",
    "noreply": "policy 1.2, mailbox-disabled 0.7, no-mail-service 0.7, sender-rejected 0.5",
    "normal": (
        "policy 1.4, unknown 1.4, ip-blocked 1.2, unknown-recipient 1, spam-content "
        "0.7, content-rejected 0.5, sender-rejected 0.5, greylisted 0.3"
    ),
    "normalize": (
        "syntax-error 0.8, sender-rejected 0.5, unknown-domain 0.3, unknown-recipient 0.3"
    ),
    "not": (
        "unknown 100.5, unknown-recipient 87, sender-rejected 84, policy 59.6, "
        "relay-denied 53.3, ip-blocked 41.2, server-error 36.8, sender-auth-failed "
        "36, no-reverse-dns 32.3, malformed-message 22.3, syntax-error 21.6, "
        "mailbox-disabled 21.2, not-implemented 19, content-rejected 18.8, "
        "unknown-domain 16.5, auth-required 16.3, tls-unavailable 14.8, bad-sequence "
        "14.2, auth-failed 14, spam-content 13.8, service-unavailable 12.4, "
        "auth-mechanism 11.6, mailbox-full 11.2, rate-limited 8.7, tls-required 8.5, "
        "parameter-unsupported 6.2, no-mail-service 5.3, storage-full 4.5, "
        "network-error 3.5, smtputf8-unsupported 3.5, message-too-large 3, greylisted "
        "2.5, too-many-connections 1, too-many-recipients 1, recipient-moved 0.7, "
        "loop-detected 0.5, virus 0.5"
    ),
    "notfound": "unknown-recipient 2",
    "nothing": "unknown 4, server-error 2, ip-blocked 1, syntax-error 1",
    "notify": "parameter-unsupported 2.5, syntax-error 1, policy 0.5",
    "nous": "unknown-recipient 2",
    "novamente": "greylisted 1, rate-limited 1",
    "now": (
        "unknown 8, mailbox-disabled 1.9, rate-limited 1.5, bad-sequence 1.2, "
        "not-implemented 1.2, service-unavailable 1.1, recipient-moved 1, "
        "server-error 0.8, ip-blocked 0.5, sender-rejected 0.5, policy 0.3, "
        "unknown-recipient 0.3, mailbox-full 0.2, syntax-error 0.2"
    ),
    "nsu": "unknown-recipient 1, policy 0.5, unknown 0.5",
    "nt": "unknown-recipient 1, policy 0.5, sender-rejected 0.5",
    "nul": "malformed-message 2, syntax-error 1",
    "null": "sender-rejected 3.5, no-mail-service 2, policy 0.5",
    "nullmx": "no-mail-service 2, sender-rejected 1",
    "number": (
        "too-many-connections 4.5, rate-limited 2.5, mailbox-full 2, "
        "unknown-recipient 1.5, policy 1.2, too-many-recipients 1, content-rejected "
        "0.8, parameter-unsupported 0.5, service-unavailable 0.5, syntax-error 0.5, "
        "unknown 0.5, malformed-message 0.2, message-too-large 0.2"
    ),
    "numbers": "content-rejected 1, policy 1, rate-limited 0.5, too-many-recipients 0.5",
    "nur": "policy 2, sender-rejected 1",
    "occurred": "ip-blocked 1.3, policy 0.3, unknown 0.3",
    "octets": "syntax-error 3, malformed-message 2",
    "odbiorcy": "unknown-recipient 1, mailbox-full 0.5, storage-full 0.5",
    "oder": "auth-failed 2, mailbox-disabled 0.5, unknown-recipient 0.5",
    "odrzucona": "spam-content 2",
    "oevae": "spam-content 2",
    "of": (
        "rate-limited 29.5, ip-blocked 23.1, sender-rejected 20.2, mailbox-full 19.5, "
        "spam-content 17.6, sender-auth-failed 15.4, policy 9.9, server-error 8.9, "
        "message-too-large 8.1, unknown-recipient 8.1, relay-denied 8, no-reverse-dns "
        "7, storage-full 6.2, too-many-connections 5.5, too-many-recipients 4.5, "
        "malformed-message 4.4, content-rejected 4.3, syntax-error 4.1, auth-required "
        "2.8, auth-failed 2.3, unknown 2.3, greylisted 2.2, service-unavailable 1.9, "
        "mailbox-disabled 1.8, tls-required 1.8, tls-unavailable 1.5, unknown-domain "
        "1.5, bad-sequence 1, network-error 0.5, not-implemented 0.5, "
        "parameter-unsupported 0.5, smtputf8-unsupported 0.5, timeout 0.5"
    ),
    "off": (
        "unknown 4.3, auth-failed 1.8, not-implemented 1.5, policy 1.1, relay-denied "
        "1, service-unavailable 1, storage-full 1, tls-unavailable 1, "
        "unknown-recipient 1, auth-mechanism 0.5, ip-blocked 0.5, rate-limited 0.5, "
        "greylisted 0.3, mailbox-disabled 0.2, sender-rejected 0.2"
    ),
    "offered": (
        "auth-mechanism 1.3, not-implemented 1.3, smtputf8-unsupported 1, "
        "tls-required 0.5, tls-unavailable 0.5, policy 0.3"
    ),
    "office": "policy 2, content-rejected 1, sender-rejected 1",
    "offline": "server-error 2, service-unavailable 1",
    "ofr": "auth-failed 1, auth-required 1, ip-blocked 1, sender-rejected 1",
    "often": (
        "rate-limited 2, sender-auth-failed 1, auth-failed 0.5, too-many-connections "
        "0.5, mailbox-disabled 0.3, policy 0.3, unknown-recipient 0.3"
    ),
    "ok": (
        "sender-auth-failed 1, sender-rejected 1, policy 0.7, content-rejected 0.3, "
        "malformed-message 0.3, unknown 0.3, unknown-recipient 0.3"
    ),
    "okand": "unknown-domain 1, unknown-recipient 1",
    "olarak": "spam-content 1, tls-unavailable 1",
    "old": (
        "mailbox-disabled 0.3, network-error 0.3, recipient-moved 0.3, timeout 0.3, "
        "unknown 0.3, unknown-recipient 0.3"
    ),
    "ole": "unknown 6, unknown-recipient 2, content-rejected 1, relay-denied 1",
    "om": "greylisted 3.5, rate-limited 1, unknown 0.5",
    "on": (
        "ip-blocked 30.2, sender-rejected 14.4, policy 10.2, unknown 9.2, "
        "spam-content 8.7, mailbox-full 7, mailbox-disabled 6.8, service-unavailable "
        "6.7, auth-required 5.8, unknown-recipient 4.9, server-error 3.7, "
        "content-rejected 3.3, relay-denied 3.2, tls-required 3, no-mail-service 2.3, "
        "message-too-large 2, rate-limited 2, sender-auth-failed 2, storage-full 2, "
        "syntax-error 1.7, unknown-domain 1.7, auth-mechanism 1.3, bad-sequence 1.3, "
        "recipient-moved 1.3, not-implemented 1.2, network-error 0.8, timeout 0.5, "
        "tls-unavailable 0.5, parameter-unsupported 0.3"
    ),
    "onbekend": "unknown-domain 1, unknown-recipient 1",
    "once": (
        "bad-sequence 1, server-error 1, network-error 0.5, timeout 0.5, "
        "mailbox-disabled 0.3, policy 0.3, unknown-recipient 0.3"
    ),
    "one": (
        "too-many-recipients 6.3, unknown-recipient 5.5, malformed-message 3.5, "
        "sender-auth-failed 3.5, policy 3.1, bad-sequence 3, ip-blocked 2.2, "
        "relay-denied 1.5, too-many-connections 1.5, sender-rejected 1.3, unknown "
        "1.1, rate-limited 1, syntax-error 1, auth-required 0.5, not-implemented 0.5, "
        "parameter-unsupported 0.5, server-error 0.3, service-unavailable 0.3, "
        "spam-content 0.2"
    ),
    "ongeldige": "sender-auth-failed 1, syntax-error 1",
    "only": (
        "policy 14.9, sender-rejected 4.8, auth-required 3.6, tls-required 2.8, "
        "mailbox-disabled 1.7, relay-denied 1.7, ip-blocked 1.3, malformed-message "
        "1.3, sender-auth-failed 1.2, auth-mechanism 1, rate-limited 1, "
        "too-many-recipients 1, no-mail-service 0.9, content-rejected 0.8, "
        "parameter-unsupported 0.5, server-error 0.5, spam-content 0.5, storage-full "
        "0.5, syntax-error 0.5, unknown-recipient 0.5"
    ),
    "ontvanger": "mailbox-full 2, unknown-recipient 1",
    "op": "ip-blocked 1, unknown 1",
    "open": (
        "too-many-connections 6.3, server-error 4.3, ip-blocked 2.3, relay-denied 2, "
        "bad-sequence 1, timeout 0.8, network-error 0.5, service-unavailable 0.5, "
        "storage-full 0.5, policy 0.3, rate-limited 0.3"
    ),
    "operation": "relay-denied 1, not-implemented 0.5, policy 0.5",
    "opnieuw": "greylisted 1, rate-limited 1, service-unavailable 1",
    "option": "parameter-unsupported 2.5, syntax-error 1.5",
    "or": (
        "unknown-recipient 15.9, ip-blocked 11.5, policy 9.4, sender-auth-failed 8.5, "
        "auth-failed 7.5, sender-rejected 7.5, no-reverse-dns 6, unknown-domain 6, "
        "spam-content 5.2, mailbox-disabled 4.9, syntax-error 4.8, bad-sequence 4, "
        "malformed-message 3, auth-required 2.8, relay-denied 2.8, unknown 2.4, "
        "mailbox-full 2, network-error 2, content-rejected 1.8, rate-limited 1.5, "
        "virus 1.3, auth-mechanism 0.5, message-too-large 0.5, not-implemented 0.5, "
        "parameter-unsupported 0.5, recipient-moved 0.3, server-error 0.3, "
        "service-unavailable 0.3"
    ),
    "orcpt": "syntax-error 1.5, parameter-unsupported 0.5",
    "order": "server-error 1, tls-required 1, policy 0.5, sender-rejected 0.5",
    "organisation": "rate-limited 2, policy 1",
    "organization": (
        "policy 3, rate-limited 2.3, unknown-recipient 1, server-error 0.3, service-unavailable 0.3"
    ),
    "organizational": "sender-auth-failed 2, policy 1",
    "origin": "ip-blocked 2",
    "originating": "rate-limited 6.8, ip-blocked 0.8, spam-content 0.3",
    "osoitteesi": "ip-blocked 2, unknown 1",
    "other": (
        "relay-denied 2, content-rejected 1, no-reverse-dns 1, sender-rejected 1, "
        "too-many-connections 1, ip-blocked 0.5, parameter-unsupported 0.5, policy "
        "0.5, syntax-error 0.5"
    ),
    "ou": "auth-failed 2, unknown-recipient 1.5, mailbox-disabled 0.5",
    "our": (
        "ip-blocked 13.4, spam-content 13.2, unknown 10.8, sender-rejected 6.2, "
        "server-error 5.5, policy 5.2, message-too-large 5, unknown-recipient 5, "
        "rate-limited 4.8, sender-auth-failed 4.5, relay-denied 3.6, content-rejected "
        "3.1, storage-full 3, service-unavailable 2.5, auth-failed 1, bad-sequence 1, "
        "mailbox-full 1, virus 1, no-reverse-dns 0.5, too-many-connections 0.5, "
        "syntax-error 0.2"
    ),
    "ours": (
        "relay-denied 3, unknown-recipient 2.5, policy 0.9, sender-rejected 0.9, "
        "auth-required 0.5, sender-auth-failed 0.3, spam-content 0.3, ip-blocked 0.2, "
        "syntax-error 0.2"
    ),
    "out": (
        "server-error 7.2, storage-full 5.7, mailbox-full 4.5, timeout 4.5, "
        "network-error 3.5, service-unavailable 1.7, rate-limited 1.5, ip-blocked 1, "
        "tls-unavailable 1, too-many-connections 1, auth-failed 0.5, mailbox-disabled "
        "0.5, too-many-recipients 0.5"
    ),
    "outbound": "sender-rejected 1.3, auth-failed 0.3, policy 0.3",
    "outgoing": (
        "rate-limited 3, policy 1.1, sender-rejected 1.1, auth-required 1, "
        "auth-failed 0.6, mailbox-disabled 0.2"
    ),
    "output": "server-error 4.5, storage-full 0.5",
    "outside": (
        "policy 2.7, content-rejected 1, auth-failed 0.3, ip-blocked 0.3, "
        "sender-rejected 0.3, spam-content 0.3"
    ),
    "over": (
        "mailbox-full 29.5, message-too-large 4.5, tls-required 4, sender-auth-failed "
        "2, greylisted 1, malformed-message 1, rate-limited 1, service-unavailable 1, "
        "syntax-error 1, too-many-recipients 1, mailbox-disabled 0.5, network-error "
        "0.5, storage-full 0.5, timeout 0.5, ip-blocked 0.3, parameter-unsupported "
        "0.3, policy 0.3"
    ),
    "overloaded": "service-unavailable 3, server-error 1",
    "overquota": "mailbox-full 4",
    "overschreden": "mailbox-full 1, unknown 1",
    "overskredet": "mailbox-full 2",
    "own": (
        "sender-auth-failed 2.2, sender-rejected 2, ip-blocked 1.2, relay-denied 1.2, "
        "policy 1, spam-content 1, syntax-error 0.2"
    ),
    "owned": "sender-rejected 7",
    "owner": "mailbox-disabled 2, policy 2, sender-rejected 1, unknown-recipient 1",
    "pa": "ip-blocked 3, mailbox-full 1",
    "page": (
        "unknown 6, no-reverse-dns 1, sender-auth-failed 1, content-rejected 0.7, "
        "policy 0.7, spam-content 0.7"
    ),
    "par": "ip-blocked 1, rate-limited 1",
    "para": "policy 1, rate-limited 1",
    "parameter": "syntax-error 4.5, parameter-unsupported 1, auth-mechanism 0.5",
    "parameters": "syntax-error 6.5, parameter-unsupported 2.5",
    "parents": "policy 1, sender-rejected 1",
    "parse": "syntax-error 1.5, parameter-unsupported 0.5",
    "part": (
        "syntax-error 3.3, ip-blocked 2.5, unknown-recipient 2.3, malformed-message "
        "1, smtputf8-unsupported 1, spam-content 1, rate-limited 0.5, unknown-domain "
        "0.3"
    ),
    "partition": "storage-full 2",
    "parts": "server-error 1, policy 0.3, syntax-error 0.3, unknown-recipient 0.3",
    "party": "relay-denied 1, policy 0.5, sender-rejected 0.5",
    "pas": (
        "unknown 5, unknown-recipient 3, mailbox-full 1, no-reverse-dns 1, "
        "relay-denied 1, sender-auth-failed 1, server-error 1"
    ),
    "pass": "sender-auth-failed 12",
    "passe": "auth-failed 2",
    "passed": "loop-detected 2, ip-blocked 1",
    "passes": "unknown 4, sender-auth-failed 2, not-implemented 1, sender-rejected 1",
    "password": (
        "auth-failed 18.7, auth-mechanism 4.5, server-error 2, content-rejected 1.5, "
        "policy 1.4, auth-required 1.3, sender-rejected 0.9, rate-limited 0.5, "
        "mailbox-disabled 0.2"
    ),
    "pat": "server-error 1, unknown 1",
    "path": "syntax-error 1.5, unknown-recipient 1.5, sender-rejected 1",
    "pattern": "spam-content 4",
    "pbl": "ip-blocked 4",
    "pcmowedjggaw": "too-many-connections 2",
    "peak": "rate-limited 2",
    "peer": (
        "network-error 1.3, too-many-connections 1, tls-required 0.5, tls-unavailable "
        "0.5, service-unavailable 0.3, timeout 0.3"
    ),
    "peers": "policy 1, ip-blocked 0.5, tls-required 0.5",
    "pelna": "mailbox-full 1, unknown 1",
    "penalty": "rate-limited 0.8, ip-blocked 0.5, greylisted 0.3, policy 0.3",
    "people": (
        "bad-sequence 3, syntax-error 1, ip-blocked 0.3, rate-limited 0.3, unknown-recipient 0.3"
    ),
    "per": (
        "rate-limited 11.5, too-many-recipients 4.8, too-many-connections 2.5, policy "
        "1.8, ip-blocked 1.5, bad-sequence 1, mailbox-disabled 1, mailbox-full 1, "
        "sender-auth-failed 1, tls-required 1, service-unavailable 0.5, "
        "malformed-message 0.3, message-too-large 0.3, parameter-unsupported 0.3, "
        "server-error 0.3"
    ),
    "percent": "mailbox-full 1, spam-content 1",
    "perhaps": "unknown-recipient 1, auth-required 0.5, relay-denied 0.5",
    "permanent": (
        "policy 2.2, mailbox-full 2, sender-auth-failed 1.5, rate-limited 1, unknown "
        "0.8, server-error 0.5, unknown-recipient 0.5, ip-blocked 0.2, spam-content "
        "0.2"
    ),
    "permanently": "ip-blocked 2",
    "permission": (
        "server-error 4, auth-failed 1.5, policy 1.2, relay-denied 1.2, "
        "sender-rejected 0.8, unknown 0.2"
    ),
    "permissions": "sender-rejected 3.5, auth-failed 0.5",
    "permit": "sender-auth-failed 1, policy 0.3, unknown 0.3, unknown-recipient 0.3",
    "permitido": "content-rejected 2, relay-denied 1",
    "permitted": (
        "bad-sequence 4.5, sender-rejected 2.8, relay-denied 2.5, policy 2.3, "
        "not-implemented 1.5, sender-auth-failed 1, auth-required 0.8, auth-failed "
        "0.5, malformed-message 0.5, smtputf8-unsupported 0.5"
    ),
    "person": "unknown-recipient 3",
    "personal": "policy 1, sender-rejected 1",
    "ph": "spam-content 2",
    "phishing": "spam-content 10, sender-auth-failed 1, content-rejected 0.5, virus 0.5",
    "piece": "content-rejected 2",
    "piena": "mailbox-full 1, unknown 1",
    "pipeline": "bad-sequence 1.5, syntax-error 0.5",
    "pipelining": "bad-sequence 1.3, not-implemented 0.3, syntax-error 0.3",
    "plain": (
        "auth-mechanism 3, content-rejected 0.8, malformed-message 0.8, tls-required "
        "0.5, tls-unavailable 0.5, policy 0.3"
    ),
    "plan": "policy 1, rate-limited 1",
    "please": (
        "ip-blocked 27.3, unknown 16.2, greylisted 14.2, spam-content 12.4, "
        "server-error 9.9, rate-limited 9.5, policy 9.1, service-unavailable 8.9, "
        "bad-sequence 7.5, unknown-recipient 7.3, mailbox-full 6.5, auth-required "
        "5.4, too-many-recipients 4.8, sender-rejected 4.7, auth-failed 3.8, "
        "content-rejected 3.5, relay-denied 3.2, sender-auth-failed 3.2, "
        "auth-mechanism 2.5, tls-required 2.5, mailbox-disabled 1.8, "
        "too-many-connections 1.8, no-reverse-dns 1.3, malformed-message 1, "
        "storage-full 1, syntax-error 1, tls-unavailable 0.5, virus 0.5, "
        "parameter-unsupported 0.3"
    ),
    "pleine": "mailbox-full 5, unknown 2",
    "plna": "mailbox-full 1, unknown 1",
    "plus": (
        "too-many-connections 2, greylisted 1.3, service-unavailable 1.3, "
        "spam-content 1, mailbox-full 0.5, storage-full 0.5, unknown 0.3"
    ),
    "poczty": "relay-denied 2",
    "podane": "mailbox-disabled 2",
    "podpis": "sender-auth-failed 2",
    "point": "bad-sequence 3, no-reverse-dns 2",
    "points": (
        "spam-content 4, sender-rejected 2, loop-detected 0.3, network-error 0.3, "
        "unknown-domain 0.3"
    ),
    "pojemnosci": "mailbox-full 1, unknown 1",
    "policies": (
        "policy 0.6, spam-content 0.6, content-rejected 0.3, mailbox-disabled 0.2, "
        "unknown-recipient 0.2"
    ),
    "policy": (
        "policy 21.9, sender-auth-failed 20, spam-content 5.4, content-rejected 4.5, "
        "rate-limited 4.5, server-error 3, ip-blocked 2.7, no-reverse-dns 2, "
        "too-many-recipients 1.5, greylisted 1.2, mailbox-disabled 1.2, tls-required "
        "0.5, tls-unavailable 0.5, unknown 0.5, sender-rejected 0.3, "
        "unknown-recipient 0.3"
    ),
    "polite": "bad-sequence 3",
    "ponownie": "greylisted 1.5, unknown 0.5",
    "poor": "ip-blocked 6, sender-rejected 1.5, spam-content 0.5",
    "pop": "auth-required 2, relay-denied 1",
    "por": "rate-limited 4, mailbox-disabled 3, greylisted 2, ip-blocked 1",
    "port": (
        "auth-required 2.5, not-implemented 0.8, policy 0.8, tls-unavailable 0.5, "
        "auth-mechanism 0.3, network-error 0.3, server-error 0.3, service-unavailable "
        "0.3"
    ),
    "possible": (
        "unknown 4.8, loop-detected 4, mailbox-disabled 1.5, bad-sequence 1, "
        "syntax-error 1, sender-rejected 0.5, server-error 0.5, spam-content 0.5, "
        "unknown-recipient 0.5, virus 0.5, policy 0.2"
    ),
    "possibly": "no-reverse-dns 3.5, relay-denied 0.5",
    "post": "policy 3, sender-rejected 2, rate-limited 1, sender-auth-failed 1",
    "posta": (
        "mailbox-full 1.5, loop-detected 1, spam-content 1, unknown 1, "
        "unknown-recipient 1, storage-full 0.5"
    ),
    "postafiok": "mailbox-full 2, unknown 1, unknown-recipient 1",
    "postal": "mailbox-full 2, unknown-recipient 1",
    "postboks": "mailbox-full 1, unknown-recipient 1",
    "postboksen": "mailbox-full 3, unknown 1",
    "postfach": "mailbox-full 3, unknown 2, mailbox-disabled 1, unknown-recipient 1",
    "postilaatikko": "mailbox-full 1, unknown 1",
    "postkasse": "mailbox-full 1, unknown-recipient 1",
    "postkassen": "mailbox-full 1, unknown 1",
    "postkast": "mailbox-full 3, mailbox-disabled 1, unknown 1",
    "postmaster": (
        "unknown 4.3, ip-blocked 1.8, policy 1.3, no-reverse-dns 1, sender-rejected "
        "1, unknown-recipient 0.5"
    ),
    "postvak": (
        "mailbox-full 2, unknown 1.3, unknown-recipient 1, mailbox-disabled 0.3, "
        "service-unavailable 0.3"
    ),
    "potential": "content-rejected 1.5, virus 0.5",
    "potentially": "content-rejected 1, policy 0.5, virus 0.5",
    "pour": (
        "mailbox-disabled 2, mailbox-full 2, ip-blocked 1, no-reverse-dns 1, sender-auth-failed 1"
    ),
    "prekrocena": "mailbox-full 1, unknown 1",
    "present": "unknown-recipient 3, server-error 2, spam-content 1",
    "presents": "content-rejected 1.5, virus 0.5",
    "prevention": "policy 0.8, content-rejected 0.5, ip-blocked 0.3, unknown-recipient 0.3",
    "previous": (
        "policy 0.6, greylisted 0.3, rate-limited 0.3, mailbox-disabled 0.2, "
        "sender-rejected 0.2, unknown-recipient 0.2"
    ),
    "prihlaseni": "auth-failed 1, auth-required 1",
    "prijemce": "unknown-recipient 3, mailbox-full 0.5, storage-full 0.5",
    "prilis": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "primary": "network-error 1.5, timeout 0.5",
    "printable": "syntax-error 2",
    "probability": "spam-content 4",
    "probalja": "greylisted 1, service-unavailable 1",
    "probeer": "greylisted 1, rate-limited 1, service-unavailable 1",
    "problem": (
        "server-error 9.3, unknown 4.2, ip-blocked 1.3, unknown-recipient 1.3, "
        "tls-unavailable 1, loop-detected 0.5, policy 0.3"
    ),
    "problems": "ip-blocked 0.8, sender-rejected 0.8, spam-content 0.3",
    "process": (
        "mailbox-full 3, server-error 1.2, rate-limited 1, sender-rejected 1, "
        "service-unavailable 0.8, unknown 0.8, greylisted 0.2"
    ),
    "processed": "server-error 1, unknown 1",
    "processing": "server-error 2",
    "program": "server-error 1, malformed-message 0.5, smtputf8-unsupported 0.5",
    "progress": (
        "greylisted 3.2, bad-sequence 1, server-error 0.6, mailbox-disabled 0.3, "
        "service-unavailable 0.3, unknown 0.2, unknown-recipient 0.2"
    ),
    "prohibited": "relay-denied 4, sender-auth-failed 3, policy 2",
    "prohibition": "policy 2, sender-rejected 1.5, unknown-recipient 0.5",
    "proper": (
        "sender-rejected 1, syntax-error 1, auth-required 0.5, relay-denied 0.5, "
        "ip-blocked 0.2, policy 0.2, unknown 0.2, unknown-domain 0.2, "
        "unknown-recipient 0.2"
    ),
    "protect": (
        "rate-limited 4.3, spam-content 3, sender-rejected 1.7, sender-auth-failed "
        "1.5, ip-blocked 1.3, policy 1.2, no-reverse-dns 1"
    ),
    "protected": "content-rejected 1.5, unknown-recipient 1, policy 0.5",
    "protection": (
        "policy 2.1, sender-rejected 1.6, sender-auth-failed 1, unknown-recipient 1, "
        "mailbox-disabled 0.5, spam-content 0.3, ip-blocked 0.2, syntax-error 0.2"
    ),
    "protocol": "bad-sequence 6.8, syntax-error 2.3, auth-failed 0.5, unknown 0.3",
    "prov": "greylisted 2, service-unavailable 1",
    "provide": "malformed-message 1, sender-rejected 1",
    "provider": (
        "ip-blocked 10.2, policy 1.4, no-reverse-dns 1.3, relay-denied 1.1, "
        "spam-content 0.5, mailbox-disabled 0.2, unknown-domain 0.2"
    ),
    "providers": "relay-denied 1, policy 0.5, sender-rejected 0.5",
    "prx": "server-error 1.5, too-many-connections 1.5, service-unavailable 1",
    "przeciazony": "service-unavailable 2",
    "przekroczono": "rate-limited 2",
    "przekroczony": "mailbox-full 1, unknown 1",
    "przez": "spam-content 2, relay-denied 0.5, unknown-domain 0.5",
    "psmtp": (
        "relay-denied 2, unknown-recipient 2, ip-blocked 1, too-many-connections 1, "
        "policy 0.3, spam-content 0.3, unknown 0.3"
    ),
    "ptr": (
        "no-reverse-dns 26.3, ip-blocked 0.5, sender-auth-failed 0.5, policy 0.3, syntax-error 0.3"
    ),
    "publishes": "sender-auth-failed 2",
    "put": (
        "unknown 4.3, mailbox-disabled 1, storage-full 1, policy 0.8, "
        "content-rejected 0.5, ip-blocked 0.5, rate-limited 0.5, greylisted 0.3"
    ),
    "qccowaaxdzqv": "rate-limited 2",
    "qmcowecp": "sender-auth-failed 2",
    "qualified": "syntax-error 6.5, sender-rejected 1.5",
    "quarantine": "storage-full 2, server-error 1",
    "quarantined": "content-rejected 1.2, policy 0.8, virus 0.8, spam-content 0.2",
    "query": (
        "network-error 0.8, unknown-domain 0.8, server-error 0.5, content-rejected "
        "0.2, ip-blocked 0.2, policy 0.2, spam-content 0.2"
    ),
    "questions": "unknown 4",
    "questo": ("unknown-recipient 2, mailbox-disabled 1, relay-denied 0.5, unknown-domain 0.5"),
    "queue": (
        "server-error 5.6, rate-limited 2.3, timeout 2.3, policy 2, storage-full 2, "
        "network-error 1.3, mailbox-full 1, not-implemented 0.8, unknown 0.8, "
        "service-unavailable 0.3, parameter-unsupported 0.2, syntax-error 0.2"
    ),
    "quickly": "rate-limited 2",
    "quit": "bad-sequence 1, syntax-error 1",
    "quota": (
        "mailbox-full 56, rate-limited 13.8, unknown 3.5, mailbox-disabled 2, "
        "server-error 1.3, message-too-large 1, policy 0.5, storage-full 0.5, "
        "service-unavailable 0.3"
    ),
    "quote": (
        "spam-content 1.7, content-rejected 0.7, greylisted 0.2, policy 0.2, sender-auth-failed 0.2"
    ),
    "qx": "unknown 4",
    "ran": "tls-unavailable 1, server-error 0.5, service-unavailable 0.5",
    "ranges": "ip-blocked 1.3, no-reverse-dns 0.3, policy 0.3",
    "rate": (
        "rate-limited 34.2, sender-auth-failed 6.5, ip-blocked 2.3, "
        "too-many-connections 2, spam-content 1.3, no-reverse-dns 1, tls-required 1, "
        "policy 0.3, sender-rejected 0.3"
    ),
    "rbl": "ip-blocked 12, server-error 0.5, service-unavailable 0.5",
    "rcpt": (
        "bad-sequence 16, tls-required 7, syntax-error 5, unknown-recipient 4.7, "
        "policy 3.8, ip-blocked 2.8, mailbox-disabled 1, sender-rejected 1, "
        "unknown-domain 1, network-error 0.8, rate-limited 0.8, unknown 0.7, "
        "mailbox-full 0.5, message-too-large 0.5, timeout 0.5, too-many-recipients "
        "0.5, server-error 0.3"
    ),
    "rcpthosts": "relay-denied 2.5, auth-required 0.5",
    "rdns": "no-reverse-dns 2.5, server-error 0.5",
    "re": (
        "ip-blocked 2.7, relay-denied 1.3, unknown-recipient 1.3, policy 1.1, "
        "mailbox-disabled 1, service-unavailable 1, spam-content 0.8, rate-limited "
        "0.6, sender-rejected 0.2"
    ),
    "reach": "mailbox-disabled 3, mailbox-full 2, unknown-recipient 2, server-error 1",
    "reachable": (
        "server-error 3, network-error 0.8, auth-failed 0.5, timeout 0.3, unknown-domain 0.3"
    ),
    "reached": (
        "rate-limited 6, too-many-recipients 3.5, mailbox-full 3, "
        "too-many-connections 2, policy 0.5"
    ),
    "read": (
        "network-error 1.8, unknown 1, timeout 0.8, content-rejected 0.5, "
        "malformed-message 0.5, server-error 0.5, storage-full 0.5, "
        "service-unavailable 0.3"
    ),
    "ready": "server-error 2, service-unavailable 1",
    "real": "greylisted 2, syntax-error 1",
    "reason": (
        "mailbox-disabled 1, policy 0.5, server-error 0.5, unknown 0.5, "
        "content-rejected 0.2, ip-blocked 0.2, sender-rejected 0.2, spam-content 0.2, "
        "syntax-error 0.2, virus 0.2"
    ),
    "reasons": (
        "sender-auth-failed 2, spam-content 1.3, ip-blocked 1, server-error 0.5, "
        "unknown 0.5, content-rejected 0.3, policy 0.3"
    ),
    "receive": (
        "mailbox-disabled 3.2, policy 2.7, sender-rejected 2.3, mailbox-full 2, "
        "rate-limited 2, auth-required 1, tls-unavailable 1, unknown-recipient 0.8"
    ),
    "received": (
        "loop-detected 4, rate-limited 3.3, ip-blocked 3, malformed-message 2.5, "
        "spam-content 2, policy 1, timeout 1, sender-rejected 0.8, bad-sequence 0.5, "
        "auth-required 0.2, no-mail-service 0.2, server-error 0.2, unknown-domain 0.2"
    ),
    "receiving": (
        "rate-limited 3.3, network-error 2.5, mailbox-disabled 1.3, timeout 0.5, mailbox-full 0.3"
    ),
    "recently": "ip-blocked 1.2, greylisted 0.2, rate-limited 0.2, spam-content 0.2",
    "recepient": "unknown-recipient 2",
    "rechazo": "greylisted 2",
    "recipient": (
        "unknown-recipient 89.8, mailbox-full 37.8, mailbox-disabled 25.5, policy "
        "21.2, greylisted 17.4, unknown 13.5, rate-limited 11.7, server-error 11.3, "
        "syntax-error 8.8, too-many-recipients 8.3, sender-rejected 7.4, ip-blocked "
        "6.5, unknown-domain 6.5, relay-denied 6.3, bad-sequence 6, "
        "sender-auth-failed 6, no-mail-service 3.4, recipient-moved 3, "
        "service-unavailable 3, no-reverse-dns 2, tls-required 2, auth-required 1.7, "
        "loop-detected 1, message-too-large 1, too-many-connections 0.8, "
        "content-rejected 0.5, network-error 0.3, spam-content 0.2"
    ),
    "recipients": (
        "too-many-recipients 19.5, rate-limited 10.7, bad-sequence 7.5, "
        "unknown-recipient 7.5, policy 4.4, unknown 1.9, ip-blocked 1.4, "
        "sender-rejected 1, smtputf8-unsupported 1, content-rejected 0.7, "
        "malformed-message 0.7, relay-denied 0.3, server-error 0.3, "
        "service-unavailable 0.3, too-many-connections 0.3, spam-content 0.2"
    ),
    "recognized": "syntax-error 2, not-implemented 1.5, parameter-unsupported 0.5",
    "reconnecting": "timeout 1.3, network-error 0.3, too-many-connections 0.3",
    "record": (
        "no-reverse-dns 12.5, sender-auth-failed 5, sender-rejected 3, server-error "
        "1, unknown-domain 1, ip-blocked 0.5, network-error 0.5, rate-limited 0.5"
    ),
    "records": "sender-rejected 6, no-reverse-dns 3, sender-auth-failed 1.5, ip-blocked 0.5",
    "reddedildi": "ip-blocked 1, sender-rejected 1",
    "reduce": "malformed-message 1.5, spam-content 1, smtputf8-unsupported 0.5",
    "reessayer": "greylisted 1, service-unavailable 1",
    "reessayez": (
        "service-unavailable 2.3, rate-limited 2, too-many-connections 2, greylisted "
        "0.3, unknown 0.3"
    ),
    "ref": ("no-reverse-dns 1, spam-content 1, unknown-recipient 1, policy 0.5, unknown 0.5"),
    "refer": (
        "ip-blocked 2, sender-auth-failed 1, content-rejected 0.7, policy 0.7, spam-content 0.7"
    ),
    "reference": "unknown 5",
    "refuse": (
        "sender-rejected 1.7, spam-content 0.8, ip-blocked 0.7, policy 0.7, "
        "auth-required 0.5, content-rejected 0.5, relay-denied 0.5, mailbox-disabled "
        "0.3, unknown 0.3"
    ),
    "refused": (
        "unknown 24.4, ip-blocked 18, policy 13.7, sender-rejected 10.8, spam-content "
        "8.9, no-reverse-dns 6.3, unknown-recipient 5.1, content-rejected 4.9, "
        "server-error 4.4, network-error 3.7, auth-failed 3.5, bad-sequence 2.5, "
        "relay-denied 2.5, sender-auth-failed 2.5, tls-required 2.5, "
        "malformed-message 2.3, mailbox-disabled 1.6, auth-required 1.5, mailbox-full "
        "1.2, service-unavailable 1.2, auth-mechanism 1, syntax-error 1, rate-limited "
        "0.8, storage-full 0.5, tls-unavailable 0.5, no-mail-service 0.3, "
        "unknown-domain 0.3"
    ),
    "refusee": "ip-blocked 2, sender-rejected 1",
    "refuses": (
        "message-too-large 1, sender-rejected 0.8, policy 0.5, ip-blocked 0.3, spam-content 0.3"
    ),
    "regarding": "no-reverse-dns 1.5, ip-blocked 1, sender-auth-failed 0.5",
    "registered": (
        "sender-rejected 1.3, spam-content 1.2, content-rejected 0.8, relay-denied "
        "0.8, policy 0.7, unknown-recipient 0.5, auth-failed 0.3, auth-required 0.3"
    ),
    "reject": (
        "spam-content 7.4, content-rejected 4.4, sender-auth-failed 4, policy 3.9, "
        "ip-blocked 3.5, malformed-message 3, sender-rejected 2, virus 2, unknown "
        "1.2, syntax-error 0.5"
    ),
    "rejected": (
        "unknown-recipient 54, ip-blocked 41.8, spam-content 37.2, policy 29.4, "
        "unknown 27, sender-rejected 23.3, mailbox-full 23, no-reverse-dns 17.3, "
        "greylisted 16.4, mailbox-disabled 14.8, sender-auth-failed 12, "
        "content-rejected 9, rate-limited 7.6, server-error 6.9, syntax-error 4.1, "
        "virus 4, relay-denied 3, recipient-moved 2, auth-required 1.8, "
        "malformed-message 1.8, service-unavailable 1.5, unknown-domain 1.4, "
        "auth-failed 1, no-mail-service 1, tls-required 1, network-error 0.3, "
        "too-many-connections 0.3"
    ),
    "rejecting": (
        "content-rejected 3, sender-auth-failed 1.3, ip-blocked 1, "
        "service-unavailable 1, policy 0.8, spam-content 0.5, sender-rejected 0.3"
    ),
    "rejection": (
        "rate-limited 3, spam-content 2.2, policy 1.7, content-rejected 1.2, "
        "mailbox-disabled 0.5, unknown 0.5"
    ),
    "rejete": "sender-rejected 1, spam-content 1",
    "related": "spam-content 1.3, content-rejected 0.3, policy 0.3",
    "relay": (
        "relay-denied 45.2, auth-required 5.1, ip-blocked 5, unknown-recipient 4.3, "
        "rate-limited 3, auth-failed 2.4, server-error 1.5, no-reverse-dns 1.3, "
        "policy 1.3, sender-rejected 0.5, service-unavailable 0.5, unknown-domain "
        "0.3, auth-mechanism 0.2, not-implemented 0.2"
    ),
    "relaying": (
        "relay-denied 26.3, unknown 4, no-reverse-dns 3, sender-rejected 1.3, "
        "auth-required 0.8, ip-blocked 0.5"
    ),
    "remitente": "sender-rejected 2",
    "remote": (
        "ip-blocked 2, relay-denied 2, server-error 1.5, auth-required 1, "
        "sender-auth-failed 0.5, sender-rejected 0.5, service-unavailable 0.5, "
        "content-rejected 0.3, malformed-message 0.3, parameter-unsupported 0.3"
    ),
    "removal": "ip-blocked 5.5, sender-rejected 1, spam-content 0.5",
    "removed": "ip-blocked 0.5, mailbox-disabled 0.5, policy 0.5, unknown-recipient 0.5",
    "repeated": "bad-sequence 1, auth-failed 0.3, ip-blocked 0.3, rate-limited 0.3",
    "replica": "server-error 1, service-unavailable 1",
    "replicated": "server-error 1, service-unavailable 1",
    "reply": (
        "malformed-message 2, network-error 1.8, sender-rejected 1.5, "
        "unknown-recipient 1, policy 0.8, timeout 0.5, content-rejected 0.3, "
        "server-error 0.3, spam-content 0.3, unknown 0.3"
    ),
    "reports": "ip-blocked 2",
    "reputation": (
        "ip-blocked 26.3, sender-rejected 5.3, rate-limited 3.8, spam-content 1.8, "
        "policy 1.5, greylisted 0.7, server-error 0.5"
    ),
    "request": (
        "unknown 10.5, ip-blocked 6.5, policy 1, sender-rejected 1, content-rejected "
        "0.5, mailbox-disabled 0.5, spam-content 0.5, unknown-recipient 0.5"
    ),
    "requested": (
        "unknown 18, unknown-recipient 6, ip-blocked 2, mailbox-full 2, rate-limited "
        "1.5, tls-required 1.3, malformed-message 1, message-too-large 1, policy 1, "
        "relay-denied 1, auth-failed 0.5, content-rejected 0.5, mailbox-disabled 0.5, "
        "auth-mechanism 0.3, not-implemented 0.3, sender-rejected 0.3, server-error "
        "0.3, unknown-domain 0.3"
    ),
    "required": (
        "auth-required 16.8, tls-required 9.3, syntax-error 6, policy 4.8, "
        "sender-rejected 3.3, malformed-message 3, smtputf8-unsupported 3, "
        "relay-denied 2.5, auth-mechanism 2.3, sender-auth-failed 1.5, auth-failed "
        "0.5, tls-unavailable 0.5, not-implemented 0.3"
    ),
    "requirements": "sender-auth-failed 1.5, policy 0.5",
    "requires": (
        "syntax-error 7, sender-auth-failed 4, policy 2.1, no-reverse-dns 1, "
        "parameter-unsupported 1, tls-required 1, unknown 0.6, mailbox-disabled 0.5, "
        "auth-required 0.3, relay-denied 0.3, sender-rejected 0.3, unknown-recipient "
        "0.3, greylisted 0.2, ip-blocked 0.2"
    ),
    "requise": "auth-required 3",
    "resend": "rate-limited 2, mailbox-full 1",
    "reserved": "sender-rejected 1, ip-blocked 0.3, no-reverse-dns 0.3, policy 0.3",
    "reset": (
        "network-error 3.3, ip-blocked 1.5, bad-sequence 1, policy 0.5, "
        "service-unavailable 0.3, timeout 0.3"
    ),
    "resolve": (
        "sender-rejected 6.3, no-reverse-dns 6, ip-blocked 1, relay-denied 1, "
        "unknown-domain 1, content-rejected 0.3, spam-content 0.3"
    ),
    "resolver": (
        "unknown-recipient 6, policy 5.7, message-too-large 2.5, auth-required 1.3, "
        "sender-rejected 1.3, server-error 1.3, mailbox-full 0.5, ip-blocked 0.3"
    ),
    "resolves": (
        "content-rejected 0.5, spam-content 0.5, no-reverse-dns 0.2, policy 0.2, "
        "sender-rejected 0.2, syntax-error 0.2"
    ),
    "resource": (
        "no-reverse-dns 2, too-many-connections 1.5, sender-rejected 1, service-unavailable 0.5"
    ),
    "resources": "storage-full 2.3, server-error 1.8, greylisted 1, service-unavailable 0.8",
    "responde": "server-error 2",
    "response": "auth-failed 1, ip-blocked 1, sender-rejected 1, syntax-error 1",
    "restricted": (
        "policy 4, content-rejected 1, mailbox-disabled 0.8, sender-rejected 0.5, "
        "auth-failed 0.3, ip-blocked 0.3, rate-limited 0.3, syntax-error 0.3, "
        "unknown-recipient 0.3"
    ),
    "restrictions": "policy 1.5, content-rejected 0.5",
    "result": "sender-auth-failed 2",
    "results": "sender-auth-failed 3",
    "ret": "parameter-unsupported 2.5, syntax-error 1, policy 0.5",
    "retired": "recipient-moved 2.3, mailbox-disabled 1.8, unknown-recipient 1.8",
    "retry": (
        "unknown 5, greylisted 2, ip-blocked 2, mailbox-full 2, server-error 0.5, "
        "storage-full 0.5, content-rejected 0.3, sender-rejected 0.3, spam-content "
        "0.3"
    ),
    "retrying": "ip-blocked 1, greylisted 0.3, policy 0.3, rate-limited 0.3",
    "return": "sender-rejected 2, syntax-error 1",
    "returned": (
        "unknown 4.5, server-error 2, mailbox-disabled 1, mailbox-full 1, policy 0.8, "
        "network-error 0.5, timeout 0.5, content-rejected 0.3, sender-rejected 0.3"
    ),
    "reverse": "no-reverse-dns 37.8, ip-blocked 1.3, syntax-error 0.5, policy 0.3",
    "rfc": (
        "malformed-message 12, syntax-error 5, sender-rejected 3, sender-auth-failed "
        "2, no-reverse-dns 1.3, smtputf8-unsupported 0.5, unknown-recipient 0.5, "
        "ip-blocked 0.3, policy 0.3"
    ),
    "richiesta": "tls-required 2",
    "right": (
        "auth-failed 2, rate-limited 1, server-error 0.8, mailbox-disabled 0.6, "
        "service-unavailable 0.6, policy 0.5, sender-rejected 0.5, unknown-domain "
        "0.5, mailbox-full 0.2, unknown 0.2"
    ),
    "rilevato": "loop-detected 1, spam-content 1, unknown 1",
    "riprovare": "greylisted 2.8, unknown 0.8, service-unavailable 0.3",
    "rmcoweb": "spam-content 3",
    "robot": (
        "auth-failed 1, ip-blocked 0.2, policy 0.2, sender-rejected 0.2, spam-content "
        "0.2, unknown-recipient 0.2"
    ),
    "room": "mailbox-full 1, policy 1, message-too-large 0.5, storage-full 0.5",
    "roskapostina": "spam-content 2",
    "round": "loop-detected 2",
    "route": (
        "unknown-domain 4, message-too-large 1, network-error 1, tls-required 1, "
        "unknown-recipient 0.8, unknown 0.5, mailbox-disabled 0.3, policy 0.3"
    ),
    "routing": "loop-detected 2, message-too-large 1, relay-denied 1",
    "rp": (
        "rate-limited 1.8, no-reverse-dns 1, too-many-recipients 1, ip-blocked 0.8, "
        "policy 0.2, unknown 0.2"
    ),
    "rset": "syntax-error 2, bad-sequence 1",
    "rule": (
        "policy 4.6, content-rejected 1.8, ip-blocked 1, syntax-error 1, "
        "unknown-recipient 0.8, spam-content 0.3, sender-rejected 0.2, unknown 0.2"
    ),
    "rules": "ip-blocked 1, policy 1",
    "run": "server-error 2",
    "running": "server-error 2, bad-sequence 1",
    "saaja": "mailbox-full 2, unknown-recipient 1",
    "safe": "auth-mechanism 2",
    "said": (
        "auth-failed 1.5, bad-sequence 1, unknown-recipient 1, server-error 0.8, "
        "content-rejected 0.5, policy 0.5, network-error 0.3, unknown 0.3"
    ),
    "sales": "unknown-recipient 1, policy 0.5, sender-rejected 0.5",
    "same": "rate-limited 1.8, sender-rejected 1, policy 0.8, spam-content 0.3",
    "sasl": "auth-failed 2, auth-mechanism 0.5, server-error 0.5",
    "say": "bad-sequence 9, auth-required 1, tls-required 1",
    "says": (
        "sender-auth-failed 4.3, unknown 4, loop-detected 1, malformed-message 1, "
        "server-error 1, syntax-error 1, unknown-recipient 1, spam-content 0.5, virus "
        "0.5, policy 0.3, sender-rejected 0.3"
    ),
    "sbl": "ip-blocked 2",
    "scale": "spam-content 2",
    "scan": "server-error 2.5, service-unavailable 0.5",
    "scanner": "server-error 3, spam-content 1, virus 1",
    "schranka": (
        "mailbox-full 1.5, mailbox-disabled 1, unknown 1, unknown-recipient 1, storage-full 0.5"
    ),
    "schreiben": "policy 2",
    "sconosciuto": "unknown-recipient 3, unknown-domain 1",
    "score": "ip-blocked 4, spam-content 4",
    "scored": "spam-content 6",
    "se": (
        "auth-failed 1, auth-required 1, ip-blocked 1, relay-denied 1, server-error "
        "1, spam-content 1, unknown 1, unknown-recipient 1, virus 1"
    ),
    "second": "bad-sequence 1, auth-failed 0.5, auth-mechanism 0.5",
    "secondary": "server-error 1, service-unavailable 1",
    "seconds": (
        "greylisted 8.3, timeout 3, rate-limited 0.8, service-unavailable 0.5, "
        "too-many-connections 0.5, unknown 0.5, policy 0.3"
    ),
    "secret": "auth-failed 3",
    "section": (
        "malformed-message 2, sender-rejected 1, syntax-error 1, content-rejected "
        "0.7, policy 0.7, spam-content 0.7"
    ),
    "secure": "bad-sequence 1, spam-content 1, tls-required 0.5, tls-unavailable 0.5",
    "secured": "bad-sequence 2",
    "security": (
        "content-rejected 1.8, tls-required 1.5, auth-mechanism 1, syntax-error 1, "
        "policy 0.8, virus 0.8, spam-content 0.2"
    ),
    "see": (
        "ip-blocked 31.4, unknown 30.7, greylisted 6, unknown-recipient 5, "
        "spam-content 4.4, malformed-message 3.5, syntax-error 3.5, policy 2, "
        "rate-limited 1.5, mailbox-disabled 1, no-reverse-dns 1, relay-denied 1, "
        "sender-auth-failed 1, service-unavailable 1, content-rejected 0.9, "
        "auth-failed 0.5, auth-mechanism 0.5, not-implemented 0.5, sender-rejected "
        "0.5, server-error 0.2"
    ),
    "seems": "spam-content 1, content-rejected 0.5, policy 0.5",
    "seen": (
        "ip-blocked 1, policy 0.2, sender-auth-failed 0.2, sender-rejected 0.2, spam-content 0.2"
    ),
    "senare": "rate-limited 1, service-unavailable 1",
    "send": (
        "sender-rejected 11.2, auth-required 9.7, rate-limited 7, bad-sequence 6, "
        "sender-auth-failed 4.5, ip-blocked 4.3, policy 2.3, mailbox-disabled 1.8, "
        "no-reverse-dns 1.5, relay-denied 1.5, spam-content 1.5, smtputf8-unsupported "
        "1, tls-required 1, unknown-recipient 0.8, auth-failed 0.5, content-rejected "
        "0.5, malformed-message 0.5, no-mail-service 0.3"
    ),
    "sendasdenied": "sender-rejected 2",
    "sender": (
        "sender-rejected 109.7, ip-blocked 18.7, policy 14, sender-auth-failed 10.8, "
        "rate-limited 10.3, syntax-error 8.5, no-reverse-dns 6, greylisted 4, "
        "spam-content 3.7, bad-sequence 3, relay-denied 2.7, auth-required 2.5, "
        "server-error 2.3, message-too-large 2, too-many-connections 2, auth-failed "
        "1.8, malformed-message 1, network-error 0.8, timeout 0.5, unknown 0.3, virus "
        "0.3"
    ),
    "senders": ("sender-auth-failed 5, policy 4.5, sender-rejected 2.5, smtputf8-unsupported 1"),
    "sending": (
        "ip-blocked 14.1, rate-limited 9.9, policy 9.1, auth-required 7.3, "
        "sender-auth-failed 7, sender-rejected 7, no-reverse-dns 5.3, relay-denied "
        "1.8, spam-content 1.4, network-error 1.3, bad-sequence 1, timeout 1, "
        "auth-failed 0.5, mailbox-disabled 0.5, mailbox-full 0.5, message-too-large "
        "0.5, server-error 0.3, unknown 0.3"
    ),
    "sent": (
        "rate-limited 10.8, policy 5.6, ip-blocked 5.1, malformed-message 4.5, "
        "sender-rejected 3.5, sender-auth-failed 2.5, bad-sequence 2.2, spam-content "
        "2.1, smtputf8-unsupported 1.5, tls-required 1, too-many-recipients 0.7, "
        "auth-failed 0.5, network-error 0.5, timeout 0.5, auth-required 0.3, "
        "no-reverse-dns 0.3, relay-denied 0.3, too-many-connections 0.3, greylisted "
        "0.2, mailbox-disabled 0.2, unknown 0.2"
    ),
    "separate": "too-many-recipients 1.5, policy 0.5",
    "served": "no-reverse-dns 2, relay-denied 1, ip-blocked 0.5, policy 0.5",
    "server": (
        "server-error 28, ip-blocked 27.5, service-unavailable 17.8, relay-denied "
        "6.2, rate-limited 5.8, unknown-recipient 5.7, network-error 4.5, "
        "sender-rejected 4.3, auth-failed 4, storage-full 3.5, policy 3.4, unknown "
        "3.4, auth-required 3.2, unknown-domain 3.2, mailbox-full 3, tls-unavailable "
        "2.5, spam-content 2.2, message-too-large 2, no-reverse-dns 2, syntax-error "
        "2, auth-mechanism 1.5, tls-required 1.5, greylisted 1.2, bad-sequence 1, "
        "no-mail-service 1, recipient-moved 1, too-many-recipients 1, timeout 0.8, "
        "too-many-connections 0.5, mailbox-disabled 0.3"
    ),
    "serveren": "ip-blocked 1, service-unavailable 1, unknown 1",
    "servers": (
        "no-reverse-dns 5, greylisted 2, loop-detected 2, ip-blocked 1.8, policy 1.6, "
        "sender-rejected 1.2, auth-mechanism 1, service-unavailable 1, relay-denied "
        "0.6, auth-required 0.5, network-error 0.5, timeout 0.5, sender-auth-failed "
        "0.2"
    ),
    "serveur": (
        "service-unavailable 2, ip-blocked 1, sender-auth-failed 1, server-error 1, "
        "too-many-connections 1, unknown-recipient 1"
    ),
    "servfail": "no-reverse-dns 1, network-error 0.3, server-error 0.3, unknown-domain 0.3",
    "service": (
        "ip-blocked 26.9, service-unavailable 14.3, server-error 6.2, policy 5, "
        "sender-rejected 4.6, greylisted 4.2, unknown-domain 3.8, mailbox-disabled "
        "2.8, spam-content 2.8, no-reverse-dns 2.7, rate-limited 2.2, relay-denied "
        "1.4, no-mail-service 1.3, message-too-large 1, network-error 1, "
        "sender-auth-failed 1, too-many-connections 1, unknown-recipient 1, "
        "auth-failed 0.8, unknown 0.8, auth-required 0.6, content-rejected 0.5, "
        "mailbox-full 0.5, storage-full 0.5"
    ),
    "servidor": (
        "server-error 2.5, ip-blocked 2, service-unavailable 2, storage-full 1, unknown 0.5"
    ),
    "serwer": "service-unavailable 2, relay-denied 0.5, unknown-domain 0.5",
    "session": (
        "bad-sequence 3.5, syntax-error 1.5, too-many-connections 1.3, server-error "
        "0.8, service-unavailable 0.8, mailbox-disabled 0.3, rate-limited 0.3, "
        "timeout 0.3"
    ),
    "sessionid": "mailbox-full 1, policy 1",
    "sessions": "too-many-connections 3.5, auth-required 1, rate-limited 0.5",
    "set": "no-reverse-dns 1, unknown-recipient 1",
    "settings": (
        "policy 2, ip-blocked 0.5, sender-rejected 0.5, auth-required 0.3, "
        "relay-denied 0.3, unknown-recipient 0.3"
    ),
    "seu": (
        "ip-blocked 1.3, no-reverse-dns 1, rate-limited 1, too-many-connections 1, "
        "unknown 1, policy 0.3, sender-rejected 0.3"
    ),
    "several": "sender-rejected 1, spam-content 1, server-error 0.5, unknown-recipient 0.5",
    "sfq": "rate-limited 2",
    "shortened": "content-rejected 1.3, policy 0.3, spam-content 0.3",
    "should": "syntax-error 3, sender-rejected 2, mailbox-full 1",
    "shutting": "service-unavailable 4, server-error 0.5, storage-full 0.5",
    "sich": "unknown 2",
    "side": "server-error 1, service-unavailable 1, storage-full 0.5, unknown-domain 0.5",
    "sido": "unknown 1, mailbox-disabled 0.5, unknown-recipient 0.5",
    "sie": (
        "auth-failed 1, ip-blocked 1, rate-limited 1, sender-auth-failed 1, "
        "server-error 1, service-unavailable 1, unknown 1"
    ),
    "sign": "auth-required 2",
    "signal": "service-unavailable 1, server-error 0.5, unknown 0.5",
    "signatur": "sender-auth-failed 2",
    "signature": (
        "virus 7.5, sender-auth-failed 5.3, sender-rejected 1, content-rejected 0.8, "
        "malformed-message 0.3"
    ),
    "signed": "sender-auth-failed 4",
    "similar": "spam-content 2",
    "simultanees": "too-many-connections 3",
    "sin": "mailbox-full 3",
    "since": (
        "ip-blocked 2.5, mailbox-disabled 1, malformed-message 0.5, "
        "smtputf8-unsupported 0.5, spam-content 0.5"
    ),
    "site": "unknown 5, unknown-recipient 2, ip-blocked 1, policy 0.5, spam-content 0.5",
    "size": (
        "message-too-large 41.3, mailbox-full 8, syntax-error 3, malformed-message "
        "1.8, too-many-recipients 1.5, policy 1.2, parameter-unsupported 1, "
        "storage-full 0.5, rate-limited 0.3, spam-content 0.3"
    ),
    "sizelimit": "message-too-large 2",
    "skrappost": "spam-content 1, unknown 1",
    "skrzynka": "mailbox-full 1, unknown 1",
    "skrzynki": "mailbox-full 1, unknown-recipient 1",
    "slots": "service-unavailable 1, too-many-connections 1",
    "slow": "rate-limited 3",
    "slower": "rate-limited 1.5, too-many-connections 0.5",
    "smarthost": "ip-blocked 3, auth-failed 0.5, auth-required 0.5",
    "smells": "spam-content 1.5, unknown 0.5",
    "sms": "unknown-recipient 1, policy 0.5, sender-rejected 0.5",
    "smtp": (
        "auth-required 9, rate-limited 7.5, bad-sequence 7, ip-blocked 5.5, "
        "relay-denied 5, no-reverse-dns 3, spam-content 3, auth-failed 2.4, "
        "sender-rejected 2.1, syntax-error 2, unknown-recipient 2, policy 1.7, "
        "too-many-connections 1.5, no-mail-service 1, too-many-recipients 0.5, "
        "unknown-domain 0.5, network-error 0.3, server-error 0.3, service-unavailable "
        "0.3, mailbox-disabled 0.2"
    ),
    "smtpclientauthentication": "auth-failed 1.5, policy 0.5",
    "smtpsend": "malformed-message 2, network-error 0.5, unknown-domain 0.5",
    "smtputf": (
        "smtputf8-unsupported 6.8, parameter-unsupported 1.3, syntax-error 1.3, "
        "malformed-message 0.5"
    ),
    "so": "bad-sequence 2, mailbox-full 1",
    "sok": "too-many-connections 1, too-many-recipients 1",
    "solo": "policy 2",
    "som": "spam-content 4",
    "some": "ip-blocked 0.5, rate-limited 0.5, server-error 0.5, unknown 0.5",
    "something": "mailbox-full 1, server-error 1",
    "sonra": "greylisted 1, service-unavailable 1",
    "soon": "bad-sequence 3",
    "soppelpost": "spam-content 2",
    "sorry": (
        "unknown 10.1, sender-rejected 7, ip-blocked 5.5, unknown-recipient 5.5, "
        "relay-denied 4.5, mailbox-full 3.5, policy 3.3, message-too-large 3, "
        "spam-content 2.5, auth-failed 2, auth-required 1.5, mailbox-disabled 1.5, "
        "rate-limited 1.2, parameter-unsupported 1, service-unavailable 0.8, "
        "loop-detected 0.5, no-reverse-dns 0.5, not-implemented 0.5, server-error "
        "0.5, syntax-error 0.5, too-many-connections 0.5, virus 0.5, content-rejected "
        "0.3, greylisted 0.2"
    ),
    "sospeso": "mailbox-disabled 1, unknown 1",
    "source": "ip-blocked 2, greylisted 0.3, rate-limited 0.3, too-many-connections 0.3",
    "space": (
        "mailbox-full 14.5, storage-full 9.5, server-error 1.5, mailbox-disabled 0.5, "
        "ip-blocked 0.3, policy 0.3, sender-rejected 0.3"
    ),
    "spaces": "unknown-recipient 2",
    "spaeter": "rate-limited 1, server-error 0.5, service-unavailable 0.5",
    "spam": (
        "spam-content 99.4, ip-blocked 25.2, unknown 20.2, policy 7.9, "
        "sender-rejected 5.7, rate-limited 5.1, sender-auth-failed 3.5, "
        "malformed-message 3, auth-failed 2.5, content-rejected 2.3, "
        "message-too-large 2, virus 1.8, no-reverse-dns 1, unknown-recipient 0.8, "
        "mailbox-disabled 0.7, smtputf8-unsupported 0.5, greylisted 0.2"
    ),
    "spamassassin": "spam-content 4",
    "spamhaus": "ip-blocked 16, sender-rejected 1, spam-content 1",
    "spammed": "sender-rejected 1, mailbox-disabled 0.3, policy 0.3, unknown-recipient 0.3",
    "spammer": (
        "ip-blocked 4.2, sender-rejected 2, no-reverse-dns 0.5, relay-denied 0.5, "
        "policy 0.2, spam-content 0.2, unknown 0.2"
    ),
    "spammers": "sender-rejected 1.3, greylisted 1, ip-blocked 0.3, spam-content 0.3",
    "spamming": "ip-blocked 2.5, spam-content 0.5",
    "spamprofiler": "spam-content 2",
    "spams": (
        "ip-blocked 1.2, rate-limited 0.8, policy 0.3, spam-content 0.3, too-many-connections 0.3"
    ),
    "spater": "service-unavailable 2.3, server-error 1, greylisted 0.3, unknown 0.3",
    "spazio": "storage-full 1.5, mailbox-full 1, server-error 0.5",
    "specific": "auth-mechanism 2, auth-failed 1, unknown-recipient 1",
    "specified": "bad-sequence 4, syntax-error 1.5, sender-rejected 1, auth-mechanism 0.5",
    "spelling": "unknown-recipient 2",
    "spf": (
        "sender-auth-failed 60, unknown 6, rate-limited 2.5, sender-rejected 2, "
        "ip-blocked 1, server-error 0.5"
    ),
    "spm": "spam-content 5.5, greylisted 0.5",
    "spoil": "ip-blocked 1, bad-sequence 0.5, unknown 0.5",
    "spojeni": "tls-required 1, too-many-connections 1",
    "spoofed": "sender-auth-failed 1.3, policy 0.3, sender-rejected 0.3",
    "spool": "storage-full 5, server-error 3",
    "sprobuj": "service-unavailable 2, greylisted 1.5, unknown 0.5",
    "staat": "ip-blocked 1, unknown 1",
    "staff": (
        "policy 1.6, unknown-recipient 1, sender-rejected 0.6, spam-content 0.6, "
        "sender-auth-failed 0.2"
    ),
    "stands": "ip-blocked 1, syntax-error 1",
    "star": "ip-blocked 2",
    "start": "tls-unavailable 2.5, tls-required 1.5",
    "starttls": (
        "tls-required 14.5, bad-sequence 5, syntax-error 2.5, tls-unavailable 2.5, "
        "not-implemented 1, auth-mechanism 0.5"
    ),
    "status": "server-error 1.5, mailbox-disabled 1, unknown 0.5",
    "steht": "ip-blocked 1, unknown 1",
    "stengt": "mailbox-disabled 2",
    "stock": "spam-content 2",
    "stopped": (
        "mailbox-disabled 1.2, content-rejected 1, auth-failed 0.2, policy 0.2, "
        "rate-limited 0.2, sender-rejected 0.2"
    ),
    "stor": "message-too-large 2",
    "storage": "mailbox-full 18.5, storage-full 1, mailbox-disabled 0.5",
    "store": ("server-error 2.2, service-unavailable 1.7, storage-full 1.5, mailbox-disabled 0.7"),
    "storedrv": "mailbox-full 4, rate-limited 3, sender-rejected 3, too-many-connections 2",
    "strangers": "relay-denied 3, not-implemented 0.5, policy 0.5",
    "strict": "smtputf8-unsupported 1.5, syntax-error 0.5",
    "structure": "malformed-message 2",
    "student": "unknown-recipient 1.5, mailbox-disabled 0.5",
    "su": (
        "ip-blocked 2.3, mailbox-full 2, no-reverse-dns 1, rate-limited 1, "
        "storage-full 1, too-many-connections 1, unknown 1, policy 0.3, "
        "sender-rejected 0.3"
    ),
    "subject": (
        "spam-content 2.3, content-rejected 1.8, malformed-message 1.8, policy 1.2, "
        "smtputf8-unsupported 0.5, message-too-large 0.3"
    ),
    "submission": (
        "rate-limited 4.5, auth-required 1.2, too-many-connections 0.5, ip-blocked "
        "0.2, policy 0.2, relay-denied 0.2"
    ),
    "submit": "policy 0.8, sender-rejected 0.5, ip-blocked 0.3, unknown 0.3",
    "subscribed": "unknown-recipient 1, policy 0.8, sender-rejected 0.8, auth-failed 0.3",
    "subscriber": "sender-auth-failed 1, policy 0.5, sender-rejected 0.5",
    "subscribers": (
        "policy 2.8, sender-rejected 0.5, mailbox-disabled 0.2, unknown 0.2, unknown-recipient 0.2"
    ),
    "subscription": (
        "mailbox-disabled 1.2, no-mail-service 0.2, policy 0.2, server-error 0.2, "
        "service-unavailable 0.2"
    ),
    "such": (
        "unknown-recipient 25, unknown-domain 2, sender-auth-failed 1, "
        "sender-rejected 1, server-error 1, not-implemented 0.5, syntax-error 0.5"
    ),
    "suletud": "mailbox-disabled 2",
    "sum": "spam-content 3",
    "sunucu": "server-error 1, service-unavailable 1",
    "superado": "rate-limited 2",
    "superata": "mailbox-full 1, unknown 1",
    "support": "tls-unavailable 1.5, tls-required 0.5",
    "supported": (
        "not-implemented 2.2, tls-unavailable 2, auth-mechanism 1.3, "
        "parameter-unsupported 1.3, policy 1, bad-sequence 0.7, tls-required 0.5, "
        "content-rejected 0.3, malformed-message 0.3, syntax-error 0.3"
    ),
    "suppressed": "policy 0.8, unknown-recipient 0.8, mailbox-disabled 0.3",
    "suppression": "policy 1.6, sender-rejected 0.6, unknown-recipient 0.6, mailbox-disabled 0.2",
    "sur": "ip-blocked 2, sender-rejected 1, spam-content 1, unknown-recipient 1",
    "surbl": "spam-content 2.8, content-rejected 0.8, sender-rejected 0.3",
    "surcharge": "service-unavailable 2",
    "suspected": "spam-content 2.3, ip-blocked 1.3, policy 0.3",
    "suspended": "mailbox-disabled 7.7, policy 0.7, auth-failed 0.3, service-unavailable 0.3",
    "suspendida": "mailbox-disabled 1, unknown 1",
    "suspendu": "mailbox-disabled 2, unknown 1",
    "suspicion": "spam-content 2",
    "suspicious": (
        "spam-content 2.7, rate-limited 2, sender-rejected 1.7, ip-blocked 1.5, "
        "sender-auth-failed 1.5, auth-failed 1, policy 0.7"
    ),
    "suur": "message-too-large 1, unknown 1",
    "svarar": "server-error 2",
    "svartelistet": "ip-blocked 3, unknown 1",
    "switched": "service-unavailable 1, tls-unavailable 1",
    "synchronization": "bad-sequence 4",
    "syntax": (
        "syntax-error 38.3, not-implemented 1.3, sender-rejected 1, bad-sequence 0.5, "
        "malformed-message 0.5, parameter-unsupported 0.5, smtputf8-unsupported 0.5, "
        "auth-mechanism 0.3"
    ),
    "system": (
        "ip-blocked 6.6, server-error 6.3, spam-content 5.2, service-unavailable 4.7, "
        "sender-rejected 4.4, storage-full 3.8, unknown-recipient 3.2, "
        "message-too-large 2.5, policy 2.4, no-reverse-dns 1.5, mailbox-disabled 1.2, "
        "content-rejected 1, unknown-domain 1, greylisted 0.5, mailbox-full 0.5, "
        "rate-limited 0.5, sender-auth-failed 0.5, no-mail-service 0.3, "
        "recipient-moved 0.3, unknown 0.3, syntax-error 0.2"
    ),
    "szukseges": "auth-required 1, tls-required 1",
    "table": (
        "unknown-recipient 7, policy 1, sender-rejected 1, server-error 1, ip-blocked "
        "0.5, unknown 0.5"
    ),
    "tag": "content-rejected 2",
    "tais": "mailbox-full 3, unknown 1",
    "take": (
        "mailbox-full 3, message-too-large 3, content-rejected 2.3, policy 1.3, "
        "relay-denied 1, malformed-message 0.3, mailbox-disabled 0.2, "
        "service-unavailable 0.2, unknown 0.2, unknown-recipient 0.2"
    ),
    "taken": (
        "unknown 17, unknown-recipient 4.8, ip-blocked 2, rate-limited 1.5, policy "
        "1.3, mailbox-full 1, relay-denied 1, service-unavailable 1, virus 1, "
        "server-error 0.8, syntax-error 0.8, auth-failed 0.5, content-rejected 0.5, "
        "message-too-large 0.5, parameter-unsupported 0.5, storage-full 0.5, "
        "too-many-connections 0.5, sender-rejected 0.3, unknown-domain 0.3"
    ),
    "takes": (
        "policy 3.1, syntax-error 3, no-mail-service 2.6, sender-rejected 1.5, "
        "message-too-large 1, server-error 1, mailbox-disabled 0.8, unknown-recipient "
        "0.5, ip-blocked 0.2, relay-denied 0.2"
    ),
    "talk": "bad-sequence 3.5, ip-blocked 1.5, timeout 1, tls-required 1",
    "tard": "too-many-connections 2, greylisted 1.3, service-unavailable 1.3, unknown 0.3",
    "tarde": "rate-limited 3, greylisted 2, service-unavailable 2",
    "target": "network-error 1.5, mailbox-disabled 0.5, policy 0.5, timeout 0.5",
    "taynna": "mailbox-full 1, unknown 1",
    "te": ("message-too-large 1, rate-limited 1, too-many-connections 1, too-many-recipients 1"),
    "teie": "ip-blocked 4, unknown 1",
    "tekrar": "greylisted 1, service-unavailable 1",
    "tell": "unknown 4, mailbox-full 1, ip-blocked 0.3, no-reverse-dns 0.3, policy 0.3",
    "temporairement": "tls-unavailable 1, greylisted 0.3, service-unavailable 0.3, unknown 0.3",
    "temporal": "greylisted 2",
    "temporaneamente": "tls-unavailable 1, greylisted 0.3, service-unavailable 0.3, unknown 0.3",
    "temporariamente": "tls-unavailable 1, server-error 0.5, unknown 0.5",
    "temporarily": (
        "unknown 11.2, rate-limited 7.7, service-unavailable 5.4, server-error 3.9, "
        "mailbox-disabled 3, greylisted 2.4, ip-blocked 2, no-reverse-dns 2, policy "
        "1.4, mailbox-full 1, sender-rejected 1, tls-unavailable 1, "
        "sender-auth-failed 0.5, content-rejected 0.2, spam-content 0.2"
    ),
    "temporarly": (
        "service-unavailable 1, mailbox-disabled 0.3, mailbox-full 0.3, rate-limited 0.3"
    ),
    "temporary": (
        "server-error 17.8, service-unavailable 3.8, auth-failed 3, unknown 2.6, "
        "rate-limited 2, sender-auth-failed 2, mailbox-disabled 1.5, ip-blocked 1, "
        "policy 0.6, storage-full 0.5, greylisted 0.3"
    ),
    "ten": (
        "greylisted 2, bad-sequence 0.5, relay-denied 0.5, syntax-error 0.5, unknown-domain 0.5"
    ),
    "tenant": (
        "auth-failed 3, rate-limited 1, policy 0.7, unknown-domain 0.7, "
        "auth-mechanism 0.5, unknown-recipient 0.5, auth-required 0.2, "
        "no-mail-service 0.2, server-error 0.2"
    ),
    "tenantattribution": "relay-denied 2",
    "tentando": "rate-limited 2",
    "tente": "greylisted 1, rate-limited 1, service-unavailable 1",
    "tespit": "spam-content 1, unknown 1",
    "test": "virus 5.5, service-unavailable 1, content-rejected 0.5",
    "text": (
        "tls-required 2, malformed-message 1.3, spam-content 1, content-rejected 0.8, "
        "syntax-error 0.5, policy 0.3"
    ),
    "than": (
        "message-too-large 8, syntax-error 3, mailbox-disabled 2, rate-limited 2, "
        "too-many-recipients 1.3, server-error 1, policy 0.7, sender-rejected 0.7, "
        "bad-sequence 0.5, mailbox-full 0.5, malformed-message 0.5, network-error "
        "0.5, storage-full 0.5, timeout 0.5, spam-content 0.3"
    ),
    "thank": (
        "greylisted 1, mailbox-disabled 0.8, unknown-recipient 0.8, policy 0.2, sender-rejected 0.2"
    ),
    "thanks": "unknown 4, service-unavailable 1",
    "that": (
        "unknown-recipient 18.6, relay-denied 5.7, unknown 5.7, policy 5.6, "
        "mailbox-full 5, message-too-large 4.5, rate-limited 4.2, spam-content 4.2, "
        "sender-rejected 4.1, syntax-error 3.8, ip-blocked 3.4, bad-sequence 3.2, "
        "mailbox-disabled 3.2, malformed-message 2, sender-auth-failed 1.5, "
        "server-error 1.5, not-implemented 1.3, auth-failed 1, smtputf8-unsupported "
        "1, no-reverse-dns 0.8, content-rejected 0.5, loop-detected 0.5, storage-full "
        "0.5, unknown-domain 0.5, auth-required 0.3, parameter-unsupported 0.3"
    ),
    "the": (
        "ip-blocked 41.4, sender-rejected 39.5, policy 35.6, unknown 31.7, "
        "mailbox-full 31.2, rate-limited 28.1, unknown-recipient 22.9, "
        "mailbox-disabled 22.7, spam-content 22.2, sender-auth-failed 15.3, "
        "server-error 13, malformed-message 12.9, message-too-large 9.6, relay-denied "
        "9.2, content-rejected 8.7, service-unavailable 8.7, too-many-connections 7, "
        "unknown-domain 6.6, no-reverse-dns 5.8, auth-failed 5.3, bad-sequence 5, "
        "auth-required 4.8, syntax-error 4.7, network-error 4.3, virus 3, "
        "tls-required 2.5, loop-detected 2.3, smtputf8-unsupported 2, "
        "too-many-recipients 2, recipient-moved 1.6, not-implemented 1.5, "
        "tls-unavailable 1.5, no-mail-service 1.4, parameter-unsupported 1, "
        "storage-full 1, timeout 1, greylisted 0.8"
    ),
    "their": ("ip-blocked 3.5, rate-limited 1, content-rejected 0.5, policy 0.5, spam-content 0.5"),
    "then": (
        "tls-required 3, auth-failed 1.5, auth-mechanism 1, auth-required 1, "
        "not-implemented 1, policy 0.5"
    ),
    "there": (
        "unknown-recipient 6, malformed-message 2, rate-limited 1.3, mailbox-full 1, "
        "no-mail-service 1, server-error 0.5, service-unavailable 0.5, ip-blocked "
        "0.3, spam-content 0.3"
    ),
    "they": (
        "rate-limited 2, content-rejected 1, sender-rejected 1, unknown 0.7, "
        "unknown-recipient 0.7, ip-blocked 0.2, policy 0.2, unknown-domain 0.2"
    ),
    "think": "unknown 4, mailbox-full 1, unknown-recipient 1",
    "third": "relay-denied 1, policy 0.5, sender-rejected 0.5",
    "this": (
        "policy 29.1, ip-blocked 28.9, unknown-recipient 27.3, spam-content 23.6, "
        "sender-rejected 22.8, rate-limited 20, mailbox-disabled 19.3, "
        "sender-auth-failed 15.8, unknown 15.8, mailbox-full 14, relay-denied 10.5, "
        "loop-detected 8, no-reverse-dns 7.8, content-rejected 6.9, malformed-message "
        "6.3, server-error 5.8, no-mail-service 5.5, auth-required 5.2, virus 5.2, "
        "too-many-recipients 5, service-unavailable 4.5, bad-sequence 4, "
        "message-too-large 4, auth-failed 3.2, tls-required 3, syntax-error 2.5, "
        "too-many-connections 2.5, not-implemented 2, unknown-domain 1.2, "
        "auth-mechanism 0.5, network-error 0.5, smtputf8-unsupported 0.5, timeout "
        "0.5, tls-unavailable 0.5, greylisted 0.3, recipient-moved 0.3"
    ),
    "thread": "rate-limited 2, too-many-connections 2",
    "threshold": "spam-content 2",
    "throttled": "rate-limited 1.5, ip-blocked 0.8, greylisted 0.3, policy 0.3",
    "throttling": "rate-limited 2.3, greylisted 0.3, too-many-connections 0.3",
    "through": (
        "relay-denied 3, auth-required 2, loop-detected 2, auth-failed 1, ip-blocked "
        "1, network-error 0.5, timeout 0.5"
    ),
    "ticket": "unknown 4.5, policy 1.5, ip-blocked 1",
    "tijdelijk": ("tls-unavailable 1, mailbox-disabled 0.3, service-unavailable 0.3, unknown 0.3"),
    "tilladt": "content-rejected 1, relay-denied 1",
    "tillfalligt": "tls-unavailable 1, unknown 1, greylisted 0.5, server-error 0.5",
    "time": (
        "timeout 5.5, greylisted 3, too-many-recipients 3, rate-limited 2, "
        "server-error 1.5, bad-sequence 1, mailbox-disabled 1, mailbox-full 1, "
        "network-error 1, service-unavailable 1"
    ),
    "timed": (
        "timeout 4.5, network-error 3.5, server-error 3, auth-failed 0.5, service-unavailable 0.5"
    ),
    "timeout": (
        "timeout 9.7, network-error 3.7, server-error 1.3, sender-auth-failed 1, unknown-domain 0.3"
    ),
    "times": "loop-detected 2, rate-limited 1.5, too-many-connections 0.5",
    "tipo": "content-rejected 2",
    "tld": "no-reverse-dns 1.3, sender-rejected 1, ip-blocked 0.3, policy 0.3",
    "tls": (
        "tls-unavailable 34.8, tls-required 24.3, bad-sequence 6.3, not-implemented "
        "2.3, auth-mechanism 0.5, auth-required 0.3, policy 0.3"
    ),
    "to": (
        "ip-blocked 48, sender-rejected 41.7, policy 39.6, server-error 25.5, "
        "spam-content 23, relay-denied 21.6, rate-limited 20.2, unknown-recipient "
        "18.9, mailbox-disabled 18.6, mailbox-full 16.5, sender-auth-failed 16.3, "
        "auth-required 15.7, unknown 14.2, syntax-error 9.6, content-rejected 8.9, "
        "network-error 8.7, bad-sequence 8.5, unknown-domain 6.4, malformed-message "
        "6, recipient-moved 5.8, auth-failed 5.2, service-unavailable 4.5, timeout "
        "4.3, no-reverse-dns 4.2, tls-unavailable 4, loop-detected 3.7, tls-required "
        "2.8, parameter-unsupported 2.5, storage-full 2, virus 1.8, "
        "smtputf8-unsupported 1.5, greylisted 1.4, too-many-recipients 1.3, "
        "not-implemented 1.2, auth-mechanism 1, message-too-large 1, "
        "too-many-connections 0.5, no-mail-service 0.2"
    ),
    "today": "rate-limited 5.5, unknown 4, tls-unavailable 1, sender-rejected 0.5",
    "toegestaan": "relay-denied 2, content-rejected 1",
    "token": "auth-failed 1, unknown 1, unknown-recipient 1",
    "told": "unknown 4",
    "tom": "server-error 1, unknown 1",
    "tomorrow": "rate-limited 2",
    "too": (
        "rate-limited 40, too-many-connections 23.2, message-too-large 20.5, "
        "syntax-error 13.3, too-many-recipients 12, bad-sequence 11.9, loop-detected "
        "11, ip-blocked 10.3, service-unavailable 7.3, unknown 5.3, malformed-message "
        "5, timeout 4.7, mailbox-full 4, spam-content 3.2, auth-failed 2.8, policy "
        "2.4, sender-rejected 2.2, auth-mechanism 2, sender-auth-failed 2, "
        "unknown-recipient 1.9, not-implemented 1.8, content-rejected 1.5, "
        "server-error 1, greylisted 0.7, auth-required 0.3, mailbox-disabled 0.3, "
        "network-error 0.3"
    ),
    "took": "server-error 1, timeout 1",
    "topic": "not-implemented 0.7, parameter-unsupported 0.7, syntax-error 0.7",
    "tra": "greylisted 2.5, unknown 0.5",
    "traffic": "ip-blocked 1, relay-denied 1",
    "transaction": (
        "unknown 10.5, bad-sequence 6, too-many-recipients 2.8, policy 1.1, "
        "message-too-large 1, server-error 0.8, sender-rejected 0.6, content-rejected "
        "0.3, parameter-unsupported 0.3, ip-blocked 0.2, spam-content 0.2"
    ),
    "transfer": (
        "sender-rejected 1.5, bad-sequence 1, malformed-message 1, ip-blocked 0.5, "
        "policy 0.5, spam-content 0.5"
    ),
    "transient": "ip-blocked 2",
    "transmission": "too-many-connections 4.5, service-unavailable 0.5",
    "trend": "ip-blocked 2, unknown 0.5, unknown-recipient 0.5",
    "tried": (
        "mailbox-disabled 4.5, unknown-recipient 2.7, mailbox-full 2, rate-limited "
        "0.7, auth-failed 0.5, network-error 0.5, timeout 0.5, bad-sequence 0.2, "
        "ip-blocked 0.2, policy 0.2"
    ),
    "trojan": "virus 3",
    "trop": (
        "too-many-connections 3.3, rate-limited 1.3, bad-sequence 1, "
        "message-too-large 1, too-many-recipients 1, ip-blocked 0.3"
    ),
    "troppo": "message-too-large 1, rate-limited 1",
    "trouble": "server-error 5, unknown 5, tls-unavailable 1",
    "troubleshooting": "sender-auth-failed 1, content-rejected 0.7, policy 0.7, spam-content 0.7",
    "trusted": "policy 1, tls-required 1, tls-unavailable 1",
    "try": (
        "server-error 19.4, unknown 17, service-unavailable 14.1, greylisted 13.2, "
        "rate-limited 11.6, too-many-connections 6.2, ip-blocked 5.1, storage-full 4, "
        "too-many-recipients 3.8, mailbox-full 3.5, auth-failed 2.5, policy 2.5, "
        "spam-content 2.5, timeout 2.3, no-reverse-dns 2.2, unknown-recipient 2, "
        "network-error 1.6, auth-mechanism 1, syntax-error 1, unknown-domain 0.8, "
        "auth-required 0.5, message-too-large 0.5, sender-rejected 0.5, "
        "parameter-unsupported 0.3, bad-sequence 0.2, mailbox-disabled 0.2, "
        "recipient-moved 0.2"
    ),
    "trying": "rate-limited 3, relay-denied 1, network-error 0.3, timeout 0.3, unknown 0.3",
    "tul": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "tuntematon": "unknown-recipient 2",
    "turn": "auth-required 2, not-implemented 1",
    "turned": (
        "auth-required 1.5, relay-denied 1.5, auth-failed 1.2, not-implemented 1, "
        "unknown 1, mailbox-disabled 0.2, policy 0.2, sender-rejected 0.2"
    ),
    "twice": "bad-sequence 2",
    "two": "malformed-message 2.5, sender-auth-failed 1, unknown-recipient 1, policy 0.5",
    "twoj": "ip-blocked 2, unknown 1",
    "typ": "content-rejected 2",
    "type": (
        "auth-mechanism 7, content-rejected 5.8, unknown-domain 2, "
        "parameter-unsupported 1.3, network-error 1, syntax-error 1, policy 0.5, "
        "malformed-message 0.3"
    ),
    "typos": "unknown-recipient 2",
    "uceprotect": "ip-blocked 2",
    "ugfzc": "auth-failed 2",
    "ukendt": "unknown-recipient 2",
    "ukjent": "unknown-recipient 3",
    "un": "spam-content 3, virus 3, loop-detected 1, service-unavailable 1",
    "una": "ip-blocked 5, tls-required 1",
    "unable": (
        "server-error 7.5, relay-denied 5.5, unknown-recipient 3.3, syntax-error 1.3, "
        "mailbox-full 1, network-error 1, sender-rejected 1, unknown 1, policy 0.8, "
        "unknown-domain 0.8, parameter-unsupported 0.5, timeout 0.5, greylisted 0.2, "
        "not-implemented 0.2, service-unavailable 0.2"
    ),
    "unacceptable": "content-rejected 3.5, spam-content 0.5",
    "unauthenticated": (
        "sender-auth-failed 6, auth-required 2.5, no-reverse-dns 1, policy 0.5, "
        "bad-sequence 0.3, no-mail-service 0.2, server-error 0.2, unknown-domain 0.2"
    ),
    "unauthorized": (
        "relay-denied 3, sender-auth-failed 3, auth-failed 0.3, ip-blocked 0.3, policy 0.3"
    ),
    "unavailable": (
        "ip-blocked 19.1, service-unavailable 10.3, server-error 5.7, "
        "unknown-recipient 5.7, greylisted 5.2, unknown 5.2, sender-rejected 4.8, "
        "policy 4.4, spam-content 2.3, mailbox-disabled 2.2, auth-mechanism 1, "
        "mailbox-full 1, not-implemented 1, sender-auth-failed 1, tls-unavailable 1, "
        "rate-limited 0.6, content-rejected 0.5"
    ),
    "unbekannt": (
        "mailbox-disabled 0.5, relay-denied 0.5, unknown-domain 0.5, unknown-recipient 0.5"
    ),
    "unbekannter": "greylisted 2",
    "unblock": "ip-blocked 2",
    "und": "mailbox-full 1, spam-content 1",
    "undeliverable": "unknown 4, unknown-recipient 2",
    "undelivered": "rate-limited 1, network-error 0.3, timeout 0.3, unknown 0.3",
    "under": (
        "spam-content 2, message-too-large 1, policy 0.5, sender-rejected 0.5, "
        "content-rejected 0.2, greylisted 0.2, server-error 0.2, unknown 0.2"
    ),
    "undisclosed": "content-rejected 0.7, malformed-message 0.7, policy 0.7",
    "une": ("rate-limited 2, ip-blocked 1, sender-rejected 1, spam-content 1, tls-required 1"),
    "unexpected": "rate-limited 1, server-error 1",
    "unfortunately": (
        "ip-blocked 3.3, rate-limited 0.5, spam-content 0.5, no-reverse-dns 0.3, policy 0.3"
    ),
    "ungultiger": "syntax-error 1, unknown-recipient 1",
    "unimplemented": "not-implemented 2",
    "unknown": (
        "unknown-recipient 48.9, unknown 13.6, server-error 9.5, sender-rejected 5.3, "
        "unknown-domain 4.8, parameter-unsupported 4.6, syntax-error 3.6, "
        "no-reverse-dns 2.8, auth-mechanism 2, greylisted 2, ip-blocked 1.4, "
        "not-implemented 1.3, bad-sequence 1.2, policy 1.1, mailbox-disabled 1, "
        "rate-limited 1, mailbox-full 0.5, network-error 0.3"
    ),
    "unkown": "unknown-recipient 2",
    "unnecessary": "unknown-recipient 2",
    "unreachable": "network-error 1.5, server-error 1, unknown-domain 0.5",
    "unrecognised": "not-implemented 1, syntax-error 1",
    "unrecognized": (
        "auth-mechanism 7.3, not-implemented 4.5, syntax-error 4.5, "
        "parameter-unsupported 2, bad-sequence 1.7, unknown-recipient 1"
    ),
    "unregistered": "sender-rejected 1.5, policy 0.5",
    "unresolvable": "no-reverse-dns 1, sender-rejected 1",
    "unrouteable": "sender-rejected 1, unknown-recipient 1",
    "uns": "unknown 1, unknown-recipient 1, relay-denied 0.5, unknown-domain 0.5",
    "unsecured": "tls-required 2",
    "unsigned": "sender-auth-failed 1, content-rejected 0.3, policy 0.3, sender-rejected 0.3",
    "unsolicited": (
        "spam-content 5.8, rate-limited 2.3, ip-blocked 0.8, auth-failed 0.3, "
        "mailbox-disabled 0.3, policy 0.3"
    ),
    "unsubscribe": "content-rejected 0.8, policy 0.8, malformed-message 0.2, spam-content 0.2",
    "unsuccessful": "auth-failed 5.5, policy 0.5",
    "unsupported": (
        "auth-mechanism 3, parameter-unsupported 2.3, too-many-recipients 1.3, "
        "syntax-error 1, server-error 0.3"
    ),
    "until": (
        "service-unavailable 2.3, rate-limited 2, mailbox-full 1, no-reverse-dns 1, "
        "relay-denied 1, unknown 0.7, mailbox-disabled 0.3, network-error 0.3, "
        "timeout 0.3"
    ),
    "unusual": "rate-limited 6.8, ip-blocked 0.8, spam-content 0.3",
    "unverified": (
        "greylisted 2.2, server-error 0.6, unknown 0.6, network-error 0.3, unknown-recipient 0.2"
    ),
    "unwanted": (
        "policy 0.8, spam-content 0.8, content-rejected 0.5, syntax-error 0.5, "
        "ip-blocked 0.2, sender-rejected 0.2"
    ),
    "up": (
        "mailbox-full 4, unknown 4, ip-blocked 2, rate-limited 2, network-error 1, "
        "storage-full 1, unknown-recipient 1, auth-failed 0.5, sender-rejected 0.5, "
        "server-error 0.5, syntax-error 0.5, timeout 0.5, unknown-domain 0.5"
    ),
    "update": (
        "service-unavailable 1, mailbox-full 0.5, message-too-large 0.5, tls-required "
        "0.5, tls-unavailable 0.5"
    ),
    "upgrade": (
        "service-unavailable 1.3, policy 1, mailbox-disabled 0.8, rate-limited 0.5, "
        "tls-required 0.5, tls-unavailable 0.5, server-error 0.3"
    ),
    "uribl": "spam-content 1.3, content-rejected 0.3, policy 0.3",
    "url": "spam-content 6, content-rejected 3.5, policy 0.8, sender-rejected 0.7",
    "us": (
        "unknown 8, sender-rejected 2.8, ip-blocked 2.2, spam-content 1.5, "
        "relay-denied 1.3, policy 1.2, syntax-error 1.2, mailbox-full 1, rate-limited "
        "1, recipient-moved 1, unknown-recipient 1, content-rejected 0.8, "
        "malformed-message 0.3, no-mail-service 0.3, sender-auth-failed 0.3, "
        "unknown-domain 0.3, auth-failed 0.2, mailbox-disabled 0.2"
    ),
    "usar": "tls-required 2",
    "use": (
        "ip-blocked 7.9, relay-denied 4.9, auth-failed 4.5, bad-sequence 3, "
        "auth-required 2.9, policy 2.9, auth-mechanism 2, syntax-error 2, "
        "sender-rejected 1.3, service-unavailable 1, tls-required 1, content-rejected "
        "0.5, mailbox-disabled 0.5, server-error 0.5, too-many-connections 0.5, "
        "unknown-recipient 0.5"
    ),
    "used": (
        "mailbox-full 4, sender-rejected 3.3, auth-failed 2, ip-blocked 2, "
        "rate-limited 2, auth-mechanism 1, mailbox-disabled 1, policy 0.8, "
        "spam-content 0.8"
    ),
    "user": (
        "unknown-recipient 80.5, mailbox-full 41, mailbox-disabled 21.7, "
        "sender-rejected 20.7, unknown 17.6, policy 16.2, server-error 13.5, "
        "rate-limited 12.3, auth-failed 9.5, relay-denied 4.7, recipient-moved 2.7, "
        "message-too-large 2.5, auth-required 2.3, ip-blocked 2.1, syntax-error 2, "
        "storage-full 1, service-unavailable 0.7, spam-content 0.5, "
        "too-many-connections 0.3, not-implemented 0.2"
    ),
    "username": "auth-failed 4.5, sender-rejected 1, auth-mechanism 0.5",
    "users": (
        "rate-limited 6.5, ip-blocked 3.5, sender-rejected 3.2, spam-content 3, "
        "policy 2.2, sender-auth-failed 1.5, auth-required 1.3, unknown-recipient "
        "1.2, mailbox-full 1, no-reverse-dns 1, relay-denied 0.3, bad-sequence 0.2"
    ),
    "using": (
        "ip-blocked 23.2, policy 3.9, spam-content 3, sender-rejected 2.8, greylisted "
        "2, auth-required 0.5, content-rejected 0.5, server-error 0.5, relay-denied "
        "0.3, rate-limited 0.2"
    ),
    "uso": "mailbox-disabled 2",
    "usr": "server-error 1.5, unknown 0.5",
    "usuario": (
        "unknown-recipient 7, auth-failed 2, mailbox-disabled 2, mailbox-full 1, "
        "rate-limited 1, unknown 1"
    ),
    "utc": "rate-limited 1, service-unavailable 1",
    "utente": (
        "unknown-recipient 5, auth-failed 2, mailbox-full 1, rate-limited 1, "
        "greylisted 0.3, service-unavailable 0.3, unknown 0.3"
    ),
    "utilisateur": "unknown-recipient 3, unknown 1",
    "uw": ("ip-blocked 2, no-reverse-dns 1, rate-limited 1, too-many-connections 1, unknown 1"),
    "uwierzytelnienie": "auth-failed 1, auth-required 1",
    "uzenet": "message-too-large 1, virus 1",
    "uznana": "spam-content 2",
    "vaaditaan": "auth-required 1, tls-required 1",
    "valid": (
        "unknown-recipient 6.2, no-reverse-dns 5, bad-sequence 4.5, malformed-message "
        "4, syntax-error 4, sender-rejected 3.5, sender-auth-failed 2, auth-failed 1, "
        "mailbox-disabled 0.7, recipient-moved 0.7, policy 0.5, rate-limited 0.5, "
        "unknown 0.5, network-error 0.3, timeout 0.3, unknown-domain 0.3"
    ),
    "valida": "sender-auth-failed 2, sender-rejected 1",
    "validate": "sender-rejected 1, unknown-recipient 1, policy 0.5, server-error 0.5",
    "validation": "sender-auth-failed 2, unknown-recipient 1",
    "valide": "auth-failed 1, unknown 1",
    "valido": "syntax-error 2",
    "value": (
        "syntax-error 3, parameter-unsupported 2.5, auth-mechanism 0.5, "
        "malformed-message 0.3, message-too-large 0.3, policy 0.3"
    ),
    "van": "mailbox-full 2, greylisted 1, ip-blocked 1, sender-rejected 1",
    "var": ("mailbox-full 2.5, storage-full 2, too-many-connections 1, message-too-large 0.5"),
    "vase": "ip-blocked 2, unknown 1",
    "vasi": "no-reverse-dns 1, too-many-connections 1",
    "vastaanottaja": "unknown-recipient 2",
    "ve": (
        "rate-limited 1, unknown-recipient 1, auth-failed 0.3, auth-required 0.3, relay-denied 0.3"
    ),
    "veel": "rate-limited 1, too-many-connections 1, too-many-recipients 1",
    "verb": "not-implemented 1, syntax-error 1",
    "verbindung": "ip-blocked 1.5, tls-required 1, policy 0.5",
    "vereist": "auth-required 1, tls-required 1",
    "verification": (
        "sender-rejected 5, sender-auth-failed 4.2, unknown-recipient 2.6, greylisted "
        "2.5, server-error 0.6, unknown 0.6, mailbox-disabled 0.5, mailbox-full 0.5, "
        "tls-required 0.5, tls-unavailable 0.5, content-rejected 0.2, policy 0.2, "
        "spam-content 0.2"
    ),
    "verified": "sender-rejected 5.5, relay-denied 0.5, unknown 0.5, unknown-recipient 0.5",
    "verify": (
        "sender-rejected 12.2, unknown-recipient 2.3, server-error 1.5, "
        "sender-auth-failed 1.3, not-implemented 1, unknown 0.8, policy 0.7, "
        "service-unavailable 0.5, auth-required 0.3, relay-denied 0.3"
    ),
    "versandlimit": "rate-limited 2",
    "versuchen": "server-error 1.5, service-unavailable 1.5, greylisted 1, rate-limited 1",
    "verteiler": "policy 1.5, sender-rejected 0.5",
    "very": ("ip-blocked 3.5, sender-rejected 1.7, rate-limited 1.5, policy 0.7, spam-content 0.7"),
    "veuillez": (
        "greylisted 1, service-unavailable 1, ip-blocked 0.3, rate-limited 0.3, "
        "too-many-connections 0.3"
    ),
    "via": (
        "malformed-message 2, ip-blocked 1, loop-detected 1, auth-required 0.5, relay-denied 0.5"
    ),
    "viele": "rate-limited 1, too-many-connections 1, too-many-recipients 1",
    "viesti": "spam-content 2, message-too-large 1, virus 1",
    "violates": "policy 2, malformed-message 1",
    "violation": (
        "policy 2.5, mailbox-full 2, sender-auth-failed 2, bad-sequence 1.8, "
        "no-reverse-dns 1, sender-rejected 1, syntax-error 0.8, content-rejected 0.5, "
        "unknown 0.3"
    ),
    "virtual": "unknown-recipient 7, sender-rejected 1",
    "virus": (
        "virus 23.3, unknown 16, server-error 5, spam-content 3.8, message-too-large "
        "2, content-rejected 1.5, malformed-message 1, sender-rejected 0.3"
    ),
    "viruses": "unknown 4, server-error 1.5, content-rejected 1, service-unavailable 0.5",
    "visit": (
        "ip-blocked 9.3, policy 2.3, spam-content 2.3, malformed-message 2, "
        "content-rejected 1.8, auth-required 1, no-reverse-dns 1, relay-denied 1, "
        "sender-rejected 1, unknown 1, rate-limited 0.8, auth-failed 0.5, "
        "tls-required 0.5, tls-unavailable 0.5, virus 0.5, too-many-connections 0.3"
    ),
    "voce": "rate-limited 2",
    "vol": "mailbox-full 3, unknown 1",
    "voll": "mailbox-full 2, unknown 1",
    "volume": "rate-limited 3",
    "von": (
        "sender-rejected 1.8, message-too-large 1, too-many-connections 1, policy "
        "0.8, ip-blocked 0.5, rate-limited 0.5, unknown 0.3"
    ),
    "voor": "no-reverse-dns 1, rate-limited 1",
    "vostro": "ip-blocked 2, too-many-connections 1, unknown 1",
    "votre": (
        "ip-blocked 6.7, rate-limited 2.3, too-many-connections 1.3, "
        "sender-auth-failed 1, spam-content 1, unknown 1, policy 0.3, sender-rejected "
        "0.3"
    ),
    "vous": "rate-limited 1, unknown-recipient 1, auth-required 0.5, relay-denied 0.5",
    "vrfy": (
        "not-implemented 2.8, syntax-error 1.2, policy 0.5, unknown 0.2, unknown-recipient 0.2"
    ),
    "vyzadovano": "auth-required 1, tls-required 1",
    "wait": ("rate-limited 2.3, greylisted 2, auth-failed 1.3, bad-sequence 1, ip-blocked 0.3"),
    "waiting": "timeout 1.5, mailbox-full 1, network-error 0.5",
    "want": "policy 2.5, sender-rejected 2.5, no-reverse-dns 1, unknown 1",
    "wants": "malformed-message 1, tls-required 1",
    "wartungsarbeiten": "service-unavailable 1.5, server-error 0.5",
    "was": (
        "unknown 18.3, spam-content 7.5, mailbox-disabled 6.7, sender-auth-failed 6, "
        "ip-blocked 5.9, policy 5.4, auth-required 4, unknown-recipient 3.8, "
        "content-rejected 3.7, bad-sequence 3, virus 3, sender-rejected 2.4, "
        "auth-failed 2.3, syntax-error 2.2, rate-limited 1.8, server-error 1.7, "
        "smtputf8-unsupported 1.5, tls-required 1.5, unknown-domain 1.2, mailbox-full "
        "1, malformed-message 0.5, network-error 0.5, relay-denied 0.5, "
        "tls-unavailable 0.5, loop-detected 0.3, no-mail-service 0.3, "
        "service-unavailable 0.3"
    ),
    "we": (
        "ip-blocked 10.8, relay-denied 7.5, unknown-recipient 6.5, spam-content 4.3, "
        "policy 4, no-reverse-dns 3.8, unknown 3.5, content-rejected 3.3, greylisted "
        "3, message-too-large 3, sender-auth-failed 3, not-implemented 2.5, "
        "sender-rejected 2.2, no-mail-service 2, service-unavailable 2, "
        "unknown-domain 1.5, malformed-message 1.3, mailbox-full 1, "
        "parameter-unsupported 1, too-many-connections 1, mailbox-disabled 0.8, "
        "syntax-error 0.8, bad-sequence 0.5, rate-limited 0.5"
    ),
    "weak": "auth-mechanism 2",
    "web": (
        "unknown 5, auth-failed 1.5, auth-mechanism 1, no-mail-service 1, "
        "rate-limited 1, too-many-connections 1, policy 0.8, ip-blocked 0.5, "
        "mailbox-disabled 0.5, spam-content 0.5, unknown-recipient 0.5, auth-required "
        "0.3, sender-rejected 0.3"
    ),
    "wegen": "mailbox-disabled 2, service-unavailable 1",
    "welcome": (
        "content-rejected 1.5, sender-rejected 1.5, greylisted 1, ip-blocked 1, "
        "syntax-error 1, policy 0.5, spam-content 0.5"
    ),
    "went": "loop-detected 1, server-error 1",
    "werden": (
        "policy 1, unknown-recipient 1, content-rejected 0.5, ip-blocked 0.5, "
        "rate-limited 0.5, sender-rejected 0.5, server-error 0.5, unknown 0.5"
    ),
    "were": (
        "unknown 4, ip-blocked 3.3, unknown-recipient 2.5, auth-failed 1, "
        "sender-auth-failed 1, unknown-domain 1, policy 0.8, bad-sequence 0.5, "
        "content-rejected 0.5, rate-limited 0.5, spam-content 0.5, no-reverse-dns 0.3"
    ),
    "what": (
        "not-implemented 2, bad-sequence 1, message-too-large 1, unknown-recipient 1, "
        "syntax-error 0.5, tls-unavailable 0.5"
    ),
    "when": (
        "auth-mechanism 1, auth-required 0.8, policy 0.8, no-reverse-dns 0.3, "
        "relay-denied 0.3, syntax-error 0.3, unknown-recipient 0.3"
    ),
    "where": "sender-rejected 1.5, syntax-error 0.5",
    "whether": "unknown 4",
    "which": (
        "malformed-message 2, ip-blocked 1, no-reverse-dns 1, too-many-connections 1, "
        "auth-required 0.5, sender-auth-failed 0.3, sender-rejected 0.3, syntax-error "
        "0.3, unknown 0.3, unknown-recipient 0.3, no-mail-service 0.2, policy 0.2, "
        "server-error 0.2, unknown-domain 0.2"
    ),
    "while": (
        "network-error 5.7, server-error 3.7, greylisted 2, mailbox-full 2, timeout "
        "2, sender-rejected 1, service-unavailable 1, unknown 0.8, mailbox-disabled "
        "0.5, policy 0.5, storage-full 0.5, unknown-domain 0.3"
    ),
    "whitelist": "policy 2, ip-blocked 1",
    "who": (
        "bad-sequence 2, unknown-recipient 1.5, auth-required 1, syntax-error 1, "
        "ip-blocked 0.5, policy 0.5, sender-rejected 0.5, rate-limited 0.3, "
        "mailbox-disabled 0.2, spam-content 0.2, unknown 0.2"
    ),
    "whoever": "no-reverse-dns 1, sender-rejected 1",
    "whom": "bad-sequence 1, mailbox-full 1",
    "whose": "sender-rejected 1, ip-blocked 0.5, spam-content 0.5",
    "wiadomosc": "spam-content 4, message-too-large 1, unknown 1",
    "will": (
        "ip-blocked 3, unknown 2.3, mailbox-full 1, no-reverse-dns 1, rate-limited 1, "
        "unknown-recipient 1, network-error 0.3, timeout 0.3"
    ),
    "win": "virus 3, network-error 1.5, timeout 0.5",
    "winsock": "network-error 1.5, timeout 0.5",
    "wird": (
        "tls-required 1, ip-blocked 0.5, policy 0.5, greylisted 0.3, "
        "service-unavailable 0.3, unknown 0.3"
    ),
    "wirusa": "unknown 1, virus 1",
    "with": (
        "unknown 13.3, server-error 10.8, sender-auth-failed 8.5, network-error 6.8, "
        "malformed-message 6.3, unknown-recipient 6, policy 5.8, spam-content 4.3, "
        "content-rejected 4.2, no-reverse-dns 3.5, auth-required 3.1, ip-blocked 2.8, "
        "timeout 2.5, sender-rejected 2.3, auth-mechanism 2, syntax-error 2, "
        "rate-limited 1.5, mailbox-disabled 1.3, bad-sequence 1, mailbox-full 1, "
        "message-too-large 1, tls-required 0.8, auth-failed 0.5, "
        "parameter-unsupported 0.5, tls-unavailable 0.5, unknown-domain 0.5"
    ),
    "within": "rate-limited 3, spam-content 2, policy 1",
    "without": (
        "no-reverse-dns 6, bad-sequence 2.3, malformed-message 2.3, "
        "sender-auth-failed 2, auth-required 1.8, relay-denied 1.8, "
        "service-unavailable 1, smtputf8-unsupported 1, sender-rejected 0.8, "
        "syntax-error 0.8, policy 0.5, rate-limited 0.5"
    ),
    "word": (
        "content-rejected 0.7, policy 0.7, spam-content 0.7, malformed-message 0.5, "
        "smtputf8-unsupported 0.5"
    ),
    "works": "recipient-moved 1, unknown-recipient 1",
    "would": "mailbox-full 7.5, bad-sequence 1, loop-detected 1, message-too-large 0.5",
    "write": (
        "server-error 6, unknown 4.5, policy 3.3, ip-blocked 1.3, recipient-moved "
        "1.3, unknown-recipient 1.3, storage-full 1, relay-denied 0.8, auth-required "
        "0.5, tls-required 0.5, mailbox-disabled 0.3"
    ),
    "writes": (
        "server-error 0.5, service-unavailable 0.5, ip-blocked 0.2, policy 0.2, "
        "sender-rejected 0.2, spam-content 0.2, unknown-recipient 0.2"
    ),
    "writing": (
        "mailbox-full 3.5, unknown-recipient 1.3, server-error 1, storage-full 1, "
        "message-too-large 0.5, ip-blocked 0.3, rate-limited 0.3"
    ),
    "wrong": (
        "unknown-recipient 4.2, auth-failed 2.8, syntax-error 1.3, mailbox-full 1, "
        "server-error 1, policy 0.5, unknown 0.5, ip-blocked 0.3, mailbox-disabled "
        "0.3, rate-limited 0.3, recipient-moved 0.3, unknown-domain 0.3"
    ),
    "wurde": "mailbox-disabled 2, server-error 1, spam-content 1",
    "www": "policy 1.8, sender-rejected 0.8, auth-required 0.3",
    "wykryto": "loop-detected 1, spam-content 1, unknown 1, virus 1",
    "wymagane": "auth-required 1, tls-required 1",
    "xbl": "ip-blocked 4",
    "year": "mailbox-disabled 1.3, recipient-moved 0.3, unknown-recipient 0.3",
    "yes": "sender-auth-failed 1, virus 1",
    "yet": (
        "bad-sequence 2, content-rejected 2, greylisted 1.5, mailbox-disabled 1.2, "
        "sender-rejected 1.2, not-implemented 1, unknown-recipient 1, server-error "
        "0.5, service-unavailable 0.5, unknown 0.5, auth-failed 0.2, policy 0.2"
    ),
    "ylittynyt": "mailbox-full 1, unknown 1",
    "yok": (
        "no-reverse-dns 1, relay-denied 1, unknown-recipient 1, mailbox-full 0.5, storage-full 0.5"
    ),
    "you": (
        "bad-sequence 18.2, unknown 17.2, sender-rejected 15.8, unknown-recipient "
        "14.8, ip-blocked 14.3, policy 13.7, rate-limited 12.3, auth-required 9.4, "
        "relay-denied 8.2, no-reverse-dns 5.3, mailbox-disabled 5.2, greylisted 5, "
        "mailbox-full 3, not-implemented 2.8, spam-content 2.8, syntax-error 2.8, "
        "tls-required 2.5, auth-failed 2.3, auth-mechanism 1.5, too-many-connections "
        "1.5, content-rejected 1, message-too-large 1, server-error 1, "
        "service-unavailable 1, timeout 1, too-many-recipients 1, sender-auth-failed "
        "0.3"
    ),
    "your": (
        "ip-blocked 64.7, sender-rejected 32.6, policy 28.3, rate-limited 27.3, "
        "unknown 26.5, no-reverse-dns 23, spam-content 18.9, auth-required 8.2, "
        "auth-failed 7.7, too-many-connections 6.8, sender-auth-failed 6.2, "
        "mailbox-disabled 5.4, relay-denied 5.3, content-rejected 5, "
        "message-too-large 5, server-error 4.5, greylisted 3.4, syntax-error 3.2, "
        "malformed-message 2.8, virus 2.8, tls-required 2.5, unknown-recipient 2.2, "
        "auth-mechanism 1.5, tls-unavailable 1.5, too-many-recipients 1.5, "
        "service-unavailable 1.2, mailbox-full 1, bad-sequence 0.5, "
        "smtputf8-unsupported 0.5"
    ),
    "yours": "ip-blocked 1.5, message-too-large 1, sender-auth-failed 1, policy 0.5",
    "yourself": "bad-sequence 4, syntax-error 1",
    "yrita": "greylisted 1, service-unavailable 1",
    "za": "greylisted 2.5, service-unavailable 2, spam-content 2, unknown 0.5",
    "zablokowane": "mailbox-disabled 2, unknown 1",
    "zablokowany": "ip-blocked 1, unknown 1",
    "zbyt": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "zerospam": "greylisted 2",
    "zimbra": "content-rejected 1, auth-failed 0.5, server-error 0.5",
    "zip": "content-rejected 2.5, virus 1.5",
    "zit": "mailbox-full 2",
    "zkuste": "greylisted 1, service-unavailable 1",
    "zostal": "ip-blocked 1, unknown 1",
    "zostala": "spam-content 2",
    "zprava": "spam-content 2, message-too-large 1, unknown 1, virus 1",
    "zq": "unknown 4",
    "zu": (
        "message-too-large 1, rate-limited 1, sender-rejected 1, storage-full 1, "
        "too-many-connections 1, too-many-recipients 1"
    ),
    "zurzeit": "mailbox-full 1, tls-unavailable 1",
    "адрес": "ip-blocked 2, unknown-recipient 2, sender-rejected 1",
    "адреса": "ip-blocked 1, no-reverse-dns 1, too-many-connections 1",
    "адреси": "no-reverse-dns 1, too-many-connections 1",
    "адресу": "sender-rejected 1, unknown 1",
    "аккаунт": "mailbox-disabled 1, unknown 1",
    "база": "server-error 1, service-unavailable 1",
    "в": "ip-blocked 2, virus 1",
    "ваш": "ip-blocked 4, unknown 2",
    "вашего": "no-reverse-dns 2, too-many-connections 1",
    "вашої": "no-reverse-dns 1, too-many-connections 1",
    "виявлено": "spam-content 1, unknown 1",
    "временно": "tls-unavailable 1, server-error 0.5, service-unavailable 0.5",
    "відправника": "sender-rejected 2",
    "для": "no-reverse-dns 2",
    "домен": "unknown-domain 2.5, sender-rejected 2, relay-denied 0.5",
    "допустимий": "message-too-large 2",
    "доступ": "ip-blocked 0.7, policy 0.7, unknown 0.7",
    "з": "tls-required 1, too-many-connections 1",
    "забагато": "too-many-connections 1, too-many-recipients 1",
    "заблокирован": "unknown 3, ip-blocked 1, mailbox-disabled 1",
    "заблоковано": "unknown 2, ip-blocked 1",
    "заборонено": "relay-denied 1, ip-blocked 0.3, policy 0.3, unknown 0.3",
    "квота": "mailbox-full 1, unknown 1",
    "квоту": "mailbox-full 1, unknown 1",
    "користувача": "unknown-recipient 2",
    "лимит": "rate-limited 2",
    "лист": "unknown 1, virus 1",
    "листа": "message-too-large 2",
    "ліміт": "rate-limited 2",
    "много": "too-many-connections 1, too-many-recipients 1",
    "найден": "unknown-recipient 2",
    "не": (
        "unknown 12, unknown-recipient 6, sender-auth-failed 2, sender-rejected 2, "
        "server-error 2, relay-denied 0.5, unknown-domain 0.5"
    ),
    "невідомий": "unknown-domain 1, unknown-recipient 1",
    "невірний": "auth-failed 1, sender-auth-failed 1",
    "недоступен": "tls-unavailable 1, server-error 0.5, service-unavailable 0.5",
    "недоступна": "server-error 1, service-unavailable 1",
    "неизвестный": "unknown-domain 1, unknown-recipient 1",
    "нет": "unknown-recipient 2, no-reverse-dns 1",
    "обнаружен": "spam-content 1, virus 1",
    "отклонено": "sender-auth-failed 1, spam-content 1",
    "отправителя": "sender-rejected 2, sender-auth-failed 1",
    "отправки": "rate-limited 2",
    "ошибка": "auth-failed 1, server-error 1",
    "пароль": "auth-failed 2",
    "перевищено": "mailbox-full 1, rate-limited 1, unknown 1",
    "перевищує": "message-too-large 2",
    "переповнена": "mailbox-full 1, unknown 1",
    "переполнен": "mailbox-full 1, unknown 1",
    "письмо": "spam-content 1, unknown 1",
    "повторите": "greylisted 1, rate-limited 1",
    "позже": "rate-limited 1, server-error 0.5, service-unavailable 0.5",
    "получатель": "unknown-recipient 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3",
    "получателя": "mailbox-full 1, unknown-recipient 1",
    "пользователя": "unknown-recipient 2",
    "помилка": "auth-failed 1, server-error 1",
    "почтовый": "mailbox-disabled 1, mailbox-full 1, unknown 1, unknown-recipient 1",
    "превышена": "mailbox-full 1, unknown 1",
    "пройдена": "sender-auth-failed 2",
    "розмір": "message-too-large 2",
    "сервер": "ip-blocked 1, server-error 0.5, service-unavailable 0.5",
    "сервера": "server-error 2",
    "скринька": "mailbox-full 1, unknown 1",
    "скриньки": "mailbox-full 1, unknown-recipient 1",
    "скриньку": "mailbox-disabled 1, unknown 1",
    "слишком": "too-many-connections 1, too-many-recipients 1",
    "сообщение": "sender-auth-failed 1, spam-content 1",
    "спамом": "unknown 2, spam-content 1",
    "списке": "ip-blocked 2",
    "список": "greylisted 2",
    "спробуйте": "greylisted 1, rate-limited 1",
    "существует": "unknown-recipient 2, sender-rejected 1",
    "такого": "unknown-recipient 3",
    "требуется": "auth-required 1, tls-required 1",
    "у": "ip-blocked 1, no-reverse-dns 1",
    "через": "greylisted 2",
    "чёрном": "ip-blocked 2",
    "ящик": "mailbox-full 2, mailbox-disabled 1, unknown 1, unknown-recipient 1",
    "існує": "sender-rejected 1, unknown-recipient 1",
    "あ": ("unknown 2, ip-blocked 1, policy 1, server-error 1, mailbox-full 0.5, storage-full 0.5"),
    "い": (
        "unknown 5.3, ip-blocked 3, no-reverse-dns 2, relay-denied 1.5, auth-failed "
        "1, content-rejected 1, greylisted 1, mailbox-disabled 1, rate-limited 1, "
        "server-error 1, service-unavailable 1, unknown-recipient 1, unknown-domain "
        "0.5, policy 0.3, sender-rejected 0.3"
    ),
    "う": "server-error 1, service-unavailable 1",
    "え": "rate-limited 2, too-many-connections 1",
    "お": ("unknown 2, ip-blocked 1, rate-limited 1, server-error 1, service-unavailable 1"),
    "か": (
        "unknown-recipient 4, ip-blocked 1.5, server-error 1, service-unavailable 1, "
        "rate-limited 0.5"
    ),
    "が": (
        "unknown-recipient 4, server-error 3, sender-rejected 2.3, no-reverse-dns 2, "
        "tls-required 2, ip-blocked 1.5, mailbox-full 1.5, policy 1.3, unknown 1.3, "
        "auth-failed 1, auth-required 1, message-too-large 1, sender-auth-failed 1, "
        "service-unavailable 1, syntax-error 1, too-many-recipients 1, unknown-domain "
        "1, virus 1, rate-limited 0.5, storage-full 0.5"
    ),
    "き": (
        "no-reverse-dns 2, mailbox-full 1.5, message-too-large 1, service-unavailable "
        "1, tls-unavailable 1, server-error 0.5, storage-full 0.5, unknown 0.5"
    ),
    "ぎ": "message-too-large 1, too-many-recipients 1",
    "く": ("greylisted 1, rate-limited 1, server-error 1, service-unavailable 1, unknown 1"),
    "こ": (
        "mailbox-disabled 1, unknown 1, unknown-recipient 1, ip-blocked 0.5, "
        "rate-limited 0.5, relay-denied 0.5, unknown-domain 0.5"
    ),
    "ご": "ip-blocked 2.5, rate-limited 0.5",
    "さ": (
        "ip-blocked 5.5, unknown 4, no-reverse-dns 2, rate-limited 1.5, "
        "content-rejected 1, greylisted 1, mailbox-disabled 1, relay-denied 1, "
        "sender-rejected 1, server-error 1, service-unavailable 1, spam-content 1, "
        "virus 1"
    ),
    "し": (
        "server-error 3, unknown-recipient 3, rate-limited 2.5, sender-rejected 2.3, "
        "unknown 2.3, sender-auth-failed 2, spam-content 2, ip-blocked 1.5, "
        "auth-failed 1, greylisted 1, loop-detected 1, mailbox-full 1, "
        "service-unavailable 1, too-many-connections 1, unknown-domain 1, virus 1, "
        "policy 0.3"
    ),
    "じ": "tls-required 1, ip-blocked 0.5, policy 0.5",
    "す": (
        "ip-blocked 5, mailbox-disabled 2, tls-required 2, auth-failed 1, "
        "auth-required 1, greylisted 1, mailbox-full 1, message-too-large 1, "
        "sender-auth-failed 1, server-error 1, service-unavailable 1, syntax-error 1, "
        "too-many-recipients 1, unknown-recipient 1, policy 0.8, rate-limited 0.5, "
        "sender-rejected 0.3, unknown 0.3"
    ),
    "せ": (
        "unknown 7.5, unknown-recipient 6, no-reverse-dns 2, mailbox-full 1.5, "
        "relay-denied 1.5, server-error 1.5, unknown-domain 1.5, content-rejected 1, "
        "ip-blocked 1, policy 1, sender-rejected 1, service-unavailable 1, "
        "tls-unavailable 1, storage-full 0.5"
    ),
    "た": (
        "rate-limited 2.5, auth-failed 2, mailbox-full 2, sender-auth-failed 2, "
        "spam-content 2, unknown 2, unknown-recipient 2, ip-blocked 1.5, "
        "loop-detected 1, sender-rejected 1, server-error 1, too-many-connections 1, "
        "virus 1"
    ),
    "だ": ("greylisted 1, rate-limited 1, server-error 1, service-unavailable 1, unknown 1"),
    "っ": "unknown 1, relay-denied 0.5, unknown-domain 0.5",
    "つ": "unknown-recipient 4",
    "て": (
        "unknown 3.3, ip-blocked 3, no-reverse-dns 2, relay-denied 1.5, "
        "content-rejected 1, greylisted 1, mailbox-disabled 1, rate-limited 1, "
        "server-error 1, service-unavailable 1, unknown-domain 0.5, policy 0.3, "
        "sender-rejected 0.3"
    ),
    "で": (
        "unknown 3.5, mailbox-full 2, service-unavailable 2, tls-required 2, "
        "unknown-recipient 2, auth-required 1, greylisted 1, mailbox-disabled 1, "
        "sender-auth-failed 1, syntax-error 1, tls-unavailable 1, relay-denied 0.5, "
        "server-error 0.5, unknown-domain 0.5"
    ),
    "と": "spam-content 1, ip-blocked 0.5, rate-limited 0.5",
    "に": (
        "ip-blocked 4.5, sender-auth-failed 2, server-error 1.5, auth-failed 1, "
        "greylisted 1, policy 1, tls-required 1, mailbox-full 0.5, rate-limited 0.5, "
        "storage-full 0.5, unknown 0.5"
    ),
    "の": (
        "ip-blocked 5, mailbox-full 3.5, rate-limited 2.5, unknown 2, "
        "content-rejected 1, mailbox-disabled 1, too-many-connections 1, "
        "unknown-recipient 1, policy 0.5, relay-denied 0.5, storage-full 0.5, "
        "unknown-domain 0.5"
    ),
    "は": (
        "unknown 7, ip-blocked 5, mailbox-disabled 2, unknown-recipient 2, "
        "relay-denied 1.5, auth-failed 1, content-rejected 1, service-unavailable 1, "
        "tls-required 1, tls-unavailable 1, unknown-domain 0.5"
    ),
    "ば": "server-error 1, service-unavailable 1",
    "ま": (
        "unknown 6.8, ip-blocked 6.5, unknown-recipient 6, server-error 3.5, "
        "mailbox-full 2.5, rate-limited 2.5, sender-rejected 2.3, auth-failed 2, "
        "no-reverse-dns 2, sender-auth-failed 2, spam-content 2, relay-denied 1.5, "
        "unknown-domain 1.5, policy 1.3, content-rejected 1, loop-detected 1, "
        "mailbox-disabled 1, message-too-large 1, service-unavailable 1, tls-required "
        "1, tls-unavailable 1, too-many-connections 1, too-many-recipients 1, virus "
        "1, storage-full 0.5"
    ),
    "め": ("mailbox-full 1, sender-auth-failed 1, virus 1, ip-blocked 0.5, rate-limited 0.5"),
    "も": "server-error 1, service-unavailable 1",
    "ら": "ip-blocked 1.5, server-error 1, service-unavailable 1, rate-limited 0.5",
    "り": (
        "unknown-recipient 4, unknown 2, ip-blocked 1, policy 1, server-error 1, "
        "mailbox-full 0.5, storage-full 0.5"
    ),
    "る": "unknown-recipient 1, ip-blocked 0.5, rate-limited 0.5",
    "れ": (
        "ip-blocked 5.5, unknown 4, no-reverse-dns 2, content-rejected 1, "
        "mailbox-disabled 1, relay-denied 1, sender-rejected 1, spam-content 1, virus "
        "1, rate-limited 0.5"
    ),
    "を": (
        "rate-limited 2.5, ip-blocked 1, loop-detected 1, mailbox-full 1, "
        "spam-content 1, tls-required 1, too-many-connections 1, virus 1, policy 0.8, "
        "sender-rejected 0.3, unknown 0.3"
    ),
    "ん": (
        "unknown 6.5, unknown-recipient 6, no-reverse-dns 2, mailbox-full 1.5, "
        "relay-denied 1.5, server-error 1.5, unknown-domain 1.5, content-rejected 1, "
        "ip-blocked 1, policy 1, sender-rejected 1, service-unavailable 1, "
        "tls-unavailable 1, storage-full 0.5"
    ),
    "ア": (
        "ip-blocked 5.5, unknown-recipient 4, unknown 3, mailbox-disabled 2, "
        "sender-rejected 1, rate-limited 0.5"
    ),
    "ィ": "greylisted 1, spam-content 1",
    "イ": (
        "unknown-domain 1.5, content-rejected 1, greylisted 1, message-too-large 1, "
        "sender-auth-failed 1, sender-rejected 1, server-error 1, tls-required 1, "
        "unknown 1, virus 1, ip-blocked 0.5, policy 0.5, relay-denied 0.5"
    ),
    "ウ": "mailbox-disabled 2, unknown 2, server-error 1, virus 1",
    "カ": "mailbox-disabled 2, unknown 1",
    "ク": ("ip-blocked 3.5, unknown 3, mailbox-full 2.5, rate-limited 0.5, storage-full 0.5"),
    "グ": "greylisted 1, spam-content 1",
    "サ": (
        "server-error 2, service-unavailable 2, message-too-large 1, relay-denied "
        "0.5, unknown-domain 0.5"
    ),
    "ザ": (
        "unknown-recipient 2, auth-failed 1, ip-blocked 0.5, rate-limited 0.5, "
        "server-error 0.5, unknown 0.5"
    ),
    "シ": "server-error 1, spam-content 1",
    "ジ": "message-too-large 1, service-unavailable 1",
    "ス": (
        "ip-blocked 6.5, unknown 4.5, unknown-recipient 4, mailbox-full 2.5, "
        "server-error 2.5, auth-failed 1, greylisted 1, policy 1, sender-rejected 1, "
        "service-unavailable 1, virus 1, rate-limited 0.5, storage-full 0.5"
    ),
    "ッ": (
        "ip-blocked 3.5, unknown 3, mailbox-full 2.5, message-too-large 1, "
        "spam-content 1, rate-limited 0.5, storage-full 0.5"
    ),
    "テ": "greylisted 1, server-error 1",
    "ト": "ip-blocked 4, mailbox-disabled 2, policy 1, unknown 1",
    "ド": (
        "ip-blocked 6, unknown-recipient 4, sender-rejected 2, unknown 2, "
        "unknown-domain 1.5, auth-failed 1, sender-auth-failed 1, tls-required 1, "
        "policy 0.5, rate-limited 0.5, relay-denied 0.5"
    ),
    "バ": (
        "server-error 2, mailbox-full 1, service-unavailable 1, relay-denied 0.5, "
        "unknown-domain 0.5"
    ),
    "ビ": "service-unavailable 2",
    "フ": "content-rejected 1, spam-content 1",
    "ブ": "ip-blocked 3.5, unknown 2, rate-limited 0.5",
    "ボ": "mailbox-full 2.5, unknown 1, storage-full 0.5",
    "メ": (
        "unknown-recipient 4, mailbox-full 2.5, spam-content 2, unknown 2, "
        "unknown-domain 1.5, ip-blocked 1, loop-detected 1, message-too-large 1, "
        "sender-auth-failed 1, sender-rejected 1, tls-required 1, policy 0.5, "
        "rate-limited 0.5, relay-denied 0.5, storage-full 0.5"
    ),
    "ユ": (
        "unknown-recipient 2, auth-failed 1, ip-blocked 0.5, rate-limited 0.5, "
        "server-error 0.5, unknown 0.5"
    ),
    "ラ": "ip-blocked 3, server-error 1",
    "リ": "ip-blocked 4, greylisted 1, policy 1",
    "ル": (
        "unknown-recipient 4, unknown 3, mailbox-full 2.5, spam-content 2, "
        "content-rejected 1, loop-detected 1, server-error 1, virus 1, ip-blocked "
        "0.5, rate-limited 0.5, storage-full 0.5"
    ),
    "レ": (
        "ip-blocked 5.5, unknown-recipient 4, unknown 2, greylisted 1, "
        "sender-rejected 1, rate-limited 0.5"
    ),
    "ロ": "unknown 2, ip-blocked 0.5, rate-limited 0.5",
    "ワ": "auth-failed 1, ip-blocked 0.5, policy 0.5",
    "ン": (
        "mailbox-disabled 2, unknown-domain 1.5, greylisted 1, sender-auth-failed 1, "
        "sender-rejected 1, server-error 1, spam-content 1, tls-required 1, unknown "
        "1, ip-blocked 0.5, policy 0.5, relay-denied 0.5"
    ),
    "ー": (
        "unknown-recipient 6, mailbox-full 3.5, server-error 2.5, unknown 2.5, "
        "service-unavailable 2, spam-content 2, auth-failed 1, loop-detected 1, "
        "message-too-large 1, ip-blocked 0.5, rate-limited 0.5, relay-denied 0.5, "
        "storage-full 0.5, unknown-domain 0.5"
    ),
    "一": (
        "mailbox-full 1, server-error 1, service-unavailable 1, ip-blocked 0.5, "
        "rate-limited 0.5, sender-auth-failed 0.5, sender-rejected 0.5"
    ),
    "上": (
        "rate-limited 2.5, message-too-large 1, too-many-connections 1, too-many-recipients 0.5"
    ),
    "不": (
        "unknown-recipient 5.3, unknown 4.3, sender-rejected 3.5, relay-denied 3, "
        "auth-mechanism 2, content-rejected 2, storage-full 2, unknown-domain 2, "
        "sender-auth-failed 1.5, ip-blocked 1, mailbox-full 1, syntax-error 1, "
        "tls-unavailable 1, policy 0.5, rate-limited 0.5, server-error 0.5, "
        "service-unavailable 0.5, mailbox-disabled 0.3"
    ),
    "中": (
        "relay-denied 2, unknown 2, greylisted 1, ip-blocked 1, mailbox-disabled 1, "
        "service-unavailable 1, spam-content 1"
    ),
    "临": (
        "server-error 2, too-many-connections 2, ip-blocked 1.5, spam-content 1, "
        "auth-failed 0.5, rate-limited 0.5, service-unavailable 0.5"
    ),
    "为": "ip-blocked 2, rate-limited 1, spam-content 1",
    "主": "syntax-error 1.5, policy 0.5",
    "人": (
        "sender-rejected 5.3, unknown-recipient 3, rate-limited 2, "
        "too-many-recipients 1, mailbox-full 0.5, storage-full 0.5, ip-blocked 0.3, "
        "policy 0.3"
    ),
    "今": "rate-limited 2",
    "们": "unknown 1, ip-blocked 0.5, rate-limited 0.5",
    "件": (
        "sender-rejected 6.3, spam-content 6.3, message-too-large 4.5, virus 4, "
        "unknown-recipient 3, rate-limited 2.8, ip-blocked 2.3, loop-detected 2, "
        "relay-denied 2, too-many-recipients 2, unknown 2, content-rejected 1.5, "
        "policy 1.2, mailbox-full 1, storage-full 1"
    ),
    "份": "auth-required 2, auth-failed 1",
    "伺": "server-error 1, service-unavailable 1",
    "位": "ip-blocked 2, unknown 1",
    "使": (
        "tls-required 3, unknown-recipient 2, rate-limited 1.5, tls-unavailable 1, "
        "ip-blocked 0.5, server-error 0.5, service-unavailable 0.5"
    ),
    "保": "ip-blocked 1, rate-limited 1",
    "信": (
        "rate-limited 6.8, mailbox-full 5, virus 3, unknown 2.3, unknown-recipient 2, "
        "sender-rejected 1.8, ip-blocked 1.5, sender-auth-failed 1.5, syntax-error "
        "1.5, policy 1.2, loop-detected 1, message-too-large 1, storage-full 1, "
        "tls-required 1, spam-content 0.3"
    ),
    "停": "mailbox-disabled 4, unknown 2",
    "允": ("relay-denied 3, content-rejected 2, rate-limited 0.5, too-many-recipients 0.5"),
    "元": "ip-blocked 1, sender-rejected 1",
    "先": "unknown-recipient 3, too-many-recipients 1",
    "入": "ip-blocked 2.8, unknown-recipient 1, policy 0.8, sender-rejected 0.3",
    "内": "server-error 2.3, rate-limited 2, storage-full 1.3, service-unavailable 0.3",
    "再": (
        "rate-limited 3.5, greylisted 2, server-error 1, service-unavailable 1, "
        "too-many-connections 0.5"
    ),
    "冻": "mailbox-disabled 1, unknown 1",
    "出": (
        "rate-limited 2.5, ip-blocked 1, loop-detected 1, sender-rejected 1, "
        "spam-content 1, unknown 1, virus 1, content-rejected 0.5, message-too-large "
        "0.5, too-many-recipients 0.5"
    ),
    "分": "greylisted 2, rate-limited 2, auth-failed 1, auth-required 1",
    "列": "ip-blocked 2.5, bad-sequence 1, policy 0.5",
    "判": "spam-content 2",
    "利": "ip-blocked 2, mailbox-disabled 1, service-unavailable 1, tls-unavailable 1",
    "到": "spam-content 2, loop-detected 1, ip-blocked 0.5, rate-limited 0.5",
    "制": ("rate-limited 4, message-too-large 3.5, too-many-connections 2, content-rejected 0.5"),
    "前": "rate-limited 2",
    "加": ("tls-required 2, content-rejected 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3"),
    "务": ("ip-blocked 1.5, server-error 1, service-unavailable 1, storage-full 1, policy 0.5"),
    "包": "virus 3",
    "单": (
        "ip-blocked 1.8, greylisted 1, spam-content 1, unknown 1, policy 0.8, "
        "content-rejected 0.5, message-too-large 0.5, sender-rejected 0.3"
    ),
    "反": "no-reverse-dns 2, spam-content 1",
    "发": (
        "rate-limited 5.3, sender-rejected 4.5, ip-blocked 3, relay-denied 2, "
        "too-many-connections 2, unknown 1, sender-auth-failed 0.5, policy 0.3, "
        "spam-content 0.3"
    ),
    "受": (
        "mailbox-full 2.5, virus 1, ip-blocked 0.5, rate-limited 0.5, storage-full "
        "0.5, policy 0.3, sender-rejected 0.3, unknown 0.3"
    ),
    "可": (
        "rate-limited 2, content-rejected 1, relay-denied 1, tls-unavailable 1, "
        "ip-blocked 0.5, policy 0.5, server-error 0.5, service-unavailable 0.5"
    ),
    "号": "mailbox-disabled 2, tls-required 1, unknown 1",
    "合": "sender-rejected 1, unknown 1, ip-blocked 0.5, policy 0.5",
    "同": "too-many-connections 3",
    "名": (
        "ip-blocked 2.8, auth-failed 2, greylisted 2, sender-auth-failed 2, "
        "syntax-error 2, unknown 2, sender-rejected 1.3, spam-content 1, "
        "unknown-domain 1, policy 0.8"
    ),
    "后": "greylisted 1, rate-limited 1, service-unavailable 1",
    "向": "no-reverse-dns 1, relay-denied 1",
    "否": (
        "ip-blocked 2, sender-rejected 1.3, sender-auth-failed 1, virus 1, policy 0.3, unknown 0.3"
    ),
    "含": "virus 4",
    "問": "server-error 2, unknown 1",
    "單": "greylisted 1, ip-blocked 1, unknown 1",
    "器": ("server-error 2, service-unavailable 2, ip-blocked 1.5, storage-full 1, policy 0.5"),
    "回": "loop-detected 1, server-error 1",
    "在": (
        "unknown-recipient 5.3, rate-limited 3, sender-rejected 3, unknown-domain 3, "
        "unknown 2.3, timeout 2, tls-required 2, service-unavailable 1, spam-content "
        "1, tls-unavailable 1, ip-blocked 0.5, policy 0.5, mailbox-disabled 0.3"
    ),
    "地": (
        "sender-rejected 4.5, unknown-recipient 2, ip-blocked 1.5, rate-limited 0.5, "
        "sender-auth-failed 0.5"
    ),
    "圾": "spam-content 3, unknown 2, ip-blocked 0.5, rate-limited 0.5",
    "址": (
        "sender-rejected 4.5, ip-blocked 3.5, unknown-recipient 2, unknown 1, "
        "rate-limited 0.5, sender-auth-failed 0.5"
    ),
    "垃": "spam-content 3, unknown 2, ip-blocked 0.5, rate-limited 0.5",
    "域": (
        "sender-rejected 2, tls-required 2, unknown-domain 2, relay-denied 1.5, "
        "auth-required 0.5, ip-blocked 0.5, policy 0.5"
    ),
    "多": (
        "too-many-recipients 3, too-many-connections 2, policy 0.3, rate-limited 0.3, "
        "spam-content 0.3"
    ),
    "大": (
        "message-too-large 5.5, rate-limited 2, too-many-connections 2, ip-blocked 1, "
        "content-rejected 0.5"
    ),
    "失": (
        "sender-auth-failed 4, auth-failed 3.5, server-error 2, syntax-error 1.5, "
        "policy 0.5, service-unavailable 0.5"
    ),
    "如": "rate-limited 2, unknown 1",
    "存": (
        "unknown-recipient 5.3, sender-rejected 3, unknown-domain 3, mailbox-disabled "
        "0.3, unknown 0.3"
    ),
    "定": "no-reverse-dns 2, spam-content 2",
    "宛": "unknown-recipient 2, too-many-recipients 1",
    "客": "ip-blocked 1, unknown 1",
    "容": "mailbox-full 5, storage-full 1, unknown 1",
    "寄": "rate-limited 2, sender-rejected 2, relay-denied 1",
    "密": "auth-failed 2, tls-required 2",
    "将": "rate-limited 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3",
    "對": "mailbox-full 1, rate-limited 1",
    "小": "message-too-large 4.5, content-rejected 0.5",
    "屏": "ip-blocked 1.5, unknown 1, rate-limited 0.5",
    "已": (
        "mailbox-disabled 4, mailbox-full 4, ip-blocked 3.3, rate-limited 3, policy "
        "0.3, sender-rejected 0.3"
    ),
    "帳": "auth-failed 1, mailbox-disabled 1, unknown 1, unknown-recipient 1",
    "常": "ip-blocked 1.5, rate-limited 0.5",
    "并": "too-many-connections 2",
    "度": ("server-error 1, service-unavailable 1, policy 0.3, rate-limited 0.3, spam-content 0.3"),
    "开": "timeout 2, tls-required 1, ip-blocked 0.5, policy 0.5",
    "异": "ip-blocked 1.5, rate-limited 0.5",
    "式": "auth-mechanism 2, content-rejected 1",
    "引": "no-reverse-dns 2, server-error 2, spam-content 1",
    "当": "unknown-recipient 1, relay-denied 0.5, unknown-domain 0.5",
    "後": (
        "rate-limited 2.5, greylisted 2, server-error 1, service-unavailable 1, "
        "too-many-connections 0.5"
    ),
    "必": "tls-required 4, auth-required 1.5, relay-denied 0.5",
    "忙": "service-unavailable 2",
    "息": "syntax-error 1.5, policy 0.5",
    "您": (
        "ip-blocked 4.8, rate-limited 4.5, unknown 3, no-reverse-dns 2, "
        "too-many-connections 2, policy 0.3, sender-rejected 0.3"
    ),
    "惑": "spam-content 1, unknown 1, ip-blocked 0.5, rate-limited 0.5",
    "我": "unknown 1, ip-blocked 0.5, rate-limited 0.5",
    "或": "auth-failed 2",
    "户": (
        "unknown-recipient 2, rate-limited 1.5, auth-failed 1, mailbox-disabled 1, "
        "mailbox-full 1, auth-required 0.5, ip-blocked 0.5, relay-denied 0.5, "
        "server-error 0.5, service-unavailable 0.5"
    ),
    "拒": (
        "ip-blocked 4.3, sender-rejected 4.3, spam-content 2, relay-denied 1, "
        "sender-auth-failed 1, virus 1, policy 0.7, unknown 0.7"
    ),
    "持": "auth-mechanism 2",
    "据": "server-error 1, service-unavailable 1",
    "接": (
        "ip-blocked 5.5, too-many-connections 4, tls-required 3, rate-limited 2.5, "
        "timeout 2, policy 1, spam-content 1, server-error 0.5, unknown 0.5"
    ),
    "擎": "server-error 2, spam-content 1",
    "支": "auth-mechanism 2",
    "收": (
        "unknown-recipient 3, rate-limited 2, too-many-recipients 2, mailbox-full 1, "
        "spam-content 1, storage-full 1, ip-blocked 0.3, policy 0.3, sender-rejected "
        "0.3"
    ),
    "效": "sender-auth-failed 2, unknown-recipient 2, syntax-error 1",
    "敗": "sender-auth-failed 3, auth-failed 2",
    "数": (
        "rate-limited 4.5, too-many-connections 4, server-error 1, "
        "service-unavailable 1, too-many-recipients 1, ip-blocked 0.5"
    ),
    "断": "timeout 2, tls-required 1, ip-blocked 0.5, policy 0.5",
    "方": "mailbox-disabled 1, mailbox-full 1, rate-limited 1",
    "於": "rate-limited 1.5, too-many-connections 0.5",
    "无": ("unknown-recipient 3, sender-auth-failed 1, server-error 1, syntax-error 1, virus 1"),
    "日": "rate-limited 2",
    "时": (
        "ip-blocked 2, rate-limited 2, server-error 2, timeout 2, "
        "too-many-connections 2, spam-content 1, tls-unavailable 1, auth-failed 0.5, "
        "service-unavailable 0.5"
    ),
    "明": "unknown-recipient 1, ip-blocked 0.5, rate-limited 0.5",
    "是": "unknown 2, ip-blocked 0.5, policy 0.5",
    "時": (
        "rate-limited 2.5, server-error 2, tls-unavailable 1, too-many-connections 1, "
        "ip-blocked 0.5"
    ),
    "暂": "tls-unavailable 1, ip-blocked 0.5, rate-limited 0.5",
    "暫": "server-error 1, tls-unavailable 1",
    "有": "no-reverse-dns 2, server-error 1, spam-content 1, virus 1",
    "服": ("server-error 2, service-unavailable 2, ip-blocked 1.5, storage-full 1, policy 0.5"),
    "未": "unknown 8, ip-blocked 0.5, policy 0.5",
    "机": "syntax-error 1.5, policy 0.5",
    "来": "ip-blocked 1.5, rate-limited 0.5",
    "果": "rate-limited 2, unknown 1",
    "查": "sender-auth-failed 2, unknown-recipient 2, syntax-error 1.5, policy 0.5",
    "检": (
        "syntax-error 1.5, loop-detected 1, sender-auth-failed 1, spam-content 1, "
        "ip-blocked 0.5, policy 0.5, rate-limited 0.5"
    ),
    "検": ("loop-detected 1, spam-content 1, unknown 1, virus 1, ip-blocked 0.5, rate-limited 0.5"),
    "様": "ip-blocked 1, unknown 1",
    "模": "auth-mechanism 2",
    "止": (
        "ip-blocked 2.5, mailbox-disabled 2, too-many-connections 2, unknown 1, rate-limited 0.5"
    ),
    "正": (
        "timeout 2, tls-required 2, rate-limited 1, sender-auth-failed 1, "
        "spam-content 1, syntax-error 1, ip-blocked 0.5, policy 0.5"
    ),
    "此": "unknown-recipient 3, content-rejected 2, unknown 2, rate-limited 1",
    "毒": "virus 4, server-error 2, unknown 2",
    "沒": "no-reverse-dns 1, server-error 1",
    "法": (
        "rate-limited 1, sender-rejected 1, tls-unavailable 1, virus 1, ip-blocked "
        "0.5, not-implemented 0.5, policy 0.5, server-error 0.5, service-unavailable "
        "0.5, syntax-error 0.5"
    ),
    "测": "loop-detected 1, spam-content 1, ip-blocked 0.5, rate-limited 0.5",
    "满": "mailbox-full 2, unknown 1",
    "滿": "mailbox-full 2, unknown 1",
    "灰": "greylisted 2",
    "無": (
        "unknown-recipient 2, rate-limited 1, sender-auth-failed 1, tls-unavailable "
        "1, server-error 0.5, service-unavailable 0.5"
    ),
    "环": "loop-detected 2",
    "現": "service-unavailable 1, tls-unavailable 1, unknown 1",
    "生": "server-error 2",
    "用": (
        "mailbox-disabled 4, unknown-recipient 4, ip-blocked 3, rate-limited 3, "
        "tls-required 3, tls-unavailable 3, service-unavailable 2, auth-failed 1, "
        "mailbox-full 1, server-error 1, unknown 1, auth-required 0.5, relay-denied "
        "0.5"
    ),
    "病": "virus 4, unknown 2",
    "登": "ip-blocked 2",
    "發": "server-error 1, unknown 1",
    "的": (
        "ip-blocked 9, rate-limited 7, unknown 3, auth-mechanism 2, no-reverse-dns 2, "
        "spam-content 2, too-many-connections 2, content-rejected 1, policy 1, "
        "server-error 1, unknown-recipient 1, virus 1"
    ),
    "目": "rate-limited 2",
    "禁": "ip-blocked 2.5, too-many-connections 2, mailbox-disabled 1, rate-limited 0.5",
    "稍": (
        "rate-limited 3.5, service-unavailable 2, greylisted 1, server-error 1, "
        "too-many-connections 0.5"
    ),
    "空": "mailbox-full 2, storage-full 2",
    "箱": (
        "mailbox-full 5, mailbox-disabled 2.3, unknown 2.3, unknown-recipient 1.3, storage-full 1"
    ),
    "类": "content-rejected 1, policy 0.3, rate-limited 0.3, spam-content 0.3",
    "系": "rate-limited 2.5, server-error 1, unknown 1, ip-blocked 0.5",
    "統": "rate-limited 1, server-error 1",
    "続": (
        "ip-blocked 2.5, tls-required 1, too-many-connections 1, policy 0.5, "
        "server-error 0.5, unknown 0.5"
    ),
    "網": "sender-rejected 1, tls-required 1, unknown-domain 1",
    "線": "tls-required 2, rate-limited 1.5, too-many-connections 1.5",
    "繁": "rate-limited 2.5, service-unavailable 1, too-many-connections 0.5",
    "结": "mailbox-disabled 1, unknown 1",
    "绝": (
        "ip-blocked 2.3, sender-rejected 2, relay-denied 1, spam-content 1, policy 0.3, unknown 0.3"
    ),
    "统": "rate-limited 1.5, ip-blocked 0.5",
    "网": "tls-required 1, ip-blocked 0.5, policy 0.5",
    "者": (
        "unknown-recipient 3, sender-rejected 2.3, mailbox-full 2, rate-limited 1, "
        "storage-full 1, too-many-recipients 1, server-error 0.5, service-unavailable "
        "0.5, policy 0.3, unknown 0.3"
    ),
    "联": "rate-limited 1, unknown 1",
    "蔽": "ip-blocked 1.5, unknown 1, rate-limited 0.5",
    "號": "auth-failed 1, mailbox-disabled 1, unknown 1, unknown-recipient 1",
    "行": "ip-blocked 1.5, rate-limited 0.5",
    "被": (
        "ip-blocked 5.5, mailbox-disabled 5, spam-content 3, unknown 3, "
        "too-many-connections 2, sender-rejected 1, rate-limited 0.5"
    ),
    "要": "auth-required 4, tls-required 4, rate-limited 1",
    "見": "unknown-recipient 4",
    "解": "no-reverse-dns 2",
    "設": "no-reverse-dns 2",
    "許": "content-rejected 2, relay-denied 2, ip-blocked 0.5, policy 0.5",
    "証": "sender-auth-failed 2, auth-failed 1, auth-required 1",
    "試": (
        "server-error 2, service-unavailable 2, rate-limited 1.5, greylisted 1, "
        "too-many-connections 0.5"
    ),
    "該": "mailbox-disabled 1, unknown-recipient 1",
    "認": "sender-auth-failed 2, auth-failed 1, auth-required 1",
    "誤": "auth-failed 1, server-error 1",
    "請": (
        "rate-limited 2.5, greylisted 1, server-error 1, service-unavailable 1, "
        "too-many-connections 0.5"
    ),
    "證": "auth-failed 1, auth-required 1",
    "认": "auth-mechanism 2, server-error 1.5, auth-failed 0.5",
    "许": ("relay-denied 2, content-rejected 1, rate-limited 0.5, too-many-recipients 0.5"),
    "访": ("server-error 0.5, service-unavailable 0.5, ip-blocked 0.3, policy 0.3, unknown 0.3"),
    "证": (
        "auth-required 2.5, auth-mechanism 2, auth-failed 1.5, server-error 1.5, relay-denied 0.5"
    ),
    "试": "greylisted 1, rate-limited 1, service-unavailable 1",
    "该": "mailbox-disabled 2, too-many-connections 2, ip-blocked 1.5, rate-limited 0.5",
    "误": (
        "server-error 1.3, storage-full 1.3, auth-failed 1, bad-sequence 1, "
        "not-implemented 0.5, syntax-error 0.5, service-unavailable 0.3"
    ),
    "请": "greylisted 1, rate-limited 1, service-unavailable 1, unknown 1",
    "败": (
        "server-error 2, auth-failed 1.5, syntax-error 1.5, sender-auth-failed 1, "
        "policy 0.5, service-unavailable 0.5"
    ),
    "账": "mailbox-disabled 2, unknown 1",
    "超": (
        "message-too-large 4.5, rate-limited 4.5, too-many-connections 3, unknown 3, "
        "timeout 2, mailbox-full 1, content-rejected 0.5, too-many-recipients 0.5"
    ),
    "足": "storage-full 2, mailbox-full 1",
    "身": "auth-required 3, auth-failed 2",
    "转": "relay-denied 2",
    "过": (
        "rate-limited 3.3, too-many-connections 3, message-too-large 2, "
        "too-many-recipients 1, auth-required 0.5, relay-denied 0.5, policy 0.3, "
        "spam-content 0.3"
    ),
    "连": (
        "ip-blocked 3, too-many-connections 3, timeout 2, tls-required 2, policy 0.5, "
        "rate-limited 0.5"
    ),
    "迷": "spam-content 1, unknown 1, ip-blocked 0.5, rate-limited 0.5",
    "送": (
        "rate-limited 5.3, ip-blocked 2, greylisted 1, sender-auth-failed 1, "
        "sender-rejected 1, unknown-recipient 1, policy 0.3, spam-content 0.3"
    ),
    "逆": "no-reverse-dns 2",
    "通": "tls-required 1, auth-required 0.5, relay-denied 0.5",
    "連": "tls-required 2, rate-limited 1.5, too-many-connections 1.5",
    "過": (
        "message-too-large 2, unknown 2, rate-limited 1.5, too-many-connections 1.5, "
        "mailbox-full 1, too-many-recipients 1"
    ),
    "遭": "ip-blocked 1, sender-rejected 1",
    "邮": (
        "spam-content 5, mailbox-full 2.5, mailbox-disabled 2.3, unknown 2.3, "
        "ip-blocked 2, message-too-large 2, virus 2, rate-limited 1.5, loop-detected "
        "1, relay-denied 1, policy 0.5, storage-full 0.5, unknown-recipient 0.3"
    ),
    "部": "server-error 3.3, storage-full 1.3, relay-denied 1, service-unavailable 0.3",
    "郵": ("message-too-large 1, rate-limited 1, relay-denied 1, spam-content 1, unknown 1"),
    "配": "unknown 2",
    "重": "rate-limited 2, greylisted 1, service-unavailable 1",
    "量": "rate-limited 6, mailbox-full 5, ip-blocked 1, storage-full 1, unknown 1",
    "錯": "auth-failed 1, server-error 1",
    "録": "ip-blocked 2",
    "钟": "rate-limited 2, greylisted 1",
    "锁": "mailbox-disabled 2",
    "错": (
        "server-error 1.3, storage-full 1.3, auth-failed 1, bad-sequence 1, "
        "not-implemented 0.5, syntax-error 0.5, service-unavailable 0.3"
    ),
    "閉": "tls-required 2, ip-blocked 0.5, policy 0.5",
    "问": ("server-error 0.5, service-unavailable 0.5, ip-blocked 0.3, policy 0.3, unknown 0.3"),
    "间": "mailbox-full 1.5, storage-full 1.5",
    "附": "content-rejected 2.5, message-too-large 0.5",
    "限": (
        "rate-limited 6.5, message-too-large 4.5, too-many-connections 3, unknown 1, "
        "content-rejected 0.5, too-many-recipients 0.5"
    ),
    "需": "auth-required 3, tls-required 2",
    "頻": "rate-limited 1.5, too-many-connections 0.5",
    "題": "server-error 2",
    "须": "tls-required 1, auth-required 0.5, relay-denied 0.5",
    "驗": "auth-failed 1, auth-required 1",
    "验": "auth-required 2.5, auth-failed 1, relay-denied 0.5",
    "黑": "ip-blocked 2.3, unknown 2, spam-content 1, policy 0.3, sender-rejected 0.3",
    "가": (
        "unknown 3, mailbox-full 2, message-too-large 2, relay-denied 2, ip-blocked "
        "1.3, sender-rejected 1.3, auth-failed 1, no-reverse-dns 1, server-error 1, "
        "too-many-recipients 1, virus 1, policy 0.3"
    ),
    "거": "sender-rejected 1, spam-content 1",
    "검": "sender-auth-failed 1, service-unavailable 1",
    "견": "unknown 1, virus 1",
    "계": "mailbox-disabled 2, unknown-recipient 2, unknown 1",
    "과": (
        "rate-limited 1.5, too-many-connections 1.5, mailbox-full 1, message-too-large 1, unknown 1"
    ),
    "귀": (
        "ip-blocked 1.3, no-reverse-dns 1, too-many-connections 1, unknown 1, policy "
        "0.3, sender-rejected 0.3"
    ),
    "기": "message-too-large 2, unknown 1",
    "너": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "는": (
        "unknown-recipient 2, auth-failed 1, content-rejected 1, mailbox-full 1, "
        "relay-denied 1, unknown 1, unknown-domain 1"
    ),
    "니": (
        "unknown 7.7, unknown-recipient 5, mailbox-full 3.5, ip-blocked 3.3, "
        "relay-denied 3, too-many-connections 2.5, sender-rejected 2.3, server-error "
        "2.3, auth-failed 2, mailbox-disabled 2, message-too-large 2, "
        "sender-auth-failed 2, spam-content 2, service-unavailable 1.7, rate-limited "
        "1.5, auth-required 1, content-rejected 1, no-reverse-dns 1, syntax-error 1, "
        "tls-required 1, tls-unavailable 1, too-many-recipients 1, unknown-domain 1, "
        "virus 1, storage-full 0.5, greylisted 0.3, policy 0.3"
    ),
    "다": (
        "unknown 7.7, unknown-recipient 5, mailbox-full 3.5, ip-blocked 3.3, "
        "relay-denied 3, too-many-connections 2.5, sender-rejected 2.3, server-error "
        "2.3, auth-failed 2, mailbox-disabled 2, message-too-large 2, "
        "sender-auth-failed 2, spam-content 2, service-unavailable 1.7, rate-limited "
        "1.5, greylisted 1.3, auth-required 1, content-rejected 1, no-reverse-dns 1, "
        "syntax-error 1, tls-required 1, tls-unavailable 1, too-many-recipients 1, "
        "unknown-domain 1, virus 1, storage-full 0.5, policy 0.3"
    ),
    "단": "ip-blocked 2.3, unknown 2, policy 0.3, sender-rejected 0.3",
    "도": (
        "greylisted 1.3, service-unavailable 1.3, rate-limited 1, sender-rejected 1, "
        "unknown-domain 1, unknown 0.3"
    ),
    "동": "too-many-connections 1.5, rate-limited 0.5",
    "되": (
        "unknown 4, ip-blocked 3, relay-denied 3, spam-content 2, content-rejected 1, "
        "mailbox-full 1, sender-rejected 1, virus 1"
    ),
    "된": "mailbox-disabled 1, syntax-error 1, unknown 1",
    "득": "mailbox-full 2, unknown 1",
    "등": "ip-blocked 2",
    "량": "mailbox-full 1, unknown 1",
    "러": "unknown 1, virus 1",
    "레": "relay-denied 3, greylisted 1",
    "로": (
        "ip-blocked 1, relay-denied 1, spam-content 1, greylisted 0.3, "
        "service-unavailable 0.3, unknown 0.3"
    ),
    "록": "ip-blocked 2",
    "류": "server-error 1, spam-content 1",
    "를": (
        "unknown-recipient 2, rate-limited 1.5, too-many-connections 1.5, "
        "tls-unavailable 1, server-error 0.3, service-unavailable 0.3, unknown 0.3"
    ),
    "리": "greylisted 1, ip-blocked 1",
    "릴": "relay-denied 3",
    "많": "too-many-connections 1, too-many-recipients 1",
    "메": (
        "mailbox-full 3.5, message-too-large 2, unknown 2, sender-rejected 1.3, "
        "relay-denied 1, spam-content 1, unknown-domain 1, storage-full 0.5, "
        "ip-blocked 0.3, policy 0.3"
    ),
    "무": "message-too-large 1, too-many-connections 1, too-many-recipients 1",
    "바": "unknown 2, virus 1",
    "발": ("sender-rejected 2, ip-blocked 1, rate-limited 1, server-error 1, unknown 1, virus 1"),
    "버": "server-error 1, service-unavailable 1",
    "부": (
        "content-rejected 1, relay-denied 1, sender-rejected 1, server-error 1, "
        "spam-content 1, mailbox-full 0.5, storage-full 0.5"
    ),
    "분": "greylisted 1, spam-content 1",
    "사": (
        "unknown-recipient 2, mailbox-disabled 1, mailbox-full 1, sender-auth-failed "
        "1, tls-unavailable 1, server-error 0.3, service-unavailable 0.3, unknown 0.3"
    ),
    "서": ("sender-auth-failed 1, server-error 1, service-unavailable 1, too-many-connections 1"),
    "소": "ip-blocked 2, sender-rejected 1",
    "속": "too-many-connections 2.5, rate-limited 0.5",
    "송": "ip-blocked 1, rate-limited 1",
    "수": (
        "unknown-recipient 2, too-many-connections 1.5, mailbox-full 1, "
        "tls-unavailable 1, too-many-recipients 1, service-unavailable 0.7, unknown "
        "0.7, rate-limited 0.5, greylisted 0.3, ip-blocked 0.3, policy 0.3, "
        "sender-rejected 0.3, server-error 0.3"
    ),
    "스": (
        "unknown 2.3, ip-blocked 2, greylisted 1, spam-content 1, virus 1, "
        "server-error 0.3, service-unavailable 0.3"
    ),
    "습": (
        "unknown 5.7, ip-blocked 3.3, mailbox-full 3, relay-denied 3, "
        "unknown-recipient 3, too-many-connections 2.5, sender-rejected 2.3, "
        "server-error 2.3, auth-failed 2, sender-auth-failed 2, spam-content 2, "
        "rate-limited 1.5, message-too-large 1, no-reverse-dns 1, tls-unavailable 1, "
        "too-many-recipients 1, virus 1, service-unavailable 0.7, greylisted 0.3, "
        "policy 0.3"
    ),
    "시": (
        "too-many-connections 1.5, greylisted 1.3, service-unavailable 1.3, unknown "
        "1.3, rate-limited 0.5"
    ),
    "신": (
        "sender-rejected 2.3, mailbox-full 1, server-error 1, too-many-recipients 1, "
        "unknown-recipient 1, greylisted 0.3, ip-blocked 0.3, policy 0.3, "
        "service-unavailable 0.3, unknown 0.3"
    ),
    "실": "auth-failed 1, sender-auth-failed 1",
    "십": "greylisted 1.3, service-unavailable 0.3, unknown 0.3",
    "아": "auth-failed 1, unknown 1",
    "않": (
        "unknown 5, relay-denied 2, unknown-recipient 2, content-rejected 1, "
        "sender-auth-failed 1, sender-rejected 1, server-error 1, unknown-domain 1"
    ),
    "았": "unknown 5",
    "어": "ip-blocked 2, relay-denied 1, spam-content 1",
    "없": (
        "unknown-recipient 3, no-reverse-dns 1, tls-unavailable 1, "
        "service-unavailable 0.7, unknown 0.7, greylisted 0.3, server-error 0.3"
    ),
    "었": "ip-blocked 2, spam-content 2, mailbox-full 1, sender-rejected 1, virus 1",
    "에": (
        "auth-failed 1, ip-blocked 1, no-reverse-dns 1, sender-auth-failed 1, "
        "too-many-connections 1"
    ),
    "였": "too-many-connections 1.5, rate-limited 0.5",
    "오": "greylisted 1.3, server-error 1, service-unavailable 0.3, unknown 0.3",
    "요": "auth-required 1, service-unavailable 1, tls-required 1",
    "용": (
        "relay-denied 2, unknown-recipient 2, unknown 1.3, content-rejected 1, "
        "mailbox-disabled 1, mailbox-full 1, tls-unavailable 1, server-error 0.3, "
        "service-unavailable 0.3"
    ),
    "으": "spam-content 1, greylisted 0.3, service-unavailable 0.3, unknown 0.3",
    "은": "too-many-connections 1, unknown 1",
    "을": (
        "unknown-recipient 2, message-too-large 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3"
    ),
    "의": (
        "mailbox-full 2, unknown 2, ip-blocked 1.3, mailbox-disabled 1, "
        "no-reverse-dns 1, relay-denied 1, too-many-connections 1, policy 0.3, "
        "sender-rejected 0.3"
    ),
    "이": (
        "unknown 5.3, mailbox-full 3.5, relay-denied 3, server-error 1.3, auth-failed "
        "1, auth-required 1, greylisted 1, ip-blocked 1, mailbox-disabled 1, "
        "sender-auth-failed 1, sender-rejected 1, spam-content 1, syntax-error 1, "
        "tls-required 1, too-many-connections 1, unknown-recipient 1, virus 1, "
        "storage-full 0.5, service-unavailable 0.3"
    ),
    "인": "auth-failed 1, auth-required 1, sender-rejected 1, unknown-domain 1",
    "일": (
        "mailbox-full 3.5, unknown 2.3, message-too-large 2, content-rejected 1, "
        "relay-denied 1, spam-content 1, storage-full 0.5, greylisted 0.3, ip-blocked "
        "0.3, policy 0.3, sender-rejected 0.3, service-unavailable 0.3"
    ),
    "입": (
        "mailbox-disabled 2, unknown-recipient 2, content-rejected 1, "
        "service-unavailable 1, syntax-error 1, unknown-domain 1"
    ),
    "있": "ip-blocked 1, relay-denied 1, too-many-connections 1",
    "자": (
        "unknown-recipient 3, sender-rejected 2.3, mailbox-full 1, "
        "too-many-recipients 1, ip-blocked 0.3, policy 0.3, server-error 0.3, "
        "service-unavailable 0.3, unknown 0.3"
    ),
    "잠": "service-unavailable 1.3, greylisted 0.3, unknown 0.3",
    "재": "unknown-recipient 2, sender-rejected 1, tls-unavailable 1, unknown-domain 1",
    "접": "too-many-connections 2.5, rate-limited 0.5",
    "정": "mailbox-disabled 2, unknown-recipient 2, unknown 1",
    "존": "unknown-recipient 2, sender-rejected 1, unknown-domain 1",
    "주": ("ip-blocked 2, greylisted 1.3, sender-rejected 1, service-unavailable 0.3, unknown 0.3"),
    "증": "auth-failed 1, auth-required 1",
    "지": (
        "unknown 5, relay-denied 3, unknown-recipient 2, content-rejected 1, "
        "mailbox-disabled 1, sender-auth-failed 1, sender-rejected 1, server-error 1, "
        "spam-content 1, unknown-domain 1"
    ),
    "차": "unknown 3, ip-blocked 2.3, policy 0.3, sender-rejected 0.3",
    "찼": "mailbox-full 2",
    "찾": "unknown-recipient 2",
    "초": (
        "rate-limited 1.5, too-many-connections 1.5, mailbox-full 1, message-too-large 1, unknown 1"
    ),
    "크": "message-too-large 2",
    "패": "auth-failed 1, sender-auth-failed 1",
    "팸": "ip-blocked 1, spam-content 1, unknown 1",
    "필": "auth-required 1, tls-required 1",
    "하": (
        "too-many-connections 2.5, unknown 2, unknown-recipient 2, rate-limited 1.5, "
        "ip-blocked 1.3, sender-rejected 1.3, no-reverse-dns 1, sender-auth-failed 1, "
        "server-error 1, service-unavailable 1, unknown-domain 1, policy 0.3"
    ),
    "한": "message-too-large 1, rate-limited 1",
    "할": (
        "tls-unavailable 1, service-unavailable 0.7, unknown 0.7, greylisted 0.3, server-error 0.3"
    ),
    "함": "mailbox-full 2.5, unknown 1, storage-full 0.5",
    "합": "auth-required 1, tls-required 1, mailbox-full 0.5, storage-full 0.5",
    "해": "greylisted 1.3, unknown-recipient 1, service-unavailable 0.3, unknown 0.3",
    "했": (
        "auth-failed 1, message-too-large 1, rate-limited 1, sender-auth-failed 1, "
        "server-error 1, ip-blocked 0.3, policy 0.3, sender-rejected 0.3"
    ),
    "허": "relay-denied 2, content-rejected 1",
    "호": "auth-failed 1, tls-required 1",
    "후": "greylisted 1.3, service-unavailable 1.3, unknown 0.3",
}
