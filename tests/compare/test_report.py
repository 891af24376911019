"""The page: all texts side by side, complete, escaped and alone."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from annotator.compare.report import page
from annotator.compare.story import compare
from tests.compare.samples import story


class Reader(HTMLParser):
    """Collects the text of every column and checks that tags are closed."""

    def __init__(self):
        super().__init__()
        self.open, self.bodies, self.loads = [], [], []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.loads += [v for k, v in attrs if k in {"src", "srcset"} and v]
        self.loads += [v for k, v in attrs if k == "href" and not v.startswith("#")]
        if tag in {"meta", "br"}:
            return
        self.open.append((tag, facts.get("class", "")))
        if facts.get("class") == "body":
            self.bodies.append("")

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if ("div", "body") in self.open and "sup" not in {tag for tag, _ in self.open}:
            self.bodies[-1] += data


def read(html):
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_every_text_stands_complete_in_its_column():
    articles = story()
    assert read(page(compare(articles), "Pier")).bodies == [a.text for a in articles]


def test_a_page_loads_nothing_and_runs_nothing():
    html = page(compare(story()), "Pier")
    assert read(html).loads == [] and "<script" not in html and "url(" not in html


def test_what_articles_say_is_never_markup():
    evil = "<script>alert('x')</script> & \"quotes\""
    articles = [
        replace(a, text=f"{a.text}{evil}", outlet=evil, headline=evil, id=f"{a.id}'\"<b>")
        for a in story()
    ]
    html = page(compare(articles), evil)
    assert "<script" not in html and "<b>" not in html
    assert read(html).bodies == [a.text for a in articles]


def test_the_numbers_of_a_passage_lead_to_each_other():
    html = page(compare(story()), "Pier")
    targets = re.findall(r"<sup id='([^']+)'", html)
    leads = re.findall(r"<a href='#([^']+-[^']+)'>P", html)
    assert targets and set(leads) <= set(targets)
