"""The social-security card: APDUs, what its records say, and a reader over PC/SC."""
