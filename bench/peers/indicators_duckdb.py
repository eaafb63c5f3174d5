"""The catalogue's indicators by month and municipality, as DuckDB queries.

Every query gives municipality, month (0 is the first), numerator and denominator
(NULL for plain counts) as whole numbers: minute-days for full-time persons, days for
durations. The queries stand in modules by subject. PREPARED there is what the variant
`prepared` has in tables before the clock starts; for `natural` the same are views.
"""

import duckdb_casework
import duckdb_companies
import duckdb_days
import duckdb_ladder
import duckdb_spells
import duckdb_work
from duckdb_blocks import SCHEMA, Tally

MODULES = [
    duckdb_days,
    duckdb_spells,
    duckdb_casework,
    duckdb_work,
    duckdb_companies,
    duckdb_ladder,
]


def connect(register, threads, variant):
    """A connection with the register's tables loaded, and how to run a query."""
    import duckdb

    con = duckdb.connect(config={"threads": threads})
    for name, table in register.tables.items():
        con.register("source", table)
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM source")
        con.unregister("source")
    for name, value in register.values.items():
        con.execute(f"SET VARIABLE {name} = {value!r}")
    con.execute(SCHEMA)
    for name, select in duckdb_days.KNOWN.items():
        con.execute(f"CREATE VIEW {name} AS {select}")
    tally = Tally(by_differences=variant == "prepared")
    queries = {}
    for module in MODULES:
        for name, select in module.PREPARED.items():
            held = "TABLE" if variant == "prepared" else "VIEW"
            con.execute(f"CREATE {held} {name} AS {select}")
        queries |= module.queries(tally)

    def run(query):
        result = con.execute(queries[query]).fetchnumpy()
        return {name: column for name, column in result.items()}

    return run
