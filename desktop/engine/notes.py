"""What is remarked beside an answer that came otherwise than was wished, whichever model gave it."""

from desktop.language import tr_later

CUT = tr_later(
    "The answer was cut at {tokens} tokens, the most it may have; ask for the rest, or allow more (max_tokens)."
)
FULL = tr_later(
    "The answer was cut at {tokens} tokens, where the server's context was full; choose a smaller region, or start the "
    "server with a larger context."
)
REPEATED = tr_later("The model began to repeat itself, so its answer was stopped there.")
REDUCED = tr_later("The picture was read at {width} × {height} pixels, {share} % of its size.")
