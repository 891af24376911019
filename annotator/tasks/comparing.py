"""Comparing the articles of a story: from a project, or from lines of JSON.

Quotes, names and boilerplate are taken from what stands in the project; articles that no machine
coder has read yet are highlighted on the way, without writing anything.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from annotator.compare.material import Material, Mention, Quote
from annotator.compare.story import StoryIndex
from annotator.errors import BadInput
from annotator.model.article import BOILERPLATE_KINDS, Block
from annotator.model.span import subtracted
from annotator.model.step import Step
from annotator.model.suggestions import content_mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.compare.material import Comparison
    from annotator.highlight.finding import Finding
    from annotator.model.annotation import Annotation, Coder
    from annotator.model.article import Story
    from annotator.model.codebook import Codebook
    from annotator.model.corpus import CodedArticle
    from annotator.store.project import Project

MARKS = "\"'“‘«„‚»「『"
CONTENT = frozenset({"background"})  # recurring, but the article's own words
FACTS = ("outlet", "published", "headline", "byline", "wire_credit")


def comparing_lines(
    records: Iterable[Mapping[str, Any]], *, language: str = "en", jobs: int = 1
) -> Comparison:
    """Compare the articles of one story, given as `annotator text` prints them.

    Args:
        records: With id and text; outlet, published, headline, byline, wire_credit and blocks are
            used where they are given.
        language: Language of the texts (BCP 47).
        jobs: Processes that highlight at once.

    Raises:
        BadInput: if two articles have the same id.
    """
    from annotator.highlight.jobs import find  # loads spaCy
    from annotator.highlight.pipeline import Highlighter  # loads spaCy

    lines = list(records)
    texts = [(str(line["text"]), blocks_of(line)) for line in lines]
    found = find(Highlighter(language=language), texts, jobs)
    index = StoryIndex()
    for line, (text, blocks), findings in zip(lines, texts, found, strict=True):
        facts = {key: str(line.get(key) or "") for key in FACTS}
        bare = Material(
            str(line["id"]), text, facts["outlet"], facts["published"], facts["headline"],
            facts["byline"], facts["wire_credit"],
        )  # fmt: skip
        index.add(from_findings(bare, blocks, findings))
    return index.comparison()


def blocks_of(line: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the blocks that a line of JSON names, those that make no sense left out."""
    result = []
    length = len(line["text"])
    given = line.get("blocks")
    for block in given if isinstance(given, list) else ():
        start, end, role = (block.get(key) for key in ("start", "end", "role"))
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            result.append(Block(start, end, str(role)))
    return tuple(result)


def from_findings(bare: Material, blocks: Sequence[Block], findings: Sequence[Finding]) -> Material:
    """Return an article with what the highlighter found in it, and the furniture its page had.

    Args:
        bare: Text and facts.
        blocks: Stretches with roles, as imported.
        findings: Of one text, all layers.
    """
    from dataclasses import replace

    furniture = [
        Block(span.start, span.end, finding.code)
        for finding in findings
        if finding.layer == "boilerplate" and finding.code not in CONTENT
        for span in finding.fragments
    ]
    furniture += [b for b in blocks if b.role in BOILERPLATE_KINDS and b.role not in CONTENT]
    quotes = [
        _quote(f.fragments, f.code, f.attributes, bare.text) for f in findings if f.layer == "quote"
    ]
    mentions = [
        Mention(span, str(f.attributes.get("name") or span.of(bare.text)), f.code)
        for f in findings
        if f.layer == "entity"
        for span in f.fragments
    ]
    return replace(bare, furniture=_sorted(furniture), quotes=_sorted(quotes),
                   mentions=_sorted(mentions))  # fmt: skip


def _sorted(things: Iterable[Any]) -> tuple[Any, ...]:  # quotes, mentions or blocks
    return tuple(sorted(set(things), key=_place))


def _place(thing: Any) -> tuple[int, int, str]:
    match thing:
        case Quote():
            return thing.content[0].start, thing.content[-1].end, thing.code
        case Mention():
            return thing.span.start, thing.span.end, thing.name
        case _:
            return thing.start, thing.end, thing.role


def _quote(fragments: Any, code: str, attributes: Mapping[str, Any], text: str) -> Quote:
    """Return a quote; without the attribute, fragments that begin with a mark are quoted."""
    from annotator.model.span import Span, united

    given = attributes.get("quoted")
    if isinstance(given, (list, tuple)):
        quoted = [Span(int(start), int(end)) for start, end in given]
    else:
        quoted = [s for s in fragments if code != "indirect" and s.of(text)[:1] in MARKS]
    speaker = attributes.get("speaker")
    return Quote(tuple(fragments), united(quoted), str(speaker or ""), code)


