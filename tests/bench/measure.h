/** The measurements. Each adds its rows to the report. They fail only where something other than
 *  time is wrong: IST_BAD_INPUT if memory runs out, IST_VIOLATED if a peer computes something
 *  else. */
#ifndef IST_BENCH_MEASURE_H
#define IST_BENCH_MEASURE_H

#include "machine/status.h"
#include "report.h"

/** E[B L_bar B] and theta under Perm-q from a heterogeneous problem, time and memory, against
 *  2n + 2 products and GSL's generalised eigenvalues; then `ist expect`'s rounds against 2n + 4
 *  products. */
ist_code bench_moments(bench_report *r, size_t n, size_t d, size_t samples, ist_status *s);

/** All constants under Perm-q with rigorous bounds of their errors, against the constants alone. */
ist_code bench_constants(bench_report *r, size_t n, size_t d, size_t samples, ist_status *s);

/** How to measure a round, and what is asked of it. */
typedef struct {
  size_t n, d;
  size_t passes, rounds; /**< every contestant has its turn in each pass: so many timed rounds */
  double numpy_target;   /**< speed-up over NumPy; NaN: none is stated */
  double touch_target;   /**< cost in units of the lines' reading; NaN: none is stated */
  double threads_target; /**< speed-up of two threads; NaN: none is stated */
} bench_round_case;

/** One Perm-q round against its peers and on two threads, and the drawing of its blocks. */
ist_code bench_rounds(bench_report *r, const bench_round_case *c, ist_status *s);

/** One homogeneous round with q = 1, in which no permutation need be drawn, against a loop that
 *  reads and writes x once, without and with such a draw. */
ist_code bench_homogeneous(bench_report *r, size_t d, size_t rounds, ist_status *s);

#endif
