"""HDF5 problems by h5py, for test_hdf5.c.

usage: h5py_peer.py make DIR   writes DIR/plain.h5, packed.h5, shared.h5 and bad-*.h5
       h5py_peer.py large PATH writes a problem with the eigenvalues 1, 2, ..., 2001
       h5py_peer.py copy FROM TO
                               checks what ist wrote into FROM, and writes its numbers into TO
"""

import os
import sys

import h5py
import numpy as np


def numbers():
    """Three workers, d = 6: L_i = G_i'G_i + I, b_i; entries are small integers, hence exact."""
    rng = np.random.RandomState(5)
    g = rng.randint(-3, 4, (3, 6, 6)).astype(float)
    return np.einsum("nki,nkj->nij", g, g) + np.eye(6), rng.randint(-9, 10, (3, 6)).astype(float)


def write(path, L, b, **how):
    with h5py.File(path, "w") as file:
        file.create_dataset("L", data=L, **how)
        if b is not None:
            file.create_dataset("b", data=b)


def write_matrix_market(path, a):
    rows, cols = a.shape
    with open(path, "w", encoding="ascii") as file:
        file.write(f"%%MatrixMarket matrix array real general\n{rows} {cols}\n")
        file.writelines(f"{x:.17g}\n" for x in a.T.flat)


def make(folder):
    L, b = numbers()
    write(f"{folder}/plain.h5", L, b)
    write(f"{folder}/packed.h5", L.astype(">f8"), b, chunks=(2, 3, 6), compression="gzip",
          shuffle=True)
    write(f"{folder}/shared.h5", L[0], b[0])
    write(f"{folder}/bad-type.h5", L.astype("f4"), b)
    write(f"{folder}/bad-nan.h5", np.where(np.arange(3)[:, None, None] == 1, np.nan, L), b)
    write(f"{folder}/bad-length.h5", L, b[:, :5])
    write(f"{folder}/bad-order.h5", L[:, ::-1], b)
    os.mkdir(f"{folder}/text")
    os.mkdir(f"{folder}/shared")
    for i in range(3):
        write_matrix_market(f"{folder}/text/L-{i + 1}.mtx", L[i])
        write_matrix_market(f"{folder}/text/b-{i + 1}.mtx", b[i, :, None])
    write_matrix_market(f"{folder}/shared/L.mtx", L[0])
    write_matrix_market(f"{folder}/shared/b.mtx", b[0, :, None])


def copy(source, target):
    with h5py.File(source, "r") as file:
        L, b = file["L"], file["b"]
        assert set(file) == {"L", "b"}, list(file)
        assert L.dtype == b.dtype == np.dtype("<f8"), (L.dtype, b.dtype)
        assert L.shape == (3, 6, 6) and b.shape == (3, 6), (L.shape, b.shape)
        assert L.chunks == (1, 6, 6) and b.chunks == (1, 6), (L.chunks, b.chunks)
        write(target, L[...], b[...])


def large(path):
    """A shared L = H Diag(1..d) H, H the reflection along (1, ..., 1), d = 2001; b = L 1."""
    d = 2001
    eigenvalues = np.arange(1.0, d + 1)
    mean = eigenvalues.mean()
    L = -(2 / d) * (eigenvalues[:, None] + eigenvalues) + 4 / d * mean
    L[np.diag_indices(d)] += eigenvalues
    write(path, L, L.sum(axis=1))


{"make": make, "copy": copy, "large": large}[sys.argv[1]](*sys.argv[2:])
