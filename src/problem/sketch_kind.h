/** The four sketches of the paper, their scales and block size on a given problem. */
#ifndef IST_SKETCH_KIND_H
#define IST_SKETCH_KIND_H

#include "problem.h"
#include "status.h"

typedef enum { IST_IDENTITY, IST_PERM, IST_SCALED_PERM, IST_RAND } ist_sketch_kind;

typedef struct {
  ist_sketch_kind kind;
  size_t q; /**< block size: d (identity), d/n (perm, scaled-perm), 1..d (rand) */
} ist_sketch;

/** "identity", "perm", "scaled-perm" or "rand". */
const char *ist_sketch_name(ist_sketch_kind kind);

/** Parses a sketch name; false if unknown. */
bool ist_sketch_parse(const char *name, ist_sketch_kind *kind);

/** Resolves the block size for problem p. block: 0 for the default, otherwise the requested q (rand
 * only). Fails with IST_BAD_INPUT if d is not a multiple of n for perm sketches (naming the
 * divisors of d), with IST_USAGE if q > d or if a block is given to another sketch than rand. */
ist_code ist_sketch_resolve(const ist_problem *p, ist_sketch_kind kind, size_t block,
                            ist_sketch *out, ist_status *s);

#endif
