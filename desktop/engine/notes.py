"""What is remarked beside an answer that came otherwise than was wished, whichever model gave it."""

CUT = "The answer was cut at {tokens:,} tokens, the most it may have; ask for the rest, or allow more (max_tokens)."
REPEATED = "The model began to repeat itself, so its answer was stopped there."
REDUCED = "The picture was read at {0} × {1} pixels, {2} % of its size."
