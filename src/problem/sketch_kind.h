/** The four sketches of the paper, their scales and block size on a given problem. */
#ifndef IST_PROBLEM_SKETCH_KIND_H
#define IST_PROBLEM_SKETCH_KIND_H

#include "machine/status.h"
#include "problem.h"

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
 *  only). Fails with IST_BAD_INPUT if d is not a multiple of n for perm sketches (naming the
 *  divisors of d), with IST_USAGE if q > d or if a block is given to another sketch than rand, and
 *  with IST_NOT_EXIST for scaled-perm as ist_scales_exist. */
ist_code ist_sketch_resolve(const ist_problem *p, ist_sketch_kind kind, size_t block,
                            ist_sketch *out, ist_status *s);

/** The same without a look at the matrices: only d and n of p are used. */
ist_code ist_sketch_size(const ist_problem *p, ist_sketch_kind kind, size_t block, ist_sketch *out,
                         ist_status *s);

/** IST_NOT_EXIST, naming the worker and the entry, unless D_i^{-1/2}, D_i = Diag(L_i), exists for
 *  every matrix of p and lies in the kernel's range: every diagonal entry is in IST_DIAGONAL_MIN ..
 *  IST_ENTRY_MAX. Scaled Perm-q (23) and the change of variables (20) ask for it; nothing else. */
ist_code ist_scales_exist(const ist_problem *p, ist_status *s);

/** The same of count matrices of dimension d, one after the other in L, that belong to worker first
 *  (from 0) and its successors; shared: whether it is one matrix that belongs to all. */
ist_code ist_scales_exist_for(const double *L, size_t d, size_t count, size_t first, bool shared,
                              ist_status *s);

/** ist_scales_exist, if the sketch needs it. */
ist_code ist_sketch_exists(const ist_problem *p, ist_sketch sketch, ist_status *s);

#endif
