/** Radii of one worker's entries: what the server needs to know of a worker's errors. */
#ifndef IST_KERNEL_WORKER_RADII_H
#define IST_KERNEL_WORKER_RADII_H

#include "radii.h"
#include "radius.h"
#include "submodel.h"

/*@ predicate worker_covered{A, B}(ist_worker_view v, double *x, double *e, double *g,
                                   size_t *count,
                                   double *coefficient, double *radius, integer o, integer p) =
      worker_covered{A, B}(v.L, v.b, v.s, v.S, x, e, g, count, coefficient, radius, v.q, v.d, o, p);
*/

/** The radii of one worker's entries. x: iterate, d entries; e: bound on its error, d entries in
 *  [0, 2^160]; w, g: the submodel and its gradient as computed from x, q entries each; count[j]:
 *  how many entries of all workers' blocks are j. r receives radius[a] and coefficient[a], about
 *  s_j^2 L_jj for j = S[a], with
 *
 *    |g[a] - G_a - coefficient[a] (x_j - X_j)| <= radius[a]
 *
 *  for every real X within e of x and the exact submodel gradient G of X under exact scales within
 *  2^-51 of s; the radius also pays for the roundings of merging count[j] such entries.
 *  [claim R14] */
/*@ requires size: sized(v);
    requires valid: readable(v) && \valid_read(x + (0 .. v.d-1)) && \valid_read(e + (0 .. v.d-1)) &&
                    \valid_read(w + (0 .. v.q-1)) && \valid_read(g + (0 .. v.q-1)) &&
                    \valid_read(count + (0 .. v.d-1)) && \valid(r.own + (0 .. v.q-1)) &&
                    \valid(r.whole + (0 .. v.q-1)) && \valid(r.radius + (0 .. v.q-1)) &&
                    \valid(r.coefficient + (0 .. v.q-1));
    requires apart: \separated(r.own + (0 .. v.q-1), r.whole + (0 .. v.q-1),
                               r.radius + (0 .. v.q-1), r.coefficient + (0 .. v.q-1),
                               x + (0 .. v.d-1), e + (0 .. v.d-1), w + (0 .. v.q-1),
                               g + (0 .. v.q-1));
    requires apart_worker: apart(v, r.own, v.q) && apart(v, r.whole, v.q) &&
                           apart(v, r.radius, v.q) && apart(v, r.coefficient, v.q);
    requires apart_count: \separated(r.own + (0 .. v.q-1), count + (0 .. v.d-1)) &&
                          \separated(r.whole + (0 .. v.q-1), count + (0 .. v.d-1)) &&
                          \separated(r.radius + (0 .. v.q-1), count + (0 .. v.d-1)) &&
                          \separated(r.coefficient + (0 .. v.q-1), count + (0 .. v.d-1));
    requires worker: well_formed(v);
    requires range: bounded(x, v.d, 0x1p160) && between(e, v.d, 0.0, 0x1p160) &&
                    bounded(w, v.q, 0x1p261) && bounded(g, v.q, 0x1p550) &&
                    counts_below(count, v.d);
    requires submodel: submodel_near{Here, Here}(v, x, w);
    requires gradient: gradient_near{Here, Here}(v, w, g);
    terminates \true;
    exits \false;
    assigns r.own[0 .. v.q-1], r.whole[0 .. v.q-1], r.radius[0 .. v.q-1],
            r.coefficient[0 .. v.q-1];
    ensures range: between(r.radius, v.q, 0.0, 0x1p552) && bounded(r.coefficient, v.q, 0x1p362);
    ensures covered: \forall integer o, p;
      worker_covered{Old, Post}(v, x, e, g, count, r.coefficient, r.radius, o, p);
*/
void ist_worker_radii(const double *x, const double *e, ist_worker_view v, const double *w,
                      const double *g, const size_t *count, ist_radii r);

#endif
