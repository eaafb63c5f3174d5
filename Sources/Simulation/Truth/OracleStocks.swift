import Chronology
import Registry

extension Oracle {
    private static let week = Int(WeeklyTime.full.minutes)

    /// Figures that add up days on benefits.
    func stocks(_ id: String, _ days: [Day], _ filter: Filter) -> Expected? {
        let length = Double(days.count)
        func fullTime(_ minutes: (Life, Day) -> Int) -> Double {
            Double(sum(days, minutes)) / Double(Self.week) / length
        }
        switch id {
        case "full-time-persons":
            return .count(fullTime { $0.minutes($1, filter) })
        case "full-time-persons-capped":
            return .count(fullTime { min(Self.week, $0.minutes($1, filter)) })
        case "full-time-persons-with-wage-subsidy":
            // Whoever is in wage subsidy keeps the benefit here.
            let others: Set<Benefit> = [
                .flexJob, .disabilityPension, .earlyRetirement, .oldAgePension, .parentalLeave,
            ]
            var counted = filter
            counted.benefits = (filter.benefits ?? Set(Benefit.allCases)).subtracting(others)
            return .count(fullTime { $0.minutes($1, counted) })
        case "persons":
            return .count(count { onBenefit($0, days, filter) })
        case "flex-job-full-time":
            return .count(
                fullTime { life, day in
                    life.paid(day, Filter(benefits: [.flexJob])).isEmpty ? 0 : Self.week
                })
        case "education-aid-full-time":
            return .count(fullTime { $0.youngOnAid($1, lastDay: days[days.count - 1]) })
        case "sickness-full-time":
            return .count(fullTime { $0.minutes($1, Filter(benefits: [.sicknessBenefit])) })
        case "sickness-persons":
            return stocks("persons", days, Filter(benefits: [.sicknessBenefit]))
        case "gross-unemployed":
            return .count(fullTime { gross($0, $1, filter) })
        case "net-unemployed":
            return .count(
                fullTime { life, day in
                    life.offered(day, readings.activation).isEmpty ? gross(life, day, filter) : 0
                })
        case "unemployment-percentage":
            return unemployment(days)
        case "long-term-unemployed-80":
            return .count(count { isLongTerm($0, days, filter) })
        case "long-term-unemployed-52":
            return .count(count { isUnbroken($0, days, filter) })
        case "senior-share-of-unemployed-55":
            return seniors(days, age: 55)
        case "senior-share-of-unemployed-60":
            return seniors(days, age: 60)
        default:
            return nil
        }
    }

    func sum(_ days: [Day], _ minutes: (Life, Day) -> Int) -> Int {
        lives.reduce(0) { all, life in
            guard life.hasSpells(days) else { return all }
            return days.reduce(all) { $0 + minutes(life, $1) }
        }
    }

    func count(_ holds: (Life) -> Bool) -> Double {
        Double(lives.count { holds($0) })
    }

    /// Gross unemployment narrowed by the filter's benefits.
    func gross(_ life: Life, _ day: Day, _ filter: Filter) -> Int {
        guard filter.benefits != nil || filter.categories != nil else {
            return life.unemployed(day, readings.grossCategories)
        }
        var narrowed = life
        narrowed.spells = life.paid(day, filter)
        return narrowed.unemployed(day, readings.grossCategories)
    }

    /// Both sides are averages over the days; ages are those of the last day.
    private func unemployment(_ days: [Day]) -> Expected {
        let last = days[days.count - 1]
        var unemployed = 0
        var force = 0
        for life in lives where (16...66).contains(life.citizen.born.age(on: last)) {
            for day in days {
                let minutes = life.unemployed(day, readings.grossCategories)
                unemployed += minutes
                let beside = life.spells.contains {
                    ($0.benefit == .sicknessBenefit || $0.benefit == .parentalLeave)
                        && $0.covers(day)
                }
                let works = life.employments.contains { $0.covers(day) }
                if life.lives(on: day), minutes > 0 || beside || works { force += 1 }
            }
        }
        let length = Double(days.count)
        return .share(
            Double(unemployed) / Double(Self.week) / length, of: Double(force) / length)
    }

    /// At least 80 percent of the 52 weeks that end with the period.
    private func isLongTerm(_ life: Life, _ days: [Day], _ filter: Filter) -> Bool {
        guard !life.spells.isEmpty else { return false }
        let last = days[days.count - 1]
        let minutes = (0..<364).reduce(0) { $0 + gross(life, last - $1, filter) }
        return minutes * 100 >= 80 * 364 * Self.week
    }

    /// At least 52 weeks on end on the period's last day; gaps of up to 28 days
    /// with at most ten ordinary hours in them do not break.
    private func isUnbroken(_ life: Life, _ days: [Day], _ filter: Filter) -> Bool {
        let last = days[days.count - 1]
        guard gross(life, last, filter) > 0 else { return false }
        var first = last
        var day = last
        while last - day < 1_500 {
            day = day - 1
            if gross(life, day, filter) > 0 {
                first = day
                continue
            }
            let gap = first - day
            if gap > 28 { break }
            let before = day - 1
            if gross(life, before, filter) > 0 {
                let empty = (1...gap).map { first - gap - 1 + $0 }
                // Ten hours are 10 * 60 minutes, and a weekly minute is worth 1/7 a day.
                if life.ordinaryMinuteDays(empty) > 10 * 60 * 7 { break }
            }
        }
        return last - first + 1 >= 52 * 7
    }

    private func seniors(_ days: [Day], age: Int) -> Expected {
        let last = days[days.count - 1]
        let all = sum(days) { $0.unemployed($1, readings.grossCategories) }
        let old = sum(days) { life, day in
            life.citizen.born.age(on: last) >= age
                ? life.unemployed(day, readings.grossCategories) : 0
        }
        let scale = Double(Self.week) * Double(days.count)
        return .share(Double(old) / scale, of: Double(all) / scale)
    }
}

extension Life {
    func minutes(_ day: Day, _ filter: Oracle.Filter) -> Int {
        paid(day, filter).reduce(0) { $0 + Int($1.degree.minutes) }
    }

    /// Education aid; from 2025-07-01 cash benefit of those under 30 without a
    /// qualifying education.
    fileprivate func youngOnAid(_ day: Day, lastDay: Day) -> Int {
        let aid = minutes(day, Oracle.Filter(benefits: [.educationAid]))
        guard let merger = Day(year: 2025, month: 7, day: 1), day >= merger,
            citizen.born.age(on: day) < 30
        else { return aid }
        let level = educations.last { $0.covers(day) }?.level
        guard !(level?.isQualifying ?? false) else { return aid }
        return aid + minutes(day, Oracle.Filter(benefits: [.cashBenefit]))
    }
}
