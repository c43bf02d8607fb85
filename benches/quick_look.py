"""Verifies the quick look on a collection of HTML pages: what it rules out must contain nothing.

    python3 benches/quick_look.py FOLDER...

Ingests the folders with the `qasift` on the path (or `--qasift PROGRAM`), then reads each page that the quick look
ruled out in full, as `qasift explain` does whatever the look says. Prints how many pages were skipped, and the
entries and rejects that were lost with them: both must be 0. A folder without pages is named and left out; the
exit status is then 1, too, since nothing was verified for it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def lost(program, base, page):
    """Entries and rejects that a full reading of a page finds."""
    run = subprocess.run([program, "explain", "--json", base / page], capture_output=True, check=True)
    reading = json.loads(run.stdout)
    return reading["entries"], reading["rejects"]


def prove(program, folder):
    """Pages of HTML, those that hold nothing, those that were skipped, and what was lost with these.

    None for a folder of which no page can be read; `qasift` has said why."""
    with tempfile.TemporaryDirectory() as output:
        ingest = [program, "ingest", "--quiet", "--base", folder, folder, "-o", f"{output}/dataset"]
        if subprocess.run(ingest).returncode > 1:
            return None
        rows = [json.loads(line) for line in open(f"{output}/dataset/pages.jsonl")]
    html = [row for row in rows if row["kind"] == "html"]
    skipped = [row["page"] for row in html if row["status"] == "skipped_no_questions"]
    found = sum(row["entries"] + row["duplicates"] + row["rejects"] > 0 for row in html)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        losses = list(pool.map(lambda page: lost(program, folder, page), skipped))
    for page, loss in zip(skipped, losses):
        if any(loss):
            print(f"lost: {page}: entries {loss[0]}, rejects {loss[1]}")
    return len(html), len(html) - found, len(skipped), sum(loss[0] for loss in losses), sum(loss[1] for loss in losses)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--qasift", default="qasift", metavar="PROGRAM")
    arguments = parser.parse_args()
    print("| folder | HTML pages | without questions | skipped | entries lost | rejects lost |")
    print("|---|---:|---:|---:|---:|---:|")
    failed = False
    for folder in arguments.folders:
        figures = prove(arguments.qasift, folder.resolve())
        if figures is None:
            print(f"{folder}: no page was read, so nothing was proved", file=sys.stderr)
            failed = True
            continue
        print(f"| {folder.name} | {' | '.join(map(str, figures))} |", flush=True)
        failed |= figures[3] + figures[4] > 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
