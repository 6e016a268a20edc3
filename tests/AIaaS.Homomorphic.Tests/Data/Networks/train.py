"""Trains the networks of this folder on Fashion-MNIST and writes them with everything folded.

usage: OMP_NUM_THREADS=1 /usr/bin/python3 train.py [NAME...]     (Debian: python3-torch, python3-numpy, dataset-fashion-mnist)

Every activation is x squared. Recipe: batch normalization before each square, AdamW with a one-cycle rate to 4e-3, decay 1e-4 a step
at the peak on weights only, gradients clipped to norm 1, batches of 128; 55,000 images to train on, 5,000 to choose by, 10,000 to test.
Images are padded with raw zeros before they are normalized, so that normalization and batch statistics fold exactly into the weights.
README.md describes the files.
"""
import gzip
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

DATA = Path('/usr/share/datasets/fashion-mnist')
HERE = Path(__file__).parent
SHIPPED = 200
NETWORKS = {  # maps of the convolution (0: none), hidden units, epochs
    'mlp-64': (0, 64, 10),
    'lola-5-100': (5, 100, 5),
    'cnn-16-100': (16, 100, 5),
}
KERNEL, STRIDE, PADDING, SIDE, GRID, CLASSES = 5, 2, 1, 28, 13, 10


def idx(name, header):
    with gzip.open(DATA / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def images(name):
    return torch.from_numpy(idx(f'{name}-images-idx3-ubyte.gz', 16).reshape(-1, 1, SIDE, SIDE).copy())


def labels(name):
    return torch.from_numpy(idx(f'{name}-labels-idx1-ubyte.gz', 8).astype(np.int64))


class Square(nn.Module):
    def forward(self, x):
        return x * x


class Normalize(nn.Module):
    """Pads with raw zeros, then normalizes."""

    def __init__(self, mean, deviation, padding):
        super().__init__()
        self.mean, self.deviation, self.padding = mean, deviation, padding

    def forward(self, x):
        return (nn.functional.pad(x, [self.padding] * 4) - self.mean) / self.deviation


def network(maps, hidden, mean, deviation):
    if maps == 0:
        front, width = [Normalize(mean, deviation, 0), nn.Flatten()], SIDE * SIDE
    else:
        front = [Normalize(mean, deviation, PADDING), nn.Conv2d(1, maps, KERNEL, STRIDE), nn.BatchNorm2d(maps), Square(), nn.Flatten()]
        width = maps * GRID * GRID
    return nn.Sequential(*front, nn.Linear(width, hidden), nn.BatchNorm1d(hidden), Square(), nn.Linear(hidden, CLASSES))


def train(model, x, y, epochs, seed):
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    peak, batch = 4e-3, 128
    # AdamW multiplies the decay by the rate: 0.025 * 4e-3 = 1e-4 at the peak.
    optimizer = torch.optim.AdamW([{'params': weights, 'weight_decay': 0.025}, {'params': others, 'weight_decay': 0.0}], lr=peak)
    steps = (len(x) + batch - 1) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=epochs * steps, pct_start=0.2)
    order = torch.Generator().manual_seed(seed)
    for epoch in range(epochs):
        model.train()
        shuffled = torch.randperm(len(x), generator=order)
        for chosen in shuffled.split(batch):
            loss = nn.functional.cross_entropy(model(x[chosen].float() / 255), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f'  epoch {epoch + 1}: loss of the last batch {loss.item():.3f}', flush=True)


@torch.no_grad()
def run(model, x):
    model.eval()
    return torch.cat([model(part.float() / 255) for part in x.split(1000)])


@torch.no_grad()
def folded(model):
    """Linear layers that take raw pixels in [0, 1]: [(kind, weights, bias)] in double precision."""
    model = model.double()
    layers, normalize = [], model[0]
    for index, layer in enumerate(model):
        if not isinstance(layer, (nn.Linear, nn.Conv2d)):
            continue
        w, b = layer.weight.clone(), layer.bias.clone()
        if not layers:
            w = w / normalize.deviation
            b = b - w.flatten(1).sum(1) * normalize.mean
        after = model[index + 1] if index + 1 < len(model) else None
        if isinstance(after, (nn.BatchNorm1d, nn.BatchNorm2d)):
            factor = after.weight / torch.sqrt(after.running_var + after.eps)
            b = (b - after.running_mean) * factor + after.bias
            w = w * factor.view([-1] + [1] * (w.dim() - 1))
        layers.append(('convolution' if w.dim() == 4 else 'dense', w.float(), b.float()))
    model.float()
    return layers


