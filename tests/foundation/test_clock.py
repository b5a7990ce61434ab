from datetime import date

from django.utils import timezone

from danvan.foundation import clock


def test_a_fixed_day_moves_the_days_and_instants_of_the_product_but_not_its_timers(settings):
    settings.DANVAN_TODAY = None
    assert clock.today() == timezone.localdate()
    assert abs((clock.now() - timezone.now()).total_seconds()) < 5
    settings.DANVAN_TODAY = date(2020, 2, 29)
    assert clock.today() == date(2020, 2, 29)
    assert timezone.localdate(clock.now()) == date(2020, 2, 29)
    assert abs((clock.machine() - timezone.now()).total_seconds()) < 5
