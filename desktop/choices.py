"""The words that settings and switches may take; needs nothing, so that the command line starts fast."""

from typing import Literal

Attention = Literal["auto", "flash-attn", "varlen", "triton", "sdpa"]
Precision = Literal["auto", "bfloat16", "float32"]
Weights = Literal["auto", "int8"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
KeyPlace = Literal["none", "keyring", "file"]
MathSigns = Literal["$$", "$", "\\[", "\\(", "none"]
