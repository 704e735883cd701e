#include "case.h"

#include "kernel/range.h"
#include "paths.h"
#include "problem/load.h"

ist_code ist_case_precondition(const ist_options *o, ist_problem *p, ist_status *s) {
  if (!p->homogeneous)
    return ist_fail(s, IST_USAGE,
                    "--precondition needs a homogeneous problem (one L.mtx, at most one b.mtx)");
  if (ist_scales_exist(p, s) != IST_OK)
    return s->code;
  if (!ist_problem_precondition(p))
    return ist_fail(s, IST_BAD_INPUT, "%s: D^{-1/2} b leaves the range |x| <= %.4g", o->problem,
                    IST_ENTRY_MAX);
  return IST_OK;
}

ist_code ist_case_open(const ist_options *o, ist_case *c, ist_status *s) {
  if (ist_paths_check(o, s) != IST_OK ||
      ist_problem_load(o->problem, o->workers, &c->problem, s) != IST_OK)
    return s->code;
  ist_code code = IST_OK;
  if (ist_given(o, IST_OPT_PRECONDITION))
    code = ist_case_precondition(o, &c->problem, s);
  if (code == IST_OK)
    code = ist_sketch_resolve(&c->problem, o->sketch, o->block, &c->sketch, s);
  if (code != IST_OK)
    ist_case_close(c);
  return code;
}

void ist_case_close(ist_case *c) { ist_problem_free(&c->problem); }
