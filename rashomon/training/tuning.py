"""Tunes the encoder on lessons and writes it as ONNX, with eight-bit weights. Needs PyTorch and onnx.

A run can be stopped at any time: after each pass over the lessons its whole state is kept in a file, from which the
same run goes on with the same result.
"""

from __future__ import annotations

import logging
import random
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from rashomon.training.lessons import SOURCE_KINDS, STATUSES, Lesson
from rashomon.training.network import Network

EPOCHS = 5
_PIECES = 1100  # in one step
_RATE_OF_ENCODER, _RATE_OF_HEADS = 1.5e-4, 1e-3
_DECAY = 0.01
_WARM_UP, _LEAST_RATE = 0.1, 0.02
_STEEPEST = 1.0
_SORTED_TOGETHER = 64  # lessons of which those of like length share a step
_OPSET = 17
_BITS, _WHOLE = 7, 8  # of weights: those used, and those there are; see `_onnx`

SETTINGS = (
    torch.__version__, EPOCHS, _PIECES, _SORTED_TOGETHER, _RATE_OF_ENCODER, _RATE_OF_HEADS, _DECAY, _WARM_UP,
    _LEAST_RATE, _BITS,
)  # fmt: skip
"""What a result hangs on beside lessons and seed."""

Arrays = Mapping[str, NDArray[np.float32]]
Step = Callable[[int, int], None]
"""Is told how many steps are done, and how many there are."""


def tune(
    lessons: Sequence[Lesson],
    weights: Mapping[str, Tensor],
    heads: int,
    types: int,
    seed: int,
    state: Path,
    step: Step,
) -> tuple[bytes, Arrays]:
    """Tunes an encoder: the network as ONNX, and the arrays of what stands on it.

    AdamW with a linear warm-up and decay, in half precision as far as the machine has it. One thread: sums keep their
    order, so that the same lessons and seed give the same network.

    Args:
        lessons: what it learns from.
        weights: of the encoder to begin with.
        heads: of its attention.
        types: how many types there are.
        seed: for what is drawn by lot.
        state: the file where a run that is not finished is kept.
        step: is told how far it is.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    network = Network(weights, heads, types, len(STATUSES), len(SOURCE_KINDS))
    encoder, above = network.groups()
    rates = (_RATE_OF_ENCODER, _RATE_OF_HEADS)
    optimizer = torch.optim.AdamW(
        [{"params": group, "lr": rate} for group, rate in zip((encoder, above), rates, strict=True)],
        weight_decay=_DECAY,
    )
    plans = [_plan(lessons, random.Random(f"{seed}/{epoch}")) for epoch in range(EPOCHS)]
    total = sum(map(len, plans))
    network.train()
    for epoch in range(_resume(state, network, optimizer), EPOCHS):
        before = sum(map(len, plans[:epoch]))
        for done, together in enumerate(plans[epoch], before):
            step(done, total)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * _rate(done / total)
            optimizer.zero_grad()
            network.loss([lessons[n] for n in together]).backward()
            nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
        _keep(state, epoch + 1, network, optimizer)
    step(total, total)
    network.eval()
    return _onnx(network), network.arrays()


def _plan(lessons: Sequence[Lesson], lot: random.Random) -> list[list[int]]:
    """The lessons of each step of one pass: such of like length, so that little is read in vain."""
    order = list(range(len(lessons)))
    lot.shuffle(order)
    steps: list[list[int]] = []
    for first in range(0, len(order), _SORTED_TOGETHER):
        together: list[int] = []
        for n in sorted(order[first : first + _SORTED_TOGETHER], key=lambda n: len(lessons[n].pieces)):
            if together and len(lessons[n].pieces) * (len(together) + 1) > _PIECES:
                steps.append(together)
                together = []
            together.append(n)
        steps.append(together)
    lot.shuffle(steps)
    return steps


def _rate(share: float) -> float:
    """What the learning rate is multiplied by when this share of the steps is done."""
    return min(1.0, share / _WARM_UP) * max(_LEAST_RATE, 1 - share)


def _keep(state: Path, epochs: int, network: Network, optimizer: torch.optim.Optimizer) -> None:
    new = state.with_suffix(".new")
    kept = {
        "epochs": epochs,
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "lot": torch.get_rng_state(),
    }
    torch.save(kept, new)
    new.replace(state)


def _resume(state: Path, network: Network, optimizer: torch.optim.Optimizer) -> int:
    """Takes up a run that was kept; the number of passes that it made."""
    if not state.exists():
        return 0
    kept = torch.load(state, weights_only=True)
    network.load_state_dict(kept["network"])
    optimizer.load_state_dict(kept["optimizer"])
    torch.set_rng_state(kept["lot"])
    return int(kept["epochs"])


def _onnx(network: Network) -> bytes:
    """The encoder as ONNX with weights of eight bits, those of layers with one scale for each column.

    Of the eight bits of layers seven are used: processors without instructions for such networks add products in
    sixteen bits, which all eight would overflow.
    """
    example = torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8)
    axes = {name: {0: "run", 1: "piece"} for name in ("ids", "mask", "states")}
    with TemporaryDirectory() as folder:
        whole, half, small = (Path(folder) / f"{name}.onnx" for name in ("whole", "half", "small"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter announces its successor, which needs more libraries
            torch.onnx.export(
                network.encoder,
                example,
                str(whole),
                input_names=["ids", "mask"],
                output_names=["states"],
                dynamic_axes=axes,
                opset_version=_OPSET,
                dynamo=False,
            )
        logging.disable(logging.WARNING)  # it advises on models of images
        quantize_dynamic(whole, half, ["Gather"], weight_type=QuantType.QUInt8)
        quantize_dynamic(
            half, small, ["MatMul"], per_channel=True, reduce_range=_BITS < _WHOLE, weight_type=QuantType.QInt8
        )
        logging.disable(logging.NOTSET)
        return small.read_bytes()
