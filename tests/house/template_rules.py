"""House rules for templates, with lines that pass and lines that do not."""

from tests.house.python_rules import Rule, lines

PAGES = r"^templates/.*\.(html|svg)$"

RULES = (
    Rule(
        "no inline style", "The content security policy refuses it: write a class.", PAGES, lines(r"\sstyle\s*=|<style\b"),
        ('<p class="quiet">',), ('<p style="color:red">', "<style>p{}</style>"),
    ),
    Rule(
        "no inline script", "The content security policy refuses it: write a controller.", PAGES,
        lines(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:"),
        ('<script type="module" src="{% static "js/site.js" %}"></script>', '<button data-controller="copy">'),
        ("<script>alert(1)</script>", '<button onclick="go()">', '<a href="javascript:go()">'),
    ),
    Rule(
        "no raw HTML", "Text from people passes core/clean.py when it is written, and is trusted by its type.", PAGES,
        lines(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off"), ("{{ page.title }}",), ("{{ body|safe }}", "{% autoescape off %}"),
    ),
    Rule(
        "addresses have names", "A typed path breaks in English (/en/…) and when it moves.", PAGES,
        lines(r"(?:href|action)=\"/(?!/)[a-z]"), ('<a href="{% url \'library:list\' %}">', '<a href="#main">'), ('<a href="/library/">',),
    ),
    Rule(
        "nothing from elsewhere", "Readers' addresses are not told to others, and the policy refuses it.", PAGES,
        lines(r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*\s(?:src|href)=\"(?:https?:)?//"), ('<a href="https://example.go.th">',),
        ('<script src="https://cdn.example/x.js">', '<img src="//cdn.example/x.png">'),
    ),
)  # fmt: skip
