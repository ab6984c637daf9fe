"""What can be asked of each kind of module, with the shape of question and answer.

docs/vendor-modules.md shows these tables; a test keeps the two in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from devices.vendor_host.wire import Shape

CARD_TEXT_BYTES: Final = 256
CARD_PHOTO_BYTES: Final = 1024
CARD_FINGERPRINT_BYTES: Final = 1024
"""Two templates of 512 bytes."""
NEW_ADDRESS_BYTES: Final = 280
"""Four of 70."""
SAM_ID_BYTES: Final = 64
BMP_BYTES: Final = 38_862
"""102×126 px, 24 bits, rows padded to 308 bytes, 54 bytes of head."""
TEMPLATE_BYTES: Final = 512
NAME_BYTES: Final = 64
REASON_BYTES: Final = 64
JPEG_BYTES: Final = 512 * 1024


SIMULATED: Final = "simulator:"
"""Before the path of a simulated device's socket, where a library's path would be."""

NO_SUCH_FUNCTION: Final = -1
"""In place of what a function returns, where the library may lack it and does."""


@dataclass(frozen=True)
class Operation:
    """One thing to ask; `code` is its number on the pipe."""

    code: int
    name: str
    takes: Shape
    gives: Shape


SDT_OPEN = Operation(1, "SDT_OpenPort", Shape(numbers=1), Shape(numbers=1))
SDT_CLOSE = Operation(2, "SDT_ClosePort", Shape(numbers=1), Shape(numbers=1))
SDT_STATUS = Operation(3, "SDT_GetSAMStatus", Shape(numbers=1), Shape(numbers=1))
SDT_SAM_ID = Operation(4, "SDT_GetSAMIDToStr", Shape(numbers=1), Shape(numbers=1, blobs=(SAM_ID_BYTES,)))
SDT_FIND = Operation(5, "SDT_StartFindIDCard", Shape(numbers=1), Shape(numbers=1))
SDT_SELECT = Operation(6, "SDT_SelectIDCard", Shape(numbers=1), Shape(numbers=1))
SDT_READ = Operation(
    7,
    "SDT_ReadBaseMsg",
    Shape(numbers=1),
    Shape(numbers=1, blobs=(CARD_TEXT_BYTES, CARD_PHOTO_BYTES)),
)
SDT_READ_FINGERPRINTS = Operation(
    8,
    "SDT_ReadBaseFPMsg",
    Shape(numbers=1),
    Shape(numbers=1, blobs=(CARD_TEXT_BYTES, CARD_PHOTO_BYTES, CARD_FINGERPRINT_BYTES)),
)
SDT_NEW_ADDRESS = Operation(
    9, "SDT_ReadNewAppMsg", Shape(numbers=1), Shape(numbers=1, blobs=(NEW_ADDRESS_BYTES,))
)

WLT_UNPACK = Operation(
    1, "unpack", Shape(numbers=1, blobs=(CARD_PHOTO_BYTES,)), Shape(numbers=1, blobs=(BMP_BYTES,))
)

FINGERPRINT_OPEN = Operation(1, "open", Shape(), Shape(numbers=3))
FINGERPRINT_BEGIN = Operation(2, "begin", Shape(numbers=1), Shape(numbers=1))
FINGERPRINT_LOOK = Operation(3, "look", Shape(numbers=1), Shape(numbers=3))
FINGERPRINT_COMPARE = Operation(
    4, "compare", Shape(numbers=2, blobs=(TEMPLATE_BYTES,)), Shape(numbers=2, reals=1)
)
FINGERPRINT_END = Operation(5, "end", Shape(numbers=1), Shape(numbers=1))

LIVENESS_OPEN = Operation(1, "open", Shape(), Shape(numbers=1, blobs=(NAME_BYTES,)))
LIVENESS_LOOK = Operation(2, "look", Shape(numbers=1), Shape(numbers=2, blobs=(REASON_BYTES, JPEG_BYTES)))
LIVENESS_CLOSE = Operation(3, "close", Shape(), Shape())


class ModuleKind(Enum):
    """What sort of library a host holds."""

    SDT = "sdt"
    """Identity-card reader, the SDT API that its vendors share."""
    WLT = "wlt"
    """Decoder of the chip's photo."""
    FINGERPRINT = "fingerprint"
    """Sensor and matcher for the chip's templates."""
    LIVENESS = "liveness"
    """Certified liveness detection with cameras of its own."""


OPERATIONS: Final = {
    ModuleKind.SDT: (
        SDT_OPEN,
        SDT_CLOSE,
        SDT_STATUS,
        SDT_SAM_ID,
        SDT_FIND,
        SDT_SELECT,
        SDT_READ,
        SDT_READ_FINGERPRINTS,
        SDT_NEW_ADDRESS,
    ),
    ModuleKind.WLT: (WLT_UNPACK,),
    ModuleKind.FINGERPRINT: (
        FINGERPRINT_OPEN,
        FINGERPRINT_BEGIN,
        FINGERPRINT_LOOK,
        FINGERPRINT_COMPARE,
        FINGERPRINT_END,
    ),
    ModuleKind.LIVENESS: (LIVENESS_OPEN, LIVENESS_LOOK, LIVENESS_CLOSE),
}


def longest_call(kind: ModuleKind) -> int:
    """The longest body that a host of `kind` takes, in bytes."""
    return 1 + max(operation.takes.limit for operation in OPERATIONS[kind])
