"""The network that is tuned: a small BERT with what stands on it. Needs PyTorch; nothing that codes imports this.

The encoder is all-MiniLM-L6-v2 (six layers, 384 numbers for a word; Wang et al., 2020), written out here since of a
library of transformers this one architecture would be used. What stands on it is what `coding.learned.layers` runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from rashomon.coding.learned.layers import ROLES, distance_class
from rashomon.training.lessons import Lesson

_NORM = 1e-12
_DROP_ENCODER, _DROP_IN, _DROP_INNER, _DROP_PAIRS = 0.1, 0.1, 0.2, 0.15
_TYPE_WIDTH, _WORD_WIDTH, _PAIR_WIDTH = 256, 64, 96
_DISTANCES = 28
_SCALE = 8.0  # as in `layers`
_SELDOM = -2.0  # log-odds of a pair before anything is learned
_NEVER = -1e4
_OF_STATUS, _OF_SOURCE, _OF_PAIRS = 0.5, 0.5, 0.25  # of the loss


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's measures; `heads` of attention share `width` numbers."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int

    @classmethod
    def of(cls, weights: Mapping[str, Tensor], heads: int) -> Shape:
        """The measures of an encoder with these weights, named as in the package that they come in."""
        words, width = weights["embeddings.word_embeddings.weight"].shape
        layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
        inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        return cls(width, layers, heads, inner, words, weights["embeddings.position_embeddings.weight"].shape[0])


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.mixed, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, _NORM)
        self.inner, self.outer = nn.Linear(width, shape.inner), nn.Linear(shape.inner, width)
        self.last_norm = nn.LayerNorm(width, _NORM)
        self.drop = nn.Dropout(_DROP_ENCODER)

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """States after this layer; `hidden` is added to what words pay to others: 0, or very little."""
        runs, length, width = states.shape
        query, key, value = (
            self.mixed(states).view(runs, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        )
        read = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden.to(query.dtype))
        read = read.transpose(1, 2).reshape(runs, length, width)
        states = self.norm(states + self.drop(self.out(read)))
        changed: Tensor = self.last_norm(states + self.drop(self.outer(functional.gelu(self.inner(states)))))
        return changed


class Encoder(nn.Module):
    """From pieces of words to states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.words, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))  # of the first of two texts, of which there is but one
        self.norm = nn.LayerNorm(shape.width, _NORM)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.drop = nn.Dropout(_DROP_ENCODER)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States of pieces; `ids` are their numbers, `mask` is 1 where there is one."""
        places = self.positions(torch.arange(ids.shape[1]))[None]
        states: Tensor = self.drop(self.norm(self.words(ids) + places + self.kind))
        hidden = (1 - mask[:, None, None, :]) * _NEVER
        for layer in self.layers:
            states = layer(states, hidden)
        return states

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Takes over weights, named as in the package that they come in."""
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"],
            "kind": weights["embeddings.token_type_embeddings.weight"][0],
        }
        for end in ("weight", "bias"):
            state[f"norm.{end}"] = weights[f"embeddings.LayerNorm.{end}"]
            for number in range(len(self.layers)):
                there, here = f"encoder.layer.{number}", f"layers.{number}"
                state[f"{here}.mixed.{end}"] = torch.cat(
                    [weights[f"{there}.attention.self.{name}.{end}"] for name in ("query", "key", "value")]
                )
                for name, other in (
                    ("out", "attention.output.dense"), ("norm", "attention.output.LayerNorm"),
                    ("inner", "intermediate.dense"), ("outer", "output.dense"), ("last_norm", "output.LayerNorm"),
                ):  # fmt: skip
                    state[f"{here}.{name}.{end}"] = weights[f"{there}.{other}.{end}"]
        self.load_state_dict(state)


