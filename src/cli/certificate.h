/** Certificates on the command line: made with an announcement, printed, added to JSON. */
#ifndef IST_CLI_CERTIFICATE_H
#define IST_CLI_CERTIFICATE_H

#include <jansson.h>
#include <stdbool.h>

#include "options.h"
#include "spectral/certify.h"
#include "spectral/errors.h"

/** Certifies the constants c of p, after saying on standard error how long that takes if it is more
 *  than a few seconds. Fails as ist_certify. */
ist_code ist_certificate_make(const ist_problem *p, const ist_constants *c, ist_certificate *proof,
                              ist_status *s);

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

/** Under --certify, adds step_certified (and step) to root; returns as ist_certificate_json. */
json_t *ist_certificate_json_step(json_t *root, const ist_options *o, double gamma, bool certified);

/** What to print after a step: that it is certified, or not; "" without --certify. */
const char *ist_certificate_step_note(const ist_options *o, bool certified);

#endif
