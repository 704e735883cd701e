/** Single rounds from given blocks, enclosed: the step (2) and Algorithm 1, written from their
 *  definitions and apart from the moments. Results are made in the arena e, of x's precision. */
#ifndef IST_CHECK_EXACT_ROUND_H
#define IST_CHECK_EXACT_ROUND_H

#include "exact.h"

/** x - gamma g, g = (1/n) sum C_i grad f_i(C_i x), eqs. (2), (5). block: n blocks of q coordinates,
 *  worker i's at i q. */
ist_ball_matrix ist_exact_round(ist_balls *e, ist_exact *x, const size_t *block, ist_ball gamma,
                                ist_ball_matrix from);

/** (1/n) sum z_i, z_i = w_i - gamma C_i grad f_i(w_i), w_i = C_i x: Algorithm 1 with T = 1, (6). */
ist_ball_matrix ist_exact_local_round(ist_balls *e, ist_exact *x, const size_t *block,
                                      ist_ball gamma, ist_ball_matrix from);

/** C x for the sketch of worker i with the block S of q coordinates. */
ist_ball_matrix ist_exact_submodel(ist_balls *e, ist_exact *x, size_t i, const size_t *S,
                                   ist_ball_matrix from);

#endif
