"""The model in PyTorch: the base's encoder, and two heads that share what they see."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.unpack import Array

LOOKS = 12  # heads of attention


class Layer(nn.Module):
    def __init__(self, hidden: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, LOOKS, -1).transpose(1, 2)

        p = self.dropout if self.training else 0.0
        seen = functional.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), mask, p)
        seen = self.ao(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.aln(x + functional.dropout(seen, p, self.training))
        return self.oln(x + functional.dropout(self.fo(functional.gelu(self.fi(x))), p, self.training))  # type: ignore[no-any-return]


class Reader(nn.Module):
    """Token ids in, logits out: one per rule for the draft, one per rule for each token.

    The draft's logit for a rule weighs the tokens by that rule's own token logits, beside their mean, so that what
    the model says and where it points come from one look.
    """

    def __init__(self, weights: dict[str, Array], rules: int, dropout: float = 0.1) -> None:
        super().__init__()
        hidden, inner = weights["word"].shape[1], weights["l0.fi.w"].shape[0]
        count = sum(name.endswith(".q.w") for name in weights)
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(weights["word"]), freeze=True)
        self.pos = nn.Parameter(torch.from_numpy(weights["pos"] + weights["type"]))
        self.ln = nn.LayerNorm(hidden, 1e-12)
        self.layers = nn.ModuleList(Layer(hidden, inner, dropout) for _ in range(count))
        self.dropout = nn.Dropout(dropout)
        # e5's vectors all point one way; `centre` sets mean and spread from the corpus, or the heads hardly learn.
        self.scale, self.shift = nn.Parameter(torch.ones(hidden)), nn.Parameter(torch.zeros(hidden))
        self.token = nn.Linear(hidden, rules)
        self.pooled = nn.Parameter(torch.zeros(rules, hidden))
        self.mean = nn.Linear(hidden, rules)
        nn.init.constant_(self.token.bias, -4.0)  # most tokens and most drafts show nothing
        nn.init.constant_(self.mean.bias, -3.0)
        self._fill(weights)

    def _fill(self, weights: dict[str, Array]) -> None:
        state = {"ln.weight": weights["ln.w"], "ln.bias": weights["ln.b"]}
        for name, value in weights.items():
            layer, _, rest = name.partition(".")
            if rest and layer[0] == "l" and layer[1:].isdigit():
                part, kind = rest.split(".")
                state[f"layers.{layer[1:]}.{part}.{'weight' if kind == 'w' else 'bias'}"] = value
        missing, unexpected = self.load_state_dict({k: torch.from_numpy(v) for k, v in state.items()}, strict=False)
        assert not unexpected
        assert not any(k.startswith("layers") for k in missing)

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.dropout(self.ln(self.word(ids) + self.pos[: ids.shape[1]]))
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, seen)
        return x  # type: ignore[no-any-return]

    @torch.no_grad()
    def centre(self, ids: Tensor, mask: Tensor) -> None:
        x = self.hidden(ids, mask)[mask.bool()]
        mean, spread = x.mean(0), x.std(0)
        self.scale.copy_(1 / spread)
        self.shift.copy_(-mean / spread)

    def forward(self, ids: Tensor, mask: Tensor, text: Tensor) -> tuple[Tensor, Tensor]:
        """``mask`` is 1 where there is a token, ``text`` where it is one of the draft's own; all [batch, length].

        Returns [batch, rules] and [batch, length, rules].
        """
        x = self.dropout(self.hidden(ids, mask) * self.scale + self.shift)
        tokens = self.token(x)
        outside = (text == 0)[..., None]
        weight = tokens.masked_fill(outside, -1e4).softmax(1)
        pooled = weight.transpose(1, 2) @ x
        share = text[..., None] / text.sum(1).clamp(min=1)[:, None, None]
        draft = (pooled * self.pooled).sum(-1) + self.mean((x * share).sum(1))
        return draft, tokens
