#include "evaluate.h"

#include <stdlib.h>

#include "verdict.h"

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

/** Whether the claim is about a problem that (20) makes of a homogeneous one. */
static bool wants_preconditioned(const ist_claim *claim) {
  return (claim->assumptions & IST_ASSUME_PRECONDITIONED) != 0;
}

static ist_code open_subject(ist_check *k, bool preconditioned, ist_sketch_kind kind,
                             ist_subject *u, ist_status *s) {
  const ist_problem *p = k->p;
  if (preconditioned && !p->homogeneous)
    return ist_fail(s, IST_NOT_EXIST, "the problem is not homogeneous");
  if (preconditioned && ist_scales_exist(p, s) != IST_OK)
    return s->code;
  *u = (ist_subject){.p = p,
                     .preconditioned = preconditioned,
                     .x0 = k->x0,
                     .rounds = k->rounds,
                     .step_given = k->step_given,
                     .step = k->step,
                     .seed = k->seed,
                     .certify = k->certify,
                     .spent = &k->spent};
  ist_code resolved = ist_sketch_resolve(p, kind, kind == IST_RAND ? k->block : 0, &u->sketch, s);
  if (resolved == IST_BAD_INPUT)
    return ist_fail(s, IST_NOT_EXIST, "d = %zu is not a multiple of n = %zu", p->d, p->n);
  return resolved;
}

/** The subject of a kind, kept for the claims that follow. The identity's has what depends on the
 *  problem alone. */
static ist_code find_subject(ist_check *k, bool preconditioned, ist_sketch_kind kind,
                             ist_subject **u, ist_status *s) {
  ist_subject **slot = &k->subjects[preconditioned][kind], *base = NULL;
  if (*slot == NULL) {
    if (kind != IST_IDENTITY && find_subject(k, preconditioned, IST_IDENTITY, &base, s) != IST_OK)
      return s->code;
    ist_subject *made = malloc(sizeof *made);
    if (made == NULL)
      return ist_claim_no_memory(s);
    if (open_subject(k, preconditioned, kind, made, s) != IST_OK) {
      free(made);
      return s->code;
    }
    made->base = base;
    *slot = made;
  }
  *u = *slot;
  return IST_OK;
}

/** Whether x_inf exists; otherwise *f says that nobody knows. */
static bool has_limit(ist_subject *u, ist_finding *f) {
  if (ist_exact_limit_exists(u->x) == IST_TRUTH_YES)
    return true;
  ist_verdict_open(f, "whether E[B] is regular is not decided with %ld bits",
                   (long)u->x->m.precision);
  return false;
}

/** Whether the hypotheses of the claim hold; otherwise *f says which one fails. */
static bool applies(const ist_claim *claim, ist_subject *u, ist_finding *f) {
  unsigned a = claim->assumptions;
  if ((a & IST_ASSUME_Q1) != 0 && u->sketch.q != 1)
    ist_find_nothing(f, "stated for q = 1 (n = d); here q = %zu", u->sketch.q);
  else if ((a & IST_ASSUME_INTERPOLATION) != 0 && !u->p->interpolation)
    ist_find_nothing(f, "stated for b = 0");
  else if ((a & IST_ASSUME_HOMOGENEOUS) != 0 && !u->p->homogeneous)
    ist_find_nothing(f, "the problem is not homogeneous");
  else
    return ((a & IST_ASSUME_THETA) == 0 || ist_claim_has_theta(u, f)) &&
           ((a & IST_ASSUME_LIMIT) == 0 || has_limit(u, f));
  return false;
}

/** Evaluates the claim at rising precision, while that may decide it. */
static ist_code decide(const ist_claim *claim, ist_subject *u, ist_finding *f, ist_status *s) {
  ist_code code = IST_OK;
  *f = (ist_finding){.verdict = IST_CLAIM_UNDECIDED};
  for (size_t level = 0; level < IST_LEVELS && code == IST_OK; level++) {
    ist_subject_go_to(u, level);
    if (applies(claim, u, f))
      code = claim->evaluate(u, f, s);
    ist_subject_end_claim(u);
    if (f->verdict != IST_CLAIM_UNDECIDED)
      break;
    if (u->x->unaffordable || (u->base != NULL && u->base->x->unaffordable)) {
      ist_verdict_open(f, "enclosures in dimension %zu would take too long", u->p->d);
      break;
    }
  }
  return code;
}

static ist_code evaluate(ist_check *k, const ist_claim *claim, ist_finding *f, ist_status *s) {
  ist_sketch_kind kind = ist_claim_sketch(k, claim);
  ist_subject *u = NULL;
  if (ist_is_about_others(k, claim)) {
    ist_find_nothing(f, "not about the %s sketch", ist_sketch_name(k->sketch));
    return IST_OK;
  }
  if (find_subject(k, wants_preconditioned(claim), kind, &u, s) != IST_OK)
    return s->code;
  return decide(claim, u, f, s);
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
}
