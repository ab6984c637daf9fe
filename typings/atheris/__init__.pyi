from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

def instrument_imports(
    include: Sequence[str] = ..., exclude: Sequence[str] = ..., enable_loader_override: bool = ...
) -> AbstractContextManager[None]: ...
def Setup(args: Sequence[str], callback: Callable[[bytes], None]) -> list[str]: ...  # noqa: N802  its name
def Fuzz() -> None: ...  # noqa: N802  its name
