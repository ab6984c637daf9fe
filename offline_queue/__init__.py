"""Application envelopes on their way: the outbox on disk, the sync loop, the platform's contract."""
