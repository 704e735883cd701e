/** Files that the program writes while a test looks on. */
#ifndef IST_TEST_FILES_H
#define IST_TEST_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Everything in an open file, from its beginning, to be freed; closes the file. Ends the test if
 *  it cannot be read. */
char *file_contents(FILE *file);

/** As file_contents, of the file at path. */
char *file_text(const char *path);

/** The bytes of the file at path, to be freed by the caller; returns how many. */
size_t file_bytes(const char *path, char **bytes);

/** Writes size bytes into the file at path. */
void file_write(const char *path, const char *bytes, size_t size);

/** Expects both files to hold the same text. */
void file_expect_same(const char *one, const char *two);

/** Waits until the file holds at least size bytes; false after a minute. */
bool file_reaches(const char *path, long size);

/** Number of the last row of a trace; asserts that every row is whole and the next of its
 *  predecessor. */
size_t file_last_row(const char *trace);

#endif
