"""The texts of the QR codes in a photograph, scan or picture of a slip."""

from __future__ import annotations

import warnings
from pathlib import Path

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

_MOST_PIXELS = 100_000_000
"""More than any camera or office scanner makes of a slip."""
_LEAST_SIDE = 600


class NoPicture(Exception):
    """A file that cannot be looked at; the text names it and says why."""


def codes_in(path: Path) -> list[str]:
    """Read every QR code of the picture, top to bottom. Raises `NoPicture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as file:
                if file.width * file.height > _MOST_PIXELS:
                    raise NoPicture(f"{path}: larger than {_MOST_PIXELS // 1_000_000} million pixels")
                picture = ImageOps.exif_transpose(file).convert("L")
    except FileNotFoundError:
        raise NoPicture(f"{path}: no such file") from None
    except (UnidentifiedImageError, SyntaxError, ValueError):
        raise NoPicture(f"{path}: not a picture that can be read here (PNG, JPEG, TIFF, WebP)") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NoPicture(f"{path}: larger than {_MOST_PIXELS // 1_000_000} million pixels") from None
    except OSError as error:
        raise NoPicture(f"{path}: {error.strerror or 'the picture is damaged or cut short'}") from None
    found = _read(picture)
    # A code of one pixel a square is too fine for the reader's own search.
    if not found and min(picture.size) < _LEAST_SIDE:
        found = _read(picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.NEAREST))
    return found


def _read(picture: Image.Image) -> list[str]:
    # White all around: a code at the very edge has no quiet zone otherwise.
    framed = ImageOps.expand(picture, border=32, fill=255)
    found = zxingcpp.read_barcodes(
        framed,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
    )
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]
