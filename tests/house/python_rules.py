"""House rules for Python, each with lines that pass and lines that do not. A rule answers the numbers of the lines it refuses."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Check = Callable[[str], Iterator[int]]
READING = r"(views|consumers|feeds|api|sitemaps|context|templatetags|wagtail_hooks|admin)"
# projection, derived and echoes write what publishing a page means for the rows that lists read; only receivers and verbs call them.
VERBS = r"(actions|ledger|badges|contests|catalogue|importer|receivers|projection|derived|echoes)"


@dataclass(frozen=True, repr=False)
class Rule:
    """`where` picks the files by path; `but` lists the exceptions, which the reason explains."""

    name: str
    why: str
    where: str
    check: Check
    good: tuple[str, ...]
    bad: tuple[str, ...]
    but: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        return re.search(self.where, path) is not None and path not in self.but


def lines(pattern: str) -> Check:
    """Refuses lines that match."""
    compiled = re.compile(pattern)

    def check(source: str) -> Iterator[int]:
        return (number for number, line in enumerate(source.splitlines(), 1) if compiled.search(line))

    return check


def calls(refused: Callable[[ast.Call], bool]) -> Check:
    """Refuses calls."""

    def check(source: str) -> Iterator[int]:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and refused(node):
                yield node.lineno

    return check


def functions(refused: Callable[[ast.FunctionDef | ast.AsyncFunctionDef], bool], *, top: bool = False) -> Check:
    """Refuses functions; with `top` only those of the module itself, not methods."""

    def check(source: str) -> Iterator[int]:
        tree = ast.parse(source)
        for node in tree.body if top else ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and refused(node):
                yield node.lineno

    return check


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    chain = ast.unparse(call.func.value)
    if call.func.attr in {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "aget_or_create", "acreate"}:
        return True
    if call.func.attr in {"create", "update", "delete"}:
        return bool(re.search(r"\.objects\b|\.filter\(|_set\b|\.all\(\)", chain)) or (
            call.func.attr == "delete" and not call.args
        )
    return call.func.attr == "save" and (not call.args or any(word.arg == "update_fields" for word in call.keywords))


# What the taxonomy holds is everybody's to read.
FOR_ALL = {"PmqaEdition", "PmqaCategory", "PmqaCode", "Topic"}


def _narrows(word: ast.keyword) -> bool:
    """pk__in=visible.values("pk"): the rows of a query that was made for a viewer."""
    return (word.arg or "").endswith("__in") and ast.unparse(word.value).endswith((".values('pk')", ".values('page')"))


def _fetches_without_a_viewer(call: ast.Call) -> bool:
    if _name(call) in {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}:
        return bool(call.args) and isinstance(call.args[0], ast.Name) and call.args[0].id[:1].isupper()
    manager = call.func.value if isinstance(call.func, ast.Attribute) else None
    if not isinstance(manager, ast.Attribute) or manager.attr != "objects":
        return False
    if ast.unparse(manager.value) in FOR_ALL or any(_narrows(word) for word in call.keywords):
        return False
    return _name(call) in {
        "get",
        "filter",
        "all",
        "exclude",
        "first",
        "last",
        "values",
        "values_list",
        "in_bulk",
        "aget",
    }


TEXTS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy", "npgettext"}


def _bad_text(call: ast.Call) -> bool:
    if _name(call) not in TEXTS:
        return False
    count = {"ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2, "npgettext": 3}.get(_name(call), 1)
    return not all(
        isinstance(word, ast.Constant) and isinstance(word.value, str) and not re.search(r"%[sd]|\{\}", word.value)
        for word in call.args[:count]
    )


def _reads_a_number_raw(call: ast.Call) -> bool:
    return _name(call) in {"int", "float"} and bool(call.args) and bool(re.search(r"\b(GET|POST)\b", ast.unparse(call.args[0])))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def _body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines after the signature and the docstring."""
    documented = ast.get_docstring(node) is not None
    rest = node.body[1:] if documented else node.body
    return (node.end_lineno or 0) - rest[0].lineno + 1 if rest else 0


def _is_long_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = [argument.arg for argument in node.args.args if argument.arg != "self"][:1]
    return first == ["request"] and _body_length(node) > 15


