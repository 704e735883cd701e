/** Radii of the entries of a submodel gradient: how far from the computed ones the exact ones can
 *  be, when the exact iterate is within a known error of the computed one. */
#ifndef IST_KERNEL_RADIUS_H
#define IST_KERNEL_RADIUS_H

#include "range.h"
#include "team.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/radius.h"
#include "../../spec/kept.h"
#endif

/*@ predicate counts_below{L}(size_t *count, integer d) =
      \forall integer j; 0 <= j < d ==> 0 <= count[j] <= 0x10000000000;
*/

/** Radii of a submodel, q entries each: own[k] bounds what w[k] is off from the exact C_j X_j, j =
 *  S[k], but for s_j (x_j - X_j), and whole[k] what it is off in all; both with the share of |w[k]|
 *  that pays for the roundings of a row's sum. x, e, v, w: as for ist_worker_radii. [claim R14] */
/*@ requires size: sized(v);
    requires valid: \valid_read(x + (0 .. v.d-1)) && \valid_read(e + (0 .. v.d-1)) &&
                    \valid_read(v.s + (0 .. v.d-1)) && \valid_read(v.S + (0 .. v.q-1)) &&
                    \valid_read(w + (0 .. v.q-1)) && \valid(own + (0 .. v.q-1)) &&
                    \valid(whole + (0 .. v.q-1));
    requires apart: \separated(own + (0 .. v.q-1), whole + (0 .. v.q-1), x + (0 .. v.d-1),
                               e + (0 .. v.d-1), w + (0 .. v.q-1)) &&
                    \separated(own + (0 .. v.q-1), v.s + (0 .. v.d-1)) &&
                    \separated(own + (0 .. v.q-1), v.S + (0 .. v.q-1)) &&
                    \separated(whole + (0 .. v.q-1), v.s + (0 .. v.d-1)) &&
                    \separated(whole + (0 .. v.q-1), v.S + (0 .. v.q-1));
    requires block: indices(v.S, v.q, v.d);
    requires range: bounded(x, v.d, 0x1p160) && between(e, v.d, 0.0, 0x1p160) &&
                    bounded(v.s, v.d, 0x1p100) && bounded(w, v.q, 0x1p261);
    terminates \true;
    exits \false;
    assigns own[0 .. v.q-1], whole[0 .. v.q-1];
    ensures range: between(own, v.q, 0.0, 0x1p263) && between(whole, v.q, 0.0, 0x1p265);
    ensures radii: submodel_radii{Old, Post}(x, e, v.s, v.S, w, own, whole, v.q,
                                             dot_share((real)v.q));
*/
void ist_submodel_radii(const double *x, const double *e, ist_worker_view v, const double *w,
                        double *own, double *whole);

/** Coefficient and radius of every entry of a submodel gradient, from own and whole: see
 *  ist_worker_radii. [claim R14] */
/*@ requires size: sized(v);
    requires valid: readable(v) && \valid_read(e + (0 .. v.d-1)) && \valid_read(g + (0 .. v.q-1)) &&
                    \valid_read(count + (0 .. v.d-1)) && \valid_read(own + (0 .. v.q-1)) &&
                    \valid_read(whole + (0 .. v.q-1)) && \valid(radius + (0 .. v.q-1)) &&
                    \valid(coefficient + (0 .. v.q-1));
    requires apart: apart(v, radius, v.q) && apart(v, coefficient, v.q) &&
      \separated(radius + (0 .. v.q-1), coefficient + (0 .. v.q-1));
    requires apart_radius:
      \separated(radius + (0 .. v.q-1), e + (0 .. v.d-1)) &&
      \separated(radius + (0 .. v.q-1), g + (0 .. v.q-1)) &&
      \separated(radius + (0 .. v.q-1), count + (0 .. v.d-1)) &&
      \separated(radius + (0 .. v.q-1), own + (0 .. v.q-1)) &&
      \separated(radius + (0 .. v.q-1), whole + (0 .. v.q-1));
    requires apart_coefficient:
      \separated(coefficient + (0 .. v.q-1), e + (0 .. v.d-1)) &&
      \separated(coefficient + (0 .. v.q-1), g + (0 .. v.q-1)) &&
      \separated(coefficient + (0 .. v.q-1), count + (0 .. v.d-1)) &&
      \separated(coefficient + (0 .. v.q-1), own + (0 .. v.q-1)) &&
      \separated(coefficient + (0 .. v.q-1), whole + (0 .. v.q-1));
    requires block: indices(v.S, v.q, v.d);
    requires range: between(e, v.d, 0.0, 0x1p160) && bounded(v.L, v.d*v.d, 0x1p160) &&
                    bounded(v.b, v.d, 0x1p160) && bounded(v.s, v.d, 0x1p100) &&
                    bounded(g, v.q, 0x1p550) && counts_below(count, v.d) &&
                    between(own, v.q, 0.0, 0x1p263) && between(whole, v.q, 0.0, 0x1p265);
    terminates \true;
    exits \false;
    assigns radius[0 .. v.q-1], coefficient[0 .. v.q-1];
    ensures range: between(radius, v.q, 0.0, 0x1p552) && bounded(coefficient, v.q, 0x1p362);
    ensures radii: entry_radii_are{Old, Post}(v.L, v.b, v.s, v.S, e, g, count, own, whole,
                                              coefficient, radius, v.q, v.d, v.q);
*/
void ist_entry_radii(const double *e, ist_worker_view v, const double *g, const size_t *count,
                     const double *own, const double *whole, double *radius, double *coefficient);

#endif
