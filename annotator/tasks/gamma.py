"""Gamma, an extra: run pygamma-agreement in an interpreter of its own, article by article.

Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015), The unified and holistic method gamma (γ),
Computational Linguistics, 41(3), 437-479. It aligns whole spans, allows them to overlap, and finds
chance by shuffling. Its library is large and pins others, so it is never loaded here: spans go out
as JSON, figures come back. It samples, with a fixed seed; expect one or two hundredths of play.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from annotator.agreement.report import counted
from annotator.agreement.results import Coefficient
from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.agreement.span_measuring import SpanAgreement
    from annotator.agreement.spans import Continuum

SEED = 1
PRECISION = 0.02
PER_ARTICLE_SECS = 120
# Runs in the other interpreter. One JSON line in, one out: {"gamma", "disorder"} of each
# continuum; the solver's own prints are kept off stdout.
SCRIPT = """
import contextlib, io, json, sys
import numpy
from pyannote.core import Segment
from pygamma_agreement import (
    CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler)
job = json.load(sys.stdin)
found = []
for units in job["continua"]:
    with contextlib.redirect_stdout(io.StringIO()):
        numpy.random.seed(job["seed"])
        continuum = Continuum()
        for coder in job["coders"]:
            continuum.add_annotator(coder)
        for unit in units:
            continuum.add(unit["coder"], Segment(unit["start"], unit["end"]), unit["code"])
        dissimilarity = CombinedCategoricalDissimilarity(
            alpha=job["alpha"], beta=job["beta"], delta_empty=1.0)
        best = continuum.get_best_alignment(dissimilarity)
        made = {"disorder": float(best.disorder), "gamma": None}
        if job["precision"]:
            result = continuum.compute_gamma(
                dissimilarity, precision_level=job["precision"],
                sampler=ShuffleContinuumSampler())
            made["gamma"] = float(result.gamma)
            made["gamma_cat"] = float(result.gamma_cat)
    found.append(made)
sys.stderr.flush()
print("\\n" + json.dumps(found))
"""


def interpreter(asked: str) -> str:
    """Return the interpreter to use, "" if there is none."""
    if asked:
        return asked
    if find_spec("pygamma_agreement") is not None:
        import sys

        return sys.executable
    return ""


def with_gamma(
    made: SpanAgreement, continua: Iterable[Continuum], python: str
) -> SpanAgreement:  # fmt: skip
    """Return a result with gamma, averaged over articles, for each code and overall.

    Args:
        made: The result without it.
        continua: The articles it was made of.
        python: An interpreter that has pygamma-agreement.

    Raises:
        BadInput: if it cannot be run.
    """
    read = [c for c in continua if len(c.coders) >= 2]
    found: dict[str, Coefficient] = {}
    for code in (*made.codes, ""):
        chosen = [_units(c, code) for c in read]
        both = [units for units in chosen if len({u["coder"] for u in units}) >= 2]
        if not both:
            found[code] = Coefficient(None, why="no article in which two coders marked it")
            continue
        figures = [f["gamma"] for f in measured(both, python) if f["gamma"] is not None]
        found[code] = Coefficient(sum(figures) / len(figures))
    skipped = sum(len({m.coder for m in c.marks}) < 2 for c in read)
    note = (
        f"Gamma leaves out {counted(skipped, 'article')} in which fewer than two coders marked "
        "anything, and takes no part in the resampling."
    )
    filled = made.with_gamma(found)
    return replace(filled, warnings=(*filled.warnings, note)) if skipped else filled


def _units(continuum: Continuum, code: str) -> list[dict[str, Any]]:
    """Return the marks of a code, or of all, as plain units; a mark goes from first to last."""
    return [
        {"coder": m.coder, "code": m.code, "start": m.fragments[0].start,
         "end": m.fragments[-1].end}
        for m in continuum.marks
        if code in {"", m.code}
    ]  # fmt: skip


def measured(
    continua: Sequence[Sequence[Mapping[str, Any]]],
    python: str,
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    precision: float = PRECISION,
) -> list[dict[str, Any]]:
    """Return gamma and the disorder of the best alignment of each article.

    Args:
        continua: Units with coder, code, start and end.
        python: An interpreter that has pygamma-agreement.
        alpha: Weight of the places.
        beta: Weight of the codes.
        precision: Of gamma; 0 for the disorder alone, which is not sampled.

    Raises:
        BadInput: if it cannot be run.
    """
    coders: list[str] = []
    job = {"continua": list(continua), "coders": coders, "seed": SEED, "alpha": alpha,
           "beta": beta, "precision": precision}  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  # the interpreter is the person's own choice
            [python, "-c", SCRIPT], input=json.dumps(job), capture_output=True, text=True,
            check=False, timeout=60 + PER_ARTICLE_SECS * len(continua),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BadInput(
            f"Gamma cannot be computed: {error}.",
            hint="Give an interpreter that has pygamma-agreement, or leave gamma out.",
            where=python,
        ) from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise BadInput(
            f"Gamma cannot be computed: {last}.",
            hint="Install pygamma-agreement there, or leave gamma out.",
            where=python,
        )
    found: list[dict[str, Any]] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
