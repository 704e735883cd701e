#include "sketch_kind.h"

#include <stdio.h>
#include <string.h>

#include "kernel/range.h"

static const char *const names[] = {
    [IST_IDENTITY] = "identity",
    [IST_PERM] = "perm",
    [IST_SCALED_PERM] = "scaled-perm",
    [IST_RAND] = "rand",
};

const char *ist_sketch_name(ist_sketch_kind kind) { return names[kind]; }

bool ist_sketch_parse(const char *name, ist_sketch_kind *kind) {
  for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
    if (strcmp(name, names[k]) == 0) {
      *kind = (ist_sketch_kind)k;
      return true;
    }
  return false;
}

/** Writes "1, 2, 3, 6"; a list longer than the buffer ends in "...". */
static void list_divisors(size_t d, char *text, size_t size) {
  const char *more = ", ...";
  size_t used = 0;
  for (size_t k = 1; k <= d; k++) {
    if (d % k != 0)
      continue;
    char item[32];
    int length = snprintf(item, sizeof item, "%s%zu", k > 1 ? ", " : "", k);
    if (used + (size_t)length + strlen(more) >= size) {
      snprintf(text + used, size - used, "%s", more);
      return;
    }
    memcpy(text + used, item, (size_t)length + 1);
    used += (size_t)length;
  }
}

/** Perm sketches deal each coordinate to exactly one worker: d = q n, eq. (7). */
static ist_code resolve_perm(const ist_problem *p, size_t *q, ist_status *s) {
  if (p->d % p->n != 0) {
    char divisors[640];
    list_divisors(p->d, divisors, sizeof divisors);
    return ist_fail(s, IST_BAD_INPUT,
                    "d = %zu is not a multiple of n = %zu; the divisors of d are %s", p->d, p->n,
                    divisors);
  }
  *q = p->d / p->n;
  return IST_OK;
}

static ist_code resolve_rand(const ist_problem *p, size_t block, size_t *q, ist_status *s) {
  if (block > p->d)
    return ist_fail(s, IST_USAGE, "block q = %zu exceeds the dimension d = %zu", block, p->d);
  size_t share = p->d / p->n > 0 ? p->d / p->n : 1;
  *q = block > 0 ? block : share;
  return IST_OK;
}

ist_code ist_sketch_size(const ist_problem *p, ist_sketch_kind kind, size_t block, ist_sketch *out,
                         ist_status *s) {
  if (block > 0 && kind != IST_RAND)
    return ist_fail(s, IST_USAGE, "a block size applies to the rand sketch, not to %s",
                    names[kind]);
  out->kind = kind;
  switch (kind) {
  case IST_IDENTITY:
    out->q = p->d;
    return IST_OK;
  case IST_RAND:
    return resolve_rand(p, block, &out->q, s);
  default:
    return resolve_perm(p, &out->q, s);
  }
}

/** Why the scale of one diagonal entry does not exist. */
static ist_code refuse_entry(double entry, size_t j, size_t worker, bool shared, ist_status *s) {
  char owner[40] = "L", limit[40] = "";
  if (!shared)
    snprintf(owner, sizeof owner, "L_%zu", worker + 1);
  if (entry > 0.0)
    snprintf(limit, sizeof limit, ", below %g", IST_DIAGONAL_MIN);
  return ist_fail(s, IST_NOT_EXIST,
                  "%s^{-1/2} does not exist: diagonal entry (%zu,%zu) of %s is %g%s",
                  shared ? "D" : "D_i", j + 1, j + 1, owner, entry, limit);
}

ist_code ist_scales_exist_for(const double *L, size_t d, size_t count, size_t first, bool shared,
                              ist_status *s) {
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < d; j++) {
      const double *entry = L + i * d * d + j * d + j;
      if (!ist_diagonal_within(entry, 1, IST_DIAGONAL_MIN, IST_ENTRY_MAX))
        return refuse_entry(*entry, j, first + i, shared, s);
    }
  return IST_OK;
}

ist_code ist_scales_exist(const ist_problem *p, ist_status *s) {
  return ist_scales_exist_for(p->L, p->d, ist_problem_L_count(p), 0, p->L_stride == 0, s);
}

ist_code ist_sketch_exists(const ist_problem *p, ist_sketch sketch, ist_status *s) {
  return sketch.kind == IST_SCALED_PERM ? ist_scales_exist(p, s) : IST_OK;
}

ist_code ist_sketch_resolve(const ist_problem *p, ist_sketch_kind kind, size_t block,
                            ist_sketch *out, ist_status *s) {
  ist_code code = ist_sketch_size(p, kind, block, out, s);
  return code == IST_OK ? ist_sketch_exists(p, *out, s) : code;
}
