"""The use cases, each a generator of `Step`: they introduce the rooms below to each other.

A task reads through a project and never writes: whoever iterates applies the edits. Cancelling is
to stop iterating.
"""
