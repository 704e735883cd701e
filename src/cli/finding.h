/** What the evaluation of one claim found. */
#ifndef IST_CLI_FINDING_H
#define IST_CLI_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "sample.h"

/** Relative tolerance of every floating comparison, in units of the scale of its terms. */
#define IST_CLAIM_TOLERANCE 1e-9

/** Chance at which the mean of a Gaussian sample would miss its expectation by more than is
 *  tolerated: Student's t is compared with this quantile. */
#define IST_CLAIM_CHANCE 1e-6

typedef enum { IST_CLAIM_HOLDS, IST_CLAIM_VIOLATED, IST_CLAIM_NOT_APPLICABLE } ist_verdict;

typedef struct {
  ist_verdict verdict;
  double bound, value; /**< meaningless if not applicable */
  bool sampled;        /**< whether the value is the mean of a sample of runs */
  double error;        /**< standard error of value - bound, if sampled */
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

/** Finds that the means of the paired quantities are equal: their difference, in standard errors,
 *  is within Student's quantile, but for IST_CLAIM_TOLERANCE * scale. Needs at least 2 pairs. */
void ist_find_mean_equal(ist_finding *f, const ist_pairs *pairs, double scale);

/** Finds that the mean value is at most the mean bound, up to as much. */
void ist_find_mean_at_most(ist_finding *f, const ist_pairs *pairs, double scale);

/** Finds that the mean value is at least the mean bound, up to as much. */
void ist_find_mean_at_least(ist_finding *f, const ist_pairs *pairs, double scale);

/** Finds that a statement printed in the preprint, value = bound, fails here as its erratum
 *  predicts. If it does not fail it is right by accident, and the claim not applicable; predicted:
 *  whether the erratum says that it fails, without which the claim is violated if it does. */
void ist_find_erratum(ist_finding *f, double value, double bound, double scale, bool predicted);

/** Finds that the d entries of a and b agree: the value is max |a_j - b_j|, the bound 0, the scale
 *  the largest magnitude among them. */
void ist_find_same(ist_finding *f, const double *a, const double *b, size_t d);

/** Records that the claim says nothing about the problem at hand, and why. */
__attribute__((format(printf, 2, 3))) void ist_find_nothing(ist_finding *f, const char *format,
                                                            ...);

#endif
