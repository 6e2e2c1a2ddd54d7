from __future__ import annotations

import sys
from pathlib import Path

# The programs there are started by their path, and find one another beside themselves.
sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
