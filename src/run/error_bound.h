/** A run that certifies itself: a bound on the error of its iterate, carried from round to round.
 *
 *  Let X_k be the run in real arithmetic, from the same start, with the same blocks, on the binary
 *  numbers of the problem and with scales that are not rounded. Round k leaves |x_j - X_j| <= e_j
 *  for every coordinate j, from e = 0 (ist_round_error). */
#ifndef IST_RUN_ERROR_BOUND_H
#define IST_RUN_ERROR_BOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"
#include "rounds.h"
#include "spectral/constants.h"

typedef struct {
  size_t d;
  bool exists;    /**< whether e is a bound: it never left the range of the kernel's contracts */
  double *e;      /**< d entries; all doubles lie here, one after the other */
  double *before; /**< the iterate before the round, d entries */
  double *own, *whole;                        /**< work space of ist_round_error, as what follows */
  double *radius, *coefficient;               /**< of the entries of all blocks */
  double *merged_radius, *merged_coefficient; /**< of the coordinates */
  double *next;                               /**< e after the round */
  size_t *count;
} ist_error_bound;

/** e = 0 for a run of dimension d with n workers and blocks of q. IST_MACHINE if memory runs out;
 *  on success the caller calls ist_error_bound_close. */
ist_code ist_error_bound_open(ist_error_bound *b, size_t d, size_t n, size_t q, ist_status *s);

/** Round k of m, as ist_rounds_take_drawn, and what it does to the bound. m: without local
 *  steps. x: the iterate that b bounds the error of. */
ist_code ist_error_bound_round(ist_error_bound *b, ist_rounds *m, double *x, size_t k,
                               ist_status *s);

/** max_j e_j, which does not exist once an entry has left the range. */
ist_scalar ist_error_bound_value(const ist_error_bound *b);

/** Frees what b owns. */
void ist_error_bound_close(ist_error_bound *b);

#endif
