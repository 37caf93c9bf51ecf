"""Long work in several processes, told line by line."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def work_through(
    work: Callable[[T], str | None], items: Sequence[T], jobs: int, name: Callable[[T], str] = str
) -> Iterator[str]:
    """A line for each item of which `work` says something, in their order; one that fails is named and left out."""
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [(item, pool.submit(work, item)) for item in items]
        for done, (item, result) in enumerate(waiting, 1):
            error = result.exception()
            line = f"{name(item)} failed: {error!r}" if error else result.result()
            if line:
                yield f"{done}/{len(items)} {line}"
