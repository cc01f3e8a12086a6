//! CEL's operators on values.

use super::steps::{Halt, Steps, TEXT, fault};
use crate::rules::cel::rule::Operator;
use crate::rules::cel::value::{Order, Value, equal, order};
use std::{cmp::Ordering, sync::Arc};

/// `one operator other`, with what CEL makes of it: whole numbers never wrap around, and kinds are not mixed.
pub(super) fn binary(
    operator: Operator,
    one: &Value,
    other: &Value,
    at: usize,
    steps: &mut Steps,
) -> Result<Value, Halt> {
    use Operator::{Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, NotEqual};
    let truth = match operator {
        Equal => equal(one, other, steps)?,
        NotEqual => !equal(one, other, steps)?,
        Less | LessOrEqual | Greater | GreaterOrEqual => match order(one, other, steps)? {
            Order::Is(order) => holds(operator, order),
            Order::Neither => false,
            Order::Senseless => return Err(mixed(operator, one, other, at)),
        },
        In => match other {
            Value::List(list) => contains(list, one, steps)?,
            Value::Map(map) => match one {
                Value::Text(key) => {
                    steps.take_for(key.len())?;
                    map.contains_key(key)
                }
                Value::Bool(_) | Value::Int(_) | Value::Double(_) => false,
                _ => return Err(mixed(operator, one, other, at)),
            },
            _ => return Err(mixed(operator, one, other, at)),
        },
        _ => return arithmetic(operator, one, other, at, steps),
    };
    Ok(Value::Bool(truth))
}

fn holds(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}

fn contains(list: &[Value], item: &Value, steps: &mut Steps) -> Result<bool, Halt> {
    for other in list {
        if equal(other, item, steps)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn arithmetic(
    operator: Operator,
    one: &Value,
    other: &Value,
    at: usize,
    steps: &mut Steps,
) -> Result<Value, Halt> {
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => whole(operator, *one, *other, at),
        (Value::Double(one), Value::Double(other)) => match operator {
            Operator::Add => Some(one + other),
            Operator::Subtract => Some(one - other),
            Operator::Multiply => Some(one * other),
            Operator::Divide => Some(one / other),
            _ => None,
        }
        .map(Value::Double)
        .ok_or_else(|| mixed(operator, &Value::Double(*one), &Value::Double(*other), at)),
        (Value::Text(one), Value::Text(other)) if operator == Operator::Add => {
            let length = one.len() + other.len();
            if length > TEXT {
                return Err(Halt::Spent("the rule makes too long a text"));
            }
            steps.take_for(length)?;
            Ok(Value::Text(format!("{one}{other}").into()))
        }
        (Value::List(one), Value::List(other)) if operator == Operator::Add => {
            steps.take(one.len() + other.len())?;
            Ok(Value::List(Arc::new(one.iter().chain(other.iter()).cloned().collect())))
        }
        _ => Err(mixed(operator, one, other, at)),
    }
}

fn whole(operator: Operator, one: i64, other: i64, at: usize) -> Result<Value, Halt> {
    let result = match operator {
        Operator::Add => one.checked_add(other),
        Operator::Subtract => one.checked_sub(other),
        Operator::Multiply => one.checked_mul(other),
        _ if other == 0 => return Err(fault(at, "this divides by zero")),
        Operator::Divide => one.checked_div(other),
        _ => one.checked_rem(other),
    };
    result.map(Value::Int).ok_or_else(|| fault(at, "the number is too large"))
}

/// `-value`
pub(super) fn minus(value: Value, at: usize) -> Result<Value, Halt> {
    match value {
        Value::Double(number) => Ok(Value::Double(-number)),
        Value::Int(number) => {
            number.checked_neg().map(Value::Int).ok_or_else(|| fault(at, "the number is too large"))
        }
        other => Err(fault(at, format!("“-” cannot take {}", other.words()))),
    }
}

fn mixed(operator: Operator, one: &Value, other: &Value, at: usize) -> Halt {
    fault(at, format!("“{}” cannot take {} and {}", operator.sign(), one.words(), other.words()))
}
