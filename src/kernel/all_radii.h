/** Radii of all workers' entries. */
#ifndef IST_KERNEL_ALL_RADII_H
#define IST_KERNEL_ALL_RADII_H

#include "worker.h"
#include "worker_radii.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/all_radii.h"
#include "../../spec/exact_team.h"
#endif

/** The radii of the entries of all workers, as ist_worker_radii has them. x: iterate, d entries;
 *  e: bound on its error, d entries in [0, 2^160]; w, g: the submodels and their gradients, n*q
 *  entries each, as computed from x; count[j]: how many entries of all blocks are j. [claim R14] */
/*@ requires size: sized(team) && 1 <= team.n && 1 <= team.q;
    requires valid: readable(team) && \valid_read(x + (0 .. team.d-1)) &&
                    \valid_read(e + (0 .. team.d-1)) &&
                    \valid_read(w + (0 .. start(team.n, team.q)-1)) &&
                    \valid_read(g + (0 .. start(team.n, team.q)-1)) &&
                    \valid_read(count + (0 .. team.d-1)) && \valid(r.own + (0 .. team.q-1)) &&
                    \valid(r.whole + (0 .. team.q-1)) &&
                    \valid(r.radius + (0 .. start(team.n, team.q)-1)) &&
                    \valid(r.coefficient + (0 .. start(team.n, team.q)-1));
    requires apart: \separated(r.own + (0 .. team.q-1), r.whole + (0 .. team.q-1),
                      r.radius + (0 .. start(team.n, team.q)-1),
                      r.coefficient + (0 .. start(team.n, team.q)-1), x + (0 .. team.d-1),
                      e + (0 .. team.d-1), w + (0 .. start(team.n, team.q)-1),
                      g + (0 .. start(team.n, team.q)-1));
    requires apart_team: apart(team, r.own, team.q) && apart(team, r.whole, team.q) &&
                         apart(team, r.radius, start(team.n, team.q)) &&
                         apart(team, r.coefficient, start(team.n, team.q));
    requires apart_counts: \separated(count + (0 .. team.d-1), r.own + (0 .. team.q-1),
                      r.whole + (0 .. team.q-1), r.radius + (0 .. start(team.n, team.q)-1),
                      r.coefficient + (0 .. start(team.n, team.q)-1));
    requires team: well_formed(team);
    requires range: bounded(x, team.d, 0x1p160) && between(e, team.d, 0.0, 0x1p160) &&
                    bounded(w, start(team.n, team.q), 0x1p261) &&
                    bounded(g, start(team.n, team.q), 0x1p550) && counts_below(count, team.d);
    requires submodels: submodels_near{Here, Here}(team, x, w);
    requires gradients: gradients_near{Here, Here}(team, w, g);
    terminates \true;
    exits \false;
    assigns r.own[0 .. team.q-1], r.whole[0 .. team.q-1],
            r.radius[0 .. start(team.n, team.q)-1], r.coefficient[0 .. start(team.n, team.q)-1];
    ensures range: between(r.radius, start(team.n, team.q), 0.0, 0x1p552) &&
                   bounded(r.coefficient, start(team.n, team.q), 0x1p362);
    ensures covered: all_workers_covered{Old, Post}(team, x, e, g, count, r.coefficient, r.radius,
                                                    team.n);
*/
void ist_all_radii(const double *x, const double *e, ist_team team, const double *w,
                   const double *g, const size_t *count, ist_radii r);

#endif
