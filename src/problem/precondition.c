#include "precondition.h"

#include "kernel/range.h"
#include "sketch_kind.h"

ist_code ist_precondition(ist_problem *p, const char *path, ist_status *s) {
  if (!p->homogeneous)
    return ist_fail(s, IST_USAGE,
                    "--precondition needs a homogeneous problem (one L.mtx, at most one b.mtx)");
  if (ist_scales_exist(p, s) != IST_OK)
    return s->code;
  if (!ist_problem_precondition(p))
    return ist_fail(s, IST_BAD_INPUT, "%s: D^{-1/2} b leaves the range |x| <= %.4g", path,
                    IST_ENTRY_MAX);
  return IST_OK;
}
