"""The eyes: a process of its own that decodes chip photos, owns the camera and compares faces."""
