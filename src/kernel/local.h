/** Algorithm 1: rounds with T local steps on every worker. */
#ifndef IST_KERNEL_LOCAL_H
#define IST_KERNEL_LOCAL_H

#include "merge.h"
#include "round_work.h"
#include "workers.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/local.h"
#endif

/*@ predicate local_is{A, B}(ist_worker_view v, double *x, double *z, real gamma, integer t) =
      local_is{A, B}(v.L, v.b, v.s, v.S, x, z, v.q, v.d, gamma, t);
*/

/** One local step on one worker's block: g <- C_i grad f_i(z), z <- z - gamma g.
 *  z, g: q entries; |z| <= 2^261, |gamma| <= 2^100. [claim P03, R13] */
/*@ requires size: sized(v);
    requires valid: readable(v) && \valid(z + (0 .. v.q-1)) && \valid(g + (0 .. v.q-1));
    requires apart: apart(v, g, v.q) && apart(v, z, v.q) &&
                    \separated(g + (0 .. v.q-1), z + (0 .. v.q-1));
    requires worker: well_formed(v);
    requires range: bounded(z, v.q, 0x1p261) && in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns z[0 .. v.q-1], g[0 .. v.q-1];
    ensures range: bounded(z, v.q, 0x1p700);
    ensures gradient: gradient_is{Old, Post}(v, z, g);
    ensures step: \forall integer a; 0 <= a < v.q ==>
      z[a] == fl_sub(\old(z[a]), fl_mul(gamma, g[a]));
    ensures gradient_error: gradient_near{Old, Post}(v, z, g);
    ensures error: \forall integer a; 0 <= a < v.q ==>
      \abs(z[a] - (\old(z[a]) - gamma * g[a])) <= step_error(\old(z[a]), gamma, (real)g[a]);
*/
void ist_local_step(double *z, ist_worker_view v, double gamma, double *g);

/** Local model of one worker in Algorithm 1: z = C_i x, then T local steps.
 *  x: d entries; z, g: q entries; z receives the local model, g is work space. Returns true on
 *  success; false, with z unspecified, as soon as an iterate to step from leaves |z| <= 2^260 (the
 *  steps diverge). [claim P03] */
/*@ requires size: sized(v) && 1 <= v.q;
    requires valid: readable(v) && \valid_read(x + (0 .. v.d-1)) && \valid(z + (0 .. v.q-1)) &&
                    \valid(g + (0 .. v.q-1));
    requires apart: apart(v, g, v.q) && apart(v, z, v.q) &&
                    \separated(g + (0 .. v.q-1), z + (0 .. v.q-1), x + (0 .. v.d-1));
    requires worker: well_formed(v);
    requires range: bounded(x, v.d, 0x1p160) && in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns z[0 .. v.q-1], g[0 .. v.q-1];
    ensures model: \result == true ==> local_is{Old, Post}(v, x, z, gamma, T);
*/
bool ist_local_steps(const double *x, ist_worker_view v, double gamma, size_t T, double *z,
                     double *g);

/** One round of Algorithm 1 with T local steps: z <- z - gamma C_i grad f_i(z) from z = C_i x,
 *  T times on every worker, then x <- (1/n) sum_i z_i. x, team, gamma as for ist_round; work.w
 *  receives the z_i, work.g: q entries of work space, work.sum receives their sum.
 *  Returns true on success; false, leaving x as it was, if a local iterate left |z| <= 2^260
 *  (the local steps diverge). [claim P03, R13] */
/*@ requires size: sized(team) && 1 <= team.n && 1 <= team.q;
    requires valid: readable(team) && \valid(x + (0 .. team.d-1)) &&
                    \valid(work.w + (0 .. start(team.n, team.q)-1)) &&
                    \valid(work.g + (0 .. team.q-1)) && \valid(work.sum + (0 .. team.d-1));
    requires apart: \separated(x + (0 .. team.d-1), work.w + (0 .. start(team.n, team.q)-1),
                      work.g + (0 .. team.q-1), work.sum + (0 .. team.d-1)) &&
                    apart(team, x, team.d) && apart(team, work.w, start(team.n, team.q)) &&
                    apart(team, work.g, team.q) && apart(team, work.sum, team.d);
    requires team: well_formed(team);
    requires range: bounded(x, team.d, 0x1p160) && in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns x[0 .. team.d-1], work.w[0 .. start(team.n, team.q)-1], work.g[0 .. team.q-1],
            work.sum[0 .. team.d-1];
    ensures range: \result == true ==> bounded(x, team.d, 0x1p700);
    ensures locals: \result == true ==>
      locals_are{Old, Post}(team, x, work.w, gamma, T, team.n);
    ensures merged: \result == true ==>
      merge_is{Post, Post}(work.w, team.block, work.sum, start(team.n, team.q), team.d);
    ensures average: \result == true ==>
      \forall integer j; 0 <= j < team.d ==> x[j] == fl_div(work.sum[j], (real)team.n);
    ensures merge_error: \result == true ==>
      merge_error{Post, Post}(work.w, team.block, work.sum, start(team.n, team.q), team.d);
    ensures error: \result == true ==>
      \forall integer j; 0 <= j < team.d ==>
        averaged((real)x[j], (real)work.sum[j], (real)team.n);
    ensures unchanged: \result == false ==> same{Old, Post}(x, team.d);
*/
bool ist_local_round(double *x, ist_team team, double gamma, size_t T, ist_round_work work);

#endif
