"""Highlighting with several processes: texts out in runs, findings back in order.

Every process loads its own pipeline once. With one job everything stays in this process.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from annotator.highlight.pipeline import Highlighter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from annotator.highlight.finding import Finding
    from annotator.model.article import Block

    Text = str | tuple[str, Sequence[Block]]

AT_ONCE = 16
# Runs waiting for each process: enough to keep it busy, few enough to bound memory.
WAITING = 2


def find(highlighter: Highlighter, texts: Iterable[Text], jobs: int = 1) -> Iterator[list[Finding]]:
    """Yield the findings of every text, in order.

    Args:
        highlighter: What to look for; other processes make one like it.
        texts: Texts, perhaps with their blocks.
        jobs: Processes that work at once.
    """
    if jobs <= 1:
        yield from highlighter.find(texts)
        return
    made = (highlighter.layers, highlighter.language, highlighter.model)
    source = iter(texts)
    waiting: list[Future[list[list[Finding]]]] = []
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=made
    ) as pool:
        while True:
            while len(waiting) < jobs * WAITING:
                run = list(islice(source, AT_ONCE))
                if not run:
                    break
                waiting.append(pool.submit(_read, run))
            if not waiting:
                return
            yield from waiting.pop(0).result()


_state: dict[str, Highlighter] = {}


def _prepare(layers: Any, language: str, model: str | None) -> None:
    _state["highlighter"] = Highlighter(layers=layers, language=language, model=model)


def _read(run: list[Any]) -> list[list[Finding]]:
    return list(_state["highlighter"].find(run))
