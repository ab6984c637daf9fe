"""`page`: make clean pages of photographs, of the document camera's table, of the flat-bed; for technicians.

The pages are written where `--output` says and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from commands.device_common import NOTHING_CAME, Voice, be_quiet
from commands.options import ConfigFiles, Overrides
from config.layers import BadConfiguration, load
from config.settings import Settings
from devices.contracts.pages import Finding, Page, PageNotClean, PageRefused, Paper
from devices.statuses import DeviceFault

if TYPE_CHECKING:
    from devices.pages.client import PageWorkerCamera

NOT_CLEAN = 3
"""Exit status where a picture was seen and is no clean page."""

app = typer.Typer(
    no_args_is_help=True,
    help="Make clean pages: of photographs, with the document camera, with the flat-bed.",
)

Output = Annotated[Path, typer.Option("--output", metavar="FILE", help="A .pdf, or for one page a .jpg.")]
OfPaper = Annotated[Paper, typer.Option("--paper", help="What lies there: a4, id_1 (a card) or other.")]
LimitKb = Annotated[int, typer.Option("--limit-kb", min=20, help="Kilobytes a page may have.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")]

LIMIT_KB = 400


@app.command()
def clean(
    photos: Annotated[list[Path], typer.Argument(metavar="PHOTO…", help="Pictures of papers, one a page.")],
    output: Output,
    paper: OfPaper = Paper.A4,
    limit_kb: LimitKb = LIMIT_KB,
    *,
    as_json: AsJson = False,
) -> None:
    """Make clean pages of photographs; says for each why not."""
    import cv2
    import numpy as np

    from devices.pages.judging import page_of

    voice = Voice(as_json=as_json)
    _check_output(voice, output, len(photos))
    pages = []
    for photo in photos:
        try:
            coded = photo.read_bytes()
        except OSError as error:
            voice.refuse(f"{photo}: {error.strerror}")
        picture = cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR) if coded else None
        if picture is None:
            voice.refuse(f"{photo}: is no picture")
        result = page_of(picture, paper, 1000 * limit_kb)
        if isinstance(result, PageRefused):
            _not_clean(voice, str(photo), result.findings)
        pages.append(result)
    _write(voice, output, pages)


@app.command()
def take(
    output: Output,
    paper: OfPaper = Paper.A4,
    timeout_s: Annotated[float, typer.Option("--timeout", min=1, max=600, help="Seconds to wait.")] = 60.0,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Wait until a paper lies still beneath the document camera, and make one clean page of it."""
    from devices.pages.client import page_camera

    be_quiet()
    voice = Voice(as_json=as_json)
    _check_output(voice, output, 1)
    settings = _settings(voice, config, overrides).document_camera
    try:
        page = voice.run(_taken(voice, page_camera(settings), paper, timeout_s))
    except TimeoutError:
        voice.fail(f"no page within {timeout_s:g} s", "no_page", NOTHING_CAME)
    except DeviceFault as fault:
        voice.fault(f"document camera {settings.source}", fault)
    _write(voice, output, [page])


@app.command()
def scan(
    output: Output,
    paper: OfPaper = Paper.A4,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Scan one page with the flat-bed scanner and clean it."""
    from devices.pages.flatbed import SaneFlatbed

    be_quiet()
    voice = Voice(as_json=as_json)
    _check_output(voice, output, 1)
    settings = _settings(voice, config, overrides)
    limit_bytes = 1000 * settings.document_camera.page_limit_kb
    flatbed = SaneFlatbed(settings.flatbed.device, settings.flatbed.answer_s, limit_bytes)
    try:
        page = voice.run(flatbed.scan(paper))
    except PageNotClean as refusal:
        _not_clean(voice, settings.flatbed.device, refusal.findings)
    except DeviceFault as fault:
        voice.fault(f"flat-bed {settings.flatbed.device}", fault)
    _write(voice, output, [page])


async def _taken(voice: Voice, camera: PageWorkerCamera, paper: Paper, timeout_s: float) -> Page:
    import asyncio

    async with asyncio.timeout(timeout_s), aclosing(camera.watch(paper)) as events:
        async for event in events:
            if isinstance(event, Page):
                return event
            if isinstance(event, PageRefused):
                voice.note("; ".join(map(_words, event.findings)))
    raise TimeoutError


def _settings(voice: Voice, config: list[Path] | None, overrides: list[str] | None) -> Settings:
    try:
        return load(config or [], overrides or []).settings
    except BadConfiguration as mistake:
        voice.refuse(str(mistake))


def _check_output(voice: Voice, output: Path, count: int) -> None:
    if output.suffix.lower() not in {".pdf", ".jpg", ".jpeg"}:
        voice.refuse(f"{output}: the name must end in .pdf or .jpg")
    if count > 1 and output.suffix.lower() != ".pdf":
        voice.refuse(f"{output}: several pages go into a .pdf")
    if not output.parent.is_dir():
        voice.refuse(f"{output}: there is no directory {output.parent}")


def _words(finding: Finding) -> str:
    return f"{finding.problem.value} ({finding.measure:.3g}, limit {finding.limit:g})"


def _not_clean(voice: Voice, what: str, findings: Sequence[Finding]) -> NoReturn:
    words = f"{what}: no clean page: {'; '.join(map(_words, findings))}"
    voice.fail(words, findings[0].problem.value, NOT_CLEAN)


def _write(voice: Voice, output: Path, pages: Sequence[Page]) -> None:
    from devices.pages.material import Pages

    written = Pages(tuple(pages)).pdf() if output.suffix.lower() == ".pdf" else pages[0].jpeg
    try:
        output.write_bytes(written)
    except OSError as error:
        voice.refuse(f"{output}: {error.strerror}")
    said: list[dict[str, Any]] = [
        {
            "width_px": page.width_px,
            "height_px": page.height_px,
            "dpi": page.dpi,
            "bytes": len(page.jpeg),
        }
        for page in pages
    ]
    sizes = ", ".join(f"{page['width_px']}×{page['height_px']} at {page['dpi']} dpi" for page in said)
    voice.result({"output": str(output), "pages": said}, f"{output}: {sizes}")
