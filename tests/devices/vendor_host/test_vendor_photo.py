"""A vendor's photo decoder in all its moods: we get a picture or a typed reason, and go on."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest
from structlog.testing import capture_logs

from devices.contracts.eyes import PhotoNotDecodable
from devices.statuses import DeviceFault, Reason
from devices.vendor_host import operations as ops
from devices.vendor_host import wire
from devices.vendor_host.client import VendorHost, _message, _Running
from devices.vendor_host.operations import ModuleKind
from devices.vendor_host.photo_decoder import VendorPhotoDecoder, png_of_bmp
from devices.vendor_host.wire import Values, What
from tests.devices.vendor_host.vendors import RUN_HOST, Compiled, Hosts, Says, is_alive, until_gone

CODED = bytes((i % 250) + 1 for i in range(1024))
HANG, CRASH = b"H" + CODED[1:], b"C" + CODED[1:]
IMPATIENT_S = 0.5


async def unpack(host: VendorHost, coded: bytes = CODED, answer_s: float = 10.0) -> bytes:
    answer = await host.call(ops.WLT_UNPACK, Values((0,), blobs=(coded,)), answer_s=answer_s)
    return answer.blobs[0]


async def fault_of(host: VendorHost, coded: bytes = CODED, answer_s: float = 10.0) -> DeviceFault:
    with pytest.raises(DeviceFault) as caught:
        await unpack(host, coded, answer_s)
    return caught.value


async def picture_of(decoder: VendorPhotoDecoder) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = cv2.imdecode(np.frombuffer(await decoder.decode(CODED), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8)


# ---- a good one ------------------------------------------------------------------------------------------


async def test_the_chips_photo_becomes_a_png_of_its_own_size(compiled: Compiled, hosts: Hosts) -> None:
    picture = await picture_of(VendorPhotoDecoder(hosts(ModuleKind.WLT, compiled("wlt")), flag=0))
    assert picture.shape == (126, 102, 3)
    assert np.array_equal(picture.ravel(), np.resize(np.frombuffer(CODED, np.uint8), 126 * 102 * 3))


async def test_the_vendors_flag_reaches_the_decoder(compiled: Compiled, hosts: Hosts) -> None:
    picture = await picture_of(VendorPhotoDecoder(hosts(ModuleKind.WLT, compiled("wlt")), flag=7))
    assert bytes(picture[0, 0]) == CODED[7:10]


async def test_nothing_runs_before_the_first_photo(compiled: Compiled, hosts: Hosts) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt"))
    assert host.starts == 0
    await unpack(host)
    await unpack(host)
    assert host.starts == 1


async def test_a_photo_that_the_decoder_refuses_is_not_decodable(compiled: Compiled, hosts: Hosts) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "REFUSES"))
    with pytest.raises(PhotoNotDecodable, match="unpack returned -1 and no picture"):
        await VendorPhotoDecoder(host, flag=0).decode(CODED)
    assert await unpack(host) == bytes(ops.BMP_BYTES)
    assert host.starts == 1, "a refusal is no fault"


@pytest.mark.parametrize("length", [0, 1023, 1025])
async def test_what_is_no_chip_photo_never_reaches_the_library(
    compiled: Compiled, hosts: Hosts, length: int
) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt"))
    with pytest.raises(PhotoNotDecodable):
        await VendorPhotoDecoder(host, flag=0).decode(bytes(length))
    assert host.starts == 0


# ---- one that cannot be loaded ---------------------------------------------------------------------------


async def test_a_missing_library_is_named(hosts: Hosts, tmp_path: Path) -> None:
    fault = await fault_of(hosts(ModuleKind.WLT, tmp_path / "libwlt.so"))
    assert (fault.reason, fault.detail) == (Reason.VENDOR_MISSING, f"{tmp_path}/libwlt.so: does not exist")


async def test_a_directory_is_no_library(hosts: Hosts, tmp_path: Path) -> None:
    fault = await fault_of(hosts(ModuleKind.WLT, tmp_path))
    assert (fault.reason, fault.detail) == (Reason.VENDOR_MISSING, f"{tmp_path}: is no file")


async def test_a_file_that_is_no_library_is_said_to_be_none(hosts: Hosts, tmp_path: Path) -> None:
    file = tmp_path / "libwlt.so"
    file.write_text("a licence agreement, perhaps, but certainly no shared library" * 20)
    fault = await fault_of(hosts(ModuleKind.WLT, file))
    assert fault.reason is Reason.VENDOR_MISSING
    assert fault.detail == f"{file}: cannot be loaded: invalid ELF header"


async def test_a_missing_function_is_named(compiled: Compiled, hosts: Hosts) -> None:
    library = compiled("wlt", "NO_UNPACK")
    fault = await fault_of(hosts(ModuleKind.WLT, library))
    assert (fault.reason, fault.detail) == (Reason.VENDOR_MISSING, f"{library}: has no function unpack")


async def test_a_library_that_crashes_while_it_is_loaded_is_named(compiled: Compiled, hosts: Hosts) -> None:
    library = compiled("wlt", "CRASHES_WHEN_LOADED")
    fault = await fault_of(hosts(ModuleKind.WLT, library))
    assert fault.reason is Reason.VENDOR_CRASHED
    assert fault.detail == f"{library}: loading: killed by signal {signal.SIGSEGV:d}"


@pytest.mark.parametrize("mood", ["HANGS_WHEN_LOADED", "SAYS_AND_HANGS"])
async def test_a_hanging_library_ends_with_its_session(compiled: Compiled, says: Says, mood: str) -> None:
    """Not by being killed: the pipe's end alone ends the process, whatever the library does."""
    ours, theirs = socket.socketpair()
    with theirs:
        argv = [*RUN_HOST, "wlt", str(compiled("wlt", mood)), "--fd", str(theirs.fileno())]
        process = await asyncio.create_subprocess_exec(*argv, pass_fds=(theirs.fileno(),))
    with ours:
        call = (
            b"\x01C\x00\x01"
            + (1033).to_bytes(4, "big")
            + b"\x01"
            + bytes(4)
            + (1024).to_bytes(4, "big")
            + CODED
        )
        ours.sendall(call)
        await says.heard()
        assert process.returncode is None
    async with asyncio.timeout(10):
        assert await process.wait() == 0


