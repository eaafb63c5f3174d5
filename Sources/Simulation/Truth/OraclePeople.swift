import Chronology
import Registry

extension Oracle {
    /// Residents in work, the self-supporting, and what citizens say.
    func people(_ id: String, _ period: Period, _ days: [Day], _ filter: Filter) -> Expected? {
        let last = days[days.count - 1]
        switch id {
        case "citizens-in-work":
            return .count(count { isInWork($0, last, ages: 16...66) })
        case "seniors-in-work-55":
            return .count(count { isInWork($0, last, ages: 55...150) })
        case "seniors-in-work-60":
            return .count(count { isInWork($0, last, ages: 60...150) })
        case "wholly-or-partly-self-supporting":
            return selfSupporting(period, days)
        case "complaints-received":
            return .count(
                Double(
                    lives.reduce(0) { $0 + $1.complaints.count { days.contains($0.received) } }))
        case "feedback-answers":
            return .count(Double(answers(days).count))
        case "feedback-overall-mean":
            let answers = answers(days)
            return .share(
                Double(answers.reduce(0) { $0 + $1.overall }), of: Double(answers.count),
                times: 1)
        default:
            return nil
        }
    }

    private func isInWork(_ life: Life, _ day: Day, ages: ClosedRange<Int>) -> Bool {
        ages.contains(life.citizen.born.age(on: day)) && life.lives(on: day)
            && life.employments.contains { readings.work.contains($0.kind) && $0.covers(day) }
    }

    private func answers(_ days: [Day]) -> [ConversationFeedback] {
        lives.flatMap { life in life.feedback.filter { days.contains($0.day) } }
    }

    /// Refugees and those reunified with them who were job-ready at any time in
    /// the year, month by month while they live here.
    private func selfSupporting(_ period: Period, _ days: [Day]) -> Expected {
        var cohort = 0
        var supporting = 0
        for life in lives where life.citizen.isFromRefuge {
            for month in period.months {
                let month = days.filter { $0.month == month }
                guard let last = month.last, life.lives(on: last),
                    wasJobReady(life, in: last.year)
                else { continue }
                cohort += 1
                let filter = Filter(benefits: readings.subsistence)
                let isPaid = month.contains { !life.paid($0, filter).isEmpty }
                if !isPaid || life.ordinaryMinuteDays(month) > 0 { supporting += 1 }
            }
        }
        return .share(Double(supporting), of: Double(cohort))
    }

    private func wasJobReady(_ life: Life, in year: Int) -> Bool {
        let range = Period.year(year).range
        return life.categories.contains {
            $0.category == .jobReady && $0.start <= range.end
                && ($0.end ?? truth.through) >= range.start
        }
    }
}

extension Citizen {
    fileprivate var isFromRefuge: Bool {
        residenceBasis == .refugee || residenceBasis == .reunifiedWithRefugee
    }
}
