#include "worker_radii.h"

#ifdef __FRAMAC__
#include "../../spec/radius_error.h"
#endif

void ist_worker_radii(const double *x, const double *e, ist_worker_view v, const double *w,
                      const double *g, const size_t *count, ist_radii r)
{
  ist_submodel_radii(x, e, v, w, r.own, r.whole);
  /*@ assert same: kept{Pre, Here}(v) && same{Pre, Here}(x, v.d) && same{Pre, Here}(e, v.d) &&
        same{Pre, Here}(w, v.q) && same{Pre, Here}(g, v.q) && same{Pre, Here}(count, v.d); */
  /*@ assert kept: near_kept{Pre, Here}(v.L, v.b, v.s, v.S, x, e, w, g, count, r.own, r.whole,
        v.q, v.d); */
  /*@ assert near: submodel_near{Here, Here}(v, x, w) && gradient_near{Here, Here}(v, w, g) &&
        submodel_radii{Here, Here}(x, e, v.s, v.S, w, r.own, r.whole, v.q,
          dot_share((real)v.q)); */
  /*@ assert ranges: bounded(v.L, v.d * v.d, 0x1p160) && bounded(v.b, v.d, 0x1p160) &&
        bounded(v.s, v.d, 0x1p100) && between(e, v.d, 0.0, 0x1p160) &&
        bounded(g, v.q, 0x1p550) && indices(v.S, v.q, v.d) && counts_below(count, v.d); */
  /*@ assert inputs: radius_inputs(v.s, e, v.S, count, v.q, v.d); */
  /*@ ghost Radii: ; */
  ist_entry_radii(e, v, g, count, r.own, r.whole, r.radius, r.coefficient);
  /*@ assert hypotheses: worker_hypotheses{Radii, Here}(v.L, v.b, v.s, v.S, x, e, w, g, count,
        r.own, r.whole, r.coefficient, r.radius, v.q, v.d); */
  /*@ assert covered: worker_radii{Radii, Here}(v.L, v.b, v.s, v.S, x, e, w, g, count, r.own,
        r.whole, r.coefficient, r.radius, v.q, v.d); */
  /*@ assert before: \forall integer o, p; worker_covered_before{Pre, Radii, Here}(v.L, v.b, v.s,
        v.S, x, e, w, g, count, r.coefficient, r.radius, v.q, v.d, o, p); */
}
