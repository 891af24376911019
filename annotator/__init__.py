"""Parallax: code news articles side by side, on one lossless file.

The map. Imports go downwards only; rooms on one line never meet (import-linter holds it)::

    cli         the commands: parse, call, print
    desktop     what one sees: the only Qt
    tasks       the use cases as generators of Step; introduces the rooms below to each other
    formats     how articles come and codings go: importers and exporters
    highlight   machine coders: entities, quotes, boilerplate (spaCy)
    compare     what outlets share, change and leave out: pure functions (numpy)
    agreement   how far coders agree: pure functions (numpy)
    store       where it is kept: the only SQL
    registry    built-ins and plug-ins by name;  settings  the person's choices and our resources
    model       what the words mean: frozen dataclasses, no input or output
    errors      what a person can understand and mend

Three borders, each one file thick: Qt only in `desktop`, SQL only in `store`, UTF-16 only through
`model.span.Utf16Map`. All writing is `Project.apply(Edit)`. All long work is a generator of `Step`.
"""

__version__ = "0.1.0"
