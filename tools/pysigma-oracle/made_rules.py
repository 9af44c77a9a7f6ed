"""Rules that SigmaHQ does not have: every modifier, alone and combined, with awkward values; every condition form."""

import itertools
import json

TEXTS = ["abc", "C:\\Windows\\", "a*b", "a?c", "\\*lit\\?", "\\\\server\\\\*", "\\\\\\*x", "trail\\", "", "*", "?", "**", "Stra\u00dfe", "\u041f\u0440\u0438\u0432\u0435\u0442", "K\u00c9Y", "a.b(c)[d]", "-enc /c x", "foo-bar -b", "%name%", "12", "a\nb"]
TEXT_CHAINS = ["", "contains", "startswith", "endswith", "cased", "contains|cased", "startswith|cased", "endswith|cased", "neq", "contains|neq", "windash", "windash|contains", "contains|windash", "windash|endswith", "base64", "base64|contains", "base64offset|contains", "wide|base64offset|contains", "utf16le|base64offset|contains", "utf16be|base64offset|contains", "utf16|base64|contains", "wide|base64|contains"]
REGEXES = ["^a.*b$", "a|b", "\\d{2,4}", "[a-c]+x", "(?i)abc", "^$", "a\\\\b", "x{3}", "\\bcmd\\b", "[^/]{3,}", "\u00e9+", "(foo|bar)(baz)?", "a\\.b", ".", "^line"]
CHAINS_OF_REGEX = ["re", "re|i", "re|m", "re|s", "re|i|m|s", "re|neq", "re|contains", "re|startswith", "re|endswith", "re|ignorecase", "re|multiline|dotall"]
NETWORKS = ["10.0.0.0/8", "192.168.1.0/24", "0.0.0.0/0", "198.51.100.7/32", "2001:db8::/32", "fe80::/10", "::1/128", "10.1.2.3/8", "no network", "300.0.0.0/8"]
NUMBERS = [0, 5, -3, 2.5, 1000000, "5", "abc"]
PARTS = {"minute": 7, "hour": 5, "day": 22, "week": 47, "month": 11, "year": 2026}
LISTS = [["abc", "DEF"], ["abc", 5], [None, "abc"], [True, "x"], ["a*", "*b"], [], ["only"]]
CONDITIONS = ["a", "not a", "a and b", "a or b", "a and not b", "a or b and c", "(a or b) and c", "not a and b", "not (a and b)", "not not a", "1 of them", "all of them", "any of them", "1 of sel*", "all of sel*", "1 of sel* and not a", "all of *_1", "1 of *l*", "1 of sel", "1 of none*", "A AND B", "a AND b", "a OR NOT b", "a && b", "a and", "(a", "a)", "2 of them", "a b", "", "1 of them | count() > 5", ["a", "b"], "not 1 of sel*", "a and (b or (c and not sel_1))", "notepad", "nosuch", "all of them and not b", "_hidden", "1 of _hid*"]


def text(number, detection):
    head = {"title": f"Made {number}", "id": f"{number:08d}-0000-4000-8000-000000000000", "logsource": {"category": "test"}}
    return f"made/{number}.yml", json.dumps({**head, "detection": detection}, ensure_ascii=False)


def one(key, value):
    return {"sel": {key: value}, "condition": "sel"}


def detections():
    for chain, value in itertools.product(TEXT_CHAINS, TEXTS):
        yield one(f"F|{chain}" if chain else "F", value)
    for chain, value in itertools.product(CHAINS_OF_REGEX, REGEXES):
        yield one(f"F|{chain}", value)
    for network in NETWORKS:
        yield one("F|cidr", network)
        yield one("F|cidr|neq", network)
    for chain, value in itertools.product(["lt", "lte", "gt", "gte", "neq", "gt|neq", ""], NUMBERS):
        yield one(f"F|{chain}" if chain else "F", value)
    for part, value in PARTS.items():
        yield one(f"F|{part}", value)
        yield one(f"F|{part}|gte", value)
        yield one(f"F|{part}|neq", value)
    for chain, value in itertools.product(["fieldref", "fieldref|neq", "fieldref|contains", "fieldref|startswith", "fieldref|endswith"], ["G", "H*", ""]):
        yield one(f"F|{chain}", value)
    for value in [True, False, "yes", 1]:
        yield one("F|exists", value)
    for chain, value in itertools.product(["", "contains", "all", "contains|all", "windash|contains|all", "contains|all|windash", "endswith", "neq", "cased", "base64offset|contains|all"], LISTS):
        yield one(f"F|{chain}" if chain else "F", value)
    for value in [None, True, False, 1.0, 1e3, "null", "true", {"x": 1}]:
        yield one("F", value)
    for chain, value in itertools.product(["expand", "expand|contains", "contains|expand", "expand|cased"], ["%names%", "pre-%names%", "100\\%", "%a% and %b%"]):
        yield one(f"F|{chain}", value)
    for words in [["one"], ["one", "two"], ["a*b", 7], "single", {"|all": ["one", "two"]}, {"|contains": "one"}, {"|re": "on[e]"}, {"|cased": ["One"]}, [None], [{"F": "x"}, "word"]]:
        yield {"sel": words, "condition": "sel"}
    for wrong in ["F|nosuch", "F|Contains", "F|re|cidr", "F|contains|re", "F|i", "F|expand|base64", "|exists", "F|"]:
        yield one(wrong, "abc")
    named = {"a": {"A": "x"}, "b": {"B": "y"}, "c": {"C": "z"}, "sel_1": {"D": "1"}, "sel_2": [{"E": "2"}, {"E|contains": "3", "A": "x"}], "notepad": {"A": "n"}, "_hidden": {"H": "h"}}
    for condition in CONDITIONS:
        yield {**named, "condition": condition}
    yield named
    yield {"condition": "a"}
    yield {"a": [], "condition": "a"}
    yield {"a": {}, "condition": "a"}


def made_rules():
    for number, detection in enumerate(detections()):
        yield text(number, detection)
