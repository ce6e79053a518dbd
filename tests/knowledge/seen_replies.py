"""Texts of servers as their sources and public logs have them: provider, context, reply, cause.

They stand beside the documented ones of `provider_replies`; each was compared with the product's
source code, its documentation, or logs that people published.
"""

from __future__ import annotations

from smtpprobe.protocol.verbs import Context

RCPT, MAIL, END, AUTH = Context.RCPT, Context.MAIL, Context.DATA_END, Context.AUTH
CONNECT, EHLO = Context.CONNECT, Context.EHLO

SEEN: tuple[tuple[str, Context | None, str, str], ...] = (
    ("Haraka", RCPT, "550 I cannot deliver mail for <u@x.example>", "relay-denied"),
    ("Haraka", MAIL, "550 No MX for your FROM address", "sender-rejected"),
    ("Haraka", RCPT, "550 very bad karma score: -10", "ip-blocked"),
    ("rspamd", END, "554 5.7.1 Spam message rejected", "spam-content"),
    ("rspamd", END, "554 5.7.1 Gtube pattern", "spam-content"),
    ("Postfix", END, "451 4.7.1 Service unavailable - try again later", "server-error"),
    ("Postfix", END, "554 5.4.0 Error: too many hops", "loop-detected"),
    ("Postfix", RCPT,
     ("450 4.1.1 <u@x.example>: Recipient address rejected: unverified address: Address"
      " verification in progress"), "greylisted"),
    ("Postfix", RCPT,
     "451 4.3.5 <u@x.example>: Recipient address rejected: Server configuration problem",
     "server-error"),
    ("Postfix", MAIL, "552 5.3.4 Message size exceeds fixed limit", "message-too-large"),
    ("Exim", RCPT, "451 Could not complete sender verify callout", "sender-rejected"),
    ("Exim", RCPT, "550 Sender verify failed", "sender-rejected"),
    ("Exim", CONNECT, "421 mx.example: Too much load; please try again later",
     "service-unavailable"),
    ("Exim", AUTH, "435 Unable to authenticate at present", "server-error"),
    ("Sendmail", RCPT,
     "550 5.7.1 <u@x.example>... Relaying denied. IP name possibly forged [192.0.2.4]",
     "no-reverse-dns"),
    ("Sendmail", MAIL, "503 5.0.0 Polite people say HELO first", "bad-sequence"),
    ("Sendmail", EHLO, "501 5.0.0 HELO requires domain address", "syntax-error"),
    ("Sendmail", CONNECT, "554 mx.example ESMTP not accepting messages", "service-unavailable"),
    ("qmail", END, "552 sorry, that message size exceeds my databytes limit (#5.3.4)",
     "message-too-large"),
    ("qmail", END, "554 too many hops, this message is looping (#5.4.6)", "loop-detected"),
    ("qmail", RCPT, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
     "relay-denied"),
    ("OpenSMTPD", MAIL, "530 5.5.1 Invalid command: Must issue an AUTH command first",
     "auth-required"),
    ("OpenSMTPD", MAIL,
     "503 5.5.1 Invalid command: Command not allowed at this point.", "bad-sequence"),
    ("OpenSMTPD", RCPT, "550 Invalid recipient: <u@x.example>", "unknown-recipient"),
    ("Dovecot", END,
     "552 5.2.2 <u@x.example> Quota exceeded (mailbox for user is full)", "mailbox-full"),
    ("Cyrus", RCPT,
     ("550-Mailbox unknown. Either there is no mailbox associated with this\n550-name or you do not"
      " have authorization to see it.\n550 5.1.1 User unknown"), "unknown-recipient"),
    ("Cisco", None, "421 #4.4.5 Too many connections from your host.", "too-many-connections"),
    ("Cisco", END, "452 Too many recipients received this hour", "rate-limited"),
    ("Cisco", MAIL, "550 5.7.1 SPF unauthorized mail is prohibited.", "sender-auth-failed"),
    ("Cisco", CONNECT, "421 Exceeded allowable connection time, disconnecting.", "timeout"),
    ("Barracuda", END,
     "550 permanent failure for one or more recipients (u@x.example:blocked)", "policy"),
    ("Barracuda", MAIL, "550 Sender IP reverse lookup rejected", "no-reverse-dns"),
    ("Gmail", END,
     ("421-4.7.28 Gmail has detected an unusual rate of mail originating from your SPF domain\n"
      "421 4.7.28 [example.org 36]. - gsmtp"), "rate-limited"),
    ("Microsoft", END, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
     "too-many-connections"),
    ("Microsoft", END, "432 4.3.2 Concurrent connections limit exceeded.",
     "too-many-connections"),
    ("Microsoft", RCPT,
     "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
     "policy"),
    ("Exchange", RCPT, "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "policy"),
    ("Exchange", END,
     "421 4.4.2 Message submission rate for this client has exceeded the configured limit",
     "rate-limited"),
    ("Yahoo/AOL", END, "554 5.7.9 Message not accepted for policy reasons", "sender-auth-failed"),
    ("GMX/WEB.DE", CONNECT,
     ("554-gmx.net (mxgmx116) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS"
      " PTR resource record.\n554 For explanation visit the postmaster page"), "no-reverse-dns"),
    ("GMX/WEB.DE", CONNECT,
     ("554-gmx.net (mxgmx008) Nemesis ESMTP Service not available\n554-No SMTP service\n"
      "554 IP address is block listed."), "ip-blocked"),
    ("AT&T", CONNECT,
     ("553 5.3.0 flph844 DNSBL:RBL 521< 192.0.2.4 >_is_blocked. For assistance forward this to"
      " abuse_rbl@abuse-att.net"), "ip-blocked"),
    ("QQ Mail", END, "550 Domain frequency limited [x]. http://service.mail.qq.com/x",
     "rate-limited"),
    ("NetEase", END, "554 DT:SPM 163 smtp11,D8CowAB3j7dvcXBd5GkKCA--.59250S2 1567650170",
     "spam-content"),
    ("NetEase", Context.CONNECT, "421 HL:ICC 163 mx1,PcmowE 192.0.2.1", "too-many-connections"),
    ("NetEase", Context.MAIL, "451 MI:SFQ 163 smtp9,DcCowAB", "rate-limited"),
    ("NetEase", Context.CONNECT, "554 HL:IHU 163 mx1,M8CowAA 192.0.2.1", "ip-blocked"),
    ("NetEase", END, "554 DT:SUM 163 mx8,RMCowEB1", "spam-content"),
    ("Spectrum", Context.CONNECT, "421 192.0.2.1 DNS Failure. AUP#I-1100", "no-reverse-dns"),
    ("NetEase", END, "451 DT:SPM 163 mx13,P8CowECpNVM_oEVae, please try again 15min later",
     "spam-content"),
)  # fmt: skip
