"""Presidio's analyzer with ja-ginza as its reader of names, and its recognisers that know no country or Japan."""

from __future__ import annotations

from benchmarks.adapters.protocol import Finder, serve

# ja-ginza's labels are those of Sekine's extended hierarchy; Presidio's are broader.
_LABELS = {
    "Person": "PERSON",
    "Company": "ORGANIZATION",
    "Corporation_Other": "ORGANIZATION",
    "Government": "ORGANIZATION",
    "Organization_Other": "ORGANIZATION",
    "School": "ORGANIZATION",
    "City": "LOCATION",
    "Country": "LOCATION",
    "County": "LOCATION",
    "Province": "LOCATION",
    "Station": "LOCATION",
    "Postal_Address": "ADDRESS",
    "Date": "DATE_TIME",
    "Time": "DATE_TIME",
}


def load() -> Finder:
    import tldextract  # type: ignore[import-not-found]

    # Its e-mail recogniser asks for a list of domains over the network; the list in the package will do.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # type: ignore[import-not-found]
    from presidio_analyzer import predefined_recognizers as known
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine  # type: ignore[import-not-found]

    reader = SpacyNlpEngine(
        models=[{"lang_code": "ja", "model_name": "ja_ginza"}],
        ner_model_configuration=NerModelConfiguration(model_to_presidio_entity_mapping=_LABELS),
    )
    plain = (
        known.CreditCardRecognizer,
        known.CryptoRecognizer,
        known.EmailRecognizer,
        known.IbanRecognizer,
        known.IpRecognizer,
        known.MacAddressRecognizer,
        known.UrlRecognizer,
    )
    entities = sorted(set(_LABELS.values()))
    registry = RecognizerRegistry(
        recognizers=[
            known.SpacyRecognizer(supported_language="ja", supported_entities=entities),
            known.PhoneRecognizer(supported_language="ja", supported_regions=("JP",)),
            *(recogniser(supported_language="ja") for recogniser in plain),
        ],
        supported_languages=["ja"],
    )
    engine = AnalyzerEngine(registry=registry, nlp_engine=reader, supported_languages=["ja"])
    return lambda case: [found.entity_type for found in engine.analyze(text=case["text"], language="ja")]


if __name__ == "__main__":
    serve("presidio-analyzer", load)
