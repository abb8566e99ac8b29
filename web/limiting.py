"""So many attempts in so much time, per address and by all together; kept in memory only."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable

from werkzeug.exceptions import TooManyRequests


class Limiter:
    """Counts attempts of the last ``seconds``; older ones, and their addresses, are forgotten."""

    def __init__(
        self,
        each: int,
        overall: int,
        seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each = each
        self._overall = overall
        self._seconds = seconds
        self._clock = clock
        self._guard = threading.Lock()
        self._attempts: deque[tuple[float, str]] = deque()

    def seconds_to_wait(self, address: str) -> float:
        """Count an attempt; zero where it may go on, else the seconds until the next may."""
        now = self._clock()
        with self._guard:
            while self._attempts and self._attempts[0][0] <= now - self._seconds:
                self._attempts.popleft()
            own = [at for at, who in self._attempts if who == address]
            for times, most in (
                (own, self._each),
                ([at for at, _ in self._attempts], self._overall),
            ):
                if len(times) >= most:
                    return times[-most] + self._seconds - now
            self._attempts.append((now, address))
            return 0.0

    def check(self, address: str | None) -> None:
        """Count an attempt; raises :class:`TooManyRequests` (429) with its ``Retry-After``."""
        wait = math.ceil(self.seconds_to_wait(address or ""))
        if wait:
            raise TooManyRequests(f"尝试过于频繁，请 {wait} 秒后再试。", retry_after=wait)
