"""Machine coders: spaCy components that suggest entities, quotes with speakers, boilerplate."""
