"""Simulated devices: each speaks its wire protocol from the manual; its faults are public fields."""
