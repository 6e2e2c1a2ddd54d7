"""Run a module that ends when whoever started it ends, however that comes about.

`python -m harness.leash MODULE [ARGS]` runs the module as `python -m MODULE [ARGS]` would, and
sends itself SIGTERM when its standard input closes. The starter holds the other end and need do
nothing: a process that is killed closes its files too. The module hears SIGINT, by which it is
asked to stop, though a shell may have started all of this in the background, deaf to it.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def _wait_for_the_end(leash: int) -> None:
    while os.read(leash, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    del sys.argv[0]
    # The module gets an empty standard input of its own; the leash is nobody else's to read.
    held = os.dup(sys.stdin.fileno())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_wait_for_the_end, args=(held,), name="leash", daemon=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
