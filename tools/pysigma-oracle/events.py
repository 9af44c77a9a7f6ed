"""Events out of a rule's own values: what it asks for, near misses, and edge values. Reads the YAML, no engine's tree."""

import base64
import ipaddress
import random
import re

try:
    from re import _parser as sre
except ImportError:
    import sre_parse as sre

PLACEHOLDERS = ("alice", "adm-bob", "10.9.8.7")
DASHES = "-/\u2013\u2014\u2015"
EDGES = ["", "*", "?", "\\", "\\\\", "a\\*b", "0", "1", 0, 1, True, False, None, [], ["a", "b"], " ", "x\ny", "\u212a", "\u017f", "\u0130", "\u00df", "\U0001f600"]


def events_for(document, rng, count=14):
    detection = document.get("detection") if isinstance(document, dict) else None
    if not isinstance(detection, dict):
        return
    names = [name for name in detection if name not in ("condition", "timeframe")]
    if not names:
        return
    wanted = [name for name in names if not re.search("filter|optional", str(name))] or names
    yield {}
    base = []
    for turn in range(count):
        chosen = wanted if turn % 3 == 0 else names if turn % 3 == 1 else [rng.choice(names)]
        event = {}
        for name in chosen:
            fill(event, detection[name], rng)
        base.append(event)
        yield event
    for event in base:
        if event:
            yield mutated(event, rng)
            yield mutated(mutated(event, rng), rng)


def fill(event, selection, rng):
    if isinstance(selection, list):
        if selection:
            fill(event, rng.choice(selection), rng)
    elif isinstance(selection, dict):
        for key, value in selection.items():
            field, *modifiers = str(key).split("|")
            put(event, field or f"word{rng.randrange(3)}", value, modifiers, rng, not field)
    else:
        put(event, f"word{rng.randrange(3)}", selection, [], rng, True)


def put(event, field, value, modifiers, rng, is_keyword):
    values = value if isinstance(value, list) else [value]
    if not values:
        return
    chosen = values if "all" in modifiers else [rng.choice(values)]
    parts = [concrete(each, modifiers, rng) for each in chosen]
    if "fieldref" in modifiers:
        shared = rng.choice(["same", "Same value", "other"])
        event[str(chosen[0])] = shared
        event[field] = {"contains": f"x{shared}y", "startswith": f"{shared}y", "endswith": f"x{shared}"}.get(
            next((each for each in modifiers if each in ("contains", "startswith", "endswith")), ""), shared.upper()
        )
        return
    if len(parts) == 1:
        made = parts[0]
        if is_keyword and isinstance(made, str):
            made = f"before {made} after"
    else:
        made = " ".join(str(each) for each in parts)
    event[field] = made


def concrete(value, modifiers, rng):
    if value is None or "exists" in modifiers:
        return None if value in (None, False) and rng.random() < 0.7 else rng.choice(["", "there", 0])
    if "cidr" in modifiers:
        return address(str(value), rng)
    if any(each in modifiers for each in ("lt", "lte", "gt", "gte")) and isinstance(value, (int, float)):
        number = value + rng.choice([-1, -0.5, 0, 0.5, 1])
        return rng.choice([number, str(number), f"{number:g}"])
    if any(each in modifiers for each in ("minute", "hour", "day", "week", "month", "year")):
        return rng.choice(["2026-11-22T05:07:09Z", "2021-01-03 23:59:59", "2024-12-30T00:00:00+00:00", "1795323600", "no date"])
    if not isinstance(value, str):
        return rng.choice([value, str(value)])
    if "re" in modifiers:
        return from_regex(value, rng)
    text = unescaped(re.sub(r"%\w+%", lambda _: rng.choice(PLACEHOLDERS), value) if "expand" in modifiers else value, rng)
    if "windash" in modifiers:
        text = re.sub(r"\B[-/]\b", lambda _: rng.choice(DASHES), text)
    if "base64" in modifiers or "base64offset" in modifiers:
        return encoded(text, modifiers, rng)
    if rng.random() < 0.3:
        text = text.swapcase()
    before = rng.choice(["", "x", "C:\\dir\\", "\n", "\u00e9"])
    after = rng.choice(["", "x", " /tail", "\n", "*"])
    if "contains" in modifiers:
        return before + text + after
    if "startswith" in modifiers:
        return text + after
    return before + text if "endswith" in modifiers else text


