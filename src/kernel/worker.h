/** One worker of a team. */
#ifndef IST_KERNEL_WORKER_H
#define IST_KERNEL_WORKER_H

#include "range.h"
#include "team.h"

#ifdef __FRAMAC__
#include "../../spec/kept.h"
#endif

/** Worker i < n: pointers into the team's arrays. [claim R7] */
/*@ requires size: sized(team) && i < team.n;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures view: is_worker(\result, team, i);
    ensures readable: readable(team) ==> readable(\result);
    ensures well_formed: well_formed(team) ==> well_formed(\result);
    ensures apart: \forall double *a, integer m; apart(team, a, m) ==> apart(\result, a, m);
*/
ist_worker_view ist_worker_at(ist_team team, size_t i);

#endif
