"""Starts the face worker: run_worker.py SOURCE THRESHOLD DECODER --preview-fd M --fd N ("-": no camera)."""

import sys

from devices.eyes.worker import main

source, threshold, decoder, _, preview_fd, _, fd = sys.argv[1:]
main(
    int(fd),
    int(preview_fd),
    None if source == "-" else int(source) if source.isdecimal() else source,
    float(threshold),
    decoder,
)
