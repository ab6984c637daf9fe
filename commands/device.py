"""`python main.py device …`: what a technician asks of the devices, one at a time and without a terminal.

Every command answers on standard output (with `--json` as one object) and complains on standard error in one
line. Exit status: 0 done, 2 cannot be done as asked, 3 the device failed, 4 nobody laid a card or showed a
code in time, 5 nobody can tell whether a slip was printed, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, Overrides

app = typer.Typer(no_args_is_help=True, help="Find, try and record devices: for the technician's hands.")

ConfigFiles = Annotated[
    list[Path] | None,
    typer.Option("--config", metavar="FILE", help="The terminal's settings, where they matter; not needed."),
]
Port = Annotated[str, typer.Option("--port", metavar="P", help="The serial port, best /dev/serial/by-id/….")]
Baud = Annotated[
    int | None,
    typer.Option("--baud", metavar="B", help="Bits a second; without it, all five rates are tried."),
]


@app.command(name="list")
def list_(config: ConfigFiles = None, overrides: Overrides = None, *, as_json: AsJson = False) -> None:
    """List the serial ports: names, USB ids, who has them open, what the settings say. Opens none."""
    from commands.device_common import Voice, settings_only
    from commands.device_list import answer

    voice = Voice(as_json=as_json)
    answer(voice, settings_only(voice, config, overrides))


@app.command()
def probe(
    ports: Annotated[list[str] | None, typer.Argument(metavar="[PORT]…", help="None is all.")] = None,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    honeywell: Annotated[
        bool,
        typer.Option(
            "--honeywell", help="Ask for Honeywell scanners, too: the question has a carriage return."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask every port what is there; print the settings for it. Prints on no paper, reads no card."""
    from commands.device_common import Voice, be_quiet, settings_beside_no_terminal
    from commands.device_probe import answer

    voice = Voice(as_json=as_json)
    be_quiet()
    with settings_beside_no_terminal(voice, config, overrides) as settings:
        answer(voice, ports or [], settings, honeywell=honeywell)


@app.command(name="read-card")
def read_card(
    port: Port = "",
    baud: Baud = None,
    timeout_s: Annotated[
        float, typer.Option("--timeout", metavar="S", help="Seconds to wait for a card.")
    ] = 30.0,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Read one identity card. Personal: what is printed is a person's record."""
    from commands.device_common import Voice, be_quiet, settings_beside_no_terminal, sound_baud, sound_timeout
    from commands.device_read_card import answer

    voice = Voice(as_json=as_json)
    be_quiet()
    sound_baud(voice, baud)
    sound_timeout(voice, timeout_s)
    with settings_beside_no_terminal(voice, config, overrides) as settings:
        if not port and settings is not None and settings.id_reader.driver != "none":
            port, baud = settings.id_reader.port, baud or settings.id_reader.baud
        if not port:
            voice.refuse("--port: name the reader's port; `python main.py device probe` finds it")
        answer(voice, port, baud, timeout_s, settings)


@app.command()
def scan(
    port: Port = "",
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="K", help="honeywell, newland or gm65; else it is asked.")
    ] = None,
    baud: Baud = None,
    timeout_s: Annotated[
        float, typer.Option("--timeout", metavar="S", help="Seconds to wait for a code.")
    ] = 30.0,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Scan one code, and say what it may be. A payment code is money: show one of your own."""
    from commands.device_common import Voice, be_quiet, settings_beside_no_terminal, sound_baud, sound_timeout
    from commands.device_scan import answer

    voice = Voice(as_json=as_json)
    be_quiet()
    sound_baud(voice, baud)
    sound_timeout(voice, timeout_s)
    if not port:
        voice.refuse("--port: name the scanner's port; `python main.py device probe` finds it")
    with settings_beside_no_terminal(voice, config, overrides):
        answer(voice, port, kind, baud, timeout_s)


@app.command()
def record(
    port: Port = "",
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="The trace; must not exist.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="K", help="sam_v, escpos, scanner or unknown (lengths only).")
    ] = "",
    baud: Annotated[
        int, typer.Option("--baud", metavar="B", help="Until the driver sets another rate.")
    ] = 115_200,
    link: Annotated[
        Path | None, typer.Option("--link", metavar="L", help="What the driver opens; FILE.port if not said.")
    ] = None,
    limit_mb: Annotated[
        float | None,
        typer.Option("--limit-mb", metavar="M", help="Keep the newest part of a long recording."),
    ] = None,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Record what goes over a device's cable, until Ctrl-C. Nothing of a person reaches the file."""
    from commands.device_black_box import record as do
    from commands.device_common import Voice, be_quiet, settings_beside_no_terminal, sound_baud
    from devices.blackbox.trace import Kind

    voice = Voice(as_json=as_json)
    be_quiet()
    sound_baud(voice, baud)
    if not port:
        voice.refuse("--port: name the device's port; `python main.py device list` shows what there is")
    if output is None:
        voice.refuse("--output: name the file for the trace")
    if kind not in {known.value for known in Kind}:
        voice.refuse(f"--kind: is one of {', '.join(known.value for known in Kind)}")
    with settings_beside_no_terminal(voice, config, overrides):
        pass  # only now: the terminal that is to be recorded starts after this
    do(voice, port, output, Kind(kind), baud, link or output.with_name(output.name + ".port"), limit_mb)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A trace that `device record` wrote.")],
    link: Annotated[
        Path | None, typer.Option("--port", metavar="L", help="What the driver opens; FILE.port if not said.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Play a trace as the device it came from, until Ctrl-C."""
    from commands.device_black_box import replay as do
    from commands.device_common import Voice, be_quiet

    be_quiet()
    do(Voice(as_json=as_json), file, link or file.with_name(file.name + ".port"))


@app.command(name="print-test")
def print_test(
    port: Port = "",
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help="A name of config/printers, or such a file.")
    ] = "generic-80",
    baud: Baud = None,
    flow: Annotated[
        str, typer.Option("--flow", help="none, rts_cts or xon_xoff, as the printer is set.")
    ] = "none",
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print a test slip: Chinese, rare names, amounts, a table, a QR code, a cut."""
    from commands.device_common import Voice, be_quiet, settings_beside_no_terminal, sound_baud
    from commands.device_print_test import answer

    voice = Voice(as_json=as_json)
    be_quiet()
    sound_baud(voice, baud)
    if not port:
        voice.refuse("--port: name the printer's port; `python main.py device probe` finds it")
    with settings_beside_no_terminal(voice, config, overrides):
        answer(voice, port, profile, baud, flow)
