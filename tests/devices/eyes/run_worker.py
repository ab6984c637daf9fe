"""Starts the face worker: run_worker.py SOURCE THRESHOLD DECODER --fd N --preview-fd M ("-": no camera)."""

import sys

from devices.eyes.worker import main

source, threshold, decoder, _, fd, _, preview_fd = sys.argv[1:]
main(
    int(fd),
    int(preview_fd),
    None if source == "-" else int(source) if source.isdecimal() else source,
    float(threshold),
    decoder,
)
