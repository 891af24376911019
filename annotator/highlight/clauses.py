"""What a parser corrects in attributions found by rules, and what it adds.

Rules know where what was said begins; trees know where the clause ends, that "state" in "state
loan" is no verb, and that "As experts pointed out" frames and is not said. Quotations in marks are
left as the rules have them. Works sentence by sentence; without trees nothing is changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from annotator.highlight.attribution import Attribution
from annotator.highlight.content import cleaned
from annotator.highlight.cues import Cue
from annotator.highlight.lexicon import CueWord, cue_words, word_set
from annotator.highlight.masking import Q
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.highlight.masking import Masked
    from annotator.highlight.trees import Tree

CLAUSES = ("ccomp", "xcomp")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
MODIFIERS = frozenset({"compound", "amod", "nmod", "nmod:poss", "nummod"})
BELOW = frozenset({"advcl", "acl", "acl:relcl", "csubj", "advcl:relcl"})
BORDERS = frozenset(",;:—–-)")
JOINT = re.compile(
    r"\s*(?:and|but|or|yet|although|though|while|in|on|at|during|after|before|since)\b"
)
CONCEDING = frozenset({"although", "though", "while", "whereas"})
WHEN_WHERE = frozenset({"in", "on", "at", "during", "after", "before", "since"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ"})
NOUN_LABELS = frozenset({"nsubj", "obj", "obl", "conj", "nsubj:pass"})
SUBJECTLESS = frozenset({"advcl", "acl", "xcomp", "conj"})
CLIMB = 3  # verbs between a subject and the verb that borrows it
ASIDE = frozenset({"acl:relcl", "advcl"})
SUPPOSING = frozenset({"would", "could", "might", "may"})
NAMING = frozenset({"call", "name", "label", "term", "dub", "brand", "deem", "declare", "consider"})
SHOWING = frozenset({"show", "find", "indicate", "reveal", "suggest", "put"})
FRAMES = ("advcl", "obl", "obl:unmarked", "advmod")
THAT = re.compile(r"that\b")
WORD = re.compile(r"[^\W\d_]+")
POSSESSIVE = re.compile(r"\s?[’']s?$")


@cache
def _telling() -> frozenset[str]:
    """Return the words that may have content a parser finds."""
    listed = frozenset().union(*(_listed(key) for key in ("adjectives", "that", "to")))
    return frozenset(cue_words()) | listed


def is_worth_parsing(sentence: str) -> bool:
    """Say whether a sentence has a word that may attribute something."""
    return not _telling().isdisjoint(WORD.findall(sentence.lower()))


def mended(
    masked: Masked, found: Sequence[Attribution], trees: Mapping[int, Tree]
) -> list[Attribution]:
    """Return the attributions with contents cut by clause, look-alikes dropped, others added."""
    result: list[Attribution] = []
    for attribution in found:
        tree = trees.get(attribution.sentence)
        if tree is None or not _is_plain(masked, attribution):
            result.append(attribution)
            continue
        better = _Clause(masked.text, tree, attribution).mended()
        if better is not None:
            result.append(better)
    for number, tree in trees.items():
        result += _Adder(masked, tree, number, result).added()
    return sorted(result, key=lambda a: (a.sentence, a.cue.start))


def _is_plain(masked: Masked, one: Attribution) -> bool:
    """Say whether an attribution has one stretch of content without quotation marks."""
    if len(one.content) != 1 or one.pattern not in {"left", "weak", "tail"}:
        return False
    return one.pattern != "tail" or Q not in one.content[0].of(masked.text)


class _Clause:
    """One attribution beside the tree of its sentence."""

    def __init__(self, text: str, tree: Tree, one: Attribution) -> None:
        self.text = text
        self.tree = tree
        self.one = one
        self.content = one.content[0]
        self.has_quote = Q in self.content.of(text)
        self.verb = tree.at(one.cue.verb)
        self.node = tree.nodes[self.verb]

    def mended(self) -> Attribution | None:
        """Return the attribution with better borders; None if there is none."""
        if not self.has_quote and (self._is_no_verb() or self._is_idle()):
            return None
        if self.one.pattern == "tail":
            return None if self._is_frame() else self.one
        if self._is_relative() and not self.has_quote:
            return self._instead()
        end = min([self.content.end, *(e for e in self._ends() if self._is_border(e))])
        if end <= self.content.start + 2:
            return self.one
        span = cleaned(self.text, self.content.start, end)
        return replace(self.one, content=(span,)) if span else self.one

    def _is_no_verb(self) -> bool:
        if THAT.match(self.text, self.content.start) or self.tree.children(
            self.verb, *CLAUSES, *SUBJECTS
        ):
            return False
        if self.node.label in MODIFIERS:
            return self.node.start == self.one.cue.verb
        is_noun = self.node.tag in NOUN_TAGS and self.node.label in NOUN_LABELS
        return is_noun and self.one.cue.end == self.node.end

    def _is_idle(self) -> bool:
        """Say whether a verb is aside or supposes: "the land they plan to buy", "would say"."""
        if self.one.pattern == "weak" and self.node.label in ASIDE:
            return True
        if self.one.pattern == "tail":
            return False
        auxiliaries = self.tree.children(self.verb, "aux")
        return any(self._word(n) in SUPPOSING for n in auxiliaries)

    def _is_frame(self) -> bool:
        """Say whether what stands before ", X said" only says when or how."""
        if self.tree.children(self.verb, "ccomp", "parataxis"):
            return False
        children = self.tree.children(self.verb, *FRAMES)
        covering = [c for c in children if self.tree.span(c).overlaps(self.content)]
        return bool(covering) and self.node.label in {"ROOT", "conj"}

    def _is_relative(self) -> bool:
        """Say whether "that" begins a relative clause of some noun before it."""
        if not THAT.match(self.text, self.content.start):
            return False
        word = self.tree.nodes[self.tree.at(self.content.start)]
        clause = self.tree.nodes[word.head]
        return clause.label == "acl:relcl" and clause.head != self.verb

    def _instead(self) -> Attribution | None:
        """Return the attribution with the verb's own complement as content."""
        for child in self.tree.children(self.verb, *CLAUSES, "obj"):
            span = self.tree.span(child)
            found = cleaned(self.text, span.start, span.end)
            if found and found.start >= self.one.cue.end and span.overlaps(self.content):
                return replace(self.one, content=(found,))
        return None

    def _ends(self) -> list[int]:
        """Return where other clauses than the one said begin."""
        start = self.content.start
        ends = []
        if self.node.label in BELOW:
            ends.append(self.tree.span(self.verb).end)
        for child in self.tree.children(self.verb, "conj", "parataxis", "advcl"):
            span = self.tree.span(child)
            if span.start > start + 2 and self._is_apart(child):
                ends.append(span.start)
        if not self.has_quote and not self.tree.children(self.verb, *CLAUSES):
            ends += self._adjuncts()
        return [end for end in ends if end > start + 2]

    def _is_border(self, end: int) -> bool:
        """Say whether a clause may end here: at a comma, before "and", a preposition of time."""
        if end >= self.content.end:
            return True
        if Q in self.text[end : self.content.end]:
            return False
        before = self.text[self.content.start : end].rstrip()
        at_mark = before[-1:] in BORDERS or self.text[end] in BORDERS
        return at_mark or JOINT.match(self.text, end) is not None

    def _is_apart(self, child: int) -> bool:
        node = self.tree.nodes[child]
        if node.label == "advcl":
            return any(self._word(m) in CONCEDING for m in self.tree.children(child, "mark"))
        return True

    def _adjuncts(self) -> list[int]:
        """Return where time and place of a plain object begin: "opposed the plan | in July"."""
        objects = self.tree.children(self.verb, "obj")
        ends = []
        for child in self.tree.children(self.verb, "obl", "obl:unmarked"):
            begins = self.tree.span(child).start
            cases = [self._word(c) for c in self.tree.children(child, "case")]
            if objects and begins > self.tree.nodes[objects[0]].end and set(cases) & WHEN_WHERE:
                ends.append(begins)
        return ends

    def _word(self, number: int) -> str:
        node = self.tree.nodes[number]
        return self.text[node.start : node.end].lower()


