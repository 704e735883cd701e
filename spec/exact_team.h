/** The error clauses of exact.h for all workers of a team. */
#ifndef IST_SPEC_EXACT_TEAM_H
#define IST_SPEC_EXACT_TEAM_H

#include "exact.h"
#include "kept.h"

/*@ // Each worker's submodel, its part of w from start(i, q) on, is the exact one of x, rounded
    // once.
    predicate submodels_near{A, B}(ist_team t, double *x, double *w) =
      \forall integer i; 0 <= i < t.n ==>
        submodel_near{A, B}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                            w + start(i, t.q), t.q);
    // Each worker's gradient is within its error of the exact one of its submodel in w.
    predicate gradients_near{A, B}(ist_team t, double *w, double *g) =
      \forall integer i; 0 <= i < t.n ==>
        gradient_near{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                            t.s + start(i, t.s_stride), t.block + start(i, t.q),
                            w + start(i, t.q), g + start(i, t.q), t.q, t.d);
*/

#endif
