/** Certificates on the command line: made with an announcement, printed, added to JSON. */
#ifndef IST_CLI_CERTIFICATE_H
#define IST_CLI_CERTIFICATE_H

#include <jansson.h>
#include <stdbool.h>

#include "run/settings.h"
#include "spectral/certify.h"
#include "spectral/errors.h"

/** To be called before a certification: says on standard error how long it takes if it is more than
 *  a few seconds, and has running out of memory in it end the program with one line. */
void ist_certificate_announce(const ist_problem *p, ist_sketch sketch);

/** Takes lambda_min, lambda_max, w_lambda_min and theta, and the step and rate that follow from
 *  theta, from the enclosures where these are narrower than the bounds *e, so that the table shows
 *  their digits; a theta that double precision could not tell to exist, too. */
void ist_certificate_improve(const ist_certificate *proof, ist_constants *c, ist_errors *e);

/** Adds theta_enclosure, lambda_min_enclosure, lambda_max_enclosure, w_psd and
 *  w_lambda_min_enclosure to root, and to its member reasons why one is null. Returns root, or NULL
 *  (root released) if memory ran out or root is NULL. */
json_t *ist_certificate_json(json_t *root, const ist_certificate *proof);

/** Prints the enclosures as further lines of the table of constants. */
void ist_certificate_print(const ist_certificate *proof);

/** If r asks for it, adds step_certified (and step) to root; returns as ist_certificate_json. */
json_t *ist_certificate_json_step(json_t *root, const ist_run_settings *r, double gamma,
                                  bool certified);

/** What to print after a step: that it is certified, or not; "" unless r asks for it. */
const char *ist_certificate_step_note(const ist_run_settings *r, bool certified);

#endif
