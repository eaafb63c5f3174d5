"""The catalogue's indicators by month and municipality, as Polars queries: the same
figures as in indicators_duckdb.py, written as one would write them in Polars."""

import polars as pl
from polars_casework import Casework
from polars_companies import Companies
from polars_days import Days
from polars_ladder import Ladder
from polars_spells import Spells
from polars_tables import Tables
from polars_work import Work


def connect(register, threads, variant):
    """The register's tables loaded, and how to run a query."""
    if pl.thread_pool_size() != threads:
        raise SystemExit("POLARS_MAX_THREADS was not heeded")
    tables = Tables(register, variant)
    queries = {}
    for subject in (Days, Spells, Casework, Work, Companies, Ladder):
        queries |= subject(tables).queries()

    def run(name):
        frame = queries[name]().collect(engine="streaming")
        return {column: frame[column].to_numpy() for column in frame.columns}

    return run
