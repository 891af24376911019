"""What one sees: the only room that knows Qt.

The reading pane is five files with one subject each: `span_layer` keeps the marks of a text by
paragraph, `span_geometry` says where they lie, `span_paint` draws them, `reading_pane` is the
widget, `overview_ruler` its scroll bar and `pane_head` the head above it. `theme` and `fonts` hold
what they all wear. Nothing is imported here: a command that needs no window must not load Qt.
"""
