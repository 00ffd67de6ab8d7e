"""Accuracy, bias, the scaled error, and what each step adds: exact shares."""

from fractions import Fraction

from models.sop.accuracy import Accuracy, accuracy_of, adherence, mase_of, value_added


def test_accuracy_bias_and_what_each_step_adds() -> None:
    pairs = [(110, 100), (80, 100), (100, 100)]
    assert accuracy_of(pairs) == Accuracy(Fraction(30, 300), Fraction(-10, 300))
    assert accuracy_of(pairs).accuracy == Fraction(9, 10)
    assert accuracy_of([(500, 100)]).accuracy == 0
    assert accuracy_of([(5, 0)]) == accuracy_of([(5, -3)]) == Accuracy(None, None)
    assert accuracy_of([(5, 0)]).accuracy is None
    # The naive of the history errs by 10 each month, the forecasts by 10 in the mean.
    assert mase_of(pairs, [100] * 12 + [110] * 12) == 1
    assert (mase_of(pairs, [100] * 24), mase_of([], [1] * 24)) == (None, None)
    # A month that is unknown is compared with none.
    assert mase_of(pairs, [100] * 12 + [110, None, *[110] * 10]) == 1
    wapes = {"seasonal naive": Fraction(3, 10), "baseline": Fraction(2, 10), "sales": Fraction(1, 4)}
    assert value_added(wapes) == {"baseline": Fraction(1, 10), "sales": Fraction(-1, 20)}
    assert adherence([(100, 90), (100, 120)]) == 1 - Fraction(30, 200)
    assert adherence([]) is None
    assert adherence([(10, 90)]) == 0


def test_value_is_exact() -> None:
    # 5 of 3 tents at $290, and 10,000 bolts at 2 cents: 2 x 290 of 3 x 290 + 200.
    pairs = [(5 * Fraction(290), 3 * Fraction(290)), (Fraction(200), Fraction(200))]
    assert accuracy_of(pairs).wape == Fraction(580, 1070)
