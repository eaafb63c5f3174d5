"""The indicators of the catalogue, and how the whole numbers of a cell become the figure
that is shown. Numerator and denominator are whole numbers; `days` are the month's."""

WEEK = 2220  # minutes of a full-time week


def count(above, below, days):
    return float(above)


def percent(above, below, days):
    return 100 * above / below


def mean(above, below, days):
    return above / below


def full_time(above, below, days):
    """Minutes a week, day by day."""
    return above / (WEEK * days)


def weeks(above, below, days):
    return above / 7 / below


def full_time_of_persons(above, below, days):
    """Minutes a week, day by day, in percent of person-days."""
    return 100 * above / WEEK / below


def kroner(above, below, days):
    """Kroner a month × percent × minutes a week, day by day; a day costs a 365th of twelve
    months."""
    return above * 12 / (365 * 100 * WEEK)


SCALES = {
    "activation-rate": percent,
    "citizens-in-work": count,
    "company-based-offers-started": count,
    "company-contacts": count,
    "complaints-received": count,
    "conversations-held": count,
    "conversations-per-person": mean,
    "cooperating-companies": percent,
    "education-aid-full-time": full_time,
    "ended-spells-by-duration": count,
    **{
        f"exit-to-{status}-{months}m": percent
        for status in ("education", "self-support", "work")
        for months in (1, 3, 6, 12)
    },
    "feedback-answers": count,
    "feedback-overall-mean": mean,
    "fill-rate": percent,
    "flex-job-full-time": full_time,
    "focus-target-conversations": percent,
    "focus-target-offers": percent,
    "full-time-in-company-based-offers": full_time,
    "full-time-persons": full_time,
    "full-time-persons-capped": full_time,
    "gross-unemployed": full_time,
    "job-order-positions": count,
    "job-orders": count,
    "local-match-rate": percent,
    "long-term-unemployed-52": count,
    "long-term-unemployed-80": count,
    "mean-duration-ended": weeks,
    "net-unemployed": full_time,
    "passive-share": percent,
    "persons": count,
    "persons-activated": count,
    "persons-in-company-based-offers": count,
    "persons-in-small-jobs": count,
    "persons-with-paid-hours": count,
    "referral-rate": percent,
    "reimbursement-net-cost": kroner,
    **{f"reimbursement-share-step-{step}": percent for step in (1, 2, 3, 4)},
    "senior-share-of-unemployed-55": percent,
    "senior-share-of-unemployed-60": percent,
    "seniors-in-work-55": count,
    "seniors-in-work-60": count,
    "share-activated": percent,
    "share-with-paid-hours": percent,
    "sickness-full-time": full_time,
    "sickness-mean-duration": weeks,
    "sickness-over-26-weeks": count,
    "sickness-over-52-weeks": count,
    "sickness-persons": count,
    "spells-begun": count,
    "spells-begun-from-benefit": count,
    "spells-ended": count,
    "spells-ended-to-benefit": count,
    "spells-open-end": count,
    "spells-open-start": count,
    "timely-conversations": percent,
    "unemployment-percentage": full_time_of_persons,
    "wholly-or-partly-self-supporting": percent,
}
