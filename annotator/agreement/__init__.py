"""How far coders agree: pure functions from codings to coefficients and sentences."""
