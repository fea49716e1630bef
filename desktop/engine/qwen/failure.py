"""What went wrong on the device: too little memory, or a GPU that no longer answers."""

import traceback

import torch

# Of the CPU, of Apple's GPU, and of a piece larger than Metal makes: mere RuntimeErrors.
_SHORTAGES = ("not enough memory", "MPS backend out of memory", "Invalid buffer size")


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether the device had too little memory; freeing some may help."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or any(words in str(error) for words in _SHORTAGES)


def is_lost(error: BaseException, device: torch.device) -> bool:
    """Tell whether the device answers nothing any more; a CUDA error may break its context for good."""
    if is_out_of_memory(error) or not isinstance(error, RuntimeError):
        return False
    return not _answers(device)


def is_gpu_lost() -> bool:
    """Tell whether there is a GPU that answers nothing any more."""
    gpu = torch.accelerator.current_accelerator(check_available=True)
    return gpu is not None and not _answers(gpu)


def _answers(device: torch.device) -> bool:
    try:
        return int(torch.ones(2, device=device).sum()) == 2
    except RuntimeError:
        return False


def forget(error: BaseException | None) -> None:
    """Let go of what the calls that failed still hold, such as the weights so far; their traceback can be read on."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
