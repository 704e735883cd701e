#include "all_radii.h"

#ifdef __FRAMAC__
#include "../../spec/team_radii.h"
#endif

void ist_all_radii(const double *x, const double *e, ist_team team, const double *w,
                   const double *g, const size_t *count, ist_radii r)
{
  /*@ loop invariant 0 <= i <= team.n;
      loop invariant radii: between(r.radius, start(i, team.q), 0.0, 0x1p552);
      loop invariant coefficients: bounded(r.coefficient, start(i, team.q), 0x1p362);
      loop invariant covered: all_workers_covered{Pre, Here}(team, x, e, g, count, r.coefficient,
        r.radius, i);
      loop assigns i, r.own[0 .. team.q-1], r.whole[0 .. team.q-1],
        r.radius[0 .. start(team.n, team.q)-1], r.coefficient[0 .. start(team.n, team.q)-1];
      loop variant team.n - i; */
  for (size_t i = 0; i < team.n; i++) {
    /*@ assert kept_team: kept{Pre, Here}(team); */
    /*@ assert same: same{Pre, Here}(x, team.d) && same{Pre, Here}(e, team.d) &&
          same{Pre, Here}(count, team.d) && same{Pre, Here}(w, start(team.n, team.q)) &&
          same{Pre, Here}(g, start(team.n, team.q)); */
    /*@ assert kept: kept{Pre, Here}(team, x, e, w, g, count); */
    /*@ assert team: bounded(team) && team_kept{Pre, Here}(team); */
    /*@ assert inputs: bounded(x, team.d, 0x1p160) && between(e, team.d, 0.0, 0x1p160) &&
          bounded(w, start(team.n, team.q), 0x1p261) &&
          bounded(g, start(team.n, team.q), 0x1p550) && counts_below(count, team.d); */
    /*@ assert placed: placed(team, i) && worker_span(i, team.n, team.q, team.q); */
    const ist_worker_view v = ist_worker_at(team, i);
    const double *w_i = w + i * team.q;
    const double *g_i = g + i * team.q;
    const ist_radii r_i = {.own = r.own,
                           .whole = r.whole,
                           .radius = r.radius + i * team.q,
                           .coefficient = r.coefficient + i * team.q};
    /*@ assert places: w_i == w + start(i, team.q) && g_i == g + start(i, team.q) &&
          r_i.radius == r.radius + start(i, team.q) &&
          r_i.coefficient == r.coefficient + start(i, team.q); */
    /*@ assert ends: 0 <= start(i, team.q) && start(i, team.q) + team.q <= start(team.n, team.q); */
    /*@ assert parts: bounded_part(w, start(i, team.q), team.q, start(team.n, team.q), 0x1p261) &&
          bounded_part(g, start(i, team.q), team.q, start(team.n, team.q), 0x1p550) &&
          bounded(w_i, team.q, 0x1p261) && bounded(g_i, team.q, 0x1p550); */
    /*@ assert near: near_kept_at{Pre, Here}(team, x, e, w, g, count, i); */
    /*@ ghost Call: ; */
    ist_worker_radii(x, e, v, w_i, g_i, count, r_i);
    /*@ assert called: worker_covered{Call, Here}(v, x, e, g_i, count, r_i.coefficient, r_i.radius,
          start(i, team.s_stride), start(i, team.q)); */
    /*@ assert this: worker_i_covered{Call, Here}(team, x, e, g, count, r.coefficient, r.radius,
          i); */
    /*@ assert others: same{Call, Here}(r.coefficient, start(i, team.q)) &&
          same{Call, Here}(r.radius, start(i, team.q)); */
    /*@ assert next_one: radii_next{Pre, Call, Here}(team, x, e, w, g, count, r.coefficient,
          r.radius, i); */
    /*@ assert so_far: between(r.radius, start(i, team.q), 0.0, 0x1p552) &&
          bounded(r.coefficient, start(i, team.q), 0x1p362); */
    /*@ assert join: between_join(r.radius, start(i, team.q), team.q, 0.0, 0x1p552) &&
          bounded_join(r.coefficient, start(i, team.q), team.q, 0x1p362) &&
          start_next(i, team.q); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
}
