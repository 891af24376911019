"""The small parts that every region of the window is put together from.

Icons, key caps, buttons, segments, labels, fields, form rows, the sheet that dialogs are, and the
errand that keeps slow work off the window. They know themes and fonts and nothing of articles,
codes or projects. Nothing is imported here.
"""
