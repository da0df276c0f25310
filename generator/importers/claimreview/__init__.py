"""Reads ClaimReview (schema.org): fact checks in feeds, in saved pages, in answers of the Fact Check Tools."""

from generator.importers.claimreview.reading import read

__all__ = ["read"]
