//! From the parser's tree to a [`Rule`]: every name known, every type that can be told checked, nothing left to look up.

mod call;
mod each;
mod sign;

use super::parse::Tree;
use super::rule::{Kind, Known, Node, Rule};
use super::types::Type;
use super::value::Value;
use super::{MAX_NODES, Refused};
use cel::IdedExpr;
use cel::common::ast::{EntryExpr, Expr, ListExpr, LiteralValue, MapExpr, SelectExpr};

/// The highest tree: evaluating recurses so deep. Chains such as `a + b + c` are as high as they are long; those of `&&`
/// and `||` are balanced.
const MAX_HEIGHT: usize = 64;

const VARIABLES: &str = "Rules know user.userId, user.role, blob.uploaderId and blob.metadata.";

/// A checked part, and what it is.
type Typed = (Node, Type);

/// Checks the whole, which has to be true or false.
pub(super) fn lower(source: &str, tree: &Tree) -> Result<Rule, Refused> {
    let mut lower = Lower { source, tree, item: None, nodes: 0, height: 0 };
    let root = lower.truth(&tree.root, "A rule")?;
    Ok(Rule { root })
}

struct Lower<'a> {
    source: &'a str,
    tree: &'a Tree,
    /// The name and kind of what the macro around goes through.
    item: Option<(String, Type)>,
    nodes: usize,
    height: usize,
}

impl Lower<'_> {
    /// One part with all in it.
    fn node(&mut self, expr: &IdedExpr) -> Result<Typed, Refused> {
        let at = self.at(expr);
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let reason = format!("the rule has more than {MAX_NODES} names, values and operators");
            return Err(Refused::new(at, reason, "Make it shorter."));
        }
        if self.height == MAX_HEIGHT {
            let reason = format!("more than {MAX_HEIGHT} operations depend on each other here");
            return Err(Refused::new(at, reason, "Make it shorter, or use a list."));
        }
        self.height += 1;
        let lowered = match &expr.expr {
            Expr::Literal(literal) => constant(literal, at),
            Expr::Ident(name) => self.name(name, at),
            Expr::Select(select) => self.select(select, at),
            Expr::List(list) => self.list(list, at),
            Expr::Map(map) => self.map(map, at),
            Expr::Call(call) => self.call(call, at),
            Expr::Struct(_) => {
                let reason = "rules know no messages";
                Err(Refused::new(at, reason, "Write a map, with its keys in quotes."))
            }
            Expr::Comprehension(_) | Expr::Unspecified => {
                Err(Refused::new(at, "this cannot be read", "Write it in another way."))
            }
        };
        self.height -= 1;
        lowered
    }

    /// A part that has to be true or false, for whom it has to be that.
    fn truth(&mut self, expr: &IdedExpr, whose: &str) -> Result<Node, Refused> {
        let (node, kind) = self.node(expr)?;
        if kind.fits(&Type::Bool) {
            return Ok(node);
        }
        let reason = format!("this is {}", kind.words());
        Err(Refused::new(node.at, reason, format!("{whose} needs something that is true or false.")))
    }

    /// The byte where a part stands. Of calls and fields that is the parenthesis or the dot.
    fn at(&self, expr: &IdedExpr) -> usize {
        self.tree.places.offset_for(expr.id).map_or(0, |(start, _)| start as usize)
    }

    /// The byte where the name before a parenthesis begins.
    fn name_before(&self, at: usize, name: &str) -> usize {
        let before = self.source.get(..at).unwrap_or_default().trim_end();
        if before.ends_with(name) { before.len() - name.len() } else { at }
    }

    /// The byte where the name after a dot begins.
    fn name_after(&self, at: usize) -> usize {
        let after = self.source.get(at + 1..).unwrap_or_default();
        at + 1 + after.len() - after.trim_start().len()
    }

    fn name(&self, name: &str, at: usize) -> Result<Typed, Refused> {
        if let Some((item, kind)) = &self.item
            && item == name
        {
            return Ok((Node { at, kind: Kind::Item }, kind.clone()));
        }
        let reason = match name {
            "user" | "blob" => format!("“{name}” does not stand alone"),
            _ => format!("there is no “{name}”"),
        };
        Err(Refused::new(at, reason, VARIABLES))
    }

    fn select(&mut self, select: &SelectExpr, dot: usize) -> Result<Typed, Refused> {
        let at = self.name_after(dot);
        if let Some(known) = known(select) {
            let (known, kind) = known
                .ok_or_else(|| Refused::new(at, format!("there is no “{}” here", select.field), VARIABLES))?;
            return Ok((Node { at, kind: Kind::Known(known) }, kind));
        }
        let (of, kind) = self.fields(&select.operand, at, &select.field)?;
        Ok((Node { at, kind: Kind::Field(Box::new(of), select.field.as_str().into()) }, kind))
    }

    /// What a field is asked of, and what its fields are.
    fn fields(&mut self, operand: &IdedExpr, at: usize, field: &str) -> Result<Typed, Refused> {
        let (of, kind) = self.node(operand)?;
        match kind {
            Type::Map(values) => Ok((of, *values)),
            Type::Any => Ok((of, Type::Any)),
            other => {
                let reason = format!("{} has no “{field}”", other.words());
                Err(Refused::new(at, reason, "Only maps and the metadata have fields."))
            }
        }
    }

    /// `has(a.b)`
    fn has(&mut self, argument: &IdedExpr, at: usize) -> Result<Typed, Refused> {
        const ADVICE: &str = "Write has(blob.metadata.name).";
        let Expr::Select(select) = &argument.expr else {
            return Err(Refused::new(self.at(argument), "“has” asks for a field", ADVICE));
        };
        let dot = self.at(argument);
        let place = self.name_after(dot);
        match known(select) {
            Some(Some(_)) => return Err(Refused::new(place, "this is always there", ADVICE)),
            Some(None) => return self.select(select, dot),
            None => {}
        }
        let (of, _) = self.fields(&select.operand, place, &select.field)?;
        Ok((Node { at, kind: Kind::Has(Box::new(of), select.field.as_str().into()) }, Type::Bool))
    }

    fn list(&mut self, list: &ListExpr, at: usize) -> Result<Typed, Refused> {
        let (mut items, mut kind) = (Vec::new(), None);
        for element in &list.elements {
            let (item, is) = self.node(element)?;
            items.push(item);
            kind = Some(kind.map_or(is.clone(), |kind: Type| kind.or(is)));
        }
        Ok((Node { at, kind: Kind::List(items) }, Type::List(Box::new(kind.unwrap_or(Type::Any)))))
    }

    fn map(&mut self, map: &MapExpr, at: usize) -> Result<Typed, Refused> {
        let (mut entries, mut kind) = (Vec::new(), None);
        for entry in &map.entries {
            let EntryExpr::MapEntry(entry) = &entry.expr else {
                return Err(Refused::new(at, "this cannot be read", "Write a map, with its keys in quotes."));
            };
            let (key, is) = self.node(&entry.key)?;
            if !is.fits(&Type::Text) {
                let reason = format!("the key of a map is a text, and this is {}", is.words());
                return Err(Refused::new(key.at, reason, "Put the key into quotes."));
            }
            let (value, is) = self.node(&entry.value)?;
            entries.push([key, value]);
            kind = Some(kind.map_or(is.clone(), |kind: Type| kind.or(is)));
        }
        Ok((Node { at, kind: Kind::Map(entries) }, Type::Map(Box::new(kind.unwrap_or(Type::Any)))))
    }
}

