/** Checksums that tell whether two runs have the same input. */
#ifndef IST_RUN_FINGERPRINT_H
#define IST_RUN_FINGERPRINT_H

#include <stddef.h>
#include <stdint.h>

#include "problem/problem.h"

/** CRC-32 of a sequence of numbers, and how many bytes it covers. Zeros: of nothing. */
typedef struct {
  uint64_t crc, bytes;
} ist_fingerprint;

/** Of count numbers. */
ist_fingerprint ist_fingerprint_of(const double *v, size_t count);

/** Of the numbers of a followed by those of b. */
ist_fingerprint ist_fingerprint_join(ist_fingerprint a, ist_fingerprint b);

/** Of all distinct L_i followed by all distinct b_i. */
ist_fingerprint ist_fingerprint_problem(const ist_problem *p);

#endif
