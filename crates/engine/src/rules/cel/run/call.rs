//! Evaluates functions.

use super::steps::Halt;
use super::{Got, Run, fault};
use crate::model::Group;
use crate::rules::cel::rule::{Function, Node};
use crate::rules::cel::value::Value;

impl Run<'_> {
    pub(super) fn call(&mut self, function: Function, arguments: &[Node], at: usize) -> Got {
        let values: Result<Vec<Value>, Halt> = arguments.iter().map(|node| self.value(node)).collect();
        let result = match (function, &values?[..]) {
            (Function::HasRole, [Value::Text(role)]) => {
                Value::Bool(!role.is_empty() && **role == *self.asker.role)
            }
            (Function::IsMemberOf, [Value::Text(kind), Value::Text(id)]) => {
                self.steps.take(self.asker.groups.len())?;
                let member = |group: &Group| *group.kind == **kind && *group.id == **id;
                Value::Bool(self.asker.groups.iter().any(member))
            }
            (Function::Size, [Value::Text(text)]) => {
                self.steps.take_for(text.len())?;
                size(text.chars().count())
            }
            (Function::Size, [Value::List(list)]) => size(list.len()),
            (Function::Size, [Value::Map(map)]) => size(map.len()),
            (Function::StartsWith, [Value::Text(text), Value::Text(part)]) => {
                self.steps.take_for(part.len())?;
                Value::Bool(text.starts_with(&**part))
            }
            (Function::EndsWith, [Value::Text(text), Value::Text(part)]) => {
                self.steps.take_for(part.len())?;
                Value::Bool(text.ends_with(&**part))
            }
            (Function::Contains, [Value::Text(text), Value::Text(part)]) => {
                self.steps.take_for(text.len() + part.len())?;
                Value::Bool(text.contains(&**part))
            }
            (_, values) => {
                let given: Vec<&str> = values.iter().map(Value::words).collect();
                return Err(fault(at, format!("this function cannot take {}", given.join(" and "))));
            }
        };
        Ok(result)
    }
}

fn size(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}
