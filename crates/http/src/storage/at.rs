//! Where a request goes. What is no text after decoding leads nowhere.

use super::answer::Failure;

crate::door::at::at!(Failure, Failure::not_found());
