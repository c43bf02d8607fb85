"""Measures qasift on HTML and WARC, on one core, against Python libraries that do part of the work.

    python3 benches/html_throughput.py [--runs N]

    pip install lxml beautifulsoup4 resiliparse trafilatura extruct fastwarc    each is left out if it is missing

Builds qasift with `--release`, generates the pages if they don't exist
(`benches/crawl.py`), and runs all contenders in turns. Prints Markdown: medians in MB/s
of pages, unpacked (1 MB = 1,000,000 bytes). Slow peers read only the first pages.
"""

import argparse
import importlib
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "target/bench/html"
QASIFT = ROOT / "target/release/qasift"


def lxml(pages):
    html = importlib.import_module("lxml.html")
    for page in pages:
        html.fromstring(page).text_content()


def beautifulsoup(pages):
    soup = importlib.import_module("bs4").BeautifulSoup
    for page in pages:
        soup(page, "html.parser").get_text()


def resiliparse(pages):
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    for page in pages:
        extract(page.decode())


def trafilatura(pages):
    extract = importlib.import_module("trafilatura").extract
    for page in pages:
        extract(page.decode())


def extruct(pages):
    extract = importlib.import_module("extruct").extract
    for page in pages:
        extract(page.decode(), syntaxes=["json-ld", "microdata", "rdfa"])


def fastwarc(path):
    iterator = importlib.import_module("fastwarc.warc").ArchiveIterator
    with open(path, "rb") as file:
        for record in iterator(file):
            record.reader.read()


# Name → what runs it, and the share of the pages that it reads.
PAGE_PEERS = {
    "resiliparse, text": (resiliparse, 1),
    "lxml, text": (lxml, 1),
    "BeautifulSoup, text": (beautifulsoup, 0.05),
    "trafilatura, text": (trafilatura, 0.05),
    "extruct, markup": (extruct, 0.05),
}


def ingest(path):
    """Seconds that qasift takes."""
    output = PAGES / "out"
    shutil.rmtree(output, ignore_errors=True)
    started = time.perf_counter()
    subprocess.run([QASIFT, "ingest", "--quiet", path, "-o", output, "-j", "1"], check=True)
    taken = time.perf_counter() - started
    shutil.rmtree(output)
    return taken


def timed(call, argument):
    """Seconds that a peer takes; none if it isn't installed."""
    started = time.perf_counter()
    try:
        call(argument)
    except ImportError:
        return None
    return time.perf_counter() - started


def row(label, rates):
    """One row: the median of the rates with the slowest and the fastest run."""
    if None not in rates:
        print(f"| {label} | {statistics.median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f}) |", flush=True)


def measure(contenders, runs):
    """Prints the rate of each of name → (call, argument, bytes), run in turns after one that isn't counted."""
    rates = {name: [] for name in contenders}
    for turn in range(runs + 1):
        for name, (call, argument, size) in contenders.items():
            taken = call(argument) if call is ingest else timed(call, argument)
            if turn:
                rates[name].append(taken and size / taken / 1e6)
    for name, measured in rates.items():
        row(name, measured)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs to take the median of")
    runs = parser.parse_args().runs
    os.sched_setaffinity(0, {0})
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    if not PAGES.exists():
        subprocess.run([sys.executable, ROOT / "benches/crawl.py"], check=True)
    pages = [path.read_bytes() for path in sorted((PAGES / "questions").glob("*.html"))]
    size = sum(map(len, pages))
    print("| 2,000 question pages of 51 kB | MB/s |\n|---|---:|")
    contenders = {"qasift ingest": (ingest, PAGES / "questions", size)}
    for name, (call, share) in PAGE_PEERS.items():
        some = pages[: round(len(pages) * share)]
        contenders[name] = (call, some, sum(map(len, some)))
    measure(contenders, runs)
    size = (PAGES / "crawl.warc").stat().st_size
    print("\n| a crawl, one page in fifty with questions | MB/s |\n|---|---:|")
    plain, packed = PAGES / "crawl.warc", PAGES / "crawl.warc.gz"
    measure(
        {
            "qasift ingest, .warc": (ingest, plain, size),
            "qasift ingest, .warc.gz": (ingest, packed, size),
            "FastWARC, .warc.gz, records alone": (fastwarc, packed, size),
        },
        runs,
    )


if __name__ == "__main__":
    main()
