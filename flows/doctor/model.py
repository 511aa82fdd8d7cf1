"""The model that judges, and the essays: are they there, whole, and of today's features?"""

from __future__ import annotations

from classifiers.relevance.essay_rows import SeedError, list_essays, shipped
from classifiers.relevance.essays import list_all
from classifiers.relevance.registry import ModelError, OtherTopicError, load
from classifiers.relevance.versions import FEATURES_VERSION
from db.connect import StoreError
from db.inspection import figures
from flows.config.settings import Config
from flows.doctor.finding import Finding, fault, from_error, sound, warning


def check(current: Config) -> list[Finding]:
    """What is found of both."""
    return [*_model(current), *_essays(current)]


def _model(current: Config) -> list[Finding]:
    try:
        champion = figures(current.store.path).model
    except StoreError:
        return []  # the check of the store says why
    if not champion:
        return [sound("model", "none yet: the first run trains it")]
    try:
        model = load(current.classifier.models, champion)
    except OtherTopicError as error:
        return [from_error("model", error)]
    except ModelError as error:
        again = "the next run fits its data again; a backup holds the file itself (axiswatch restore)"
        return [warning("model", f"{champion} cannot be used: {error}", again)]
    if model.features_version != FEATURES_VERSION:
        return [warning("model", f"{champion} was fitted on former features", "the next run fits its data again")]
    return [sound("model", champion)]


def _essays(current: Config) -> list[Finding]:
    try:
        essays = list_all(current.classifier.essays)
        is_fresh = not shipped().exists() or list_essays(shipped())[1]
    except SeedError as error:
        return [from_error("essays", error)]
    lost = [each.essay.title for each in essays if each.own and not each.fresh and not each.kept]
    if lost:
        remedy = "add their texts again (axiswatch seeds add FILE) or remove them (axiswatch seeds remove TITLE)"
        return [warning("essays", f"{len(lost)} of your own are of former features, without their texts", remedy)]
    if not is_fresh:
        return [fault("essays", "the shipped rows are of former features", "axiswatch seeds build, or install anew")]
    return [sound("essays", f"{len(essays)}, of features {FEATURES_VERSION}")]
