"""A codebook as one printable page: for training coders and for a paper's appendix.

Everything a coder is told is on it, in the order of the codebook. It is written only; a codebook
is read from TOML, JSON, CSV or QDC. The page loads nothing from elsewhere and follows the light
or dark setting of the browser; on paper it is light.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypeVar

from annotator.model.annotation import MISSING_CODES
from annotator.model.codebook import Attribute, Code, Layer, Scale, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.codebook import Codebook, ShownIf, Value

Item = TypeVar("Item", Layer, Code, Attribute, Variable, Scale)
STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 Inter, system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
h3 { margin: 0; font-size: 1rem; } h4 { margin: .8rem 0 .1rem; font-size: .8rem; opacity: .75; }
section.code, section.question { border-top: 1px solid; border-color: GrayText; padding: .9rem 0; }
section.child { margin-left: 1.5rem; }
ul { margin: 0; padding-left: 1.2rem; } p { margin: .3rem 0; }
table { border-collapse: collapse; margin: .3rem 0; }
td, th { text-align: left; vertical-align: top; padding: .1rem 1rem .1rem 0; font-weight: 400; }
th { opacity: .75; font-size: .8rem; }
blockquote { margin: .2rem 0; font-family: "Charis SIL", Georgia, serif; }
small, .citation { opacity: .75; } kbd { border: 1px solid; border-radius: 3px; padding: 0 .3em; }
.mark { --ink: var(--light); display: inline-block; width: 1.6rem; margin-right: .5rem;
  vertical-align: .25rem; border: 0 solid var(--ink); border-bottom-width: 4px;
  print-color-adjust: exact; }
.dashed { border-bottom-style: dashed; } .dotted { border-bottom-style: dotted; }
.double { border-bottom-style: double; }
.hatched, .none { border: 0; height: .8rem; vertical-align: -.1rem; background: var(--ink); }
.hatched { background: repeating-linear-gradient(135deg, var(--ink) 0 2px, transparent 2px 5px); }
@media screen and (prefers-color-scheme: dark) { .mark { --ink: var(--dark); } }
@media print { section.code, section.question { break-inside: avoid; } nav { display: none; } }
"""


def write(codebook: Codebook) -> tuple[bytes, list[str]]:
    """Return the page; it leaves nothing out, but cannot be read back."""
    title = escape(codebook.name or "Codebook")
    page = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        _paragraph(codebook.citation, "citation"),
        *_contents(codebook),
    ]
    for layer in _in_order(codebook.layers):
        page += _layer(codebook, layer)
    page += [*_questions(codebook), *_scales(codebook), "</body></html>", ""]
    return "\n".join(line for line in page if line).encode("utf-8", "replace"), []


def _in_order(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.position)


def _paragraph(text: str, css: str = "") -> str:
    """Return a text as a paragraph with its line breaks, or nothing."""
    kind = f' class="{css}"' if css else ""
    return f"<p{kind}>{escape(text).replace(chr(10), '<br>')}</p>" if text else ""


def _titled(title: str, texts: Sequence[str], tag: str = "li") -> str:
    """Return a small heading with a list under it, or nothing."""
    if not texts:
        return ""
    items = "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
    return f"<h4>{title}</h4>" + (f"<ul>{items}</ul>" if tag == "li" else items)


def _contents(codebook: Codebook) -> Iterator[str]:
    links = [
        f'<li><a href="#layer-{escape(layer.slug)}">{escape(layer.name)}</a></li>'
        for layer in _in_order(codebook.layers)
    ]
    if codebook.variables:
        links.append('<li><a href="#questions">Coding sheet</a></li>')
    if len(links) > 1:
        yield f"<nav><ul>{''.join(links)}</ul></nav>"


def _layer(codebook: Codebook, layer: Layer) -> Iterator[str]:
    yield f'<h2 id="layer-{escape(layer.slug)}">{escape(layer.name)}</h2>'
    yield _paragraph(layer.description)
    yield _paragraph(layer.citation, "citation")
    asked = [a for a in codebook.attributes if a.layer == layer.slug and not a.code]
    if asked:
        yield "<h4>Asked of every code of this layer</h4>"
        yield _attributes(asked)
    codes = _in_order(codebook.codes_of(layer.slug))
    for code in [code for code in codes if not code.parent]:
        yield from _code_and_below(codebook, code, codes)


def _code_and_below(codebook: Codebook, code: Code, siblings: Sequence[Code]) -> Iterator[str]:
    yield from _code(codebook, code)
    for below in siblings:
        if below.parent == code.slug:
            yield from _code_and_below(codebook, below, siblings)


