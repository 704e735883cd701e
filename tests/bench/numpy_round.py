"""One round of IST in NumPy for every request on standard input: the peer that tests/bench times.

Binary, in the machine's byte order. First a byte comes back, once NumPy is there. Then it reads
n, d, q (int64), the scale of the sketch and gamma, L (n x d x d) and b (n x d); for every round
the blocks (n x q, int64) and x (d). It answers a round with its processor time in seconds and the
new x. It ends with its input.
"""

import sys
import time

try:
    import numpy as np
except ImportError:
    sys.exit(1)


def read(shape, dtype=np.float64):
    array = np.empty(shape, dtype)
    view = memoryview(array).cast("B")
    if sys.stdin.buffer.readinto(view) < len(view):
        sys.exit(0)
    return array


def write(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def ist_round(L, b, blocks, x, scale, gamma):
    for L_i, b_i, S in zip(L, b, blocks):
        g = scale * (L_i[np.ix_(S, S)] @ (scale * x[S]) - b_i[S])
        x[S] -= gamma / len(L) * g


def main():
    write(b"1")
    n, d, q = (int(size) for size in read(3, np.int64))
    scale, gamma = read(2)
    L, b = read((n, d, d)), read((n, d))
    while True:
        blocks, x = read((n, q), np.int64), read(d)
        start = time.process_time()
        ist_round(L, b, blocks, x, scale, gamma)
        seconds = time.process_time() - start
        write(np.float64(seconds).tobytes() + x.tobytes())


main()
