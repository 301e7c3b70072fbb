"""How fast, beside its peers in the same run: `python -m bench.pages` and `python -m bench.figures` print tables."""
