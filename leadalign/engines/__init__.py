"""Where SQL runs: DuckDB by default."""
