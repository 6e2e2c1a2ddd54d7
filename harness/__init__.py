"""End-to-end tests of the Ottu Checkout web SDK."""

import sys

# httpx brings a command line, and loads what it is made of wherever rich is installed: longer than
# httpx itself takes, in every process of a run. An import of it ends here; httpx does without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
