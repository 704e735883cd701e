#include "team.h"

#include <mpi.h>
#include <stdio.h>

#include "machine/arithmetic.h"
#include "messages.h"

/** Numbers in one message: MPI counts in int. */
#define PIECE ((size_t)1 << 27)

ist_ranks ist_ranks_join(void) {
  ist_ranks t = {0};
  MPI_Comm_rank(MPI_COMM_WORLD, &t.rank);
  MPI_Comm_size(MPI_COMM_WORLD, &t.ranks);
  return t;
}

int ist_is_server(const ist_ranks *t) { return t->rank == 0; }

size_t ist_ranks_first(const ist_ranks *t, int rank) {
  if (t->ranks == 1)
    return rank == 0 ? 0 : t->n;
  return rank == 0 ? 0 : (size_t)(rank - 1) * t->n / (size_t)(t->ranks - 1);
}

size_t ist_ranks_count(const ist_ranks *t, int rank) {
  return ist_ranks_first(t, rank + 1) - ist_ranks_first(t, rank);
}

int ist_ranks_owner(const ist_ranks *t, size_t i) {
  int rank = 0;
  while (ist_ranks_first(t, rank + 1) <= i)
    rank++;
  return rank;
}

ist_code ist_agree(const ist_ranks *t, ist_code code, ist_status *s) {
  int mine = code == IST_OK ? t->ranks : t->rank, lowest;
  MPI_Allreduce(&mine, &lowest, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  if (lowest == t->ranks)
    return IST_OK;
  MPI_Bcast(s, (int)sizeof *s, MPI_BYTE, lowest, MPI_COMM_WORLD);
  return s->code;
}

ist_code ist_ranks_check_arithmetic(const ist_ranks *t, ist_status *s) {
  char whose[32];
  snprintf(whose, sizeof whose, "rank %d's", t->rank);
  return ist_agree(t, ist_arithmetic_refuse(ist_arithmetic_find(), whose, s), s);
}

void ist_send(ist_ranks *t, const double *v, size_t count, int to) {
  for (size_t k = 0; k < count; k += PIECE)
    MPI_Send(v + k, (int)(count - k < PIECE ? count - k : PIECE), MPI_DOUBLE, to, IST_TAG_NUMBERS,
             MPI_COMM_WORLD);
  t->moved += count * sizeof *v;
}

void ist_receive(double *v, size_t count, int from) {
  for (size_t k = 0; k < count; k += PIECE)
    MPI_Recv(v + k, (int)(count - k < PIECE ? count - k : PIECE), MPI_DOUBLE, from, IST_TAG_NUMBERS,
             MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

void ist_share(ist_ranks *t, void *v, size_t size, int root) {
  MPI_Bcast(v, (int)size, MPI_BYTE, root, MPI_COMM_WORLD);
  if (t->rank == root)
    t->moved += size * (size_t)(t->ranks - 1);
}

uint64_t ist_ranks_moved(const ist_ranks *t) {
  uint64_t sum = 0;
  MPI_Reduce(&t->moved, &sum, 1, MPI_UINT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
  return sum;
}
