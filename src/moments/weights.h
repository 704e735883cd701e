/** The weights of N4: probabilities that coordinates share a block, and the tables built on them.
 */
#ifndef IST_MOMENTS_WEIGHTS_H
#define IST_MOMENTS_WEIGHTS_H

#include "problem/sketch_kind.h"

/** The 15 terms of E[BAB], by which of the indices a, c, e, b of sum_ce M_ac A_ce M_eb coincide. */
typedef enum {
  IST_NONE,
  IST_AC,
  IST_EB,
  IST_CE,
  IST_AE,
  IST_CB,
  IST_AB,
  IST_AC_EB,
  IST_AE_CB,
  IST_AB_CE,
  IST_ACE,
  IST_CEB,
  IST_ACB,
  IST_AEB,
  IST_ALL,
  IST_QUADRATIC_TERMS
} ist_quadratic_term;

/** The 5 terms of E[BAv] and of E[Bzv']. The third and fourth coincidences are ce and ae for the
 *  former, cb and ab for the latter. */
typedef enum {
  IST_LINEAR_NONE,
  IST_LINEAR_FIRST,
  IST_LINEAR_INNER,
  IST_LINEAR_OUTER,
  IST_LINEAR_ALL,
  IST_LINEAR_TERMS
} ist_linear_term;

/** Probabilities that given coordinates lie in given blocks of q out of d. */
typedef struct {
  double p[4];          /**< p[k-1] = p_k = q^(k)/d^(k): k coordinates in one block */
  double r11, r12, r22; /**< r_jk: j coordinates in one block, k others in another worker's */
} ist_weights;

/** p_k, and r_jk = q^(j)q^(k)/d^(j+k) for disjoint blocks, p_j p_k for independent ones. Each is 0
 *  where its numerator is 0; the r_jk are 0 for n = 1, where there is no other worker. */
ist_weights ist_sketch_weights(size_t d, size_t n, ist_sketch sk);

/** One row of the table of E[BAB], in integers: kappa_s = sum_k same[k-1] p_k and kappa_d =
 *  other[0] r11 + other[1] r12 + other[2] r22. */
typedef struct {
  int same[4], other[3];
} ist_quadratic_coefficients;

/** The row of term t. */
ist_quadratic_coefficients ist_quadratic_row(ist_sketch sk, ist_quadratic_term t);

/** One row of the table of E[BAv]: tau_s = sum_k same[k-1] p_k, tau_d = other[0] r11 + other[1]
 * r12.
 */
typedef struct {
  int same[3], other[2];
} ist_linear_coefficients;

/** The row of term t. */
ist_linear_coefficients ist_linear_row(ist_sketch sk, ist_linear_term t);

/** The columns kappa_s (same worker) and kappa_d (two workers) of the table of E[BAB]. */
void ist_quadratic_weights(const ist_weights *w, ist_sketch sk, double same[IST_QUADRATIC_TERMS],
                           double other[IST_QUADRATIC_TERMS]);

/** The columns tau_s and tau_d of the table of E[BAv]. */
void ist_linear_weights(const ist_weights *w, ist_sketch sk, double same[IST_LINEAR_TERMS],
                        double other[IST_LINEAR_TERMS]);

#endif