def _code(codebook: Codebook, code: Code) -> Iterator[str]:
    child = " child" if code.parent else ""
    yield f'<section class="code{child}" id="code-{escape(code.layer)}-{escape(code.slug)}">'
    yield f"<h3>{_mark(code)}{escape(code.name)}{_facts(code)}</h3>"
    yield _paragraph(code.definition)
    yield _titled("Code when", code.include)
    yield _titled("Not when", code.exclude)
    yield _titled("Examples", code.examples, "blockquote")
    yield _titled("Near misses", code.near_misses, "blockquote")
    yield _titled("Decision rule", [code.decision_rule] if code.decision_rule else [], "p")
    yield _titled("May not overlap", [_name(codebook, code, s) for s in code.exclusive_with])
    own = [a for a in codebook.attributes if (a.layer, a.code) == (code.layer, code.slug)]
    if own:
        yield "<h4>Asked of this code</h4>"
        yield _attributes(own)
    yield _paragraph(code.citation, "citation")
    yield "</section>"


def _name(codebook: Codebook, code: Code, slug: str) -> str:
    other = codebook.code(code.layer, slug)
    return other.name if other else slug


def _mark(code: Code) -> str:
    light = code.colour_light or "currentColor"
    dark = code.colour_dark or light
    style = escape(f"--light:{light};--dark:{dark}")
    return f'<span class="mark {escape(code.pattern)}" style="{style}"></span>'


def _facts(code: Code) -> str:
    """Return id, short name, key, number and unit of a code in small print."""
    facts = [f"<code>{escape(code.slug)}</code>"]
    facts += [escape(code.short)] if code.short else []
    facts += [f"<kbd>{escape(code.key)}</kbd>"] if code.key else []
    facts += [f"number {code.number:g}"] if code.number is not None else []
    facts += [f"widens to the {code.snap}"] if code.snap != "none" else []
    facts += [] if code.may_overlap else ["may not overlap itself"]
    facts += ["counts as content"] if code.counts_as_content else []
    return f" <small>{' · '.join(facts)}</small>"


def _attributes(attributes: Sequence[Attribute]) -> str:
    rows = []
    for a in _in_order(attributes):
        need = "required" if a.required else "optional"
        about = [escape(a.description)] if a.description else []
        about += [_condition(a.shown_if)] if a.shown_if else []
        about += [_values(a.values)] if a.values else []
        kind = f"{escape(a.name)} <small><code>{escape(a.slug)}</code> {escape(a.type)}, {need}"
        rows.append(f"<tr><td>{kind}</small></td><td>{'<br>'.join(about)}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _values(values: Sequence[Value]) -> str:
    rows = []
    for value in values:
        means = f": {value.definition}" if value.definition else ""
        rows.append(f"<b>{value.code}</b> {escape(value.label)}{escape(means)}")
    return "<br>".join(rows)


def _condition(condition: ShownIf) -> str:
    values = ", ".join(str(value) for value in condition.values)
    return f"<small>Asked only if “{escape(condition.item)}” is {escape(values)}.</small>"


def _questions(codebook: Codebook) -> Iterator[str]:
    if codebook.variables:
        yield '<h2 id="questions">Coding sheet</h2>'
    group = ""
    for variable in _in_order(codebook.variables):
        if variable.group != group:
            group = variable.group
            yield f"<h3>{escape(group)}</h3>" if group else ""
        yield from _question(variable)


def _question(variable: Variable) -> Iterator[str]:
    need = "required" if variable.required else "optional"
    choice = ", several answers" if variable.multiple else ""
    facts = f"{variable.type}{choice}, on the {variable.unit}, {need}"
    key = f" · <kbd>{escape(variable.key)}</kbd>" if variable.key else ""
    yield f'<section class="question"><h3>{escape(variable.name)} '
    yield f"<small><code>{escape(variable.slug)}</code> · {escape(facts)}{key}</small></h3>"
    yield _paragraph(variable.question)
    yield f"<p>{_values(variable.values)}</p>" if variable.values else ""
    yield f"<p>{_condition(variable.shown_if)}</p>" if variable.shown_if else ""
    yield _paragraph(variable.guidance)
    yield _paragraph(_missing(variable), "citation")
    yield _paragraph(variable.citation, "citation")
    yield "</section>"


def _missing(variable: Variable) -> str:
    missing = [f"{code} {MISSING_CODES.get(code, '')}".strip() for code in variable.missing]
    preset = "" if variable.preset is None else f" Preset: {variable.preset}."
    return f"Missing: {', '.join(missing)}.{preset}" if missing else preset.strip()


def _scales(codebook: Codebook) -> Iterator[str]:
    if codebook.scales:
        yield "<h2>Scales</h2>"
    for scale in _in_order(codebook.scales):
        yield f'<section class="question"><h3>{escape(scale.name)} '
        yield f"<small><code>{escape(scale.slug)}</code></small></h3>"
        items = ", ".join(scale.items)
        yield _paragraph(f"The {scale.formula} of {items}; needs {scale.min_valid} valid answers.")
        yield _paragraph(scale.citation, "citation")
        yield "</section>"
