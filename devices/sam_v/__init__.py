"""The resident identity-card reader on a serial line: frames, what a card says, and the driver."""
