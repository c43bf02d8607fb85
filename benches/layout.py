#!/usr/bin/env python3
"""Measures how well visible questions and answers are found on third-party pages.

    pip install extruct lxml
    benches/layout.py --questions DIR --articles DIR target/release/qasift

`--questions` names a folder of HTML pages with schema.org markup. What JSON-LD and microdata declare there is
taken as the truth, to the extent that the page shows it; then the markup is removed, and the page is read.
`--articles` names a folder of ordinary pages, on which nothing should be found. No page is part of this
repository.
"""

import argparse, collections, html, json, pathlib, re, subprocess, sys, tempfile, warnings

import extruct
import lxml.html

warnings.filterwarnings("ignore")
KINDS = ["summary", "button", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "a", "td", "li", "p", "span", "div"]
LD = re.compile(rb"<script[^>]*ld\+json[^>]*>.*?</script\s*>", re.S | re.I)
ATTRIBUTES = re.compile(
    rb"""\s(?:itemprop|itemscope|itemtype|itemref|itemid|typeof|property|vocab|resource)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?(?=[\s/>])""",
    re.I,
)
TAG = re.compile(rb"<[a-zA-Z][^>]*>")
# What qasift writes before the items of a numbered list, as browsers do.
NUMBER = re.compile(r"^ *[0-9]+\. ", re.M)


def without_markup(page):
    return TAG.sub(lambda tag: ATTRIBUTES.sub(b"", tag.group()), LD.sub(b"", page))


def plain(text):
    """Letters and digits alone: markup and white space differ between declaration and page."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(str(text))))
    return "".join(c for c in text.lower() if c.isalnum())


def first(value):
    return value[0] if isinstance(value, list) and value else value


def pairs(node, out):
    """Every question with each of its answers, below a JSON-LD or microdata node."""
    if isinstance(node, list):
        for item in node:
            pairs(item, out)
    elif isinstance(node, dict):
        kinds = node.get("@type") or []
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(str(kind).rsplit("/", 1)[-1] == "Question" for kind in kinds):
            question = first(node.get("name") or node.get("text"))
            for role in ("acceptedAnswer", "suggestedAnswer"):
                answers = node.get(role) or []
                for answer in answers if isinstance(answers, list) else [answers]:
                    text = first(answer.get("text")) if isinstance(answer, dict) else answer
                    if question and text:
                        out.append((str(question), str(text)))
        for value in node.values():
            pairs(value, out)


def declared(page, name):
    out = []
    for syntax in ("json-ld", "microdata"):
        try:
            pairs(extruct.extract(page, syntaxes=[syntax], uniform=True, errors="ignore").get(syntax), out)
        except Exception as error:
            print(f"{name}: {error}", file=sys.stderr)
    return list(dict.fromkeys(out))


def tree_of(page):
    text = page.decode("utf-8", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text)
    tree = lxml.html.document_fromstring(text or "<p>")
    for element in list(tree.iter("script", "style", "template", "noscript", "svg", lxml.etree.Comment)):
        element.drop_tree()
    return tree


def visible(page, found, by_kind):
    """The pairs that the page shows, with the element that holds the question."""
    tree = tree_of(page)
    whole = plain(tree.text_content())
    names = {}
    for element in tree.iter():
        if isinstance(element.tag, str):
            names.setdefault(plain(element.text_content()), []).append(element)
    out = []
    for question, answer in found:
        q, a = plain(question), plain(answer)
        if not (len(q) > 3 and a and q in whole and a in whole):
            continue
        kind = "text"
        for element in reversed(names.get(q, [])):
            line = [element.tag] + [e.tag for e in element.iterancestors()][:2]
            kind = next((tag for tag in line if tag in KINDS[:9]), element.tag)
            break
        kind = kind if kind in KINDS else "text"
        out.append((q, a, kind))
        by_kind[kind][0] += 1
    return out


def same(one, other):
    short, long = sorted((one, other), key=len)
    return one == other or (short and short in long and len(short) >= 0.8 * len(long))


def read(binary, folder):
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([binary, "ingest", folder, "-o", f"{out}/d", "--format", "jsonl", "--dedup", "none", "-q"])
        if run.returncode > 1:
            sys.exit(run.returncode)
        entries = collections.defaultdict(list)
        for line in open(f"{out}/d/entries.jsonl"):
            entry = json.loads(line)
            entries[pathlib.Path(entry["page"]).name].append(entry)
        return entries


def questions(args):
    by_kind = collections.defaultdict(lambda: [0, 0, 0])
    truth = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(pathlib.Path(args.questions).rglob("*")):
            if path.is_file():
                page = path.read_bytes()
                shown = visible(page, declared(page, path.name), by_kind)
                if shown:
                    truth[path.name + ".html"] = shown
                    (pathlib.Path(folder) / (path.name + ".html")).write_bytes(without_markup(page))
        entries = read(args.qasift, folder)
    found = right = 0
    for page, shown in truth.items():
        texts = lambda answer: (plain(answer), plain(NUMBER.sub("", answer)))
        got = [(plain(entry["question"]), texts(entry["answer"]), entry) for entry in entries.get(page, [])]
        for q, entry in {q: entry for q, _, entry in got}.items():
            found += 1
            known = any(same(q, other) for other, _, _ in shown)
            right += known
            if args.verbose and not known:
                print(f"{page}: + {entry['question'][:90]} | {entry['answer'][:60]!r}")
        for q, answer, kind in shown:
            answers = [a for other, a, _ in got if same(q, other)]
            by_kind[kind][1] += bool(answers)
            good = any(same(a, answer) for both in answers for a in both)
            by_kind[kind][2] += good
            if args.verbose and not good:
                print(f"{page}: - {kind} {q[:70]}")
                for a, _ in answers[:1]:
                    print(f"      want {answer[:50]} … {answer[-50:]}\n      got  {a[:50]} … {a[-50:]}")
    total = [sum(row[i] for row in by_kind.values()) for i in range(3)]
    print(f"{len(truth)} pages, {total[0]} pairs shown; precision of questions {right}/{found} = {right / max(found, 1):.1%}")
    print("| question in | pairs | question found | question and answer right |\n|---|---|---|---|")
    for kind, (n, q, a) in sorted(by_kind.items(), key=lambda row: -row[1][0]) + [("all", total)]:
        print(f"| {kind} | {n} | {q / max(n, 1):.0%} | {a / max(n, 1):.0%} |")


def articles(args):
    pages = sum(path.is_file() for path in pathlib.Path(args.articles).rglob("*"))
    entries = read(args.qasift, args.articles)
    print(f"{pages} articles, {len(entries)} with entries = {len(entries) / max(pages, 1):.1%}")
    if args.verbose:
        for page, found in sorted(entries.items()):
            print(f"{page}: {len(found)} {[entry['question'][:60] for entry in found[:4]]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("qasift")
    parser.add_argument("--questions")
    parser.add_argument("--articles")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    if args.questions:
        questions(args)
    if args.articles:
        articles(args)
