"""In what a live Ottu differs from the embedded one, so that the latter can be kept up to date."""
