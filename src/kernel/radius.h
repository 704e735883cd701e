/** Radii of the entries of a submodel gradient: how far from the computed ones the exact ones can be,
 *  when the exact iterate is within a known error of the computed one. */
#ifndef IST_KERNEL_RADIUS_H
#define IST_KERNEL_RADIUS_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/radius.h"
#endif

/*@ predicate counts_below{L}(size_t *count, integer d) =
      \forall integer j; 0 <= j < d ==> 0 <= count[j] <= 0x10000000000;
*/

/** Radii of a submodel, q entries each: own[k] bounds what w[k] is off from the exact C_j X_j, j = S[k],
 *  but for s_j (x_j - X_j), and whole[k] what it is off in all; both with the share of |w[k]| that pays
 *  for the roundings of a row's sum. x, e, s, S, w, q, d: as for ist_worker_radii. [claim R14] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(e + (0 .. d-1)) &&
                    \valid_read(s + (0 .. d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid(own + (0 .. q-1)) &&
                    \valid(whole + (0 .. q-1));
    requires apart: \separated(own + (0 .. q-1), whole + (0 .. q-1), x + (0 .. d-1),
                               e + (0 .. d-1), w + (0 .. q-1)) &&
                    \separated(own + (0 .. q-1), s + (0 .. d-1)) &&
                    \separated(own + (0 .. q-1), S + (0 .. q-1)) &&
                    \separated(whole + (0 .. q-1), s + (0 .. d-1)) &&
                    \separated(whole + (0 .. q-1), S + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
                    bounded(s, d, 0x1p100) && bounded(w, q, 0x1p261);
    terminates \true;
    exits \false;
    assigns own[0 .. q-1], whole[0 .. q-1];
    ensures range: between(own, q, 0.0, 0x1p263) && between(whole, q, 0.0, 0x1p265);
    ensures radii: submodel_radii{Old, Post}(x, e, s, S,
                                             w, own, whole, q, dot_share((real)q));
*/
void ist_submodel_radii(const double *x, const double *e, const double *s, const size_t *S,
                        const double *w, size_t q, size_t d, double *own, double *whole);

/** Coefficient and radius of every entry of a submodel gradient, from own and whole: see
 *  ist_worker_radii. [claim R14] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(e + (0 .. d-1)) && \valid_read(L + (0 .. d*d-1)) &&
                    \valid_read(b + (0 .. d-1)) && \valid_read(s + (0 .. d-1)) &&
                    \valid_read(S + (0 .. q-1)) && \valid_read(g + (0 .. q-1)) &&
                    \valid_read(count + (0 .. d-1)) && \valid_read(own + (0 .. q-1)) &&
                    \valid_read(whole + (0 .. q-1)) && \valid(radius + (0 .. q-1)) &&
                    \valid(coefficient + (0 .. q-1));
    requires apart_radius:
      \separated(radius + (0 .. q-1), e + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), L + (0 .. d*d-1)) &&
      \separated(radius + (0 .. q-1), b + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), s + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), S + (0 .. q-1)) &&
      \separated(radius + (0 .. q-1), g + (0 .. q-1)) &&
      \separated(radius + (0 .. q-1), count + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), own + (0 .. q-1)) &&
      \separated(radius + (0 .. q-1), whole + (0 .. q-1)) &&
      \separated(radius + (0 .. q-1), coefficient + (0 .. q-1));
    requires apart_coefficient:
      \separated(coefficient + (0 .. q-1), e + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), L + (0 .. d*d-1)) &&
      \separated(coefficient + (0 .. q-1), b + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), s + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), S + (0 .. q-1)) &&
      \separated(coefficient + (0 .. q-1), g + (0 .. q-1)) &&
      \separated(coefficient + (0 .. q-1), count + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), own + (0 .. q-1)) &&
      \separated(coefficient + (0 .. q-1), whole + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: between(e, d, 0.0, 0x1p160) && bounded(L, d*d, 0x1p160) &&
                    bounded(b, d, 0x1p160) && bounded(s, d, 0x1p100) && bounded(g, q, 0x1p550) &&
                    counts_below(count, d) && between(own, q, 0.0, 0x1p263) &&
                    between(whole, q, 0.0, 0x1p265);
    terminates \true;
    exits \false;
    assigns radius[0 .. q-1], coefficient[0 .. q-1];
    ensures range: between(radius, q, 0.0, 0x1p552) && bounded(coefficient, q, 0x1p362);
    ensures radii: entry_radii_are{Old, Post}(L, b, s, S,
      e, g, count, own, whole, coefficient, radius,
      q, d, q);
*/
void ist_entry_radii(const double *e, const double *L, const double *b, const double *s,
                     const size_t *S, const double *g, const size_t *count, size_t q, size_t d,
                     const double *own, const double *whole, double *radius, double *coefficient);

#endif
