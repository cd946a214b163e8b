"""Vietnamese text: one set of tables, and the pure functions that compare and cut text by them."""
