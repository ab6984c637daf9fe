"""python-escpos ships no types."""
