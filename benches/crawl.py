"""Generates a crawl for measurements: HTML pages as sites serve them, and a WARC file of them.

    python3 benches/crawl.py            into target/bench/html, the same at every run

Writes question pages of about 51 kB, scripts and styles included, as files
(`questions/0000.html` …), and a crawl in which one page in fifty holds questions
as `crawl.warc` and, with one gzip member per record, `crawl.warc.gz`. The other
pages are articles of the same site: with a menu that has a link to the FAQ, scripts
full of question marks, lists, headings, and now and then a sentence that asks.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "target/bench/html"

PEOPLE = "bakers brewers carpenters cooks divers farmers ferrymen gardeners millers painters potters sailors".split()
THINGS = "anchors barrels baskets bells candles fences kettles ladders lanterns looms mirrors paddles quilts".split()
VERBS = "admire arrange borrow brush carry clean collect count fold gather lift mend polish sort store".split()
KINDS = "bitter blue broken calm cheap damp dusty faded fragile heavy hollow narrow pale rusty sturdy tidy".split()
PLACES = ["at the harbour", "behind the barn", "by the window", "in the attic", "near the mill", "on the roof"]

STYLE = ".faq-item{{margin:0 0 {n}px}}.c{n}>a:hover,.c{n} ul li{{color:#{n:06x};padding:{n}px 2px}}\n"
SCRIPT = 'function f{n}(a,b){{return a?b.q("<div class=\\"x{n}\\">"+(b.y?"why?":"no")+"</div>"):{{"k{n}":[a,b,{n}]}}}}\n'


class Writer(random.Random):
    """Makes up sentences."""

    def words(self, template):
        return template.format(
            c=self.choice(PEOPLE), n=self.choice(THINGS), i=self.choice(VERBS), a=self.choice(KINDS),
            p=self.choice(PLACES), d=self.randrange(2, 900),
        )  # fmt: skip

    def sentence(self):
        return self.words(
            self.choice(
                [
                    "Most {c} {i} their {n} {p}, and few of the {d} who were asked regret it.",
                    "If the {n} look {a}, {i} them {p} and tell the {c} about it.",
                    "Nearly {d} of the {a} {n} were found {p} &mdash; the {c} did not {i} them.",
                    "It&#8217;s best to {i} {n} {p}, where {c} can&#8217;t harm them.",
                ]
            )
        )

    def text(self, sentences):
        return " ".join(self.sentence() for _ in range(sentences))

    def question(self):
        return self.words(self.choice(["Why do {c} {i} {a} {n} {p}?", "How often should {d} {n} be {a}?"]))


def shell(writer, title, head, body, size):
    """A page of a site around a body: head, menu, footer, scripts and styles up to a size."""
    styles = "".join(STYLE.format(n=writer.randrange(1 << 20)) for _ in range(60))
    menu = "".join(f'<li class="menu-item"><a href="/{thing}/">{thing.title()}</a></li>' for thing in THINGS)
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta property="og:title" content="{title}">\n<style>{styles}</style>\n{head}</head>\n<body class="home">\n'
        f'<header><nav><ul>{menu}<li><a href="/faq/">FAQ</a></li></ul></nav></header>\n<main id="content">\n{body}\n</main>\n'
        '<footer><p>&copy; The Harbour Society</p><a href="/contact/?from=footer">Contact</a></footer>\n'
    )
    scripts = []
    length = len(page)
    while length < size - 50:
        scripts.append(SCRIPT.format(n=writer.randrange(1 << 20)))
        length += len(scripts[-1])
    return f"{page}<script>\n{''.join(scripts)}</script>\n</body>\n</html>\n"


def question_page(writer):
    pairs = [(writer.question(), writer.text(writer.randrange(2, 6))) for _ in range(25)]
    items = "".join(
        f'<div class="faq-item"><h3 class="faq-question">{question}</h3>\n<div class="faq-answer"><p>{answer}</p></div></div>\n'
        for question, answer in pairs
    )
    declared = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for question, answer in pairs
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(declared)}</script>\n'
    return shell(writer, "Questions", head, f"<h1>Frequently asked questions</h1>\n{items}", 51_000)


def article(writer):
    parts = [f"<h1>{writer.words('{a} {n} {p}').capitalize()}</h1>"]
    for _ in range(writer.randrange(4, 9)):
        parts.append(f"<h2>{writer.words('The {a} {n} of {c}')}</h2>")
        parts += [f"<p>{writer.text(writer.randrange(3, 7))}</p>" for _ in range(4)]
    parts.append("<ul>" + "".join(f"<li>{writer.sentence()}</li>" for _ in range(6)) + "</ul>")
    if writer.random() < 0.4:
        parts.append(f"<p>{writer.question()} {writer.text(3)}</p>")
    return shell(writer, "Notes", "", "\n".join(parts), writer.randrange(30_000, 70_000))


def record(number, page):
    body = page.encode()
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Target-URI: https://harbour.example/{number}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(body)}\r\n\r\n"
    ).encode()
    return head + http + body + b"\r\n\r\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR")
    parser.add_argument("--questions", type=int, default=2000, metavar="N", help="question pages")
    parser.add_argument("--crawl", type=int, default=5000, metavar="N", help="pages of the crawl")
    arguments = parser.parse_args()
    folder = arguments.out / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.questions):
        (folder / f"{number:04}.html").write_text(question_page(Writer(number)))
    with open(arguments.out / "crawl.warc", "wb") as plain, open(arguments.out / "crawl.warc.gz", "wb") as packed:
        for number in range(arguments.crawl):
            writer = Writer(1_000_000 + number)
            made = record(number, question_page(writer) if number % 50 == 0 else article(writer))
            plain.write(made)
            packed.write(gzip.compress(made, 6, mtime=0))


if __name__ == "__main__":
    main()
