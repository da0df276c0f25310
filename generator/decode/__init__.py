"""Documents become frozen typed records; what does not fit is said at its line."""

from generator.decode.content import Decoded, HandPage, Located, decode

__all__ = ["Decoded", "HandPage", "Located", "decode"]
