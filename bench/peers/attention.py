"""The released probabilistic-attention layer in PyTorch, as a peer for time, memory and answers.

Written from the formulas of what that layer computes, with its passes over all pairs of tokens and
units: the comparison is of two ways to compute the same. Beside it plain softmax attention.

    python3 attention.py THREADS FOLDER

A request is a line of JSON; the tensors lie as float32 in FOLDER, channels before tokens as that
layer has them: q, key, mu [heads, channels, tokens], labels [heads, channels, tokens], labelled
[heads, tokens]. The reply holds milliseconds and the extra peak memory of the first run in MiB; the
answer, and gradients, are written to FOLDER/answer and FOLDER/gradients.
"""

import json
import re
import sys
import time

import numpy
import torch

THREADS, FOLDER = int(sys.argv[1]), sys.argv[2]
torch.set_num_threads(THREADS)


def weights_of(q, key, mu, alpha, beta):
    """Softmax over units of -alpha/2 |q - key|^2 with the magnitude prior, [heads, tokens, units]."""
    squares = q.square().sum(1)[:, :, None] + key.square().sum(1)[:, None, :]
    distances = squares - 2 * torch.matmul(q.transpose(1, 2), key)
    prior = alpha / 2 * key.square().sum(1) + beta / 2 * mu.square().sum(1)
    logits = -alpha / 2 * distances + prior[:, None, :]
    logits = logits - logits.max(2, keepdim=True).values
    shares = torch.exp(logits)
    return shares / (shares.sum(2, keepdim=True) + 1e-20)


def layer(q, key, mu, labels, labelled, alpha, beta, key_steps, key_prior, value_steps):
    weights = weights_of(q, key, mu, alpha, beta)
    for _ in range(key_steps):
        count = weights.sum(1)[:, None, :]
        pull = torch.matmul(q, weights)
        if key_prior is None:
            key = pull / count
        else:
            key = (key_prior * key + alpha * pull) / (key_prior + alpha * count)
        weights = weights_of(q, key, mu, alpha, beta)
    for _ in range(value_steps):
        sums = torch.matmul(torch.cat([labels, labelled[:, None, :]], 1), weights)
        mu = sums[:, :-1] / (sums[:, -1:] + 1e-20)
        weights = weights_of(q, key, mu, alpha, beta)
    return torch.matmul(mu, weights.transpose(1, 2))


def softmax_attention(q, key, mu, alpha):
    logits = alpha * torch.matmul(q.transpose(1, 2), key)
    return torch.matmul(mu, torch.softmax(logits, 2).transpose(1, 2))


def memory(field):
    with open("/proc/self/status") as status:
        return int(re.search(field + r":\s+(\d+)", status.read()).group(1)) / 1024


def tensor(name, shape):
    return torch.from_numpy(numpy.fromfile(f"{FOLDER}/{name}", numpy.float32).reshape(shape))


def reply_to(request):
    heads, channels, tokens = request["heads"], request["channels"], request["tokens"]
    shape = (heads, channels, tokens)
    q, key, mu, labels = [tensor(name, shape) for name in ("q", "key", "mu", "labels")]
    labelled = tensor("labelled", (heads, tokens))
    alpha, beta, backward = request["alpha"], request["beta"], request["backward"]
    given = (q, key, mu)
    if backward:
        for x in given:
            x.requires_grad_()

    def once():
        if request["plainSoftmax"]:
            out = softmax_attention(q, key, mu, alpha)
        else:
            steps = request["keySteps"], request["keyPrior"], request["valueSteps"]
            out = layer(q, key, mu, labels, labelled, alpha, beta, *steps)
        if not backward:
            return out, ()
        return out, torch.autograd.grad(out.sum(), given, allow_unused=True)

    before = memory("VmRSS")
    times = []
    with torch.set_grad_enabled(backward):
        for _ in range(request["runs"]):
            start = time.perf_counter()
            out, gradients = once()
            times.append(1000 * (time.perf_counter() - start))
    if request["write"]:
        out.detach().numpy().tofile(f"{FOLDER}/answer")
        flat = [torch.zeros_like(x) if g is None else g for x, g in zip(given, gradients)]
        if flat:
            torch.stack(flat).numpy().tofile(f"{FOLDER}/gradients")
    return {"ms": times, "extraMiB": memory("VmHWM") - before, "torch": torch.__version__}


for line in sys.stdin:
    print(json.dumps(reply_to(json.loads(line))), flush=True)
