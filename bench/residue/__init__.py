"""The proof that nothing of a person remains: marked citizens, and a search of every place for them."""

from bench.residue.run import run_residue as run_residue
