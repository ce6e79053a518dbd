"""The work of a job, in whatever process it runs: data in, data out.

Only answers of DNS are kept from one job of a survey to the next, for as long as they hold.
"""
