"""`python -m annotator.cli`."""

from annotator.cli import run

if __name__ == "__main__":
    run()
