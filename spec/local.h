/** Model of one worker's local steps in binary64, and its frame. */
#ifndef IST_SPEC_LOCAL_H
#define IST_SPEC_LOCAL_H

#include "workers.h"

/*@ // Algorithm 1 on one worker, z_0 = C x, z_{t+1} = z_t - gamma C (A z_t - b), on the block S.
    // k < 0: entry a of z_t. k >= 0: the sum of the first k products of row S[a] of A with z_t.
    // (One function for both, since each needs the other: t falls, or k does.)
    logic real fl_local{L}(double *A, double *b, double *s, size_t *S, double *x, integer q,
                           integer d, real gamma, integer t, integer a, integer k) =
      k < 0
      ? (t <= 0
         ? fl_mul(s[S[a]], x[S[a]])
         : fl_sub(fl_local(A, b, s, S, x, q, d, gamma, t - 1, a, -1),
                  fl_mul(gamma, fl_mul(s[S[a]],
                    fl_sub(fl_local(A, b, s, S, x, q, d, gamma, t - 1, a, q), b[S[a]])))))
      : (k == 0
         ? 0.0
         : fl_add(fl_local(A, b, s, S, x, q, d, gamma, t, a, k - 1),
                  fl_mul((A + entry(S[a], 0, d))[S[k - 1]],
                         fl_local(A, b, s, S, x, q, d, gamma, t, k - 1, -1))));

    // The three cases of its definition.
    predicate fl_local_start{L}(double *A, double *b, double *s, size_t *S, double *x, integer q,
                                integer d, real gamma, integer a) =
      fl_local(A, b, s, S, x, q, d, gamma, 0, a, -1) == fl_mul(s[S[a]], x[S[a]]) ;
    lemma fl_local_starts{L}: \forall double *A, *b, *s, *x, size_t *S, integer q, d, a, real gamma;
      fl_local_start(A, b, s, S, x, q, d, gamma, a);
    predicate fl_local_step{L}(double *A, double *b, double *s, size_t *S, double *x, integer q,
                               integer d, real gamma, integer t, integer a) =
      fl_local(A, b, s, S, x, q, d, gamma, t + 1, a, -1) ==
        fl_sub(fl_local(A, b, s, S, x, q, d, gamma, t, a, -1),
               fl_mul(gamma, fl_mul(s[S[a]],
                 fl_sub(fl_local(A, b, s, S, x, q, d, gamma, t, a, q), b[S[a]]))));
    STEP(lemma fl_local_steps{L}: \forall double *A, *b, *s, *x, size_t *S, integer q, d, t, a,
      real gamma; 0 <= t ==> fl_local_step(A, b, s, S, x, q, d, gamma, t, a);)
    predicate fl_local_sum{L}(double *A, double *b, double *s, size_t *S, double *x, integer q,
                              integer d, real gamma, integer t, integer a, integer k) =
      fl_local(A, b, s, S, x, q, d, gamma, t, a, 0) == 0.0 &&
      fl_local(A, b, s, S, x, q, d, gamma, t, a, k + 1) ==
        fl_add(fl_local(A, b, s, S, x, q, d, gamma, t, a, k),
               fl_mul((A + entry(S[a], 0, d))[S[k]],
                      fl_local(A, b, s, S, x, q, d, gamma, t, k, -1)));
    STEP(lemma fl_local_sums{L}: \forall double *A, *b, *s, *x, size_t *S, integer q, d, t, a, k,
      real gamma; 0 <= k ==> fl_local_sum(A, b, s, S, x, q, d, gamma, t, a, k);)

    // z, in state B, is the local model after t steps on the inputs in state A.
    predicate local_is{A, B}(double *L, double *b, double *s, size_t *S, double *x, double *z,
                             integer q, integer d, real gamma, integer t) =
      \forall integer a; 0 <= a < q ==>
        \at(z[a], B) == fl_local{A}(L, b, s, S, x, q, d, gamma, t, a, -1);

    predicate same_factor{A, B}(double *L, size_t *S, integer d, integer a, integer k) =
      \at((L + entry(S[a], 0, d))[S[k]], A) == \at((L + entry(S[a], 0, d))[S[k]], B);
    predicate same_factor_of{A, B}(double *L, double *b, double *s, size_t *S, integer q, integer d,
                                   integer a, integer k) =
      kept{A, B}(L, b, s, S, q, d) ==> 0 <= a < q ==> 0 <= k < q ==>
        same_factor{A, B}(L, S, d, a, k);
    STEP(lemma same_factor_by_row{A, B}: \forall double *L, *b, *s, size_t *S, integer q, d, a, k;
      row_inside(\at(S[a], A), d) ==> same_factor_of{A, B}(L, b, s, S, q, d, a, k);)
    STEP(lemma same_factors{A, B}: \forall double *L, *b, *s, size_t *S, integer q, d, a, k;
      same_factor_of{A, B}(L, b, s, S, q, d, a, k);)

    // The sum over the block of an array that is the local model after t steps.
    predicate local_dot{A, B}(double *L, double *b, double *s, size_t *S, double *x, double *z,
                              integer q, integer d, real gamma, integer t, integer a, integer k) =
      kept{A, B}(L, b, s, S, q, d) ==> local_is{A, B}(L, b, s, S, x, z, q, d, gamma, t) ==>
      0 <= a < q ==> k <= q ==>
        fl_block_dot{B}(L + entry(\at(S[a], B), 0, d), S, z, k) ==
          fl_local{A}(L, b, s, S, x, q, d, gamma, t, a, k);
    STEP(lemma local_dot_step{A, B}: \forall double *L, *b, *s, *x, *z, size_t *S,
      integer q, d, t, a, k, real gamma; 0 <= k ==>
      same_factor_of{A, B}(L, b, s, S, q, d, a, k) ==>
      fl_block_dot_next{B}(L + entry(\at(S[a], B), 0, d), S, z, k) ==>
      fl_local_sum{A}(L, b, s, S, x, q, d, gamma, t, a, k) ==>
      local_dot{A, B}(L, b, s, S, x, z, q, d, gamma, t, a, k) ==>
      local_dot{A, B}(L, b, s, S, x, z, q, d, gamma, t, a, k + 1);)
    STEP(lemma local_dot_inductive{A, B}: \forall double *L, *b, *s, *x, *z, size_t *S,
      integer q, d, t, a, k, real gamma; 0 <= k ==>
      local_dot{A, B}(L, b, s, S, x, z, q, d, gamma, t, a, k) ==>
      local_dot{A, B}(L, b, s, S, x, z, q, d, gamma, t, a, k + 1);)
    STEP(lemma local_dots{A, B}: \forall double *L, *b, *s, *x, *z, size_t *S,
      integer q, d, t, a, k, real gamma; 0 <= k ==>
      local_dot{A, B}(L, b, s, S, x, z, q, d, gamma, t, a, k);)

    // One local step on the local model after t steps gives the one after t + 1.
    predicate local_stepped{A, B, C}(double *L, double *b, double *s, size_t *S, double *x,
                                     double *z, double *g, integer q, integer d, real gamma,
                                     integer t) =
      kept{A, B}(L, b, s, S, q, d) ==> local_is{A, B}(L, b, s, S, x, z, q, d, gamma, t) ==>
      gradient_is{B, C}(L, b, s, S, z, g, q, d) ==>
      (\forall integer a; 0 <= a < q ==>
        \at(z[a], C) == fl_sub(\at(z[a], B), fl_mul(gamma, \at(g[a], C)))) ==>
      local_is{A, C}(L, b, s, S, x, z, q, d, gamma, t + 1);
    predicate entry_stepped{A, B, C}(double *L, double *b, double *s, size_t *S, double *x,
                                     double *z, double *g, integer q, integer d, real gamma,
                                     integer t, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> local_is{A, B}(L, b, s, S, x, z, q, d, gamma, t) ==>
      \at(g[a], C) == fl_block_gradient{B}(L, b, s, S, z, q, d, a) ==> 0 <= a < q ==>
      \at(z[a], C) == fl_sub(\at(z[a], B), fl_mul(gamma, \at(g[a], C))) ==>
      \at(z[a], C) == fl_local{A}(L, b, s, S, x, q, d, gamma, t + 1, a, -1);
    predicate same_scalars{A, B}(double *b, double *s, size_t *S, integer a) =
      \at(s[S[a]], A) == \at(s[S[a]], B) && \at(b[S[a]], A) == \at(b[S[a]], B);
    STEP(lemma same_scalar{A, B}: \forall double *L, *b, *s, size_t *S, integer q, d, a;
      kept{A, B}(L, b, s, S, q, d) ==> 0 <= a < q ==> same_scalars{A, B}(b, s, S, a);)
    STEP(lemma entry_steps_by{A, B, C}: \forall double *L, *b, *s, *x, *z, *g, size_t *S,
      integer q, d, t, a, real gamma;
      local_dot{A, B}(L, b, s, S, x, z, q, d, gamma, t, a, q) ==>
      same_scalars{A, B}(b, s, S, a) ==>
      fl_local_step{A}(L, b, s, S, x, q, d, gamma, t, a) ==>
      entry_stepped{A, B, C}(L, b, s, S, x, z, g, q, d, gamma, t, a);)
    STEP(lemma entry_steps{A, B, C}: \forall double *L, *b, *s, *x, *z, *g, size_t *S,
      integer q, d, t, a, real gamma; 0 <= t ==> 0 <= q ==>
      entry_stepped{A, B, C}(L, b, s, S, x, z, g, q, d, gamma, t, a);)
    lemma local_steps{A, B, C}: \forall double *L, *b, *s, *x, *z, *g, size_t *S,
      integer q, d, t, real gamma; 0 <= t ==> 0 <= q ==>
      local_stepped{A, B, C}(L, b, s, S, x, z, g, q, d, gamma, t);

    // Frame: equal inputs have equal local models.
    predicate local_sum_frame{A, B}(double *L, double *b, double *s, size_t *S, double *x,
                                    integer q,
                                    integer d, real gamma, integer t, integer a, integer k) =
      k <= q ==> fl_local{A}(L, b, s, S, x, q, d, gamma, t, a, k) ==
        fl_local{B}(L, b, s, S, x, q, d, gamma, t, a, k);
    predicate local_frame{A, B}(double *L, double *b, double *s, size_t *S, double *x, integer q,
                                integer d, real gamma, integer t) =
      \forall integer a; 0 <= a < q ==> fl_local{A}(L, b, s, S, x, q, d, gamma, t, a, -1) ==
        fl_local{B}(L, b, s, S, x, q, d, gamma, t, a, -1);
    STEP(lemma local_sum_frame_step{A, B}: \forall double *L, *b, *s, *x, size_t *S,
      integer q, d, t, a, k, real gamma; 0 <= k ==> 0 <= a < q ==>
      kept{A, B}(L, b, s, S, q, d) ==>
      same_factor_of{A, B}(L, b, s, S, q, d, a, k) ==>
      fl_local_sum{A}(L, b, s, S, x, q, d, gamma, t, a, k) ==>
      fl_local_sum{B}(L, b, s, S, x, q, d, gamma, t, a, k) ==>
      local_frame{A, B}(L, b, s, S, x, q, d, gamma, t) ==>
      local_sum_frame{A, B}(L, b, s, S, x, q, d, gamma, t, a, k) ==>
      local_sum_frame{A, B}(L, b, s, S, x, q, d, gamma, t, a, k + 1);)
    predicate local_sum_framed{A, B}(double *L, double *b, double *s, size_t *S, double *x,
                                     integer q, integer d, real gamma, integer t, integer a,
                                     integer k) =
      0 <= a < q ==> kept{A, B}(L, b, s, S, q, d) ==>
      local_frame{A, B}(L, b, s, S, x, q, d, gamma, t) ==>
      local_sum_frame{A, B}(L, b, s, S, x, q, d, gamma, t, a, k);
    STEP(lemma local_sum_frame_inductive{A, B}: \forall double *L, *b, *s, *x, size_t *S,
      integer q, d, t, a, k, real gamma; 0 <= k ==>
      local_sum_framed{A, B}(L, b, s, S, x, q, d, gamma, t, a, k) ==>
      local_sum_framed{A, B}(L, b, s, S, x, q, d, gamma, t, a, k + 1);)
    STEP(lemma local_sum_frames{A, B}: \forall double *L, *b, *s, *x, size_t *S,
      integer q, d, t, a, k, real gamma; 0 <= k ==>
      local_sum_framed{A, B}(L, b, s, S, x, q, d, gamma, t, a, k);)
    predicate local_framed{A, B}(double *L, double *b, double *s, size_t *S, double *x, integer q,
                                 integer d, real gamma, integer t) =
      kept{A, B}(L, b, s, S, q, d) ==> same{A, B}(x, d) ==> 0 <= q ==>
      local_frame{A, B}(L, b, s, S, x, q, d, gamma, t);
    predicate entry_framed{A, B}(double *L, double *b, double *s, size_t *S, double *x, integer q,
                                 integer d, real gamma, integer t, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> local_frame{A, B}(L, b, s, S, x, q, d, gamma, t) ==>
      0 <= a < q ==> fl_local{A}(L, b, s, S, x, q, d, gamma, t + 1, a, -1) ==
        fl_local{B}(L, b, s, S, x, q, d, gamma, t + 1, a, -1);
    STEP(lemma entry_frames_by{A, B}: \forall double *L, *b, *s, *x, size_t *S, integer q, d, t, a,
      real gamma;
      local_sum_framed{A, B}(L, b, s, S, x, q, d, gamma, t, a, q) ==>
      same_scalars{A, B}(b, s, S, a) ==>
      fl_local_step{A}(L, b, s, S, x, q, d, gamma, t, a) ==>
      fl_local_step{B}(L, b, s, S, x, q, d, gamma, t, a) ==>
      entry_framed{A, B}(L, b, s, S, x, q, d, gamma, t, a);)
    STEP(lemma entry_frames{A, B}: \forall double *L, *b, *s, *x, size_t *S, integer q, d, t, a,
      real gamma; 0 <= t ==> 0 <= q ==> entry_framed{A, B}(L, b, s, S, x, q, d, gamma, t, a);)
    STEP(lemma local_frame_step{A, B}: \forall double *L, *b, *s, *x, size_t *S, integer q, d, t,
      real gamma; 0 <= t ==> local_framed{A, B}(L, b, s, S, x, q, d, gamma, t) ==>
      local_framed{A, B}(L, b, s, S, x, q, d, gamma, t + 1);)
    STEP(lemma local_framed_start{A, B}: \forall double *L, *b, *s, *x, size_t *S, integer q, d,
      real gamma; local_framed{A, B}(L, b, s, S, x, q, d, gamma, 0);)
    lemma local_frames{A, B}: \forall double *L, *b, *s, *x, size_t *S, integer q, d, t,
      real gamma; 0 <= t ==> local_framed{A, B}(L, b, s, S, x, q, d, gamma, t);

    predicate local_moved{A, B, C}(double *L, double *b, double *s, size_t *S, double *x, double *z,
                                   integer q, integer d, real gamma, integer t) =
      local_framed{A, B}(L, b, s, S, x, q, d, gamma, t) ==> kept{A, B}(L, b, s, S, q, d) ==>
      same{A, B}(x, d) ==> local_is{B, C}(L, b, s, S, x, z, q, d, gamma, t) ==>
      local_is{A, C}(L, b, s, S, x, z, q, d, gamma, t);
    lemma locals_moved{A, B, C}: \forall double *L, *b, *s, *x, *z, size_t *S, integer q, d, t,
      real gamma; 0 <= t ==> 0 <= q ==> local_moved{A, B, C}(L, b, s, S, x, z, q, d, gamma, t);
    predicate local_kept{A, B, C}(double *L, double *b, double *s, size_t *S, double *x, double *z,
                                  integer q, integer d, real gamma, integer t) =
      local_is{A, B}(L, b, s, S, x, z, q, d, gamma, t) ==> same{B, C}(z, q) ==>
      local_is{A, C}(L, b, s, S, x, z, q, d, gamma, t);
    lemma locals_kept{A, B, C}: \forall double *L, *b, *s, *x, *z, size_t *S, integer q, d, t,
      real gamma; local_kept{A, B, C}(L, b, s, S, x, z, q, d, gamma, t);

    // The local models of a team's first n workers, worker i's part of w from start(i, q) on.
    predicate local_at{A, B}(ist_team t, double *x, double *w, real gamma, integer T, integer i) =
      local_is{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                     t.s + start(i, t.s_stride), t.block + start(i, t.q), x, w + start(i, t.q),
                     t.q, t.d, gamma, T);
    predicate locals_are{A, B}(ist_team t, double *x, double *w, real gamma, integer T, integer n) =
      \forall integer i; 0 <= i < n ==> local_at{A, B}(t, x, w, gamma, T, i);
    predicate locals_carried{A, B, C}(ist_team t, double *x, double *w, real gamma, integer T,
                                      integer n) =
      locals_are{A, B}(t, x, w, gamma, T, n) ==> same{B, C}(w, start(n, t.q)) ==>
      locals_are{A, C}(t, x, w, gamma, T, n);
    STEP(lemma local_at_carried_by{A, B, C}: \forall ist_team t, double *x, *w, real gamma,
      integer T, n, i;
      locals_are{A, B}(t, x, w, gamma, T, n) ==> same{B, C}(w, start(n, t.q)) ==> 0 <= i < n ==>
      0 <= start(i, t.q) && start(i, t.q) + t.q <= start(n, t.q) ==>
      same_part{B, C}(w, start(i, t.q), t.q, start(n, t.q)) ==>
      part(w, start(i, t.q)) == w + start(i, t.q) ==>
      local_kept{A, B, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), x, w + start(i, t.q), t.q, t.d,
        gamma, T) ==>
      local_at{A, C}(t, x, w, gamma, T, i);)
    STEP(lemma local_at_carried{A, B, C}: \forall ist_team t, double *x, *w, real gamma,
      integer T, n, i;
      locals_are{A, B}(t, x, w, gamma, T, n) ==> same{B, C}(w, start(n, t.q)) ==> 0 <= i < n ==>
      local_at{A, C}(t, x, w, gamma, T, i);)
    lemma all_locals_carried{A, B, C}: \forall ist_team t, double *x, *w, real gamma,
      integer T, n; locals_carried{A, B, C}(t, x, w, gamma, T, n);

    // Worker i's, computed in state B from what is the same in state A, is one more.
    predicate locals_next{A, B, C}(ist_team t, double *x, double *w, real gamma, integer T,
                                   integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> same{A, B}(x, t.d) ==> 0 <= i < t.n ==>
      0 <= T ==> locals_are{A, B}(t, x, w, gamma, T, i) ==> same{B, C}(w, start(i, t.q)) ==>
      local_at{B, C}(t, x, w, gamma, T, i) ==> locals_are{A, C}(t, x, w, gamma, T, i + 1);
    STEP(lemma locals_next_by{A, B, C}: \forall ist_team t, double *x, *w, real gamma,
      integer T, i;
      locals_carried{A, B, C}(t, x, w, gamma, T, i) ==> worker_kept{A, B}(t, i) ==>
      local_framed{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), x, t.q, t.d, gamma, T) ==>
      local_moved{A, B, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), x, w + start(i, t.q), t.q, t.d,
        gamma, T) ==>
      locals_next{A, B, C}(t, x, w, gamma, T, i);)
    lemma all_locals_next{A, B, C}: \forall ist_team t, double *x, *w, real gamma, integer T, i;
      locals_next{A, B, C}(t, x, w, gamma, T, i);
*/

#endif
