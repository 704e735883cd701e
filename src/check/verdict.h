/** Verdicts that are proofs: comparisons of enclosed numbers.
 *
 *  Each claim's ball contains the exact number, so that two balls that are apart prove a violation,
 *  and an inequality between their ends proves an inequality. Balls that overlap decide an equation
 *  only where they are so narrow that the two sides agree to IST_VERDICT_DIGITS digits of scale,
 *  the size of the terms that they are made of; an inequality likewise, as every one claimed here
 *  admits equality. All else is undecided, and to be asked again at a higher precision. */
#ifndef IST_CHECK_VERDICT_H
#define IST_CHECK_VERDICT_H

#include "finding.h"
#include "moments/balls.h"

/** Digits of its scale to which an equation must hold. */
#define IST_VERDICT_DIGITS 30

/** Finds that value = bound. */
void ist_verdict_equal(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound,
                       ist_ball scale);

/** Finds that value <= bound, or value >= bound. */
void ist_verdict_at_most(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound,
                         ist_ball scale);
void ist_verdict_at_least(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound,
                          ist_ball scale);

/** The same of enclosures that no higher precision will narrow: what is recorded are the ends that
 *  are nearest to each other, so that the inequality between them is what is proved. */
void ist_verdict_ends_at_most(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound);
void ist_verdict_ends_at_least(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound);

/** Finds that a formula printed in the preprint, value = printed, fails here as its correction,
 *  value = corrected, says. Where it is right by accident the finding is not applicable; where the
 *  correction fails it is violated. */
void ist_verdict_printed(ist_balls *e, ist_finding *f, ist_ball value, ist_ball printed,
                         ist_ball corrected, ist_ball scale, const char *correction);

/** Finds that A and B agree: the value is max |A_jk - B_jk|, the bound 0, the scale the largest
 *  magnitude among them. */
void ist_verdict_same(ist_balls *e, ist_finding *f, ist_ball_matrix A, ist_ball_matrix B);

/** Whether a quantity is 0 to IST_VERDICT_DIGITS digits of the scale. */
bool ist_verdict_zero(ist_balls *e, ist_ball value, ist_ball scale);

/** Finds that nothing is decided, and why. */
__attribute__((format(printf, 2, 3))) void ist_verdict_open(ist_finding *f, const char *format,
                                                            ...);

#endif
