"""The memory of a process that does what the face worker does for one verification, again and again.

`python -m benchmarks.face_memory 1000` prints its resident size after the first and every hundredth.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2

from devices.eyes.finding import the_face
from devices.eyes.matching import FaceModels
from devices.eyes.photo_decoders import SimulatorPhotoDecoder
from devices.eyes.pictures import decoded
from devices.eyes.verifying import encode_found, encode_live, find_photo, fused_distance
from devices.simulators.chip_photo import code_photo

FACES = Path(__file__).resolve().parent.parent / "devices" / "simulators" / "faces"
PEOPLE = ("zhou", "shen", "other")


def verifications(count: int) -> Iterator[float]:
    """Verify `count` times, decoding included; gives the resident size in MB (10⁶ bytes) after each."""
    cv2.setNumThreads(1)
    models, decoder = FaceModels(), SimulatorPhotoDecoder()
    files = [FACES / f"{person}.jpg" for person in PEOPLE]
    coded = [code_photo(file) for file in files]
    live = [file.read_bytes() for file in files]
    for number in range(count):
        holder, person = number % len(files), number // 2 % len(files)
        photo = encode_found(models, find_photo(models, decoder.decode(coded[holder])))
        picture = decoded(live[person])
        if picture is None:
            raise ValueError(f"{files[person]}: no picture")
        fused_distance(photo, [encode_live(models, the_face(models, picture, photo=False))])
        yield resident_mb()


def resident_mb() -> float:
    """This process's resident size."""
    status = Path("/proc/self/status").read_text("ascii")
    [kib] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(kib) * 1024 / 1e6


if __name__ == "__main__":
    total = int(sys.argv[1])
    for number, size in enumerate(verifications(total), start=1):
        if number == 1 or number % max(1, total // 10) == 0:
            sys.stdout.write(f"{number}: {size:.1f} MB\n")
            sys.stdout.flush()
