"""The terminal's one entry point: composition root and command line."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from commands import catalogue, device, enrol, face, item, page, platform, queue, slip, voice
from commands.options import ConfigFiles, Overrides
from commands.processes import ROOT, VENDOR_HOST, own
from config.item import Item
from config.items import SHIPPED, load_items
from config.layers import BadConfiguration, Loaded, load
from config.plain import BadFile
from config.problems import problems
from kiosk.log import configure

EXIT_REFUSED = 2
"""Exit status when what the program was given is wrong: configuration, matter file, key, disk."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The self-service terminal of a government service hall.",
)
app.add_typer(platform.app, name="platform")
app.add_typer(device.app, name="device")
app.add_typer(face.app, name="face")
app.add_typer(page.app, name="page")
app.add_typer(slip.app, name="slip")
app.add_typer(queue.app, name="queue")
app.add_typer(item.app, name="item")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(voice.app, name="voice")
app.command()(enrol.enrol)


@app.command()
def run(config: ConfigFiles = None, overrides: Overrides = None) -> None:
    """Run the terminal: supervise sessions, keep applications, deliver them. Needs an X display."""
    from kiosk.terminal.app import run_terminal
    from kiosk.terminal.boot import BootRefused

    loaded = _loaded(config, overrides)
    _items(loaded)
    if found := problems(loaded.settings):
        _refuse("\n".join(map(str, found)))
    try:
        configure("terminal", loaded.settings.log.file)
    except OSError as error:
        _refuse(f"{loaded.settings.log.file}: log.file: {error.strerror}")
    if subprocess.run([sys.executable, str(ROOT / "main.py"), "root-picture"], check=False).returncode:
        raise typer.Exit(EXIT_REFUSED)
    try:
        status = asyncio.run(run_terminal(loaded.settings, own("session", config, overrides)))
    except BootRefused as refused:
        _refuse(str(refused))
    raise typer.Exit(status)


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="Where pictures, slip and record go.")] = ROOT / "var/demo",
    script: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Play this written scene; bench/scenes has some.")
    ] = None,
    *,
    scripted: Annotated[
        bool, typer.Option("--scripted", help="Play the scripted citizen, also where there is a display.")
    ] = False,
    landscape: Annotated[
        bool, typer.Option("--landscape", help="Play the scripted citizen on a lying screen.")
    ] = False,
    residue: Annotated[
        bool, typer.Option("--residue", help="Search everywhere for what remains of a citizen who has left.")
    ] = False,
    people: Annotated[int, typer.Option(help="With --residue: how many citizens in a row.")] = 50,
    kills: Annotated[
        int, typer.Option(metavar="ROUNDS", help="Kill something at a random moment of each of these rounds.")
    ] = 0,
    seed: Annotated[int | None, typer.Option(help="Repeat a run of --residue or --kills.")] = None,
) -> None:
    """Open the simulated hall on a desk with a display; without one, let a scripted citizen apply.

    The scripted citizen applies at a real terminal, with the network up and with it cut and restored.
    """
    from bench.demo import run_demo
    from bench.desk import run_desk
    from bench.kills.run import run_kills
    from bench.nested import has_display
    from bench.residue.fifty import run_fifty
    from bench.residue.run import run_residue
    from bench.script import play_script

    if script is not None:
        status = play_script(script, output)
    elif residue:
        status = run_residue(output / "residue", seed) | run_fifty(output / "people", people, seed)
    elif kills:
        status = run_kills(output / "kills", kills, secrets.randbits(32) if seed is None else seed)
    else:
        at_the_desk = has_display() and not (scripted or landscape)
        status = run_desk(output) if at_the_desk else run_demo(output, landscape=landscape)
    raise typer.Exit(status)


@app.command()
def check(config: ConfigFiles = None, overrides: Overrides = None) -> None:
    """Check configuration, machine, matters, English, the platform and every device. Changes nothing."""
    from commands.catalogue_show import lines as catalogue_lines
    from kiosk.session.checkup import device_lines
    from kiosk.terminal.boot import BootRefused, only_terminal
    from offline_queue.failures import UnreadableFile
    from offline_queue.platform_check import platform_lines
    from ui.linguist import BrokenCatalogue, checked

    loaded = _loaded(config, overrides)
    # What the devices say is printed below; their drivers' own events are for a running terminal's log.
    configure("check", Path(os.devnull))
    for key, origin in loaded.provenance.items():
        if origin != "default":
            typer.echo(f"set      {key}  ({origin})")
    for matter in _items(loaded):
        typer.echo(f"matter   {matter.id}  version {matter.version}: {matter.name.zh}")
    try:
        for line in catalogue_lines(loaded.settings):
            typer.echo(line)
        typer.echo(checked())
    except (UnreadableFile, BrokenCatalogue) as broken:
        _refuse(str(broken))
    try:
        with only_terminal(loaded.settings.terminal.state_dir):
            lines, sound = asyncio.run(
                device_lines(loaded.settings, own("face-worker", config, overrides), VENDOR_HOST)
            )
            above, known = asyncio.run(platform_lines(loaded.settings))
    except BootRefused as refused:
        _refuse(str(refused))
    for line in (*above, *lines):
        typer.echo(line)
    raise typer.Exit(0 if sound and known else EXIT_REFUSED)


