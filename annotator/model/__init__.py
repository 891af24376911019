"""What the words mean: the field's terms as frozen dataclasses. Standard library only, no I/O.

Glossary (and what not to call it):

- **article**: one published item (avoid: document, which is a spaCy Doc; file).
- **outlet**: who publishes it (avoid: source, which is who is quoted; publisher).
- **story**: one news event, told by several articles (avoid: event, topic, cluster).
- **text version**: one immutable text of an article (avoid: revision, body).
- **block**: a stretch of a page with a role, as the importer found it (avoid: zone).
- **span**: one stretch of text, in code points, half-open (avoid: range, offset pair).
- **fragment**: one of the spans of an annotation (avoid: part, segment).
- **annotation**: a code applied to one or more fragments by a coder (avoid: highlight,
  coding, tag).
- **suggestion**: an annotation by a machine coder (avoid: prediction, pre-annotation).
- **codebook, layer, code**: what may be said (avoid: label, category, tag set).
- **attribute**: a property of a span (avoid: feature, meta field).
- **variable, answer**: a question of the coding sheet and a coder's value for it (avoid: field).
- **scale**: a score computed from variables (avoid: index).
- **coder**: a person, machine or adjudicator who annotates (avoid: user, annotator, rater).
- **round**: a phase of coding (avoid: batch, which is a bulk edit; wave).
- **decision**: a coder's word on a suggestion (avoid: feedback).
- **attribution**: who says a quote: its source and cue (avoid: speaker span).
- **adjudication**: settling disagreements into a separate layer (avoid: merging, curation).
- **edit**: one act of writing, whole or not at all (avoid: transaction, command).
"""
