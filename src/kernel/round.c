#include "round.h"

#ifdef __FRAMAC__
#include "../../spec/merge_error.h"
#include "../../spec/submodel_error.h"
#endif

void ist_round(double *x, ist_team team, double gamma, ist_round_work work)
{
  /*@ assert total: inside(team.n - 1, team.q - 1, team.n, team.q) && size_bound(team.n, team.q) &&
        start(team.n, team.q) == team.n * team.q; */
  const size_t m = team.n * team.q;
  /*@ assert count: m == start(team.n, team.q) && m <= 0x10000000000; */
  ist_submodels(x, team, work.w);
  /*@ assert kept_1: kept{Pre, Here}(team) && same{Pre, Here}(x, team.d); */
  /*@ assert inputs_1: bounded(team) && team_kept{Pre, Here}(team) &&
        bounded(x, team.d, 0x1p160); */
  /*@ ghost Submodels: ; */
  ist_block_gradients(team, work.w, work.g);
  /*@ assert kept_2: kept{Pre, Here}(team) && same{Pre, Here}(x, team.d); */
  /*@ assert inputs_2: bounded(team) && team_kept{Pre, Here}(team) &&
        bounded(x, team.d, 0x1p160); */
  /*@ ghost Gradients: ; */
  ist_merge(work.sum, team.d, work.g, team.block, m);
  /*@ assert kept_3: kept{Pre, Here}(team) && same{Pre, Here}(x, team.d); */
  /*@ assert inputs_3: bounded(team) && bounded(x, team.d, 0x1p160); */
  /*@ ghost Merged: ; */
  ist_step(x, work.sum, team.d, team.n, gamma);
  /*@ assert near: \forall integer j; 0 <= j < team.d ==>
        stepped((real)x[j], (real)\at(x[j], Merged), gamma, (real)\at(work.sum[j], Merged),
                (real)team.n); */
  /*@ assert step: \forall integer j; 0 <= j < team.d ==> x[j] == fl_sub(\at(x[j], Merged),
        fl_mul(gamma, fl_div(\at(work.sum[j], Merged), (real)team.n))); */
  /*@ assert kept: kept{Merged, Here}(team) && kept{Pre, Here}(team) &&
        kept{Here, Submodels}(team) && same{Gradients, Here}(team.block, m); */
  /*@ assert team: bounded(team) && team_kept{Pre, Here}(team); */
  /*@ assert stages: same{Submodels, Here}(work.w, m) && same{Here, Submodels}(work.w, m) &&
        same{Gradients, Here}(work.g, m) && same{Merged, Here}(work.sum, team.d); */
  /*@ assert ranges: bounded(work.w, m, 0x1p261) && bounded(work.g, m, 0x1p550) &&
        bounded(work.sum, team.d, 0x1p592); */
  /*@ assert submodels: submodels_carried{Pre, Submodels, Here}(team, x, work.w, team.n) &&
        submodels_error_of{Pre, Here}(team, x, work.w); */
  /*@ assert gradients: gradients_moved{Submodels, Gradients, Here}(team, work.w, work.g) &&
        gradients_error_of{Here, Here}(team, work.w, work.g); */
  /*@ assert merged: merge_kept{Gradients, Merged, Here}(work.g, team.block, work.sum, m, team.d) &&
        merge_error_of{Here, Here}(work.g, team.block, work.sum, m, team.d); */
}
