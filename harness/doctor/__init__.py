"""Is everything there that a run needs? One thing a line, each trouble with its remedy."""
