#include "sample.h"

#include <math.h>

void ist_sample_add(ist_sample *m, double value) {
  double deviation = value - m->mean;
  m->count++;
  m->mean += deviation / (double)m->count;
  m->squares += deviation * (value - m->mean);
}

double ist_sample_error(const ist_sample *m) {
  double n = (double)m->count;
  return m->count < 2 ? 0 : sqrt(m->squares / n / (n - 1));
}

void ist_pairs_add(ist_pairs *m, double value, double bound) {
  ist_sample_add(&m->value, value);
  ist_sample_add(&m->bound, bound);
  ist_sample_add(&m->difference, value - bound);
}
