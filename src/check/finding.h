/** What the evaluation of one claim found. */
#ifndef IST_CHECK_FINDING_H
#define IST_CHECK_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "sample.h"

/** Relative tolerance of sampled means, in units of the scale of their terms, for samples that vary
 *  by rounding alone. All other comparisons have none: they are of enclosures (verdict.h). */
#define IST_CLAIM_TOLERANCE 1e-9

/** Chance at which the mean of a Gaussian sample would miss its expectation by more than is
 *  tolerated: Student's t is compared with this quantile. */
#define IST_CLAIM_CHANCE 1e-6

typedef enum {
  IST_CLAIM_HOLDS,
  IST_CLAIM_VIOLATED,
  IST_CLAIM_REFUTED,   /**< a formula as printed in the preprint, which fails as its correction says
                        */
  IST_CLAIM_UNDECIDED, /**< the sides are not enclosed narrowly enough to tell */
  IST_CLAIM_NOT_APPLICABLE
} ist_verdict;
#define IST_VERDICTS 5

/** Digits of sides that are equal without any rounding. */
#define IST_DIGITS_EXACT 999

typedef struct {
  ist_verdict verdict;
  double bound, value; /**< meaningless if not applicable; NaN if not known */
  int digits;          /**< to which both sides were found equal; 0 if that is not how it holds */
  bool sampled;        /**< whether the value is the mean of a sample of runs */
  double error;        /**< standard error of value - bound, if sampled */
  char reason[200];    /**< why not applicable, which comparison failed, or the correction of a
                            refuted formula; "" if it holds */
} ist_finding;

/** "holds", "violated", "refuted", "undecided" or "not-applicable". */
const char *ist_verdict_name(ist_verdict verdict);

/** Finds that the means of the paired quantities are equal: their difference, in standard errors,
 *  is within Student's quantile, plus IST_CLAIM_TOLERANCE * scale. Needs at least 2 pairs. */
void ist_find_mean_equal(ist_finding *f, const ist_pairs *pairs, double scale);

/** Finds that the mean value is at most the mean bound, up to as much. */
void ist_find_mean_at_most(ist_finding *f, const ist_pairs *pairs, double scale);

/** Finds that the mean value is at least the mean bound, up to as much. */
void ist_find_mean_at_least(ist_finding *f, const ist_pairs *pairs, double scale);

/** Makes a finding that what corrects a printed formula holds one that the formula, whose value is
 *  printed, is refuted; correction: what it should be. */
void ist_find_refuted(ist_finding *f, double printed, const char *correction);

/** Records that the claim says nothing about the problem at hand, and why. */
__attribute__((format(printf, 2, 3))) void ist_find_nothing(ist_finding *f, const char *format,
                                                            ...);

#endif
