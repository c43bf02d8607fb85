"""The peer to beat: a Python script with `re`, `json` and `csv`, as one writes it in an afternoon.

    python3 benches/peers/stdlib.py [-j N] INPUT... -o DIR

Cuts pages into questions, answers and domains by regular expressions, drops
what is not part of an entry, tidies white space and lists, gives each entry an
id, leaves out exact duplicates, and writes `entries.json` and `entries.csv`.
It assumes that every page has attributions; it checks no domain, repairs
nothing, keeps no rejects, no accounting and no digests.
"""

import argparse
import csv
import hashlib
import json
import multiprocessing
import re
from pathlib import Path

ATTRIBUTION = re.compile(r"\n(?:Takedown request[ \u00a0]*\|[ \u00a0]*)?View complete answer on[ \u00a0]*(\S*)[^\n]*")
COUNT = re.compile(r"^\d+ related questions found$", re.MULTILINE)
BULLET = re.compile(r"\n\s*[•*-]\s+")
NUMBER = re.compile(r"\n\s*(\d+)\.\s+")
SPACES = re.compile(r"[\t\u00a0]|  +")
FIELDS = ["id", "question", "answer", "source_text", "source_domain", "section", "page", "position"]


def read(path):
    """The entries of one page, as dictionaries."""
    text = Path(path).read_text(encoding="utf-8")
    section = "main" if COUNT.search(text) else None
    parts = ATTRIBUTION.split(text)
    entries = []
    for entry, source in zip(parts[0::2], parts[1::2]):
        before = COUNT.split(entry, maxsplit=1)
        if len(before) == 2:
            section = "related"
        question, _, answer = before[-1].strip().partition("\n")
        question = " ".join(question.split())
        answer = NUMBER.sub(r"\n\1. ", BULLET.sub("\n- ", answer.strip()))
        answer = SPACES.sub(" ", answer)
        domain = source.lower().removeprefix("www.").rstrip(".")
        digest = hashlib.sha256("\0".join((question, answer, domain)).encode()).hexdigest()[:32]
        values = (digest, question, answer, source, domain, section, str(path), len(entries) + 1)
        entries.append(dict(zip(FIELDS, values)))
    return entries


class Lines(list):
    """A file for the `csv` module that keeps the lines apart."""

    write = list.append


def encode(paths):
    """The entries of some pages: their ids, and as many lines of JSON and of CSV."""
    entries = [entry for path in paths for entry in read(path)]
    csv_lines = Lines()
    csv.writer(csv_lines, lineterminator="\n").writerows(entry.values() for entry in entries)
    json_lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    return [entry["id"] for entry in entries], json_lines, csv_lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("inputs", nargs="+", type=Path)
    arguments.add_argument("-o", "--output", type=Path, required=True)
    arguments.add_argument("-j", "--jobs", type=int, default=1)
    arguments = arguments.parse_args()
    paths = []
    for path in arguments.inputs:
        paths += sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    batches = [paths[start : start + 200] for start in range(0, len(paths), 200)]
    arguments.output.mkdir(parents=True, exist_ok=True)
    seen = set()
    with (
        multiprocessing.Pool(arguments.jobs) as pool,
        open(arguments.output / "entries.json", "w", encoding="utf-8") as json_file,
        open(arguments.output / "entries.csv", "w", encoding="utf-8", newline="") as csv_file,
    ):
        csv_file.write(",".join(FIELDS) + "\n")
        separator = "[\n"
        for lines in pool.imap(encode, batches) if arguments.jobs > 1 else map(encode, batches):
            for digest, json_line, csv_line in zip(*lines):
                if digest not in seen:
                    seen.add(digest)
                    json_file.write(separator + json_line)
                    csv_file.write(csv_line)
                    separator = ",\n"
        json_file.write("\n]\n")
    print(len(seen), "entries")


if __name__ == "__main__":
    main()
