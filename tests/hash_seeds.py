"""What a piece of code prints in new processes of Python that order their sets differently."""

from __future__ import annotations

import os
import subprocess
import sys


def printed_under_hash_seeds(code: str, stdin: str = "") -> set[str]:
    """Texts that code prints under hash seeds 0 and 1: one text where nothing depends on the seed."""
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            input=stdin,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