def chosen_story(project: Project, name: str) -> Story:
    """Return the story to compare: the one named, or the only one.

    Args:
        project: Read only.
        name: Title or id; "" for the only story.

    Raises:
        BadInput: if there is none of that name, or several and none is named.
    """
    stories = sorted(project.stories.values(), key=lambda s: (s.date, s.title, s.id))
    titles = ", ".join(f"“{story.title}”" for story in stories[:12])
    if not stories:
        raise BadInput(
            "The project has no story.",
            hint="Say which articles belong together: annotator import PROJECT PATH --story NAME.",
        )
    if not name:
        if len(stories) > 1:
            raise BadInput(
                "The project has several stories.", hint=f"Choose one with --story: {titles}."
            )
        return stories[0]
    matching = [s for s in stories if name in {s.id, s.title}]
    matching = matching or [s for s in stories if s.title.casefold() == name.casefold()]
    if not matching:
        raise BadInput(f"There is no story “{name}”.", hint=f"There are: {titles}.")
    return matching[0]


def comparing(project: Project, story: Story, *, jobs: int = 1) -> Iterator[Step | Comparison]:
    """Compare the articles of a story, yielding progress and last the comparison.

    Args:
        project: Read only.
        story: Which.
        jobs: Processes that highlight at once, where articles have not been read yet.

    Raises:
        BadInput: if the story has fewer than two articles.
    """
    from annotator.store.listing import Listing, Wanted

    listing = Listing(project)
    ids = listing.ids(listing.numbers(Wanted(stories=(story.id,), sort="date")))
    if len(ids) < 2:
        raise BadInput(
            f"The story “{story.title}” has {len(ids) or 'no'} article{'s' * (not ids)}.",
            hint="A comparison needs two or more.",
        )
    index = StoryIndex()
    for done, material in enumerate(materials(project, ids, jobs=jobs), 1):
        index.add(material)
        yield Step(done, len(ids), f"{done} of {len(ids)} articles compared")
    yield index.comparison()


def materials(project: Project, ids: Sequence[str], *, jobs: int = 1) -> Iterator[Material]:
    """Yield articles as comparison takes them, in the order of the ids.

    Args:
        project: Read only.
        ids: Which articles.
        jobs: Processes that highlight at once, where articles have not been read yet.
    """
    coders, codebook = project.coders, project.codebook
    machines = {coder.id for coder in coders.values() if coder.kind == "machine"}

    def is_read(article: CodedArticle) -> bool:
        return any(a.coder_id in machines for a in article.annotations)

    for known, articles in groupby(project.articles(ids), is_read):
        if known:
            yield from (from_annotations(a, coders, codebook) for a in articles)
        else:
            yield from _highlighted(project, list(articles), jobs)


def _highlighted(
    project: Project, articles: Sequence[CodedArticle], jobs: int
) -> Iterator[Material]:
    """Yield articles that no machine coder has read, highlighted now."""
    from annotator.highlight.jobs import find  # loads spaCy
    from annotator.highlight.pipeline import Highlighter  # loads spaCy

    language = next(iter(project.setting("languages", ["en"])), "en")
    texts = [(a.version.text, a.version.blocks) for a in articles]
    found = find(Highlighter(language=language), texts, jobs)
    for article, findings in zip(articles, found, strict=True):
        yield from_findings(_bare(article), article.version.blocks, findings)


def _bare(coded: CodedArticle) -> Material:
    article = coded.article
    return Material(
        article.id, coded.version.text, coded.outlet.name if coded.outlet else "",
        article.published, article.headline, article.byline, article.wire_credit,
    )  # fmt: skip


def from_annotations(
    coded: CodedArticle, coders: Mapping[str, Coder], codebook: Codebook
) -> Material:
    """Return an article with what the project says of it: adjudicated, else by the machine.

    Args:
        coded: The article with its annotations.
        coders: Coders by id.
        codebook: Says what the annotations' codes are.
    """
    from dataclasses import replace

    version = coded.version
    mask = content_mask(
        version, coded.annotations, coded.decisions, coders, codebook, coder_id=None
    )
    judged = _judged_layers(coded, coders, codebook)
    quotes: list[Quote] = []
    mentions: list[Mention] = []
    furniture: list[Block] = []
    for annotation in coded.annotations:
        code, spans = codebook.code_by_id(annotation.code_id), annotation.spans(version.id)
        if code is None or not spans:
            continue
        if code.layer == "boilerplate":
            rest = subtracted(spans, mask)
            furniture += [Block(s.start, s.end, code.slug) for s in rest]
        elif _kind(annotation, coders) != ("adjudicator" if code.layer in judged else "machine"):
            continue
        elif code.layer == "quote":
            quotes.append(_quote(spans, code.slug, annotation.attributes, version.text))
        elif code.layer == "entity":
            name = annotation.attributes.get("name")
            mentions += [Mention(s, str(name or s.of(version.text)), code.slug) for s in spans]
    return replace(_bare(coded), furniture=_sorted(furniture), quotes=_sorted(quotes),
                   mentions=_sorted(mentions))  # fmt: skip


def _judged_layers(
    coded: CodedArticle, coders: Mapping[str, Coder], codebook: Codebook
) -> frozenset[str]:
    """Return the layers in which an adjudicator has annotated an article."""
    codes = (
        codebook.code_by_id(annotation.code_id)
        for annotation in coded.annotations
        if _kind(annotation, coders) == "adjudicator"
    )
    return frozenset(code.layer for code in codes if code is not None)


def _kind(annotation: Annotation, coders: Mapping[str, Coder]) -> str:
    coder = coders.get(annotation.coder_id)
    return coder.kind if coder else ""
