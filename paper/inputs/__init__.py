"""Each module adds to the paper's values (by key) and tables (by file name) what it knows:
add(root, out, values, tables)."""
