#include "worker_radii.h"

#ifdef __FRAMAC__
#include "../../spec/radius_error.h"
#endif

void ist_worker_radii(const double *x, const double *e, const double *L, const double *b,
                      const double *s, const size_t *S, const double *w, const double *g,
                      const size_t *count, size_t q, size_t d, double *own, double *whole,
                      double *radius, double *coefficient)
{
  ist_submodel_radii(x, e, s, S, w, q, d, own, whole);
  /*@ assert same_inputs: same{Pre, Here}(L, d*d) && same{Pre, Here}(b, d) &&
        same{Pre, Here}(s, d) && same_indices{Pre, Here}(S, q); */
  /*@ assert same_vectors: same{Pre, Here}(x, d) && same{Pre, Here}(e, d) &&
        same{Pre, Here}(w, q) && same{Pre, Here}(g, q) &&
        same_indices{Pre, Here}(count, d); */
  /*@ assert same: worker_same{Pre, Here}(L, b, s, S,
        x, e, w, g, count, q, d); */
  /*@ assert kept: near_kept{Pre, Here}(L, b, s, S,
        x, e, w, g, count, own, whole, q, d); */
  /*@ assert near: submodel_near{Here, Here}(x, s, S, w, q) &&
        gradient_near{Here, Here}(L, b, s, S, w,
          g, q, d) &&
        submodel_radii{Here, Here}(x, e, s, S, w,
          own, whole, q, dot_share((real)q)); */
  /*@ assert ranges: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) && bounded(s, d, 0x1p100) &&
        between(e, d, 0.0, 0x1p160) && bounded(g, q, 0x1p550) && indices(S, q, d) &&
        counts_below(count, d); */
  /*@ assert inputs: radius_inputs(s, e, S, count, q, d); */
  /*@ ghost Radii: ; */
  ist_entry_radii(e, L, b, s, S, g, count, q, d, own, whole, radius, coefficient);
  /*@ assert hypotheses: worker_hypotheses{Radii, Here}(L, b, s,
        S, x, e, w, g, count, own, whole,
        coefficient, radius, q, d); */
  /*@ assert covered: worker_radii{Radii, Here}(L, b, s,
        S, x, e, w, g, count, own, whole,
        coefficient, radius, q, d); */
  /*@ assert before: \forall integer o, p; worker_covered_before{Pre, Radii, Here}(L,
        b, s, S, x, e, w, g,
        count, coefficient, radius, q, d, o, p); */
}
