"""What one sees: the only room that knows Qt.

The reading pane: `mark` is what it shows, `span_layer` keeps the marks of a text by paragraph,
`line_measure` and `span_geometry` say where they lie, `span_paint`, `margin_paint` and
`overlay_paint` draw them with `inks`, `text_view` shows the text and `reading_pane` is the widget
that a window talks to; `pane_pointer`, `overview_ruler` and `pane_head` stand around it.
`theme` and `fonts` hold what they all wear. Nothing is imported here: a command that needs no
window must not load Qt.
"""