class _Adder:
    """Attributions that rules passed over, in one sentence."""

    def __init__(
        self, masked: Masked, tree: Tree, number: int, known: Sequence[Attribution]
    ) -> None:
        self.text = masked.text
        self.tree = tree
        self.number = number
        here = [a for a in known if a.sentence == number]
        self.busy = [s for a in here for s in a.content]
        self.cues = [Span(a.cue.start, a.cue.end) for a in here]

    def added(self) -> list[Attribution]:
        """Return them from left to right."""
        result = []
        for verb in range(len(self.tree.nodes)):
            one = self._at(verb)
            if one is not None:
                result.append(one)
                self.busy += one.content
        return result

    def _at(self, number: int) -> Attribution | None:
        node = self.tree.nodes[number]
        if any(s.start < node.end and node.start < s.end for s in (*self.busy, *self.cues)):
            return None
        source = self._source(number)
        content = self._content(number) if source is not None else None
        if content is None or any(content.overlaps(s) for s in self.busy):
            return None
        word = self._word(number)
        entry = cue_words().get(word, CueWord(word, "neutral", is_strong=True))
        cue = Cue(node.start, node.end, node.start, entry.lemma, entry.valence, True, word)
        return Attribution(cue, source, (content,), "parsed", self.number)

    def _source(self, number: int) -> Span | None:
        """Return the subject of a verb or adjective, or whose a noun is."""
        is_noun = self.tree.nodes[number].tag.startswith("NN")
        labels = ("nmod:poss", "compound") if is_noun else SUBJECTS
        children = self.tree.children(number, *labels)
        if not children:
            return None if is_noun else self._borrowed(number)
        span = self.tree.span(children[0])
        possessive = POSSESSIVE.search(span.of(self.text))
        return Span(span.start, span.start + possessive.start()) if possessive else span

    def _borrowed(self, number: int) -> Span | None:
        """Return the subject of what a subjectless verb hangs on: "X spoke, backing the plan"."""
        node = self.tree.nodes[number]
        for _ in range(CLIMB):
            if node.label not in SUBJECTLESS:
                return None
            head = self.tree.nodes[node.head]
            subjects = self.tree.children(node.head, "nsubj")
            if subjects:
                return self.tree.span(subjects[0])
            if node.label == "acl":
                return Span(self.tree.nodes[head.left].start, head.end)
            node = head
        return None

    def _content(self, number: int) -> Span | None:
        """Return what hangs on a word as its content: a clause, an infinitive, an object."""
        if self._is_negated(number):
            return None
        end = self.tree.nodes[number].end
        found = [self._called(number), self._shown(number)]
        found += [self.tree.span(child) for child in self._complements(number)]
        for span in found:
            if span is not None and span.start >= end and Q not in span.of(self.text):
                return cleaned(self.text, span.start, span.end)
        return None

    def _called(self, number: int) -> Span | None:
        """Return what is called and what it is called: "called | the plan a bad joke"."""
        entry = cue_words().get(self._word(number))
        objects = self.tree.children(number, "obj", "iobj")
        names = self.tree.children(number, "xcomp", "obj")
        if entry is None or entry.lemma not in NAMING or not objects or not names:
            return None
        first, last = self.tree.span(objects[0]), self.tree.span(names[-1])
        return Span(first.start, last.end) if first.end < last.start else None

    def _shown(self, number: int) -> Span | None:
        """Return what a poll shows or a study found, clause or not."""
        entry = cue_words().get(self._word(number))
        subjects = self.tree.children(number, "nsubj")
        if entry is None or entry.lemma not in SHOWING or not subjects:
            return None
        if self._word(subjects[0]) not in word_set("cues", "nouns", "documents"):
            return None
        parts = self.tree.children(number, "obj", "xcomp", "ccomp")
        if not parts or self.tree.span(parts[0]).start < self.tree.nodes[number].end:
            return None
        return Span(self.tree.span(parts[0]).start, self.tree.span(number).end)

    def _is_negated(self, number: int) -> bool:
        words = {self._word(n) for n in self.tree.children(number, "advmod", "aux")}
        return bool(words & (SUPPOSING | {"not", "n't", "n’t", "never"}))

    def _complements(self, number: int) -> list[int]:
        node, word = self.tree.nodes[number], self._word(number)
        if node.tag.startswith("VB"):
            return self._of_verb(number, word)
        clauses = self.tree.children(number, "ccomp", "acl", "acl:relcl")
        if node.tag.startswith("JJ"):
            return clauses[:1] if word in _listed("adjectives") else []
        marks = {word: c for c in clauses for word in self._marks(c)}
        if word in _listed("that") and "that" in marks:
            return [marks["that"]]
        return [marks["to"]] if word in _listed("to") and "to" in marks else []

    def _of_verb(self, number: int, word: str) -> list[int]:
        entry = cue_words().get(word)
        if entry is None:
            return []
        if self.tree.children(number, "nsubj:pass"):
            return self.tree.children(number, "xcomp") if word in _listed("hearsay") else []
        labels = ["ccomp"]
        if entry.lemma in word_set("cues", "frames", "promising"):
            labels.append("xcomp")
        if entry.lemma in word_set("cues", "frames", "with_object") | _listed("objects"):
            labels.append("obj")
        return self.tree.children(number, *labels)

    def _marks(self, number: int) -> list[str]:
        return [self._word(m) for m in self.tree.children(number, "mark")]

    def _word(self, number: int) -> str:
        node = self.tree.nodes[number]
        return self.text[node.start : node.end].lower()


def _listed(key: str) -> frozenset[str]:
    return word_set("cues", "parsed", key)
