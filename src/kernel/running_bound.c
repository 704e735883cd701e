#include "running_bound.h"

void ist_round_error(double *f, const double *e, const double *x, ist_team team, double gamma,
                     ist_round_work work, const size_t *count, ist_radii r, ist_merged_radii merged)
{
  /*@ assert total: inside(team.n - 1, team.q - 1, team.n, team.q) && size_bound(team.n, team.q) &&
        start(team.n, team.q) == team.n * team.q; */
  const size_t m = team.n * team.q;
  /*@ assert total_of: m == start(team.n, team.q) && m <= 0x10000000000; */
  ist_all_radii(x, e, team, work.w, work.g, count, r);
  /*@ assert radii: all_workers_covered{Pre, Here}(team, x, e, work.g, count, r.coefficient,
        r.radius, team.n); */
  /*@ assert wider: bounded_weaken(r.coefficient, m, 0x1p362, 0x1p550) &&
        bounded(r.coefficient, m, 0x1p362); */
  /*@ assert ranges: bounded(r.coefficient, m, 0x1p550) && between(r.radius, m, 0.0, 0x1p552); */
  /*@ assert same_1: indices{Pre}(team.block, m, team.d) && same{Pre, Here}(x, team.d) &&
        same{Pre, Here}(e, team.d) && same{Pre, Here}(work.g, m) &&
        same{Pre, Here}(work.sum, team.d) && same{Pre, Here}(team.block, m) &&
        same{Pre, Here}(count, team.d); */
  /*@ assert kept_1: kept{Pre, Here}(team.block, x, e, work.g, work.sum, count, team.d, m); */
  /*@ assert range_1: bounded(x, team.d, 0x1p160) && between(e, team.d, 0.0, 0x1p160) &&
        bounded(work.sum, team.d, 0x1p592); */
  /*@ ghost Radii: ; */
  ist_merge_above(merged.radius, team.d, r.radius, team.block, m);
  /*@ assert above: merged_above{Radii, Here}(r.radius, merged.radius, team.block, m, team.d); */
  /*@ assert kept_2: kept{Radii, Here}(team.block, x, e, work.g, work.sum, count, team.d, m); */
  /*@ assert range_2: bounded(x, team.d, 0x1p160) && between(e, team.d, 0.0, 0x1p160) &&
        bounded(work.sum, team.d, 0x1p592) && between(merged.radius, team.d, 0.0, 0x1p593); */
  /*@ assert coefficients: bounded(r.coefficient, m, 0x1p550) &&
        same{Radii, Here}(r.coefficient, m); */
  /*@ ghost Above: ; */
  ist_merge(merged.coefficient, team.d, r.coefficient, team.block, m);
  /*@ assert merged: merge_error{Above, Here}(r.coefficient, team.block, merged.coefficient, m,
        team.d); */
  /*@ assert kept_3: kept{Above, Here}(team.block, x, e, work.g, work.sum, count, team.d, m) &&
        same{Above, Here}(merged.radius, team.d); */
  /*@ assert range_3: bounded(x, team.d, 0x1p160) && between(e, team.d, 0.0, 0x1p160) &&
        bounded(work.sum, team.d, 0x1p592) && between(merged.radius, team.d, 0.0, 0x1p593); */
  /*@ ghost Merged: ; */
  ist_step_errors(f, e, x, work.sum, merged.radius, merged.coefficient, team.d, team.n, gamma);
  /*@ assert same: same{Pre, Here}(x, team.d) && same{Pre, Here}(e, team.d) &&
        same{Pre, Here}(work.g, m) && same{Pre, Here}(work.sum, team.d) &&
        same{Pre, Here}(team.block, m) && same{Pre, Here}(count, team.d); */
  /*@ assert kept: kept{Pre, Here}(team.block, x, e, work.g, work.sum, count, team.d, m) &&
        kept{Merged, Here}(team.block, x, e, work.g, work.sum, count, team.d, m); */
  /*@ assert same_radii: same{Radii, Here}(r.radius, m) && same{Radii, Here}(r.coefficient, m) &&
        same{Above, Here}(r.coefficient, m) && same{Above, Here}(merged.radius, team.d) &&
        same{Merged, Here}(merged.coefficient, team.d) &&
        same{Merged, Here}(merged.radius, team.d); */
  /*@ assert same_blocks: same{Radii, Here}(team.block, m) && same{Above, Here}(team.block, m); */
  /*@ assert keep: counted_kept{Pre, Pre, Here}(count, team.block, m, team.d) &&
        merged_above_kept{Radii, Above, Here}(r.radius, merged.radius, team.block, m, team.d) &&
        merge_error_kept{Pre, Pre, Here}(work.g, team.block, work.sum, m, team.d) &&
        merge_error_kept{Above, Merged, Here}(r.coefficient, team.block, merged.coefficient, m,
          team.d); */
  /*@ assert counted: members_counted{Here, Here}(count, team.block, m, team.d); */
  /*@ assert radii_above: merged_above{Here, Here}(r.radius, merged.radius, team.block, m,
        team.d); */
  /*@ assert gradients: merge_error{Here, Here}(work.g, team.block, work.sum, m, team.d); */
  /*@ assert coefficients_merged: merge_error{Here, Here}(r.coefficient, team.block,
        merged.coefficient, m, team.d); */
  /*@ assert stepped: \forall integer j; 0 <= j < team.d ==>
        step_error_above((real)f[j], (real)\at(e[j], Merged), (real)\at(x[j], Merged), gamma,
          (real)team.n, (real)\at(work.sum[j], Merged), (real)\at(merged.radius[j], Merged),
          (real)\at(merged.coefficient[j], Merged)); */
  /*@ assert step: \forall integer j; 0 <= j < team.d ==>
        step_error_above((real)f[j], (real)e[j], (real)x[j], gamma, (real)team.n,
          (real)work.sum[j], (real)merged.radius[j], (real)merged.coefficient[j]); */
  /*@ assert bounded: round_bounded{Pre, Radii, Here}(team, x, e, work.g, work.sum, count,
        r.coefficient, r.radius, merged.coefficient, merged.radius, f, gamma); */
}
