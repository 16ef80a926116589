"""The networks of T3 to T7 and I2 to I4, with the weights and batches that arrays-file.mjs has written."""
import json
import math

import torch
from torch import nn
from torch.nn import functional

VOCABULARY = 65


def load(folder, workload):
    """Parameters and batch by name."""
    with open(f'{folder}/{workload}.bin', 'rb') as file:
        content = bytearray(file.read())
    with open(f'{folder}/{workload}.json') as file:
        described = json.load(file)

    def array(dtype, shape, offset):
        size = math.prod(shape)
        return torch.frombuffer(content, dtype=getattr(torch, dtype), count=size, offset=offset).reshape(shape).clone()

    return [{name: array(**how) for name, how in described[group].items()} for group in ('parameters', 'batch')]


def pictures():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10))


class Characters(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 64)
        self.recurrent = cell(64, 256, batch_first=True)
        self.output = nn.Linear(256, VOCABULARY)

    def forward(self, x):
        return self.output(self.recurrent(self.embedding(x))[0])


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.empty(3 * width))
        self.out_proj = nn.Linear(width, width)

    def forward(self, x, mask):
        batch, length, width = x.shape
        size = width // self.heads
        projected = functional.linear(x, self.in_proj_weight, self.in_proj_bias)
        query, key, value = projected.view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (query @ key.transpose(-2, -1) / math.sqrt(size) + mask).softmax(-1)
        return self.out_proj((scores @ value).transpose(1, 2).reshape(batch, length, width))


class Block(nn.Module):
    """As nn.TransformerEncoderLayer with norm_first, which is slower."""

    def __init__(self, width, heads):
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.linear1, self.linear2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x, mask):
        x = x + self.self_attn(self.norm1(x), mask)
        return x + self.linear2(functional.relu(self.linear1(self.norm2(x))))


class LanguageModel(nn.Module):
    def __init__(self, width=128, heads=4, layers=2, length=64):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.position = nn.Parameter(torch.empty(length, width))
        self.layers = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.output = nn.Linear(width, VOCABULARY)
        self.mask = torch.triu(torch.full((length, length), -1e9), 1)

    def forward(self, x):
        x = self.embedding(x) + self.position
        for layer in self.layers:
            x = layer(x, self.mask)
        return self.output(self.norm(x))


class Adversaries(nn.Module):
    def __init__(self):
        super().__init__()
        self.generator = nn.Sequential(
            nn.Linear(100, 6272), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh())
        self.discriminator = nn.Sequential(
            nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(64, 128, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(6272, 1))


MODELS = {
    'T3': pictures,
    'T4': lambda: Characters(nn.RNN),
    'T5': lambda: Characters(nn.LSTM),
    'T6': Adversaries,
    'T7': LanguageModel,
    'I2': pictures,
    'I3': lambda: Characters(nn.LSTM),
    'I4': pictures,
}


def network(folder, workload):
    """The model with its initial weights, and the batch; indices are int64, as PyTorch wants them."""
    parameters, batch = load(folder, workload)
    model = MODELS[workload]()
    # Running statistics begin as they are.
    missing, unexpected = model.load_state_dict(parameters, strict=False)
    if unexpected or any('running' not in name and 'batches' not in name for name in missing):
        raise ValueError(f'the weights do not fit: missing {missing}, unexpected {unexpected}')
    return model, {name: values.long() if values.dtype == torch.int32 else values for name, values in batch.items()}


def adversary_step(model, batch):
    """One step of the discriminator, then one of the generator; the loss of the former."""
    generator, discriminator = model.generator, model.discriminator
    discriminator_optimizer, generator_optimizer = (
        torch.optim.Adam(part.parameters(), lr=2e-4, betas=(0.5, 0.999)) for part in (discriminator, generator))
    ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)
    loss_of = functional.binary_cross_entropy_with_logits
    generator_weights = list(generator.parameters())

    def step():
        with torch.no_grad():
            fake = generator(batch['noise'])
        discriminator_optimizer.zero_grad(set_to_none=True)
        loss = loss_of(discriminator(batch['pictures']), ones) + loss_of(discriminator(fake), zeros)
        loss.backward()
        discriminator_optimizer.step()
        generator_optimizer.zero_grad(set_to_none=True)
        # Without `inputs` it would compute gradients of the discriminator that nobody uses.
        loss_of(discriminator(generator(batch['moreNoise'])), ones).backward(inputs=generator_weights)
        generator_optimizer.step()
        return loss

    return step


def training_step(workload, folder):
    model, batch = network(folder, workload)
    if workload == 'T6':
        return adversary_step(model, batch)
    optimizer = torch.optim.Adam(model.parameters())
    inputs, labels = batch['inputs'], batch['labels'].flatten()

    def step():
        optimizer.zero_grad(set_to_none=True)
        outputs = model(inputs)
        loss = functional.cross_entropy(outputs.reshape(-1, outputs.shape[-1]), labels)
        loss.backward()
        optimizer.step()
        return loss

    return step


def inference_step(workload, folder):
    model, batch = network(folder, workload)
    model.eval()

    def step():
        with torch.no_grad():
            return model(batch['inputs'])

    return step


def fingerprint(outputs):
    """As in networks.mjs."""
    outputs = outputs.detach().double().flatten()
    return (outputs + torch.arange(len(outputs)) % 7).abs().mean().item()


def export(folder, directory, **options):
    for workload in ('I2', 'I3', 'I4'):
        model, batch = network(folder, workload)
        torch.onnx.export(model.eval(), batch['inputs'], f'{directory}/{workload}.onnx', input_names=['x'], **options)
