"""Truth of pySigma's parsed conditions on flat events: text compared whole and without case unless cased."""

import ipaddress
import re
from datetime import datetime, timezone

from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
from sigma.types import (
    CompareOperators,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SpecialChars,
)


def plain(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def values_of(event, field):
    value = event.get(field)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def holds(node, event):
    if node is None:
        return False
    if isinstance(node, ConditionAND):
        return all(holds(each, event) for each in node.args)
    if isinstance(node, ConditionOR):
        return any(holds(each, event) for each in node.args)
    if isinstance(node, ConditionNOT):
        return not holds(node.args[0], event)
    if isinstance(node, ConditionFieldEqualsValueExpression):
        return field_holds(node.field, node.value, event)
    if isinstance(node, ConditionValueExpression):
        return keyword_holds(node.value, event)
    raise TypeError(f"no meaning for {type(node).__name__}")


def pattern(value, open_ends=False):
    """The compiled pattern stays with its value: compiling costs more than all events of a rule."""
    known = value.__dict__.get("_oracle_pattern")
    if known is None:
        known = value.__dict__["_oracle_pattern"] = compiled(value, open_ends)
    return known


def compiled(value, open_ends):
    parts = [".*"] if open_ends else []
    for part in value.s:
        if part == SpecialChars.WILDCARD_MULTI:
            parts.append(".*")
        elif part == SpecialChars.WILDCARD_SINGLE:
            parts.append(".")
        else:
            parts.append(re.escape(part))
    if open_ends:
        parts.append(".*")
    flags = re.DOTALL if isinstance(value, SigmaCasedString) else re.DOTALL | re.IGNORECASE
    return re.compile("".join(parts), flags)


def regex(value):
    flags = 0
    for flag in value.flags:
        flags |= value.sigma_to_python_flags[flag]
    return re.compile(str(value.regexp), flags)


def field_holds(field, value, event):
    if isinstance(value, SigmaExpansion):
        return any(field_holds(field, each, event) for each in value.values)
    if isinstance(value, SigmaNull):
        return not values_of(event, field)
    if isinstance(value, SigmaExists):
        return (event.get(field) is not None) == bool(value)
    return any(value_holds(value, each, event) for each in values_of(event, field))


COMPARE = {
    CompareOperators.LT: lambda a, b: a < b,
    CompareOperators.LTE: lambda a, b: a <= b,
    CompareOperators.GT: lambda a, b: a > b,
    CompareOperators.GTE: lambda a, b: a >= b,
}


def value_holds(value, found, event):
    text = plain(found)
    if isinstance(value, SigmaString):
        return pattern(value).fullmatch(text) is not None
    if isinstance(value, SigmaTimestampPart):
        return date_part(value.timestamp_part.name, text) == value.number
    if isinstance(value, SigmaNumber):
        return str(value).lower() == text.lower()
    if isinstance(value, SigmaBool):
        return same(plain(value.boolean), text)
    if isinstance(value, SigmaRegularExpression):
        return regex(value).search(text) is not None
    if isinstance(value, SigmaCIDRExpression):
        try:
            return ipaddress.ip_address(text) in value.network
        except ValueError:
            return False
    if isinstance(value, SigmaCompareExpression):
        part = getattr(value.number, "timestamp_part", None)
        if part is not None:
            number = date_part(part.name, text)
            return number is not None and COMPARE[value.op](number, value.number.number)
        try:
            return not isinstance(found, bool) and COMPARE[value.op](float(text), value.number.number)
        except ValueError:
            return False
    if isinstance(value, SigmaFieldReference):
        return any(refers(value, text, plain(other)) for other in values_of(event, value.field))
    raise TypeError(f"no meaning for {type(value).__name__}")


def same(pattern_text, text, before="", after=""):
    """Compared without case as the patterns above are."""
    return re.fullmatch(before + re.escape(pattern_text) + after, text, re.DOTALL | re.IGNORECASE) is not None


def refers(value, text, other):
    is_part = value.starts_with and value.ends_with
    before = ".*" if value.ends_with or is_part else ""
    return same(other, text, before, ".*" if value.starts_with or is_part else "")


def date_part(part, text):
    try:
        date = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    except ValueError:
        if not re.fullmatch(r"\d{9,10}", text):
            return None
        date = datetime.fromtimestamp(int(text), timezone.utc)
    return date.isocalendar()[1] if part == "WEEK" else getattr(date, part.lower())


def keyword_holds(value, event):
    texts = [plain(each) for field in event for each in values_of(event, field)]
    if isinstance(value, SigmaExpansion):
        return any(keyword_holds(each, event) for each in value.values)
    if isinstance(value, SigmaRegularExpression):
        return any(regex(value).search(text) for text in texts)
    if isinstance(value, SigmaString):
        return any(pattern(value, True).fullmatch(text) for text in texts)
    return any(plain(value).lower() in text.lower() for text in texts)


def shape(conditions):
    """The tree without its values: ["or", ...] holds distinct items only, as a list of values is an OR of them."""
    return joined("or", [node_shape(each) for each in conditions])


def joined(kind, items):
    flat = []
    for item in items:
        flat.extend(item[1:] if isinstance(item, list) and item[0] == kind else [item])
    if kind == "or":
        flat = [json_item for at, json_item in enumerate(flat) if json_item not in flat[:at]]
    return flat[0] if len(flat) == 1 else [kind, *sorted(flat, key=repr)]


def node_shape(node):
    if isinstance(node, ConditionAND):
        return joined("and", [node_shape(each) for each in node.args])
    if isinstance(node, ConditionOR):
        return joined("or", [node_shape(each) for each in node.args])
    if isinstance(node, ConditionNOT):
        return ["not", node_shape(node.args[0])]
    return f"field {node.field}" if isinstance(node, ConditionFieldEqualsValueExpression) else "keyword"
