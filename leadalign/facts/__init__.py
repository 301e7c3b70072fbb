"""One row for each thing that happened, judged as it was known then; one .sql file each."""

from leadalign.facts.derived import Viewpoint, columns, names, sql, table

__all__ = ["Viewpoint", "columns", "names", "sql", "table"]
