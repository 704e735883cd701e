#define _DEFAULT_SOURCE /* madvise */

#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/** From this size on, memory is asked for in huge pages: a sketched block reads a few entries of
 *  each of its rows, and on small pages every row costs a search of the page table. */
#define HUGE_FROM ((size_t)4 << 20)

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

/** Asks for huge pages, before the memory is touched; the system may decline. */
static void prefer_huge_pages(double *v, size_t bytes) {
#ifdef MADV_HUGEPAGE
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  const uintptr_t first = ((uintptr_t)v + page - 1) / page * page;
  const uintptr_t last = ((uintptr_t)v + bytes) / page * page;
  (void)madvise((void *)first, last - first, MADV_HUGEPAGE);
#else
  (void)v;
  (void)bytes;
#endif
}

double *ist_memory_doubles(size_t count, size_t rows, size_t cols) {
  if (!ist_memory_fits(count, rows, cols))
    return NULL;
  const size_t bytes = count * rows * cols * sizeof(double);
  double *v = calloc(1, bytes > 0 ? bytes : 1);
  if (v != NULL && bytes >= HUGE_FROM)
    prefer_huge_pages(v, bytes);
  return v;
}
