/** Model of one worker's submodel gradient in binary64, and its frame. */
#ifndef IST_SPEC_SUBMODEL_H
#define IST_SPEC_SUBMODEL_H

#include "block_product.h"

/*@ // Entry a of worker i's submodel gradient: s_j (sum_k L[j, S_k] w_k - b_j), j = S_a.
    logic real fl_block_gradient{L}(double *A, double *b, double *s, size_t *S, double *w,
                                    integer q, integer d, integer a) =
      fl_mul(s[S[a]], fl_sub(fl_block_dot(A + entry(S[a], 0, d), S, w, q), b[S[a]]));

    // w, in state B, is the submodel of x, s and S in state A: w[a] = s[S[a]] x[S[a]].
    predicate submodel_is{A, B}(double *x, double *s, size_t *S, double *w, integer q) =
      \forall integer a; 0 <= a < q ==>
        \at(w[a], B) == fl_mul(\at(s[S[a]], A), \at(x[S[a]], A));
    // g, in state B, is the submodel gradient of L, b, s, S and w in state A.
    predicate gradient_is{A, B}(double *L, double *b, double *s, size_t *S, double *w, double *g,
                                integer q, integer d) =
      \forall integer a; 0 <= a < q ==>
        \at(g[a], B) == fl_block_gradient{A}(L, b, s, S, w, q, d, a);
*/

#endif
