#include "workers.h"

#ifdef __FRAMAC__
#include "../../spec/join.h"
#include "../../spec/submodel_error.h"
#endif

void ist_submodels(const double *x, ist_team team, double *w)
{
  /*@ loop invariant 0 <= i <= team.n;
      loop invariant range: bounded(w, start(i, team.q), 0x1p261);
      loop invariant model: submodels_are{Pre, Here}(team, x, w, i);
      loop assigns i, w[0 .. start(team.n, team.q)-1];
      loop variant team.n - i; */
  for (size_t i = 0; i < team.n; i++) {
    /*@ assert kept: kept{Pre, Here}(team) && same{Pre, Here}(x, team.d); */
    /*@ assert inputs: bounded(team) && bounded(x, team.d, 0x1p160) &&
          team_kept{Pre, Here}(team); */
    /*@ assert placed: placed(team, i) && worker_span(i, team.n, team.q, team.q); */
    const ist_worker_view v = ist_worker_at(team, i);
    double *w_i = w + i * team.q;
    /*@ assert place: w_i == w + start(i, team.q) && 0 <= start(i, team.q) &&
          start(i, team.q) + team.q <= start(team.n, team.q); */
    /*@ ghost Call: ; */
    ist_submodel(x, v, w_i);
    /*@ assert others: same{Call, Here}(w, start(i, team.q)); */
    /*@ assert next_one: submodels_next{Pre, Call, Here}(team, x, w, i); */
    /*@ assert earlier: bounded(w, start(i, team.q), 0x1p261); */
    /*@ assert join: bounded_join(w, start(i, team.q), team.q, 0x1p261) &&
          start_next(i, team.q); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  /*@ assert errors: submodels_error_of{Pre, Here}(team, x, w); */
}

void ist_block_gradients(ist_team team, const double *w, double *g)
{
#ifdef _OPENMP
/* Each worker writes its own part of g and reads nothing that another writes: with as many threads
 * as there are, the result is the same bits. Little work is not worth waking them. */
#pragma omp parallel for schedule(static) if (team.n * team.q * team.q >= 32768)
#endif
  /*@ loop invariant 0 <= i <= team.n;
      loop invariant range: bounded(g, start(i, team.q), 0x1p550);
      loop invariant model: gradients_are{Pre, Here}(team, w, g, i);
      loop assigns i, g[0 .. start(team.n, team.q)-1];
      loop variant team.n - i; */
  for (size_t i = 0; i < team.n; i++) {
    /*@ assert kept: kept{Pre, Here}(team) && same{Pre, Here}(w, start(team.n, team.q)); */
    /*@ assert inputs: bounded(team) && bounded(w, start(team.n, team.q), 0x1p261) &&
          team_kept{Pre, Here}(team); */
    /*@ assert placed: placed(team, i) && worker_span(i, team.n, team.q, team.q); */
    const ist_worker_view v = ist_worker_at(team, i);
    const double *w_i = w + i * team.q;
    double *g_i = g + i * team.q;
    /*@ assert place: w_i == w + start(i, team.q) && g_i == g + start(i, team.q) &&
          0 <= start(i, team.q) && start(i, team.q) + team.q <= start(team.n, team.q); */
    /*@ assert submodel: bounded_part(w, start(i, team.q), team.q, start(team.n, team.q),
          0x1p261) && bounded(w_i, team.q, 0x1p261); */
    /*@ ghost Call: ; */
    ist_block_gradient(v, w_i, g_i);
    /*@ assert others: same{Call, Here}(g, start(i, team.q)); */
    /*@ assert next_one: gradients_next{Pre, Call, Here}(team, w, g, i); */
    /*@ assert earlier: bounded(g, start(i, team.q), 0x1p550); */
    /*@ assert join: bounded_join(g, start(i, team.q), team.q, 0x1p550) && start_next(i, team.q); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  /*@ assert errors: gradients_error_of{Pre, Here}(team, w, g); */
}
