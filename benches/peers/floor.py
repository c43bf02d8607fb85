"""Not a peer but a bound: what a run costs if it only moves and digests the bytes.

    python3 benches/peers/floor.py [-j N] INPUT -o DIR

Reads the files of INPUT, digests each by SHA-256, and writes 1.8 and 1.4 times
their bytes into two files (what qasift makes of the benchmark's pages, as JSON
and as CSV), digested as well and synced to the disk. With `-j 2`, the files
are written by separate threads, which the interpreter lets run in parallel.
"""

import argparse
import hashlib
import os
import queue
import threading
from pathlib import Path

BATCH = 1 << 20
SHARES = {"entries.json": 1.8, "entries.csv": 1.4}


class Sink:
    """A file that is digested and synced."""

    def __init__(self, path, share):
        self.file = open(path, "wb", buffering=0)
        self.share = share
        self.digest = hashlib.sha256()

    def write(self, batch):
        for portion in (batch, batch[: round(len(batch) * (self.share - 1))]):
            self.digest.update(portion)
            self.file.write(portion)

    def close(self):
        os.fsync(self.file.fileno())
        self.file.close()


def batches(path):
    """The bytes of all files, a batch at a time."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    held = bytearray()
    for name in files:
        with open(name, "rb", buffering=0) as file:
            page = file.read()
        hashlib.sha256(page).digest()
        held += page
        if len(held) >= BATCH:
            yield memoryview(bytes(held))
            held = bytearray()
    yield memoryview(bytes(held))


def feed(sink, waiting):
    while (batch := waiting.get()) is not None:
        sink.write(batch)
    sink.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("input", type=Path)
    parser.add_argument("-o", type=Path, dest="output", required=True)
    parser.add_argument("-j", type=int, default=1, dest="jobs")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True)
    sinks = [Sink(arguments.output / name, share) for name, share in SHARES.items()]
    if arguments.jobs == 1:
        for batch in batches(arguments.input):
            for sink in sinks:
                sink.write(batch)
        for sink in sinks:
            sink.close()
        return
    queues = [queue.Queue(4) for _ in sinks]
    threads = [threading.Thread(target=feed, args=pair) for pair in zip(sinks, queues)]
    for thread in threads:
        thread.start()
    for batch in batches(arguments.input):
        for waiting in queues:
            waiting.put(batch)
    for waiting in queues:
        waiting.put(None)
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