def _takes_places(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    places = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
    return not node.name.startswith("_") and (len(places) > 1 or "actor" in places)


def _overrides_save(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return node.name in {"save", "delete", "asave", "adelete"} and bool(node.args.args)


LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 40
LONG_VIEW = "def page(request):\n" + "    x = 1\n" * 16
OURS = r"^(kmportal|communities|qa|rewards)/(?!.*migrations/)"
EVERYWHERE = r"^(kmportal|communities|qa|rewards|tests)/(?!.*migrations/)"

RULES = (
    Rule(
        "file length", "A file past 300 lines has two subjects.", EVERYWHERE,
        lambda source: iter([301] if source.count("\n") > 300 else []), ("x = 1\n" * 300,), ("x = 1\n" * 301,),
    ),
    Rule(
        "function length", "A function past 40 lines does two things.", EVERYWHERE,
        functions(lambda node: _length(node) > 40), ("def short():\n    return 1",), (LONG_FUNCTION,),
        but=("kmportal/core/styleguide.py",),  # samples for every component, one after the other
    ),
    Rule(
        "views are thin", "A view fetches, asks a form, calls one action, answers: 15 lines.", OURS + r".*views",
        functions(_is_long_view), ("def page(request):\n    return 1",), (LONG_VIEW,),
    ),
    Rule(
        "read for somebody", "What is fetched without a viewer leaks what the viewer may not see.", OURS + r".*\b(views|consumers|feeds|api|sitemaps)\b",
        calls(_fetches_without_a_viewer),
        ("get_object_or_404(Lesson.objects.visible_to(request.user), pk=pk)", "Lesson.objects.visible_to(user).filter(live=True)",
         "Topic.objects.all()", "Report.objects.filter(page__in=kept.values('pk'))"),
        ("Lesson.objects.get(pk=pk)", "Lesson.objects.filter(pk=pk)", "get_object_or_404(Lesson, pk=pk)"),
    ),
    Rule(
        "write in verbs", "A second road to the same change forgets permissions, notices and history.",
        OURS + rf"(?!.*\b({VERBS}|management)\b)", calls(_writes),
        ("actions.publish(actor=user, lesson=lesson)", "digest.update(data)", "context.update(more)", "image.save(buffer, 'PNG')"),
        ("lesson.save()", "lesson.save(update_fields=['title'])", "Lesson.objects.create(title='x')", "lessons.filter(live=True).update(live=False)", "lesson.delete()"),
        but=(
            "kmportal/people/models/accounts.py",  # the manager that Django's own commands make accounts with
            "kmportal/people/signup.py",  # allauth's adapter: what allauth asks it to do, it does
            "kmportal/library/models/workflow.py",  # Wagtail's hook for a task of a workflow
            "kmportal/retrieval/scratch.py",  # fills a database that is only measured
            "kmportal/library/cms_guard.py",  # carries the account's language into the CMS, which keeps its own
        ),
    ),
    Rule(
        "trusted HTML", "Only core/clean.py may say that HTML is safe; format_html escapes.", EVERYWHERE,
        lines(r"\bmark_safe\b|\bSafe(String|Text)\((?!['\"]{2}\))"), ("format_html('<b>{}</b>', name)", "def x() -> SafeString: ..."), ("mark_safe(text)",),
        but=("kmportal/core/clean.py", "tests/house/python_rules.py"),
    ),
    Rule(
        "texts are literals", "What is not a literal with named places cannot be translated.", OURS, calls(_bad_text),
        ("_('Hello %(name)s')", "ngettext('one page', '%(n)s pages', n)", "pgettext('menu', 'Home')"),
        ("_(f'Hello {name}')", "_(label)", "_('Hello ' + name)", "_('Hello %s')", "ngettext('one', many, n)", "_('Hello {}')"),
        but=("kmportal/library/cms_words.py",),  # asks for texts of Wagtail, which the override fragment names
    ),
    Rule(
        "numbers from outside", "int() of a query string crashes on what people type: use a form or core/paging.", OURS, calls(_reads_a_number_raw),
        ("int(settings.LIMIT)", "form.cleaned_data['page']"), ("int(request.GET['page'])", "int(request.POST.get('n', 0))", "float(self.request.GET['x'])"),
    ),
    Rule(
        "signals", "A receiver is an arrow nobody sees: Wagtail's in library/receivers.py, the search index's pair, and no others.", OURS, lines(r"^\s*@receiver\(|(?<!def )\b(post|pre)_(save|delete)\b|page_(un)?published\.connect"),
        ("actions.notify(page=page)",), ("@receiver(page_published)", "post_save.connect(handle)", "page_published.connect(handle)"),
        # apps.py switches them on; docs/decisions/0017 says why the search index has a pair
        but=("kmportal/library/receivers.py", "kmportal/library/apps.py", "kmportal/retrieval/receivers.py"),
    ),
    Rule(
        "joins are named", "select_related() without names joins whatever there is.", OURS, lines(r"select_related\(\s*\)"),
        ("x.select_related('agency')",), ("x.select_related()",),
    ),
    Rule(
        "no hidden saving", "save() overrides run in some roads and not in others: write a verb.", OURS + r".*models", functions(_overrides_save),
        ("def clean(self): ...",), ("def save(self, **kwargs): ...",),
        but=("kmportal/library/models/documents.py",),
    ),
    Rule(
        "verbs name their arguments", "publish(actor=…, lesson=…) cannot be called the wrong way round.", OURS + r".*\bactions\b", functions(_takes_places, top=True),
        ("def publish(*, actor, lesson): ...", "def _step(page, day): ...", "def next_review(today): ..."), ("def publish(actor, lesson): ...", "def join(a, b): ..."),
        # the inner steps of merging and of the index, no verbs: what is where cannot be taken for one another, types differ
        but=("kmportal/people/actions/references.py", "kmportal/retrieval/actions/following.py", "kmportal/retrieval/actions/upkeep.py"),
    ),
    Rule(
        "exceptions have reasons", "A silenced warning says which and why.", EVERYWHERE,
        lines(r"#\s*noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* - \S)|#\s*type:\s*ignore(?!\[[a-z-]+(,\s*[a-z-]+)*\]  # \S)"),
        ("x = 1  # noqa: S308 - the one gate", "x = 1  # type: ignore[misc]  # Django's own way"),
        ("x = 1  # noqa", "x = 1  # noqa: S308", "x = 1  # type: ignore", "x = 1  # type: ignore[misc]"),
        but=("tests/house/python_rules.py",),
    ),
    Rule(
        "walls stay up", "Requests are checked, and GETs take no write lock.", OURS, lines(r"csrf_exempt|ATOMIC_REQUESTS"),
        ("@require_POST",), ("@csrf_exempt", "ATOMIC_REQUESTS = True"),
        but=(
            "kmportal/core/preferences.py",  # checks the origin instead: a token would give every anonymous page a cookie
            "kmportal/inbox/views/stop.py",  # mail programs post without a page before (RFC 8058); the signed address is the proof
        ),
    ),
)  # fmt: skip
