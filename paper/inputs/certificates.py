"""Constants proved by `ist constants --certify` on the counterexamples and on Longley's data."""

import json
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from . import golden, latex
from .source import Missing, run


def scaled(factor, matrix):
    return [[factor * entry for entry in row] for row in matrix]


def identity(d):
    return [[int(i == j) for j in range(d)] for i in range(d)]


def numbers(rows):
    return [[Fraction(entry) for entry in row] for row in rows]


def write(folder, matrices):
    """A problem directory: L.mtx of one matrix, or L-1.mtx, L-2.mtx, ..."""
    folder.mkdir(parents=True, exist_ok=True)
    for index, rows in enumerate(matrices, 1):
        d = len(rows)
        lines = ["%%MatrixMarket matrix array real symmetric", f"{d} {d}"]
        lines += [repr(float(rows[i][j])) for j in range(d) for i in range(j, d)]
        name = "L.mtx" if len(matrices) == 1 else f"L-{index}.mtx"
        (folder / name).write_text("\n".join(lines) + "\n")


def examples(root):
    """(claim, description, matrices, options, theta by (17), exact theta, whether W is refuted)."""
    errata = golden.read(root)
    three, pair, sharp = errata["c_diverge"], errata["c_descent"], errata["d_rational_c"]
    k = numbers(golden.shared_matrix(pair["L"]))
    a, b, c = (Fraction(sharp[name]) for name in "abc")
    unit = errata["b"]["Ltilde"]
    return [
        ("N14", r"$d=n=3$: $28I,\,I,\,I$", [scaled(28, identity(3)), identity(3), identity(3)], (),
         three["theta17"], three["theta_true"], False),
        ("N14", r"$d=n=2$: $\tfrac32K,\,\tfrac12K$",
         [scaled(Fraction(3, 2), k), scaled(Fraction(1, 2), k)], (),
         pair["theta17"], pair["theta_true"], False),
        ("P12", f"$d=n=2$: $\\tilde L={golden.matrix(unit)}$", [numbers(unit)],
         ("--workers", "2"), None, errata["theta_L=I"]["perm_n2q1"], False),
        ("P11", f"$d=n=2$: ${golden.matrix(errata['d_k']['L'])}$", [numbers(errata["d_k"]["L"])],
         ("--workers", "2"), None, None, True),
        ("E4", f"$d=n=2$: ${golden.matrix([[sharp['a'], sharp['c']], [sharp['c'], sharp['b']]])}$",
         [[[a, c], [c, b]]], ("--workers", "2"), None, None, True),
    ]


def interval(bounds):
    """The bounds with ten decimals, rounded outwards."""
    low, high = (Decimal(bound).quantize(Decimal("1e-10"), rounding=direction)
                 for bound, direction in zip(bounds, (ROUND_FLOOR, ROUND_CEILING)))
    return f"$[{low},\\ {high}]$"


def row(claim, description, condition, exact, found):
    enclosure = found["theta_enclosure"]
    lowest, largest = found["lambda_min_enclosure"], found["lambda_max_enclosure"]
    if any(bounds is None for bounds in (lowest, largest)):
        raise Missing(f"no eigenvalue is enclosed for the example of {claim}")
    if exact and not Fraction(enclosure[0]) <= Fraction(exact) <= Fraction(enclosure[1]):
        raise Missing(f"the enclosure of theta for {claim} does not contain {exact}")
    theta = interval(enclosure) if enclosure else "none exists"
    return [f"\\claim{{{claim}}}", description,
            f"${condition}$" if condition else "",
            f"${exact}$" if exact else "", theta, found["w_psd"]]


def certified(root, folder, *options):
    return json.loads(run(root / "build/ist", "constants", folder, "--certify", "--json", *options))


def longley(root, out):
    """Longley's regression, its rows split over three workers."""
    data = root / "tests/data/longley"
    run(root / "build/ist", "problem", "regression", "--data", data / "A.mtx", "--target",
        data / "target.mtx", "--workers", "3", "--ridge", "0.1", "--standardize", "-o",
        out / "problems/longley")
    return certified(root, out / "problems/longley")


def add(root, out, values, tables):
    rows = []
    for index, (claim, description, matrices, options, condition, exact, refuted) in enumerate(
            examples(root)):
        folder = out / f"problems/{index}"
        write(folder, matrices)
        found = certified(root, folder, *options)
        if {found["w_psd"] == "refuted", found["theta_enclosure"] is None} != {refuted}:
            raise Missing(f"the certificate of {claim}'s example is not what it shows")
        rows.append(row(claim, description, condition, exact, found))
    found = longley(root, out)
    rows.append(row("P06", f"Longley, $d={found['d']}$, $n={found['n']}$", None, None, found))
    values["longley.d"], values["longley.n"] = str(found["d"]), str(found["n"])
    values["longley.slowdown"] = f"{found['theta'] / found['lambda_max']:.1f}"
    tables["certificates"] = latex.table(
        "@{}llccll@{}", ["", "problem, Perm-$q$", r"$\theta$ by (17)", r"$\theta$ exact",
                         r"proved enclosure of $\theta$", r"$W\succeq0$"], rows)
