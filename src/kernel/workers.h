/** The workers' side of a round: every submodel and every submodel gradient. */
#ifndef IST_KERNEL_WORKERS_H
#define IST_KERNEL_WORKERS_H

#include "submodel.h"
#include "worker.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/exact_team.h"
#include "../../spec/workers.h"
#endif

/** Submodels w_i = C_i x of all workers, each on its block (eq. (5)): worker i's q entries at
 *  w + i*q. [claim P03, R7] */
/*@ requires size: sized(team);
    requires valid: readable(team) && \valid_read(x + (0 .. team.d-1)) &&
                    \valid(w + (0 .. start(team.n, team.q)-1));
    requires apart: apart(team, w, start(team.n, team.q)) &&
                    \separated(w + (0 .. start(team.n, team.q)-1), x + (0 .. team.d-1));
    requires team: well_formed(team);
    requires range: bounded(x, team.d, 0x1p160);
    terminates \true;
    exits \false;
    assigns w[0 .. start(team.n, team.q)-1];
    ensures range: bounded(w, start(team.n, team.q), 0x1p261);
    ensures model: submodels_are{Old, Post}(team, x, w, team.n);
    ensures error: submodels_near{Old, Post}(team, x, w);
*/
void ist_submodels(const double *x, ist_team team, double *w);

/** Submodel gradients g_i = C_i grad f_i(w_i) of all workers, each on its block (eqs. (5), (26)):
 *  worker i's q entries at g + i*q, from its submodel at w + i*q. [claim P03, R7] */
/*@ requires size: sized(team);
    requires valid: readable(team) && \valid_read(w + (0 .. start(team.n, team.q)-1)) &&
                    \valid(g + (0 .. start(team.n, team.q)-1));
    requires apart: apart(team, g, start(team.n, team.q)) &&
                    \separated(g + (0 .. start(team.n, team.q)-1),
                               w + (0 .. start(team.n, team.q)-1));
    requires team: well_formed(team);
    requires range: bounded(w, start(team.n, team.q), 0x1p261);
    terminates \true;
    exits \false;
    assigns g[0 .. start(team.n, team.q)-1];
    ensures range: bounded(g, start(team.n, team.q), 0x1p550);
    ensures model: gradients_are{Old, Post}(team, w, g, team.n);
    ensures error: gradients_near{Old, Post}(team, w, g);
*/
void ist_block_gradients(ist_team team, const double *w, double *g);

#endif
