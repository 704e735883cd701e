/* Stiffness matrix and load vector of the two-dimensional Poisson equation.
 *
 *   -(u_xx + u_yy) = 1 in the unit square, u = 0 on its boundary,
 *
 * by the five-point stencil, equally linear finite elements on a uniform right-triangle mesh:
 * k x k interior nodes, spacing h = 1/(k+1), node (r,c) numbered r k + c; the diagonal is 4, each
 * pair of neighbouring nodes has -1, and the load is h^2.
 *
 *   cc -std=c11 -o poisson tests/generators/poisson.c
 *   ./poisson 6 matrix > tests/data/poisson/L.mtx
 *   ./poisson 6 load > tests/data/poisson/b.mtx
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_matrix(int k) {
  printf("%%%%MatrixMarket matrix coordinate real symmetric\n");
  printf("%% Poisson equation, unit square, five-point stencil, %d x %d nodes\n", k, k);
  printf("%d %d %d\n", k * k, k * k, k * k + 2 * k * (k - 1));
  for (int r = 0; r < k; r++)
    for (int c = 0; c < k; c++) {
      int node = r * k + c + 1;
      printf("%d %d 4\n", node, node);
      if (c + 1 < k)
        printf("%d %d -1\n", node + 1, node);
      if (r + 1 < k)
        printf("%d %d -1\n", node + k, node);
    }
}

static void print_load(int k) {
  printf("%%%%MatrixMarket matrix array real general\n");
  printf("%% Poisson equation, unit square, unit source, %d x %d nodes\n", k, k);
  printf("%d 1\n", k * k);
  for (int node = 0; node < k * k; node++)
    printf("%.17g\n", 1.0 / ((k + 1) * (k + 1)));
}

int main(int argc, char **argv) {
  int k = argc == 3 ? atoi(argv[1]) : 0;
  if (k < 1 || k > 1000) {
    fprintf(stderr, "usage: poisson NODES_PER_SIDE matrix|load\n");
    return 2;
  }
  if (strcmp(argv[2], "matrix") == 0)
    print_matrix(k);
  else
    print_load(k);
  return 0;
}
