"""The two sides of the terminal: `session` lives for one citizen, `terminal` for ever."""
