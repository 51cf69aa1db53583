"""What a template of someone else's may do: read what it is given and write text, within bounds.

jinja2's sandbox keeps templates from Python's inner attributes. It does not keep them from taking all
time and memory, so here every turn of a loop, call, template and character written counts, no value
grows beyond a bound, and only those filters and methods are there whose cost is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from deckgen.document.markdown import show
from deckgen.document.texts import Markdown, in_cell
from deckgen.reading.fields import Text

MOST_STEPS = 1_000_000  # turns of loops, calls and entries of lists, for one document
MOST_WRITTEN = 10_000_000  # characters
LONGEST = 1_000_000  # characters or entries of one value
MOST_BITS = 512  # of a whole number
CALL = 4  # steps
WIDEST_RANGE = 10_000
DEEPEST = 4  # lists within lists
BIGGEST = 200_000  # characters of a template

TEXT_METHODS = frozenset(
    [
        "capitalize",
        "casefold",
        "count",
        "endswith",
        "find",
        "isalpha",
        "isdigit",
        "islower",
        "isupper",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "upper",
    ]
)
METHODS: dict[type, frozenset[str]] = {
    str: TEXT_METHODS,
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    int: frozenset(),
    float: frozenset(),
}
FILTERS = frozenset(
    [
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "dictsort",
        "first",
        "float",
        "groupby",
        "int",
        "items",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "select",
        "selectattr",
        "sort",
        "title",
        "trim",
        "unique",
        "upper",
        "wordcount",
    ]
)


class Refused(jinja2.TemplateRuntimeError):
    """A template asks for more than it may have."""


class Budget:
    """What a document has left of steps and characters."""

    def __init__(self) -> None:
        self.steps = MOST_STEPS
        self.characters = MOST_WRITTEN

    def step(self, count: int = 1) -> None:
        """Take *count* steps."""
        self.steps -= count
        if self.steps < 0:
            raise Refused(f"it takes more than {MOST_STEPS:,} steps: make its loops do less")

    def write(self, text: str) -> str:
        """Write *text*."""
        self.characters -= len(text)
        if self.characters < 0:
            raise Refused(f"it writes more than {MOST_WRITTEN:,} characters: make it write less")
        return text


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which time, memory and output have bounds."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        self.budget = Budget()
        super().__init__(**options, finalize=_written)
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= {
            "_counted": self._counted,
            "_joined": self._joined,
            "_measured": self._measured,
            "join": self._join,
            "replace": self._replace,
            "round": _rounded,
            "string": lambda value: self._plain(value),
            "sum": lambda numbers: sum(self._counted(numbers)),
        }
        self.globals = {"namespace": self.globals["namespace"], "range": self._range}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > BIGGEST:
            raise Refused(f"template `{name}` is longer than {BIGGEST:,} characters")
        tree = super()._parse(source, name, filename)
        bounded: nodes.Template = _Bounding(self, name, filename).visit(tree)
        return bounded

    def _load_template(self, name: str, globals: Any) -> jinja2.Template:
        self.budget.step(100)
        return super()._load_template(name, globals)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may use the attribute: of texts and numbers only a few."""
        if attr in getattr(type(obj), "_fields", ()):
            return True
        for kind, names in METHODS.items():
            if isinstance(obj, kind):
                return attr in names
        if callable(value) and not isinstance(value, Macro) and not isinstance(obj, LoopContext):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Let no `format` pass, whose widths have no bound."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a function, a macro or a method, as some steps."""
        __self.budget.step(CALL)
        result = super().call(__context, __obj, *args, **kwargs)
        if isinstance(result, str):
            _check_length(len(result))
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Calculate, once it is clear that the result is small."""
        self.budget.step()
        return self._measured(_BINARY[operator](left, right))

    # what stands in for parts of a template -----------------------------------------------------

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self.budget.step()
            yield value

    def _plain(self, value: Any) -> str:
        text = show(value)
        if isinstance(value, Text | Markdown):
            text = in_cell(str(text))  # a template may write it into a table of its own
        if not isinstance(text, str | int | float | jinja2.Undefined):
            kind = "a list" if isinstance(text, list | tuple | dict) else f"a {type(text).__name__}"
            raise Refused(f"{kind} cannot be printed: print the texts in it")
        return str(text)

    def _joined(self, values: list[Any]) -> Markdown:
        return self._join(values)

    def _join(self, values: Iterable[Any], between: str = "", attribute: str = "") -> Markdown:
        if attribute:
            values = (self.getattr(value, attribute) for value in values)
        texts = [self._plain(value) for value in self._counted(values)]
        _check_length(sum(map(len, texts)) + len(between) * len(texts))
        return Markdown(between.join(texts))

    def _replace(self, text: str, old: str, new: str) -> str:
        text = self._plain(text)
        _check_length(len(text) + text.count(old) * len(new))
        return text.replace(old, new)

    def _measured(self, value: Any, depth: int = 0) -> Any:
        if isinstance(value, str):
            _check_length(len(value))
        elif isinstance(value, list | tuple | dict):
            if depth >= DEEPEST:
                raise Refused(f"lists can be nested at most {DEEPEST} deep")
            _check_length(len(value))
            self.budget.step(len(value))
            for entry in value.values() if isinstance(value, dict) else value:
                self._measured(entry, depth + 1)
        return value

    def _range(self, *bounds: int) -> range:
        made = range(*bounds)
        if len(made) > WIDEST_RANGE:
            raise Refused(f"`range` gives at most {WIDEST_RANGE:,} numbers")
        return made


class _Bounding(NodeTransformer):
    """Puts a filter of ours before everything that can grow."""

    def __init__(self, made: BoundedEnvironment, name: str | None, filename: str | None) -> None:
        self._made, self._name, self._filename = made, name, filename

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """Count the turns of a loop; a recursive one would hide them."""
        if node.recursive:
            message = "loops cannot be `recursive`: write a macro that calls itself"
            raise jinja2.TemplateSyntaxError(message, node.lineno, self._name, self._filename)
        self.generic_visit(node)
        node.iter = self._filtered(node.iter, "_counted")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Join texts within bounds."""
        self.generic_visit(node)
        held = nodes.List(node.nodes, lineno=node.lineno, environment=self._made)
        return self._filtered(held, "_joined")

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802
        """Count text that stands in a template like any other."""
        return nodes.Const(Markdown(node.data), lineno=node.lineno, environment=self._made)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        """Measure a list."""
        self.generic_visit(node)
        return self._filtered(node, "_measured")

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        """Measure a dictionary."""
        self.generic_visit(node)
        return self._filtered(node, "_measured")

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        """Measure a tuple that is read; others are what a loop or a `set` gives values to."""
        self.generic_visit(node)
        return self._filtered(node, "_measured") if node.ctx == "load" else node

    def _filtered(self, node: Any, name: str) -> nodes.Filter:
        place = {"lineno": node.lineno, "environment": self._made}
        return nodes.Filter(node, name, [], [], None, None, **place)


