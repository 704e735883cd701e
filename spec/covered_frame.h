/** That an entry's radius covers it depends on the entry's own numbers only. */
#ifndef IST_SPEC_COVERED_FRAME_H
#define IST_SPEC_COVERED_FRAME_H

#include "proof.h"
#include "radius.h"

/*@ predicate entry_inputs_same{A, B}(double *x, double *e, size_t *S, double *g, size_t *count,
                                      integer a) =
      \at(S[a], A) == \at(S[a], B) &&
      \at(x[\at(S[a], A)], A) == \at(x[\at(S[a], B)], B) && \at(g[a], A) == \at(g[a], B) &&
      \at(e[\at(S[a], A)], A) == \at(e[\at(S[a], B)], B) &&
      \at(count[\at(S[a], A)], A) == \at(count[\at(S[a], B)], B);
    predicate equal_covered(real r, real g, real G, real k, real t, real e, real N, real r2,
                            real g2, real k2, real t2, real e2, real N2) =
      r == r2 ==> g == g2 ==> k == k2 ==> t == t2 ==> e == e2 ==> N == N2 ==>
      covered(r, g, G, k, t, e, N) ==> covered(r2, g2, G, k2, t2, e2, N2);
    STEP(lemma all_equal_covered: \forall real r, g, G, k, t, e, N, r2, g2, k2, t2, e2, N2;
      equal_covered(r, g, G, k, t, e, N, r2, g2, k2, t2, e2, N2);)
    // From inputs in state A and results in state B to those in C and D.
    predicate entry_covered_moved{A, B, C, D}(double *x, double *e, size_t *S, double *g,
                                              size_t *count, double *coefficient, double *radius,
                                              vector X, vector G, integer p, integer a) =
      entry_inputs_same{A, C}(x, e, S, g, count, a) ==>
      \at(coefficient[a], B) == \at(coefficient[a], D) ==>
      \at(radius[a], B) == \at(radius[a], D) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a) ==>
      entry_covered_at{C, D}(x, e, S, g, count, coefficient, radius, X, G, p, a);
    STEP(lemma entries_covered_moved_by{A, B, C, D}: \forall double *x, *e, *g, *coefficient,
      *radius, size_t *S, *count, vector X, G, integer p, a;
      equal_covered((real)\at(radius[a], B), (real)\at(g[a], A), component(G, p + a),
        (real)\at(coefficient[a], B), \at(x[\at(S[a], A)], A) - component(X, \at(S[a], A)),
        (real)\at(e[S[a]], A), (real)\at(count[\at(S[a], A)], A), (real)\at(radius[a], D),
        (real)\at(g[a], C), (real)\at(coefficient[a], D),
        \at(x[\at(S[a], C)], C) - component(X, \at(S[a], C)), (real)\at(e[S[a]], C),
        (real)\at(count[\at(S[a], C)], C)) ==>
      entry_covered_moved{A, B, C, D}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma entries_covered_moved{A, B, C, D}: \forall double *x, *e, *g, *coefficient,
      *radius, size_t *S, *count, vector X, G, integer p, a;
      entry_covered_moved{A, B, C, D}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
*/

#endif
