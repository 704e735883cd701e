/** What the workers read: its sizes, its range, and that it is the same in two states. */
#ifndef IST_SPEC_KEPT_H
#define IST_SPEC_KEPT_H

#include "arrays.h"
#include "index.h"
#include "symmetric.h"
#include "../src/kernel/team.h"

/*@ // One worker.
    predicate sized(ist_worker_view v) = v.q <= v.d <= 0x100000;
    predicate readable{L}(ist_worker_view v) =
      \valid_read(v.L + (0 .. v.d * v.d - 1)) && \valid_read(v.b + (0 .. v.d - 1)) &&
      \valid_read(v.s + (0 .. v.d - 1)) && \valid_read(v.S + (0 .. v.q - 1));
    predicate apart(ist_worker_view v, double *a, integer m) =
      \separated(a + (0 .. m - 1), v.L + (0 .. v.d * v.d - 1)) &&
      \separated(a + (0 .. m - 1), v.b + (0 .. v.d - 1)) &&
      \separated(a + (0 .. m - 1), v.s + (0 .. v.d - 1)) &&
      \separated(a + (0 .. m - 1), v.S + (0 .. v.q - 1));
    predicate well_formed{L}(ist_worker_view v) =
      bounded(v.L, v.d * v.d, 0x1p160) && bounded(v.b, v.d, 0x1p160) &&
      bounded(v.s, v.d, 0x1p100) && indices(v.S, v.q, v.d) && symmetric(v.L, v.d);

    // All workers, as src/kernel/team.h lays them out.
    predicate sized(ist_team t) =
      t.q <= t.d <= 0x100000 && t.n <= 0x100000 && (t.L_stride == 0 || t.L_stride == t.d * t.d) &&
      (t.b_stride == 0 || t.b_stride == t.d) && (t.s_stride == 0 || t.s_stride == t.d);
    predicate readable{L}(ist_team t) =
      \valid_read(t.L + (0 .. span(t.n, t.L_stride, t.d * t.d) - 1)) &&
      \valid_read(t.b + (0 .. span(t.n, t.b_stride, t.d) - 1)) &&
      \valid_read(t.s + (0 .. span(t.n, t.s_stride, t.d) - 1)) &&
      \valid_read(t.block + (0 .. start(t.n, t.q) - 1));
    predicate apart(ist_team t, double *a, integer m) =
      \separated(a + (0 .. m - 1), t.L + (0 .. span(t.n, t.L_stride, t.d * t.d) - 1)) &&
      \separated(a + (0 .. m - 1), t.b + (0 .. span(t.n, t.b_stride, t.d) - 1)) &&
      \separated(a + (0 .. m - 1), t.s + (0 .. span(t.n, t.s_stride, t.d) - 1)) &&
      \separated(a + (0 .. m - 1), t.block + (0 .. start(t.n, t.q) - 1));
    predicate all_symmetric{L}(ist_team t) =
      \forall integer i; 0 <= i < t.n ==> symmetric(t.L + start(i, t.L_stride), t.d);
    predicate bounded{L}(ist_team t) =
      bounded(t.L, span(t.n, t.L_stride, t.d * t.d), 0x1p160) &&
      bounded(t.b, span(t.n, t.b_stride, t.d), 0x1p160) &&
      bounded(t.s, span(t.n, t.s_stride, t.d), 0x1p100);
    predicate well_formed{L}(ist_team t) =
      bounded(t) && indices(t.block, start(t.n, t.q), t.d) && all_symmetric(t);

    // v is worker i of t.
    predicate is_worker(ist_worker_view v, ist_team t, integer i) =
      v.L == t.L + start(i, t.L_stride) && v.b == t.b + start(i, t.b_stride) &&
      v.s == t.s + start(i, t.s_stride) && v.S == t.block + start(i, t.q) &&
      v.d == t.d && v.q == t.q;

    // The same entries in both states: of one worker, whose block is one of coordinates; of all.
    predicate kept{A, B}(double *L, double *b, double *s, size_t *S, integer q, integer d) =
      same{A, B}(L, d * d) && same{A, B}(b, d) && same{A, B}(s, d) && same{A, B}(S, q) &&
      indices{A}(S, q, d) && 0 <= q <= d <= 0x100000;
    predicate kept{A, B}(ist_worker_view v) = kept{A, B}(v.L, v.b, v.s, v.S, v.q, v.d);
    predicate kept{A, B}(ist_team t) =
      same{A, B}(t.L, span(t.n, t.L_stride, t.d * t.d)) &&
      same{A, B}(t.b, span(t.n, t.b_stride, t.d)) && same{A, B}(t.s, span(t.n, t.s_stride, t.d)) &&
      same{A, B}(t.block, start(t.n, t.q));

    // Where worker i's parts are.
    predicate placed(ist_team t, integer i) =
      sized(t) ==> 0 <= i < t.n ==>
      0 <= start(i, t.L_stride) &&
      start(i, t.L_stride) + t.d * t.d <= span(t.n, t.L_stride, t.d * t.d) &&
      0 <= start(i, t.b_stride) && start(i, t.b_stride) + t.d <= span(t.n, t.b_stride, t.d) &&
      0 <= start(i, t.s_stride) && start(i, t.s_stride) + t.d <= span(t.n, t.s_stride, t.d) &&
      0 <= start(i, t.q) && start(i, t.q) + t.q <= start(t.n, t.q);
    STEP(lemma all_placed_by: \forall ist_team t, integer i; size_bound(t.d, t.d) ==>
      worker_span(i, t.n, t.L_stride, t.d * t.d) ==> worker_span(i, t.n, t.b_stride, t.d) ==>
      worker_span(i, t.n, t.s_stride, t.d) ==> worker_span(i, t.n, t.q, t.q) ==> placed(t, i);)
    lemma all_placed: \forall ist_team t, integer i; placed(t, i);

    // A team that is kept stays well formed (equal entries need not both be finite: bounded says
    // so), and each of its workers is kept.
    predicate kept_at{A, B}(ist_team t, integer i) =
      kept{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                 t.s + start(i, t.s_stride), t.block + start(i, t.q), t.q, t.d);
    predicate worker_kept{A, B}(ist_team t, integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> 0 <= i < t.n ==> kept_at{A, B}(t, i);
    STEP(lemma workers_kept_by{A, B}: \forall ist_team t, integer i; placed(t, i) ==>
      same_part{A, B}(t.L, start(i, t.L_stride), t.d * t.d, span(t.n, t.L_stride, t.d * t.d)) ==>
      part(t.L, start(i, t.L_stride)) == t.L + start(i, t.L_stride) ==>
      same_part{A, B}(t.b, start(i, t.b_stride), t.d, span(t.n, t.b_stride, t.d)) ==>
      part(t.b, start(i, t.b_stride)) == t.b + start(i, t.b_stride) ==>
      same_part{A, B}(t.s, start(i, t.s_stride), t.d, span(t.n, t.s_stride, t.d)) ==>
      part(t.s, start(i, t.s_stride)) == t.s + start(i, t.s_stride) ==>
      worker_kept{A, B}(t, i);)
    lemma workers_kept{A, B}: \forall ist_team t, integer i; worker_kept{A, B}(t, i);
    predicate team_kept{A, B}(ist_team t) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> bounded{B}(t) ==> well_formed{B}(t);
    STEP(lemma worker_symmetric_kept{A, B}: \forall ist_team t, integer i;
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> 0 <= i < t.n ==>
      worker_kept{A, B}(t, i) ==> symmetry_kept{A, B}(t.L + start(i, t.L_stride), t.d) ==>
      symmetric{B}(t.L + start(i, t.L_stride), t.d);)
    STEP(lemma all_symmetric_kept{A, B}: \forall ist_team t;
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> all_symmetric{B}(t);)
    lemma teams_kept{A, B}: \forall ist_team t; team_kept{A, B}(t);

    // Each worker of a team is well formed, and apart from what the team is apart from.
    predicate well_formed_at{L}(ist_team t, integer i) =
      bounded(t.L + start(i, t.L_stride), t.d * t.d, 0x1p160) &&
      bounded(t.b + start(i, t.b_stride), t.d, 0x1p160) &&
      bounded(t.s + start(i, t.s_stride), t.d, 0x1p100) &&
      indices(t.block + start(i, t.q), t.q, t.d) &&
      symmetric(t.L + start(i, t.L_stride), t.d);
    predicate worker_well_formed{L}(ist_team t, integer i) =
      sized(t) ==> well_formed(t) ==> 0 <= i < t.n ==> well_formed_at(t, i);
    STEP(lemma workers_well_formed_by{L}: \forall ist_team t, integer i; placed(t, i) ==>
      bounded_part(t.L, start(i, t.L_stride), t.d * t.d, span(t.n, t.L_stride, t.d * t.d),
                   0x1p160) ==>
      part(t.L, start(i, t.L_stride)) == t.L + start(i, t.L_stride) ==>
      bounded_part(t.b, start(i, t.b_stride), t.d, span(t.n, t.b_stride, t.d), 0x1p160) ==>
      part(t.b, start(i, t.b_stride)) == t.b + start(i, t.b_stride) ==>
      bounded_part(t.s, start(i, t.s_stride), t.d, span(t.n, t.s_stride, t.d), 0x1p100) ==>
      part(t.s, start(i, t.s_stride)) == t.s + start(i, t.s_stride) ==>
      indices_part(t.block, start(i, t.q), t.q, start(t.n, t.q), t.d) ==>
      index_part(t.block, start(i, t.q)) == t.block + start(i, t.q) ==>
      worker_well_formed(t, i);)
    lemma workers_well_formed{L}: \forall ist_team t, integer i; worker_well_formed(t, i);
*/

#endif
