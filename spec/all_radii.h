/** From the radii of each worker's entries to those of all entries of a round. */
#ifndef IST_SPEC_ALL_RADII_H
#define IST_SPEC_ALL_RADII_H

#include "arrays.h"
#include "covered_frame.h"
#include "index.h"
#include "join.h"
#include "kept.h"

/*@ // The entries from o on, as a worker's own.
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

    // The scales C of a team's workers, those of worker i from start(i, stride) on.
    predicate all_scales_close{L}(ist_team t, vector C) =
      \forall integer i; 0 <= i < t.n ==>
        scales_close(t.s + start(i, t.s_stride), C, start(i, t.s_stride), t.d);

    // An exact iterate, exact scales and the exact submodel gradients of all workers.
    predicate exact_workers{L}(ist_team t, double *x, double *e, vector X, vector C, vector G) =
      close(x, X, e, t.d) && all_scales_close(t, C) &&
      all_sketched_gradients(t.L, t.L_stride, t.b, t.b_stride, t.block, C, t.s_stride, X, G, t.n,
                             t.q, t.d);
    // The radii of the entries of worker i, and of the first n workers.
    predicate worker_i_covered{A, B}(ist_team t, double *x, double *e, double *g, size_t *count,
                                     double *coefficient, double *radius, integer i) =
      worker_covered{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                           t.s + start(i, t.s_stride), t.block + start(i, t.q), x, e,
                           g + start(i, t.q), count, coefficient + start(i, t.q),
                           radius + start(i, t.q), t.q, t.d, start(i, t.s_stride), start(i, t.q));
    predicate all_workers_covered{A, B}(ist_team t, double *x, double *e, double *g, size_t *count,
                                        double *coefficient, double *radius, integer n) =
      \forall integer i; 0 <= i < n ==>
        worker_i_covered{A, B}(t, x, e, g, count, coefficient, radius, i);
    predicate exact_worker{L}(ist_team t, double *x, double *e, vector X, vector C, vector G,
                              integer i) =
      close(x, X, e, t.d) &&
      scales_close(t.s + start(i, t.s_stride), C, start(i, t.s_stride), t.d) &&
      sketched_gradients(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                         t.block + start(i, t.q), C, start(i, t.s_stride), X, G, start(i, t.q),
                         t.q, t.d);
    predicate exact_each{L}(ist_team t, double *x, double *e, vector X, vector C, vector G,
                            integer i) =
      0 <= i < t.n ==> exact_workers(t, x, e, X, C, G) ==> exact_worker(t, x, e, X, C, G, i);
    STEP(lemma all_exact_each{L}: \forall ist_team t, double *x, *e, vector X, C, G, integer i;
      exact_each(t, x, e, X, C, G, i);)
    STEP(lemma worker_covered_instance_i{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer i, vector X, C, G;
      worker_i_covered{A, B}(t, x, e, g, count, coefficient, radius, i) ==>
      exact_worker{A}(t, x, e, X, C, G, i) ==>
      all_covered{A, B}(x, e, t.block + start(i, t.q), g + start(i, t.q), count,
                        coefficient + start(i, t.q), radius + start(i, t.q), X, G,
                        start(i, t.q), t.q);)
    predicate worker_covered_at{A, B}(ist_team t, double *x, double *e, double *g, size_t *count,
                                      double *coefficient, double *radius, vector X, vector C,
                                      vector G, integer i) =
      0 <= i < t.n ==> all_workers_covered{A, B}(t, x, e, g, count, coefficient, radius, t.n) ==>
      exact_workers{A}(t, x, e, X, C, G) ==>
      all_covered{A, B}(x, e, t.block + start(i, t.q), g + start(i, t.q), count,
                        coefficient + start(i, t.q), radius + start(i, t.q), X, G,
                        start(i, t.q), t.q);
    STEP(lemma worker_covered_at_by{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer i, vector X, C, G;
      exact_each{A}(t, x, e, X, C, G, i) ==>
      worker_covered_at{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, i);)
    STEP(lemma workers_covered_at{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer i, vector X, C, G;
      worker_covered_at{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, i);)
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
      part(radius, start(i, q)) == radius + start(i, q) ==> start_next(i, q) ==>
      part_joined{A, B}(x, e, block, g, count, coefficient, radius, X, G, q, i);)
    STEP(lemma parts_joined{A, B}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, integer q, i, vector X, G;
      part_joined{A, B}(x, e, block, g, count, coefficient, radius, X, G, q, i);)
    predicate covered_to{A, B}(ist_team t, double *x, double *e, double *g, size_t *count,
                               double *coefficient, double *radius, vector X, vector C, vector G,
                               integer k) =
      all_workers_covered{A, B}(t, x, e, g, count, coefficient, radius, t.n) ==>
      exact_workers{A}(t, x, e, X, C, G) ==> k <= t.n ==>
      all_covered{A, B}(x, e, t.block, g, count, coefficient, radius, X, G, 0, start(k, t.q));
    STEP(lemma covered_to_start{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, vector X, C, G;
      covered_to{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, 0);)
    STEP(lemma covered_to_step{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer k, vector X, C, G; 0 <= k ==>
      part_joined{A, B}(x, e, t.block, g, count, coefficient, radius, X, G, t.q, k) ==>
      worker_covered_at{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, k) ==>
      covered_to{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, k) ==>
      covered_to{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, k + 1);)
    STEP(lemma covered_to_inductive{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer k, vector X, C, G; 0 <= k ==>
      covered_to{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, k) ==>
      covered_to{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, k + 1);)
    lemma all_covered_to{A, B}: \forall ist_team t, double *x, *e, *g, *coefficient, *radius,
      size_t *count, integer k, vector X, C, G; 0 <= k ==>
      covered_to{A, B}(t, x, e, g, count, coefficient, radius, X, C, G, k);
*/

#endif
