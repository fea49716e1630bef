"""The goals that were set for one kind of GPU and the 7B; on others figures have none."""

GOALS: dict[tuple[str, str], dict[str, float]] = {
    # Above what vLLM 0.24 reaches there with the same shape.
    ("H200", "7b"): {
        "first 1280x720": 52,
        "first 1920x1080": 110,
        "each 1280x720": 4.0,
        "kept": 8,
        "draft 60": 1.6,
        "draft 80": 2.5,
        "draft 95": 4,
        "rate 1": 4.2,
        "rate 3": 8.5,
        "rate 6": 12,
        "rate 12": 15,
        "start": 15,
        "peak 12": 22.5,
        "gap": 50,
    },
    # Twice what physics allows there, and first tokens within a tenth of those with bf16 weights.
    ("H200", "7b awq"): {
        "first 1280x720": 49.5,
        "first 1920x1080": 111,
        "each 1280x720": 2.0,
        "step 12": 3.5,
        "weights": 6.9,
        "gap": 50,
    },
    ("H200", "7b int8"): {"each 1280x720": 2.9},
    # What transformers with FlashAttention 2 was reported to reach there.
    ("RTX 4090", "7b"): {
        "preprocess": 42,
        "first 1280x720": 1120,
        "each 1280x720": 87,
        "whole": 3200,
        "rate 1": 0.82,
        "rate 3": 2.14,
        "rate 6": 3.47,
        "rate 12": 4.21,
        "load": 8.3,
        "peak 12": 22.5,
        "gap": 50,
    },
}


def goals_for(device: str, shape: str) -> dict[str, float]:
    """The goals for a device's name and the real shape that is measured; none where none were set."""
    return next((goals for (name, size), goals in GOALS.items() if name in device and size == shape), {})
