#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static bool product(size_t a, size_t b, size_t *out) {
  if (b != 0 && a > SIZE_MAX / b)
    return false;
  *out = a * b;
  return true;
}

bool ist_memory_fits(size_t count, size_t rows, size_t cols) {
  size_t bytes = 0;
  if (!product(rows, cols, &bytes) || !product(bytes, count, &bytes) ||
      !product(bytes, sizeof(double), &bytes))
    return false;
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t pages = (size_t)sysconf(_SC_PHYS_PAGES);
  return bytes / page < pages;
}

double *ist_memory_doubles(size_t count, size_t rows, size_t cols) {
  if (!ist_memory_fits(count, rows, cols))
    return NULL;
  size_t entries = count * rows * cols;
  return calloc(entries > 0 ? entries : 1, sizeof(double));
}
