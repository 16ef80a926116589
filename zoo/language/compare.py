"""What PyTorch reaches from the weights and with the batches that compare.ts has written:

    python3 zoo/language/compare.py FOLDER
"""
import json
import math
import pathlib
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional


class Recurrent(nn.Module):
    def __init__(self, cell, vocabulary, embedding, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.recurrent = cell(embedding, hidden, batch_first=True)
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, x):
        return self.output(self.recurrent(self.embedding(x))[0])


class Transformer(nn.Module):
    def __init__(self, vocabulary, width, steps):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(torch.empty(steps, width))
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(width, 4, 4 * width, dropout=0, batch_first=True, norm_first=True)
            for _ in range(2))
        self.norm = nn.LayerNorm(width)
        self.output = nn.Linear(width, vocabulary)
        self.mask = torch.triu(torch.full((steps, steps), -math.inf), 1)

    def forward(self, x):
        hidden = self.embedding(x) + self.position
        for layer in self.layers:
            hidden = layer(hidden, self.mask)
        return self.output(self.norm(hidden))


def loss_of(model, inputs, targets):
    outputs = model(inputs)
    return functional.cross_entropy(outputs.reshape(-1, outputs.shape[-1]), targets.reshape(-1))


def main():
    torch.set_num_threads(1)
    folder = pathlib.Path(sys.argv[1])
    how = json.loads((folder / 'comparison.json').read_text())
    prefix = 'weight.'
    weights = {
        file.stem[len(prefix):]: torch.from_numpy(numpy.load(file)) for file in folder.glob(f'{prefix}*.npy')}
    vocabulary, width = weights['embedding.weight'].shape
    if how['name'] == 'transformer':
        model = Transformer(vocabulary, width, weights['position'].shape[0])
    else:
        cell = {'rnn': nn.RNN, 'lstm': nn.LSTM, 'names': nn.GRU}[how['name']]
        model = Recurrent(cell, vocabulary, width, weights['output.weight'].shape[1])
    model.load_state_dict(weights)
    train, validation = (
        [torch.from_numpy(numpy.load(folder / f'{part}.{kind}.npy')).long() for kind in ('inputs', 'targets')]
        for part in ('train', 'validation'))
    optimizer = torch.optim.Adam(model.parameters(), lr=how['learningRate'])
    size = how['batchSize']
    begin = time.perf_counter()
    for step in range(how['steps']):
        optimizer.zero_grad(set_to_none=True)
        loss_of(model, *(values[step * size:(step + 1) * size] for values in train)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), how['clip'])
        optimizer.step()
    seconds = time.perf_counter() - begin
    model.eval()
    total = 0.0
    with torch.no_grad():
        for inputs, targets in zip(*(values.split(how['judgedAtOnce']) for values in validation)):
            total += len(inputs) * loss_of(model, inputs, targets).item()
    loss = total / len(validation[0])
    print(f"PyTorch {torch.__version__}: {how['name']}, validation loss {loss:.5f} after {how['steps']} steps"
          f' ({seconds:.0f} s)')
    print(f"Neurite: {how['loss']:.5f}, {100 * (how['loss'] / loss - 1):+.4f} %")


main()
