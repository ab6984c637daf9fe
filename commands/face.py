"""`python main.py face …`: compare faces in files, and find the threshold of a hall.

Exit status: 0 for a verdict whatever it is, 2 for files and options that cannot be used, 3 for pictures that
cannot be compared (with `--json` the reason is in the object).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson

app = typer.Typer(no_args_is_help=True, help="Compare faces in files; find the threshold of a hall.")


@app.command()
def verify(
    photo: Annotated[Path, typer.Argument(help="The chip's photo, as a picture file.")],
    live: Annotated[list[Path], typer.Argument(help="Frames of one sitting before the camera.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say whether the person before the camera is the person on the photo. Needs no configuration."""
    from commands.face_verify import answer

    answer(photo, live, as_json=as_json)


@app.command()
def calibrate(
    directory: Annotated[Path, typer.Argument(help="One folder for each person: chip.* and live-*.*")],
    output: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Write the settings there, not to the screen.")
    ] = None,
    far: Annotated[float, typer.Option(help="The share of strangers that may be accepted.")] = 0.001,
    *,
    as_json: AsJson = False,
) -> None:
    """Find the threshold from labelled pictures of your hall, and write it with what it rests on."""
    from commands.face_calibrate import answer

    answer(directory, output, far, as_json=as_json)


@app.command()
def liveness(
    video: Annotated[Path, typer.Argument(help="A video file, or a folder of pictures named in order.")],
    challenge: Annotated[
        str, typer.Option(metavar="left,right,…", help="The turns in order; left is the person's own left.")
    ],
    fps: Annotated[
        float | None,
        typer.Option(min=1, max=240, help="Pictures a second: a video's own, and 15 for a folder."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Judge a recording: a head that turned as asked, or a flat picture, a wrong answer, nobody."""
    from commands.face_liveness import answer

    answer(video, challenge, fps, as_json=as_json)
