"""Figures: what the terminal takes in time, memory and bytes, each beside something to compare it with."""
