"""A face worker that serves a thousand people is no larger than one that has served a hundred."""

import os
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

from benchmarks.face_memory import verifications
from devices.contracts.eyes import FaceCompared
from devices.eyes.client import FaceWorkerEyes
from devices.simulators.camera import CameraSimulator
from devices.simulators.chip_photo import code_photo

FACES = Path("devices/simulators/faces")
RUN_WORKER = (sys.executable, str(Path(__file__).with_name("run_worker.py")))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_verifications_take_no_more_memory_than_a_hundred() -> None:
    sizes = list(verifications(1000))
    assert sorted(sizes[-100:])[50] <= 1.05 * sorted(sizes[:100])[50]


def worker_of_this_test() -> int:
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [int(pid) for children in listed for pid in children.read_text().split()]
    [worker] = [pid for pid in pids if b"run_worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return worker


def held(pid: int) -> tuple[float, int]:
    """Resident megabytes, and open files."""
    [kib] = [
        line.split()[1]
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmRSS:")
    ]
    return int(kib) / 1000, len(list(Path(f"/proc/{pid}/fd").iterdir()))


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_watch_after_watch_leaves_no_process_no_file_and_no_memory_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    with CameraSimulator(FACES / "zhou.jpg") as camera:
        eyes = FaceWorkerEyes((*RUN_WORKER, camera.url, "0.45", "simulator"))
        photo = await eyes.decode_photo(code_photo(FACES / "zhou.jpg"))
        worker, after = worker_of_this_test(), []
        for _ in range(200):
            async with aclosing(eyes.watch(photo)) as events:
                async for event in events:
                    if isinstance(event, FaceCompared):
                        break
            assert camera.wait_for_watchers(0, 3.0)
            after.append(held(worker))
        assert worker_of_this_test() == worker
        await eyes.close()
    (early_mb, early_files), (late_mb, late_files) = after[20], after[-1]
    assert late_files == early_files
    assert late_mb <= 1.05 * early_mb
