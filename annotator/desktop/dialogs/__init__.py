"""Dialogs: sheets over the window, each for one task.

They are opened by the window and say by signals what came of them. Nothing is imported here.
"""
