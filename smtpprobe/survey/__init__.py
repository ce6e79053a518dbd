"""`smtpprobe survey`: the check of `starttls` for lists of any length, on many workers.

    targets ---> resolve ---> addresses.parquet ---> probe ---> judge ---> report
    a list       DNS, in      distinct, by network   one block   pure      page, queries
                 partitions                          a worker

Each stage is made of jobs; a job is finished when its Parquet file is there, so what is finished
is never done again. The work of a job (`jobs/`) knows nothing of the engine that carries it, and
the engine (`engine.py`, Dask) nothing of mail. What was found is stored exactly (`codec.py`), and
beside it, for queries, in columns (`schema.py`, `rows.py`).
"""