# ---- one that misbehaves ---------------------------------------------------------------------------------


async def test_a_hang_is_ended_in_time_and_the_next_photo_decoded(compiled: Compiled, hosts: Hosts) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "HANGS"))
    fault = await fault_of(host, HANG, IMPATIENT_S)
    assert (fault.reason, fault.detail) == (Reason.VENDOR_HUNG, "unpack: no answer within 0.5 s")
    assert any(await unpack(host))
    assert host.starts == 2


async def test_a_crash_costs_a_restart_of_that_process_only(compiled: Compiled, hosts: Hosts) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "CRASHES"))
    await unpack(host)
    fault = await fault_of(host, CRASH)
    assert fault.reason is Reason.VENDOR_CRASHED
    assert fault.detail == f"unpack: killed by signal {signal.SIGSEGV:d}"
    assert any(await unpack(host))
    assert host.starts == 2


async def test_a_crash_leaves_no_core(
    compiled: Compiled, hosts: Hosts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await fault_of(hosts(ModuleKind.WLT, compiled("wlt", "CRASHES")), CRASH)
    assert await asyncio.to_thread(os.listdir, tmp_path) == []


async def test_a_library_is_kept_from_dumping_writing_and_hoarding(compiled: Compiled, hosts: Hosts) -> None:
    await unpack(hosts(ModuleKind.WLT, compiled("wlt")))
    (pid,) = children()
    limits = {re.split(r"  +", line)[0]: re.split(r"  +", line)[1:3] for line in read_proc(pid, "limits")}
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max file size"] == ["0", "0"]
    assert limits["Max open files"] == ["256", "256"]
    assert os.getpgid(pid) == os.getpgid(0)


async def test_a_library_that_exits_is_a_crash(compiled: Compiled, hosts: Hosts) -> None:
    fault = await fault_of(hosts(ModuleKind.WLT, compiled("wlt", "EXITS")))
    assert (fault.reason, fault.detail) == (Reason.VENDOR_CRASHED, "unpack: ended with status 0")


async def test_a_death_is_noticed_though_a_child_holds_the_pipe(
    compiled: Compiled, hosts: Hosts, says: Says
) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "FORKS"))
    failing = asyncio.create_task(fault_of(host, answer_s=60.0))
    child = int(await says.heard())
    try:
        async with asyncio.timeout(20):
            fault = await failing
        assert (fault.reason, fault.detail) == (Reason.VENDOR_CRASHED, "unpack: killed by signal 9")
        assert is_alive(child)
        assert os.getpgid(child) == os.getpgid(0), "what kills the session kills it too"
    finally:
        os.kill(child, signal.SIGKILL)
        await until_gone(child)


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("WRONG_SIZE", "unpack: its BMP has 40000×126 px, not 102×126"),
        ("NOISE", "unpack: what it wrote is no BMP"),
    ],
)
async def test_a_picture_that_is_none_is_garbage_and_costs_a_restart(
    compiled: Compiled, hosts: Hosts, mood: str, said: str
) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", mood))
    with pytest.raises(DeviceFault) as caught:
        await VendorPhotoDecoder(host, flag=0).decode(CODED)
    assert (caught.value.reason, caught.value.detail) == (Reason.VENDOR_GARBLED, said)
    await unpack(host)
    assert host.starts == 2


