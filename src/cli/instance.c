#include "instance.h"

#include "paths.h"
#include "problem/load.h"
#include "problem/precondition.h"

ist_code ist_instance_open(const ist_options *o, ist_instance *in, ist_status *s) {
  if (ist_paths_check(o, s) != IST_OK ||
      ist_problem_load(o->problem, o->workers, &in->problem, s) != IST_OK)
    return s->code;
  ist_code code = IST_OK;
  if (ist_given(o, IST_OPT_PRECONDITION))
    code = ist_precondition(&in->problem, o->problem, s);
  if (code == IST_OK)
    code = ist_sketch_resolve(&in->problem, o->sketch, o->block, &in->sketch, s);
  if (code != IST_OK)
    ist_instance_close(in);
  return code;
}

void ist_instance_close(ist_instance *in) { ist_problem_free(&in->problem); }
