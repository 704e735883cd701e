/** The first iterate x_0. */
#ifndef IST_RUN_START_H
#define IST_RUN_START_H

#include <stddef.h>

#include "machine/status.h"

/** Fills x (d entries) as --start says: "zero"; "gaussian", independent N(0, 1) entries; or a
 *  Matrix Market file of size d x 1, whose faults are refused with IST_BAD_INPUT.
 *
 *  Gaussian entries come from gsl_ran_gaussian_ziggurat on gsl_rng_mt19937 seeded with the 32-bit
 *  complement of seed, so that they share no number with a problem or with sketches drawn from the
 *  seed itself. */
ist_code ist_start(const char *start, unsigned long seed, double *x, size_t d, ist_status *s);

#endif
