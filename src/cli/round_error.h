/** Running error bound: how far an iterate is from that of real arithmetic, from round to round. */
#ifndef IST_CLI_ROUND_ERROR_H
#define IST_CLI_ROUND_ERROR_H

#include <stddef.h>

/** e after a round that ist_round took from x, from e before it: d entries in [0, 2^160] with
 *  |x_j - X_j| <= e[j] for some real X become such a bound for the iterate after the round and the
 *  exact round of X, on the same blocks and with the exact scales, each within 2^-51 of s. x: the
 *  iterate before the round; L to gamma as for ist_round, and w, g, sum as it left them.
 *  Work space: own, whole: q entries; radius, coefficient: n*q; the last three and count: d.
 *
 *  Each step of this is a function of the kernel, proved to bound its part (ist_worker_radii,
 *  ist_count_members, ist_merge_above, ist_step_errors), and the lemma rounds_covered puts them
 *  together. That this function calls them with arrays that meet their contracts is not proved. */
void ist_round_error(double *e, const double *x, const double *L, size_t L_stride, const double *b,
                     size_t b_stride, const double *s, size_t s_stride, const size_t *block,
                     size_t d, size_t n, size_t q, double gamma, const double *w, const double *g,
                     const double *sum, size_t *count, double *own, double *whole, double *radius,
                     double *coefficient, double *merged_radius, double *merged_coefficient,
                     double *next);

#endif
