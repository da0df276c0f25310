"""Attacks on the generator, each of a known size and seed: `make hostile` runs all of them, `make test` a part of each."""
