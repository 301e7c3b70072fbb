"""The page's own language and direction, set by the only scripts of ours that a browser may run.

Hand one to `st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)` letter by letter: the
content-security policy knows each by its hash.
"""

DIRECTIONS = {"en": "ltr", "he": "rtl"}


def script_for(language: str) -> str:
    """Tells the browser, and whoever listens to it, the page's language and in which direction it reads."""
    return f"document.documentElement.lang='{language}';document.documentElement.dir='{DIRECTIONS[language]}'"


SCRIPTS = tuple(script_for(language) for language in DIRECTIONS)
