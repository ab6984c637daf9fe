"""Starts the face worker for a test: run_worker.py SOURCE THRESHOLD DECODER --fd N ("-" is no camera)."""

import sys

from devices.eyes.worker import main

source, threshold, decoder, _, fd = sys.argv[1:]
main(
    int(fd),
    None if source == "-" else int(source) if source.isdecimal() else source,
    float(threshold),
    decoder,
)
