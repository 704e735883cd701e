#include "evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "problem/memory.h"

ist_code ist_claim_no_memory(ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory to evaluate a claim");
}

ist_sketch_kind ist_claim_sketch(const ist_check *k, const ist_claim *claim) {
  static const ist_sketch_kind order[] = {IST_PERM, IST_SCALED_PERM, IST_RAND, IST_IDENTITY};
  if (k->sketch_given && !ist_is_about_others(k, claim))
    return k->sketch;
  size_t first = 0;
  while ((claim->about & IST_ABOUT(order[first])) == 0)
    first++;
  return order[first];
}

bool ist_is_about_others(const ist_check *k, const ist_claim *claim) {
  return k->sketch_given && (claim->about & IST_ABOUT(k->sketch)) == 0;
}

/** A copy of the homogeneous problem p, preconditioned. */
static ist_code precondition(const ist_problem *p, ist_problem *out, ist_status *s) {
  if (ist_scales_exist(p, s) != IST_OK)
    return s->code;
  if (!ist_problem_alloc(out, p->d, p->n, 1, 1))
    return ist_claim_no_memory(s);
  memcpy(out->L, p->L, p->d * p->d * sizeof *p->L);
  memcpy(out->b, p->b, p->d * sizeof *p->b);
  out->interpolation = p->interpolation;
  if (ist_problem_precondition(out))
    return IST_OK;
  ist_problem_free(out);
  return ist_fail(s, IST_NOT_EXIST, "D^{-1/2} b leaves the range of entries");
}

/** The problem the claim is evaluated on. */
static ist_code choose_problem(ist_check *k, const ist_claim *claim, const ist_problem **p,
                               ist_status *s) {
  *p = k->p;
  if ((claim->assumptions & IST_ASSUME_PRECONDITIONED) == 0)
    return IST_OK;
  if (!k->p->homogeneous)
    return ist_fail(s, IST_NOT_EXIST, "the problem is not homogeneous");
  *p = &k->preconditioned;
  if (k->preconditioned.L != NULL)
    return IST_OK;
  return precondition(k->p, &k->preconditioned, s);
}

static ist_code open_subject(const ist_check *k, const ist_problem *p, ist_sketch_kind kind,
                             ist_subject *u, ist_status *s) {
  ist_sketch sketch;
  *u = (ist_subject){.original = k->p,
                     .x0 = k->x0,
                     .rounds = k->rounds,
                     .step_given = k->step_given,
                     .step = k->step,
                     .seed = k->seed};
  ist_code resolved = ist_sketch_resolve(p, kind, kind == IST_RAND ? k->block : 0, &sketch, s);
  if (resolved == IST_BAD_INPUT)
    return ist_fail(s, IST_NOT_EXIST, "d = %zu is not a multiple of n = %zu", p->d, p->n);
  if (resolved != IST_OK)
    return resolved;
  if (ist_subject_open(u, p, sketch, s) != IST_OK)
    return s->code;
  ist_code code = k->certify && u->c.theta.exists ? ist_subject_certify(u, s) : IST_OK;
  if (code != IST_OK)
    ist_subject_close(u);
  return code;
}

/** The subject of the claim, kept for the claims that follow. */
static ist_code find_subject(ist_check *k, const ist_claim *claim, ist_sketch_kind kind,
                             ist_subject **u, ist_status *s) {
  const ist_problem *p;
  if (choose_problem(k, claim, &p, s) != IST_OK)
    return s->code;
  ist_subject **slot = &k->subjects[p != k->p][kind];
  if (*slot == NULL) {
    ist_subject *made = malloc(sizeof *made);
    if (made == NULL)
      return ist_claim_no_memory(s);
    if (open_subject(k, p, kind, made, s) != IST_OK) {
      free(made);
      return s->code;
    }
    *slot = made;
  }
  *u = *slot;
  return IST_OK;
}

/** Whether the hypotheses of the claim hold; otherwise *f says which one fails. */
static bool applies(const ist_claim *claim, const ist_subject *u, ist_finding *f) {
  unsigned a = claim->assumptions;
  if ((a & IST_ASSUME_Q1) != 0 && u->sketch.q != 1)
    ist_find_nothing(f, "stated for q = 1 (n = d); here q = %zu", u->sketch.q);
  else if ((a & IST_ASSUME_INTERPOLATION) != 0 && !u->p->interpolation)
    ist_find_nothing(f, "stated for b = 0");
  else if ((a & IST_ASSUME_HOMOGENEOUS) != 0 && !u->p->homogeneous)
    ist_find_nothing(f, "the problem is not homogeneous");
  else if ((a & IST_ASSUME_THETA) != 0 && !u->c.theta.exists)
    ist_find_nothing(f, "no theta satisfies (14): lambda_min(W) = %.5g", u->c.w_lambda_min);
  else if ((a & IST_ASSUME_LIMIT) != 0 && u->c.x_fixed == NULL)
    ist_find_nothing(f, "no x_inf: E[B] is not positive definite to working precision");
  else
    return true;
  return false;
}

static ist_code evaluate(ist_check *k, const ist_claim *claim, ist_finding *f, ist_status *s) {
  ist_sketch_kind kind = ist_claim_sketch(k, claim);
  ist_subject *u = NULL;
  if (ist_is_about_others(k, claim)) {
    ist_find_nothing(f, "not about the %s sketch", ist_sketch_name(k->sketch));
    return IST_OK;
  }
  if (find_subject(k, claim, kind, &u, s) != IST_OK)
    return s->code;
  return applies(claim, u, f) ? claim->evaluate(u, f, s) : IST_OK;
}

ist_code ist_evaluate(ist_check *k, const ist_claim *claim, ist_finding *f, ist_status *s) {
  *s = (ist_status){IST_OK, ""};
  ist_code code = evaluate(k, claim, f, s);
  if (code != IST_NOT_EXIST)
    return code;
  ist_find_nothing(f, "%s", s->text);
  *s = (ist_status){IST_OK, ""};
  return IST_OK;
}

void ist_check_close(ist_check *k) {
  for (size_t i = 0; i < 2; i++)
    for (size_t kind = 0; kind < IST_SKETCH_KINDS; kind++)
      if (k->subjects[i][kind] != NULL) {
        ist_subject_close(k->subjects[i][kind]);
        free(k->subjects[i][kind]);
      }
  ist_problem_free(&k->preconditioned);
}
