"""Sample disclosures, made from ``facts.toml`` by ``python -m samples.make``."""
