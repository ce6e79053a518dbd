"""Replies of many providers and products, each with the reading that is right.

`tune.tsv` may be read while rules are written. `hold.tsv` may not: it was written first, by
somebody who had seen no rule, and only its totals are ever looked at. A provider is in one of the
two.

`odd.tsv` and `odd-hold.tsv` are composed: refusals worded as seldom as postmasters, small hosters,
appliances and home-grown filters word them, so that few share a phrase with another. A hash of the
reply put each into one of the two before any was scored; `odd-hold.tsv` is hidden like `hold.tsv`.

`fresh.tsv` and `fresh-hold.tsv` are composed, too: replies in the manner of large providers,
hosters, filters and small servers in every part of a session, the vague, the mere mentions and the
denials among them, written at once and before the program was asked about any. They are halved by a
hash in the same way, and `fresh-hold.tsv` is hidden; neither is counted for likeness.

`second-hold.tsv` is how a second reader read the hidden parts, blind to the first reading, to the
rules and to what the program says (`agreement.py`), with the labels that were changed after it,
each with the one before and the reason. It is hidden like them.

`wild.tsv` and `wild-hold.tsv` are what servers said in public: texts from the source of servers and
filters, logs and bounces that people showed in issues and forums, and lists that programs match
bounces by. None was in the other parts, and all were read before the program was asked. A provider
of `hold` is in the hidden half, one of `tune` in the open one, any other goes by a hash of its
name; replies of which nobody says whose they are go by a hash of the reply.

`common.tsv` holds refusals as a postmaster remembers or words them, read before the program was
asked about any; then rules were mended with them in sight. They are not counted for likeness, so
that they also show what it does to replies that it has not counted.

Columns: id, provider, language of the reply (BCP 47), command (what was answered; UNKNOWN where
nobody told, LOCAL for the own words of a mail server that has no reply to show), reply (as it was
sent; `\\n` is a line end; people's addresses, names and numbers are replaced by those of RFC 2606
and RFC 5737), cause, blame, retry (`|` between equals), hard (hard: give this delivery up; soft:
go on trying; none: nothing was refused), source, why.

The source is where the reply was found (`seen in ...` where that has no address of its own);
`from memory` where it was recalled and not looked up, so its wording may differ; `composed` where
it is what an operator of that language writes into a product that takes texts of its own.
"""
