"""How hard a Danish text is to read: Björnsson's LIX."""

import re

LONG = 6
SHORTEST_SENTENCE = 3


def lix(text: str) -> float:
    """Give a text's LIX: words a sentence plus the percentage of words of more than six letters.

    A line ends a sentence, the dot of a date does not, and scraps of fewer than three words, such
    as a button's text, are left out so that they do not make the text seem easier than it is.

    Source: C. H. Björnsson, Läsbarhet (1968).
    """
    dated = re.sub(r"(\d)\.(?=\s)", r"\1", text)
    sentences = [
        re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", part) for part in re.split(r"[.!?:\n]+", dated)
    ]
    counted = [words for words in sentences if len(words) >= SHORTEST_SENTENCE]
    words = [word for sentence in counted for word in sentence]
    if not words:
        return 0.0
    long = sum(len(word) > LONG for word in words)
    return len(words) / len(counted) + 100 * long / len(words)
