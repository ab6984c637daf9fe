"""The English of every sentence on screen."""
