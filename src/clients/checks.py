"""A few assertions that count, so that one run shows everything that is wrong."""

import contextlib
import os
import sys
import time


class Stop(Exception):
    """Raised by a check without which the rest of a block makes no sense."""


class Checks:
    def __init__(self, client):
        self.client = client
        self.passed = 0
        self.failed = 0

    def that(self, what, holds, detail=""):
        """One check; returns whether it holds."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED  {self.client}: {what}" + (f": {detail}" if detail != "" else ""))
        return bool(holds)

    def equal(self, what, actual, expected):
        return self.that(what, actual == expected, f"expected {expected!r}, got {actual!r}")

    def contains(self, what, text, part):
        return self.that(what, part in str(text), f"{part!r} is not in {text!r}")

    def need(self, what, holds, detail=""):
        """A check whose failure ends the block."""
        if not self.that(what, holds, detail):
            raise Stop(what)

    @contextlib.contextmanager
    def block(self, title):
        """Runs a part of the story; an unexpected error fails it and the next part still runs."""
        started = time.monotonic()
        try:
            yield
        except Stop:
            pass
        except Exception as error:  # whatever a client throws is a finding, not a crash
            self.that(f"{title} runs to its end", False, f"{type(error).__name__}: {error}")
        print(f"        {self.client}: {title} ({time.monotonic() - started:.1f} s)")

    def end(self):
        print(f"{self.client}: {self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def endpoint_url():
    url = os.environ.get("AWS_ENDPOINT_URL")
    if not url:
        sys.exit("AWS_ENDPOINT_URL must name the simulator, for example http://127.0.0.1:4566")
    return url


def watch(status, wanted, passing, patience=60.0):
    """Polls until a status is reached; returns every status seen on the way, without repeats.

    status   -- called for the current status
    wanted   -- the status to wait for
    passing  -- the statuses that may be seen before
    patience -- seconds of wall time
    """
    seen = []
    deadline = time.monotonic() + patience
    while True:
        now = status()
        if not seen or seen[-1] != now:
            seen.append(now)
        if now == wanted or now not in passing or time.monotonic() > deadline:
            return seen
        time.sleep(0.1)
