//! Numbers by their value, exactly: `1` and `1.0` are one number, `0.3` is a multiple of `0.1`.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// A number by its value.
#[derive(Debug, Clone, Copy)]
enum Exact {
    /// Whole and not huge.
    Whole(i128),
    /// With a fraction, or huge.
    Other(f64),
}

/// From here on floating point numbers are not turned into whole ones; far above what 64 bits hold.
const HUGE: f64 = 1e30;

/// Compares two numbers.
pub(super) fn compare(one: &Number, other: &Number) -> Ordering {
    match (exact(one), exact(other)) {
        (Exact::Whole(a), Exact::Whole(b)) => a.cmp(&b),
        (Exact::Whole(a), Exact::Other(b)) => compare_mixed(a, b),
        (Exact::Other(a), Exact::Whole(b)) => compare_mixed(b, a).reverse(),
        (Exact::Other(a), Exact::Other(b)) => a.total_cmp(&b),
    }
}

/// Says whether a number is whole, however it is written.
pub(super) fn is_whole(number: &Number) -> bool {
    match exact(number) {
        Exact::Whole(_) => true,
        Exact::Other(number) => number.fract() == 0.0,
    }
}

/// Writes a number so that equal numbers are written alike.
pub(super) fn canonical(number: &Number) -> String {
    match exact(number) {
        Exact::Whole(number) => number.to_string(),
        Exact::Other(number) => format!("{number:e}"),
    }
}

/// Says whether a number is a multiple of another one, as both are written in decimals. `None`
/// where the other one is not above zero.
pub(super) fn is_multiple(number: &Number, of: &Number) -> Option<bool> {
    let (digits, exponent) = decimal(number)?;
    let (step, step_exponent) = decimal(of)?;
    if step == 0 || of.as_f64().is_none_or(|of| of < 0.0) {
        return None;
    }
    if digits == 0 {
        return Some(true);
    }
    let shift = exponent - step_exponent;
    if shift >= 0 {
        let mut rest = digits % step;
        for _ in 0..shift {
            rest = rest * 10 % step;
        }
        return Some(rest == 0);
    }
    let scale = 10_u128.checked_pow(shift.unsigned_abs());
    let step = scale.and_then(|scale| step.checked_mul(scale));
    // A step beyond 128 bits is larger than any number of 64 bits of digits.
    Some(step.is_some_and(|step| digits % step == 0))
}

/// Reads a whole number from zero, such as `3` or `3.0`.
pub(super) fn count(value: &Value) -> Option<usize> {
    let number = value.as_number()?;
    let is_count = is_whole(number) && compare(number, &Number::from(0)).is_ge();
    // What does not fit is larger than anything there is.
    is_count.then(|| canonical(number).parse().unwrap_or(usize::MAX))
}

/// The digits of a number without its sign, and the power of ten they stand for.
fn decimal(number: &Number) -> Option<(u128, i32)> {
    let text = number.to_string();
    let text = text.trim_start_matches('-');
    let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    let places = i32::try_from(fraction.len()).ok()?;
    Some((digits, power.parse::<i32>().ok()? - places))
}

fn exact(number: &Number) -> Exact {
    if let Some(number) = number.as_i64() {
        return Exact::Whole(number.into());
    }
    if let Some(number) = number.as_u64() {
        return Exact::Whole(number.into());
    }
    let number = number.as_f64().unwrap_or(f64::MAX);
    if number.fract() == 0.0 && number.abs() < HUGE {
        return Exact::Whole(whole(number));
    }
    Exact::Other(number)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "only for what is whole or rounded, and far below 128 bits"
)]
fn whole(number: f64) -> i128 {
    number as i128
}

fn compare_mixed(number: i128, other: f64) -> Ordering {
    if other >= HUGE {
        return Ordering::Less;
    }
    if other <= -HUGE {
        return Ordering::Greater;
    }
    // `other` has a fraction, so the two are never equal.
    if number <= whole(other.floor()) {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use serde_json::{Number, Value, json};

    use super::{canonical, compare, count, is_multiple, is_whole};

    fn number(text: &str) -> Number {
        let Value::Number(number) = serde_json::from_str(text).unwrap() else {
            panic!("{text} is no number");
        };
        number
    }

    #[test]
    fn compares_by_value() {
        let check = |one: &str, other: &str, ordering| {
            let (one, other) = (number(one), number(other));
            assert_eq!(compare(&one, &other), ordering, "{one} {other}");
            assert_eq!(compare(&other, &one), ordering.reverse(), "{other} {one}");
        };
        check("1", "1.0", Ordering::Equal);
        check("-0", "0", Ordering::Equal);
        check("1", "1.5", Ordering::Less);
        check("-1", "-1.5", Ordering::Greater);
        check("1.25", "1.5", Ordering::Less);
        check("18446744073709551615", "1e300", Ordering::Less);
        check("-5", "-1e300", Ordering::Greater);
        check("9007199254740993", "9007199254740992.0", Ordering::Greater);
    }

    #[test]
    fn writes_equal_numbers_alike() {
        assert_eq!(canonical(&number("100")), canonical(&number("1e2")));
        assert_ne!(canonical(&number("1.5")), canonical(&number("1")));
    }

    #[test]
    fn knows_whole_numbers() {
        for (text, expected) in [("1", true), ("1.0", true), ("1e300", true), ("1.5", false)] {
            assert_eq!(is_whole(&number(text)), expected, "{text}");
        }
    }

    #[test]
    fn reads_counts() {
        let check = |value: Value, expected| assert_eq!(count(&value), expected, "{value}");
        check(json!(3), Some(3));
        check(json!(3.0), Some(3));
        check(json!(1e300), Some(usize::MAX));
        check(json!(-1), None);
        check(json!(1.5), None);
        check(json!("3"), None);
    }

    #[test]
    fn multiplies_in_decimals() {
        let check = |text: &str, of: &str, expected| {
            let found = is_multiple(&number(text), &number(of));
            assert_eq!(found, expected, "{text} {of}");
        };
        check("0.3", "0.1", Some(true));
        check("19.99", "0.01", Some(true));
        check("0.35", "0.1", Some(false));
        check("-9", "3", Some(true));
        check("10", "3", Some(false));
        check("0", "7", Some(true));
        check("1e300", "3", Some(false));
        check("1e300", "1e299", Some(true));
        check("5", "1e300", Some(false));
        check("1e-300", "1e300", Some(false));
        check("1e300", "1e-300", Some(true));
        check("1", "0", None);
        check("1", "-1", None);
    }
}
