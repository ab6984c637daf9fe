"""The voice: what is said on a screen, how it sounds, and the recordings. Without Qt; nothing personal."""
