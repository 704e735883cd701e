/** The 15-term sum T^kappa(M) of N4 in ball arithmetic. */
#ifndef IST_MOMENTS_BALL_TERMS_H
#define IST_MOMENTS_BALL_TERMS_H

#include <arb_mat.h>
#include <flint/fmpq.h>

#include "weights.h"

/** What the sum is taken with: A, weights, and d x d work space. */
typedef struct {
  slong d, prec;
  const arb_mat_struct *A;
  arb_struct kappa[IST_QUADRATIC_TERMS];
  arb_mat_t MA, left;
  arb_ptr row, column; /**< d */
} ist_ball_terms;

/** Prepares for sums with A (d x d, kept by reference); to be released with ist_ball_terms_clear. */
void ist_ball_terms_init(ist_ball_terms *t, const arb_mat_t A, slong prec);
void ist_ball_terms_clear(ist_ball_terms *t);

/** out += T^kappa(M) with IST_QUADRATIC_TERMS weights; its upper triangle is then complete. */
void ist_ball_terms_add(ist_ball_terms *t, const fmpq *kappa, const arb_mat_t M, arb_mat_t out);

#endif
