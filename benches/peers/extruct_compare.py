"""Compares what `extruct` and qasift read from markup, and how fast they are.

    pip install extruct
    python3 benches/peers/extruct_compare.py FOLDER [--qasift target/release/qasift] [--verbose]

Reads every HTML page below FOLDER that declares schema.org questions, with both.
`extruct` gives items as they are declared; from those, the questions and
answers are taken here. Texts are compared without tags, white space and
punctuation. Each page on which the two differ is listed.
"""

import argparse
import collections
import html
import json
import logging
import re
import subprocess
import tempfile
import time
from pathlib import Path

from extruct.jsonld import JsonLdExtractor
from extruct.rdfa import RDFaExtractor
from extruct.w3cmicrodata import MicrodataExtractor

SYNTAXES = ("json-ld", "microdata", "rdfa")
NAMED = re.compile(rb"FAQPage|QAPage|Question|acceptedAnswer|suggestedAnswer")
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# What qasift writes before the items of a numbered list, and browsers before them too.
NUMBER = re.compile(r"^ *[0-9]+\. ", re.MULTILINE)


def local(name):
    """`http://schema.org/Question` -> `question`."""
    return re.split(r"[/#:]", str(name).rstrip("/"))[-1].lower()


def listed(value):
    return value if isinstance(value, list) else [value]


def normal(text):
    text = NUMBER.sub("", html.unescape(TAG.sub(" ", BREAK.sub("\n", html.unescape(text)))))
    return "".join(c for c in text.casefold() if c.isalnum())


class Items:
    """Items of any syntax as dictionaries with local names."""

    def __init__(self, items):
        self.by_id, self.all = {}, []
        self.roots = [self.item(item) for item in items]

    def item(self, value):
        if isinstance(value, list):
            return [self.item(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        properties = value.get("properties", value)
        if not isinstance(properties, dict):
            properties = value
        kinds = {local(kind) for kind in listed(value.get("@type", value.get("type", []))) if isinstance(kind, str)}
        item = {local(name): self.item(inner) for name, inner in properties.items() if not name.startswith("@type")}
        item[":kinds"] = kinds
        item[":value"] = value.get("value")
        item[":id"] = value.get("@id", value.get("id"))
        if item[":id"] and len(value) > 1:
            self.by_id.setdefault(item[":id"], item)
        self.all.append(item)
        return item

    def deref(self, value):
        if isinstance(value, dict) and value.get(":id") in self.by_id:
            return self.by_id[value[":id"]]
        if isinstance(value, str) and value in self.by_id:
            return self.by_id[value]
        return value

    def text(self, item, *names):
        for name in names:
            texts = [self.flat(value) for value in listed(item.get(name, []))]
            if any(texts):
                return "\n".join(filter(None, texts))
        return ""

    def flat(self, value):
        if isinstance(value, dict):
            return self.flat(value.get(":value") or value.get("name") or "")
        return "\n".join(map(self.flat, value)) if isinstance(value, list) else str(value or "")

    def pairs(self):
        for item in self.all:
            if "question" not in item[":kinds"]:
                continue
            question = self.text(item, "name", "text", "headline")
            for name in ("acceptedanswer", "suggestedanswer"):
                for value in listed(item.get(name, [])):
                    answer = self.deref(value)
                    if isinstance(answer, dict):
                        answer = self.text(answer, "text", "description", "name", ":value")
                    yield question, self.flat(answer)


def by_extruct(page):
    """The pairs by syntax, and the seconds."""
    start, pairs = time.process_time(), {}
    text = page.read_bytes().decode("utf-8", "replace")
    for syntax, extractor in zip(SYNTAXES, (JsonLdExtractor(), MicrodataExtractor(), RDFaExtractor())):
        try:
            items = extractor.extract(text, base_url="https://page.example/")
        except Exception as error:  # a page that one reader can't read is a result
            items = []
            print(f"{page}: extruct {syntax}: {type(error).__name__}")
        pairs[syntax] = [pair for pair in Items(items).pairs() if normal(pair[0]) and normal(pair[1])]
    return pairs, time.process_time() - start


def by_qasift(binary, pages, folder):
    """The pairs by page name and syntax, and the seconds of one core."""
    out = Path(folder) / "dataset"
    start = time.perf_counter()
    command = [binary, "ingest", "--quiet", "-j", "1", "--dedup", "none", "--format", "jsonl", "-o", str(out)]
    subprocess.run([*command, "--base", "/", *map(str, pages)], check=False)
    seconds = time.perf_counter() - start
    pairs = collections.defaultdict(list)
    for line in (out / "entries.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["extractor"] in SYNTAXES:
            pairs[entry["page"]].append((entry["question"], entry["answer"]))
    return pairs, seconds


def keys(pairs):
    return {(normal(question), normal(answer)): (question, answer) for question, answer in pairs}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--qasift", default="target/release/qasift")
    parser.add_argument("--verbose", action="store_true", help="show each pair that only one of them has")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = sorted(path.resolve() for path in options.folder.rglob("*.*htm*") if NAMED.search(path.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        ours, our_seconds = by_qasift(options.qasift, pages, folder)
    both = questions = theirs_total = ours_total = 0
    seconds = 0.0
    for page in pages:
        found, taken = by_extruct(page)
        seconds += taken
        theirs = keys(pair for pairs in found.values() for pair in pairs)
        mine = keys(ours.get(str(page).lstrip("/"), []) or ours.get(str(page), []))
        both += len(theirs.keys() & mine.keys())
        questions += len({key[0] for key in theirs} & {key[0] for key in mine})
        theirs_total, ours_total = theirs_total + len(theirs), ours_total + len(mine)
        if theirs.keys() != mine.keys():
            print(f"{page.name}: extruct {len(theirs)}, qasift {len(mine)}, both {len(theirs.keys() & mine.keys())}")
            if options.verbose:
                show("only extruct", theirs, mine)
                show("only qasift", mine, theirs)
    print(f"{len(pages)} pages; pairs: extruct {theirs_total}, qasift {ours_total}, both {both}; questions of both: {questions}")
    print(f"extruct {len(pages) / seconds:.0f} pages/s, qasift {len(pages) / our_seconds:.0f} pages/s (its start and the dataset included)")


def show(title, these, others):
    for key in these.keys() - others.keys():
        question, answer = (" ".join(text.split())[:150] for text in these[key])
        print(f"    {title}: {question!r} -> {answer!r}")


if __name__ == "__main__":
    main()
