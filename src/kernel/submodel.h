/** What one worker computes: its submodel C_i x and the sketched gradient, on its block
 *  S_i only. */
#ifndef IST_KERNEL_SUBMODEL_H
#define IST_KERNEL_SUBMODEL_H

#include "range.h"
#include "team.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/exact.h"
#include "../../spec/submodel.h"
#include "../../spec/kept.h"
#endif

/*@ // The model and the error clause of a worker's submodel and of its gradient.
    predicate submodel_is{A, B}(ist_worker_view v, double *x, double *w) =
      submodel_is{A, B}(x, v.s, v.S, w, v.q);
    predicate submodel_near{A, B}(ist_worker_view v, double *x, double *w) =
      submodel_near{A, B}(x, v.s, v.S, w, v.q);
    predicate gradient_is{A, B}(ist_worker_view v, double *w, double *g) =
      gradient_is{A, B}(v.L, v.b, v.s, v.S, w, g, v.q, v.d);
    predicate gradient_near{A, B}(ist_worker_view v, double *w, double *g) =
      gradient_near{A, B}(v.L, v.b, v.s, v.S, w, g, v.q, v.d);
*/

/** Submodel w = C_i x on the block: w[a] = s[S[a]] x[S[a]], a < q. [claim P03, R7] */
/*@ requires size: sized(v);
    requires valid: \valid_read(x + (0 .. v.d-1)) && \valid_read(v.s + (0 .. v.d-1)) &&
                    \valid_read(v.S + (0 .. v.q-1)) && \valid(w + (0 .. v.q-1));
    requires apart: \separated(w + (0 .. v.q-1), x + (0 .. v.d-1)) &&
                    \separated(w + (0 .. v.q-1), v.s + (0 .. v.d-1)) &&
                    \separated(w + (0 .. v.q-1), v.S + (0 .. v.q-1));
    requires block: indices(v.S, v.q, v.d);
    requires range: bounded(x, v.d, 0x1p160) && bounded(v.s, v.d, 0x1p100);
    terminates \true;
    exits \false;
    assigns w[0 .. v.q-1];
    ensures range: bounded(w, v.q, 0x1p261);
    ensures model: submodel_is{Old, Post}(v, x, w);
    ensures error: submodel_near{Old, Post}(v, x, w);
*/
void ist_submodel(const double *x, ist_worker_view v, double *w);

/** Submodel gradient C_i grad f_i(w) on the block, eqs. (5), (26):
 *  g[a] = s_j ( sum_{k<q} L[j, S[k]] w[k] - b_j ),  j = S[a], a < q. [claim P03, R7] */
/*@ requires size: sized(v);
    requires valid: readable(v) && \valid_read(w + (0 .. v.q-1)) && \valid(g + (0 .. v.q-1));
    requires apart: apart(v, g, v.q) && \separated(g + (0 .. v.q-1), w + (0 .. v.q-1));
    requires worker: well_formed(v);
    requires range: bounded(w, v.q, 0x1p261);
    terminates \true;
    exits \false;
    assigns g[0 .. v.q-1];
    ensures range: bounded(g, v.q, 0x1p550);
    ensures model: gradient_is{Old, Post}(v, w, g);
    ensures error: gradient_near{Old, Post}(v, w, g);
*/
void ist_block_gradient(ist_worker_view v, const double *w, double *g);

#endif
