"""Texts that say nothing of a cause, or deny it: no cause may be made of them."""

from __future__ import annotations

SAY_NOTHING = """
550 no
550 No.
550 nope
550 refused
550 Rejected
554 Denied
554 declined
550 Sorry
550 Sorry, no
554 Error
554 error 17
550 Failure
554 Failed
554 Transaction failed
554 transaction aborted
550 Requested action not taken
550 Requested action aborted
550 Request denied
550 request could not be completed
550 message refused
550 Message rejected
550 Message was not accepted
550 your message was refused
550 mail refused
550 delivery failed
550 Delivery error
550 delivery was not possible
550 could not be delivered
550 Undeliverable
550 not delivered
550 returned
550 go away
550 not today
550 not here
550 no thanks
550 no comment
550 bye
550 see https://mail.example.org/why
550 See our web site
550 for details see https://help.example.org/4711
550 contact postmaster@example.org
550 please contact the postmaster
550 call us
550 ask your administrator
550 ticket 4711
550 reference 8f3a-22
550 id=1ab2-c3
550 code 42
550 decision 7
550 ZQ-18
550 X1
550 (A:17)
550 {QX-9}
550 #
550 ---
550 ...
550 ?
550 !
550 5.0.0
550 5.0.0 no
550 5.0.0 failed
550 5.0.0 see https://mail.example.org/spam-blocked-user-unknown
550 spam.example.org
550 <spam@virus.example> refused
550 quota.relay.example.net says no
554 7f3e9a12bd
554 mx1.example.org
451 not now
451 later
450 try again
450 Try again later
451 please retry
451 come back
450 deferred
450 temporarily deferred
450 put off
451 4.0.0 given up
450 4.0.0 temporarily rejected
450 Requested mail action not taken
""".strip().splitlines()

DENY = """
550 the mailbox is not full
550 this is not spam
550 no virus was found
550 you are not blocked
550 you are not on any blacklist
550 your IP is not listed
550 the user exists
550 this has nothing to do with your IP address
550 not a greylisting
550 the message is not too large
550 the domain exists
550 the recipient is not unknown
550 SPF passes
550 if you think that this is spam, tell us
550 if you were blocked by mistake, write to abuse@example.org
550 in case your mailbox is full, delete mail
550 whether the user exists is not told
550 questions about spam: https://help.example.org/
550 see our page about viruses
550 for help on relaying see https://help.example.org/
""".strip().splitlines()
