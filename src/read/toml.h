/* TOML as front matter uses it, as the same tree that YAML gives: tables are mappings, arrays sequences, strings, numbers, dates and
 * truths scalars.  A table that is named twice is two mappings with one key. */
#ifndef WL_TOML_H
#define WL_TOML_H

#include "util/yaml.h"

/* The bytes [from, to) of s, UTF-8.  What is no TOML is damage, and its line is passed over; never without a root. */
void toml_parse(struct arena *arena, const char *s, uint32_t from, uint32_t to, struct yaml_tree *out);

#endif
