"""Measures qasift against a loop in Rust and two Python scripts that do part of its work, and
against the cost of only moving and digesting the bytes, on one core and on two.

    python3 benches/throughput.py            about ten minutes; needs an idle machine
    python3 benches/throughput.py --memory   peak memory over 200,000 pages, once

Builds qasift with `--release`, generates the pages if they don't exist, and runs all
contenders in turns, so that a slow minute of the machine affects all of them. A
run is timed from start to exit. Prints Markdown: medians in MB/s of input
(1 MB = 1,000,000 bytes).
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "target/bench"
PEERS = ROOT / "benches/peers"
QASIFT = ROOT / "target/release/qasift"
BARE_LOOP = ROOT / "target/bare_loop"


def contenders():
    """Name → command line, less input and threads."""
    found = {"qasift": [QASIFT, "ingest", "--quiet"], "Rust: bare loop": [BARE_LOOP]}
    if importlib.util.find_spec("polars"):
        found["Python: str, Polars"] = [sys.executable, PEERS / "polars_script.py"]
    else:
        print("Polars is not installed, so its script is left out: pip install polars", file=sys.stderr)
    found["Python: re, json, csv"] = [sys.executable, PEERS / "stdlib.py"]
    found["bytes moved and digested"] = [sys.executable, PEERS / "floor.py"]
    return found


def prepare(folder, *options):
    """Builds qasift, and makes up the pages."""
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    compile_alone(PEERS / "bare_loop.rs", BARE_LOOP)
    if not folder.exists():
        generator = ROOT / "target/pages"
        compile_alone(ROOT / "benches/pages.rs", generator)
        subprocess.run([generator, "--out", folder, *options], check=True)


def compile_alone(source, program):
    subprocess.run(["rustc", "-O", "--edition", "2024", "-o", program, source], check=True)


def size(path):
    return sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size


def run(command, path, output, cores):
    """Seconds and peak memory in MB of one run on that many cores."""
    command = [*command, path, "-o", output, "-j", str(cores)]
    shutil.rmtree(output, ignore_errors=True)
    os.sync()
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, range(cores)),
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status != 0:
        sys.exit(f"failed with status {status}: {' '.join(map(str, command))}")
    return seconds, usage.ru_maxrss / 1000


def measure(path, output, cores, commands, runs):
    """Name → the seconds of each run, in turns, after one that isn't counted."""
    seconds = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            taken, _ = run(command, path, output, cores)
            if turn:
                seconds[name].append(taken)
    return seconds


def throughput(output, runs):
    prepare(PAGES)
    commands = contenders()
    print(f"| pages | cores | {' | '.join(commands)} |")
    print(f"|---|---:|{'---:|' * len(commands)}")
    for label, path in [("20,000 of 9.4 KB", PAGES / "pages"), ("one of 40 MB", PAGES / "single.txt")]:
        megabytes = size(path) / 1e6
        for cores in (1, 2):
            taken = measure(path, output, cores, commands, runs)
            cells = [cell(megabytes, seconds) for seconds in taken.values()]
            print(f"| {label} | {cores} | {' | '.join(cells)} |", flush=True)


def cell(megabytes, seconds):
    """The median, with the slowest and the fastest run."""
    rate = [megabytes / taken for taken in seconds]
    return f"{statistics.median(rate):.0f} ({min(rate):.0f}–{max(rate):.0f})"


def memory(output):
    folder = PAGES / "many"
    prepare(folder, "--pages", "200000", "--single-mb", "0")
    for cores in (1, 2):
        seconds, peak = run([QASIFT, "ingest", "--quiet"], folder / "pages", output, cores)
        rate = size(folder / "pages") / 1e6 / seconds
        print(f"200,000 pages, -j {cores}: peak {peak:.0f} MB, {seconds:.0f} s, {rate:.0f} MB/s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="runs to take the median of")
    parser.add_argument("--output", type=Path, default=PAGES / "out", metavar="DIR", help="where datasets go")
    parser.add_argument("--memory", action="store_true", help="measure memory instead")
    arguments = parser.parse_args()
    if arguments.memory:
        memory(arguments.output)
    else:
        throughput(arguments.output, arguments.runs)
    shutil.rmtree(arguments.output, ignore_errors=True)


if __name__ == "__main__":
    main()