@app.command()
def status(config: ConfigFiles = None, overrides: Overrides = None) -> None:
    """Ask the running terminal how it is: sessions, devices, queue. JSON."""
    import json

    typer.echo(json.dumps(_asked(config, overrides, "status"), ensure_ascii=False, indent=2))


@app.command(name="guide-pin")
def guide_pin(
    pin: Annotated[str, typer.Option(prompt="PIN (six digits)", hide_input=True, confirmation_prompt=True)],
) -> None:
    """Turn a guide's PIN into the line that goes into the configuration."""
    import re

    from kiosk.terminal.guides import pin_scrypt

    if not re.fullmatch(r"[0-9]{6}", pin):
        _refuse("a PIN has six digits")
    typer.echo(f'pin_scrypt = "{pin_scrypt(pin, secrets.token_bytes(16))}"')


@app.command(name="guide-unlock")
def guide_unlock(
    staff_no: Annotated[str, typer.Argument(help="The guide's number.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
) -> None:
    """Let a guide try again who was locked by fifteen wrong PINs."""
    typer.echo(f"unlocked: {_asked(config, overrides, 'guide-unlock', staff_no=staff_no)['unlocked']}")


@app.command()
def simulate(
    directory: Annotated[Path, typer.Option(help="Where the device names appear.")] = ROOT / "var/devices",
    baud: Annotated[int, typer.Option(help="The speed of the serial lines.")] = 115200,
) -> None:
    """Simulate reader, printer and camera, print their settings, and take orders until end of input."""
    from bench.simulate import simulate_devices

    raise typer.Exit(simulate_devices(directory, baud))


@app.command()
def gallery(
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where they go.")] = ROOT / "var/gallery",
) -> None:
    """Draw every component in every state, for designers and reviewers. Needs no display."""
    from ui.gallery import draw

    try:
        typer.echo(f"{len(draw(output))} pictures in {output}")
    except OSError as error:
        _refuse(str(error))


@app.command(hidden=True)
def session(
    fd: Annotated[int, typer.Option(help="The pipe to the terminal.")],
    compiled: Annotated[Path, typer.Option("--catalogue", help="The compiled catalogue.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
) -> None:
    """Serve one citizen. Started by the terminal."""
    from config.catalogue import open_compiled
    from kiosk.session.assembly import session_services
    from ui.application import run_session_window

    configure("session")
    loaded = _loaded(config, overrides)
    try:
        matters = open_compiled(compiled)
    except BadFile as mistake:
        _refuse(str(mistake))
    services = session_services(
        loaded.settings, matters, fd, own("face-worker", config, overrides), VENDOR_HOST
    )
    settings = loaded.settings
    raise typer.Exit(run_session_window(services, round(settings.patience.idle_grace_s), settings.voice))


@app.command(name="face-worker", hidden=True)
def face_worker(
    fd: Annotated[int, typer.Option(help="The pipe to the session.")],
    preview_fd: Annotated[int, typer.Option(help="The socket for what the camera sees.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
) -> None:
    """Hold the camera and the face models for one session. Started by the session."""
    from devices.eyes.worker import main as work

    configure("face_worker")
    settings = _loaded(config, overrides).settings
    work(fd, preview_fd, settings.camera.source, settings.face.threshold, settings.face.photo_decoder)


@app.command(name="vendor-host", hidden=True)
def vendor_host(
    kind: Annotated[str, typer.Argument(help="What the library is.")],
    library: Annotated[str, typer.Argument(help="Its file.")],
    fd: Annotated[int, typer.Option(help="The pipe to the session.")],
) -> None:
    """Hold one vendor's library. Started by the session."""
    from devices.vendor_host.host import main as serve

    serve(kind, library, fd)


@app.command(name="root-picture", hidden=True)
def root_picture() -> None:
    """Paint what a person sees while no session lives. Started by the terminal."""
    from ui.root_picture import NoDisplay, paint_root

    try:
        paint_root()
    except NoDisplay as error:
        _refuse(str(error))


def _loaded(config: list[Path] | None, overrides: list[str] | None) -> Loaded:
    """The settings, or one clear line and the end."""
    try:
        return load(config or [], overrides or [])
    except BadConfiguration as mistake:
        _refuse(str(mistake))


def _items(loaded: Loaded) -> tuple[Item, ...]:
    """The matters of this hall, or one clear line and the end."""
    try:
        return load_items(loaded.settings.items_dir or SHIPPED)
    except BadFile as mistake:
        _refuse(str(mistake))


def _asked(
    config: list[Path] | None, overrides: list[str] | None, question: str, **details: str
) -> dict[str, Any]:
    """What the running terminal answers, or one clear line and the end."""
    from kiosk.terminal.control import ANSWER_S, NoTerminal, ask

    runtime_dir = _loaded(config, overrides).settings.terminal.runtime_dir
    try:
        answer = ask(runtime_dir, question, ANSWER_S, **details)
    except NoTerminal as error:
        _refuse(str(error))
    if "error" in answer:
        _refuse(answer["error"])
    return answer


def _refuse(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(EXIT_REFUSED)


if __name__ == "__main__":
    app()
