"""Said to be the same: which is kept, the same on every phone; and what stands of a person registered twice."""

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.merging import NOBODY, head, same

said = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8)


def test_who_was_registered_twice_reads_as_the_other() -> None:
    of = same([("b", "a")])
    assert (of.kept("b"), of.kept("a"), of.all_of("b"), of.hidden("b"), of.hidden("a")) == (
        "a", "a", ("a", "b"), True, False,
    )  # fmt: skip


def test_a_chain_ends_at_its_end_and_a_circle_at_the_smallest() -> None:
    assert same([("a", "b"), ("b", "c")]).all_of("a") == ("c", "a", "b")
    assert same([("b", "a"), ("a", "b")]).all_of("b") == ("a", "b")
    assert same([("a", "c"), ("c", "b"), ("b", "c")]).all_of("a") == ("b", "a", "c")


def test_said_to_be_two_others_all_three_are_one() -> None:
    assert same([("c", "b"), ("c", "a")]).all_of("b") == ("a", "b", "c")


def test_nobody_is_the_same_as_anybody_until_it_is_said() -> None:
    assert NOBODY.all_of("a") == ("a",) == same([("a", "a")]).all_of("a")


@given(said, st.randoms())
def test_the_order_in_which_it_arrives_says_nothing(said: list[tuple[str, str]], random: st.DataObject) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same(said) == same(shuffled)


@given(said)
def test_everybody_is_exactly_one_person_and_nobody_disappears(said: list[tuple[str, str]]) -> None:
    of = same(said)
    for each in "abcdef":
        assert each in of.all_of(each)
        assert of.all_of(each) == of.all_of(of.kept(each))
        assert not of.hidden(of.kept(each))
    persons = {of.all_of(each) for each in "abcdef"}
    assert sorted(id for person in persons for id in person) == list("abcdef")
    assert all(of.kept(one) == of.kept(other) for one, other in said)


@given(said, st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_said_and_taken_back_it_is_as_before(said: list[tuple[str, str]], more: tuple[str, str]) -> None:
    assert same([*said, more][:-1]) == same(said)


def test_the_kept_one_speaks_first_and_the_other_where_it_is_silent() -> None:
    kept = {"known_as": "Marek", "phone": None, "phone_works": None, "known_places": "Kilden", "cpr": None}
    other = {"known_as": "Mareck", "phone": "1", "phone_works": False, "known_places": "Kajen, Kilden", "cpr": "x"}
    assert head(kept, [other]) == {
        "known_as": "Marek", "phone": "1", "phone_works": False, "known_places": "Kilden, Kajen", "cpr": "x",
    }  # fmt: skip


def test_a_number_and_whether_it_works_are_of_the_same_one() -> None:
    kept, other = {"phone": "1", "phone_works": None}, {"phone": "2", "phone_works": False}
    assert head(kept, [other]) == {"phone": "1", "phone_works": None}


def test_a_protected_address_is_protected_whichever_of_them_says_so() -> None:
    assert head({"protected_address": False}, [{"protected_address": True}])["protected_address"] is True
