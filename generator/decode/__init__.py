"""Documents become frozen typed records; what does not fit is said at its line."""

from generator.decode.content import Decoded, HandPage, Located, decode
from generator.decode.spelling import suggest
from generator.decode.typed import typed_loc

__all__ = ["Decoded", "HandPage", "Located", "decode", "suggest", "typed_loc"]
