//! A checked rule: a tree of our own in which every name is known, so that evaluating it looks nothing up.

use super::value::Value;
use std::sync::Arc;

/// A rule that may be evaluated.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) root: Node,
}

/// One part of a rule, and the byte of the source where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Constant(Value),
    Known(Known),
    /// What the macro around is looking at.
    Item,
    Not(Box<Node>),
    Minus(Box<Node>),
    And(Box<[Node; 2]>),
    Or(Box<[Node; 2]>),
    /// `a ? b : c`
    Choose(Box<[Node; 3]>),
    Binary(Operator, Box<[Node; 2]>),
    /// `a.b`
    Field(Box<Node>, Arc<str>),
    /// `has(a.b)`
    Has(Box<Node>, Arc<str>),
    /// `a[b]`
    Element(Box<[Node; 2]>),
    List(Vec<Node>),
    Map(Vec<[Node; 2]>),
    /// The range, and what is asked of each item in it.
    Each(Macro, Box<Node>, Vec<Node>),
    Call(Function, Vec<Node>),
}

/// What a rule can see of the asker and the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    UserId,
    Role,
    UploaderId,
    Metadata,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    In,
}

impl Operator {
    /// As it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::In => "in",
        }
    }
}

/// What goes through a list, or the keys of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Macro {
    All,
    Exists,
    ExistsOne,
    Filter,
    /// With two parts the first says which items.
    Map,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    IsMemberOf,
    HasRole,
    Size,
    StartsWith,
    EndsWith,
    Contains,
}