class Network(nn.Module):
    """The encoder with what stands on it; arrays are named as `coding.learned.layers` reads them.

    Args:
        weights: of the encoder, as they come in their package.
        heads: of its attention.
        types, statuses, sources: how many classes there are, types without 'none'.
    """

    def __init__(self, weights: Mapping[str, Tensor], heads: int, types: int, statuses: int, sources: int) -> None:
        super().__init__()
        shape = Shape.of(weights, heads)
        self.encoder = Encoder(shape)
        self.encoder.load(weights)
        for fixed in (self.encoder.words.weight, self.encoder.positions.weight, self.encoder.kind):
            fixed.requires_grad_(False)  # hundreds of reports teach nothing about most words
        self.of_type = _classifier(shape.width, _TYPE_WIDTH, types + 1)
        self.of_status = _classifier(shape.width, _WORD_WIDTH, statuses)
        self.of_source = _classifier(shape.width, _WORD_WIDTH, sources)
        roles = len(ROLES)
        self.trigger = nn.Linear(shape.width, _PAIR_WIDTH * roles)
        self.mention = nn.Linear(shape.width, _PAIR_WIDTH * roles)
        self.distance = nn.Embedding(_DISTANCES, _PAIR_WIDTH * roles)
        self.sums = nn.Parameter(torch.randn(roles, _PAIR_WIDTH) * 0.05)
        self.products = nn.Parameter(torch.randn(roles, _PAIR_WIDTH) * 0.05)
        self.offset = nn.Parameter(torch.full((roles,), _SELDOM))
        self.drop = nn.Dropout(_DROP_PAIRS)

    def groups(self) -> tuple[list[Tensor], list[Tensor]]:
        """What is learned: the encoder's weights, and those of what stands on it."""
        inside = {id(weight) for weight in self.encoder.parameters()}
        return (
            [weight for weight in self.encoder.parameters() if weight.requires_grad],
            [weight for weight in self.parameters() if id(weight) not in inside],
        )

    def loss(self, lessons: Sequence[Lesson]) -> Tensor:
        """How wrong it is about some lessons: types, status and source of each claim, what belongs to it."""
        states = self._states(lessons)
        types = torch.tensor([kind for lesson in lessons for kind in lesson.types])
        loss = functional.cross_entropy(self.of_type(torch.cat(states)), types, reduction="sum")
        loss = loss / max(1, int((types > 0).sum()))
        tasks = [(state, task) for state, lesson in zip(states, lessons, strict=True) for task in lesson.tasks]
        if tasks:
            heads = torch.stack([state[task.row] for state, task in tasks])
            status = torch.tensor([task.status for _, task in tasks])
            source = torch.tensor([task.source for _, task in tasks])
            loss = loss + _OF_STATUS * functional.cross_entropy(self.of_status(heads), status)
            loss = loss + _OF_SOURCE * functional.cross_entropy(self.of_source(heads), source)
        paired = [(state, lesson) for state, lesson in zip(states, lessons, strict=True) if _has_pairs(lesson)]
        if paired:
            wrong = torch.stack([self._wrong_pairs(state, lesson) for state, lesson in paired]).sum()
            loss = loss + _OF_PAIRS * wrong / sum(len(lesson.tasks) for _, lesson in paired)
        return loss

    def _states(self, lessons: Sequence[Lesson]) -> list[Tensor]:
        """One state for each token of each lesson: the mean of its pieces'."""
        longest = max(len(lesson.pieces) for lesson in lessons)
        ids = torch.zeros(len(lessons), longest, dtype=torch.long)
        mask = torch.zeros(len(lessons), longest)
        for row, lesson in enumerate(lessons):
            ids[row, : len(lesson.pieces)] = torch.tensor(lesson.pieces)
            mask[row, : len(lesson.pieces)] = 1
        with torch.autocast("cpu", torch.bfloat16):
            pieces = self.encoder(ids, mask)
        return [_means(states, lesson) for states, lesson in zip(pieces.float(), lessons, strict=True)]

    def _wrong_pairs(self, states: Tensor, lesson: Lesson) -> Tensor:
        rows = [row for row, _, _ in lesson.mentions]
        found = self._pairs(states, [task.row for task in lesson.tasks], rows)
        right = torch.tensor([task.right for task in lesson.tasks], dtype=torch.float)
        may = [[float(first <= role < end) for role in range(len(ROLES))] for _, first, end in lesson.mentions]
        wrong = functional.binary_cross_entropy_with_logits(found, right, reduction="none")
        return (wrong * torch.tensor(may)[None]).sum()

    def _pairs(self, states: Tensor, triggers: Sequence[int], mentions: Sequence[int]) -> Tensor:
        """Scores of pairs: by trigger, mention and role."""
        one = self.trigger(self.drop(states[list(triggers)])).view(len(triggers), 1, len(ROLES), -1)
        other = self.mention(self.drop(states[list(mentions)])).view(1, len(mentions), len(ROLES), -1)
        classes = torch.tensor([[distance_class(there - here) for there in mentions] for here in triggers])
        apart = self.distance(classes).view(len(triggers), len(mentions), len(ROLES), -1)
        summed = (functional.gelu(one + other + apart) * self.sums).sum(-1)
        scores: Tensor = summed + (one * other * self.products).sum(-1) / _SCALE + self.offset
        return scores

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """What stands on the encoder, as `coding.learned.layers` reads it."""
        made: dict[str, Tensor] = {}
        for name, layers in (
            ("type", self.of_type),
            ("status_of_word", self.of_status),
            ("source_of_word", self.of_source),
        ):
            inner, outer = (layer for layer in layers if isinstance(layer, nn.Linear))
            made |= {f"{name}.inner": inner.weight, f"{name}.inner_offset": inner.bias}
            made |= {f"{name}.outer": outer.weight, f"{name}.outer_offset": outer.bias}
        pairs = {
            "trigger": self.trigger.weight, "trigger_offset": self.trigger.bias, "mention": self.mention.weight,
            "mention_offset": self.mention.bias, "distance": self.distance.weight, "sums": self.sums,
            "products": self.products, "offset": self.offset,
        }  # fmt: skip
        made |= {f"pairs.{name}": weight for name, weight in pairs.items()}
        return {name: weight.detach().numpy().astype(np.float32) for name, weight in made.items()}


def _classifier(width: int, inner: int, classes: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(_DROP_IN), nn.Linear(width, inner), nn.GELU(), nn.Dropout(_DROP_INNER), nn.Linear(inner, classes)
    )


def _has_pairs(lesson: Lesson) -> bool:
    return bool(lesson.tasks and lesson.mentions)


def _means(states: Tensor, lesson: Lesson) -> Tensor:
    sums = torch.cat([torch.zeros(1, states.shape[-1]), states.cumsum(0)])
    starts = torch.tensor([start for start, _ in lesson.bounds])
    ends = torch.tensor([end for _, end in lesson.bounds])
    return (sums[ends] - sums[starts]) / (ends - starts)[:, None]
