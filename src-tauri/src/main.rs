//! Desktop face.
fn main() {}
