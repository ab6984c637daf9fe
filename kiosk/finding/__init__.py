"""Finding: from what a person says to the matter they mean. Offline, without Qt, nothing personal."""
