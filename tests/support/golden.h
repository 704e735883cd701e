/** The exact rationals of tests/data/golden.json, and comparisons against them. */
#ifndef GOLDEN_H
#define GOLDEN_H

#include <jansson.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** The whole file; ends the test if it cannot be read. To be released with json_decref. */
json_t *golden_load(void);

/** Member key of object; ends the test if there is none. */
const json_t *golden_member(const json_t *object, const char *key);

/** "p/q", "p" or a JSON integer as a double. */
double golden_number(const json_t *value);

/** The numbers of a nested array, in order, into out; returns how many. */
size_t golden_numbers(const json_t *value, double *out);

/** The problem of a case with members n, d, L and, unless it is absent, b. */
void golden_problem(const json_t *object, ist_problem *p);

/** Asserts that values are the numbers of member key: 1e-12 relative, entry by entry; an entry that
 *  is 0 must be 1e-12 small relative to the largest of scale and the member's own entries. */
void golden_assert(const json_t *object, const char *key, const double *values, double scale);

#endif
