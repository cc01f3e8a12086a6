//! Shared harness of the acceptance suites.
