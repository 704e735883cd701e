#include "local.h"

#ifdef __FRAMAC__
#include "../../spec/merge_error.h"
#endif

void ist_local_step(double *z, ist_worker_view v, double gamma, double *g)
{
  ist_block_gradient(v, z, g);
  /*@ assert same_z: bounded(z, v.q, 0x1p261) && same{Pre, Here}(z, v.q); */
  /*@ ghost Gradient: ; */
  /*@ loop invariant 0 <= a <= v.q;
      loop invariant range: bounded(z, a, 0x1p700);
      loop invariant rest: \forall integer k; a <= k < v.q ==> in_range(z[k], 0x1p261) &&
        z[k] == \at(z[k], Pre);
      loop invariant step: \forall integer k; 0 <= k < a ==>
        z[k] == fl_sub(\at(z[k], Pre), fl_mul(gamma, \at(g[k], Gradient)));
      loop assigns a, z[0 .. v.q-1];
      loop variant v.q - a; */
  for (size_t a = 0; a < v.q; a++) {
    const double e = g[a];
    /*@ assert gradient: e == \at(g[\at(a, Here)], Gradient) && in_range(e, 0x1p550); */
    /*@ assert product: product_bound(gamma, e, 0x1p100, 0x1p550) &&
          rounded_bound(gamma * e, 0x1p650); */
    const double move = gamma * e;
    /*@ assert move: move == fl_mul(gamma, e) && in_range(move, 0x1p651); */
    const double old = z[a];
    /*@ assert old: old == \at(z[\at(a, Here)], Pre) && in_range(old, 0x1p261); */
    /*@ assert difference: rounded_bound(old - move, 0x1p652); */
    const double t = old - move;
    /*@ assert stepped: t == fl_sub(old, move) && in_range(t, 0x1p700); */
    z[a] = t;
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  /*@ assert same_g: same{Gradient, Here}(g, v.q); */
  /*@ assert entries: \forall integer a; 0 <= a < v.q ==> in_range(g[a], 0x1p550) &&
        in_range(\at(z[a], Pre), 0x1p261); */
  /*@ assert near: \forall integer a; 0 <= a < v.q ==>
        local_step_near((real)\at(z[a], Pre), gamma, (real)g[a]); */
}

/* The local models of all workers, worker i's q entries at w + i*q. */
/*@ requires size: sized(team) && 1 <= team.n && 1 <= team.q;
    requires valid: readable(team) && \valid_read(x + (0 .. team.d-1)) &&
                    \valid(w + (0 .. start(team.n, team.q)-1)) && \valid(g + (0 .. team.q-1));
    requires apart: \separated(w + (0 .. start(team.n, team.q)-1), g + (0 .. team.q-1),
                      x + (0 .. team.d-1)) &&
                    apart(team, w, start(team.n, team.q)) && apart(team, g, team.q);
    requires team: well_formed(team);
    requires range: bounded(x, team.d, 0x1p160) && in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns w[0 .. start(team.n, team.q)-1], g[0 .. team.q-1];
    ensures model: \result == true ==> locals_are{Old, Post}(team, x, w, gamma, T, team.n);
*/
static bool local_models(const double *x, ist_team team, double gamma, size_t T, double *w,
                         double *g)
{
  /*@ loop invariant 0 <= i <= team.n;
      loop invariant models: locals_are{Pre, Here}(team, x, w, gamma, T, i);
      loop assigns i, w[0 .. start(team.n, team.q)-1], g[0 .. team.q-1];
      loop variant team.n - i; */
  for (size_t i = 0; i < team.n; i++) {
    /*@ assert kept: kept{Pre, Here}(team) && same{Pre, Here}(x, team.d); */
    /*@ assert inputs: bounded(team) && bounded(x, team.d, 0x1p160) &&
          team_kept{Pre, Here}(team); */
    /*@ assert placed: placed(team, i) && worker_span(i, team.n, team.q, team.q); */
    const ist_worker_view v = ist_worker_at(team, i);
    double *z = w + i * team.q;
    /*@ assert place: z == w + start(i, team.q) && 0 <= start(i, team.q) &&
          start(i, team.q) + team.q <= start(team.n, team.q); */
    /*@ ghost Call: ; */
    if (!ist_local_steps(x, v, gamma, T, z, g))
      return false;
    /*@ assert others: same{Call, Here}(w, start(i, team.q)); */
    /*@ assert next_one: locals_next{Pre, Call, Here}(team, x, w, gamma, T, i); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  return true;
}

bool ist_local_round(double *x, ist_team team, double gamma, size_t T, ist_round_work work)
{
  /*@ assert total: inside(team.n - 1, team.q - 1, team.n, team.q) && size_bound(team.n, team.q) &&
        start(team.n, team.q) == team.n * team.q; */
  const size_t m = team.n * team.q;
  /*@ assert count: m == start(team.n, team.q) && m <= 0x10000000000; */
  if (!local_models(x, team, gamma, T, work.w, work.g) || !ist_bounded(work.w, m, 0x1p260))
    return false;
  /*@ assert gathered: bounded_weaken(work.w, m, 0x1p260, 0x1p550) &&
        indices(team.block, m, team.d); */
  /*@ ghost Locals: ; */
  ist_merge(work.sum, team.d, work.w, team.block, m);
  /*@ ghost Merged: ; */
  ist_average(x, work.sum, team.d, team.n);
  /*@ assert stages: same{Locals, Here}(work.w, m) && same{Locals, Here}(team.block, m) &&
        same{Merged, Here}(work.sum, team.d); */
  /*@ assert ranges: bounded(work.w, m, 0x1p550) && indices(team.block, m, team.d); */
  /*@ assert locals: locals_carried{Pre, Locals, Here}(team, x, work.w, gamma, T, team.n); */
  /*@ assert merged: merge_kept{Locals, Merged, Here}(work.w, team.block, work.sum, m, team.d) &&
        merge_error_of{Here, Here}(work.w, team.block, work.sum, m, team.d); */
  /*@ assert near: \forall integer j; 0 <= j < team.d ==>
        averaged((real)x[j], (real)\at(work.sum[j], Merged), (real)team.n); */
  /*@ assert average: \forall integer j; 0 <= j < team.d ==>
        x[j] == fl_div(\at(work.sum[j], Merged), (real)team.n); */
  return true;
}
