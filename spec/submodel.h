/** Model of one worker's submodel gradient in binary64, and its frame. */
#ifndef IST_SPEC_SUBMODEL_H
#define IST_SPEC_SUBMODEL_H

#include "magnitude.h"
#include "arrays.h"
#include "index.h"

/*@ // sum_{k<q} row[S[k]] w[k] in order of k, every product and every sum rounded.
    logic real fl_block_dot{L}(double *row, size_t *S, double *w, integer q) =
      q <= 0 ? 0.0 : fl_add(fl_block_dot(row, S, w, q - 1), fl_mul(row[S[q - 1]], w[q - 1]));

    predicate fl_block_dot_next{L}(double *row, size_t *S, double *w, integer q) =
      fl_block_dot(row, S, w, q + 1) == fl_add(fl_block_dot(row, S, w, q), fl_mul(row[S[q]], w[q]));
    lemma fl_block_dot_unfold{L}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_next(row, S, w, q);

    // Entry a of worker i's submodel gradient: s_j (sum_k L[j, S_k] w_k - b_j), j = S_a.
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
