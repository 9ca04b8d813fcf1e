//! Every text a person reads, in both languages, checked by the compiler.