/// What `user.…` and `blob.…` stand for: `None` if it is neither, `Some(None)` if there is no such thing.
fn known(select: &SelectExpr) -> Option<Option<(Known, Type)>> {
    let Expr::Ident(of) = &select.operand.expr else { return None };
    match (of.as_str(), select.field.as_str()) {
        ("user", "userId") => Some(Some((Known::UserId, Type::Text))),
        ("user", "role") => Some(Some((Known::Role, Type::Text))),
        ("blob", "uploaderId") => Some(Some((Known::UploaderId, Type::Text))),
        ("blob", "metadata") => Some(Some((Known::Metadata, Type::map_of_any()))),
        ("user" | "blob", _) => Some(None),
        _ => None,
    }
}

fn constant(literal: &LiteralValue, at: usize) -> Result<Typed, Refused> {
    let (value, kind) = match literal {
        LiteralValue::Null => (Value::Null, Type::Null),
        LiteralValue::Boolean(value) => (Value::Bool(*value.inner()), Type::Bool),
        LiteralValue::Int(value) => (Value::Int(*value.inner()), Type::Int),
        LiteralValue::Double(value) => (Value::Double(*value.inner()), Type::Double),
        LiteralValue::String(value) => (Value::text(value.inner()), Type::Text),
        LiteralValue::UInt(_) => {
            return Err(Refused::new(at, "rules have no unsigned numbers", "Write it without the u."));
        }
        LiteralValue::Bytes(_) => {
            return Err(Refused::new(
                at,
                "rules have no bytes",
                "Write a text, without the b before its quotes.",
            ));
        }
    };
    Ok((Node { at, kind: Kind::Constant(value) }, kind))
}
