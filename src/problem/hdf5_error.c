#include "hdf5_error.h"

#include <hdf5.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char *text;
  size_t size;
} line;

static herr_t take_first(unsigned depth, const H5E_error2_t *entry, void *context) {
  const line *out = context;
  if (depth == 0 && entry->desc != NULL)
    snprintf(out->text, out->size, "%.*s", (int)strcspn(entry->desc, ":"), entry->desc);
  return 0;
}

void ist_hdf5_begin(void) {
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

void ist_hdf5_reason(char *reason, size_t size) {
  line out = {reason, size};
  reason[0] = '\0';
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_first, &out);
}
