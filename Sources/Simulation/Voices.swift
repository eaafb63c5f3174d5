import Chronology
import Registry

extension World {
    /// Complaints, feedback after conversations and user surveys. They look at what
    /// happened, so they come when everything else is settled.
    mutating func hearCitizens() {
        let paid = truth.spells.filter { $0.benefit.isActive }
        for month in months {
            let last = min(through, month.last)
            let active = paid.filter { $0.start <= last && ($0.end ?? .openEnd) >= last }
            complain(active, month)
            survey(active.count, month)
        }
        giveFeedback()
    }

    private mutating func complain(_ active: [BenefitSpell], _ month: Month) {
        guard !active.isEmpty else { return }
        let rate = data.voices.complaintsPerThousandAndMonth / 1_000
        for _ in 0..<random.poisson(Double(active.count) * rate) {
            let received = min(through, month.first + random.below(month.dayCount))
            let decided = received + random.whole(12, 70)
            let outcomes: [ComplaintOutcome] = [
                .upheld, .upheld, .upheld, .upheld, .changed, .sentBack, .withdrawn,
            ]
            let outcome = outcomes[random.below(outcomes.count)]
            truth.complaints.append(
                Complaint(
                    id: FactID(Int64(truth.complaints.count) + 1),
                    citizen: active[random.below(active.count)].citizen, received: received,
                    decided: decided <= through ? decided : nil,
                    outcome: decided <= through ? outcome : nil))
        }
    }

    private mutating func survey(_ active: Int, _ month: Month) {
        let closed = month.first + 34
        guard data.voices.surveyMonths.contains(month.number), active > 0, closed <= through else {
            return
        }
        let answered = (0..<active).reduce(0) { count, _ in
            count + (random.chance(data.voices.surveyAnswered) ? 1 : 0)
        }
        let satisfied = (0..<answered).reduce(0) { count, _ in
            count + (random.chance(data.voices.surveySatisfied) ? 1 : 0)
        }
        truth.surveys.append(
            UserSurvey(
                id: FactID(Int64(truth.surveys.count) + 1), opened: month.first, closed: closed,
                invited: active, answered: answered, satisfied: satisfied))
    }

    private mutating func giveFeedback() {
        for talk in truth.conversations where talk.status == .held && talk.day >= start {
            guard random.chance(data.voices.feedbackAfterConversation) else { continue }
            let day = min(through, talk.day + random.below(4))
            let mood = 7.4 + 1.8 * random.normal()
            var scales = [0, 0, 0, 0]
            for index in scales.indices {
                scales[index] = min(10, max(0, Int((mood + random.normal()).rounded())))
            }
            truth.feedback.append(
                ConversationFeedback(
                    id: FactID(Int64(truth.feedback.count) + 1), conversation: talk.id,
                    citizen: talk.citizen, day: day, heard: scales[0], topics: scales[1],
                    method: scales[2], overall: scales[3]))
        }
    }
}

extension Benefit {
    /// Paid to people whom the municipality meets: neither pension nor leave.
    var isActive: Bool {
        switch self {
        case .disabilityPension, .earlyRetirement, .oldAgePension, .parentalLeave: false
        default: true
        }
    }
}
