"""Quotations: folding, the gate that finds them exactly once, its explanations, sentences and segments."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.quotations import (
    Ambiguous,
    Apart,
    Difference,
    Found,
    Fragment,
    Missing,
    Segment,
    Span,
    TooShort,
    context,
    find,
    find_all,
    fold,
    segments,
    sentences,
    show,
    stands_in,
)

TEXT = (
    "Moscow has reportedly sent a list under a ‘1000 for 1000’ plan. According to the agency, the Kremlin has\n"
    "formally sent its list, but Kyiv has yet to respond. The ‘1000 for 1000’ plan—a term first heard in spring—could\n"
    "be a step in de-escalation. Vladimir Putin’s press secretary can’t say whether 1,000 or 1 500 prisoners, 65%,\n"
    "would go for $1.5 million at −5 degrees at 13:33. Wait for it… he said. The Kremlin has spoken."
)
FOLDED = fold(TEXT)

WORD = st.text(st.characters(categories=["Lu", "Ll"]) | st.sampled_from("їёйé\u0301\u00ad"), min_size=1, max_size=9)
GAP = st.sampled_from([" ", "  ", "\n", "\u00a0", ", ", " — ", "-", "… ", " “", "” ", ". ", "\n\n", "\u200b "])


@st.composite
def prose(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORD, min_size=4, max_size=25))
    return "".join(word + draw(GAP) for word in words)


def quoted(match: object, text: str = TEXT) -> list[str]:
    """The parts of a match as they stand in the original."""
    assert isinstance(match, Found), match
    return [text[part.start : part.end] for part in match.parts]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("a \t\n\u00a0\u2009b", "a b"),
        ("‐‑‒–—―−-", "--------"),
        ("a – b—c", "a - b-c"),
        ('“a” „b‟ «c» "d"', '"a" "b" "c" "d"'),
        ("‘a’ ‚b‛ c′s `d` п\u02bcять", "'a' 'b' c's 'd' п'ять"),
        ("for\u00admal\u200bly\ufeff", "formally"),
        ("wait…", "wait..."),
        ("cafe\u0301, и\u0306", "café, й"),
        ("e\u200d\u0301", "é"),
        ("각", "각"),
        ("Kremlin ≠ kremlin", "Kremlin ≠ kremlin"),
    ],
)
def test_folding_forgives_typography_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_offsets_lead_back_to_the_original() -> None:
    text = "a  e\u0301…\u00adb"
    assert (fold(text).text, tuple(fold(text).offsets)) == ("a é...b", (0, 1, 3, 5, 5, 5, 7, 8))


ANY = st.text(max_size=80) | st.text(
    alphabet="ae\u0301\u0327 \u00a0\n-—‘“…\u00ad\u200b가\u1100\u1161\u11a8", max_size=40
)


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(ANY)
def test_folded_text_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", fold(text).text)
    assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text


@given(ANY)
def test_offsets_never_decrease_and_end_with_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(offset < len(text) for offset in folded.offsets[:-1])


def test_a_cut_stretch_keeps_its_own_hyphens_and_breaks() -> None:
    folded = fold("a-b\n\nc-d\n\ne-f g- h -i")
    assert folded.text == "a-b c-d e-f g- h -i"
    assert folded.hyphens == {1, 5, 9}
    assert folded.breaks == (3, 7)
    assert (set((cut := folded.cut(3, 7)).hyphens), cut.breaks) == ({2}, (0,))
    assert (set((cut := folded.cut(4, 8)).hyphens), cut.breaks) == ({1}, (3,))
    assert (set((cut := folded.cut(5, 9)).hyphens), cut.breaks) == ({0}, (2,))
    assert [folded.crosses(*place) for place in ((0, 3), (0, 4), (3, 4), (4, 7), (4, 8), (8, 11))] == [
        False,
        True,
        True,
        False,
        True,
        False,
    ]


@given(ANY, st.data())
def test_a_folded_stretch_stands_for_its_stretch_of_the_original(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    cuts = [
        i
        for i in range(len(folded.text) + 1)
        if i in {0, len(folded.text)} or folded.offsets[i] > folded.offsets[i - 1]
    ]
    start, end = sorted([data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))])
    piece = fold(text[folded.offsets[start] : folded.offsets[end]]).text
    assert piece == folded.text[start:end]


@pytest.mark.parametrize(
    ("quotation", "parts"),
    [
        ("the Kremlin has formally sent its list", ["the Kremlin has\nformally sent its list"]),
        ("  the Kremlin has   formally sent its list\n", ["the Kremlin has\nformally sent its list"]),
        ("under a '1000 for 1000' plan", ["under a ‘1000 for 1000’ plan"]),
        ("a term first heard in spring", ["a term first heard in spring"]),
        ("Vladimir Putin", ["Vladimir Putin"]),
        ("Vladimir Putin's press", ["Vladimir Putin’s press"]),
        ("secretary can't say", ["secretary can’t say"]),
        ("whether 1,000 or 1\u00a0500 prisoners", ["whether 1,000 or 1 500 prisoners"]),
        ("Wait for it... he said", ["Wait for it… he said"]),
        ("Moscow has [...] sent a list", ["Moscow has", "sent a list"]),
        ("the Kremlin […] has yet to respond", ["the Kremlin", "has yet to respond"]),
        ("[...] has yet to respond [ … ]", ["has yet to respond"]),
        ("Moscow has [...] sent a list [...] press secretary", ["Moscow has", "sent a list", "press secretary"]),
    ],
)
def test_a_quotation_is_found_in_its_stretch_of_the_original(quotation: str, parts: list[str]) -> None:
    assert quoted(find(quotation, FOLDED)) == parts


def test_parts_are_read_as_near_to_each_other_as_they_can_be() -> None:
    text = "one list, two lists; one list of names was sent to Kyiv"
    assert find("one list [...] was sent", fold(text)) == Found((Span(21, 29), Span(39, 47)))


@pytest.mark.parametrize(
    ("quotation", "typed", "stored"),
    [
        ("the Kremlin has formaly sent its list", "formaly", "formally"),
        ("the kremlin has formally sent its list", "kremlin", "Kremlin"),
        ("the Krеmlin has formally sent its list", "Krеmlin", "Kremlin"),
        ("formally sent its lis", "lis", "list"),
        ("escalation. Vladimir Putin", "escalation.", "de-escalation."),
        ("t say whether 1,000", "t", "can't"),
        ("press secretary can", "can", "can't"),
        ("000 or 1 500 prisoners", "000", "1,000"),
        ("5 million at −5 degrees", "5", "$1.5"),
        ("or 1 500 prisoners, 65", "65", "65%"),
        ("33. Wait for it…", "33.", "13:33."),
        ("500 prisoners, 65%", "500", "1 500"),
        ("1.5 million at −5 degrees", "1.5", "$1.5"),
        ("5 degrees at 13:33", "5", "-5"),
        ("Wait for it.", "it.", "it..."),
        ("he said. the Kremlin has spoken", "the", "The"),
    ],
)
def test_a_changed_or_cut_word_is_named(quotation: str, typed: str, stored: str) -> None:
    match = find(quotation, FOLDED)
    assert isinstance(match, Missing)
    assert match.differences == (Difference("changed", typed, stored),)


@pytest.mark.parametrize(
    "quotation",
    [
        "Wait for it..",
        "its list,but Kyiv",
        "has yet to respond [...] Moscow has",
        "the Kremlin has spoken",
    ],
)
def test_a_cut_ellipsis_other_spacing_order_or_case_is_missing(quotation: str) -> None:
    match = find(quotation, FOLDED)
    assert isinstance(match, Missing)
    assert match.nearest is not None
    assert match.differences


@pytest.mark.parametrize(
    ("quotation", "line"),
    [
        ("the Kremlin has formaly sent its list", 'typed "formaly", stored "formally"'),
        ("the Kremlin has sent its list", 'left out "formally"'),
        ("the Kremlin has quite formally sent its list", 'typed "quite", which is not stored there'),
        (
            "the Krеmlin has formally sent its list",
            'typed "Krеmlin", stored "Kremlin" (typed Cyrillic Small Letter Ie, stored Latin Small Letter E)',
        ),
        ("its list , but Kyiv has yet", 'typed "its list , but Kyiv has yet", stored "its list, but Kyiv has yet"'),
        (
            "has yet to respond [...] Moscow has reportedly",
            (
                'typed "has yet to respond [...] Moscow has reportedly", '
                'stored "Moscow has reportedly [...] has yet to respond"'
            ),
        ),
        ("Moscow has reportedly [...] has yet too respond", 'typed "too", stored "to"'),
    ],
)
def test_an_explanation_fits_on_one_line(quotation: str, line: str) -> None:
    match = find(quotation, FOLDED)
    assert isinstance(match, Missing)
    assert show(match.differences) == line


def test_the_nearest_passage_is_given_in_the_original() -> None:
    match = find("the Kremlin has sent its list", FOLDED)
    assert isinstance(match, Missing)
    assert match.nearest is not None
    assert TEXT[match.nearest.start : match.nearest.end] == "the Kremlin has\nformally sent its list"
    assert find("nothing like it stands here at all: xyzzy", fold("Кремль передал список пленных. " * 3)) == Missing(
        None, ()
    )


def test_a_short_quotation_tells_its_length() -> None:
    assert find("Kyiv  has [...] to", FOLDED) == TooShort(10)
    assert find("", FOLDED) == TooShort(0)
    assert isinstance(find("has formally", FOLDED), Found)


def test_a_repeated_quotation_is_ambiguous_until_its_surroundings_are_given() -> None:
    match = find("'1000 for 1000' plan", FOLDED)
    assert isinstance(match, Ambiguous)
    assert [context(parts[0], TEXT, 3) for parts in match.candidates] == [
        "… list under a ‘1000 for 1000’ plan. According to the …",
        "… to respond. The ‘1000 for 1000’ plan—a term first heard …",
    ]
    first, second = (Found(parts) for parts in match.candidates)
    assert find("'1000 for 1000' plan", FOLDED, prefix="under a ") == first
    assert find("'1000 for 1000' plan", FOLDED, prefix="The") == second
    assert find("'1000 for 1000' plan", FOLDED, suffix=". According") == first
    assert find("'1000 for 1000' plan", FOLDED, suffix="-a term") == second
    refused = find("'1000 for 1000' plan", FOLDED, prefix="over the")
    assert isinstance(refused, Missing)
    assert refused.differences == (Difference("changed", "over the", "under a"),)


@pytest.mark.parametrize(
    ("text", "quotation", "expected"),
    [
        ("first part, last part; first part, last part", "first part [...] last part", 2),
        ("first part, a middle, a middle, last part", "first part [...] a middle [...] last part", 2),
        ("first part, a middle, a middle, last part", "first part [...] a middle [...] a middle [...] last part", 1),
        ("first part, first part, last part, last part", "first part [...] last part", 1),
        ("aaaa bbbb aaaa bbbb aaaa", "aaaa bbbb aaaa", 2),
    ],
)
def test_arrangements_are_counted_where_none_lies_within_another(text: str, quotation: str, expected: int) -> None:
    match = find(quotation, fold(text))
    assert len(match.candidates if isinstance(match, Ambiguous) else [match]) == expected
    assert isinstance(match, Ambiguous if expected > 1 else Found)


TWO = fold("The minister did not sign the deal on Monday.\n\nKyiv was ready to release 500 prisoners at once.")


@pytest.mark.parametrize(
    "quotation",
    [
        "sign the deal on Monday. Kyiv was ready",
        "The minister did [...] release 500 prisoners",
        "The minister did [...] the deal [...] at once",
    ],
)
def test_words_of_two_paragraphs_are_never_one_quotation(quotation: str) -> None:
    match = find(quotation, TWO)
    assert isinstance(match, Apart)
    assert match.parts[0].start < TWO.offsets[TWO.breaks[0]] < match.parts[-1].end
    assert find_all(quotation, TWO) == ()


def test_of_several_places_only_those_within_one_paragraph_are_meant() -> None:
    text = "Kyiv was ready. It released them.\n\nIt was late. It released them."
    other = text.replace("\n\n", " \r\n\t\r\n ")
    assert quoted(find("Kyiv was [...] released them", fold(text)), text) == ["Kyiv was", "released them"]
    assert quoted(find("was ready [...] released them", fold(other)), other) == ["was ready", "released them"]
    assert isinstance(find("was ready [...] was late", fold(text)), Apart)
    assert isinstance(find("was ready [...] was late", fold(text.replace("\n\n", "\n"))), Found)


@pytest.mark.parametrize(
    ("quotation", "part"),
    [
        ("The [...] minister did not sign", "The"),
        ("Kyiv was ready [...] prisoners", "prisoners"),
        ("The minister did [...] re-sign [...] on Monday", "re-sign"),
        ("Kyiv was ready [...] … [...] at once", "..."),
    ],
)
def test_a_quotation_is_not_stitched_from_single_words(quotation: str, part: str) -> None:
    assert find(quotation, TWO) == Fragment(part)


def test_a_single_word_that_is_long_enough_is_a_quotation_and_so_is_one_between_omissions_at_the_ends() -> None:
    text = "They were released unconditionally."
    assert quoted(find("unconditionally", fold(text)), text) == ["unconditionally"]
    assert quoted(find("[...] unconditionally [...]", fold(text)), text) == ["unconditionally"]


def test_every_occurrence_is_found_only_of_what_is_long_enough() -> None:
    text = fold("twelve words, twelve words")
    assert find_all("twelve words", text) == ((Span(0, 12),), (Span(14, 26),))
    assert find_all("welve words", fold("welve words, welve words")) == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [("1 May", False), ("21 May", True), ("  21   May ", True), ("on 21", True), ("Monday 2", False), ("xyz", False)],
)
def test_words_stand_in_a_text_only_as_whole_words(words: str, found: bool) -> None:  # noqa: FBT001
    assert stands_in(words, fold("on 21 May, a Monday 23")) is found


def test_a_part_without_spaces_between_words_is_counted_by_its_characters() -> None:
    text = "外交部发言人表示,双方已经交换了各自的战俘名单,并将于周五开始交换。"
    assert quoted(find("外交部发言人 [...] 交换了各自的战俘名单", fold(text)), text) == [
        "外交部发言人",
        "交换了各自的战俘名单",
    ]
    assert find("外 [...] 双方已经交换了各自的战俘名单", fold(text)) == Fragment("外")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The repair cost about 5 million crowns", "repair cost about 5"),
        ("There were two hundred and fifty thousand men", "fifty thousand men"),
        ("There were two hundred and fifty thousand men", "There were two hundred"),
        ("There were two hundred and fifty thousand men", "There were two hundred and"),
        ("Hundreds of thousands of men came home", "thousands of men came"),
        ("Some 10 per cent of all the men came", "Some 10 [...] of all the men"),
        ("It cost half a million in the end", "million in the end"),
        ("Вернули 5 тысяч пленных домой", "тысяч пленных домой"),
    ],
)
def test_a_number_in_words_is_not_cut(text: str, cut: str) -> None:
    assert isinstance(find(cut, fold(text)), Missing | Fragment)
    assert isinstance(find(text, fold(text)), Found)


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("In 2022 one hundred men came home", "one hundred men came"),
        ("From nine to ten men came home", "ten men came home"),
        ("One of thousands who came home", "thousands who came"),
        ("In all 5–10 men were there", "10 men were there"),
        ("In all (5 men were there)", "5 men were there"),
        ("In May—5 men were there", "5 men were there"),
        ("There were one hundred men", "There were one hundred"),
    ],
)
def test_what_is_not_one_number_may_be_cut_apart(text: str, quotation: str) -> None:
    assert isinstance(find(quotation, fold(text)), Found)


def test_all_places_are_found_without_overlap() -> None:
    assert find_all("'1000 for 1000' plan", FOLDED) == (
        (Span(42, 62),),
        (Span(TEXT.index("The ‘") + 4, TEXT.index("—a term")),),
    )
    assert find_all("aaaa bbbb aaaa", fold("aaaa bbbb aaaa bbbb aaaa")) == ((Span(0, 14),),)
    assert find_all("first part [...] last part", fold("first part, last part; first part, last part")) == (
        (Span(0, 10), Span(12, 21)),
        (Span(23, 33), Span(35, 44)),
    )
    assert find_all("Kyiv", FOLDED) == find_all("not standing here", FOLDED) == ()


def test_many_parts_are_answered_at_once() -> None:
    text = fold("ab ab cd cd " * 3000)
    assert isinstance(find(" [...] ".join(["ab ab", "cd cd"] * 400), text), Ambiguous)


@given(prose(), st.data())
def test_whole_words_of_a_text_are_found_where_they_stand(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    borders = [i for i in range(len(folded.text) + 1) if folded.text[max(0, i - 1) : i + 1].find(" ") >= 0]
    assume(len(borders) > 1)
    start, end = sorted([data.draw(st.sampled_from(borders)), data.draw(st.sampled_from(borders))])
    quotation = folded.text[start:end].strip()
    assume(len(quotation) >= 12)
    match = find(quotation, folded)
    if "\n\n" in text[folded.offsets[start] : folded.offsets[end]].strip():
        assert isinstance(match, Apart | Found | Ambiguous)
        return
    assert isinstance(match, Found | Ambiguous)
    places = (match.parts,) if isinstance(match, Found) else match.candidates
    for (span,) in places:
        assert fold(text[span.start : span.end]).text.strip() == quotation
    assert len(places) == 1 or len(set(places)) > 1


@given(prose(), st.data())
def test_one_changed_letter_is_never_found(text: str, data: st.DataObject) -> None:
    words = text.split()
    assume(len(" ".join(words[:4])) >= 12)
    quotation = " ".join(words[:4])
    letters = [i for i, letter in enumerate(quotation) if letter.isalpha()]
    changed = data.draw(st.sampled_from(letters))
    other = "ѣ"  # stands in no text here
    assume(other not in text)
    typed = quotation[:changed] + other + quotation[changed + 1 :]
    match = find(typed, fold(text))
    assert isinstance(match, Missing | TooShort)


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=10))
def test_any_quotation_gets_an_answer(quotation: str, text: str, prefix: str) -> None:
    folded = fold(text)
    for match in (find(quotation, folded), find(quotation, folded, prefix=prefix), find(text[:50], folded)):
        if isinstance(match, Missing):
            assert match.nearest is None or 0 <= match.nearest.start < match.nearest.end <= len(text)
            assert "\n" not in show(match.differences)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            "The U.S. Army left. “Yes.” he said. It cost $1.5 million.\n \nNext\nline. End",
            ["The U.S. Army left.", "“Yes.” he said.", "It cost $1.5 million.", "Next\nline.", "End"],
        ),
        (
            "uk-UA",
            "Т. Шевченко народився 1814 р. у с. Моринці. Він жив на вул. Хрещатик, 5. «Так!» — сказав він.",
            ["Т. Шевченко народився 1814 р. у с. Моринці.", "Він жив на вул. Хрещатик, 5.", "«Так!» — сказав він."],
        ),
        (
            "ru",
            "А. С. Пушкин родился в 1799 г. в Москве. «Да?» — спросил он. Около 5 тыс. человек.",
            ["А. С. Пушкин родился в 1799 г. в Москве.", "«Да?» — спросил он.", "Около 5 тыс. человек."],
        ),
        (
            "en",
            "1. Bookings open on 20 March. 2. Residents book first.\n\nGood.",
            ["1. Bookings open on 20 March.", "2. Residents book first.", "Good."],
        ),
        ("", "One.\r\n\r\n Two.\u2028\u2028Three", ["One.", "Two.", "Three"]),
        ("en", "One, plan A\u00a0. Two, plan B\u3000. Three.", ["One, plan A\u00a0.", "Two, plan B\u3000.", "Three."]),
        ("en", " \n\n ", []),
        ("xx", "😀 One. Two", ["😀 One.", "Two"]),
    ],
)
def test_sentences_are_cut(language: str, text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text, language)] == found


@given(
    prose() | st.text(max_size=80) | st.text(alphabet="aБ.!? \n\r«»—\u2028\u00a0", max_size=60),
    st.sampled_from(["en", "uk", "ru", "zz"]),
)
def test_sentences_hold_everything_that_is_not_blank(text: str, language: str) -> None:
    spans = sentences(text, language)
    outside = text
    for span in spans:
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        outside = outside[: span.start] + " " * (span.end - span.start) + outside[span.end :]
    assert not outside.strip()
    assert all(first.end <= second.start for first, second in pairwise(spans))


def test_overlapping_quotations_become_segments() -> None:
    spans = [(Span(5, 15), "b"), (Span(0, 10), "a"), (Span(15, 20), "b"), (Span(30, 31), "a"), (Span(3, 3), "z")]
    assert segments(spans) == (
        Segment(Span(0, 5), ("a",)),
        Segment(Span(5, 10), ("b", "a")),
        Segment(Span(10, 20), ("b",)),
        Segment(Span(30, 31), ("a",)),
    )


@given(
    st.lists(
        st.tuples(
            st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(*sorted(ends))),
            st.sampled_from("abc"),
        )
    )
)
def test_segments_carry_exactly_the_keys_that_cover_them(spans: list[tuple[Span, str]]) -> None:
    cut = segments(spans)
    carried = {index: segment.keys for segment in cut for index in range(segment.span.start, segment.span.end)}
    for index in range(31):
        covering = {key for span, key in spans if span.start <= index < span.end}
        assert set(carried.get(index, ())) == covering
    assert sum(segment.span.end - segment.span.start for segment in cut) == len(carried)
    assert [segment.span for segment in cut] == sorted(segment.span for segment in cut)


def test_context_gives_whole_words_on_one_line() -> None:
    text = "one two (three\nfour) five six"
    assert context(Span(9, 19), text, 1) == "… two (three four) five …"
    assert context(Span(0, 3), text, 9) == "one two (three four) five six"
    assert context(Span(0, len(text)), text) == "one two (three four) five six"
