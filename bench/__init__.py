"""The hall around the terminal: X server, simulated devices, a scripted citizen, a cuttable network."""
