/** Checkpoints of a run: everything that its remaining rounds depend on.
 *
 *  One JSON object with the keys schema ("ist.checkpoint/1"), round (k), run (an object of what
 *  makes one run differ from another: every member must be equal on resuming), x (x_k, 17
 *  significant digits, which is exact), generator (name, and the bytes of its state in hexadecimal
 *  digits) and crc32: the CRC-32, in hexadecimal, of the other members as compact JSON text with
 *  sorted keys. */
#ifndef IST_RUN_CHECKPOINT_H
#define IST_RUN_CHECKPOINT_H

#include <gsl/gsl_rng.h>
#include <jansson.h>
#include <stddef.h>

#include "machine/status.h"

/** Writes the checkpoint of round k with iterate x (d entries) to path, whole or not at all. run:
 *  an object, not released. IST_OUTPUT_FAILED, as PATH: reason. */
ist_code ist_checkpoint_save(const char *path, size_t k, const json_t *run, const double *x,
                             size_t d, const gsl_rng *rng, ist_status *s);

/** Reads a checkpoint into *k, x (d entries) and the state of rng. IST_BAD_INPUT, as
 *  PATH[:LINE]: reason, naming what differs, if it is missing, damaged, or of another run. */
ist_code ist_checkpoint_load(const char *path, const json_t *run, size_t *k, double *x, size_t d,
                             gsl_rng *rng, ist_status *s);

#endif
