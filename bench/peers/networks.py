"""PyTorch as a peer: the networks of bench/networks.ts, trained and run, one JSON line per question.

First line in: {"network": name, "threads": n, "tensors": path of a safetensors file with the parameters by
name, "image", and "target"}, and to train "learningRate". Then, as often as wanted:
{"do": "step"} -> loss, gradients and update (SGD, momentum 0.9): {"loss": before the update, "ms", "cpuMs"}
{"do": "gradients"} -> lengths at the parameters of now: {"float32": {name: length, ...}, "float64": the same}
{"do": "forward"} -> the logits in inference: {"sum": of them all, "ms", "cpuMs"}
{"do": "matmul"} -> a product of two matrices of 1024: {"ms", "cpuMs"}
Needs Debian's python3-torch.
"""
import json
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = file.read()
    header.pop("__metadata__", None)
    return {
        name: torch.from_numpy(np.frombuffer(body[slice(*of["data_offsets"])], np.float32).reshape(of["shape"]).copy())
        for name, of in header.items()
    }


def normed(p, name, x, training, **options):
    y = F.conv2d(x, p[f"{name}.convolution.weight"], **options)
    norm = [p[f"{name}.norm.{part}"] for part in ("runningMean", "runningVariance", "weight", "bias")]
    return F.batch_norm(y, *norm, training=training, momentum=0.1, eps=1e-5)


def bottleneck(p, name, x, training, stride):
    y = F.relu(normed(p, f"{name}.reduce", x, training))
    y = F.relu(normed(p, f"{name}.look", y, training, stride=stride, padding=1))
    y = normed(p, f"{name}.widen", y, training)
    if f"{name}.shortcut.convolution.weight" in p:
        x = normed(p, f"{name}.shortcut", x, training, stride=stride)
    return F.relu(x + y)


def stage(p, number, x, training, blocks, stride):
    for block in range(blocks):
        x = bottleneck(p, f"stages.{number}.{block}", x, training, stride if block == 0 else 1)
    return x


def resnet50(p, image, training):
    x = F.relu(normed(p, "stem", image, training, stride=2, padding=3))
    x = F.max_pool2d(x, 3, stride=2, padding=1)
    for number, (blocks, stride) in enumerate([(3, 1), (4, 2), (6, 2), (3, 2)]):
        x = stage(p, number, x, training, blocks, stride)
    return F.conv2d(x, p["head.weight"], p["head.bias"])


def compact(p, image, training):
    x = F.relu(normed(p, "stem", image, training, stride=2, padding=1))
    fine = stage(p, 0, x, training, 2, 2)
    x = stage(p, 1, fine, training, 2, 2)
    x = stage(p, 2, x, training, 3, 2)
    parts = [F.relu(normed(p, "pyramid.pixel", x, training))]
    for number, rate in enumerate([2, 4]):
        parts.append(F.relu(normed(p, f"pyramid.dilated.{number}", x, training, dilation=rate, padding=rate)))
    whole = F.relu(normed(p, "pyramid.image", x.mean((2, 3), keepdim=True), training))
    x = F.relu(normed(p, "pyramid.mix", torch.cat([*parts, whole.expand_as(parts[0])], 1), training))
    x = F.interpolate(x, fine.shape[2:], mode="bilinear", align_corners=False)
    x = torch.cat([x, F.relu(normed(p, "detail", fine, training))], 1)
    x = F.relu(normed(p, "decoder", x, training, padding=1))
    x = F.conv2d(x, p["head.weight"], p["head.bias"])
    return F.interpolate(x, image.shape[2:], mode="bilinear", align_corners=False)


def normalised_focal(x, y):
    margin = x * (2 * y - 1)
    weight = torch.sigmoid(-margin) ** 2
    axes = (1, 2, 3)
    return ((weight * F.softplus(-margin)).sum(axes) / weight.sum(axes).detach()).mean()


NETWORKS = {"resnet50": (resnet50, F.binary_cross_entropy_with_logits), "compact": (compact, normalised_focal)}


def gradients(precision):
    copies = {name: tensor.detach().clone().to(precision) for name, tensor in p.items()}
    wanted = [copies[name].requires_grad_() for name in learnt]
    value = loss(network(copies, image.to(precision), True), target.to(precision))
    found = torch.autograd.grad(value, wanted)
    return {name: float(each.double().norm()) for name, each in zip(learnt, found)}


def answer(do):
    start, cpu = time.perf_counter(), time.process_time()
    took = lambda: {"ms": 1000 * (time.perf_counter() - start), "cpuMs": 1000 * (time.process_time() - cpu)}
    if do == "forward":
        with torch.no_grad():
            logits = network(p, image, False)
        return {**took(), "sum": float(logits.double().sum())}
    if do == "matmul":
        torch.mm(square, square, out=product)
        return took()
    if do == "gradients":
        return {"float32": gradients(torch.float32), "float64": gradients(torch.float64)}
    optimiser.zero_grad(set_to_none=True)
    value = loss(network(p, image, True), target)
    value.backward()
    optimiser.step()
    return {"loss": float(value), **took()}


settings = json.loads(sys.stdin.readline())
torch.set_num_threads(settings["threads"])
network, loss = NETWORKS[settings["network"]]
p = read(settings["tensors"])
image = p.pop("image")
target = p.pop("target", None)
learnt = [name for name in p if "running" not in name]
for name in learnt:
    p[name].requires_grad_()
optimiser = torch.optim.SGD([p[name] for name in learnt], settings.get("learningRate", 0), momentum=0.9)
square = torch.rand(1024, 1024)
product = torch.empty(1024, 1024)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)["do"])), flush=True)
