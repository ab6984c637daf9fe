# The part of jieba that the figures use: dictionary segmentation of Chinese text.
# ruff: noqa: N802, N803 - the names are jieba's

from collections.abc import Iterator

def setLogLevel(log_level: int) -> None: ...
def cut_for_search(sentence: str, HMM: bool = ...) -> Iterator[str]: ...
