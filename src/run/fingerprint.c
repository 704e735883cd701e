#include "fingerprint.h"

#include <zlib.h>

ist_fingerprint ist_fingerprint_of(const double *v, size_t count) {
  const size_t bytes = count * sizeof *v;
  return (ist_fingerprint){crc32_z(0, (const Bytef *)v, bytes), bytes};
}

ist_fingerprint ist_fingerprint_join(ist_fingerprint a, ist_fingerprint b) {
  return (ist_fingerprint){crc32_combine(a.crc, b.crc, (z_off_t)b.bytes), a.bytes + b.bytes};
}

ist_fingerprint ist_fingerprint_problem(const ist_problem *p) {
  return ist_fingerprint_join(ist_fingerprint_of(p->L, ist_problem_L_count(p) * p->d * p->d),
                              ist_fingerprint_of(p->b, ist_problem_b_count(p) * p->d));
}
