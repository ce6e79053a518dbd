"""Goes through the plan: each step begins once those it rests on are done, side by side."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from smtpprobe.net.clock import monotonic, now
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.steps import COLLECTORS
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.plan import Step, due


async def gather(notes: Notes, tools: Tools) -> None:
    """Take all steps that the plan asks for. Where it is cut, what is known by then is noted."""
    began = monotonic()
    notes.known = replace(notes.known, started=now())
    done: set[Step] = set()
    tasks: dict[asyncio.Task[None], Step] = {}
    begun: set[Step] = set()
    try:
        while True:
            for row in due(notes.known, begun, done):
                begun.add(row.step)
                collector = COLLECTORS.get(row.step)
                if collector is None:
                    done.add(row.step)
                    continue
                tasks[asyncio.ensure_future(collector(notes, tools))] = row.step
            if not tasks:
                return
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                done.add(tasks.pop(task))
                task.result()
    except asyncio.CancelledError:
        notes.known = replace(notes.known, interrupted=True)
        raise
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        notes.known = replace(
            notes.known,
            seconds=monotonic() - began,
            connections=tools.allowance.connections,
            recipients=tools.allowance.recipients,
        )
