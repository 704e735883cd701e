/* Fuzzes the Matrix Market reader with libFuzzer.
 *
 * Any input must be refused with a one-line reason or read into a matrix of finite, or at worst
 * CHOLMOD's infinite, entries; and the scan's verdict must agree with CHOLMOD's. `make` in this
 * directory builds and runs it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "problem/matrix_market.h"

/* Larger matrices only cost time: the announced size is what grows, not the reader's logic. */
#define LIMIT 256

static void demand(int condition, const char *what) {
  if (condition)
    return;
  fprintf(stderr, "violated: %s\n", what);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  FILE *file = size > 0 ? fmemopen((void *)(uintptr_t)bytes, size, "r") : NULL;
  if (file == NULL)
    return 0;
  ist_matrix m;
  ist_status s = {0};
  ist_code code = ist_mm_parse(file, "input", LIMIT, &m, &s);
  fclose(file);
  if (code == IST_OK) {
    demand(m.rows >= 1 && m.rows <= LIMIT && m.cols >= 1 && m.cols <= LIMIT, "size in range");
    for (size_t k = 0; k < m.rows * m.cols; k++)
      demand(m.x[k] == m.x[k], "no NaN");
  } else {
    demand(code == IST_BAD_INPUT && s.code == code, "the code is bad input");
    demand(m.x == NULL, "no matrix with a refusal");
    demand(strncmp(s.text, "input:", 6) == 0, "the text names the file");
    demand(strstr(s.text, "does not fit in memory") == NULL, "small matrices fit in memory");
  }
  free(m.x);
  return 0;
}
