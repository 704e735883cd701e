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

typedef enum {
  IST_CLAIM_HOLDS,
  IST_CLAIM_VIOLATED,
  IST_CLAIM_REFUTED, /**< a formula as printed in the preprint, which fails as its correction says
                      */
  IST_CLAIM_NOT_APPLICABLE
} ist_verdict;
#define IST_VERDICTS 4

typedef struct {
  ist_verdict verdict;
  double bound, value; /**< meaningless if not applicable */
  bool sampled;        /**< whether the value is the mean of a sample of runs */
  double error;        /**< standard error of value - bound, if sampled */
  char reason[200];    /**< why not applicable, which comparison failed, or the correction of a
                            refuted formula; "" if it holds */
} ist_finding;

/** "holds", "violated", "refuted" or "not-applicable". */
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

/** Makes a finding that what corrects a printed formula holds one that the formula, whose value is
 *  printed, is refuted; correction: what it should be. */
void ist_find_refuted(ist_finding *f, double printed, const char *correction);

/** Finds that a formula printed in the preprint, value = printed, fails here as its correction,
 *  value = corrected, says. Where it is right by accident the finding is not applicable; where the
 *  correction fails it is violated. */
void ist_find_printed(ist_finding *f, double value, double printed, double corrected, double scale,
                      const char *correction);

/** Finds that the d entries of a and b agree: the value is max |a_j - b_j|, the bound 0, the scale
 *  the largest magnitude among them. */
void ist_find_same(ist_finding *f, const double *a, const double *b, size_t d);

/** Records that the claim says nothing about the problem at hand, and why. */
__attribute__((format(printf, 2, 3))) void ist_find_nothing(ist_finding *f, const char *format,
                                                            ...);

#endif
