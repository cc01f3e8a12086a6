//! What a rule computes with, and how two of them compare.

use super::run::{Halt, Steps};
use serde_json::Value as Json;
use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

/// A value. Copies are cheap: what is large is shared.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Arc<str>),
    List(Arc<Vec<Value>>),
    Map(Arc<BTreeMap<Arc<str>, Value>>),
}

impl Value {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(Arc::from(text))
    }

    /// A number is an int if it is whole and fits, as in `3`; `3.0` and `18446744073709551615` are doubles.
    pub(super) fn of(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => {
                number.as_i64().map_or_else(|| Self::Double(number.as_f64().unwrap_or(f64::NAN)), Self::Int)
            }
            Json::String(text) => Self::Text(text.into()),
            Json::Array(items) => Self::List(Arc::new(items.into_iter().map(Self::of).collect())),
            Json::Object(fields) => Self::Map(Arc::new(
                fields.into_iter().map(|(key, value)| (key.into(), Self::of(value))).collect(),
            )),
        }
    }

    /// As messages name it.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Int(_) => "a whole number",
            Self::Double(_) => "a number with a decimal point",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// Whether two values are equal; of two kinds they are not, but for numbers, which go by their place on the line.
pub(super) fn equal(one: &Value, other: &Value, steps: &mut Steps) -> Result<bool, Halt> {
    steps.take(1)?;
    Ok(match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Text(one), Value::Text(other)) => {
            steps.take_for(one.len().min(other.len()))?;
            one == other
        }
        (Value::List(one), Value::List(other)) => {
            if one.len() != other.len() {
                return Ok(false);
            }
            for (one, other) in one.iter().zip(other.iter()) {
                if !equal(one, other, steps)? {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Map(one), Value::Map(other)) => {
            if one.len() != other.len() {
                return Ok(false);
            }
            for ((key, one), (same, other)) in one.iter().zip(other.iter()) {
                steps.take_for(key.len())?;
                if key != same || !equal(one, other, steps)? {
                    return Ok(false);
                }
            }
            true
        }
        _ => numbers(one, other) == Some(Ordering::Equal),
    })
}

/// Which of two numbers or texts comes first; `None` where that makes no sense.
pub(super) fn order(one: &Value, other: &Value, steps: &mut Steps) -> Result<Order, Halt> {
    if let (Value::Text(one), Value::Text(other)) = (one, other) {
        steps.take_for(one.len().min(other.len()))?;
        return Ok(Order::Is(one.cmp(other)));
    }
    let number = |value: &Value| matches!(value, Value::Int(_) | Value::Double(_));
    if !number(one) || !number(other) {
        return Ok(Order::Senseless);
    }
    Ok(numbers(one, other).map_or(Order::Neither, Order::Is))
}

/// How two values stand to each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    Is(Ordering),
    /// One is not a number, as CEL's doubles can be; nothing is less or greater than it.
    Neither,
    /// They are not two numbers, and not two texts.
    Senseless,
}

fn numbers(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => Some(one.cmp(other)),
        (Value::Double(one), Value::Double(other)) => one.partial_cmp(other),
        (Value::Int(one), Value::Double(other)) => whole_to_double(*one, *other),
        (Value::Double(one), Value::Int(other)) => whole_to_double(*other, *one).map(Ordering::reverse),
        _ => None,
    }
}

/// Exact, where converting to double would make 2⁵³ + 1 equal to 2⁵³.
fn whole_to_double(whole: i64, double: f64) -> Option<Ordering> {
    const END: f64 = 9_223_372_036_854_775_808.0;
    if double.is_nan() {
        return None;
    }
    if double >= END {
        return Some(Ordering::Less);
    }
    if double < -END {
        return Some(Ordering::Greater);
    }
    // It is in the range, so its whole part is the same number.
    let order = whole.cmp(&(double.trunc() as i64));
    Some(order.then_with(|| 0.0_f64.partial_cmp(&double.fract()).unwrap_or(Ordering::Equal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_and_doubles_go_by_their_place_on_the_line() {
        use Ordering::{Equal, Greater, Less};
        for (whole, double, order) in [
            (1, 1.0, Some(Equal)),
            (1, 1.5, Some(Less)),
            (-1, -1.5, Some(Greater)),
            (0, -0.0, Some(Equal)),
            (0, 0.1, Some(Less)),
            (0, -0.1, Some(Greater)),
            ((1 << 53) + 1, (1_i64 << 53) as f64, Some(Greater)),
            (i64::MAX, 9_223_372_036_854_775_808.0, Some(Less)),
            (i64::MIN, -9_223_372_036_854_775_808.0, Some(Equal)),
            (i64::MIN, -1e19, Some(Greater)),
            (0, f64::INFINITY, Some(Less)),
            (0, f64::NAN, None),
        ] {
            assert_eq!(whole_to_double(whole, double), order, "{whole} {double}");
        }
    }

    #[test]
    fn json_becomes_values() {
        let json = r#"{"a": [1, 1.0, 18446744073709551615, "x", null, true], "b": {}}"#;
        let value = Value::of(serde_json::from_str(json).unwrap());
        let Value::Map(map) = &value else { panic!("{value:?}") };
        let Some(Value::List(list)) = map.get("a") else { panic!("{value:?}") };
        assert!(matches!(
            list[..],
            [
                Value::Int(1),
                Value::Double(_),
                Value::Double(_),
                Value::Text(_),
                Value::Null,
                Value::Bool(true)
            ]
        ));
        assert!(equal(&value, &value.clone(), &mut Steps::default()).is_ok_and(|equal| equal));
    }
}
