#include "matrix_market.h"

#include <stdlib.h>
#include <suitesparse/cholmod.h>

#include "input_file.h"
#include "machine/memory.h"

/** CHOLMOD's reader, always to a dense matrix. NULL on failure. *stored: number of distinct entries
 *  of the file (coordinate files only). */
static cholmod_dense *read_dense(FILE *file, size_t *stored, cholmod_common *common) {
  const int unsymmetric_or_upper = 2;
  int type = 0;
  void *object = cholmod_l_read_matrix(file, unsymmetric_or_upper, &type, common);
  if (object == NULL || type == CHOLMOD_DENSE)
    return object;
  cholmod_sparse *sparse = object;
  *stored = (size_t)cholmod_l_nnz(sparse, common);
  cholmod_dense *dense = cholmod_l_sparse_to_dense(sparse, common);
  cholmod_l_free_sparse(&sparse, common);
  return dense;
}

static void transpose(const cholmod_dense *from, double *x) {
  const double *column = from->x;
  for (size_t i = 0; i < from->nrow; i++)
    for (size_t j = 0; j < from->ncol; j++)
      x[i * from->ncol + j] = column[j * from->d + i];
}

static ist_code read_numbers(FILE *file, const char *name, const ist_mm_header *header,
                             ist_matrix *out, cholmod_common *common, ist_status *s) {
  size_t stored = header->entries;
  rewind(file);
  cholmod_dense *dense = read_dense(file, &stored, common);
  double *x = ist_memory_doubles(1, header->rows, header->cols);
  ist_code code = IST_OK;
  if (dense == NULL || x == NULL) {
    code = ist_fail(s, IST_MACHINE, "%s: does not fit in memory", name);
  } else if (stored != header->entries) {
    code = ist_mm_find_repeated(file, name, header, s);
  } else {
    transpose(dense, x);
    *out = (ist_matrix){header->rows, header->cols, x, header->line};
  }
  if (code != IST_OK)
    free(x);
  cholmod_l_free_dense(&dense, common);
  return code;
}

ist_code ist_mm_parse(FILE *file, const char *name, size_t limit, ist_matrix *out, ist_status *s) {
  *out = (ist_matrix){0};
  ist_mm_header header;
  ist_code code = ist_mm_scan(file, name, limit, &header, s);
  if (code != IST_OK)
    return code;
  cholmod_common common;
  cholmod_l_start(&common);
  common.print = 0;
  common.error_handler = NULL;
  code = read_numbers(file, name, &header, out, &common, s);
  cholmod_l_finish(&common);
  return code;
}

ist_code ist_mm_read(const char *path, size_t limit, ist_matrix *out, ist_status *s) {
  *out = (ist_matrix){0};
  FILE *file = ist_input_open(path, s);
  if (file == NULL)
    return s->code;
  ist_code code = ist_mm_parse(file, path, limit, out, s);
  fclose(file);
  return code;
}

void ist_mm_write_symmetric(FILE *file, const double *x, size_t d) {
  fprintf(file, "%%%%MatrixMarket matrix array real symmetric\n%zu %zu\n", d, d);
  for (size_t j = 0; j < d; j++)
    for (size_t i = j; i < d; i++)
      fprintf(file, "%.17g\n", x[i * d + j]);
}

void ist_mm_write_vector(FILE *file, const double *x, size_t d) {
  fprintf(file, "%%%%MatrixMarket matrix array real general\n%zu 1\n", d);
  for (size_t i = 0; i < d; i++)
    fprintf(file, "%.17g\n", x[i]);
}
