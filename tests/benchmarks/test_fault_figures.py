"""What the fault suites counted becomes a line for each suite and commit, with its bound."""

from benchmarks.faults import chapter


def run(suite: str, seed: int, cases: int, wrong: int = 0, commit: str = "abc1234") -> dict[str, object]:
    return {
        "suite": suite,
        "seed": seed,
        "cases": cases,
        "wrong": wrong,
        "commit": commit,
        "day": "2026-11-22",
    }


def test_runs_of_one_suite_at_one_commit_are_counted_together() -> None:
    [figure] = chapter([run("kills", 2, 2000), run("kills", 1, 1000)]).figures
    assert figure.name == "kills: 3,000 cases, at most 0.001 a case (seed 1, 2; commit abc1234, 2026-11-22)"
    assert figure.met


def test_what_was_wrong_has_no_bound_and_misses_the_aim() -> None:
    [figure] = chapter([run("kills", 1, 1000, wrong=2), run("kills", 2, 1000)]).figures
    assert figure.name.startswith("kills: 2,000 cases (seed")
    assert figure.met is False


def test_another_commit_is_another_line() -> None:
    runs = [run("kills", 1, 1000), run("kills", 1, 1000, commit="def5678")]
    assert len(chapter(runs).figures) == 2
