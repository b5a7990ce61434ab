"""The expressions of DHIS2 indicators: figures of data elements, + - * / and numbers, as a tree.

    sum        = product {("+" | "-") product}
    product    = term {("*" | "/") term}
    term       = number | "-" term | "#{element}" | "#{element.combo}" | "(" sum ")"

Whatever else DHIS2 knows (programs, constants, functions, counts of units) is refused by what it is.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_TOKEN = re.compile(
    r"\s*(?:#\{(?P<element>\w{11})(?:\.(?P<combo>\w{11}|\*))?(?P<more>\.[^}]*)?\}"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()]))"
)
_TOO_DEEP = 50  # brackets in brackets
_TOO_LONG = 400  # figures, numbers and signs


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of a data element, of one of its combos where one is named."""

    element: str
    combo: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Two expressions and what is done with them."""

    sign: Literal["+", "-", "*", "/"]
    left: "Expression"
    right: "Expression"


Expression = Decimal | Figure | Joined


def read_expression(text: str) -> Expression:
    """The tree of an expression. ValueError with a whole sentence where it says what we do not work out.

    `#{element.*}` and `#{element}` are the same: the sum of all combos.
    """
    tokens = _tokens(text)
    if not tokens:
        raise ValueError("Biểu thức để trống.")
    if len(tokens) > _TOO_LONG:
        raise ValueError(f"Biểu thức dài quá {_TOO_LONG} phần.")
    reader = _Reader(tokens, text.strip())
    found = reader.total()
    if reader.place < len(tokens):
        raise reader.wrong()
    return found


def figures_in(expression: Expression) -> list[Figure]:
    """The figures an expression names, in order, each once."""
    if isinstance(expression, Figure):
        return [expression]
    if isinstance(expression, Joined):
        both = [*figures_in(expression.left), *figures_in(expression.right)]
        return list(dict.fromkeys(both))
    return []


def _tokens(text: str) -> list[str | Figure | Decimal]:
    found: list[str | Figure | Decimal] = []
    place, stripped = 0, text.rstrip()
    while place < len(stripped):
        token = _TOKEN.match(stripped, place)
        if token is None or token["more"]:
            rest = stripped[place:].strip()[:40]
            raise ValueError(
                f"Biểu thức có phần “{rest}” mà phần mềm không tính: chỉ nhận #{{mã}}, #{{mã.nhóm}}, số, + - * / và ngoặc."
            )
        place = token.end()
        if token["element"]:
            combo = token["combo"] or ""
            found.append(Figure(token["element"], "" if combo == "*" else combo))
        elif token["number"]:
            found.append(Decimal(token["number"]))
        else:
            found.append(token["sign"])
    return found


class _Reader:
    """Walks over the tokens once, from the left."""

    def __init__(self, tokens: list[str | Figure | Decimal], text: str) -> None:
        self.tokens, self.text = tokens, text
        self.place = self.depth = 0

    def wrong(self) -> ValueError:
        return ValueError(f"Không đọc được biểu thức “{self.text[:60]}”.")

    def next_is(self, *signs: str) -> str:
        """Take the next token where it is one of these signs."""
        if self.place < len(self.tokens):
            token = self.tokens[self.place]
            if isinstance(token, str) and token in signs:
                self.place += 1
                return token
        return ""

    def total(self) -> Expression:
        self.depth += 1
        if self.depth > _TOO_DEEP:
            raise self.wrong()
        found = self.product()
        while sign := self.next_is("+", "-"):
            found = joined(sign, found, self.product())
        self.depth -= 1
        return found

    def product(self) -> Expression:
        found = self.term()
        while sign := self.next_is("*", "/"):
            found = joined(sign, found, self.term())
        return found

    def term(self) -> Expression:
        if self.next_is("("):
            found = self.total()
            if not self.next_is(")"):
                raise self.wrong()
            return found
        if self.next_is("-"):
            return joined("*", Decimal(-1), self.term())
        if self.place >= len(self.tokens) or isinstance(self.tokens[self.place], str):
            raise self.wrong()
        token = self.tokens[self.place]
        self.place += 1
        assert not isinstance(token, str)  # looked at above
        return token


def joined(sign: str, left: Expression, right: Expression) -> Expression:
    """Two expressions as one; two numbers are worked out at once. ValueError where one is divided by zero."""
    if sign == "/" and right == 0:
        raise ValueError("Biểu thức chia cho 0.")
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        if sign == "/":
            return left / right
        return {"+": left + right, "-": left - right, "*": left * right}[sign]
    return Joined(sign, left, right)  # type: ignore[arg-type] # only the four signs come here
