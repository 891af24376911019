"""A comparison as one page to read or print: texts side by side, quotes, names, gaps.

The page stands alone: no script, no picture, nothing loaded from elsewhere. All text is escaped. A
passage has the same colour and number in every column; the number leads from one text to the next.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.compare.shape import missing_here
from annotator.compare.wording import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.compare.material import (
        Comparison,
        Material,
        Passage,
        QuoteCluster,
        Stretch,
        Utterance,
    )

HUES = 12  # turned by the golden angle, so that neighbours differ
STYLE = """
:root{color-scheme:light}
body{font:15px/1.5 Georgia,'Times New Roman',serif;margin:2rem;color:#1b1b1b;background:#fff}
h1,h2,h3,table,.facts,nav{font-family:system-ui,-apple-system,'Segoe UI',sans-serif}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem;border-bottom:1px solid #ccc}
h3{font-size:1rem;margin:0 0 .2rem}
table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{border:1px solid #d5d5d5;padding:.3rem .5rem;vertical-align:top;text-align:left}
thead th{background:#f2f2f2}td.n{text-align:right;font-variant-numeric:tabular-nums}
.texts{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(19rem,1fr);gap:1.2rem;overflow-x:auto}
.text{border:1px solid #ddd;padding:.8rem}.body{white-space:pre-wrap;overflow-wrap:anywhere}
.facts{color:#555;font-size:.8rem;margin-bottom:.6rem}
mark{color:inherit;border-radius:2px;padding:0 .1em}
.reworded{border-bottom:1px dotted #555}.verbatim{border-bottom:2px solid #555}
.edited{border-bottom:1px solid #555}.only{outline:1px dashed #999}.side{color:#8a8a8a}
sup a{font:600 .62rem system-ui,sans-serif;color:#333;text-decoration:none}
ins{text-decoration:none;font-weight:700}del{color:#777}.none{color:#999}
@media print{body{margin:0;font-size:10pt}.texts{overflow:visible;gap:.4rem}
.text{break-inside:auto}mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}
tr{break-inside:avoid}}
"""


def page(comparison: Comparison, title: str) -> str:
    """Return a complete HTML page.

    Args:
        comparison: The story compared.
        title: What the page is called: the story's title.
    """
    names = {article.id: article.outlet or article.id for article in comparison.articles}
    parts = [
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>",
        f"<title>{escape(title)}</title><style>{STYLE}{_colours()}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        "<nav><a href='#texts'>Texts</a> · <a href='#quotes'>Quotes</a> · "
        "<a href='#names'>Names</a> · <a href='#gaps'>Only here, missing here</a></nav>",
        _overview(comparison, names),
        _texts(comparison),
        _quotes(comparison, names),
        _naming(comparison, names),
        _gaps(comparison, names),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _colours() -> str:
    return "".join(f".c{n}{{background:hsl({n * 137.5 % 360:.0f} 70% 88%)}}" for n in range(HUES))


def _row(cells: Iterable[str], tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _overview(comparison: Comparison, names: Mapping[str, str]) -> str:
    """Return the table of shares, an article a row."""
    head = ("Outlet", "Published", "Headline", "Words", "Shared", "Copied", "Quoted", "Only here")
    articles = {article.id: article for article in comparison.articles}
    rows = []
    for share in comparison.shares:
        article = articles[share.article]
        alone = sum(stretch.article == article.id for stretch in comparison.only_here)
        rows.append(_row((
            escape(names[article.id]), escape(article.published[:10]), escape(article.headline),
            str(share.words), f"{share.shared:.0%}", f"{share.copied:.0%}", f"{share.quoted:.0%}",
            str(alone),
        )))  # fmt: skip
    note = (
        "<p class='facts'>Shares of an article's own words, page furniture left out. Shared: "
        "another article conveys it too. Copied: word for word or lightly edited, outside quotes. "
        "Alignment is by rule and can err; “suspected wire” is a suspicion.</p>"
    )
    return f"<table><thead>{_row(head, 'th')}</thead><tbody>{''.join(rows)}</tbody></table>{note}"


def _texts(comparison: Comparison) -> str:
    columns = [_column(article, comparison) for article in comparison.articles]
    return f"<h2 id='texts'>Texts side by side</h2><div class='texts'>{''.join(columns)}</div>"


def _column(article: Material, comparison: Comparison) -> str:
    """Return one article with its passages coloured, its own sentences outlined."""
    facts = " · ".join(
        escape(fact)
        for fact in (article.outlet, article.published[:10], article.byline, article.wire_credit)
        if fact
    )
    return (
        f"<section class='text'><h3>{escape(article.headline or article.id)}</h3>"
        f"<div class='facts'>{facts}</div><div class='body'>{_marked(article, comparison)}</div>"
        "</section>"
    )


def _marked(article: Material, comparison: Comparison) -> str:
    """Return the text in pieces, cut wherever a passage, a gap or furniture begins or ends."""
    text = article.text
    passages = [
        (stretch, number, passage)
        for number, passage in enumerate(comparison.passages)
        for stretch in passage.members
        if stretch.article == article.id
    ]
    passages.sort(key=lambda item: (item[0].start, -item[0].end))
    alone = [s for s in comparison.only_here if s.article == article.id]
    cuts = {0, len(text)}
    for start, end in (
        *((s.start, s.end) for s, _, _ in passages), *((s.start, s.end) for s in alone),
        *((b.start, b.end) for b in article.furniture),
    ):  # fmt: skip
        cuts |= {start, end}
    places = sorted(cuts)
    pieces = []
    for start, end in pairwise(places):
        body = escape(text[start:end])
        here = [item for item in passages if item[0].start <= start and end <= item[0].end]
        if here:
            pieces.append(_piece(body, start, here, article.id))
        elif any(b.start <= start and end <= b.end for b in article.furniture):
            pieces.append(f"<span class='side'>{body}</span>")
        elif any(s.start <= start and end <= s.end for s in alone):
            pieces.append(f"<span class='only'>{body}</span>")
        else:
            pieces.append(body)
    return "".join(pieces)


def _piece(
    body: str, start: int, here: Sequence[tuple[Stretch, int, Passage]], article: str
) -> str:
    """Return a piece of text in its passage's colour; a number stands where a passage begins."""
    signs = "".join(_sign(passage, article) for s, _, passage in here if s.start == start)
    _, number, passage = min(here, key=lambda item: item[0].length)
    titles = "; ".join(f"{p.id} {p.kind}{', suspected wire' * p.is_wire}" for _, _, p in here)
    return (
        f"{signs}<mark class='c{number % HUES} {passage.kind}' title='{escape(titles)}'>"
        f"{body}</mark>"
    )


def _sign(passage: Passage, article: str) -> str:
    """Return a passage's number, leading to the next article that has it."""
    there = list(dict.fromkeys(stretch.article for stretch in passage.members))
    following = there[(there.index(article) + 1) % len(there)]
    wire = "ʷ" if passage.is_wire else ""
    return (
        f"<sup id='{escape(f'{passage.id}-{article}')}'>"
        f"<a href='#{escape(f'{passage.id}-{following}')}'>{passage.id}{wire}</a></sup>"
    )


def _quotes(comparison: Comparison, names: Mapping[str, str]) -> str:
    """Return the table of utterances by articles; what differs from the reference stands out."""
    head = ("Quote", "Speaker", *(escape(name) for name in names.values()))
    rows = [
        _row((
            cluster.id, escape(cluster.speaker) or "<span class='none'>unknown</span>",
            *(_versions(cluster, article) for article in names),
        ))
        for cluster in comparison.quotes
    ]  # fmt: skip
    note = (
        "<p class='facts'>The reference is the fullest version. <ins>Bold</ins>: worded otherwise "
        "than the reference. […]: left out.</p>"
    )
    return (
        f"<h2 id='quotes'>Quotes</h2>{note}<table><thead>{_row(head, 'th')}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _versions(cluster: QuoteCluster, article: str) -> str:
    found = [
        (place == 0, member)
        for place, member in enumerate(cluster.members)
        if member.place.article == article
    ]
    if not found:
        return "<span class='none'>–</span>"
    return "<br>".join(
        f"{escape(m.exact) if is_first else _changed(cluster.members[0], m)} "
        f"<small>({'reference' if is_first else m.relation})</small>"
        for is_first, m in found
    )


def _changed(reference: Utterance, other: Utterance) -> str:
    """Return a version's words, with what was changed against the reference."""
    if other.relation == "reworded":
        return escape(other.exact)
    pieces, last = [], 0
    for difference in differences(reference.exact, other.exact):
        if difference.right is None:
            pieces.append(" […] ")
            continue
        body = escape(difference.right.of(other.exact))
        pieces.append(escape(other.exact[last : difference.right.start]))
        pieces.append(body if difference.change == "same" else f"<ins>{body}</ins>")
        last = difference.right.end
    return "".join([*pieces, escape(other.exact[last:])])


def _naming(comparison: Comparison, names: Mapping[str, str]) -> str:
    """Return who is named how, by article, with counts."""
    head = ("Actor", "Kind", *(escape(name) for name in names.values()))
    rows = []
    for actor in comparison.names:
        cells = []
        for article in names:
            counts: dict[str, int] = {}
            for stretch, exact in actor.mentions:
                if stretch.article == article:
                    counts[exact] = counts.get(exact, 0) + 1
            listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            cells.append(", ".join(f"{escape(word)} {number}" for word, number in listed))
        rows.append(_row((escape(actor.name), escape(actor.kind), *cells)))
    return (
        f"<h2 id='names'>Names</h2><table><thead>{_row(head, 'th')}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _gaps(comparison: Comparison, names: Mapping[str, str]) -> str:
    """Return for every article what it has alone and what others have and it has not."""
    texts = {article.id: article.text for article in comparison.articles}
    parts = ["<h2 id='gaps'>Only here, missing here</h2>"]
    for article, name in names.items():
        alone = [
            f"<li>{escape(texts[article][s.start : s.end])}</li>"
            for s in comparison.only_here
            if s.article == article
        ]
        missing = [
            f"<li>{passage.id}: {_first(passage, texts)} "
            f"<small>({escape(', '.join(_who(passage, names)))})</small></li>"
            for passage in missing_here(comparison, article)
        ]
        parts.append(
            f"<h3>{escape(name)}</h3><p class='facts'>Only here</p><ul>{''.join(alone)}</ul>"
            f"<p class='facts'>Missing here, told by two others or more</p>"
            f"<ul>{''.join(missing)}</ul>"
        )
    return "".join(parts)


def _first(passage: Passage, texts: Mapping[str, str]) -> str:
    stretch = passage.members[0]
    return escape(texts[stretch.article][stretch.start : stretch.end])


def _who(passage: Passage, names: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(names[stretch.article] for stretch in passage.members))
