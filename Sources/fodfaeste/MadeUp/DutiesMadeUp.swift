import Chronology
import Plans
import Registry

/// The recurring duties of a made-up municipality's plans, held on the last
/// working day of each interval but one week.
enum DutiesMadeUp {
    static func registrations(of plans: [EmploymentPlan], through: Day) -> [Registration] {
        var made: [Registration] = []
        for plan in plans {
            for duty in plan.duties where duty.counts == nil {
                var start = plan.period.start
                while start <= plan.period.end {
                    let next = start.adding(months: duty.per.months)
                    for time in 1...duty.times {
                        let share = (next - start) * time / duty.times
                        guard let day = workingDay(onOrBefore: start + share - 8),
                            day <= through
                        else { continue }
                        made.append(
                            Registration(
                                municipality: plan.municipality, recordedOn: day,
                                fact: .dutyHeld(
                                    DutyHeld(
                                        id: FactID(Int64(made.count + 1)), plan: plan.id,
                                        duty: duty.id, day: day, note: ""))))
                    }
                    start = next
                }
            }
        }
        return made
    }

    private static func workingDay(onOrBefore day: Day) -> Day? {
        (0..<14).map { day - $0 }.first(where: \.isWorkingDay)
    }
}
