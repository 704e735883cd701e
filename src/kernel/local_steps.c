#include "local.h"

bool ist_local_steps(const double *x, ist_worker_view v, double gamma, size_t T, double *z,
                     double *g)
{
  const double limit = 0x1p260;
  ist_submodel(x, v, z);
  /*@ assert starts: \forall integer a; 0 <= a < v.q ==>
        fl_local_start{Pre}(v.L, v.b, v.s, v.S, x, v.q, v.d, gamma, a); */
  /*@ loop invariant 0 <= t <= T;
      loop invariant model: local_is{Pre, Here}(v, x, z, gamma, t);
      loop assigns t, z[0 .. v.q-1], g[0 .. v.q-1];
      loop variant T - t; */
  for (size_t t = 0; t < T; t++) {
    /*@ assert inputs: bounded(v.L, v.d * v.d, 0x1p160) && bounded(v.b, v.d, 0x1p160) &&
          bounded(v.s, v.d, 0x1p100) && indices(v.S, v.q, v.d); */
    /*@ assert same: same{Pre, Here}(v.L, v.d * v.d) && same{Pre, Here}(v.b, v.d) &&
          same{Pre, Here}(v.s, v.d) && same{Pre, Here}(v.S, v.q); */
    /*@ assert kept: kept{Pre, Here}(v); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(v.L, v.d) && symmetric(v.L, v.d); */
    if (!ist_bounded(z, v.q, limit))
      return false;
    /*@ assert weaken: bounded_weaken(z, v.q, 0x1p260, 0x1p261); */
    /*@ ghost Before: ; */
    ist_local_step(z, v, gamma, g);
    /*@ assert gradient: gradient_is{Before, Here}(v, z, g); */
    /*@ assert stepped: local_stepped{Pre, Before, Here}(v.L, v.b, v.s, v.S, x, z, g, v.q, v.d,
          gamma, t); */
    /*@ assert model: local_is{Pre, Here}(v, x, z, gamma, t + 1); */
    /*@ assert next: (size_t)(t + 1) == t + 1; */
  }
  return true;
}
