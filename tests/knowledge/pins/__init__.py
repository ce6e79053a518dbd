"""Replies with the reading that is right, so that every row of the tables is held to its own.

One file for each kind of row. Columns: command (what the reply answers; OTHER for one that nobody
knows, UNKNOWN where nobody told, UNASKED where nothing was asked, LOCAL for the words of a mail
server that got no reply, behind the class of its status), session (how the session stands, the
words of `pinned.SESSIONS`; empty for a reply alone), host (a name that tells whose server it is,
else empty), reply (`\\n` is a line end), cause, blame, retry, and where that reading comes from.

A reading is written by judging the reply against its source, not by asking the program. Where the
two differ the source decides: either the row is mended, or the reading was.
"""
