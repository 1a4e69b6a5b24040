"""People who type on the page at the same time: the requests that its scripts would send, and how long each waits."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from time import perf_counter

import httpx

# As static/reviewer.js does: a pause as long as the last answer took, within these bounds; AT_LEAST so often.
SHORTEST, LONGEST, AT_LEAST = 0.04, 0.8, 1.5
# An input method hands over a few letters at a time; after some of them people stop and read.
LETTERS, GAP, STOP = (2, 6), (0.25, 1.0), (1.0, 3.0)
STOPS = 0.15


class Typist:
    """One person. ``waits`` are the seconds from the last key before a pause until the answer is there."""

    def __init__(self, client: httpx.AsyncClient, drafts: list[str], chance: random.Random) -> None:
        self.client, self.drafts, self.chance = client, drafts, chance
        self.waits: list[float] = []
        self.failed: list[str] = []
        self.cancelled = 0
        self._lasted = 0.0
        self._reading: asyncio.Task[None] | None = None

    async def write(self, until: float) -> None:
        """Type one draft after the other until the time has come."""
        await asyncio.sleep(self.chance.uniform(0, 2))  # not all begin with the same stroke
        while perf_counter() < until:
            text, at, waiting = self.chance.choice(self.drafts), 0, 0.0
            while at < len(text) and perf_counter() < until:
                at += self.chance.randint(*LETTERS)
                key = perf_counter()
                waiting = waiting or key
                pause = min(min(max(SHORTEST, self._lasted), LONGEST), waiting + AT_LEAST - key)
                gap = self.chance.uniform(*(STOP if self.chance.random() < STOPS else GAP))
                if gap > pause:
                    await asyncio.sleep(pause)
                    self._send(text[:at], key)
                    waiting = 0.0
                await asyncio.sleep(max(0.0, gap - pause) if gap > pause else gap)
        if self._reading is not None:
            await asyncio.wait([self._reading], timeout=10)

    def _send(self, text: str, key: float) -> None:
        if self._reading is not None and not self._reading.done():
            self._reading.cancel()  # the newest answer wins
            self.cancelled += 1
        self._reading = asyncio.create_task(self._read(text, key))

    async def _read(self, text: str, key: float) -> None:
        sent = perf_counter()
        try:
            answer = await self.client.post("/api/v1/review", json={"text": text, "posted_at": None})
        except httpx.HTTPError as reason:
            self.failed.append(type(reason).__name__)
            return
        self._lasted = perf_counter() - sent
        if answer.status_code == 200:
            self.waits.append(perf_counter() - key)
        else:
            self.failed.append(str(answer.status_code))


async def typed(address: str, people: int, seconds: float, drafts: list[str]) -> dict[str, object]:
    """What so many people met in so many seconds."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=30) as client:
        typists = [Typist(client, drafts, random.Random(number)) for number in range(people)]
        until = perf_counter() + seconds
        await asyncio.gather(*(typist.write(until) for typist in typists))
    return {
        "waits": [wait for typist in typists for wait in typist.waits],
        "failed": [reason for typist in typists for reason in typist.failed],
        "cancelled": sum(typist.cancelled for typist in typists),
    }


if __name__ == "__main__":
    _, address, people, seconds, file = sys.argv
    with open(file, encoding="utf-8") as lines:
        drafts = [json.loads(line)["text"] for line in lines]
    sys.stdout.write(json.dumps(asyncio.run(typed(address, int(people), float(seconds), drafts))))
