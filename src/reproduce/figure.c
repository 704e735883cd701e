#include "figure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "pdf_date.h"

/** What a child reports when gnuplot is not installed, as a shell would. */
#define NOT_FOUND 127

static const char preamble[] =
    "if (!exists(\"prefix\")) prefix = \"\"\n"
    "set encoding utf8\n"
    "set datafile separator comma\n"
    "set datafile columnheaders\n"
    "set key samplen 2.5 spacing 1.1\n"
    "set tics nomirror\n"
    "set border 3\n"
    "set grid lc rgb \"#DDDDDD\" lw 0.5\n"
    "set format y \"10^{%T}\"\n"
    "# Okabe and Ito's palette\n"
    "black = \"#000000\"; blue = \"#0072B2\"; orange = \"#E69F00\"; green = \"#009E73\"\n"
    "vermillion = \"#D55E00\"; purple = \"#CC79A7\"; sky = \"#56B4E9\"\n"
    "faint_blue = \"#990072B2\"; faint_orange = \"#99E69F00\"; faint_green = \"#99009E73\"\n"
    "faint_vermillion = \"#99D55E00\"; faint_purple = \"#99CC79A7\"\n";

static const char terminals[] =
    "do for [format in \"svg pdf\"] {\n"
    "  if (format eq \"svg\") {\n"
    "    set terminal svg enhanced size 1080,500 font \"sans-serif,13\" background \"#FFFFFF\"\n"
    "  } else {\n"
    "    set terminal pdfcairo enhanced size 27cm,12.5cm font \"sans-serif,12\"\n"
    "  }\n";

ist_code ist_figure_write(const ist_figure *g, const char *directory, ist_status *s) {
  char file[64];
  ist_atomic_file f;
  snprintf(file, sizeof file, "%s.gp", g->name);
  if (ist_folder_open(directory, file, &f, s) != IST_OK)
    return s->code;
  fprintf(f.stream, "# Draws %s.svg and %s.pdf from the CSV file beside it: gnuplot %s\n", g->name,
          g->name, file);
  fprintf(f.stream, "%s%s%s", preamble, g->settings, terminals);
  fprintf(f.stream, "  set output prefix.\"%s.\".format\n", g->name);
  fprintf(f.stream,
          "  set multiplot layout 1,2 margins 0.075,0.985,0.27,0.93 spacing 0.095,0.1\n"
          "  set label 1 \"%s\" at screen 0.012,0.105 left\n",
          g->caption);
  fprintf(f.stream, "%s  unset multiplot\n  unset output\n}\n", g->body);
  return ist_atomic_commit(&f, s);
}

/** In the child: runs gnuplot in the directory, silent, its output files named with prefix. */
static void become_gnuplot(const char *directory, const char *definition, const char *script) {
  int null = open("/dev/null", O_RDWR);
  if (null >= 0 && chdir(directory) == 0 && dup2(null, STDIN_FILENO) >= 0 &&
      dup2(null, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0) {
    execlp("gnuplot", "gnuplot", "-d", "-e", definition, script, (char *)NULL);
    _exit(errno == ENOENT ? NOT_FOUND : 126);
  }
  _exit(126);
}

/** The exit status of gnuplot on NAME.gp; -1 if it did not exit. */
static int run_gnuplot(const char *name, const char *directory, const char *prefix) {
  char definition[64], script[64];
  snprintf(definition, sizeof definition, "prefix = \"%s\"", prefix);
  snprintf(script, sizeof script, "%s.gp", name);
  pid_t child = fork();
  if (child == 0)
    become_gnuplot(directory, definition, script);
  int status = -1;
  while (child > 0 && waitpid(child, &status, 0) == -1 && errno == EINTR)
    continue;
  return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** The figure in one format: where gnuplot drew it and where it belongs. */
typedef struct {
  char *drawn, *target;
} picture;

static ist_code name_picture(picture *p, const char *directory, const char *prefix,
                             const char *name, const char *format, ist_status *s) {
  char file[128];
  snprintf(file, sizeof file, "%s%s.%s", prefix, name, format);
  p->drawn = ist_folder_path(directory, file, s);
  p->target = ist_folder_path(directory, file + strlen(prefix), s);
  return p->drawn != NULL && p->target != NULL ? IST_OK : s->code;
}

static ist_code install(const picture *p, ist_status *s) {
  if (rename(p->drawn, p->target) == 0)
    return IST_OK;
  return ist_fail_system(s, IST_OUTPUT_FAILED, p->target, errno);
}

static ist_code draw(const picture *svg, const picture *pdf, const char *name,
                     const char *directory, const char *prefix, bool *drawn, ist_status *s) {
  int status = run_gnuplot(name, directory, prefix);
  *drawn = status != NOT_FOUND;
  if (!*drawn)
    return IST_OK;
  if (status != 0)
    return ist_fail(s, IST_OUTPUT_FAILED, "%s/%s.gp: gnuplot could not draw it", directory, name);
  if (ist_pdf_fix_date(pdf->drawn, s) != IST_OK || install(svg, s) != IST_OK)
    return s->code;
  return install(pdf, s);
}

ist_code ist_figure_draw(const char *name, const char *directory, bool *drawn, ist_status *s) {
  char prefix[32];
  picture svg = {0}, pdf = {0};
  snprintf(prefix, sizeof prefix, ".%ld-", (long)getpid());
  ist_code code = name_picture(&svg, directory, prefix, name, "svg", s);
  if (code == IST_OK)
    code = name_picture(&pdf, directory, prefix, name, "pdf", s);
  if (code == IST_OK)
    code = draw(&svg, &pdf, name, directory, prefix, drawn, s);
  if (code != IST_OK && svg.drawn != NULL)
    unlink(svg.drawn);
  if (code != IST_OK && pdf.drawn != NULL)
    unlink(pdf.drawn);
  free(svg.drawn);
  free(svg.target);
  free(pdf.drawn);
  free(pdf.target);
  return code;
}
