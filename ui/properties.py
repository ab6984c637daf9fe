"""A `Property` that type checkers understand: at run time it is Qt's own.

PySide6's stubs type every `Property` as itself, so that `model.title` would be a `Property` and not a `str`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    Value = TypeVar("Value")

    class Getter(Generic[Value]):
        """What stands in the class body: reading it from an object gives the value."""

        def __init__(self, read: Callable[[Any], Value]) -> None: ...

        def __get__(self, owner: object, kind: type | None = None) -> Value: ...

    class Property:
        """`@Property(str, constant=True)` over a getter; types are Qt's, or their C++ names.

        With getter and setter as arguments it is for QML only: Python does not read it back.
        """

        def __init__(
            self,
            kind: type | str,
            read: Callable[[Any], Any] | None = None,
            write: Callable[[Any, Any], None] | None = None,
            *,
            notify: object = None,
            constant: bool = False,
        ) -> None: ...

        def __call__(self, read: Callable[[Any], Value]) -> Getter[Value]:
            """Decorate a getter."""
            ...

else:
    from PySide6.QtCore import Property

__all__ = ["Property", "said"]


def said(model: QObject) -> tuple[object, ...]:
    """Everything a model says to its view: the values of its properties, those of its rows included.

    Without what its class calls `FOLLOWED`: that changes beneath a finger, and needs no new model.
    """
    kind = model.metaObject()
    names = (str(kind.property(place).name()) for place in range(kind.propertyCount()))
    followed = getattr(type(model), "FOLLOWED", ())
    return tuple(_plain(model.property(name)) for name in names if name not in followed)


def _plain(value: object) -> object:
    if isinstance(value, QObject):
        return said(value)
    return [_plain(part) for part in value] if isinstance(value, list) else value
