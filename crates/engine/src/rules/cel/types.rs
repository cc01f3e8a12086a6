//! What the parts of a rule can be, as far as that can be told without evaluating it.

/// The kind of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Bool,
    Int,
    Double,
    Text,
    Null,
    List(Box<Type>),
    /// Of values by text.
    Map(Box<Type>),
    /// Only the evaluation tells; so is all that lies in the metadata.
    Any,
}

impl Type {
    pub(super) fn list_of_any() -> Self {
        Self::List(Box::new(Self::Any))
    }

    pub(super) fn map_of_any() -> Self {
        Self::Map(Box::new(Self::Any))
    }

    /// As messages name it.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Int => "a whole number",
            Self::Double => "a number with a decimal point",
            Self::Text => "a text",
            Self::Null => "null",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Any => "a value of the metadata",
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Double)
    }

    /// Whether a value of this can be where one of `wanted` is needed.
    pub(super) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Any, _) | (_, Self::Any) => true,
            (Self::List(one), Self::List(other)) | (Self::Map(one), Self::Map(other)) => one.fits(other),
            _ => self == wanted,
        }
    }

    /// Whether it makes sense to ask if the two are equal. Null may be compared with everything, whole numbers with others.
    pub(super) fn compares_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any | Self::Null, _) | (_, Self::Any | Self::Null) => true,
            (Self::List(_), Self::List(_)) | (Self::Map(_), Self::Map(_)) => true,
            _ => self == other || (self.is_number() && other.is_number()),
        }
    }

    /// What a value is that is either of the two.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::List(one), Self::List(other)) => Self::List(Box::new(one.or(*other))),
            (Self::Map(one), Self::Map(other)) => Self::Map(Box::new(one.or(*other))),
            (one, other) if one == other => one,
            _ => Self::Any,
        }
    }
}
