/** From the radii of each worker's entries to those of all entries of a round. */
#ifndef IST_SPEC_ALL_RADII_H
#define IST_SPEC_ALL_RADII_H

#include "arrays.h"
#include "covered_frame.h"
#include "index.h"

/*@ predicate between_join{L}(double *a, integer o, integer k, real lo, real hi) =
      between(a, o, lo, hi) ==> between(part(a, o), k, lo, hi) ==> between(a, o + k, lo, hi);
    STEP(lemma entry_of_part: \forall double *a, integer o, j; part(a, o) + (j - o) == a + j;)
    lemma betweens_join{L}: \forall double *a, integer o, k, real lo, hi;
      between_join(a, o, k, lo, hi);
    predicate bounded_extend{L}(double *a, integer o, integer k, real M) =
      bounded(a, o, M) ==> bounded(part(a, o), k, M) ==> bounded(a, o + k, M);
    lemma bounded_extends{L}: \forall double *a, integer o, k, real M; bounded_extend(a, o, k, M);
    predicate start_after(integer i, integer q) = start(i + 1, q) == start(i, q) + q;
    lemma starts_after: \forall integer i, q; start_after(i, q);

    // The entries from o on, as a worker's own.
    predicate covered_join{A, B}(double *x, double *e, size_t *block, double *g, size_t *count,
                                 double *coefficient, double *radius, vector X, vector G, integer o,
                                 integer q) =
      all_covered{A, B}(x, e, block, g, count, coefficient, radius, X, G, 0, o) ==>
      all_covered{A, B}(x, e, index_part(block, o), part(g, o), count, part(coefficient, o),
                        part(radius, o), X, G, o, q) ==>
      all_covered{A, B}(x, e, block, g, count, coefficient, radius, X, G, 0, o + q);
    predicate entry_covered_in_part{A, B}(double *x, double *e, size_t *block, double *g,
                                          size_t *count, double *coefficient, double *radius,
                                          vector X, vector G, integer o, integer j) =
      entry_covered_at{A, B}(x, e, index_part(block, o), part(g, o), count, part(coefficient, o),
                             part(radius, o), X, G, o, j - o) ==>
      entry_covered_at{A, B}(x, e, block, g, count, coefficient, radius, X, G, 0, j);
    STEP(lemma index_of_part: \forall size_t *S, integer o, j; index_part(S, o) + (j - o) == S + j;)
    STEP(lemma entries_covered_in_part{A, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer o, j;
      entry_covered_in_part{A, B}(x, e, block, g, count, coefficient, radius, X, G, o, j);)
    STEP(lemma covered_joins{A, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer o, q;
      covered_join{A, B}(x, e, block, g, count, coefficient, radius, X, G, o, q);)
    predicate covered_kept{A, M, B}(double *x, double *e, size_t *S, double *g, size_t *count,
                                    double *coefficient, double *radius, vector X, vector G,
                                    integer p, integer q) =
      all_covered{A, M}(x, e, S, g, count, coefficient, radius, X, G, p, q) ==>
      same{M, B}(coefficient, q) ==> same{M, B}(radius, q) ==>
      all_covered{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);
    STEP(lemma covered_kept_entry{A, M, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *S, *count, vector X, G, integer p, q, a; 0 <= a < q ==>
      same{M, B}(coefficient, q) ==> same{M, B}(radius, q) ==>
      entry_covered_moved{A, M, A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a) ==>
      all_covered{A, M}(x, e, S, g, count, coefficient, radius, X, G, p, q) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma covered_kept_entries{A, M, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *S, *count, vector X, G, integer p, q, a; 0 <= a < q ==>
      same{M, B}(coefficient, q) ==> same{M, B}(radius, q) ==>
      all_covered{A, M}(x, e, S, g, count, coefficient, radius, X, G, p, q) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma all_covered_kept{A, M, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *S, *count, vector X, G, integer p, q;
      covered_kept{A, M, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);)
    predicate worker_covered_kept{A, M, B}(double *L, double *b, double *s, size_t *S, double *x,
                                           double *e, double *g, size_t *count,
                                           double *coefficient, double *radius, integer q,
                                           integer d, integer o, integer p) =
      worker_covered{A, M}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p) ==>
      same{M, B}(coefficient, q) ==> same{M, B}(radius, q) ==>
      worker_covered{A, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p);
    STEP(lemma workers_covered_kept{A, M, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *S, *count, integer q, d, o, p;
      worker_covered_kept{A, M, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p);)

    // The scales C of n workers, those of worker i from start(i, stride) on.
    predicate all_scales_close{L}(double *s, integer stride, vector C, integer n, integer d) =
      \forall integer i; 0 <= i < n ==>
        scales_close(s + start(i, stride), C, start(i, stride), d);

    // An exact iterate, exact scales and the exact submodel gradients of n workers.
    predicate exact_workers{L}(double *L, integer L_stride, double *b, integer b_stride, double *s,
                               integer s_stride, size_t *block, double *x, double *e, vector X,
                               vector C, vector G, integer q, integer d, integer n) =
      close(x, X, e, d) && all_scales_close(s, s_stride, C, n, d) &&
      all_sketched_gradients(L, L_stride, b, b_stride, block, C, s_stride, X, G, n, q, d);
    // The radii of n workers' entries.
    predicate worker_i_covered{A, B}(double *L, integer L_stride, double *b, integer b_stride,
                                     double *s, integer s_stride, size_t *block, double *x,
                                     double *e, double *g, size_t *count, double *coefficient,
                                     double *radius, integer q, integer d, integer i) =
      worker_covered{A, B}(L + start(i, L_stride), b + start(i, b_stride), s + start(i, s_stride),
                           block + start(i, q), x, e, g + start(i, q), count,
                           coefficient + start(i, q), radius + start(i, q), q, d,
                           start(i, s_stride), start(i, q));
    predicate worker_i_kept{A, M, B}(double *L, integer L_stride, double *b, integer b_stride,
                                     double *s, integer s_stride, size_t *block, double *x,
                                     double *e, double *g, size_t *count, double *coefficient,
                                     double *radius, integer q, integer d, integer i) =
      worker_i_covered{A, M}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                             coefficient, radius, q, d, i) ==>
      same{M, B}(coefficient + start(i, q), q) ==> same{M, B}(radius + start(i, q), q) ==>
      worker_i_covered{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                             coefficient, radius, q, d, i);
    STEP(lemma workers_i_kept_by{A, M, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, i;
      worker_covered_kept{A, M, B}(L + start(i, L_stride), b + start(i, b_stride),
        s + start(i, s_stride), block + start(i, q), x, e, g + start(i, q), count,
        coefficient + start(i, q), radius + start(i, q), q, d, start(i, s_stride), start(i, q)) ==>
      worker_i_kept{A, M, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                             coefficient, radius, q, d, i);)
    lemma workers_i_kept{A, M, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, i;
      worker_i_kept{A, M, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                             coefficient, radius, q, d, i);
    predicate all_workers_covered{A, B}(double *L, integer L_stride, double *b, integer b_stride,
                                    double *s, integer s_stride, size_t *block, double *x,
                                    double *e, double *g, size_t *count, double *coefficient,
                                    double *radius, integer q, integer d, integer n) =
      \forall integer i; 0 <= i < n ==>
        worker_i_covered{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                               coefficient, radius, q, d, i);
    predicate exact_worker{L}(double *L, integer L_stride, double *b, integer b_stride, double *s,
                              integer s_stride, size_t *block, double *x, double *e, vector X,
                              vector C, vector G, integer q, integer d, integer i) =
      close(x, X, e, d) && scales_close(s + start(i, s_stride), C, start(i, s_stride), d) &&
      sketched_gradients(L + start(i, L_stride), b + start(i, b_stride), block + start(i, q), C,
                         start(i, s_stride), X, G, start(i, q), q, d);
    predicate exact_each{L}(double *L, integer L_stride, double *b, integer b_stride, double *s,
                            integer s_stride, size_t *block, double *x, double *e, vector X,
                            vector C, vector G, integer q, integer d, integer n, integer i) =
      0 <= i < n ==>
      exact_workers(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, n) ==>
      exact_worker(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, i);
    STEP(lemma all_exact_each{L}: \forall double *L, *b, *s, *x, *e, size_t *block,
      vector X, C, G, integer L_stride, b_stride, s_stride, q, d, n, i;
      exact_each(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, n, i);)
    STEP(lemma worker_covered_instance_i{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, i,
      vector X, C, G;
      worker_i_covered{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                             coefficient, radius, q, d, i) ==>
      exact_worker{A}(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, i) ==>
      all_covered{A, B}(x, e, block + start(i, q), g + start(i, q), count,
                        coefficient + start(i, q), radius + start(i, q), X, G, start(i, q), q);)
    predicate worker_covered_at{A, B}(double *L, integer L_stride, double *b, integer b_stride,
                                      double *s, integer s_stride, size_t *block, double *x,
                                      double *e, double *g, size_t *count, double *coefficient,
                                      double *radius, vector X, vector C, vector G, integer q,
                                      integer d, integer n, integer i) =
      0 <= i < n ==>
      all_workers_covered{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                            coefficient, radius, q, d, n) ==>
      exact_workers{A}(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, n) ==>
      all_covered{A, B}(x, e, block + start(i, q), g + start(i, q), count,
                        coefficient + start(i, q), radius + start(i, q), X, G, start(i, q), q);
    STEP(lemma worker_covered_at_by{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, n, i,
      vector X, C, G;
      exact_each{A}(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, n, i) ==>
      worker_covered_at{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                              coefficient, radius, X, C, G, q, d, n, i);)
    STEP(lemma workers_covered_at{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, n, i,
      vector X, C, G;
      worker_covered_at{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                              coefficient, radius, X, C, G, q, d, n, i);)
    predicate part_joined{A, B}(double *x, double *e, size_t *block, double *g, size_t *count,
                                double *coefficient, double *radius, vector X, vector G, integer q,
                                integer i) =
      all_covered{A, B}(x, e, block, g, count, coefficient, radius, X, G, 0, start(i, q)) ==>
      all_covered{A, B}(x, e, block + start(i, q), g + start(i, q), count,
                        coefficient + start(i, q), radius + start(i, q), X, G, start(i, q), q) ==>
      all_covered{A, B}(x, e, block, g, count, coefficient, radius, X, G, 0, start(i + 1, q));
    STEP(lemma parts_joined_by{A, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, integer q, i, vector X, G;
      covered_join{A, B}(x, e, block, g, count, coefficient, radius, X, G, start(i, q), q) ==>
      index_part(block, start(i, q)) == block + start(i, q) ==>
      part(g, start(i, q)) == g + start(i, q) ==>
      part(coefficient, start(i, q)) == coefficient + start(i, q) ==>
      part(radius, start(i, q)) == radius + start(i, q) ==> start_after(i, q) ==>
      part_joined{A, B}(x, e, block, g, count, coefficient, radius, X, G, q, i);)
    STEP(lemma parts_joined{A, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, integer q, i, vector X, G;
      part_joined{A, B}(x, e, block, g, count, coefficient, radius, X, G, q, i);)
    predicate covered_to{A, B}(double *L, integer L_stride, double *b, integer b_stride, double *s,
                               integer s_stride, size_t *block, double *x, double *e, double *g,
                               size_t *count, double *coefficient, double *radius, vector X,
                               vector C, vector G, integer q, integer d, integer n, integer k) =
      all_workers_covered{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                            coefficient, radius, q, d, n) ==>
      exact_workers{A}(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, n) ==>
      k <= n ==>
      all_covered{A, B}(x, e, block, g, count, coefficient, radius, X, G, 0, start(k, q));
    STEP(lemma covered_to_start{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, n, vector X, C, G;
      covered_to{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, 0);)
    STEP(lemma covered_to_step{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, n, k,
      vector X, C, G; 0 <= k ==>
      part_joined{A, B}(x, e, block, g, count, coefficient, radius, X, G, q, k) ==>
      worker_covered_at{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                              coefficient, radius, X, C, G, q, d, n, k) ==>
      covered_to{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, k) ==>
      covered_to{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, k + 1);)
    STEP(lemma covered_to_inductive{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, n, k,
      vector X, C, G; 0 <= k ==>
      covered_to{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, k) ==>
      covered_to{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, k + 1);)
    lemma all_covered_to{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *block, *count, integer L_stride, b_stride, s_stride, q, d, n, k,
      vector X, C, G; 0 <= k ==>
      covered_to{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, k);
*/

#endif
