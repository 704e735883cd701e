#include "worker.h"

ist_worker_view ist_worker_at(ist_team team, size_t i)
{
  /*@ assert placed: placed(team, i) && size_bound(team.d, team.d); */
  /*@ assert spans: worker_span(i, team.n, team.L_stride, team.d * team.d) &&
        worker_span(i, team.n, team.b_stride, team.d) &&
        worker_span(i, team.n, team.s_stride, team.d) && worker_span(i, team.n, team.q, team.q); */
  /*@ assert well_formed: worker_well_formed(team, i); */
  const ist_worker_view v = {.L = team.L + i * team.L_stride,
                             .b = team.b + i * team.b_stride,
                             .s = team.s + i * team.s_stride,
                             .S = team.block + i * team.q,
                             .d = team.d,
                             .q = team.q};
  /*@ assert view: is_worker(v, team, i); */
  return v;
}
