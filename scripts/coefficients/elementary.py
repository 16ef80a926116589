"""Polynomial coefficients of the SIMD elementary functions (packages/neurite/src/backends/wasm/functions).

Weighted least squares at Chebyshev nodes, reweighted until the error levels out (C. L. Lawson, "Contributions to the theory
of linear least maximum approximation", 1961), in place of Remez's exchange. Coefficients are rounded to float32 one after the
other, lowest power first; those left are fitted again. Prints each polynomial, highest power first, with its largest error.
"""
import math
import numpy as np


def lawson(basis, target, weight):
    relax = np.ones(len(target))
    best, best_error = None, math.inf
    for _ in range(300):
        scale = weight * np.sqrt(relax)
        solution = np.linalg.lstsq(basis * scale[:, None], target * scale, rcond=None)[0]
        error = np.abs(basis @ solution - target) * weight
        if error.max() < best_error:
            best, best_error = solution, error.max()
        relax *= error / error.max() + 1e-3
        relax /= relax.max()
    return best


def fit(name, function, low, high, degree, weight, nodes=600):
    """Fits `function` on [low, high]; `weight` turns its error into the relative error of the final result."""
    t = 0.5 * (low + high) + 0.5 * (high - low) * np.cos((np.arange(nodes) + 0.5) * math.pi / nodes)
    t = t[np.abs(t) > 1e-6]
    target = np.array([function(v) for v in t])
    weights = np.array([weight(v) for v in t])
    powers = t[:, None] ** np.arange(degree + 1)
    rounded = []
    for done in range(degree + 1):
        rest = target - powers[:, :done] @ np.array(rounded) if done else target
        rounded.append(float(np.float32(lawson(powers[:, done:], rest, weights)[0])))
    error = np.max(np.abs(powers @ np.array(rounded) - target) * weights)
    print(f"{name}: [{', '.join(f'{c:.9g}' for c in reversed(rounded))}]  largest relative error {error:.2g}")


def series(first, ratio, terms=40):
    """Sum of a power series given its first term and the ratio of term k + 1 to term k."""
    total, term = 0.0, first
    for k in range(terms):
        total += term
        term *= ratio(k)
    return total


def exp_tail(r):
    """(exp(r) - 1 - r) / r^2"""
    return series(0.5, lambda k: r / (k + 3))


def sin_tail(z):
    """(sin(r) - r) / r^3 with z = r^2"""
    return series(-1 / 6, lambda k: -z / ((2 * k + 4) * (2 * k + 5)))


def cos_tail(z):
    """(cos(r) - 1 + r^2 / 2) / r^4 with z = r^2"""
    return series(1 / 24, lambda k: -z / ((2 * k + 5) * (2 * k + 6)))


def atanh_tail(z):
    """(2 atanh(s) - 2 s) / s^3 with z = s^2"""
    return sum(2 * z**k / (2 * k + 3) for k in range(40))


def erf_tail(z):
    """erf(x) / x - 1 with z = x^2"""
    return math.erf(math.sqrt(z)) / math.sqrt(z) - 1


def tanh_tail(z):
    """(tanh(x) - x) / x^3 with z = x^2"""
    return (math.tanh(math.sqrt(z)) / math.sqrt(z) - 1) / z


half = 0.5 * math.log(2) * 1.002
fit('exp', exp_tail, -half, half, 4, lambda r: r * r / abs(math.expm1(r)))
fit('expm1', exp_tail, -0.50, 0.50, 5, lambda r: r * r / abs(math.expm1(r)))
fit('exp2', lambda g: math.expm1(g * math.log(2)) / g, -0.5, 0.5, 5, lambda g: abs(g) / 2**g)
fit('tanh', tanh_tail, 0.0009, 0.55**2, 3, lambda z: z * math.sqrt(z) / math.tanh(math.sqrt(z)))
reach = (math.sqrt(2) - 1) / (math.sqrt(2) + 1)
fit('log', atanh_tail, 0, reach**2 * 1.001, 2, lambda z: z)
fit('sin', sin_tail, 0, (math.pi / 4) ** 2 * 1.001, 2, lambda z: z * math.sqrt(z) / math.sin(math.sqrt(z)))
fit('cos', cos_tail, 0, (math.pi / 4) ** 2 * 1.001, 2, lambda z: z * z / math.cos(math.sqrt(z)))
fit('erf, small', erf_tail, 0, 0.9375**2, 6, lambda z: math.sqrt(z) / math.erf(math.sqrt(z)))
fit('erf, large', lambda a: math.log2(math.erfc(a)), 0.9375, 4.0, 6, lambda a: math.log(2) * math.erfc(a) / math.erf(a))