def unescaped(text, rng):
    wild = {"*": ["", "x", "long text", "a\nb", "\u00e9\U0001f600"], "?": ["q", "Q", "\u00e9", "\n"]}
    made, at = "", 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ("*", "?", "\\"):
            made += text[at + 1]
            at += 2
            continue
        made += rng.choice(wild[text[at]]) if text[at] in wild else text[at]
        at += 1
    return made


def encoded(text, modifiers, rng):
    codec = {"wide": "utf-16le", "utf16le": "utf-16le", "utf16be": "utf-16be"}
    name = next((codec[each] for each in modifiers if each in codec), "utf-8")
    data = text.encode(name, "surrogatepass")
    if "utf16" in modifiers:
        data = b"\xff\xfe" + text.encode("utf-16le")
    if "base64offset" in modifiers:
        data = bytes(rng.randrange(256) for _ in range(rng.randrange(4))) + data + bytes(rng.randrange(256) for _ in range(rng.randrange(4)))
    made = base64.b64encode(data).decode()
    return f"x {made} y" if "contains" in modifiers else made


def address(network, rng):
    try:
        parsed = ipaddress.ip_network(network, strict=False)
    except ValueError:
        return network
    first = int(parsed.network_address)
    inside = first + rng.randrange(parsed.num_addresses)
    numbers = [inside, first, first + parsed.num_addresses - 1, first - 1, first + parsed.num_addresses]
    top = 2 ** parsed.max_prefixlen
    kind = ipaddress.IPv4Address if parsed.version == 4 else ipaddress.IPv6Address
    return str(kind(rng.choice(numbers) % top))


def from_regex(source, rng):
    try:
        return generated(sre.parse(source), rng)
    except (re.error, OverflowError, RecursionError):
        return source


def generated(tree, rng):
    return "".join(piece(op.name, argument, rng) for op, argument in tree)


def piece(name, argument, rng):
    if name == "LITERAL":
        return chr(argument)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, inner = argument
        times = rng.randint(low, min(int(high), low + 3))
        return "".join(generated(inner, rng) for _ in range(times))
    if name == "SUBPATTERN":
        return generated(argument[-1], rng)
    if name == "BRANCH":
        return generated(rng.choice(argument[1]), rng)
    if name == "IN":
        return member(argument, rng)
    if name == "ANY":
        return rng.choice("aZ9 -")
    return rng.choice("aZ9") if name == "NOT_LITERAL" else ""


def member(items, rng):
    pool = [chr(code) for code in range(32, 127)]
    is_negated = items[0][0].name == "NEGATE"
    found = [char for char in pool if any(is_member(char, op.name, argument) for op, argument in items)]
    if is_negated:
        found = [char for char in pool if char not in found]
    return rng.choice(found or ["a"])


def is_member(char, name, argument):
    if name == "LITERAL":
        return ord(char) == argument
    if name == "RANGE":
        return argument[0] <= ord(char) <= argument[1]
    if name == "CATEGORY":
        kind = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[argument.name.split("_")[-1]]
        return bool(re.match(kind, char)) != ("NOT" in argument.name)
    return False


def mutated(event, rng):
    made = dict(event)
    if not made:
        return {"F": rng.choice(EDGES)}
    field = rng.choice(list(made))
    value = made[field]
    way = rng.randrange(9)
    if way == 0:
        del made[field]
    elif way == 1:
        made[field] = rng.choice(EDGES)
    elif not isinstance(value, str) or value == "":
        made[field] = [value, "z"] if not isinstance(value, list) and value is not None else "z"
    elif way == 2:
        made[field] = value[:-1]
    elif way == 3:
        made[field] = value[1:]
    elif way == 4:
        made[field] = value.upper() if rng.random() < 0.5 else value.lower()
    elif way == 5:
        at = rng.randrange(len(value))
        made[field] = value[:at] + rng.choice("x*?\\-/\u2013") + value[at + 1 :]
    elif way == 6:
        made[field] = value.replace("\\", "\\\\") if "\\" in value else value + "\\"
    elif way == 7:
        made[field] = ["z", value]
    else:
        made[field] = value.replace("k", "\u212a").replace("s", "\u017f")
    return made
