"""How articles come in and codings go out: one file a format family, known by two registries."""
