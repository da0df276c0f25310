"""Documents become frozen typed records; what does not fit is said at its line."""

from generator.decode.content import Decoded, HandPage, Located, decode
from generator.decode.explain import typed_loc
from generator.decode.spelling import suggest

__all__ = ["Decoded", "HandPage", "Located", "decode", "suggest", "typed_loc"]