@jinja2.pass_context
def _written(context: Context, value: Any) -> str:
    """Return *value* as a document shows it, counted."""
    made = context.environment
    assert isinstance(made, BoundedEnvironment)
    return made.budget.write(made._plain(value))


def _check_length(length: int) -> None:
    if length > LONGEST:
        raise Refused(f"a text or list would be longer than {LONGEST:,}")


def _plus(left: Any, right: Any) -> Any:
    if hasattr(left, "__len__") and hasattr(right, "__len__"):
        _check_length(len(left) + len(right))
    return _small(left + right)


def _times(left: Any, right: Any) -> Any:
    for held, count in ((left, right), (right, left)):
        if hasattr(held, "__len__") and isinstance(count, int):
            _check_length(len(held) * max(count, 0))
    return _small(left * right)


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > MOST_BITS:
        raise Refused("the number would be too large")
    return left**right


def _modulo(left: Any, right: Any) -> Any:
    if isinstance(left, str):
        raise Refused("`%` cannot format text here: join texts with `~`")
    return left % right


def _small(value: Any) -> Any:
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise Refused("the number would be too large")
    return value


def _rounded(value: float, digits: int = 0) -> float:
    return round(value, max(-20, min(digits, 20)))


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": _plus,
    "*": _times,
    "**": _power,
    "%": _modulo,
}
