"""The command line's groups, one module each: what `main.py` offers beside running the terminal."""
