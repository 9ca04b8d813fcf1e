#!/usr/bin/env python3
"""How long another writer waits while a command runs: waiting.py DATABASE COMMAND...

Takes and gives back the write lock every few milliseconds; prints the longest waits."""

import resource
import sqlite3
import subprocess
import sys
import time

database, command = sys.argv[1], sys.argv[2:]
writer = sqlite3.connect(database, timeout=120, isolation_level=None)
process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
start, waits = time.monotonic(), []
while process.poll() is None:
    before = time.monotonic()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("COMMIT")
    waits.append(time.monotonic() - before)
    time.sleep(0.004)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
longest = ", ".join(f"{wait:.3f}" for wait in sorted(waits, reverse=True)[:3])
print(f"{time.monotonic() - start:.1f} s, {used.ru_utime:.1f} s user, {used.ru_maxrss // 1024} MB")
print(f"{len(waits)} writes beside it, longest waits {longest} s")
