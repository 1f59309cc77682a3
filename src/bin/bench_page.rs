//! The page that `bench/` measures.

fn main() {}
