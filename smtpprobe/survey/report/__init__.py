"""The page of a survey: what the results come to, by the queries that lie beside them.

results, earlier ---> figures ---> page
Parquet, log          DuckDB       pure
"""