async def test_words_on_our_own_pipe_are_garbage(compiled: Compiled, hosts: Hosts) -> None:
    fault = await fault_of(hosts(ModuleKind.WLT, compiled("wlt", "TALKS_ON_OUR_PIPE")))
    assert (fault.reason, fault.detail) == (
        Reason.VENDOR_GARBLED,
        "unpack: version 104 of the pipe, 1 is spoken here",
    )


async def test_what_a_library_prints_goes_nowhere(
    compiled: Compiled, hosts: Hosts, capfd: pytest.CaptureFixture[str]
) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "CHATTERS"))
    for _ in range(3):
        assert any(await unpack(host))
    await host.close()
    assert capfd.readouterr() == ("", "")


async def test_a_photo_is_never_left_in_a_file(
    compiled: Compiled, hosts: Hosts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "zp.bmp"
    monkeypatch.setenv("VENDOR_FILE", str(left))
    assert any(await unpack(hosts(ModuleKind.WLT, compiled("wlt", "LEAVES_A_FILE"))))
    assert left.read_bytes() == b""


async def test_leaked_descriptors_cost_a_restart_and_nothing_of_ours(
    compiled: Compiled, hosts: Hosts
) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "LEAKS"))
    await unpack(host)
    ours = open_descriptors()
    await unpack(host)
    fault = await fault_of(host)
    assert (fault.reason, fault.detail) == (
        Reason.VENDOR_CRASHED,
        f"unpack: killed by signal {signal.SIGABRT:d}",
    )
    assert any(await unpack(host))
    assert open_descriptors() == ours


# ---- again and again -------------------------------------------------------------------------------------


async def test_the_log_has_one_line_when_it_is_lost_and_one_when_it_is_back(
    compiled: Compiled, hosts: Hosts
) -> None:
    library = compiled("wlt", "CRASHES")
    host = hosts(ModuleKind.WLT, library)
    with capture_logs() as events:
        await unpack(host)
        for _ in range(3):
            await fault_of(host, CRASH)
        await fault_of(host)  # after the third in a row there is a pause, in which calls fail at once
        assert host.starts == 3
        while host.starts == 3:
            with suppress(DeviceFault):
                await unpack(host)
            await asyncio.sleep(0.05)
        await unpack(host)
    assert [event["event"] for event in events] == ["vendor_module_lost", "vendor_module_back"]
    assert events[0]["device"] == "wlt"
    assert events[0]["path"] == str(library)
    assert events[0]["reason"] == "vendor_crashed: unpack: killed by signal 11"


