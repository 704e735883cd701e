#include "result.h"

#include <stdlib.h>

void ist_run_result_free(ist_run_result *r) {
  free(r->x);
  *r = (ist_run_result){0};
}
