"""`python -m annotator`: the same as the command `annotator`."""

from annotator.cli import run

if __name__ == "__main__":
    run()