async def test_a_library_that_always_fails_is_not_started_again_and_again(
    hosts: Hosts, tmp_path: Path
) -> None:
    host = hosts(ModuleKind.WLT, tmp_path / "libwlt.so")
    faults = [await fault_of(host) for _ in range(100)]
    assert {fault.reason for fault in faults} == {Reason.VENDOR_MISSING}
    assert host.starts <= 4


async def test_a_caller_who_gives_up_leaves_nothing_running(
    compiled: Compiled, hosts: Hosts, says: Says
) -> None:
    host = hosts(ModuleKind.WLT, compiled("wlt", "SAYS_AND_HANGS"))
    with capture_logs() as events:
        call = asyncio.create_task(unpack(host))
        await says.heard()
        (pid,) = children()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert not is_alive(pid)
    assert events == [], "giving up is no fault of the library"


def read_proc(pid: int, name: str) -> list[str]:
    """The lines of a file of proc(5)."""
    return Path(f"/proc/{pid}/{name}").read_text().splitlines()


def open_descriptors() -> int:
    """How many this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> list[int]:
    """The hosts that we have started; other tests' processes may live, too."""
    pids = map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
    return [pid for pid in pids if "run_host.py" in read_proc(pid, "cmdline")[0]]


# ---- weaker ones -----------------------------------------------------------------------------------------


WITHOUT_A_HOST = """
import asyncio, ctypes, sys

async def main():
    unpack = ctypes.CDLL(sys.argv[1]).unpack
    print("calling", flush=True)
    try:
        async with asyncio.timeout(0.1):
            unpack(ctypes.create_string_buffer(b"H" * 1024), ctypes.create_string_buffer(99999), 0)
    except TimeoutError:
        print("survived")

asyncio.run(main())
"""
"""The library in the process of its driver, with an answer time."""


def test_an_answer_time_does_not_help_a_library_in_our_own_process(compiled: Compiled) -> None:
    """What `test_a_hang_is_ended_in_time_and_the_next_photo_decoded` would catch."""
    argv = [RUN_HOST[0], "-c", WITHOUT_A_HOST, str(compiled("wlt", "HANGS"))]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "calling\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2 * IMPATIENT_S)
        process.kill()
        assert process.stdout.read() == ""


class TrustsThePipe(VendorHost):
    """A client that waits for the pipe's end and not for the process's."""

    async def _receive(self, running: _Running, limit: int, within_s: float) -> tuple[What, int, bytes]:
        try:
            async with asyncio.timeout(within_s):
                return await _message(running.reader, max(limit, wire.TEXT_BYTES))
        except TimeoutError:
            raise DeviceFault(Reason.VENDOR_HUNG) from None


async def test_a_client_that_trusts_the_pipe_takes_a_death_for_a_hang(compiled: Compiled, says: Says) -> None:
    """What `test_a_death_is_noticed_though_a_child_holds_the_pipe` would catch."""
    host = TrustsThePipe(ModuleKind.WLT, compiled("wlt", "FORKS"), RUN_HOST)
    failing = asyncio.create_task(fault_of(host, answer_s=1.0))
    child = int(await says.heard())
    try:
        assert (await failing).reason is Reason.VENDOR_HUNG
    finally:
        os.kill(child, signal.SIGKILL)
        await until_gone(child)
        await host.close()


def test_a_bmp_that_stands_upright_is_read_too() -> None:
    head = b"BM" + (38862).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    second = (
        b"".join(number.to_bytes(4, "little", signed=True) for number in (40, 102, -126))
        + b"\1\0\x18\0"
        + bytes(24)
    )
    bmp = head + second + b"\xff\0\0" * 102 + b"\0\0" + bytes(308 * 125)
    picture = cv2.imdecode(np.frombuffer(png_of_bmp(bmp), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture[0].tolist() == [[255, 0, 0]] * 102
    assert not picture[1:].any()
