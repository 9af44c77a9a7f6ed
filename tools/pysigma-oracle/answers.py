"""What pySigma says of rules and generated events, for comparison with @firebreak/sigma.

Usage: python answers.py RULES_ZIP OUT.jsonl [SEED]
One line a rule: {"path", "text", "error"?, "shape"?, "events": [[fields, answer], ...]}; compare.ts reads them.
Needs pySigma (pip install pysigma), which is no dependency of the product.
"""

import json
import random
import sys
import zipfile

import yaml
from sigma.collection import SigmaCollection
from sigma.exceptions import SigmaError
from sigma.processing.pipeline import ProcessingItem, ProcessingPipeline
from sigma.processing.transformations import ValueListPlaceholderTransformation

from evaluate import holds, shape
from events import PLACEHOLDERS, events_for
from made_rules import made_rules

ACTIVE = ("rules/", "rules-emerging-threats/", "rules-threat-hunting/", "rules-placeholder/", "rules-compliance/")


class AnyPlaceholder(dict):
    """Every placeholder that a rule names has the same values."""

    def __contains__(self, _name):
        return True

    def __getitem__(self, _name):
        return list(PLACEHOLDERS)

    def get(self, name, _default=None):
        return self[name]


def pipeline():
    item = ProcessingItem(ValueListPlaceholderTransformation())
    made = ProcessingPipeline(items=[item])
    made.vars = AnyPlaceholder()
    return made


def hub_rules(path):
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".yml") and name.startswith(ACTIVE):
                yield name, archive.read(name).decode("utf-8")


def answer(path, text, rng):
    line = {"path": path, "text": text, "events": []}
    try:
        rule = SigmaCollection.from_yaml(text).rules[0]
        pipeline().apply(rule)
        conditions = [each.parsed for each in rule.detection.parsed_condition]
    except (SigmaError, yaml.YAMLError, AttributeError, TypeError, ValueError, KeyError) as error:
        line["error"] = f"{type(error).__name__}: {error}"
        conditions = None
    else:
        line["shape"] = shape(conditions)
    for event in events_for(yaml.load(text, yaml.CSafeLoader), rng):
        if conditions is None:
            line["events"].append([event, None])
            continue
        try:
            line["events"].append([event, any(holds(each, event) for each in conditions)])
        except Exception as error:  # the evaluator below is ours: a fault there is shown, not hidden
            line["events"].append([event, f"{type(error).__name__}: {error}"])
    return line


def main():
    rules_zip, out = sys.argv[1:3]
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 20261122)
    with open(out, "w", encoding="utf-8") as file:
        for path, text in [*hub_rules(rules_zip), *made_rules()]:
            file.write(json.dumps(answer(path, text, rng)) + "\n")


main()