@torch.no_grad()
def linear(layer, x):
    kind, w, b = layer
    if kind == 'convolution':
        return nn.functional.conv2d(x, w, b, STRIDE, PADDING)
    return nn.functional.linear(x.flatten(1), w, b)


@torch.no_grad()
def evaluate(layers, x):
    """What goes into each square, and the logits."""
    outputs, value = [], x.float() / 255
    for layer in layers:
        outputs.append(linear(layer, value if not outputs else outputs[-1] ** 2))
    return outputs


def reaches(layer, low, high):
    """Interval arithmetic: the lowest and highest outputs for any input within [low, high]."""
    kind, w, b = layer
    zero = torch.zeros_like(b)
    up, down = (kind, w.clamp(min=0), zero), (kind, w.clamp(max=0), zero)
    bias = b.view([1, -1] + [1] * (w.dim() - 2))
    return linear(up, low) + linear(down, high) + bias, linear(up, high) + linear(down, low) + bias


def squared(low, high):
    top = torch.maximum(low * low, high * high)
    return torch.where((low < 0) & (high > 0), torch.zeros_like(top), torch.minimum(low * low, high * high)), top


def interval(tensor_low, tensor_high):
    return [float(tensor_low.min()), float(tensor_high.max())]


def export(name, model, x_all, x_test, y_test, notes):
    layers = folded(model)
    logits = evaluate(layers, x_test[:SHIPPED])[-1]
    difference = (logits - run(model, x_test[:SHIPPED])).abs().max().item()
    assert difference < 1e-3, difference
    measured = [[float('inf'), float('-inf')] for _ in layers]
    for part in x_all.split(1000):
        for seen, output in zip(measured, evaluate(layers, part)):
            seen[0], seen[1] = min(seen[0], float(output.min())), max(seen[1], float(output.max()))

    content, blobs, offset = [], [], 0

    def store(tensor):
        nonlocal offset
        place = {'offset': offset, 'shape': list(tensor.shape)}
        blobs.append(tensor.contiguous().numpy().astype('<f4').tobytes())
        offset += len(blobs[-1])
        return place

    low, high = torch.zeros(1, 1, SIDE, SIDE), torch.ones(1, 1, SIDE, SIDE)
    for index, layer in enumerate(layers):
        kind, w, b = layer
        low, high = reaches(layer, low, high)
        entry = {'kind': kind}
        if kind == 'convolution':
            entry.update(kernel=KERNEL, stride=STRIDE, padding=PADDING)
        entry.update(
            weights=store(w), bias=store(b),
            weightRms=float(w.pow(2).mean().sqrt()), weightMax=float(w.abs().max()),
            measured=measured[index], worstCase=interval(low, high))
        content.append(entry)
        if index + 1 < len(layers):
            content.append({'kind': 'square'})
            low, high = squared(low, high)
    top = logits.sort(dim=1, descending=True).values
    margin = float((top[:, 0] - top[:, 1]).median())
    accuracy = float((evaluate(layers, x_test)[-1].argmax(1) == y_test).float().mean())
    print(f'{name}: test accuracy {accuracy:.4f}, folded against unfolded {difference:.1e}')
    description = {
        'name': name, 'data': 'Fashion-MNIST', 'testAccuracy': round(accuracy, 4), **notes,
        'input': {'shape': [1, SIDE, SIDE], 'range': [0, 1], 'pixel': 'byte / 255'},
        'layers': content,
        'logits': {**store(logits), 'medianMargin': margin},
    }
    (HERE / f'{name}.json').write_text(json.dumps(description, indent=1) + '\n')
    (HERE / f'{name}.bin').write_bytes(b''.join(blobs))


def main():
    torch.set_num_threads(1)
    x, y = images('train'), labels('train')
    x_test, y_test = images('t10k'), labels('t10k')
    pixels = x[:55000].float() / 255
    mean, deviation = float(pixels.mean()), float(pixels.std())
    (HERE / 'images.bin').write_bytes(x_test[:SHIPPED].numpy().tobytes())
    (HERE / 'labels.bin').write_bytes(y_test[:SHIPPED].numpy().astype(np.uint8).tobytes())
    for name in sys.argv[1:] or NETWORKS:
        maps, hidden, epochs = NETWORKS[name]
        torch.manual_seed(0)
        model = network(maps, hidden, mean, deviation)
        train(model, x[:55000], y[:55000], epochs, seed=0)
        chosen = float((run(model, x[55000:]).argmax(1) == y[55000:]).float().mean())
        export(name, model, torch.cat([x, x_test]), x_test, y_test, {'validationAccuracy': round(chosen, 4), 'epochs': epochs, 'seed': 0})


main()
