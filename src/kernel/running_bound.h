/** Running error bound: how far an iterate is from that of real arithmetic, from round to round. */
#ifndef IST_KERNEL_RUNNING_BOUND_H
#define IST_KERNEL_RUNNING_BOUND_H

#include "all_radii.h"
#include "merge.h"
#include "round_error.h"
#include "round_work.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/running_bound.h"
#endif

/** Errors after a round: f from e, where ist_round took the round from x. If |x_j - X_j| <= e[j]
 *  for a real X, then |y_j - Y_j| <= f[j] for the iterate y after the round and the exact round Y
 *  of X, on the same blocks and with any real scales within 2^-51 of s, eqs. (2), (5), (26).
 *  x: the iterate before the round; e: d entries in [0, 2^160]; team, gamma as for ist_round, and
 *  work as it left it; count: as ist_count_members has it for the blocks. r, merged: work space. f:
 *  d entries in [0, 2^870]. [claim R14] */
/*@ requires size: sized(team) && 1 <= team.n && 1 <= team.q;
    requires valid: readable(team) && \valid_read(x + (0 .. team.d-1)) &&
                    \valid_read(e + (0 .. team.d-1)) &&
                    \valid_read(work.w + (0 .. start(team.n, team.q)-1)) &&
                    \valid_read(work.g + (0 .. start(team.n, team.q)-1)) &&
                    \valid_read(work.sum + (0 .. team.d-1)) &&
                    \valid_read(count + (0 .. team.d-1));
    requires work: \valid(r.own + (0 .. team.q-1)) && \valid(r.whole + (0 .. team.q-1)) &&
                   \valid(r.radius + (0 .. start(team.n, team.q)-1)) &&
                   \valid(r.coefficient + (0 .. start(team.n, team.q)-1)) &&
                   \valid(merged.radius + (0 .. team.d-1)) &&
                   \valid(merged.coefficient + (0 .. team.d-1)) && \valid(f + (0 .. team.d-1));
    requires apart: \separated(r.own + (0 .. team.q-1), r.whole + (0 .. team.q-1),
                      r.radius + (0 .. start(team.n, team.q)-1),
                      r.coefficient + (0 .. start(team.n, team.q)-1),
                      merged.radius + (0 .. team.d-1), merged.coefficient + (0 .. team.d-1),
                      f + (0 .. team.d-1), x + (0 .. team.d-1), e + (0 .. team.d-1),
                      work.w + (0 .. start(team.n, team.q)-1),
                      work.g + (0 .. start(team.n, team.q)-1), work.sum + (0 .. team.d-1));
    requires apart_team: apart(team, r.own, team.q) && apart(team, r.whole, team.q) &&
                         apart(team, r.radius, start(team.n, team.q)) &&
                         apart(team, r.coefficient, start(team.n, team.q));
    requires apart_blocks:
      \separated(team.block + (0 .. start(team.n, team.q)-1), merged.radius + (0 .. team.d-1)) &&
      \separated(team.block + (0 .. start(team.n, team.q)-1), merged.coefficient + (0 .. team.d-1));
    requires apart_counts: \separated(count + (0 .. team.d-1), r.own + (0 .. team.q-1),
                      r.whole + (0 .. team.q-1), r.radius + (0 .. start(team.n, team.q)-1),
                      r.coefficient + (0 .. start(team.n, team.q)-1));
    requires team: well_formed(team);
    requires range: bounded(x, team.d, 0x1p160) && between(e, team.d, 0.0, 0x1p160) &&
                    bounded(work.w, start(team.n, team.q), 0x1p261) &&
                    bounded(work.g, start(team.n, team.q), 0x1p550) &&
                    bounded(work.sum, team.d, 0x1p592) && in_range(gamma, 0x1p100);
    requires counts: counts_below(count, team.d) &&
      members_counted{Here, Here}(count, team.block, start(team.n, team.q), team.d);
    requires submodels: submodels_near{Here, Here}(team, x, work.w);
    requires gradients: gradients_near{Here, Here}(team, work.w, work.g);
    requires merged: merge_error{Here, Here}(work.g, team.block, work.sum, start(team.n, team.q),
                                             team.d);
    terminates \true;
    exits \false;
    assigns r.own[0 .. team.q-1], r.whole[0 .. team.q-1],
            r.radius[0 .. start(team.n, team.q)-1], r.coefficient[0 .. start(team.n, team.q)-1],
            merged.radius[0 .. team.d-1], merged.coefficient[0 .. team.d-1], f[0 .. team.d-1];
    ensures range: between(f, team.d, 0.0, 0x1p870);
    ensures covered: \forall double *y, vector X, C, G, Y;
      exact_round{Old, Post}(team, x, e, work.sum, y, X, C, G, Y, gamma) ==>
      close{Post}(y, Y, f, team.d);
*/
void ist_round_error(double *f, const double *e, const double *x, ist_team team, double gamma,
                     ist_round_work work, const size_t *count, ist_radii r,
                     ist_merged_radii merged);

#endif
