//! The macros of a rule, which go through a list or the keys of a map.

use super::{Lower, Typed};
use crate::rules::cel::Refused;
use crate::rules::cel::rule::{Kind, Macro, Node};
use crate::rules::cel::types::Type;
use cel::IdedExpr;
use cel::common::ast::{Expr, operators};

/// The macro of that name.
pub(super) fn named(name: &str) -> Option<Macro> {
    match name {
        operators::ALL => Some(Macro::All),
        operators::EXISTS => Some(Macro::Exists),
        operators::EXISTS_ONE => Some(Macro::ExistsOne),
        operators::FILTER => Some(Macro::Filter),
        operators::MAP => Some(Macro::Map),
        _ => None,
    }
}

impl Lower<'_> {
    /// A macro: its range, the name of an item, and what is asked of each.
    pub(super) fn each(
        &mut self,
        what: Macro,
        range: &IdedExpr,
        arguments: &[IdedExpr],
        at: usize,
    ) -> Result<Typed, Refused> {
        const ADVICE: &str = "Write list.exists(item, item == 'a'), and so on.";
        let (range, kind) = self.node(range)?;
        let item = match kind {
            Type::List(items) => *items,
            Type::Map(_) => Type::Text,
            Type::Any => Type::Any,
            other => {
                let reason = format!("{} cannot be gone through", other.words());
                return Err(Refused::new(range.at, reason, "Write it after a list or a map."));
            }
        };
        let most = if what == Macro::Map { 3 } else { 2 };
        let [name, body @ ..] = arguments else {
            return Err(Refused::new(at, "a name and what to ask of it are missing", ADVICE));
        };
        if body.is_empty() || arguments.len() > most {
            return Err(Refused::new(at, "this is called in another way", ADVICE));
        }
        let Expr::Ident(name) = &name.expr else {
            return Err(Refused::new(self.at(name), "a name for the items stands here", ADVICE));
        };
        if name.starts_with('.') || name == "user" || name == "blob" {
            return Err(Refused::new(at, format!("“{name}” cannot be the name of the items"), ADVICE));
        }
        if self.item.is_some() {
            let reason = "lists are gone through within another list here";
            return Err(Refused::new(at, reason, "Rules do that one at a time."));
        }
        self.item = Some((name.clone(), item.clone()));
        let parts = self.body(what, body);
        self.item = None;
        let (parts, last) = parts?;
        let kind = match what {
            Macro::All | Macro::Exists | Macro::ExistsOne => Type::Bool,
            Macro::Filter => Type::List(Box::new(item)),
            Macro::Map => Type::List(Box::new(last)),
        };
        Ok((Node { at, kind: Kind::Each(what, Box::new(range), parts) }, kind))
    }

    /// The parts of a macro, and what the last of them is.
    fn body(&mut self, what: Macro, body: &[IdedExpr]) -> Result<(Vec<Node>, Type), Refused> {
        let (mut parts, mut last) = (Vec::new(), Type::Bool);
        for (place, part) in body.iter().enumerate() {
            if what == Macro::Map && place + 1 == body.len() {
                let (node, kind) = self.node(part)?;
                parts.push(node);
                last = kind;
            } else {
                parts.push(self.truth(part, "What is asked of an item")?);
            }
        }
        Ok((parts, last))
    }
}
