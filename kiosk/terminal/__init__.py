"""The long-lived side: supervises sessions, owns the queue. Holds nothing personal."""
