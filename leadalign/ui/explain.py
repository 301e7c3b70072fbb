"""How a number is computed: the sentence people agreed on, the query, what went in, and what it may be biased by."""

import re
from typing import Any

import streamlit as st

from leadalign import facts
from leadalign.figures import Figure, Frame
from leadalign.measure import query
from leadalign.metrics import metrics
from leadalign.texts import formats, has
from leadalign.ui.company import definition_in_words
from leadalign.ui.figure_words import line_of, name_of
from leadalign.ui.filters import period_in_words
from leadalign.ui.language import language, words
from leadalign.ui.memory import remembered

DERIVED = re.compile(r"\bderived\.\w+")


def explain(metric: str, figure: Figure, frame: Frame) -> None:
    """Opens the explanation of one figure over the page."""

    @st.dialog(name_of(metric, language()), width="large")
    def dialog() -> None:
        """What the dialog shows."""
        st.markdown(metrics()[metric].definition[language()])
        st.markdown(f"**{line_of(figure, language())}**")
        st.caption(f"{period_in_words(frame.start, frame.end)} · {definition_in_words(language())}")
        _method(figure)
        _biases(metric)
        st.markdown(words("ui.explain.query"))
        st.code(query_text(metric, frame), language="sql", wrap_lines=True)

    dialog()


def _biases(metric: str) -> None:
    """What to keep in mind before acting on the number."""
    lines = [f"- {words(f'ui.bias.{bias}')}" for bias in metrics()[metric].bias]
    if lines:
        st.markdown("\n".join([words("ui.explain.biases"), *lines]))


def _method(figure: Figure) -> None:
    """How the interval was made, in words."""
    if figure.method and has(f"ui.method.{figure.method}"):
        st.markdown(
            words("ui.explain.made")
            + " "
            + words(f"ui.method.{figure.method}", n=formats.number(figure.n or 0, language()))
        )


@remembered
def query_text(db: Any, metric: str, frame: Frame) -> str:
    """The query with the values bound in it, and the text of the fact that it reads."""
    text, bound = query(db, metric, frame)
    over = metrics()[metric].over
    values = "".join(f"-- ${name} = {value}\n" for name, value in bound.items())
    return f"{values}{DERIVED.sub(over, text)}\n\n-- {over}:\n{facts.sql(over)}"
