"""PyTorch, and OpenBLAS through torch.mm. One cell in a process of its own:

    python3 torch_peer.py '{"workload", "threads", "warmSeconds", "arrays"}'   times it as worker.mjs does
    python3 torch_peer.py first-step WORKLOAD ARRAYS                           takes one step and ends
    python3 torch_peer.py export ARRAYS DIRECTORY                              writes the models for ONNX Runtime
    python3 torch_peer.py libraries                                            says which versions it has

ARRAYS is the folder with initial weights and batches that arrays-file.mjs has written.
"""
import ctypes
import json
import math
import re
import sys
import time

import torch
from torch import nn
from torch.nn import functional

from torch_networks import export as export_networks
from torch_networks import fingerprint, inference_step, training_step


def small_training():
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
    inputs = torch.rand(10, 2) * 2 - 1
    labels = torch.randint(0, 2, (10, 1)).float()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.03)
    return training(model, inputs, labels, optimizer, functional.binary_cross_entropy_with_logits)


def large_network():
    return nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))


def large_training():
    model = large_network()
    optimizer = torch.optim.Adam(model.parameters())
    return training(model, torch.rand(128, 784), torch.randint(0, 10, (128,)), optimizer, functional.cross_entropy)


def training(model, inputs, labels, optimizer, loss_of):
    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(inputs), labels)
        loss.backward()
        optimizer.step()
        return loss

    return step, read_loss, None


def read_loss(loss):
    return loss.item()


def inference():
    model = large_network().eval()
    picture = torch.rand(1, 784)

    def step():
        with torch.no_grad():
            return model(picture)

    return step, None, None


def product(n):
    left, right = torch.rand(n, n) * 2 - 1, torch.rand(n, n) * 2 - 1

    def check(result):
        for row, column in ((0, 0), (n // 2, 3), (n - 1, n - 1)):
            expected = torch.dot(left[row].double(), right[:, column].double()).item()
            if not abs(result[row, column].item() - expected) < 1e-3:
                raise ValueError(f'the product at [{row}, {column}] is wrong')

    return lambda: torch.mm(left, right), None, check


WORKLOADS = {
    'T1': small_training,
    'T2': large_training,
    'I1': inference,
    'G1-512': lambda: product(512),
    'G1-1024': lambda: product(1024),
}


def make(name, arrays):
    """A step; what reads its loss and what checks its result, where there is one; and a number that must agree."""
    if name in WORKLOADS:
        return *WORKLOADS[name](), None
    if name.startswith('T'):
        return training_step(name, arrays), read_loss, None, read_loss
    return inference_step(name, arrays), None, None, fingerprint


# The rules of timer.mjs.
SAMPLE_SECONDS = 0.25e-3
REWARM_SECONDS = 0.05
COMPARED_STEPS = 5


def answer(**message):
    print('\n@bench ' + json.dumps(message), flush=True)


def measure(name, warm_seconds, arrays):
    step, loss_of, check, agree = make(name, arrays)
    now = time.perf_counter
    result = step()
    first_loss = loss_of(result) if loss_of else None
    agreed = [agree(result)] if agree else []
    while agree and len(agreed) < COMPARED_STEPS:
        result = step()
        agreed.append(agree(result))
    count = 1

    def run():
        nonlocal result
        begin = now()
        for _ in range(count):
            result = step()
        return (now() - begin) / count

    def warm(seconds):
        nonlocal count
        until = now() + seconds
        while now() < until:
            count = min(max(1, math.ceil(SAMPLE_SECONDS / run())), count * 4)

    warm(warm_seconds)
    answer(samples=[], steps=0, agreed=agreed)
    for line in sys.stdin:
        warm(REWARM_SECONDS)
        samples = []
        until = now() + float(line)
        while len(samples) < 2 or now() < until:
            samples.append(run() * 1e3)
        answer(samples=samples, steps=len(samples) * count)
    if check:
        check(result)
    if loss_of and not loss_of(result) < first_loss:
        raise ValueError(f'it does not learn: the loss was {first_loss} and is {loss_of(result)}')
    answer(finished=True)


def versions():
    """Versions of PyTorch and of the OpenBLAS in use; the latter is absent where another BLAS is loaded."""
    torch.mm(torch.ones(4, 4), torch.ones(4, 4))
    with open('/proc/self/maps') as maps:
        path = re.search(r'/\S*openblas\S*\.so\S*', maps.read())
    found = dict(version=torch.__version__, openblas=None)
    if path:
        try:
            config = ctypes.CDLL(path.group()).openblas_get_config
            config.restype = ctypes.c_char_p
            found['openblas'] = config().decode().split()[1]
        except AttributeError:
            found['openblas'] = 'unknown version'
    return found


class Product(nn.Module):
    def forward(self, a, b):
        return a @ b


def export(arrays, directory):
    options = dict(opset_version=13, output_names=['y'])
    torch.onnx.export(large_network().eval(), torch.rand(1, 784), f'{directory}/I1.onnx', input_names=['x'], **options)
    for n in (512, 1024):
        pair = (torch.rand(n, n), torch.rand(n, n))
        torch.onnx.export(Product(), pair, f'{directory}/G1-{n}.onnx', input_names=['a', 'b'], **options)
    export_networks(arrays, directory, **options)


def main():
    torch.manual_seed(1)
    command = sys.argv[1]
    if command == 'first-step':
        make(*sys.argv[2:4])[0]()
    elif command == 'export':
        export(*sys.argv[2:4])
    elif command == 'libraries':
        answer(**versions())
    else:
        cell = json.loads(command)
        torch.set_num_threads(cell['threads'])
        try:
            measure(cell['workload'], cell['warmSeconds'], cell['arrays'])
        except Exception as error:
            answer(error=str(error))


main()
