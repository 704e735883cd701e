#include "memory_peak.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/** The entry of /proc/self/status with this name and colon, in bytes; NaN if there is none. */
static double status_entry(const char *name) {
  char line[256];
  double kilobytes = NAN;
  FILE *file = fopen("/proc/self/status", "r");
  if (file == NULL)
    return NAN;
  while (fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, name, strlen(name)) == 0)
      sscanf(line + strlen(name), "%lf", &kilobytes);
  fclose(file);
  return 1024 * kilobytes;
}

/** proc(5): writing 5 sets the peak (VmHWM) to what is resident. */
static bool reset_peak(void) {
  FILE *file = fopen("/proc/self/clear_refs", "w");
  if (file == NULL)
    return false;
  bool written = fputs("5", file) >= 0;
  return fclose(file) == 0 && written;
}

bool bench_peak_begin(double *bytes) {
  malloc_trim(0);
  bool reset = reset_peak();
  *bytes = status_entry("VmRSS:");
  return reset && !isnan(*bytes);
}

double bench_peak_end(double begin) { return status_entry("VmHWM:") - begin; }
