"""What is remarked beside an answer that came otherwise than was wished, whichever model gave it."""

from desktop.language import tr_later

CUT = tr_later(
    "The answer was cut at {tokens} tokens, the most it may have; ask for the rest, or allow more (max_tokens)."
)
REPEATED = tr_later("The model began to repeat itself, so its answer was stopped there.")
REDUCED = tr_later("The picture was read at {width} × {height} pixels, {share} % of its size.")
