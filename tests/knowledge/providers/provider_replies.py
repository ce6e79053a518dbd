"""Replies as providers and products send them, each with whose it is."""

from __future__ import annotations

REPLIES: tuple[tuple[str, str], ...] = (
    (
        "Gmail",
        (
        "550-5.7.1 The IP you're using to send mail is not authorized to 550-5.7.1 send email"
        " directly to our servers. Please use the SMTP relay at your 550-5.7.1 service "
        "provider instead. Learn more at 550 5.7.1 "
        "http://mail.google.com/support/bin/answer.py?answer=10336"
        ),
    ),
    ("Gmail", "421 4.7.0 IP not in whitelist for RCPT domain, closing connection."),
    ("Gmail", "421 4.7.0 TLS required for RCPT domain, closing connection."),
    ("Gmail", "421 4.7.0 Try again later, closing connection."),
    ("Gmail", "421 4.7.0 Connection expired, try reconnecting."),
    (
        "Gmail",
        (
        "421 4.7.0 This message is suspicious due to the very low reputation of the sending "
        "IP address/domain. To protect our users from spam, mail sent from your IP address "
        "has been temporarily rate limited."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.0 The IP address sending this message does not have a PTR record, or the "
        "corresponding forward DNS entry does not point to the sending IP."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.26 This mail has been rate limited because it is unauthenticated. Gmail "
        "requires all senders to authenticate with either SPF or DKIM."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.27 Your email has been rate limited because SPF authentication didn't pass "
        "for this message."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.28 Gmail has detected an unusual rate of mail originating from your IP "
        "address."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.29 Your email has been rate limited because this message wasn't sent over a "
        "TLS connection."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.30 Your email has been rate limited because DKIM authentication didn't pass "
        "for this message."
        ),
    ),
    (
        "Gmail",
        (
        "421 4.7.32 Your email has been rate limited because the From: header (RFC5322) in "
        "this message isn't aligned with either the authenticated SPF or DKIM organizational "
        "domain."
        ),
    ),
    (
        "Gmail",
        (
        "450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please "
        "resend your message at a later time."
        ),
    ),
    ("Gmail", "450 4.2.1 Peak SMTP relay limit exceeded for customer. This is a temporary error."),
    (
        "Gmail",
        (
        "451 4.3.0 Multiple destination domains per transaction is unsupported. Please try "
        "again."
        ),
    ),
    ("Gmail", "451 4.4.2 Timeout - closing connection."),
    (
        "Gmail",
        (
        "452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient"
        " to https://support.google.com/mail/?p=OverQuotaTemp"
        ),
    ),
    ("Gmail", "452 4.5.3 Your message has too many recipients."),
    (
        "Gmail",
        (
        "452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in "
        "a separate transaction."
        ),
    ),
    ("Gmail", "454 4.7.0 Too many login attempts, please try again later."),
    ("Gmail", "501 5.5.4 HELO/EHLO argument is invalid. https://support.google.com/mail/?p=helo"),
    ("Gmail", "502 5.5.1 Too many unrecognized commands, goodbye."),
    ("Gmail", "503 5.5.1 EHLO/HELO first."),
    ("Gmail", "503 5.5.1 No DATA after BDAT."),
    ("Gmail", "503 5.7.0 No identity changes permitted."),
    ("Gmail", "504 5.7.4 Unrecognized Authentication Type."),
    (
        "Gmail",
        (
        "523 5.7.10 SMTP protocol violation, no commands allowed to pipeline after STARTTLS."
        ),
    ),
    (
        "Gmail",
        (
        "530 5.5.1 Authentication Required. For more information, visit "
        "https://support.google.com/mail/?p=WantAuthError"
        ),
    ),
    ("Gmail", "530 5.7.0 Must issue a STARTTLS command first."),
    ("Gmail", "534 5.7.9 Please log in with your web browser and then try again."),
    ("Gmail", "534 5.7.9 Application-specific password required."),
    ("Gmail", "535 5.7.8 Username and Password not accepted."),
    (
        "Gmail",
        (
        "550 5.1.1 The email account that you tried to reach does not exist. Please try "
        "double-checking the recipient's email address for typos or unnecessary spaces."
        ),
    ),
    (
        "Gmail",
        (
        "550 5.2.1 The email account that you tried to reach is inactive. "
        "https://support.google.com/mail/?p=DisabledUser"
        ),
    ),
    ("Gmail", "550 5.4.5 Daily SMTP relay limit exceeded for user."),
    (
        "Gmail",
        (
        "550 5.7.0 Mail relay denied <ip-address>. Invalid credentials for relay for one of "
        "the domains in: <domain-name>"
        ),
    ),
    (
        "Gmail",
        (
        "550 5.7.1 Messages missing a valid address in the From: header, or having no From: "
        "header, are not accepted."
        ),
    ),
    ("Gmail", "550 5.7.1 This message is not RFC 5322 compliant because it has duplicate headers."),
    ("Gmail", "550 5.7.1 Our system has detected that this message is likely unsolicited mail."),
    (
        "Gmail",
        (
        "550 5.7.1 This message does not meet IPv6 sending guidelines regarding PTR records "
        "and authentication."
        ),
    ),
    (
        "Gmail",
        (
        "550 5.7.1 The user or domain that you are sending to (or from) has a policy that "
        "prohibited the mail that you sent."
        ),
    ),
    (
        "Gmail",
        (
        "550 5.7.24 The SPF record of the sending domain has one or more suspicious entries."
        ),
    ),
    (
        "Gmail",
        (
        "550 5.7.25 The IP address sending this message does not have a PTR record setup, or "
        "the corresponding forward DNS entry does not point to the sending IP."
        ),
    ),
    (
        "Gmail",
        (
        "550 5.7.26 Unauthenticated email from domain-name is not accepted due to domain's "
        "DMARC policy."
        ),
    ),
    (
        "Gmail",
        (
        "550 5.7.28 There is an unusual rate of unsolicited mail originating from your IP "
        "address."
        ),
    ),
    ("Gmail", "552 5.2.2 The email account that you tried to reach is over quota."),
    ("Gmail", "552 5.3.4 Your message exceeded Google's message size limits."),
    (
        "Gmail",
        (
        "552 5.7.0 This message was blocked because its content presents a potential security"
        " issue."
        ),
    ),
    ("Gmail", "553 5.1.2 We weren't able to find the recipient domain."),
    ("Gmail", "554 5.4.6 Message exceeded 50 hops, this may indicate a mail loop."),
    ("Gmail", "554 5.6.0 Mail message is malformed. Not accepted."),
    ("Gmail", "555 5.5.2 Syntax error."),
    (
        "Gmail",
        (
        "421-4.7.0 ... 550-5.7.1 This message violates example.com email policy. - gcdp "
        "<sessionid> - gsmtp"
        ),
    ),
    (
        "Microsoft",
        (
        "550 5.7.606 Access denied, banned sending IP [x.x.x.x]. To request removal from this"
        " list please visit https://sender.office.com/"
        ),
    ),
    (
        "Microsoft",
        (
        "550 5.7.511 Access denied, banned sender[x.x.x.x]. To request removal from this list"
        " please forward this message to delist@messaging.microsoft.com."
        ),
    ),
    (
        "Microsoft",
        (
        "550 5.7.1 Unfortunately, messages from [x.x.x.x] weren't sent. Please contact your "
        "Internet service provider since part of their network is on our block list (S3150)."
        ),
    ),
    (
        "Microsoft",
        (
        "451 4.7.650 The mail server [x.x.x.x] has been temporarily rate limited due to IP "
        "reputation."
        ),
    ),
    ("Microsoft", "451 4.7.500 Server busy. Please try again later from [x.x.x.x]. (AS761)"),
    ("Microsoft", "451 4.7.850 Access denied, please try again later"),
    ("Microsoft", "550 5.4.1 Recipient address rejected: Access denied"),
    ("Microsoft", "550 5.4.1 Relay Access Denied"),
    (
        "Microsoft",
        (
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address "
        "lookup"
        ),
    ),
    ("Microsoft", "550 5.5.0 Requested action not taken: mailbox unavailable"),
    (
        "Microsoft",
        (
        "550 5.7.509 Access denied, sending domain example.com does not pass DMARC "
        "verification"
        ),
    ),
    (
        "Microsoft",
        (
        "550 5.7.515 Access denied, sending domain example.com doesn't meet the required "
        "authentication level."
        ),
    ),
    (
        "Microsoft",
        (
        "550 5.7.23 The message was rejected because of Sender Policy Framework violation"
        ),
    ),
    (
        "Microsoft",
        (
        "550 5.7.25 Service unavailable, sending IPv6 address [..] must have reverse DNS "
        "record"
        ),
    ),
    (
        "Microsoft",
        (
        "450 4.7.26 Service unavailable, message sent over IPv6 [..] must pass either SPF or "
        "DKIM validation, this message is not signed"
        ),
    ),
    ("Microsoft", "550 5.7.506 Access Denied, Bad HELO"),
    ("Microsoft", "550 5.7.507 Access denied, rejected by recipient"),
    (
        "Microsoft",
        (
        "550 5.7.513 Service unavailable, Client host [x.x.x.x] blocked by recipient.com "
        "using Customer Block list (AS16012607)"
        ),
    ),
    ("Microsoft", "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant"),
    (
        "Microsoft",
        (
        "530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM"
        ),
    ),
    (
        "Microsoft",
        (
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for "
        "the Tenant."
        ),
    ),
    ("Microsoft", "451 5.7.3 STARTTLS is required to send mail"),
    ("Microsoft", "550 5.7.64 TenantAttribution; Relay Access Denied"),
    ("Microsoft", "550 5.1.8 Access denied, bad outbound sender"),
    ("Microsoft", "452 4.5.3 Too many recipients (AS780090)"),
    ("Microsoft", "452 4.3.1 Insufficient system resources"),
    ("Microsoft", "550 5.2.2 Submission quota exceeded"),
    ("Microsoft", "550 5.7.124 Sender not in allowed-senders list"),
    ("Microsoft", "550 5.7.133 Sender not authenticated for group"),
    (
        "Microsoft",
        (
        "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP"
        ),
    ),
    ("Microsoft", "550 5.4.318 Message expired, connection reset (SuspiciousRemoteServerError)"),
    (
        "Microsoft",
        (
        "450 4.7.321 starttls-not-supported: Destination mail server must support TLS to "
        "receive mail"
        ),
    ),
    (
        "Yahoo/AOL",
        (
        "421 4.7.0 [TSS04] Messages from x.x.x.x temporarily deferred due to unexpected "
        "volume or user complaints - 4.16.55.1"
        ),
    ),
    (
        "Yahoo/AOL",
        (
        "553 5.7.2 [TSS09] All messages from x.x.x.x will be permanently deferred; Retrying "
        "will NOT succeed."
        ),
    ),
    (
        "Yahoo/AOL",
        (
        "421 4.7.1 [TS03] All messages from x.x.x.x will be permanently deferred; Retrying "
        "will NOT succeed."
        ),
    ),
    (
        "Yahoo/AOL",
        (
        "553 5.7.1 [BL21] Connections will not be accepted from x.x.x.x, because the ip is in"
        " Spamhaus's list"
        ),
    ),
    ("Yahoo/AOL", "554 Message not allowed - [PH01] Email not accepted for policy reasons."),
    (
        "Yahoo/AOL",
        (
        "550 5.7.9 This mail has been blocked because the sender is unauthenticated. Yahoo "
        "requires all senders to authenticate with either SPF or DKIM."
        ),
    ),
    ("Yahoo/AOL", "451 Message temporarily deferred due to unresolvable RFC.5321 from domain."),
    ("Yahoo/AOL", "552 1 Requested mail action aborted, mailbox not found"),
    (
        "Yahoo/AOL",
        (
        "554 30 Sorry, your message to user cannot be delivered. This mailbox is disabled "
        "(554.30)."
        ),
    ),
    ("Yahoo/AOL", "421 Max message per connection reached, closing transmission channel"),
    (
        "Apple iCloud",
        (
        "550 5.7.1 [CS01] Message rejected due to local policy. Please visit "
        "https://support.apple.com/en-us/HT204137"
        ),
    ),
    (
        "Apple iCloud",
        (
        "554 5.7.1 [HME1] This message was blocked for failing both SPF and DKIM "
        "authentication checks."
        ),
    ),
    ("Apple iCloud", "450 4.1.8 <a@example.jp>: Sender address rejected: Domain not found"),
    ("Apple iCloud", "550 5.1.6 recipient no longer on server: user@icloud.com"),
    (
        "Apple iCloud",
        (
        "421 4.7.1 Messages to user@icloud.com deferred due to excessive volume. Try again "
        "later"
        ),
    ),
    (
        "Proofpoint",
        (
        "550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=x.x.x.x"
        ),
    ),
    ("Proofpoint", "421 Service not available / delayed by PDR"),
    ("Mimecast", "451 Internal resources are temporarily unavailable"),
    ("Mimecast", "451 Open relay not allowed"),
    ("Mimecast", "451 Recipient temporarily unavailable"),
    ("Mimecast", "550 Administrative prohibition envelope blocked"),
    ("Mimecast", "550 Rejected by header-based Anti-Spoofing policy"),
    ("Mimecast", "550 SPF Sender Invalid - envelope rejected"),
    ("Mimecast", "550 Invalid Recipient"),
    ("Mimecast", "550 local CT IP reputation - (reject)"),
    ("Mimecast", "553 This route requires encryption (TLS)"),
    ("Mimecast", "554 Maximum email size exceeded"),
    (
        "Orange.fr",
        (
        "550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host "
        "blocked for spamming issues. OFR006_102"
        ),
    ),
    ("Orange.fr", "501 5.1.0 Emetteur invalide. Invalid Sender. OFR004_405 [405]"),
    ("La Poste", "550 5.5.0 SPF: *** is not allowed to send mail. LPN004_401"),
    ("GoDaddy", "535 Authentication not allowed on IBSMTP Servers. IB401"),
    ("GoDaddy", "421 Temporarily rejected. Reverse DNS for this IP failed. IB108"),
    (
        "GoDaddy",
        (
        "550 user@example.com Blank From: addresses are not allowed. Provide a valid From."
        ),
    ),
    (
        "Spamhaus users (Postfix form)",
        (
        "554 5.7.1 Service unavailable; Client host [x.x.x.x] blocked using zen.spamhaus.org"
        ),
    ),
    (
        "Postfix",
        (
        "450 4.2.0 <user@example.org>: Recipient address rejected: Greylisted, see "
        "http://postgrey.schweikert.ch/help/example.org.html"
        ),
    ),
    (
        "Postfix",
        (
        "450 4.7.1 <user@x>: Recipient address rejected: Greylisted by greyfix 0.4.0, try "
        "again in 30 seconds."
        ),
    ),
    ("Postfix postscreen", "450 4.3.2 Service currently unavailable"),
    ("Postfix postscreen", "550 5.3.2 Service currently unavailable"),
    ("Postfix postscreen", "521 5.3.2 Service currently unavailable"),
    ("Postfix postscreen", "521 5.5.1 Protocol error"),
    ("Postfix postscreen", "550 5.5.1 Protocol error"),
    ("Postfix", "421 4.3.2 All server ports are busy"),
    ("Postfix", "554 5.7.1 <user@other.example>: Relay access denied"),
    ("Postfix", "454 4.7.1 <user@other.example>: Relay access denied"),
    ("Postfix", "553 5.7.1 <a@x>: Sender address rejected: not logged in"),
    ("Postfix", "553 5.7.1 <a@x>: Sender address rejected: not owned by user bob"),
    ("Postfix", "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"),
    (
        "Postfix",
        (
        "450 4.1.1 <u@x>: Recipient address rejected: User unknown in local recipient table"
        ),
    ),
    ("Postfix", "503 5.5.1 Error: nested MAIL command"),
    ("Postfix", "554 5.5.1 Error: no valid recipients"),
    ("Postfix", "503 5.5.1 Error: authentication not enabled"),
    ("Postfix", "504 5.5.4 Encryption required for requested authentication mechanism"),
    ("Postfix", "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"),
    (
        "Postfix",
        (
        "454 4.7.0 Temporary authentication failure: Connection lost to authentication server"
        ),
    ),
    ("Postfix", "451 4.3.5 Server configuration error"),
    ("Postfix", "552 5.3.4 Message size exceeds fixed limit"),
    ("Postfix", "553 5.6.7 Must declare SMTPUTF8 to send unicode address"),
    ("Postfix", "521 5.5.2 mail.example Error: bare <LF> received"),
    ("Exim", "550 relay not permitted"),
    ("Exim", "550 Administrative prohibition"),
    ("Exim", "550 Unrouteable address"),
    ("Exim", "554 SMTP synchronization error"),
    ("Exim", "503 AUTH command used when not advertised"),
    ("Exim", "501 Syntactically invalid EHLO argument(s)"),
    ("Exim", "535 Incorrect authentication data"),
    ("Exim", "435 Unable to authenticate at present"),
    ("Exim", "421 Too much load; please try again later."),
    ("Exim", "452 too many recipients"),
    ("Exim", "353 PRDR content analysis beginning"),
    ("freenet.de", "457 Greylisted, please come back later."),
    ("Novell NetMail/Hula/Bongo", "571 Remote sending only allowed with authentication!"),
    ("Novell NetMail/Hula/Bongo", "572 Bounces are blocked due to system abuse by spammers"),
    ("Novell NetMail/Hula/Bongo", "505 Authentication required"),
)  # fmt: skip
