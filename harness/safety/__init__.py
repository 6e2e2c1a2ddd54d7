"""What keeps a run within bounds at a target that is not the harness's own.

Three things are kept on disk, where all processes of a run find them and where they outlive each
of these: a `Turnstile` (how many sessions, how fast), a `Journal` (which sessions there are) and
the `Sweeper`, a process that closes what is left open when everybody else has gone.
"""
