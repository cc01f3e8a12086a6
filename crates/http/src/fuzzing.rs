//! The way of the fuzz targets to the parsers of headers. Nothing else uses it.

pub use crate::guard::{Hosts, host};
pub use crate::links::conditions::Validators;
pub use crate::links::disposition::of as disposition;
pub use crate::links::range::{Part, parse as range};
