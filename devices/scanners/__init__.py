"""Barcode scanners on a serial line: what they send, what it is, and who may have it."""
