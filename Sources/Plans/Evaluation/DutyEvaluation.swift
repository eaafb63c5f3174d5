import Chronology
import Registry

/// Holds the registered doings against the plan's recurring duties.
struct DutyEvaluation {
    let plan: EmploymentPlan
    let held: [DutyHeld]
    let asOf: Day

    /// The days up to `asOf` inside `range` on which the duty was done, in order.
    func days(of duty: String, in range: DayRange) -> [Day] {
        held.filter {
            $0.plan == plan.id && $0.duty == duty && range.contains($0.day) && $0.day <= asOf
        }.map(\.day).sorted()
    }

    func status(of duty: RecurringDuty) -> DutyStatus {
        var windows: [DutyStatus.Window] = []
        var start = Month(containing: plan.period.start)
        while start.first <= plan.period.end {
            let whole = DayRange(start.first, (start + duty.per.months - 1).last)
            if let range = whole?.intersection(plan.period) { windows.append(window(duty, range)) }
            start = start + duty.per.months
        }
        let current = windows.first { $0.range.contains(asOf) } ?? windows.last
        return DutyStatus(duty: duty, windows: windows, current: current)
    }

    private func window(_ duty: RecurringDuty, _ range: DayRange) -> DutyStatus.Window {
        let days = days(of: duty.id, in: range)
        let state: DutyStatus.State =
            if days.count >= duty.times {
                .held
            } else if asOf < range.start {
                .upcoming
            } else {
                asOf > range.end ? .missing : .due
            }
        return DutyStatus.Window(range: range, held: days, state: state)
    }
}
