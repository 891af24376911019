"""What was said: where the content of a cue begins and ends in its masked sentence.

Knows the shapes that follow a verb of saying (a quotation, "that", an addressee, an adverbial)
and where the next attribution takes over; who speaks is decided in `attribution`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.highlight.lexicon import word_set
from annotator.highlight.masking import Q
from annotator.highlight.subjects import CAP, trimmed
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.cues import Cue

ENDED = re.compile(r"[\s.,?!)]*$")
AT_ONCE = re.compile(rf"\s*[:,]?\s*(?={Q})")
THAT = re.compile(r"\s*,?\s*(?=(?:that|how|why|whether|what|if)\b)", re.I)
ADJUNCT = re.compile(
    r"\s*,?\s*(?:of|in|on|at|during|after|about|to|from|for|before|by|as|when|while|through|via|"
    r"over|with|against|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|last|"
    r"this|earlier|later|then|recently|again|here|back|into|out|up|late|early|simply|\w+ly)\b",
    re.I,
)
LATER_THAT = re.compile(rf"\bthat\b|:\s*(?={Q}|\S)|,?\s(?={Q})")
ADDRESSEE = re.compile(
    r"\s+(?:(?:the|a|an|his|her|their|its)\s+)?(?:[\w’'.&-]+\s+){0,5}?"
    r"(?=(?:that|how|why|whether|what|if|to)\b)",
    re.I,
)
LISTENER = re.compile(
    rf"\s+(?:reporters|him|her|them|us|me|{CAP}(?:\s+{CAP})*)\s+"
    r"(?:(?:(?:on|this|last)\s+)?\w+\s+(?=(?:he|she|they|it|there|the|his|her)\b))?"
)
NEXT_SPEAKER = re.compile(
    rf"(?:[,;—–-]+\s*(?:and|but|while|though|although|yet|so|as|before|then)?|"
    rf"\s(?:and|but|while|though|although))\s+"
    rf"(?:(?:also|then|later)\s+)?(?:(?:he|she|they|it|we|I|who|{CAP}(?:\s+{CAP}){{0,3}}|"
    rf"the\s+\w+)\s+)?$"
)
CLAUSE = re.compile(r"\s+(?:he|she|they|it|there|we|I|his|her|their)\b")
ASKING = re.compile(r"\s+(?:for|on)\s+(?=\S)")
OBJECT = re.compile(r"\s+(?!by\b|as\b|in\b|at\b|on\b|of\b|and\b|or\b|from\b)[^\s,.;:)]")
OBJECT_END = re.compile(
    r"[;:]|,\s(?:and|but|while|who|which|after|as|saying|though|although)\b|\s(?:and|but)\s+"
    r"(?:he|she|they|said|called|urged|asked)\b|\s(?:after|while|when|because)\s"
)
POINTED = re.compile(
    r"\W*(?:(?:it|him|her|them|this|that|as|a|an|the|to|be|being|me|us)\W+)*$", re.I
)
BETWEEN_QUOTES = re.compile(rf"[^.;:{Q}]{{0,3}}(?:[\w’'-]+\s*){{0,5}}(?={Q})")


def content_start(text: str, cue: Cue, after: str, *, follows_quote: bool) -> int | None:
    """Return where what was said begins to the right of the cue, if it does.

    Args:
        text: The masked text.
        cue: The cue.
        after: What stands behind it in its sentence.
        follows_quote: Whether a quotation stands right before the cue's subject.
    """
    match = AT_ONCE.match(after) or THAT.match(after)
    if text.startswith("to ", cue.start) and not match:
        return None
    if not cue.is_strong:
        return None if follows_quote else _weak_start(cue, after)
    if match and not (follows_quote and after.lstrip().startswith(",")):
        return cue.end + match.end()
    return None if follows_quote else _start_further_on(text, cue, after)


def _start_further_on(text: str, cue: Cue, after: str) -> int | None:  # noqa: ARG001
    """Return where content begins behind an addressee or an adverbial."""
    if cue.lemma in word_set("cues", "frames", "addressing"):
        return _after_addressee(cue, after)
    if ENDED.match(after) or after.startswith((",", " -", " —", ";", ")")):
        later = re.search(rf",\s*(?={Q})", after)
        return cue.end + later.end() if later and "," not in after[1 : later.start()] else None
    if ADJUNCT.match(after) or after.startswith(":"):
        later = LATER_THAT.search(after)
        if later is None:
            return None
        return cue.end + (later.start() if later.group() == "that" else later.end())
    if cue.lemma in word_set("cues", "frames", "needs_clause") and not CLAUSE.match(after):
        return None
    return cue.end + len(after) - len(after.lstrip())


def _weak_start(cue: Cue, after: str) -> int | None:
    at = after.find(Q)
    if at < 0:
        return _object_start(cue, after)
    limit = 90 if cue.lemma in word_set("cues", "frames", "calling") else 45
    if at > limit or re.search(r"[;]|,\s(?:and|but|which|who)\b", after[:at]):
        return _object_start(cue, after)
    is_calling = cue.lemma in word_set("cues", "frames", "calling")
    if is_calling and not POINTED.match(after[:at]):
        return cue.end + len(after) - len(after.lstrip())
    return cue.end + at


def _object_start(cue: Cue, after: str) -> int | None:
    """Return where the object of "criticised", "called for", "plans" begins."""
    asked = ASKING.match(after) if cue.lemma == "call" else None
    if asked:
        return cue.end + asked.end()
    if cue.lemma not in word_set("cues", "frames", "with_object") or not OBJECT.match(after):
        return None
    return cue.end + len(after) - len(after.lstrip())


def _after_addressee(cue: Cue, after: str) -> int | None:
    later = ADDRESSEE.match(after)
    quote = re.search(rf"[:,]?\s*(?={Q})", after)
    starts = [m.end() for m in (later, quote) if m and m.end() > 0]
    if starts:
        return cue.end + min(starts)
    words = LISTENER.match(after)
    if (
        words is None
        or ENDED.match(after[words.end() :])
        or ADJUNCT.match(after[words.end() - 1 :])
    ):
        return None
    return cue.end + words.end()


def content_end(text: str, span: Span, cue: Cue, start: int, following: Sequence[Cue]) -> int:
    """Return where the content ends: with the sentence or before the next attribution."""
    if not cue.is_strong:
        quote = text.find(Q, start, span.end)
        if 0 <= quote - start <= 90:
            return _quotes_end(text, span.end, quote)
        stop = OBJECT_END.search(text, start, span.end)
        return stop.start() if stop else span.end
    end = span.end
    for other in following:
        if other.verb <= start or not other.is_strong:
            continue
        joint = NEXT_SPEAKER.search(text, max(start, other.start - 60), other.start)
        if joint and not _goes_on(other, joint.group()):
            end = max(start, joint.start())
            break
    according = text.find(", according to", start, end)
    return according if according >= 0 else end


def _goes_on(following: Cue, joint: str) -> bool:
    """Say whether "and thought" continues the content rather than saying something new."""
    is_bare = joint.strip(" ,").lower() in {"and", "but", "while", ""}
    return is_bare and following.lemma in word_set("cues", "frames", "mental")


def _quotes_end(text: str, limit: int, start: int) -> int:
    """Return the end of a quotation and of those listed after it: “a,” “b” and “c”."""
    end = start
    while end < limit:
        while end < limit and (text[end] == Q or text[end - 1] == Q):
            end += 1
        between = BETWEEN_QUOTES.match(text, end, limit)
        if between is None or between.end() - end > 30:
            return end
        end = between.end()
    return end


def cleaned(text: str, start: int, end: int) -> Span | None:
    """Trim blanks, commas and the final full stop, but keep a quotation whole."""
    span = trimmed(text, start, end)
    if span is None:
        return None
    first, last = span.start, span.end
    while last > first and text[last - 1] in " ,.;:?!—–-\n":
        if text[last - 2] == Q:
            break
        last -= 1
    while first < last and text[first] in " ,;:—–-\n":
        first += 1
    return Span(first, last) if last > first else None
