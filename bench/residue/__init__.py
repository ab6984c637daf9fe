"""The proof that nothing of a person remains: marked citizens, and a search of every place for them."""

from bench.residue.fifty import run_fifty as run_fifty
from bench.residue.run import run_residue as run_residue
