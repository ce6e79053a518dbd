"""`smtpprobe why`: from "mail to X does not arrive" to who has to do what.

    request.py      what was asked: the recipient, the sender, how far to go
    facts.py        what is known: facts, trials and their evidence, as immutable records
    fact_table.py   a row for each kind of fact: its step and the question it answers
    causes.py       a row for each verdict: who has to act, the exit code, what to do now
    plan.py         which steps follow from what is known; pure
    collect/        all I/O, one file a step; a step tells facts to `collect/notes.py`
    diagnose/       the decision table: from what is known to one verdict; pure
    reports/        the lines as they come, JSON, the letter; pure
    arguments.py    the command line
    subcommand.py   runs it
    at_prompt.py    `:why`: what has happened so far in the session

A step is a function of `Notes` and `Tools` in `collect/`, and a row in `collect/steps.py`. It
tells each fact as soon as it is known, and judges nothing.
"""
