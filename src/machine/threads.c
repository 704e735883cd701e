#include "threads.h"

#ifdef _OPENMP

#include <omp.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *wait_at_gate(void *nothing) {
  pthread_mutex_lock(&gate);
  pthread_mutex_unlock(&gate);
  return nothing;
}

/** How many of count further threads can run at the same time. */
static size_t count_threads(size_t count) {
  pthread_t *threads = malloc(count * sizeof *threads);
  size_t started = 0;
  if (threads == NULL)
    return 0;
  pthread_mutex_lock(&gate);
  while (started < count && pthread_create(&threads[started], NULL, wait_at_gate, NULL) == 0)
    started++;
  pthread_mutex_unlock(&gate);
  for (size_t k = 0; k < started; k++)
    pthread_join(threads[k], NULL);
  free(threads);
  return started;
}

void ist_threads_start(void) {
  const int wanted = omp_get_max_threads();
  if (wanted > 1)
    omp_set_num_threads((int)count_threads((size_t)wanted - 1) + 1);
#pragma omp parallel
  {
    // The threads stay, for later regions.
  }
}

#else

void ist_threads_start(void) {}

#endif
