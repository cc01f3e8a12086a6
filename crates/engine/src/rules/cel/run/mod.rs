//! Evaluates a rule, and stops when it takes too much.

mod call;
mod each;
mod operate;
mod steps;

pub use steps::Budget;
pub(super) use steps::{Halt, Steps, Stop};

use super::rule::{Kind, Known, Node, Rule};
use super::value::Value;
use crate::rules::policy::{Asker, Subject};
use operate::{binary, minus};
use std::{collections::BTreeMap, sync::Arc};
use steps::fault;

/// The most metadata that a rule looks into, in bytes. What objects may have is less.
const METADATA: usize = 64 << 10;

/// Whether the rule holds.
pub(super) fn run(
    rule: &Rule,
    asker: &Asker<'_>,
    subject: &Subject<'_>,
    budget: &Budget,
) -> Result<bool, Stop> {
    let mut run = Run { asker, subject, steps: budget.next(), item: None, metadata: None };
    let truth = run.truth(&rule.root);
    budget.note(&run.steps, truth.as_ref().err());
    truth.map_err(|halt| match halt {
        Halt::Fault(stop) => stop,
        Halt::Spent(what) => Stop { at: 0, what: what.to_owned() },
    })
}

struct Run<'a> {
    asker: &'a Asker<'a>,
    subject: &'a Subject<'a>,
    steps: Steps,
    /// What the macro around is looking at; there is at most one around.
    item: Option<Value>,
    /// Read at the first use.
    metadata: Option<Value>,
}

type Got<T = Value> = Result<T, Halt>;

impl Run<'_> {
    /// Recurses no deeper than `lower` let the tree become.
    fn value(&mut self, node: &Node) -> Got {
        self.steps.take(1)?;
        match &node.kind {
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Known(known) => self.known(*known, node.at),
            Kind::Item => Ok(self.item.clone().unwrap_or(Value::Null)),
            Kind::Not(inner) => Ok(Value::Bool(!self.truth(inner)?)),
            Kind::Minus(inner) => minus(self.value(inner)?, node.at),
            Kind::And(sides) => self.either(sides, false),
            Kind::Or(sides) => self.either(sides, true),
            Kind::Choose(parts) => {
                let [condition, yes, no] = &**parts;
                if self.truth(condition)? { self.value(yes) } else { self.value(no) }
            }
            Kind::Binary(operator, sides) => {
                let (one, other) = (self.value(&sides[0])?, self.value(&sides[1])?);
                binary(*operator, &one, &other, node.at, &mut self.steps)
            }
            Kind::Field(of, key) => self.field(of, key, node.at),
            Kind::Has(of, key) => self.has(of, key, node.at),
            Kind::Element(sides) => self.element(sides, node.at),
            Kind::List(items) => {
                let items: Result<Vec<Value>, Halt> = items.iter().map(|item| self.value(item)).collect();
                Ok(Value::List(Arc::new(items?)))
            }
            Kind::Map(entries) => self.map(entries),
            Kind::Each(what, range, body) => self.each(*what, range, body),
            Kind::Call(function, arguments) => self.call(*function, arguments, node.at),
        }
    }

    fn truth(&mut self, node: &Node) -> Got<bool> {
        match self.value(node)? {
            Value::Bool(truth) => Ok(truth),
            other => Err(fault(node.at, format!("this is {}, and true or false is needed", other.words()))),
        }
    }

    /// `||` if `decides` is true, `&&` if not: one side that decides is enough, even if the other is a fault.
    fn either(&mut self, sides: &[Node; 2], decides: bool) -> Got {
        let one = self.truth(&sides[0]);
        match one {
            Ok(truth) if truth == decides => return Ok(Value::Bool(decides)),
            Err(Halt::Spent(what)) => return Err(Halt::Spent(what)),
            _ => {}
        }
        let other = self.truth(&sides[1])?;
        if other == decides { Ok(Value::Bool(decides)) } else { one.map(Value::Bool) }
    }

    fn known(&mut self, known: Known, at: usize) -> Got {
        match known {
            Known::UserId => Ok(Value::text(self.asker.user_id)),
            Known::Role => Ok(Value::text(self.asker.role)),
            Known::UploaderId => Ok(Value::text(self.subject.uploader_id)),
            Known::Metadata => {
                if self.metadata.is_none() {
                    self.steps.take_for(self.subject.metadata.len())?;
                    self.metadata = Some(metadata(self.subject.metadata, at)?);
                }
                Ok(self.metadata.clone().unwrap_or(Value::Null))
            }
        }
    }

    fn field(&mut self, of: &Node, key: &Arc<str>, at: usize) -> Got {
        match self.value(of)? {
            Value::Map(map) => {
                self.steps.take_for(key.len())?;
                map.get(key).cloned().ok_or_else(|| missing(key, at))
            }
            other => Err(fault(at, format!("{} has no “{key}”", other.words()))),
        }
    }

    fn has(&mut self, of: &Node, key: &Arc<str>, at: usize) -> Got {
        match self.value(of)? {
            Value::Map(map) => Ok(Value::Bool(map.contains_key(key))),
            other => Err(fault(at, format!("{} has no fields", other.words()))),
        }
    }

    fn element(&mut self, sides: &[Node; 2], at: usize) -> Got {
        match (self.value(&sides[0])?, self.value(&sides[1])?) {
            (Value::Map(map), Value::Text(key)) => {
                self.steps.take_for(key.len())?;
                map.get(&key).cloned().ok_or_else(|| missing(&key, at))
            }
            (Value::List(list), Value::Int(place)) => {
                let item = usize::try_from(place).ok().and_then(|place| list.get(place)).cloned();
                item.ok_or_else(|| fault(at, format!("the list has {} items, none at {place}", list.len())))
            }
            (of, by) => Err(fault(at, format!("{} has nothing at {}", of.words(), by.words()))),
        }
    }

    fn map(&mut self, entries: &[[Node; 2]]) -> Got {
        let mut map = BTreeMap::new();
        for [key, value] in entries {
            let Value::Text(name) = self.value(key)? else {
                return Err(fault(key.at, "a key of a map must be a text"));
            };
            self.steps.take_for(name.len())?;
            if map.insert(name, self.value(value)?).is_some() {
                return Err(fault(key.at, "this key stands twice in the map"));
            }
        }
        Ok(Value::Map(Arc::new(map)))
    }
}

fn missing(key: &str, at: usize) -> Halt {
    fault(at, format!("there is no “{key}”"))
}

fn metadata(text: &str, at: usize) -> Got {
    if text.len() > METADATA {
        return Err(Halt::Spent("the object's metadata is too long for a rule"));
    }
    if text.is_empty() {
        return Ok(Value::Map(Arc::default()));
    }
    match serde_json::from_str(text) {
        Ok(json @ serde_json::Value::Object(_)) => Ok(Value::of(json)),
        _ => Err(fault(at, "the object's metadata is not a JSON object that a rule can read")),
    }
}
