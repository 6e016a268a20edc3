"""The same networks in PyTorch, on the same data: one JSON object an epoch on standard output."""
import gzip, json, sys, time
import numpy
import torch
from torch import nn

folder, family, epochs, train_rows, validation_rows = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
torch.set_num_threads(1)
torch.manual_seed(42)


def read(name, offset, shape):
    with gzip.open(f"{folder}/{name}") as file:
        return torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8, offset=offset).copy()).reshape(shape)


images = read("train-images-idx3-ubyte.gz", 16, (-1, 1, 28, 28)).float() / 255
images = (images - images.mean()) / images.std()
labels = read("train-labels-idx1-ubyte.gz", 8, (-1,)).long()
x, y = images[:train_rows].contiguous(), labels[:train_rows]
# With no validation rows the trainer measures itself on the training rows; so does this.
vx, vy = (images[train_rows:], labels[train_rows:]) if validation_rows else (x, y)
if family == "cnn":
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
else:
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
optimiser = torch.optim.Adam(model.parameters(), lr=0.001)
loss_of = nn.CrossEntropyLoss()
for epoch in range(epochs):
    started = time.perf_counter()
    order = torch.randperm(len(x))
    total = 0.0
    for first in range(0, len(x), 64):
        batch = order[first:first + 64]
        optimiser.zero_grad()
        loss = loss_of(model(x[batch]), y[batch])
        loss.backward()
        optimiser.step()
        total += loss.item() * len(batch)
    with torch.no_grad():
        right = sum((model(vx[i:i + 1024]).argmax(1) == vy[i:i + 1024]).sum().item() for i in range(0, len(vx), 1024))
    print(json.dumps({"seconds": time.perf_counter() - started, "accuracy": right / len(vx), "loss": total / len(x)}), flush=True)
