/** Radii of one worker's entries: what the server needs to know of a worker's errors. */
#ifndef IST_KERNEL_WORKER_RADII_H
#define IST_KERNEL_WORKER_RADII_H

#include "radius.h"

/** The radii of one worker's entries. x: iterate, d entries; e: bound on its error, d entries in
 *  [0, 2^160]; L, b, s: d*d, d, d entries; S, w, g: the block, the submodel and its gradient as
 *  computed from x, q entries each; count[j]: how many entries of all workers' blocks are j.
 *  own, whole: q entries of work space. radius, coefficient: q entries each, receive radius[a] and
 *  coefficient[a], about s_j^2 L_jj for j = S[a], with
 *
 *    |g[a] - G_a - coefficient[a] (x_j - X_j)| <= radius[a]
 *
 *  for every real X within e of x and the exact submodel gradient G of X under exact scales within
 *  2^-51 of s; the radius also pays for the roundings of merging count[j] such entries. [claim R14] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(e + (0 .. d-1)) &&
                    \valid_read(L + (0 .. d*d-1)) && \valid_read(b + (0 .. d-1)) &&
                    \valid_read(s + (0 .. d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid_read(g + (0 .. q-1)) &&
                    \valid_read(count + (0 .. d-1)) && \valid(own + (0 .. q-1)) &&
                    \valid(whole + (0 .. q-1)) && \valid(radius + (0 .. q-1)) &&
                    \valid(coefficient + (0 .. q-1));
    requires apart: \separated(own + (0 .. q-1), whole + (0 .. q-1), radius + (0 .. q-1),
                               coefficient + (0 .. q-1), x + (0 .. d-1), e + (0 .. d-1),
                               w + (0 .. q-1), g + (0 .. q-1));
    requires apart_inputs:
      \separated(own + (0 .. q-1), L + (0 .. d*d-1)) && \separated(own + (0 .. q-1), b + (0 .. d-1)) &&
      \separated(own + (0 .. q-1), s + (0 .. d-1)) && \separated(own + (0 .. q-1), S + (0 .. q-1)) &&
      \separated(own + (0 .. q-1), count + (0 .. d-1)) &&
      \separated(whole + (0 .. q-1), L + (0 .. d*d-1)) &&
      \separated(whole + (0 .. q-1), b + (0 .. d-1)) &&
      \separated(whole + (0 .. q-1), s + (0 .. d-1)) &&
      \separated(whole + (0 .. q-1), S + (0 .. q-1)) &&
      \separated(whole + (0 .. q-1), count + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), L + (0 .. d*d-1)) &&
      \separated(radius + (0 .. q-1), b + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), s + (0 .. d-1)) &&
      \separated(radius + (0 .. q-1), S + (0 .. q-1)) &&
      \separated(radius + (0 .. q-1), count + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), L + (0 .. d*d-1)) &&
      \separated(coefficient + (0 .. q-1), b + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), s + (0 .. d-1)) &&
      \separated(coefficient + (0 .. q-1), S + (0 .. q-1)) &&
      \separated(coefficient + (0 .. q-1), count + (0 .. d-1));
    requires block: indices(S, q, d);
    requires range: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
                    bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) && bounded(s, d, 0x1p100) &&
                    bounded(w, q, 0x1p261) && bounded(g, q, 0x1p550) && counts_below(count, d);
    requires submodel: submodel_near{Here, Here}(x, s, S, w, q);
    requires gradient: gradient_near{Here, Here}(L, b, s, S,
                                                 w, g, q, d);
    terminates \true;
    exits \false;
    assigns own[0 .. q-1], whole[0 .. q-1], radius[0 .. q-1], coefficient[0 .. q-1];
    ensures range: between(radius, q, 0.0, 0x1p552) && bounded(coefficient, q, 0x1p362);
    ensures covered: \forall integer o, p;
      worker_covered{Old, Post}(L, b, s, S, x,
                                e, g, count, coefficient, radius, q, d,
                                o, p);
*/
void ist_worker_radii(const double *x, const double *e, const double *L, const double *b,
                      const double *s, const size_t *S, const double *w, const double *g,
                      const size_t *count, size_t q, size_t d, double *own, double *whole,
                      double *radius, double *coefficient);

#endif
