/** What the evaluation of one claim found. */
#ifndef IST_CLI_FINDING_H
#define IST_CLI_FINDING_H

#include <stddef.h>

/** Relative tolerance of every floating comparison, in units of the scale of its terms. */
#define IST_CLAIM_TOLERANCE 1e-9

typedef enum { IST_CLAIM_HOLDS, IST_CLAIM_VIOLATED, IST_CLAIM_NOT_APPLICABLE } ist_verdict;

typedef struct {
  ist_verdict verdict;
  double bound, value; /**< meaningless if not applicable */
  char reason[200];    /**< why not applicable, or which comparison failed; "" if it holds */
} ist_finding;

/** "holds", "violated" or "not-applicable". */
const char *ist_verdict_name(ist_verdict verdict);

/** Finds that value = bound: |value - bound| <= IST_CLAIM_TOLERANCE * scale, where scale >= 0 is
 *  the size of the terms that value and bound are made of. */
void ist_find_equal(ist_finding *f, double value, double bound, double scale);

/** Finds that value <= bound, up to IST_CLAIM_TOLERANCE * scale. */
void ist_find_at_most(ist_finding *f, double value, double bound, double scale);

/** Finds that value >= bound, up to IST_CLAIM_TOLERANCE * scale. */
void ist_find_at_least(ist_finding *f, double value, double bound, double scale);

/** Finds that the d entries of a and b agree: the value is max |a_j - b_j|, the bound 0, the scale
 *  the largest magnitude among them. */
void ist_find_same(ist_finding *f, const double *a, const double *b, size_t d);

/** Records that the claim says nothing about the problem at hand, and why. */
__attribute__((format(printf, 2, 3))) void ist_find_nothing(ist_finding *f, const char *format,
                                                            ...);

#endif
