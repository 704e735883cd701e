/** One communication round for every sketch: eqs. (2), (5), (26). */
#ifndef IST_KERNEL_ROUND_H
#define IST_KERNEL_ROUND_H

#include "merge.h"
#include "round_work.h"
#include "workers.h"

#include <stddef.h>

/** One round x <- x - gamma g, g = (1/n) sum_i C_i (L_i C_i x - b_i), eqs. (2), (5), (26).
 *  x: iterate, d entries, updated in place; work receives the stages. |x|, |L|, |b| <= 2^160,
 *  |s|, |gamma| <= 2^100. [claim P03, P22, R13] */
/*@ requires size: sized(team) && 1 <= team.n && 1 <= team.q;
    requires valid: readable(team) && \valid(x + (0 .. team.d-1)) &&
                    \valid(work.w + (0 .. start(team.n, team.q)-1)) &&
                    \valid(work.g + (0 .. start(team.n, team.q)-1)) &&
                    \valid(work.sum + (0 .. team.d-1));
    requires apart: \separated(x + (0 .. team.d-1), work.w + (0 .. start(team.n, team.q)-1),
                      work.g + (0 .. start(team.n, team.q)-1), work.sum + (0 .. team.d-1)) &&
                    apart(team, x, team.d) && apart(team, work.w, start(team.n, team.q)) &&
                    apart(team, work.g, start(team.n, team.q)) && apart(team, work.sum, team.d);
    requires team: well_formed(team);
    requires range: bounded(x, team.d, 0x1p160) && in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns x[0 .. team.d-1], work.w[0 .. start(team.n, team.q)-1],
            work.g[0 .. start(team.n, team.q)-1], work.sum[0 .. team.d-1];
    ensures range: bounded(x, team.d, 0x1p700) &&
                   bounded(work.w, start(team.n, team.q), 0x1p261) &&
                   bounded(work.g, start(team.n, team.q), 0x1p550) &&
                   bounded(work.sum, team.d, 0x1p592);
    ensures submodels: submodels_are{Old, Post}(team, x, work.w, team.n);
    ensures gradients: gradients_are{Post, Post}(team, work.w, work.g, team.n);
    ensures merged: merge_is{Post, Post}(work.g, team.block, work.sum, start(team.n, team.q),
                                         team.d);
    ensures step: \forall integer j; 0 <= j < team.d ==>
      x[j] == fl_sub(\old(x[j]), fl_mul(gamma, fl_div(work.sum[j], (real)team.n)));
    ensures submodel_error: submodels_near{Old, Post}(team, x, work.w);
    ensures gradient_error: gradients_near{Post, Post}(team, work.w, work.g);
    ensures merge_error: merge_error{Post, Post}(work.g, team.block, work.sum,
                                                 start(team.n, team.q), team.d);
    ensures error: \forall integer j; 0 <= j < team.d ==>
      stepped((real)x[j], (real)\old(x[j]), gamma, (real)work.sum[j], (real)team.n);
*/
void ist_round(double *x, ist_team team, double gamma, ist_round_work work);

#endif
