"""How long the work takes: made-up corpora of any size, and what is measured on them: `make bench`."""
