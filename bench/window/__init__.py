"""The bench window: a Qt Quick window that owns the simulated hall and shows what happens in it."""
