"""docs/lint.md, made from the codes: `python -m config.lint.page docs/lint.md`. A test keeps it in step."""

from __future__ import annotations

import sys
from pathlib import Path

from config.lint.codes import CODES, Severity
from config.lint.effort import MOST_COUNTED, MOST_TYPED
from config.lint.words import LIMITS
from config.lint.worlds import MOST

_HEAD = f"""\
# What the linter finds

`python main.py item lint` reads service files and proves what they promise. Every finding has a file, a
line, a key, a reason, what to do, and one of the codes below. Made from the code by
`python -m config.lint.page docs/lint.md`.

```
python main.py item lint                              # the shipped matters
python main.py item lint my/items/dog_licence.yaml    # one file; a joint one finds its members beside it
python main.py item lint --strict --notes my/items    # warnings count, notes are listed
python main.py item lint --json my/items              # one JSON list
```

Exit status: 0 when there is no error, 1 when there is one (with `--strict`: or a warning), 2 for files and
options that cannot be used.

**How it proves.** Conditions look only at earlier choices, at facts of lookups, and at the identity document,
so every path ends. Two questions constrain each other only through conditions; the linter therefore combines,
for each condition, just what it depends on, with every answer that goes on, and with every fact told and not
told. That is exact. Where more than {MOST:,} combinations would be left, it looks at a sample by `--seed` and
says `sampled`. The usual path of `typed-too-much` is the median over all paths (of more than
{MOST_COUNTED:,}, over so many by chance) with every lookup answered; {MOST_TYPED} typed fields are the aim.
"""

_TITLES: dict[Severity, str] = {
    "error": "Errors: the matter must not be offered like this",
    "warning": "Warnings: a citizen would be worse off",
    "note": "Notes: a reviewer has to know",
}


def page() -> str:
    """Give docs/lint.md."""
    parts = [_HEAD]
    for severity, title in _TITLES.items():
        parts.append(f"\n## {title}\n\n| code | what it means | what to do |\n|---|---|---|\n")
        parts += [
            f"| `{name}` | {code.meaning} | {code.remedy} |\n"
            for name, code in CODES.items()
            if code.severity == severity
        ]
    parts.append("\n## How long a text may be\n\nCharacters, Chinese and English, that have their place.\n\n")
    parts.append("| key | 中文 | English |\n|---|---|---|\n")
    parts += [f"| `{key}` | {zh} | {en} |\n" for key, (zh, en) in sorted(LIMITS.items())]
    return "".join(parts)


def main() -> None:
    """Write the page to the file that the command line names."""
    match sys.argv[1:]:
        case [file]:
            Path(file).write_text(page(), "utf-8")
        case _:
            sys.exit("usage: python -m config.lint.page FILE")


if __name__ == "__main__":
    main()
